"""The data rows of one sheet as columns: what is no data left out, merged cells and 同上 filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import Issue, Sheet
from pipeline.reading.not_data import Row, leave_out
from schemas import rules
from schemas.cells import CellError, as_text, as_typed
from schemas.kinds import IdCard, StudentNo
from schemas.lines import is_same_as_above
from schemas.rules import Rule
from schemas.school_workbook import SCHOOL_AGE


@dataclass(frozen=True)
class Block:
    """The data rows of one sheet, as columns: key → cells as typed. `waiting`: rows that still are as held ready."""

    sheet: Sheet
    numbers: list[int]
    cells: dict[str, list[Any]]
    issues: list[Issue]
    voided: list[tuple[int, str]]
    waiting: list[Row]


def data_block(sheet: Sheet) -> Block:
    """Return the data rows of a sheet: merged cells and 同上 filled, what is no data left out."""
    data, waiting, notes = leave_out(sheet)
    kept, issues, voided = _unmerged(sheet, data)
    issues += notes
    numbers = [number for number, _ in kept]
    width = max((len(row) for _, row in kept), default=0)
    columns = list(zip(*(row for _, row in kept), strict=True)) if kept else []
    blank = [""] * len(kept)
    cells = {}
    for key in sheet.table.keys:
        place = sheet.columns.get(key)
        cells[key] = list(columns[place]) if place is not None and place < width else list(blank)
    issues += _fill_same_as_above(sheet, numbers, cells)
    issues += _struck_out(sheet, numbers, cells)
    at = {number: index for index, number in enumerate(numbers)}
    return Block(sheet, numbers, cells, issues, [(at[number], key) for number, key in voided if number in at], waiting)


_MERGE_CELLS = 20_000  # more merged cells in one sheet is decoration, not data


def _unmerged(sheet: Sheet, data: list[Row]) -> tuple[list[Row], list[Issue], list[tuple[int, str]]]:
    """Return the data rows with merged cells filled down; cells merged across columns are emptied and told."""
    areas = [area for area in sheet.merged if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) <= _MERGE_CELLS]
    if not areas:
        return data, [], []
    keys = {place: key for key, place in sheet.columns.items()}
    rows = {number: list(cells) for number, cells in data}
    issues: list[Issue] = []
    voided: list[tuple[int, str]] = []
    for top, left, bottom, right in areas:
        covered = [place for place in range(left, right + 1) if place in keys]
        numbers = [number for number in range(top + 1, bottom + 2) if number in rows]
        if len(covered) > 1 and numbers:
            titles = (sheet.table.by_key[keys[place]].title for place in covered)
            columns = {"columns": "".join(rules.QUOTED.format(name=title) for title in titles)}
            issues.append(_merged_issue(sheet, numbers[0], covered[0], rules.MERGED_ACROSS, columns))
            for number in numbers:
                voided += [(number, keys[place]) for place in covered]
        elif covered and len(numbers) > 1 and not _is_never_shared(sheet, keys[covered[0]]):
            place = covered[0]
            value = rows[numbers[0]][place] if place < len(rows[numbers[0]]) else ""
            if as_text(value) == "":
                continue  # nothing is filled down
            for number in numbers[1:]:
                rows[number] = _put(rows[number], place, value)
                issues.append(_merged_issue(sheet, number, place, rules.MERGED_DOWN, {"want": as_text(value)}))
    return list(rows.items()), issues, voided


def _is_never_shared(sheet: Sheet, key: str) -> bool:
    """Tell a number that no two children have in common: filled from above, one would be the other."""
    one_each = sheet.table.one_row_a_child or sheet.table is SCHOOL_AGE
    return one_each and isinstance(sheet.table.by_key[key].kind, IdCard | StudentNo)


def _put(row: list[Any], place: int, value: Any) -> list[Any]:
    padded = row + [""] * (place + 1 - len(row))
    return [*padded[:place], value, *padded[place + 1 :]]


def _merged_issue(sheet: Sheet, number: int, place: int, rule: Rule, words: Mapping[str, str]) -> Issue:
    key = next(key for key, position in sheet.columns.items() if position == place)
    column = sheet.table.by_key[key]
    masked = {word: column.kind.masked(text) if word == "want" else text for word, text in words.items()}
    return Issue(sheet.file, rule, sheet.title, number, place + 1, column.title, "", {**masked, "own": words})


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and not isinstance(cell, CellError)


def _fill_same_as_above(sheet: Sheet, numbers: Sequence[int], cells: dict[str, list[Any]]) -> list[Issue]:
    """Replace 同上 in place by the cell above (in this block's own lists) and tell it."""
    issues = []
    for key, column in cells.items():
        if _is_never_shared(sheet, key):
            continue
        alike = {cell for cell in set(column) if _is_text(cell) and is_same_as_above(cell)}
        if not alike:
            continue
        marked = [i for i, cell in enumerate(column) if _is_text(cell) and cell in alike]
        declared = sheet.table.by_key[key]
        for index in marked:
            typed, column[index] = column[index], column[index - 1] if index else ""
            value = as_text(column[index])
            words = {"want": declared.kind.masked(value), "own": {"want": value}}
            issues.append(
                Issue(
                    sheet.file,
                    rules.FILLED_DOWN if column[index] != "" else rules.NOTHING_ABOVE,
                    sheet.title,
                    numbers[index],
                    sheet.columns[key] + 1,
                    declared.title,
                    typed,
                    words,
                )
            )
    return issues


def _struck_out(sheet: Sheet, numbers: Sequence[int], cells: Mapping[str, list[Any]]) -> list[Issue]:
    """Return a warning for each cell whose text is struck out: it counts all the same."""
    if not sheet.struck:
        return []
    found = []
    for key, column in cells.items():
        place, declared = sheet.columns.get(key), sheet.table.by_key[key]
        for number, cell in zip(numbers, column, strict=True):
            if place is not None and (number - 1, place) in sheet.struck:
                typed = declared.kind.masked(as_typed(cell))
                found.append(Issue(sheet.file, rules.STRUCK_OUT, sheet.title, number, place + 1, declared.title, typed))
    return found
