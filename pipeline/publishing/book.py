"""A workbook as data and roles: what is published, in words that know nothing of Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.publishing.cells import Cell


@dataclass(frozen=True)
class Out:
    """A column that is published: its title, the role of its cells and its width in characters.

    `across`, the role of a table's last column: the text runs on to the right edge of the widest table of the page.
    """

    title: str
    role: str = "text"
    width: float = 10


@dataclass(frozen=True)
class Block:
    """A table: one row a tuple of cells, in the order of `columns`. The last `total_count` rows are totals.

    `name`: the name of the Excel table that programs read it by; without one it is for eyes alone.
    `is_text`: no table, but a paragraph a row, across the width of the page.
    """

    columns: tuple[Out, ...]
    rows: Sequence[tuple[Cell, ...]]
    heading: str = ""
    note: str = ""
    total_count: int = 0
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    has_head: bool = True
    name: str = ""
    is_text: bool = False


@dataclass(frozen=True)
class Chart:
    """A native chart of a table of its page (`block`): one series a row of `rows`, or a column of `columns`.

    Categories are the heads of the columns from `first` on (series by row), or the cells of the column `label`
    (series by column). `kind`: line, column, bar, stacked. `alt` says in words what the picture shows.
    """

    title: str
    alt: str
    kind: str = "line"
    block: int = 0
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    label: int = 0
    first: int = 1
    count: int = 0
    is_share: bool = False


@dataclass(frozen=True)
class Page:
    """One sheet: its name, heading, a line below it, tables one under the other, closing notes, charts."""

    name: str
    heading: str
    line: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    is_landscape: bool = True
    freeze_columns: int = 0
    has_filter: bool = False
    charts: tuple[Chart, ...] = ()
    is_one_page: bool = False
    is_hidden: bool = False


def paragraphs(heading: str, texts: Iterable[str]) -> Block:
    """Return a block of sentences below a heading."""
    return Block((Out("", "wrapped"),), [(text,) for text in texts], heading, has_head=False, is_text=True)


FIRST_ROW = 4  # of the data, on a page with one table: below heading, line and table head


def link_to(page: str, number: int) -> str:
    """Return the address of a data row (from 0) of a page that holds one table."""
    return f"internal:'{page}'!A{FIRST_ROW + number}"


@dataclass(frozen=True)
class Cover:
    """The first sheet: a title, lines of label and value, and lines to be signed."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    highlights: Block


@dataclass(frozen=True)
class Book:
    """A workbook: a cover if it has one, then pages. `stamp` is printed on every page.

    `meta`: label → value of the hidden sheet _meta; with it, the named tables are listed there and sealed.
    """

    title: str
    pages: tuple[Page | Cover, ...]
    stamp: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def heads_of(page: Page) -> list[int]:
    """Return the row (from 0) of each table's head: the layout, in one place."""
    row, heads = 2, []
    for block in page.blocks:
        row += bool(block.heading)
        heads.append(row if block.has_head else row - 1)
        row = heads[-1] + max(len(block.rows), 1) + bool(block.note) + 2
    return heads
