"""`make templates` renews the templates of every version of ours, and writes over nothing that somebody has typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.places import ROOT
from pipeline.errors import OperatorError
from pipeline.returning import generated
from pipeline.returning.generated import generated as made_today
from pipeline.returning.generated import write_generated
from schemas.plan_workbook import plan_rows

PLAN = Path("input_templates", "考核方案.xlsx")
BEFORE_LABELS = (
    ROOT / "tests" / "kept" / "1" / PLAN.name
)  # as an earlier version wrote it: other rows, and no hash of them


def _other_rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows as another version of ours has them: a default and a duty differ, a parameter is not there."""
    rows = plan_rows()
    rows["parameters"][8]["value"] = "7"
    rows["duties"][0]["times"] = 3
    return rows | {"parameters": rows["parameters"][:-1]}


@pytest.fixture(params=["another version", "before labels"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the templates of another version of ours."""
    with monkeypatch.context() as patch:
        patch.setattr(generated, "plan_rows", _other_rows)
        write_generated(tmp_path)
    if request.param == "before labels":
        shutil.copy(BEFORE_LABELS, tmp_path / PLAN)
    assert (tmp_path / PLAN).read_bytes() != made_today()[PLAN.as_posix()]
    return tmp_path


def _edit(path: Path, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def test_a_template_of_another_version_is_renewed(root: Path) -> None:
    write_generated(root)
    assert {name: (root / name).read_bytes() for name in made_today()} == made_today()


def test_opening_and_saving_it_is_no_typing(root: Path) -> None:
    _edit(root / PLAN, lambda book: None)
    write_generated(root)
    assert (root / PLAN).read_bytes() == made_today()[PLAN.as_posix()]


TYPED: dict[str, Callable[[Any], None]] = {
    "a value": lambda book: book["参数"].__setitem__("B12", "10"),
    "a nought": lambda book: book["频次要求"].__setitem__("F4", 0),
    "a number": lambda book: book["频次要求"].__setitem__("F5", 9),
    "a cell beside": lambda book: book["参数"].__setitem__("D4", "我的笔记"),
    "a row more": lambda book: book["班级考核"].__setitem__("B40", "卫生"),
    "a row less": lambda book: book["教师考核"].delete_rows(5),
    "a sheet emptied": lambda book: book["频次要求"].delete_rows(4, 20),
    "a sheet of their own": lambda book: book.create_sheet("说明").__setitem__("A9", "我的笔记"),
}


@pytest.mark.parametrize("change", TYPED.values(), ids=TYPED)
def test_what_somebody_typed_is_never_written_over(change: Callable[[Any], None], root: Path) -> None:
    """Whatever version it was typed into; nothing at all is written."""
    _edit(root / PLAN, change)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(OperatorError, match=PLAN.name):
        write_generated(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
