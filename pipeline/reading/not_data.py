"""Rows among the data that are none: examples, totals, headers again, notes at the foot (domain §6, 21).

Whatever could be a child or a record stays in: a row is left out only for what it says itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pipeline.model import Issue, Sheet
from pipeline.reading.sheets import plain, titles_of
from schemas import rules
from schemas.cells import as_text
from schemas.class_names import CLASS, class_place
from schemas.forms import FORMS
from schemas.held import mark_of
from schemas.kinds import NUMBER_CELL, IdCard, StudentNo
from schemas.lines import (
    COUNT,
    COUNT_BEHIND,
    EXAMPLE_MARK,
    FOOTNOTE,
    RECKONED,
    TOTAL,
    TOTAL_SIGNS,
    is_next_line,
    is_page_title,
    is_sentence,
)
from schemas.tables import ALWAYS, Column
from schemas.unsaid import says_nothing

Row = tuple[int, list[Any]]

_HIGHEST = 1000  # rows: a higher merged area is decoration
_LIKE_A_HEADER = 0.6  # of a row's filled cells that say the title of their own column


class _Looker:
    """Looks at the rows of one sheet, knowing its columns."""

    def __init__(self, sheet: Sheet) -> None:
        columns = sheet.table.by_key
        named = (key for key, column in columns.items() if column.kind.is_name)
        self._name_place = sheet.columns.get(next(named, ""), 0)
        self._titles = {place: columns[key] for key, place in sheet.columns.items()}
        self._heads = {self._name_place, min(self._titles, default=0)}
        self._own = titles_of(sheet.table)
        ready = dict(sheet.table.prefilled)
        self._ready = [(sheet.columns.get(key, -1), word) for key, word in ready.items() if word is not None]
        self._typed = [place for key, place in sheet.columns.items() if key not in sheet.table.held_keys]
        self._issued = [sheet.columns[key] for key in sheet.table.issued if key in sheet.columns]
        self._sheet = sheet
        self._merged = frozenset(
            row for top, _, bottom, _ in sheet.merged if bottom - top < _HIGHEST for row in range(top + 1, bottom + 2)
        )
        self._needed = [sheet.columns[key] for key in sheet.table.needing(ALWAYS) if key in sheet.columns]
        self._proving = [
            place
            for place, column in self._titles.items()
            if column.need == ALWAYS or isinstance(column.kind, IdCard | StudentNo)
        ]

    def rule(self, row: Sequence[Any]) -> rules.Rule | None:
        """Return the note for a row that is no data, else None."""
        first = next((cell for cell in row if cell != ""), "")
        suspected = _suspected(first, _at(row, self._name_place))
        if suspected is rules.HEADER_AGAIN and not self._is_header(row):
            return None
        if suspected is rules.FOOTNOTE and not self._is_footnote(row):
            return None
        if suspected is rules.TOTAL_ROW and self._is_somebody(row, Column.is_plainly_said):
            return None
        if suspected is None and (text := self.alone(row)) and (is_sentence(text) or _is_class_line(text)):
            return rules.FOOTNOTE
        if suspected is rules.EXAMPLE_ROW:
            is_named_so = as_text(_at(row, self._name_place)) == EXAMPLE_MARK  # the templates' own say whose name
            proves = Column.is_plainly_said if is_named_so else Column.is_own_number
            return None if self._is_somebody(row, proves) else suspected
        return suspected

    def is_begun(self, number: int, row: Sequence[Any]) -> bool:
        """Tell whether a row is more or less than what our templates hold ready; merged cells may say the rest."""
        if not self._ready or _says(row, self._typed) or number in self._merged:
            return True
        if not all(place >= 0 and _is_ready(as_text(_at(row, place)), word) for place, word in self._ready):
            return True
        return _says(row, self._issued) and not self._is_as_issued(row)

    def _is_as_issued(self, row: Sequence[Any]) -> bool:
        """Tell a row that the workbook itself was issued with, cell by cell."""
        cells = {key: _at(row, place) for key, place in self._sheet.columns.items()}
        return mark_of(self._sheet.table, cells) in self._sheet.held

    def alone(self, row: Sequence[Any]) -> str:
        """Return what stands alone in a row where a name or the first cell belongs; "" for any other row."""
        only = -1
        for place in self._titles:
            if as_text(_at(row, place)):
                if only >= 0:  # most rows say so at their second cell
                    return ""
                only = place
        return as_text(row[only]) if only in self._heads else ""

    def title(self, place: int) -> str:
        """Return the title of the column at a place."""
        return self._titles[place].title

    def is_reckoned(self, row: Sequence[Any]) -> bool:
        """Tell a line of averages from a total."""
        return any(RECKONED.fullmatch(as_text(cell)) for cell in row if cell != "")

    def _is_header(self, row: Sequence[Any]) -> bool:
        said = [(place, plain(cell)) for place, cell in enumerate(row) if isinstance(cell, str) and as_text(cell)]
        hits = sum(self._own.get(text) is self._titles.get(place) for place, text in said if text in self._own)
        return hits > 1 and hits >= _LIKE_A_HEADER * len(said)

    def _is_somebody(self, row: Sequence[Any], proves: Callable[[Column, Any], bool]) -> bool:
        """Tell a row of which a cell says that it is a child's or a record's, whatever was typed for a name."""
        return any(proves(self._titles[place], _at(row, place)) for place in self._proving)

    def _is_footnote(self, row: Sequence[Any]) -> bool:
        """Tell a line such as 填表人：…: none of the cells that every row must have holds anything else."""
        first = next((as_text(cell) for cell in row if cell != ""), "")
        said = [text for text in (first, *(as_text(_at(row, place)) for place in self._needed)) if text]
        return bool(said) and all(FOOTNOTE.match(text) for text in said)


def _is_class_line(text: str) -> bool:
    """Tell a line between the children that names a class, 三年级(3)班 or 三(3)班（12人）: it is nobody's name."""
    bare = COUNT_BEHIND.sub("", "".join(text.split()))
    return bare.endswith(CLASS) and class_place(bare) is not None


