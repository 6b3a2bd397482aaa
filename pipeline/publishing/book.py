"""A workbook as data and roles: what is published, in words that know nothing of Excel.

A `Layout` (schemas) says which sheets, tables and columns there are; `Rows` say by key what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.publishing.cells import Cell
from schemas.layouts import CoverSheet, Field, Grid, Layout, Sheet
from schemas.layouts import Out as Out  # for tables without a layout

Row = Mapping[str, Cell | tuple[Cell, ...]]


@dataclass(frozen=True)
class Link:
    """A link to the row (from 0) of a table of the same workbook, and to a column of it: the key, else the first."""

    table: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class FileLink:
    """A link to another file: its path from the folder of this one, with /."""

    path: str


@dataclass(frozen=True)
class Rows:
    """What stands in a table: column key → cell a row, and the totals below. A row may know more than is shown.

    `each`: the titles of the columns that only this month knows; a row gives their cells in that order under the key of
    the `Each`. `links`: (row, column key) → where it leads.
    """

    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    each: tuple[str, ...] = ()
    links: Mapping[tuple[int, str], Link | FileLink] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """A table as it is written: one row a tuple of cells, in the order of `columns`. The last `total_count` are totals.

    `key`: by which formulas, links and charts find it. `name`: the name of the Excel table that programs read it by;
    without one it is for eyes alone. `is_text`: no table, but a paragraph a row, across the width of the page.
    """

    columns: tuple[Out, ...]
    rows: Sequence[tuple[Cell, ...]]
    heading: str = ""
    note: str = ""
    total_count: int = 0
    links: Mapping[tuple[int, str], Link | FileLink] = field(default_factory=dict)
    has_head: bool = True
    name: str = ""
    is_text: bool = False
    key: str = ""

    def place(self, key: str) -> int | None:
        """Return which column (from 0) has a key; None where it is not shown."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)

    def cell(self, row: int, key: str) -> Cell:
        """Return a cell; None where the column is not shown."""
        place = self.place(key)
        return None if place is None else self.rows[row][place]


@dataclass(frozen=True)
class Chart:
    """A native chart of a table (`table`): one series a row of `rows`, or a column of `columns`.

    Categories are the heads of the columns of the family `across` (series by row), or the cells of the column `label`
    (series by column). `kind`: line, column, bar, stacked, parts (bars of 100%, the last series what is lacking).
    `alt` says in words what the picture shows. It stands below its table, or above it (`is_above`), `tall` rows high,
    from the column `beneath` on, beside the chart before it where that one stands beneath another column. `labels`:
    what the bars of the first series say, one a row. `label_to`: the last of several columns that name the categories.
    `top`: where the axis ends, if that is known.
    """

    title: str
    alt: str
    table: str
    label: str
    kind: str = "line"
    rows: tuple[int, ...] = ()
    across: str = ""
    columns: tuple[str, ...] = ()
    is_share: bool = False
    is_above: bool = False
    tall: int = 15
    beneath: str = ""
    labels: tuple[str, ...] = ()
    label_to: str = ""
    top: float = 0

    def is_shown(self, block: Block) -> bool:
        """Tell whether a table has rows, and every column that the picture draws."""
        return bool(block.rows) and all(block.place(key) is not None for key in (self.label, *self.columns))


