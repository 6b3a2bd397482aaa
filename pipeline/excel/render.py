"""Render a book: the one look of everything that we publish. Pages are laid out by the roles of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.charts import POINTS_WIDE, add_charts
from pipeline.excel.paging import ROW_HEIGHT, Paper, points_of, set_pages
from pipeline.excel.seal import write_seal
from pipeline.excel.theme import Theme, new_workbook, safe_text, set_page
from pipeline.publishing.book import Block, Book, Cover, Out, Page, heads_of
from pipeline.publishing.cells import Calc, Cell, Plain, Ref, Share, Sum, Where, plain, share_formula
from schemas.bureau_words import BALANCED, PAGE_STAMP, UNBALANCED
from schemas.codes import DASH
from schemas.look import NOTHING
from schemas.verdicts import MET, UNMET

_TITLE_HEIGHT = 32
_LINE_HEIGHT = 15  # each further line of a wrapped cell
_VERDICT_LOOKS = {MET: "met", UNMET: "unmet", BALANCED: "met", UNBALANCED: "unmet"}  # beside the word, never alone
_TEXT_COLUMNS, _TEXT_WIDTH = 8, 11.5  # of a page of sentences alone


def write_book(path: Path, book: Book) -> None:
    """Render a book to a file. Raises OSError: the library itself raises none for a full disk."""
    path.write_bytes(rendered(book))


def rendered(book: Book) -> bytes:
    """Render a book."""
    content = BytesIO()
    out, theme = new_workbook(content, book.title)
    heads = {page.name: heads_of(page) for page in book.pages if isinstance(page, Page)}

    def where(ref: Ref) -> str:
        return f"'{ref.page}'!{column_letters(ref.column + 1)}{heads[ref.page][ref.block] + ref.row + 2}"

    for page in book.pages:
        sheet = out.add_worksheet(page.name)
        if isinstance(page, Cover):
            _write_cover(_Pen(out, sheet, theme, where), page, book.stamp)
        else:
            _write_page(_Pen(out, sheet, theme, where), page, book.stamp)
        if book.stamp:
            sheet.set_header(f"&C&12{PAGE_STAMP.format(stamp=book.stamp)}")
    if book.meta:
        write_seal(out, book)
    out.close()
    return content.getvalue()


@dataclass(frozen=True)
class _Pen:
    """A sheet and its workbook, the formats, where the cells of the workbook stand, and heights of rows set so far."""

    out: Any
    sheet: Any
    theme: Theme
    where: Where
    heights: dict[int, float] = field(default_factory=dict)

    def set_height(self, row: int, height: float) -> None:
        """Set a row's height in points."""
        self.sheet.set_row(row, height)
        self.heights[row] = height


def _write_page(pen: _Pen, page: Page, stamp: str) -> None:
    sheet, theme = pen.sheet, pen.theme
    widths = _widths(page)
    width = len(widths)
    for place, own in enumerate(widths):
        sheet.set_column(place, place, own, theme("plain"))
    sheet.hide_gridlines(2)
    sheet.set_default_row(ROW_HEIGHT)
    set_page(sheet, landscape=page.is_landscape, repeat_rows=None)
    if page.is_one_page:
        sheet.fit_to_pages(1, 1)
    if page.is_hidden:
        sheet.hide()
    _across(sheet, theme, 0, width, page.heading, "title")
    pen.set_height(0, _TITLE_HEIGHT)
    line = "    ".join(part for part in (page.line, f"【{stamp}】" if stamp else "") if part)
    _across(sheet, theme, 1, width, line, "note")
    pen.set_height(1, max(ROW_HEIGHT, _LINE_HEIGHT * _lines_of(line, sum(widths))))
    row = 2
    heads = heads_of(page)
    for number, block in enumerate(page.blocks):
        row = _write_block(pen, block, heads[number], widths)
        if number == 0 and len(page.blocks) == 1:
            head = 3 if block.heading else 2
            sheet.freeze_panes(head + 1, page.freeze_columns)
            sheet.repeat_rows(0, head)
            if page.has_filter and block.rows and not block.name:
                sheet.autofilter(head, 0, head + len(block.rows), len(block.columns) - 1)
        row += 1
    for text in page.notes:
        _across(sheet, theme, row, width, text, "note")
        pen.set_height(row, _LINE_HEIGHT * _lines_of(text, sum(widths)))
        row += 1
    charts = add_charts(pen.out, sheet, page, heads, row + 1)
    if not page.is_one_page:
        _set_pages(pen, page, row, charts)