def _is_ready(text: str, word: str) -> bool:
    return text == word if word else bool(text)


@lru_cache(maxsize=65536)
def _suspected(first: Any, name: Any) -> rules.Rule | None:
    """Return what a row may be by its first cell and its name; the same few names stand in every sheet."""
    texts = {as_text(first), as_text(name)}  # mostly the same cell
    if any(text.lstrip("（(").startswith(EXAMPLE_MARK) for text in texts):
        return rules.EXAMPLE_ROW
    if any(_total(text) or RECKONED.fullmatch(text) for text in texts):
        return rules.TOTAL_ROW
    if plain(as_text(name)) in _all_titles():
        return rules.HEADER_AGAIN
    return rules.FOOTNOTE if any(FOOTNOTE.match(text) for text in texts) else None


@lru_cache(maxsize=1)
def _all_titles() -> frozenset[str]:
    return frozenset(title for form in FORMS for table in form.tables for title in titles_of(table))


def leave_out(sheet: Sheet) -> tuple[list[Row], list[Row], list[Issue]]:
    """Return the data rows of a sheet, merged cells as they are, those that still wait, and a note for each other row.

    Blank ones go silently. What a total says is held against the rows above it.
    """
    places = sorted(sheet.columns[key] for key in sheet.table.keys if key in sheet.columns)
    looker = _Looker(sheet)
    kept: list[Row] = []
    issues: list[Issue] = []
    since = note = 0
    waiting: list[Row] = []
    for number, row in sheet.rows:
        is_filled = _says(row, places)
        if not is_filled and not _says(row, (0,)):
            continue
        if is_filled and (said := _only_fillers(row, places)):
            place, text = said
            title = looker.title(place)
            issues.append(Issue(sheet.file, rules.NOTHING_SAID, sheet.title, number, place + 1, title, text))
            continue
        rule = looker.rule(row)
        if rule is None and number - 1 == note and is_next_line(looker.alone(row)):
            rule = rules.FOOTNOTE
        note = number if rule is rules.FOOTNOTE else 0
        if rule is rules.HEADER_AGAIN:
            issues += _page_titles(sheet, looker, kept, number)
        if rule is None:
            if is_filled and looker.is_begun(number, row):
                kept.append((number, row))
            elif is_filled:
                waiting.append((number, row))
            continue
        issues.append(Issue(sheet.file, rule, sheet.title, number, 1))
        if rule is rules.TOTAL_ROW and not looker.is_reckoned(row):
            issues += _wrong_sums(sheet, number, row, [cells for _, cells in kept], since)
            since = len(kept)
    if waiting:
        words = {"want": str(len(waiting))}
        issues.append(Issue(sheet.file, rules.NOT_BEGUN, sheet.title, waiting[0][0], 1, words=words))
    return kept, waiting, issues


