"""Columns and tables: the frozen declarations that templates, checks, messages and docs are rendered from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from schemas.cells import as_text
from schemas.kinds import ANY_TEXT, DAY_CELL, Kind
from schemas.lines import EXAMPLE_MARK, LIKE, RECKONED, TOTAL

ALWAYS, CONDITIONAL, OPTIONAL, ARCHIVE = "是", "条件", "否", "档"
NEEDS = (ALWAYS, CONDITIONAL, OPTIONAL, ARCHIVE)

HEADER_ROW, FIRST_DATA_ROW = 3, 4  # below the title and the guidance
FIRST_COVER_ROW = 3  # of 填表说明: the first label below the heading
COVER_SHEET, RETURN_SHEET, META_SHEET, LISTS_SHEET = "填表说明", "退回说明", "_meta", "_lists"
_DAY_OF_EXAMPLES = date(2026, 10, 31)  # whoever reads an example reads it as of this day
HEADING_NOTE = r"[(（\[【](?:必填|选填|必选|可不填)[)）\]】]$"  # what people write behind a column's title
LIVE_SHEET, SO_FAR_SHEET = "本班还差什么", "_so_far"  # of a class's workbook: nobody types into them


@dataclass(frozen=True)
class Column:
    """One column of a filled sheet. `because` says when a 条件 cell is asked for; `also` are former or colloquial titles."""

    key: str
    title: str
    kind: Kind
    need: str = OPTIONAL
    hint: str = ""
    example: str = ""
    because: str = ""
    also: tuple[str, ...] = ()
    width: int = 12

    def __post_init__(self) -> None:
        if self.need not in NEEDS:
            raise ValueError(f"{self.title}: 必填 must be one of {NEEDS}")
        if not self.key.isidentifier() or not self.key.isascii():
            raise ValueError(f"{self.title}: the key must be an ASCII identifier")
        if (self.need == CONDITIONAL) != bool(self.because):
            raise ValueError(f"{self.title}: a 条件 column, and only one, says when it is asked for")

    @property
    def wanted(self) -> str:
        """What the cell is for and wants, in words, for whoever fills it."""
        return self.hint or self.kind.describe()

    @property
    def to_type(self) -> str:
        """What to type into the cell, for whoever has to mend it: what its kind accepts, or an example of any text."""
        said = self.kind.describe()
        example = self.example.removeprefix(EXAMPLE_MARK).lstrip("·")
        if said not in ANY_TEXT:
            return said
        return LIKE.format(example=example) if example else self.hint or said

    def is_plainly_said(self, raw: Any) -> bool:
        """Tell a cell that says what only a child's or a record's row says: a word of the list, a day, a name, a number."""
        text = as_text(raw)
        if self.kind.words:
            return text in self.kind.words
        if self.kind.is_name:
            return bool(_TWO_HAN.fullmatch(text)) and not (TOTAL.fullmatch(text) or RECKONED.fullmatch(text))
        return (self.kind.cell == DAY_CELL and isinstance(raw, date)) or self.is_own_number(raw)

    def is_own_number(self, raw: Any) -> bool:
        """Tell a valid identity or student number that is not the example's."""
        if not self.kind.is_personal_number or as_text(raw) == self.example:
            return False
        reading = self.kind.read(raw, date.max)
        return isinstance(reading.value, str) and len(reading.value) >= _ID_LENGTH


_TWO_HAN = re.compile(r"[\u3400-\u9fff·]{2,}")
_ID_LENGTH = 18


@dataclass(frozen=True)
class Table:
    """One data sheet: `one_row_per` says what a row is, `one_row_a_child` that a child may stand in it once.

    A workbook without the sheet is told of it, but where it `may_be_missing`, or it is for holiday months alone.
    `prefilled`: what our templates hold ready in a row, key and word ("": some word, None: some word or nothing); a row
    of just that is no record yet. At least two more cells are asked of every row, so that one left empty is told.
    `issued`: what a row may hold ready besides, in which it is no record only as the very row that its workbook was issued
    with (`schemas.held`).
    """

    key: str
    title: str
    one_row_per: str
    columns: tuple[Column, ...]
    guidance: str
    one_row_a_child: bool = False
    may_be_missing: bool = False
    only_in_holidays: bool = False
    prefilled: tuple[tuple[str, str | None], ...] = ()
    issued: tuple[str, ...] = ()
    by_key: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [name for column in self.columns for name in (column.title, *column.also)]
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise ValueError(f"{self.title}: a column title or former title stands twice: {', '.join(twice)}")
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})
        needed = set(self.needing(ALWAYS)) - dict(self.prefilled).keys()
        if self.prefilled and len(needed) < 2:
            raise ValueError(f"{self.title}: what is held ready leaves fewer than two cells to fill")
        if self.issued and not needed - set(self.issued):
            raise ValueError(f"{self.title}: what is issued leaves no cell to fill")
        if twice := [key for key, count in Counter(column.key for column in self.columns).items() if count > 1]:
            raise ValueError(f"{self.title}: a key stands twice: {', '.join(twice)}")

    @property
    def begun_at(self) -> str:
        """The key of the first cell that makes a record of a row that was held ready; of the first column elsewhere."""
        ready = self.held_keys
        return next(c.key for c in self.columns if c.key not in ready and (c.need == ALWAYS or not ready))

    @cached_property
    def held_keys(self) -> tuple[str, ...]:
        """The keys of all that may be held ready in a row."""
        return (*dict(self.prefilled), *self.issued)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    @property
    def examples(self) -> dict[str, Any]:
        """The example of each 必填 and 待补 cell as a value, by its title: what invented rows hold that say nothing of it."""
        asked = (column for column in self.columns if column.need in (ALWAYS, ARCHIVE))
        return {column.title: column.kind.read(column.example, _DAY_OF_EXAMPLES).value for column in asked}

    def needing(self, *needs: str) -> tuple[str, ...]:
        """Return the keys of the columns whose 必填 mark is one of `needs`."""
        return tuple(column.key for column in self.columns if column.need in needs)


@dataclass(frozen=True)
class WorkbookForm:
    """One template: its cover labels, in order, and its data sheets. `is_live`: it says itself what is still lacking."""

    key: str
    title: str
    cover: tuple[Column, ...]
    tables: tuple[Table, ...]
    guide: tuple[str, ...]
    is_live: bool = False

    @property
    def by_key(self) -> dict[str, Table]:
        return {table.key: table for table in self.tables}
