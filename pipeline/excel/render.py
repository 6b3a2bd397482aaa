"""Render a book: the one look of everything that we publish. Pages are laid out by the roles of their cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pipeline.excel.charts import POINTS_WIDE, add_charts
from pipeline.excel.cover import write_cover
from pipeline.excel.paging import ROW_HEIGHT, Paper, points_of, set_pages
from pipeline.excel.pen import LINE_HEIGHT, Pen, lines_of
from pipeline.excel.seal import write_seal
from pipeline.excel.standing import Standing, heads_of
from pipeline.excel.tables import write_block
from pipeline.excel.theme import new_workbook, set_page
from pipeline.publishing.book import Book, Cover, Page
from schemas.bureau_words import PAGE_STAMP

_TITLE_HEIGHT = 32
_TEXT_COLUMNS, _TEXT_WIDTH = 8, 11.5  # of a page of sentences alone


def write_book(path: Path, book: Book) -> None:
    """Render a book to a file. Raises OSError: the library itself raises none for a full disk."""
    path.write_bytes(rendered(book))


def rendered(book: Book) -> bytes:
    """Render a book."""
    content = BytesIO()
    out, theme = new_workbook(content, book.title)
    standing = Standing(book)
    for page in book.pages:
        pen = Pen(out, out.add_worksheet(page.name), theme, standing)
        if isinstance(page, Cover):
            write_cover(pen, page, book.stamp)
        else:
            _write_page(pen, page, book.stamp)
        if book.stamp:
            pen.sheet.set_header(f"&C&12{PAGE_STAMP.format(stamp=book.stamp)}")
    if book.meta:
        write_seal(out, book)
    out.close()
    return content.getvalue()


def _write_page(pen: Pen, page: Page, stamp: str) -> None:
    widths, heads = _widths(page), heads_of(page)
    _set_up(pen, page, widths)
    _write_top(pen, page, stamp, widths)
    row = 2
    for block, head in zip(page.blocks, heads, strict=True):
        row = write_block(pen, block, head, widths)
        if len(page.blocks) == 1:
            _hold_head(pen, page)
        row += 1
    for text in page.notes:
        pen.across(row, len(widths), text, "note")
        pen.set_height(row, LINE_HEIGHT * lines_of(text, sum(widths)))
        row += 1
    charts = add_charts(pen.out, pen.sheet, page, heads, row + 1)
    if not page.is_one_page:
        _set_pages(pen, page, row, charts)


def _set_up(pen: Pen, page: Page, widths: list[float]) -> None:
    for place, own in enumerate(widths):
        pen.sheet.set_column(place, place, own, pen.theme("plain"))
    pen.sheet.hide_gridlines(2)
    pen.sheet.set_default_row(ROW_HEIGHT)
    set_page(pen.sheet, landscape=page.is_landscape, repeat_rows=None)
    if page.is_one_page:
        pen.sheet.fit_to_pages(1, 1)
    if page.is_hidden:
        pen.sheet.hide()


def _write_top(pen: Pen, page: Page, stamp: str, widths: list[float]) -> None:
    pen.across(0, len(widths), page.heading, "title")
    pen.set_height(0, _TITLE_HEIGHT)
    line = "    ".join(part for part in (page.line, f"【{stamp}】" if stamp else "") if part)
    pen.across(1, len(widths), line, "note")
    pen.set_height(1, max(ROW_HEIGHT, LINE_HEIGHT * lines_of(line, sum(widths))))


def _hold_head(pen: Pen, page: Page) -> None:
    """Keep the head of a page's only table in sight, and let it be filtered where nothing else does."""
    (block,) = page.blocks
    held = 3 if block.heading else 2
    pen.sheet.freeze_panes(held + 1, page.freeze_columns)
    pen.sheet.repeat_rows(0, held)
    if page.has_filter and block.rows and not block.name:
        pen.sheet.autofilter(held, 0, held + len(block.rows), len(block.columns) - 1)


def _set_pages(pen: Pen, page: Page, end: int, charts: list[tuple[int, int]]) -> None:
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