def _page_titles(sheet: Sheet, looker: _Looker, kept: list[Row], number: int) -> list[Issue]:
    """Take what stands alone above a header that is repeated out of the rows, and return a note for each line."""
    found = []
    while kept and kept[-1][0] == number - 1 and is_page_title(looker.alone(kept[-1][1])):
        number = kept.pop()[0]
        found.append(Issue(sheet.file, rules.FOOTNOTE, sheet.title, number, 1))
    return found


def _says(row: Sequence[Any], places: Iterable[int]) -> bool:
    """Tell whether anything at all stands in one of the places."""
    width = len(row)
    for place in places:  # noqa: SIM110 - a generator costs twice as much, and every row of a month passes here
        if place < width and row[place] != "" and as_text(row[place]):
            return True
    return False


def _only_fillers(row: Sequence[Any], places: Iterable[int]) -> tuple[int, str] | None:
    """Return the first cell of a row in which every cell is a filler (/, 无), and what it says; None for any other."""
    first = None
    for place in places:
        text = as_text(_at(row, place))
        if text and not says_nothing(text):
            return None
        first = first or ((place, text) if text else None)
    return first


def _at(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""


def _total(text: str) -> re.Match[str] | None:
    return TOTAL.fullmatch("".join(text.split())) if TOTAL_SIGNS.intersection(text) else None


def _wrong_sums(sheet: Sheet, number: int, row: Sequence[Any], above: Sequence[list[Any]], since: int) -> list[Issue]:
    """Return a warning for each figure of a total that fits neither all rows above it nor those since the last one."""
    columns: Mapping[int, Column] = {place: sheet.table.by_key[key] for key, place in sheet.columns.items()}
    issues = []
    for place, cell in enumerate(row):
        said = _said(cell)
        if said is None:
            continue
        column = columns.get(place)
        sums = [_sum(rows, place, column) for rows in (above, above[since:])]
        if said not in sums:
            words = {"want": f"{sums[0]:g}"}
            title = column.title if column else ""
            issues.append(
                Issue(sheet.file, rules.WRONG_TOTAL, sheet.title, number, place + 1, title, f"{said:g}", words)
            )
    return issues


def _said(cell: Any) -> float | None:
    """Return the figure that a cell of a total row says, if any."""
    if isinstance(cell, bool | date) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = "".join(as_text(cell).split())
    match = TOTAL.fullmatch(text) or COUNT.fullmatch(text)
    figure = match[match.lastindex or 0] if match else ""
    return float(figure) if figure.isdigit() else None


def _sum(rows: Sequence[list[Any]], place: int, column: Column | None) -> float:
    """Return what a total under a column should say: the sum of numbers, else how many rows there are."""
    if column is None or column.kind.cell != NUMBER_CELL:
        return float(len(rows))
    readings = [column.kind.read(_at(row, place), date.max).value for row in rows]
    return float(sum(value for value in readings if value is not None))
