"""Every defect that `schemas.defects` declares, planted through the real templates: found there, and nothing else."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Font

from helpers.by_hand import fill_month_by_hand
from helpers.measuring import measures_of
from pipeline.excel.theme import LEVEL_FILL
from pipeline.model import Month
from pipeline.publishing.book import Book, Page
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import bytes_again, collect
from pipeline.stages.hand_back import hand_back
from plants.base import Plant, cell
from plants.plants import PLANTS
from schemas import rules
from schemas.cells import as_text
from schemas.defects import COUNTY, DEFECTS, OVER_MONTHS
from schemas.tables import RETURN_SHEET


@pytest.fixture(scope="session")
def clean_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The clean month, filled by hand into the committed templates: name → bytes."""
    folder = tmp_path_factory.mktemp("clean")
    fill_month_by_hand(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="session")
def clean_measures(clean_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The figures of the clean month."""
    return measures_of(work_out(collect(_folder(tmp_path_factory.mktemp("measured"), clean_files)), Month(2026, 10)))


def _folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_every_defect_is_planted_and_every_rule_is_a_defect() -> None:
    """No row of the table is without a planting, no rule without a row."""
    as_stories = (*OVER_MONTHS.defects, *COUNTY.defects)  # in tests/months/test_history.py, tests/county/test_movers.py
    assert {plant.key for plant in PLANTS} == set(DEFECTS) - {defect.key for defect in as_stories}
    assert {rule for defect in DEFECTS.values() for rule in defect.rules} == set(rules.RULES)


def test_the_clean_month_is_clean(tmp_path: Path, clean_files: dict[str, bytes]) -> None:
    """Without a planting nothing at all is told."""
    assert work_out(collect(_folder(tmp_path, clean_files)), Month(2026, 10)).issues == ()


def test_every_example_is_taken_from_a_plant(clean_files: dict[str, bytes]) -> None:
    """What docs/校验规则.md calls wrong was planted in that cell and told by that rule; what it calls right stood there."""
    books = [load_workbook(io.BytesIO(data)) for data in clean_files.values()]
    for rule in rules.RULES:
        example = rule.example
        title, _, column = example.place.partition("·")
        if not column:
            continue
        (own,) = [book[title] for book in books if title in book.sheetnames]
        stood = {
            as_text(value) or rules.EMPTY: as_text(own[cell(sheet, name, row)].value)
            for plant in PLANTS
            for (sheet, name, row), value in plant.cells.items()
            if (sheet, name) == (title, column) and (rule, sheet, cell(sheet, name, row)) in plant.told
        }
        assert stood[example.wrong] in ("", example.right), rule.code


def _firsts() -> set[int]:
    """Return the numbers of the plants that go there and back always: the first of each error and warning."""
    seen: set[rules.Rule] = set()
    numbers = set()
    for number, plant in enumerate(PLANTS):
        own = {rule for rule, _, _ in plant.told if rule.level != rules.NOTE}
        numbers |= {number} if own - seen else set()
        seen |= own
    return numbers


def _plants(numbers: Iterable[int], *marks: Any) -> list[Any]:
    return [pytest.param(PLANTS[n], id=f"{n}-{PLANTS[n].key}", marks=marks) for n in sorted(numbers)]


def _there_and_back() -> set[int]:
    """Return the plants that go there and back in every test run: one rule in sixteen; test-all takes them all."""
    return set(sorted(_firsts())[::16])


_ONE_A_DEFECT = {plant.key: n for n, plant in reversed(list(enumerate(PLANTS)))}.values()
_PLAIN = set(_ONE_A_DEFECT) | _firsts()
_ALONE = {"off_duty", "helper_busy", "helper_left_behind", "phone_shared", "same_pairing"}  # they speak of other rows
_SIDE_BY_SIDE = (  # changes of sheets and files that leave each other be; any other has a month of its own
    "two_classes date_serial struck unsure file_formats file_lock file_password file_other file_damaged",
    "merged_down merged_across header_two_rows header_moved header_renamed header_added header_missing rows_blank rows_hidden",
    "header_two header_missing_file header_none sheet_copy sheet_extra sheet_missing file_macros file_archive file_hostile",
    "header_again rows_foot file_csv file_not_ours file_twice file_later file_meta file_old file_no_school",
    "rows_total file_no_code file_cover file_not_listed preset_differs",
    "sheet_renamed file_month file_roster file_new",
    "sheet_two file_school",
)
_BY_ITSELF = {  # columns of which nothing else in the row speaks: it may hold another planting beside them
    ("学生档案", column) for column in ("档案编号", "民族", "农村户籍", "性格特征", "父亲外出日期")
}
_SIDE_OF = {key: number for number, keys in enumerate(_SIDE_BY_SIDE) for key in keys.split()}


def _claimed(plant: Plant) -> set[tuple[str, str, int]]:
    """Return what a planting needs for itself: a lone cell of `_BY_ITSELF`, else its rows, with those cells or without."""
    claimed = {(sheet, column if (sheet, column) in _BY_ITSELF else "", row) for sheet, column, row in plant.cells}
    return claimed if len(claimed) == 1 else claimed | {(sheet, "", row) for sheet, _, row in claimed}


def _groups(numbers: Iterable[int]) -> list[list[int]]:
    """Put plants that share no row of a sheet into one month, and changes of sheets and files that leave each other be."""
    groups: list[tuple[list[int], set[tuple[str, str, int]]]] = []
    sides: dict[int, list[int]] = {}
    for number in sorted(numbers):
        plant = PLANTS[number]
        rows = _claimed(plant)
        if plant.change is not None and not rows and plant.key in _SIDE_OF:
            sides.setdefault(_SIDE_OF[plant.key], []).append(number)
            continue
        is_alone = plant.change is not None or plant.key in _ALONE
        fitting = [group for group in groups if group[1] and not group[1] & rows and not is_alone]
        if fitting:
            fitting[0][0].append(number)
            fitting[0][1].update(rows)
        else:
            groups.append(([number], set() if is_alone else rows))
    return [own for own, _ in groups] + list(sides.values())


def _together(groups: Iterable[list[int]], *marks: Any) -> list[Any]:
    return [
        pytest.param(
            [PLANTS[n] for n in own],
            id=f"{own[0]}-{PLANTS[own[0]].key}" + f"+{len(own) - 1}" * (len(own) > 1),
            marks=marks,
        )
        for own in groups
    ]


_BACK_ALONE = {n for n in _there_and_back() if PLANTS[n].change is not None}
_GROUPS = _groups(_PLAIN - _BACK_ALONE)
_BACK_AT_ONCE = [own for own in _GROUPS if own[0] in _there_and_back() and PLANTS[own[0]].change is None]


@pytest.mark.parametrize("plants", _together(own for own in _GROUPS if own not in _BACK_AT_ONCE))
def test_planted_defects_are_found_at_their_places_and_nothing_else(
    plants: list[Plant], tmp_path: Path, clean_files: dict[str, bytes]
) -> None:
    """Each rule stands at its cell; no other problem is told, and every sentence can be said."""
    _planted(plants, tmp_path, clean_files)


@pytest.mark.slow
@pytest.mark.parametrize("plant", _plants(range(len(PLANTS))))
def test_a_defect_planted_alone_is_found_at_its_place(
    plant: Plant, tmp_path: Path, clean_files: dict[str, bytes]
) -> None:
    """Every planting, each in a month of its own."""
    _planted([plant], tmp_path, clean_files)


def _planted(plants: Sequence[Plant], tmp_path: Path, clean_files: dict[str, bytes]) -> Result:
    """Plant them, work the month out, see that this is told and nothing else."""
    folder = _folder(tmp_path, clean_files)
    cells = {at: value for plant in plants for at, value in plant.cells.items()}
    Plant("", (), cells).put(folder)
    for plant in plants:
        if plant.change:
            plant.change(folder)
    result = work_out(collect(folder), Month(2026, 10))
    found = Counter((issue.rule.code, issue.sheet, issue.cell) for issue in result.issues)
    assert found == Counter((rule.code, sheet, cell) for plant in plants for rule, sheet, cell in plant.told)
    assert all(issue.sentence and issue.remedy and "{" not in issue.sentence for issue in result.issues)
    return result


# --- there and back: every rule that sends a workbook back -------------------------------------------------------


_SENT_BACK = {n for n, plant in enumerate(PLANTS) if any(r.level != rules.NOTE for r, _, _ in plant.told)}


@pytest.mark.parametrize(
    "plants",
    [
        *_together([*_BACK_AT_ONCE, *([n] for n in sorted(_BACK_ALONE))]),
        *_together([[n] for n in sorted(_SENT_BACK)], pytest.mark.slow),
    ],
)
def test_there_and_back(
    plants: list[Plant], tmp_path: Path, clean_files: dict[str, bytes], clean_measures: Any
) -> None:
    """Planted, told, marked at the cell, mended in the returned workbook, handed in: clean, as if never wrong."""
    result = _planted(plants, tmp_path, clean_files)
    returned = dict(hand_back(result, lambda file: bytes_again(file, tmp_path)))
    books = {PurePosixPath(name).name: load_workbook(io.BytesIO(b)) for name, b in returned.items() if type(b) is bytes}
    alone = [book for book in returned.values() if isinstance(book, Book)]
    for plant in plants:
        _assert_marked(plant, books, alone)
    for path in tmp_path.iterdir():
        path.unlink()
    for name, data in clean_files.items():
        if name in books and "填表说明" in books[name].sheetnames:
            _mend(books[name], load_workbook(io.BytesIO(data)))
            books[name].save(tmp_path / name)
        else:
            (tmp_path / name).write_bytes(data)
    mended = work_out(collect(tmp_path), Month(2026, 10))
    assert [(i.rule.code, i.sheet, i.cell) for i in mended.issues] == []
    assert measures_of(mended) == clean_measures


def _assert_marked(plant: Plant, books: dict[str, Workbook], alone: list[Book]) -> None:
    """Each problem stands in a letter, and where it has a cell the cell is filled and commented."""
    own = [book for book in books.values() if RETURN_SHEET in book.sheetnames]
    codes = {found.value for book in own for row in book[RETURN_SHEET].iter_rows() for found in row}
    blocks = [block for book in alone for page in book.pages if isinstance(page, Page) for block in page.blocks]
    codes |= {found for block in blocks for row in block.rows for found in row}
    for rule, title, place in plant.told:
        if rule.level == rules.NOTE:
            continue
        assert rule.code in codes
        if place:
            cells = [book[title][place] for book in own if title in book.sheetnames]
            assert any(c.comment and rules.BY_CODE[rule.code].level in c.comment.text for c in cells)
            assert any(c.fill.fgColor.rgb == "FF" + LEVEL_FILL[rule.level].lstrip("#") for c in cells)


_LAST_ROW = 400  # below it nobody mends cell by cell: rows that are there are deleted


def _mend(book: Workbook, clean: Workbook) -> None:
    """Do what a teacher does: put every cell right, take out what does not belong."""
    for title in set(book.sheetnames) - set(clean.sheetnames) - {RETURN_SHEET}:
        book.remove(book[title])
    for wanted in clean:
        sheet = book[wanted.title] if wanted.title in book.sheetnames else book.create_sheet(wanted.title)
        for area in [str(area) for area in sheet.merged_cells.ranges if str(area) not in wanted.merged_cells]:
            sheet.unmerge_cells(area)
        sheet.delete_rows(_LAST_ROW + 1, sheet.max_row)
        width, height = (max(getattr(s, name) for s in (sheet, wanted)) for name in ("max_column", "max_row"))
        for row in range(1, min(height, _LAST_ROW) + 1):
            sheet.row_dimensions[row].hidden = False
            for column in range(1, width + 1):
                own = sheet.cell(row, column)
                if not isinstance(own, MergedCell):
                    own.value = wanted.cell(row, column).value
                    if own.font.strike:
                        own.font = Font(strike=False)
