"""Layouts: the sheets, tables and columns of a published workbook, as frozen declarations.

Whoever fills or reads a table names its columns by key; the title, the order and the sheet are the layout's affair.
Another layout of the same workbook (a province's own) is another `Layout` of the same keys: see `Layout.name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """A column: its key, its title, the role of its cells and its width in characters.

    `across`, the role of a table's last column: the text runs on to the right edge of the widest table of the page.
    `is_blank`: an empty column that people fill in by hand, which no row has to give.
    """

    key: str
    title: str
    role: str = "text"
    width: float = 10
    is_blank: bool = False

    def __post_init__(self) -> None:
        if not (self.key.isidentifier() and self.key.isascii()):
            raise ValueError(f"{self.title}: the key must be an ASCII identifier")


@dataclass(frozen=True)
class Each:
    """Columns that only the month knows: one a title given with the rows (the items of a plan, the months so far)."""

    key: str
    role: str = "text"
    width: float = 10


@dataclass(frozen=True)
class Out:
    """A column as it is written: a field, or one of the columns of an `Each`. Without a key, nobody reads it by one."""

    title: str
    role: str = "text"
    width: float = 10
    key: str = ""
    family: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its columns, the heading above and the note below. `key` is one in the workbook.

    `is_read`: an Excel table (or named range) of the name `key`, sealed and read back; others are for eyes alone.
    """

    key: str
    fields: tuple[Field | Each, ...]
    heading: str = ""
    note: str = ""
    is_read: bool = True

    def __post_init__(self) -> None:
        _refuse_twice(self.key, [own.key for own in self.fields])
        if sum(isinstance(own, Each) for own in self.fields) > 1:
            raise ValueError(f"{self.key}: only one Each, or its columns could not be told apart when read")

    def columns(self, each: Sequence[str] = ()) -> tuple[Out, ...]:
        """Return the columns as written. `each`: the titles of its `Each`, if it has one."""
        return tuple(column for own in self.fields for column in _columns(own, each))

    def keys_of(self, titles: Sequence[str]) -> tuple[str, ...]:
        """Return the keys of columns that bear these titles; a title that is no field's belongs to the `Each`."""
        own = {one.title: one.key for one in self.fields if isinstance(one, Field)}
        family = next((one.key for one in self.fields if isinstance(one, Each)), "")
        return tuple(own.get(title) or key_of_each(family, title) for title in titles)


def _columns(own: Field | Each, each: Sequence[str]) -> Iterator[Out]:
    if isinstance(own, Field):
        yield Out(own.title, own.role, own.width, own.key)
    else:
        for title in each:
            yield Out(title, own.role, own.width, key_of_each(own.key, title), own.key)


def key_of_each(family: str, title: str) -> str:
    """Return the key of one of the columns of an `Each`."""
    return f"{family}.{title}"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its key, the name on its tab, its tables from above. `freeze`: how many columns stay when scrolling.

    `main`: of several tables, the key of the one that may go on over pages. `breaks`: columns that begin a new page
    across, where the sheet is printed as several blocks; the frozen columns stand on each. `is_one_page`: it is laid
    upright or lying, its last column wider or narrower, so that it comes out as large as one page allows.
    """

    key: str
    title: str
    grids: tuple[Grid, ...] = ()
    heading: str = ""
    is_landscape: bool = True
    freeze: int = 0
    has_filter: bool = False
    is_hidden: bool = False
    main: str = ""
    breaks: tuple[str, ...] = ()
    is_one_page: bool = False


@dataclass(frozen=True)
class CoverSheet:
    """The first sheet: facts (key → label), a short table, and lines to be signed."""

    key: str
    title: str
    facts: Mapping[str, str]
    highlights: Grid
    signatures: tuple[str, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        return (self.highlights,)


@dataclass(frozen=True)
class Layout:
    """A workbook: its printed title and its sheets in order.

    `name`: empty for the standard layout, whose titles the program knows when it reads. Any other layout has a name,
    which is written into the hidden sheet together with the key of every column: such a file explains itself.
    `needed`: table → the columns that a roll-up reads; what is made of this layout by `replace` has to show them too.
    """

    title: str
    sheets: tuple[Sheet | CoverSheet, ...]
    name: str = ""
    needed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _refuse_twice(self.title, [sheet.key for sheet in self.sheets])
        _refuse_twice(self.title, [sheet.title for sheet in self.sheets])
        _refuse_twice(self.title, [grid.key for sheet in self.sheets for grid in sheet.grids])
        lacking = [f"{grid}.{key}" for grid, keys in self.needed.items() for key in keys if not self.shows(grid, key)]
        if lacking:
            raise ValueError(f"{self.title}: a roll-up reads {', '.join(lacking)}")

    def sheet(self, key: str) -> Sheet:
        """Return a sheet that is no cover. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.key == key and isinstance(sheet, Sheet):
                return sheet
        raise KeyError(key)

    def shows(self, grid: str, column: str) -> bool:
        """Tell whether a table of that key is there, with a column of that key."""
        found = self._grid(grid)
        return found is not None and any(own.key == column for own in found.fields)

    def fields(self, grid: str) -> tuple[Field, ...]:
        """Return the columns of a table that are known beforehand; none where it is not there."""
        found = self._grid(grid)
        return tuple(own for own in found.fields if isinstance(own, Field)) if found else ()

    def keys_of(self, grid: str, titles: Sequence[str]) -> tuple[str, ...]:
        """Return the keys of a table's columns by their titles; a table that it does not know keeps its titles."""
        found = self._grid(grid)
        return found.keys_of(titles) if found else tuple(titles)

    def _grid(self, key: str) -> Grid | None:
        return next((grid for sheet in self.sheets for grid in sheet.grids if grid.key == key), None)


def _refuse_twice(where: str, names: Sequence[str]) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{where}: {', '.join(sorted(twice))} stands twice")