@dataclass(frozen=True)
class Page:
    """One sheet: its name, heading, a line below it, tables one under the other with their charts, closing notes.

    `main`: the key of the table that may go on over pages, whose head stands on each; the only table is one.
    `breaks`: the keys of its columns that begin a new page across, the frozen ones standing on each. `is_one_page`: see
    `schemas.layouts.Sheet`.
    """

    name: str
    heading: str
    line: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    is_landscape: bool = True
    freeze_columns: int = 0
    has_filter: bool = False
    charts: tuple[Chart, ...] = ()
    is_hidden: bool = False
    main: str = ""
    breaks: tuple[str, ...] = ()
    is_one_page: bool = False


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

    `meta`: label → value of the hidden sheet _meta; with it, the named tables are listed there and sealed. `layout`:
    the name of a layout that is not the standard one; with it, the keys of the columns are sealed as well.
    """

    title: str
    pages: tuple[Page | Cover, ...]
    stamp: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    layout: str = ""


@dataclass(frozen=True)
class Contents:
    """What a layout is filled with: rows by the key of the table, closing notes by the key of the sheet, charts.

    `facts`: of the cover, by key. A table, sheet or fact that the layout does not have is not shown.
    """

    line: str
    tables: Mapping[str, Rows]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paragraphs: Mapping[str, Block] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def pages_of(layout: Layout, contents: Contents) -> tuple[Page | Cover, ...]:
    """Return the pages of a layout, filled. Raises KeyError that names a table or column that nobody fills."""
    return tuple(
        _cover_of(layout, sheet, contents)
        if isinstance(sheet, CoverSheet)
        else page_of(
            sheet,
            contents.tables,
            contents.line,
            contents.notes.get(sheet.key, ()),
            charts=contents.charts,
            below=(contents.paragraphs[sheet.key],) if sheet.key in contents.paragraphs else (),
        )
        for sheet in layout.sheets
    )


def page_of(
    sheet: Sheet,
    tables: Mapping[str, Rows],
    line: str = "",
    notes: tuple[str, ...] = (),
    *,
    charts: tuple[Chart, ...] = (),
    below: tuple[Block, ...] = (),
) -> Page:
    """Return one sheet, filled. `charts`: those of other sheets are left out; `below`: paragraphs after the tables."""
    own = {grid.key for grid in sheet.grids}
    return Page(
        sheet.title,
        sheet.heading or sheet.title,
        line,
        (*(_filled(grid, tables) for grid in sheet.grids), *below),
        notes,
        is_landscape=sheet.is_landscape,
        freeze_columns=sheet.freeze,
        has_filter=sheet.has_filter,
        charts=tuple(chart for chart in charts if chart.table in own),
        is_hidden=sheet.is_hidden,
        main=sheet.main or (sheet.grids[0].key if len(sheet.grids) == 1 and not below else ""),
        breaks=sheet.breaks,
        is_one_page=sheet.is_one_page,
    )


def _filled(grid: Grid, tables: Mapping[str, Rows]) -> Block:
    if grid.key not in tables:
        raise KeyError(
            f"no rows for the table {grid.key!r}: it is filled in pipeline/publishing, a district's in pipeline/county"
        )
    return block_of(grid, tables[grid.key])


def block_of(grid: Grid, content: Rows) -> Block:
    """Return a table, filled: its columns in the order of the layout. Raises KeyError for a column that a row lacks."""
    return Block(
        grid.columns(content.each),
        [tuple(_cells(grid, row)) for row in (*content.rows, *content.totals)],
        grid.heading,
        grid.note,
        len(content.totals),
        content.links,
        name=grid.key if grid.is_read else "",
        key=grid.key,
    )


def _cells(grid: Grid, row: Row) -> Iterator[Cell]:
    for own in grid.fields:
        is_blank = isinstance(own, Field) and own.is_blank
        if not is_blank and own.key not in row:
            raise KeyError(
                f"no cell for the column {own.key!r} of the table {grid.key!r}: a row knows {', '.join(row)}"
            )
        value = "" if is_blank else row[own.key]
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _cover_of(layout: Layout, sheet: CoverSheet, contents: Contents) -> Cover:
    facts = tuple((label, contents.facts[key]) for key, label in sheet.facts.items())
    highlights = _filled(sheet.highlights, contents.tables)
    return Cover(sheet.title, layout.title, facts, sheet.signatures, highlights)


def paragraphs(heading: str, texts: Iterable[str]) -> Block:
    """Return a block of sentences below a heading."""
    return Block((Out("", "wrapped"),), [(text,) for text in texts], heading, has_head=False, is_text=True)
