"""Inputs that went wrong in the field (tests/field/README.md): each with what must come of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from helpers.places import FIELD
from pipeline.model import Month
from pipeline.publishing.counts import Counts
from pipeline.reading.pool import read_now
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules

GOOD = {"archived": 22, "complete": 585, "classmate_paired": 24, "talked": 28}
CLASS_FILE = "一.1班留守儿童.xlsx"


def _run(folder: Path, base: Path, files: Iterable[Path]) -> Result:
    shutil.copytree(base, folder)
    for path in files:
        shutil.copy(path, folder / path.name)
    return work_out(collect(folder), Month(2026, 10))


@cache
def _case(name: str) -> Result:
    """Work out the good school with the files of a case in it."""
    files = [] if name == "good-school" else [p for p in (FIELD / name).iterdir() if p.is_file()]
    with TemporaryDirectory() as folder:
        return _run(Path(folder) / "in", FIELD / "good-school", files)


def _n(result: Result) -> dict[str, int]:
    return {key: Counts(result).school(key)[0] for key in GOOD}


def _told(result: Result, *wanted: rules.Rule) -> set[tuple[str, str, str]]:
    return {(i.rule.code, i.sheet, i.cell) for i in result.issues if i.rule in wanted}


def _errors(result: Result) -> set[tuple[str, str, str]]:
    return {(i.rule.code, i.sheet, i.cell) for i in result.issues if i.rule.level == rules.ERROR}


# case, n of figures that differ from the good school, errors
CASES = (
    ("good-school", {}, set()),
    ("L_number_with_letter", {}, set()),
    ("leading_apostrophe", {}, set()),
    ("mac1904_general", {}, set()),
    ("name_two_spaces", {}, set()),
    ("strict_crash", {}, set()),
    ("tick_emoji", {}, set()),
    ("rar_message", {}, set()),
    ("error_cell_without_r", {"classmate_paired": 23}, {("E113", "结对帮扶", "K5")}),
    ("comma_in_number", {}, {("E107", "成长记录", cell) for cell in ("I4", "C5", "C6")}),
    ("birth_date_impossible", {}, {("E105", "学生档案", "E5")}),
    ("same_as_above_variants", {"archived": 20, "complete": 583}, {("E121", "联系卡", cell) for cell in ("R9", "R10")}),
    ("placeholder_counts_as_filled", {"archived": 16, "complete": 566}, set()),
)


@pytest.mark.parametrize(("name", "differs", "errors"), CASES, ids=[name for name, *_ in CASES])
def test_a_case_has_its_values(name: str, differs: dict[str, int], errors: set[tuple[str, str, str]]) -> None:
    """The figures are those of the good school but for what the slip costs; the slip is told at its cell."""
    result = _case(name)
    assert _errors(result) == errors
    assert _n(result) == GOOD | differs


def test_days_of_1904_are_the_right_days() -> None:
    """Bare numbers of a workbook that counts from 1904 are read by its own epoch."""
    own = _case("mac1904_general").merged.tables["talks"].values["date"]
    assert own.equals(_case("good-school").merged.tables["talks"].values["date"])


def test_an_impossible_birthday_is_told_and_none_is_guessed() -> None:
    """This year's dates, 1992 and 2003 in the first grade are told; 5月3日 gets no year."""
    result = _case("birth_date_impossible")
    assert _told(result, rules.AGE_AND_GRADE) == {("W202", "学生档案", cell) for cell in ("E4", "E7", "E9")}


def test_private_codes_are_mapped() -> None:
    """Names in GBK's private-use codes keep their character: nobody is called 王, no two are made one."""
    names = _case("name_private_use").merged.tables["pupils"].values["name"]
    assert {"王龺", "王䶮"} <= set(names)
    assert "王" not in set(names)


def test_a_repair_shows_what_nobody_sees() -> None:
    """“萧␣␣紫” → “萧紫”."""
    result = _case("name_two_spaces")
    assert "“萧␣␣紫” → “萧紫”" in next(i for i in result.issues if i.rule is rules.REPAIRED).sentence


def test_nothing_to_do_is_never_said_beside_an_error() -> None:
    """A note at a cell that bears an error sends to the error."""
    result = _case("one_row_element_per_cell")
    note = next(i for i in result.issues if i.rule is rules.NOTHING_SAID)
    assert note.remedy == rules.SEE_OTHER


def test_nothing_to_do_is_never_said_beside_what_is_to_be_filled() -> None:
    """去世 read as — for a parent who lives is to be filled; the note of the repair says no other."""
    issues = _case("placeholder_counts_as_filled").issues
    to_fill = {(i.file, i.sheet, i.cell) for i in issues if i.rule is rules.TO_COMPLETE}
    beside = [
        i for i in issues if i.rule in (rules.REPAIRED, rules.NOTHING_SAID) and (i.file, i.sheet, i.cell) in to_fill
    ]
    assert beside
    assert {i.remedy for i in beside} == {rules.SEE_OTHER}


def test_an_archive_of_another_kind_says_how_to_unpack_it() -> None:
    """A .rar is a warning with 解压 in it, and blocks no target."""
    result = _case("rar_message")
    assert any(i.rule is rules.NO_WORKBOOK and "解压" in i.sentence for i in result.issues)
    assert result.turnout.is_complete


ALIKE = (
    "strict_ns.xlsx", "media_crc.xlsx", "rels_comment.xlsx", "wb_comment.xlsx", "comments_no_authors.xlsx",
    "fillid_out.xlsx", "sheetview_quad12.xlsx",
)  # fmt: skip
ONE_CLASS = (ALIKE[0], "remark_date.xlsx", "summary_class.xlsx")


def test_odd_parts_are_no_other_cells() -> None:
    """One class's workbook with an odd part here or there: a reader reads the same cells in all of them."""
    first, *others = [read_now((FIELD / "one-class" / name).read_bytes()) for name in ALIKE]
    assert sum(len(sheet.rows) for sheet in first.sheets) > 200
    assert all(other.sheets == first.sheets for other in others)


@pytest.mark.parametrize("name", [*ONE_CLASS, *(pytest.param(name, marks=pytest.mark.slow) for name in ALIKE[1:])])
def test_odd_parts_cost_nothing(name: str, tmp_path: Path) -> None:
    """The class counts as if its file were like any other."""
    result = _run(tmp_path / "in", FIELD / "one-class" / "school", [FIELD / "one-class" / name])
    assert not _errors(result)
    assert (Counts(result).school("archived"), Counts(result).school("complete")) == ((25, 42), (775, 821))


# file, its rule, 建档率: a torn archive still gives what can be unpacked
NAMED = (("velvet_issue_385.xls", "E403", (19, 33)), ("zip_bad_deflate.zip", "E401", (25, 42)))


@pytest.mark.parametrize(("name", "code", "archived"), NAMED)
def test_what_can_not_be_read_is_named(name: str, code: str, archived: tuple[int, int], tmp_path: Path) -> None:
    """The file has one sentence; the built-in password of Excel is none."""
    result = _run(tmp_path / "in", FIELD / "one-class" / "school", [FIELD / "one-class" / name])
    own = {s.file.id for s in result.submissions if s.file.name.startswith(name)}
    assert code in {i.rule.code for i in result.issues if i.file in own}
    assert Counts(result).school("archived") == archived
