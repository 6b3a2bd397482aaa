"""What a planting is: the defect, the cells or files that it changes, and what must be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from helpers.small import id_card
from schemas.defects import DEFECTS
from schemas.forms import FORMS
from schemas.rules import Rule
from schemas.tables import FIRST_DATA_ROW

CLASS_FILE, SCHOOL_FILE = "三年级2班.xlsx", "学校月报.xlsx"
Told = tuple[Rule, str, str]  # rule, sheet, cell ("" for a whole sheet or file)
COLUMNS = {table.title: [column.title for column in table.columns] for form in FORMS for table in form.tables}
SCHOOL_SHEETS = {table.title for table in FORMS[1].tables}
PUPILS, CARDS, PAIRS, TALKS, HOME = "学生档案", "联系卡", "结对帮扶", "谈心记录", "家校联系"
ACTS, GROWTH, CASES, CARE = "活动记录", "成长记录", "个别方案", "关爱服务"
BIRTH = date(2016, 3, 1)
ID = id_card(BIRTH, 1)


def letter(sheet: str, title: str) -> str:
    """Return the column letter of a title in the template."""
    place = COLUMNS[sheet].index(title)
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def cell(sheet: str, title: str, row: int = 0) -> str:
    """Return the address of a data cell; `row` counts from 0."""
    return f"{letter(sheet, title)}{FIRST_DATA_ROW + row}"


@dataclass(frozen=True)
class Plant:
    """One planting. `cells`: (sheet, title, data row) → value; `change`: anything else, given the month's folder.

    `told`: the problems that must stand there, and no other.
    """

    key: str
    told: tuple[Told, ...]
    cells: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    change: Callable[[Path], None] | None = None

    def put(self, folder: Path) -> None:
        """Plant it into the workbooks of a clean month."""
        for file in (CLASS_FILE, SCHOOL_FILE):
            own = {at: value for at, value in self.cells.items() if (at[0] in SCHOOL_SHEETS) == (file == SCHOOL_FILE)}
            if own:
                with Opened(folder / file) as book:
                    for (sheet, title, row), value in own.items():
                        book[sheet][cell(sheet, title, row)].value = value
        if self.change:
            self.change(folder)


class Opened:
    """Open a workbook with openpyxl and save it in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Workbook:
        self._book = load_workbook(self._path)
        return self._book

    def __exit__(self, *failure: object) -> None:
        if failure == (None, None, None):
            self._book.save(self._path)


def typed(key: str, sheet: str, title: str, *values: Any, row: int = 0, also: Sequence[Told] = ()) -> Iterator[Plant]:
    """Yield one plant for each wrong value of a cell: the defect's rule stands there (none where it has none)."""
    for value in values:
        told = tuple((rule, sheet, cell(sheet, title, row)) for rule in DEFECTS[key].rules)
        yield Plant(key, (*told, *also), {(sheet, title, row): value})


def row_of(sheet: str, row: int, **values: Any) -> dict[tuple[str, str, int], Any]:
    """Return the cells of a whole row."""
    return {(sheet, title, row): value for title, value in values.items()}


def on_sheet(
    key: str, sheet: str, change: Callable[[Worksheet], None], *told: Told, book: str = CLASS_FILE
) -> Iterator[Plant]:
    """Yield a plant that changes one sheet of a workbook."""

    def work(folder: Path) -> None:
        with Opened(folder / book) as workbook:
            change(workbook[sheet])

    yield Plant(key, told, change=work)


def on_cover(key: str, label: str, value: Any, address: str) -> Iterator[Plant]:
    """Yield a plant on 填表说明."""

    def work(sheet: Worksheet) -> None:
        found = next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label)
        sheet.cell(found.row, 2).value = value

    yield from on_sheet(key, "填表说明", work, (DEFECTS[key].rules[0], "填表说明", address))


def on_files(key: str, change: Callable[[Path], None], *told: Told) -> Iterator[Plant]:
    """Yield a plant that changes files."""
    yield Plant(key, told, change=change)


def label(sheet: Worksheet, label: str, value: Any) -> None:
    found = next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label)
    sheet.cell(found.row, 2).value = value
