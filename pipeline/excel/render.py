"""Render a book: the one look of everything that we publish. Pages are laid out by the roles of their cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pipeline.excel.charts import add_charts
from pipeline.excel.cover import write_cover
from pipeline.excel.one_page import LOW_ROW, laid_out
from pipeline.excel.paging import ROW_HEIGHT, Paper, set_pages
from pipeline.excel.pen import LINE_HEIGHT, TITLE_HEIGHT, Pen, lines_of
from pipeline.excel.seal import write_seal
from pipeline.excel.spread import Spread
from pipeline.excel.standing import Stand, Standing, stands_of
from pipeline.excel.tables import write_block
from pipeline.excel.theme import FIXED_TIME, UNSHRUNK, new_workbook, set_page
from pipeline.publishing.book import Book, Cover, Page
from schemas.bureau_words import PAGE_STAMP
from schemas.look import PAGE_FOOT, PAGE_STAMPED, PAGE_TITLE, PRODUCT

_HELD_ROWS = 8  # above a frozen head; more would leave too little of a screen
_HEAD_POINTS = 40  # of a printed head with title and line


def write_book(path: Path, book: Book) -> None:
    """Render a book to a file. Raises OSError: the library itself raises none for a full disk."""
    path.write_bytes(rendered(book))


def rendered(book: Book) -> bytes:
    """Render a book."""
    content = BytesIO()
    out, theme = new_workbook(content, book.title)
    standing = Standing(book)
    about = next((page.line for page in book.pages if isinstance(page, Page)), "")
    out.set_properties({"title": book.title, "subject": about, "author": PRODUCT, "created": FIXED_TIME})
    for page in book.pages:
        height = LOW_ROW if isinstance(page, Page) and page.is_one_page else ROW_HEIGHT
        pen = Pen(out, out.add_worksheet(page.name), theme, standing, row_height=height)
        stamp = PAGE_STAMP.format(stamp=book.stamp) if book.stamp else ""
        if isinstance(page, Cover):
            write_cover(pen, page, book.stamp)
            _write_margins(pen, stamp)
        else:
            _write_page(pen, laid_out(page) if page.is_one_page else page, book.stamp, stamp)
    if book.meta:
        write_seal(out, book)
    out.close()
    return content.getvalue()


def _write_page(pen: Pen, page: Page, stamp: str, page_stamp: str) -> None:
    spread, stands = Spread.of(page), stands_of(page)
    _set_up(pen, page, spread)
    line = "    ".join(part for part in (page.line, f"【{stamp}】" if stamp else "") if part)
    _write_top(pen, page, line, spread)
    _write_margins(pen, page_stamp, page.heading if spread.breaks else "", page.line)
    row = 2
    for block, stand in zip(page.blocks, stands, strict=True):
        has_filter = page.has_filter and bool(page.main) and block.key == page.main
        write_block(pen, block, stand.head, spread.widths, has_filter=has_filter)
        row = stand.end
    for text in page.notes:
        pen.across(row, spread.text_to, text, "remark", spread.text_from)
        pen.set_height(row, LINE_HEIGHT * lines_of(text, spread.text_width))
        row += 1
    add_charts(pen.out, pen.sheet, page, stands, spread.room)
    repeated = _hold_head(pen, page, stands)
    _set_pages(pen, page, spread, stands, row, repeated)


def _set_up(pen: Pen, page: Page, spread: Spread) -> None:
    for place, own in enumerate(spread.widths):
        pen.sheet.set_column(place, place, own, pen.theme("plain"))
    pen.sheet.hide_gridlines(2)
    pen.sheet.set_default_row(ROW_HEIGHT)
    set_page(pen.sheet, landscape=page.is_landscape, repeat_rows=None)
    pen.sheet.center_horizontally()
    if spread.breaks:
        pen.sheet.set_print_scale(round(100 * spread.scale))
        pen.sheet.set_v_pagebreaks(spread.breaks)
        pen.sheet.repeat_columns(0, max(page.freeze_columns - 1, 0))
        pen.sheet.print_across()
    if page.is_hidden:
        pen.sheet.hide()


def _write_top(pen: Pen, page: Page, line: str, spread: Spread) -> None:
    """Write heading and line; over the first of several pages across, where the printed head bears them as well."""
    pen.title(0, spread.text_to, page.heading, spread.text_from)
    pen.set_height(0, TITLE_HEIGHT)
    pen.across(1, spread.text_to, line, "remark", spread.text_from)
    pen.set_height(1, max(ROW_HEIGHT, LINE_HEIGHT * lines_of(line, spread.text_width)))


def _write_margins(pen: Pen, stamp: str, heading: str = "", line: str = "") -> None:
    """Write what stands above and below every printed page. `heading`: of a sheet whose own is not printed."""
    pen.sheet.set_footer(PAGE_FOOT, UNSHRUNK)
    if heading:
        told = {"heading": heading, "line": line, "stamp": stamp}
        text = PAGE_TITLE.format(**{key: own.replace("&", "&&") for key, own in told.items()})
        pen.sheet.set_header(text, UNSHRUNK)
    elif stamp:
        pen.sheet.set_header(PAGE_STAMPED.format(stamp=stamp), UNSHRUNK)


def _hold_head(pen: Pen, page: Page, stands: list[Stand]) -> tuple[int, int]:
    """Keep the head of the main table in sight and on each page, and let it be filtered where no Excel table does.

    Return the first and last row that stand again on every page.
    """
    for block, stand in zip(page.blocks, stands, strict=True):
        if page.main and block.key == page.main and block.has_head:
            if stand.head <= _HELD_ROWS:
                pen.sheet.freeze_panes(stand.head + 1, page.freeze_columns)
            if page.has_filter and block.rows and not block.name:
                pen.sheet.autofilter(stand.head, 0, stand.head + len(block.rows), len(block.columns) - 1)
            return (0 if stand is stands[0] and not stand.charts else stand.head), stand.head
    return (0, 1)


def _set_pages(pen: Pen, page: Page, spread: Spread, stands: list[Stand], end: int, repeated: tuple[int, int]) -> None:
    """Keep tables and charts whole on paper. `end`: the row after the closing notes, which stay with the last piece."""
    top = 2 if spread.breaks else 0  # of a sheet in several blocks the printed head bears the heading
    repeated = max(top, repeated[0]), max(top, repeated[1])
    pen.sheet.repeat_rows(*repeated)
    if spread.breaks:
        pen.sheet.print_area(top, 0, end, len(spread.widths) - 1)
        pen.sheet.set_margins(left=0.5, right=0.5, top=1.0, bottom=0.7)
    pieces = sorted(piece for stand in stands for piece in stand.pieces)
    if not pieces:
        return
    pieces[-1] = pieces[-1][0], end if page.notes else pieces[-1][1]
    paper = Paper.of(
        spread.scale,
        is_landscape=page.is_landscape,
        repeated=sum(pen.heights.get(row, ROW_HEIGHT) for row in range(repeated[0], repeated[1] + 1)),
        lost=_HEAD_POINTS if spread.breaks else 0,
        least=spread.least,
    )
    set_pages(pen.sheet, pieces, pen.heights, paper, top, is_split=bool(spread.breaks))
