"""The month as checks across sheets see it, and the list that each of them puts itself on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from pipeline.filled import Fault, Tables
from pipeline.merged import Merged
from pipeline.model import Place

Check = Callable[["View", str], list[Fault]]
CHECKS: list[tuple[str, Check]] = []  # table and check, in the order in which they are made


def across(*keys: str) -> Callable[[Check], Check]:
    """Have a check made in each of these tables: it is given the month and the table's key, and returns its faults."""

    def listed(check: Check) -> Check:
        CHECKS.extend((key, check) for key in keys)
        return check

    return listed


@dataclass(frozen=True, eq=False)
class View:
    """The month as the checks see it. `place`: file → class; `left_behind`: class → 在册留守.

    `handed_in`: the classes that count; `is_complete`: that is all of them.
    """

    merged: Merged
    place: Mapping[int, Place]
    left_behind: Mapping[Place, int]
    first_day: date
    handed_in: frozenset[Place]
    is_complete: bool

    @property
    def tables(self) -> Tables:
        return self.merged.tables

    @cached_property
    def counting_pupils(self) -> pd.DataFrame:
        """Return name, category, birth_date and class of each child, by its number."""
        pupils, children = self.tables["pupils"], self.merged.children
        good = pd.DataFrame({key: pupils.good(key) for key in ("name", "category", "birth_date")})
        rows = good.loc[children["row_index"]].set_axis(children.index)
        return rows.assign(grade=children["grade"], number=children["number"])