def _set_pages(pen: _Pen, page: Page, end: int, charts: list[tuple[int, int]]) -> None:
    """Keep tables and charts whole on paper. `end`: the row after the closing notes, which stay with the last table."""
    heads = heads_of(page)
    tops = [head + (not block.has_head) - bool(block.heading) for head, block in zip(heads, page.blocks, strict=True)]
    tables = list(zip(tops, [*tops[1:], end], strict=True))
    repeated = heads[0] + 1 if len(heads) == 1 else 2
    if len(heads) != 1:
        pen.sheet.repeat_rows(0, repeated - 1)
    paper = Paper.of(
        max([points_of(_widths(page)), *([POINTS_WIDE] if charts else [])]),
        is_landscape=page.is_landscape,
        repeated=sum(pen.heights.get(row, ROW_HEIGHT) for row in range(repeated)),
    )
    set_pages(pen.sheet, [*tables, *charts], pen.heights, paper)


def _widths(page: Page) -> list[float]:
    """Return the width of each column of a page: the widest that a table asks for."""
    tables = [block for block in page.blocks if not block.is_text]
    count = max((len(block.columns) for block in tables), default=0)
    found = [max(block.columns[at].width for block in tables if at < len(block.columns)) for at in range(count)]
    return found or [_TEXT_WIDTH] * _TEXT_COLUMNS


def _across(sheet: Any, theme: Theme, row: int, width: int, text: str, role: str) -> None:
    if not text:
        return
    if width > 1:
        sheet.merge_range(row, 0, row, width - 1, safe_text(text), theme(role))
    else:
        sheet.write_string(row, 0, safe_text(text), theme(role))


