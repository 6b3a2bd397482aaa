"""Every defect that `schemas.defects` declares, planted through the real templates: found there, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from plants import CLASS_FILE, PLANTS, SCHOOL_FILE, Plant
from small import small_month
from test_hands import fill_by_hand

from pipeline.model import Month
from pipeline.report import work_out
from pipeline.stages.collect import collect
from schemas import rules
from schemas.defects import DEFECTS


@pytest.fixture(scope="session")
def clean_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The clean month, filled by hand into the committed templates: name → bytes."""
    folder = tmp_path_factory.mktemp("clean")
    month = small_month()
    fill_by_hand(folder / CLASS_FILE, "班级月报", month["classes"][0])
    fill_by_hand(folder / SCHOOL_FILE, "学校月报", month["school"])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_every_defect_is_planted_and_every_rule_is_a_defect() -> None:
    """No row of the table is without a planting, no rule without a row."""
    assert {plant.key for plant in PLANTS} == set(DEFECTS)
    assert {rule for defect in DEFECTS.values() for rule in defect.rules} == set(rules.RULES)


def test_the_clean_month_is_clean(tmp_path: Path, clean_files: dict[str, bytes]) -> None:
    """Without a planting nothing at all is told."""
    assert work_out(collect(_folder(tmp_path, clean_files)), Month(2026, 10)).issues == ()


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{n}-{plant.key}" for n, plant in enumerate(PLANTS)])
def test_a_planted_defect_is_found_at_its_place_and_nothing_else(
    plant: Plant, tmp_path: Path, clean_files: dict[str, bytes]
) -> None:
    """The rule stands at the cell; no other problem is told, and every sentence can be said."""
    plant.put(_folder(tmp_path, clean_files))
    result = work_out(collect(tmp_path), Month(2026, 10))
    found = Counter((issue.rule.code, issue.sheet, issue.cell) for issue in result.issues)
    assert found == Counter((rule.code, sheet, cell) for rule, sheet, cell in plant.told)
    assert all(issue.sentence and issue.remedy and "{" not in issue.sentence for issue in result.issues)
