"""A filled table: typed values, what is in error, and what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.model import Issue
from schemas import frames, rules
from schemas.cells import as_typed
from schemas.characters import visible
from schemas.rules import REPAIRED, UNREADABLE_NAME, Rule
from schemas.tables import ALWAYS, Table


@dataclass(frozen=True, eq=False)  # by itself, so that what was worked out of a table is found again
class Filled:
    """One table over all files. One row a data row.

    `values`: a row index from 0; columns `file` (id), `row` (Excel row) and the table's keys, typed, NA where empty or
    unreadable. `faulty`: the same shape over the keys, True where the cell is in error. `raw`: as typed, per key.
    """

    table: Table
    values: pd.DataFrame
    faulty: pd.DataFrame
    raw: Mapping[str, list[Any]] = field(repr=False)
    positions: Mapping[int, Mapping[str, int]] = field(repr=False, default_factory=dict)
    titles: Mapping[int, str] = field(repr=False, default_factory=dict)

    def checked(self) -> Filled:
        """Return the table as it is. Raises BrokenFrame where it is not what its table declares."""
        assert self._is_sound
        return self

    @cached_property
    def _is_sound(self) -> bool:
        """Whether the table was asked: it is handed on from stage to stage. Raises BrokenFrame, each time."""
        frames.filled_table(self.table).checked(self.values)
        shape = (list(self.faulty.columns), self.faulty.to_numpy().dtype, len(self.faulty))
        if shape != (list(self.table.keys), bool, len(self.values)):
            raise frames.BrokenFrame(f"{self.table.key}: faulty")
        return True

    def good(self, key: str) -> pd.Series[Any]:
        """Return a column with the cells in error emptied."""
        return self.values[key].mask(self.faulty[key]) if key in self._spoilt else self.values[key]

    @cached_property
    def _spoilt(self) -> frozenset[str]:
        """The columns with a cell in error."""
        return frozenset(self.faulty.columns[self._wrong.any(axis=0)])

    @cached_property
    def _wrong(self) -> NDArray[np.bool_]:
        """The cells in error, a row a row and a column a key."""
        wrong: NDArray[np.bool_] = self.faulty.to_numpy(dtype=bool)
        return wrong

    def misspelt(self, key: str) -> pd.Series[bool]:
        """Tell which cells of a column are in error for what was typed, not for being empty."""
        typed = [bool(as_typed(cell).strip()) for cell in self.raw[key]]
        return self.faulty[key] & pd.Series(typed, self.faulty.index, dtype=bool)

    def any_wrong(self, keys: Iterable[str]) -> pd.Series[bool]:
        """Tell which rows have a cell in error among those of `keys`."""
        places = [self.faulty.columns.get_loc(key) for key in keys]
        return pd.Series(self._wrong[:, places].any(axis=1), self.faulty.index)

    @cached_property
    def is_own(self) -> pd.Series[bool]:
        """Tell which rows stand in a file of this month; the others are kept from earlier ones."""
        return pd.Series(self.values["row"].to_numpy() > 0, self.values.index)

    @property
    def row_count(self) -> int:
        """How many rows of this month's workbooks there are; one that names many children is one."""
        own = self.is_own.to_numpy()
        return len(set(zip(*(self.values[key].to_numpy()[own].tolist() for key in ("file", "row")), strict=True)))

    def issue(self, index: int, key: str, rule: Rule, typed: str | None = None, **words: Any) -> Issue:
        """Return the issue of one cell, quoting what was typed, masked as its kind asks."""
        column = self.table.by_key[key]
        file = int(self.values.at[index, "file"])
        shown = column.kind.masked(shown_as(self.raw[key][index], rule)) if typed is None else typed
        place = self.positions[file].get(key)
        return Issue(
            file=file,
            rule=rule,
            sheet=self.titles[file],
            row=int(self.values.at[index, "row"]),
            column=0 if place is None else place + 1,
            title=column.title,
            typed=shown,
            words={"want": column.to_type, "guess": "", "because": column.because, **words},
        )

    def with_faults(self, faults: Iterable[tuple[int, str]]) -> Filled:
        """Return the same table with more cells marked as in error."""
        by_key: dict[str, list[int]] = {}
        for index, key in faults:
            by_key.setdefault(key, []).append(index)
        if not by_key:
            return self
        wrong = self._wrong.copy()
        for key, rows in by_key.items():
            wrong[self.faulty.index.get_indexer(pd.Index(rows)), self.faulty.columns.get_loc(key)] = True
        return replace(self, faulty=pd.DataFrame(wrong, index=self.faulty.index, columns=self.faulty.columns))

    def with_rows(
        self, values: pd.DataFrame, faulty: pd.DataFrame, raw: Mapping[str, list[Any]] | None = None
    ) -> Filled:
        """Return the same table with rows of earlier months after its own; `row` 0 tells that none stands in a file.

        `raw`: what was typed in them, per key; none: nothing of it is known any more.
        """
        if values.empty:
            return self
        more = values[list(self.values.columns)].astype(self.values.dtypes.to_dict())
        return replace(
            self,
            values=pd.concat([self.values, more.assign(row=0)], ignore_index=True),
            faulty=pd.concat([self.faulty, faulty[list(self.faulty.columns)]], ignore_index=True),
            raw={key: [*cells, *(raw[key] if raw else [""] * len(more))] for key, cells in self.raw.items()},
        )


def shown_as(raw: Any, rule: Rule) -> str:
    """Return what was typed, to be quoted: where the spelling is the point, with all that nobody sees."""
    text = as_typed(raw)
    return visible(text) if rule in (REPAIRED, UNREADABLE_NAME) else visible(text).replace("␣", " ").strip()


Tables = Mapping[str, Filled]


Fault = tuple[int, str, Rule, dict[str, Any]]


def mark(filled: Filled, faults: list[Fault]) -> tuple[Filled, list[Issue]]:
    """Mark cells as in error and return their issues; a cell already in error keeps its first.

    Warnings and notes among the faults mark nothing. A row kept from an earlier month is marked silently; cells of a
    column that the sheet lacks are told once (contract §8.7), unless it is a 是 column: the sheet tells those.
    """
    issues, marked, lacking = [], [], Counter[tuple[int, str, Rule]]()
    seen: set[tuple[int, str]] = set()
    for index, key, rule, words in faults:
        is_error = rule.level == rules.ERROR
        if is_error and ((index, key) in seen or filled.faulty.at[index, key]):
            continue
        if is_error:
            seen.add((index, key))
            marked.append((index, key))
        file = int(filled.values.at[index, "file"])
        if filled.values.at[index, "row"] and key in filled.positions[file]:
            issues.append(filled.issue(index, key, rule, **words))
        elif filled.values.at[index, "row"] and (is_error or rule is rules.TO_COMPLETE):
            lacking[file, key, rules.COLUMN_LACKING if is_error else rules.COLUMN_TO_COMPLETE] += 1
    return filled.with_faults(marked), issues + _columns_lacking(filled, lacking)


def _columns_lacking(filled: Filled, lacking: Mapping[tuple[int, str, Rule], int]) -> list[Issue]:
    columns = filled.table.by_key
    return [
        Issue(file, rule, filled.titles[file], title=columns[key].title, words={"count": count})
        for (file, key, rule), count in lacking.items()
        if columns[key].need != ALWAYS
    ]


def is_whole(filled: Filled) -> pd.Series[bool]:
    """Tell which rows have no error in a required cell: only such a record fulfils anything (contract §5)."""
    return ~filled.any_wrong(filled.table.needing(ALWAYS))