def _write_block(pen: _Pen, block: Block, head: int, widths: Sequence[float]) -> int:
    """Write a table whose head stands in the row `head` and return the next free row."""
    sheet, theme, row, width = pen.sheet, pen.theme, head, len(widths)
    if block.heading:
        above = head - 1 if block.has_head else head
        sheet.write_string(above, 0, block.heading, theme("section"))
        pen.set_height(above, 22)
    _name_table(pen, block, head)
    for place, column in enumerate(block.columns if block.has_head else ()):
        sheet.write_string(row, place, column.title, theme(_role("head", column, place, width)))
    is_across = block.columns[-1].role == "across"
    if is_across and block.has_head:
        _run_on(pen, row, range(len(block.columns), width), "head_across")
    longest = max((len(c.title) * 2.1 / max(c.width, 1) for c in block.columns), default=1)
    if block.has_head:
        pen.set_height(row, 18 * max(1, -(-int(longest * 10) // 10)))
    first_total = len(block.rows) - block.total_count
    if block.is_text:
        return _write_paragraphs(pen, block, row, widths)
    for number, cells in enumerate(block.rows):
        row += 1
        lines = _line_count(block.columns, cells)
        if lines > 1:
            pen.set_height(row, ROW_HEIGHT + _LINE_HEIGHT * (lines - 1))
        for place, (column, cell) in enumerate(zip(block.columns, cells, strict=True)):
            link = block.links.get((number, place))
            shown = (cell, (head + 1, head + first_total))
            role = _role(column.role, column, place, width)
            _write_cell(pen, row, place, shown, role, is_total=number >= first_total, link=link)
        if is_across:
            _run_on(pen, row, range(len(cells), width), "across")
    if not block.rows:
        row += 1
        sheet.write_string(row, 0, NOTHING, theme("text"))
    if block.note:
        row += 1
        _across(sheet, theme, row, width, block.note, "note")
    return row + 1


def _role(role: str, column: Out, place: int, width: int) -> str:
    """Return the look of a cell, which is another where its column runs on to the right."""
    if column.role != "across":
        return role
    is_last = place == width - 1
    return {"head": "head" if is_last else "head_across"}.get(role, "text" if is_last else "across")


def _run_on(pen: _Pen, row: int, places: range, role: str) -> None:
    """Draw the frame of a last cell on over empty cells, so that its text has their room."""
    for place in places:
        edges = {"left": 0, "right": int(place == places[-1])}
        pen.sheet.write_blank(row, place, None, pen.theme(role, **edges))


def _write_paragraphs(pen: _Pen, block: Block, row: int, widths: Sequence[float]) -> int:
    for cells in block.rows:
        row += 1
        text = str(plain(cells[0]))
        _across(pen.sheet, pen.theme, row, len(widths), text, "paragraph")
        pen.set_height(row, _LINE_HEIGHT * _lines_of(text, sum(widths)) + 8)
    return row + 1


def _lines_of(text: str, width: float) -> int:
    return max(1, -(-_columns_wide(text) // max(int(width * 0.94), 1)))


def _columns_wide(text: str) -> int:
    """Return how many columns a text takes: a Chinese character is two wide."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _line_count(columns: Sequence[Out], cells: Sequence[Cell]) -> int:
    """Return how many lines the fullest wrapped cell of a row takes; a Chinese character is two columns wide."""
    return max(
        (
            -(-_columns_wide(cell) // max(int(column.width) - 1, 1))
            for column, cell in zip(columns, cells, strict=True)
            if column.role == "wrapped" and isinstance(cell, str)
        ),
        default=1,
    )


def _name_table(pen: _Pen, block: Block, head: int) -> None:
    """Make a block an Excel table, without its totals: its cells are written after it, in our own look.

    Excel takes 建档率 n and 建档率 N for one title: such a block is a named range instead.
    """
    sheet, last = pen.sheet, head + len(block.rows) - block.total_count
    if not block.name or last <= head:
        return
    if len({column.title.casefold() for column in block.columns}) < len(block.columns):
        letter = column_letters(len(block.columns))
        pen.out.define_name(block.name, f"='{sheet.get_name()}'!$A${head + 1}:${letter}${last + 1}")
    else:
        titles = [{"header": column.title} for column in block.columns]
        sheet.add_table(
            head,
            0,
            last,
            len(block.columns) - 1,
            {"name": block.name, "columns": titles, "style": None, "autofilter": False},
        )


def _write_cell(
    pen: _Pen,
    row: int,
    place: int,
    shown: tuple[Cell, tuple[int, int]],
    role: str,
    *,
    is_total: bool,
    link: str | None,
) -> None:
    """Write a cell. `shown`: the cell, and the first and last row (from 0) of what a total of its table sums."""
    sheet, theme, (cell, (first, last)) = pen.sheet, pen.theme, shown
    value: Plain = plain(cell)
    is_centred = role in ("count", "score", "money", "share") or (role == "rate" and value == DASH)
    text_role = "centred" if is_centred and isinstance(value, str) else role
    if is_total:
        look = theme("total" if isinstance(value, int) or text_role == "rate" else "total_text")
    else:
        look = theme(_VERDICT_LOOKS.get(str(value), "centred") if role == "verdict" else text_role)
    if link:
        sheet.write_url(row, place, link, theme("link"), safe_text(str(value)))
    elif isinstance(cell, Share):
        n, total = (f"{column_letters(at + 1)}{row + 1}" for at in (cell.n_at, cell.total_at))
        sheet.write_formula(row, place, share_formula(n, total), look, cell.value)
    elif isinstance(cell, Sum) and last >= first:
        letter = column_letters(place + 1)
        sheet.write_formula(row, place, f"=SUM({letter}{first + 1}:{letter}{last + 1})", look, cell.value)
    elif isinstance(cell, Calc):
        own = f"'{sheet.get_name()}'!"
        places = [pen.where(ref).removeprefix(own) for ref in cell.refs]
        sheet.write_formula(row, place, cell.formula.format(*places), look, cell.value)
    elif value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, safe_text(value), look)
    else:
        sheet.write_number(row, place, float(value) if isinstance(value, Decimal) else value, look)


def _write_cover(pen: _Pen, cover: Cover, stamp: str) -> None:
    sheet, theme = pen.sheet, pen.theme
    set_page(sheet, landscape=False, repeat_rows=None)
    sheet.hide_gridlines(2)
    sheet.center_horizontally()
    for place, width in enumerate((4, 20, 16, 16, 16, 4)):
        sheet.set_column(place, place, width, theme("plain"))
    sheet.merge_range(2, 0, 2, 5, stamp, theme("stamp"))
    sheet.merge_range(4, 0, 5, 5, cover.title, theme("cover_title"))
    row = 8
    for label, value in cover.facts:
        sheet.write_string(row, 1, label, theme("cover_label"))
        sheet.merge_range(row, 2, row, 4, safe_text(value), theme("cover_line"))
        sheet.set_row(row, 28)
        row += 1
    row += 1
    sheet.set_row(row, 24)
    for place, column in enumerate(cover.highlights.columns):
        sheet.write_string(row, place + 1, column.title, theme("head"))
    for cells in cover.highlights.rows:
        row += 1
        sheet.set_row(row, 24)
        for place, (column, cell) in enumerate(zip(cover.highlights.columns, cells, strict=True)):
            _write_cell(pen, row, place + 1, (cell, (0, -1)), column.role, is_total=False, link=None)
    row += 2
    for label in cover.signatures:
        row += 1
        sheet.write_string(row, 1, label, theme("cover_label"))
        sheet.merge_range(row, 2, row, 4, "", theme("cover_line"))
        sheet.set_row(row, 30)
