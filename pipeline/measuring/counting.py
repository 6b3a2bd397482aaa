"""What every figure of a month is counted from, and the list that each figure puts itself on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.measuring.archive import Archive
from pipeline.measuring.pairs import Pairings
from pipeline.measuring.tally import Tally
from pipeline.merged import Merged
from pipeline.model import Places
from pipeline.school_year import SchoolYear
from schemas.policy import Policy

# Counts one figure over these children, told apart from other counts of it by the last (L or Q): the figure's tally.
Count = Callable[["Counting", pd.DataFrame, str], Tally]
COUNTS: dict[str, Count] = {}


def counts(figure: str) -> Callable[[Count], Count]:
    """Have a figure counted by this function. Raises ValueError for one that is counted already."""

    def listed(count: Count) -> Count:
        if figure in COUNTS:
            raise ValueError(figure)
        COUNTS[figure] = count
        return count

    return listed


@dataclass(frozen=True, eq=False)
class Counting:
    """What a month is counted from. `people`: one row a child (see `population`); `archive`: the 档 cells of each.

    `talks`, `contacts`: the sound records of the 学年 to date (see `records`); `places`: file → class of those that
    count.
    """

    merged: Merged
    people: pd.DataFrame
    archive: Archive
    pairs: Pairings
    talks: pd.DataFrame
    contacts: pd.DataFrame
    places: Places
    year: SchoolYear
    policy: Policy

    @cached_property
    def in_l(self) -> pd.DataFrame:
        """The left-behind children: one row each."""
        return self.people[self.people["in_l"]]

    @cached_property
    def in_a(self) -> pd.DataFrame:
        """Those of them who are at school."""
        return self.people[self.people["in_a"]]

    @cached_property
    def in_q(self) -> pd.DataFrame:
        """潜能生 at school."""
        return self.people[self.people["in_q"]]

    @cached_property
    def in_kept(self) -> pd.DataFrame:
        """Those over whom 巩固率 counts."""
        return self.people[self.people["in_kept"]]
