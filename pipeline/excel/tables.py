"""Write a table of a page: heading, head, rows and totals, the note below; paragraphs; the name programs read it by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
    for number, cells in enumerate(block.rows):
        row = head + 1 + number
        height = row_height(block, cells, pen.row_height)
        if height != ROW_HEIGHT:
            pen.set_height(row, height)
        for place, (column, cell) in enumerate(zip(block.columns, cells, strict=True)):
            link = block.links.get((number, column.key)) if column.key else None
            if link:
                target = pen.standing.link(link)
                pen.sheet.write_url(row, place, target, pen.theme("link"), safe_text(str(plain(cell))))
                continue
            role, is_total = _role(column.role, column, place, width), number >= first_total
            look = pen.look(cell, role, is_total=is_total, indent=int(place in apart))
            pen.write(row, place, cell, look, pen.formula(cell, block, row, place, summed))
        if _runs_on(block):
            _run_on(pen, row, range(len(cells), width), "across")


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


def row_height(block: Block, cells: Sequence[Cell], of_a_line: float) -> float:
    """Return the points that a row of a table takes. `of_a_line`: those of a row with one line."""
    return of_a_line + LINE_HEIGHT * max(_line_count(block.columns, cells) - 1, 0)


def _line_count(columns: Sequence[Out], cells: Sequence[Cell]) -> int:
    """Return how many lines the fullest wrapped cell of a row takes; a Chinese character is two columns wide."""
    apart = _behind_numbers(columns)
    return max(
        (
            -(-columns_wide(cell) // max(int(column.width - _INDENT * (place in apart)) - 1, 1))
            for place, (column, cell) in enumerate(zip(columns, cells, strict=True))
            if column.role in _WRAPPED and isinstance(cell, str)
        ),
        default=1,
    )


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
