"""The first day: templates as they were issued, a cover alone, no class known yet. A report comes, and says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.places import TEMPLATES
from helpers.sampling import some
from pipeline.model import Month
from pipeline.report import report
from pipeline.stages.collect import collect
from schemas import operator_words as words

SCHOOL, CLASS, PLAN = (TEMPLATES / f"{name}.xlsx" for name in ("学校月报", "班级月报", "考核方案"))
COVER = {"学校名称": "示例县云溪镇中心学校（虚构）", "学校标识码": "5299001234", "报送月份": "2026-10"}
CLASS_COVER = COVER | {"年级": "三年级", "班级": "2", "班主任": "王老师"}


def _covered(template: Path, target: Path, cover: Mapping[str, str]) -> None:
    book = load_workbook(template)
    for row in book["填表说明"].iter_rows(max_col=2):
        if row[0].value in cover:
            row[1].value = cover[row[0].value]
    book.save(target)


def _untouched(*templates: Path) -> Callable[[Path], None]:
    return lambda folder: [shutil.copy(path, folder) for path in templates] and None


FIRST_DAYS: dict[str, tuple[Callable[[Path], None], int]] = {
    "all templates untouched": (_untouched(SCHOOL, CLASS, PLAN), 0),
    "the school's template untouched": (_untouched(SCHOOL), 0),
    "a class's template untouched": (_untouched(CLASS), 0),
    "the plan alone": (_untouched(PLAN), 0),
    "the school's cover alone": (lambda folder: _covered(SCHOOL, folder / "学校.xlsx", COVER), 0),
    "a class's cover alone": (lambda folder: _covered(CLASS, folder / "三2.xlsx", CLASS_COVER), 1),
    "a picture": (lambda folder: (folder / "表.png").write_bytes(b"\x89PNG\r\n\x1a\n") and None, 0),
}


@pytest.mark.parametrize("day", some(FIRST_DAYS, 3))
def test_a_first_day_has_a_report(day: str, tmp_path: Path) -> None:
    """The report is whole; where no class is known it says what to fill first."""
    fill, classes = FIRST_DAYS[day]
    (tmp_path / "in").mkdir()
    fill(tmp_path / "in")
    result, _ = report(collect(tmp_path / "in"), Month(2026, 10), tmp_path / "out")
    assert len(result.turnout.classes) == classes
    assert (words.NO_CLASSES in result.remarks) == (not classes)
    assert list((tmp_path / "out" / "上报").glob("*.xlsx"))
