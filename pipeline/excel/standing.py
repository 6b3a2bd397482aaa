"""Where the tables of a book stand on its sheets: the one place in which keys become rows and columns."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.addresses import column_letters
from pipeline.publishing.book import Block, Book, Chart, FileLink, Link, Page
from pipeline.publishing.cells import Ref


@dataclass(frozen=True)
class Stand:
    """A table on its sheet (rows from 0): its heading, its head, the row after it; its charts, each with its row.

    `end`: the row after all of it.
    """

    top: int
    head: int
    after: int
    charts: tuple[tuple[Chart, int], ...]
    end: int

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """Return the first row and the row after the last of what a page's end may not cut, from above."""
        return sorted({(self.top, self.after), *((row, row + chart.tall) for chart, row in self.charts)})


def stands_of(page: Page) -> list[Stand]:
    """Return where each table stands: below the heading and the line, one under the other, each with its charts."""
    row, stands = 2, []
    for block in page.blocks:
        charts: list[tuple[Chart, int]] = []
        own = [chart for chart in page.charts if chart.table == block.key and chart.is_shown(block)]
        for chart in (chart for chart in own if chart.is_above):
            charts.append((chart, row))
            row += chart.tall
        top = row
        head = top + bool(block.heading) - (not block.has_head)
        row = after = head + max(len(block.rows), 1) + bool(block.note) + 1
        below = [chart for chart in own if not chart.is_above]
        for before, chart in zip([None, *below], below, strict=False):
            is_beside = before is not None and before.beneath != chart.beneath
            charts.append((chart, charts[-1][1] if is_beside else row))
            row = max(row, charts[-1][1] + chart.tall)
        row += 1
        stands.append(Stand(top, head, after, tuple(charts), row))
    return stands


def heads_of(page: Page) -> list[int]:
    """Return the row (from 0) of each table's head."""
    return [stand.head for stand in stands_of(page)]


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

    def family(self, table: str, row: int, family: str) -> str | None:
        """Return the address of a row's cells in the columns of a family; None where they are not shown."""
        own = self._tables.get(table)
        places = [at for at, column in enumerate(own.block.columns) if column.family == family] if own else []
        if own is None or not places:
            return None
        number = own.head + row + 2
        return f"'{own.sheet}'!${column_letters(places[0] + 1)}${number}:${column_letters(places[-1] + 1)}${number}"

    def link(self, link: Link | FileLink) -> str:
        """Return the address that a link leads to. Raises KeyError."""
        if isinstance(link, FileLink):
            return f"external:{link.path}"
        table = self._tables[link.table]
        letter = column_letters((table.block.place(link.column) or 0) + 1)
        return f"internal:'{table.sheet}'!{letter}{table.head + link.row + 2}"
