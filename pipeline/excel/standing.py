"""Where the tables of a book stand on its sheets: the one place in which keys become rows and columns."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.addresses import column_letters
from pipeline.publishing.book import Block, Book, FileLink, Link, Page
from pipeline.publishing.cells import Ref


def heads_of(page: Page) -> list[int]:
    """Return the row (from 0) of each table's head: below the heading and the line, one under the other."""
    row, heads = 2, []
    for block in page.blocks:
        row += bool(block.heading)
        heads.append(row if block.has_head else row - 1)
        row = heads[-1] + max(len(block.rows), 1) + bool(block.note) + 2
    return heads


@dataclass(frozen=True)
class _Table:
    sheet: str
    head: int
    block: Block


class Standing:
    """The tables of a book by key, with the sheet and the row on which each stands."""

    def __init__(self, book: Book) -> None:
        self._tables = {
            block.key: _Table(page.name, head, block)
            for page in book.pages
            if isinstance(page, Page)
            for block, head in zip(page.blocks, heads_of(page), strict=True)
            if block.key
        }

    def addresses(self, refs: Ref | tuple[Ref, ...], beside: str) -> str | None:
        """Return the address of cells as a formula on the sheet `beside` writes it; None where one is not shown.

        Cells side by side are a range (D5:J5), others a list (D5,F5).
        """
        cells = [self._cell(ref) for ref in ((refs,) if isinstance(refs, Ref) else refs)]
        shown = [cell for cell in cells if cell is not None]
        if len(shown) < len(cells):
            return None
        names = [
            ("" if sheet == beside else f"'{sheet}'!") + f"{column_letters(at + 1)}{row}" for sheet, row, at in shown
        ]
        first = shown[0]
        is_range = len(shown) > 1 and shown == [(*first[:2], first[2] + step) for step in range(len(shown))]
        return f"{names[0]}:{names[-1].rpartition('!')[2]}" if is_range else ",".join(names)

    def _cell(self, ref: Ref) -> tuple[str, int, int] | None:
        table = self._tables.get(ref.table)
        place = table.block.place(ref.column) if table else None
        return None if table is None or place is None else (table.sheet, table.head + ref.row + 2, place)

    def link(self, link: Link | FileLink) -> str:
        """Return the address that a link leads to. Raises KeyError."""
        if isinstance(link, FileLink):
            return f"external:{link.path}"
        table = self._tables[link.table]
        letter = column_letters((table.block.place(link.column) or 0) + 1)
        return f"internal:'{table.sheet}'!{letter}{table.head + link.row + 2}"
