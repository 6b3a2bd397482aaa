"""Write a table of a page: heading, head, rows and totals, the note below; paragraphs; the name programs read it by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.paging import ROW_HEIGHT
from pipeline.excel.pen import LINE_HEIGHT, Pen, columns_wide, lines_of
from pipeline.excel.theme import safe_text
from pipeline.publishing.book import Block, Out
from pipeline.publishing.cells import Cell, plain
from schemas.look import NOTHING

_WRAPPED = ("wrapped", "mark", "name")
_AT_THE_RIGHT, _AT_THE_LEFT = ("count", "rate", "share", "score", "money", "name"), ("text", "wrapped", "across")
_INDENT = 1.3  # characters of width


def write_block(pen: Pen, block: Block, head: int, widths: Sequence[float], *, has_filter: bool = False) -> int:
    """Write a table whose head stands in the row `head` and return the next free row."""
    if block.heading:
        above = head - 1 if block.has_head else head
        pen.sheet.write_string(above, 0, block.heading, pen.theme("section"))
        pen.set_height(above, 22)
    _name_table(pen, block, head, has_filter=has_filter)
    if block.has_head:
        _write_head(pen, block, head, len(widths))
    if block.is_text:
        return _write_paragraphs(pen, block, head, widths)
    _write_rows(pen, block, head, len(widths))
    row = head + len(block.rows)
    if not block.rows:
        row += 1
        pen.sheet.write_string(row, 0, NOTHING, pen.theme("text"))
    if block.note:
        row += 1
        pen.across(row, len(widths), block.note, "remark")
    return row + 1


def _write_head(pen: Pen, block: Block, row: int, width: int) -> None:
    for place, column in enumerate(block.columns):
        pen.sheet.write_string(row, place, column.title, pen.theme(_role("head", column, place, width)))
    if _runs_on(block):
        _run_on(pen, row, range(len(block.columns), width), "head_across")
    pen.set_height(row, head_height(block))


def _write_rows(pen: Pen, block: Block, head: int, width: int) -> None:
    first_total = len(block.rows) - block.total_count
    summed = (head + 1, head + first_total)
    apart = _behind_numbers(block.columns)
    roles = [(_role(c.role, c, place, width), int(place in apart)) for place, c in enumerate(block.columns)]
    heights = Heights(block, pen.row_height)
    for number, cells in enumerate(block.rows):
        row = head + 1 + number
        height = heights.of(cells)
        if height != ROW_HEIGHT:
            pen.set_height(row, height)
        links = _links(block, number)
        is_total = number >= first_total
        for place, (cell, (role, indent)) in enumerate(zip(cells, roles, strict=True)):
            if place in links:
                target = pen.standing.link(links[place])
                pen.sheet.write_url(row, place, target, pen.theme("link"), safe_text(str(plain(cell))))
                continue
            look = pen.look(cell, role, is_total=is_total, indent=indent)
            formula = None if isinstance(cell, str) else pen.formula(cell, block, row, place, summed)
            pen.write(row, place, cell, look, formula)
        if _runs_on(block):
            _run_on(pen, row, range(len(cells), width), "across")


def _links(block: Block, number: int) -> dict[int, Any]:
    """Return place → where the cell of a row leads, for those that lead anywhere."""
    if not block.links:
        return {}
    found = ((place, block.links.get((number, c.key))) for place, c in enumerate(block.columns) if c.key)
    return {place: link for place, link in found if link}


def _behind_numbers(columns: Sequence[Out]) -> set[int]:
    """Return the columns of words behind one of numbers or labels: together they are read as one."""
    return {
        place
        for place, (before, column) in enumerate(pairwise(columns), start=1)
        if before.role in _AT_THE_RIGHT and column.role in _AT_THE_LEFT
    }


def _runs_on(block: Block) -> bool:
    return block.columns[-1].role == "across"


def _role(role: str, column: Out, place: int, width: int) -> str:
    """Return the look of a cell, which is another where its column runs on to the right."""
    if column.role != "across":
        return role
    is_last = place == width - 1
    return {"head": "head" if is_last else "head_across"}.get(role, "text" if is_last else "across")


def _run_on(pen: Pen, row: int, places: range, role: str) -> None:
    """Draw the frame of a last cell on over empty cells, so that its text has their room."""
    for place in places:
        edges = {"left": 0, "right": int(place == places[-1])}
        pen.sheet.write_blank(row, place, None, pen.theme(role, **edges))


def _write_paragraphs(pen: Pen, block: Block, row: int, widths: Sequence[float]) -> int:
    for cells in block.rows:
        row += 1
        text = str(plain(cells[0]))
        pen.across(row, len(widths), text, "paragraph")
        pen.set_height(row, LINE_HEIGHT * lines_of(text, sum(widths)) + 8)
    return row + 1


def head_height(block: Block) -> float:
    """Return the points that the titles of a table's columns take."""
    lines = max((-(-columns_wide(c.title) // max(int(c.width) - 1, 2)) for c in block.columns), default=1)
    return ROW_HEIGHT + LINE_HEIGHT * (lines - 1) + 2


class Heights:
    """The points that the rows of a table take. `of_a_line`: those of a row with one line."""

    def __init__(self, block: Block, of_a_line: float) -> None:
        self._of_a_line = of_a_line
        apart = _behind_numbers(block.columns)
        self._wrapped = [
            (place, max(int(column.width - _INDENT * (place in apart)) - 1, 1))
            for place, column in enumerate(block.columns)
            if column.role in _WRAPPED
        ]

    def of(self, cells: Sequence[Cell]) -> float:
        """Return the points of a row: the fullest wrapped cell's lines; a Chinese character is two columns wide."""
        lines = 1
        for place, width in self._wrapped:
            cell = cells[place]
            if isinstance(cell, str):
                lines = max(lines, -(-columns_wide(cell) // width))
        return self._of_a_line + LINE_HEIGHT * (lines - 1)


def _name_table(pen: Pen, block: Block, head: int, *, has_filter: bool) -> None:
    """Make a block an Excel table, without its totals: its cells are written after it, in our own look.

    Excel takes 建档率 n and 建档率 N for one title: such a block is a named range instead, as is one for eyes alone.
    """
    sheet, last = pen.sheet, head + len(block.rows) - block.total_count
    if not block.key or last <= head:
        return
    if not block.name or len({column.title.casefold() for column in block.columns}) < len(block.columns):
        letter = column_letters(len(block.columns))
        pen.out.define_name(block.key, f"='{sheet.get_name()}'!$A${head + 1}:${letter}${last + 1}")
        return
    titles = [{"header": column.title} for column in block.columns]
    looks = {"name": block.name, "columns": titles, "style": None, "autofilter": has_filter}
    sheet.add_table(head, 0, last, len(block.columns) - 1, looks)
