"""What was counted in a month, as scores, books and later months read it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.measuring.counting import Counting
from schemas import frames


@dataclass(frozen=True)
class Measured:
    """`people`: one row a child (see `population`). `tally`: one row a unit that a figure counts.

    `measures`: one row a level, unit and figure: `level` (school, grade, class), `grade`, `number` (0 where the level
    has none), `over` (L or Q), `figure`, `n`, `N`: never a ratio. `heads`: one row a class: the counts of 班级统计.
    `counting`: what it was counted from.
    """

    people: pd.DataFrame
    tally: pd.DataFrame
    measures: pd.DataFrame
    heads: pd.DataFrame
    counting: Counting

    def __post_init__(self) -> None:
        frames.PEOPLE.checked(self.people)
        frames.TALLY.checked(self.tally)
        frames.MEASURES.checked(self.measures)
        frames.HEADS.checked(self.heads)
