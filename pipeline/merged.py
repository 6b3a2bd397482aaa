"""The month's tables tied together: one row a child, every record tied to its child."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.children.attendance import Attendance
from pipeline.filled import Tables
from pipeline.months.carried import Carried
from schemas import frames


@dataclass(frozen=True)
class Merged:
    """The month's tables tied together.

    `children`: one row per child, index = child id, the row of 学生档案 that counts: `file`, `row_index`, `grade`,
    `number`. `child_of`: table → the child of each row (NOBODY where it can't be told, VOID for a second row).
    `own_attendance`: who took part in this month's activities; `attendance`: in those of the 学年 to date.
    `pupil_child`: the child of every row of 学生档案, second rows and both classes of a child included.
    `so_far`, `so_far_child`: records of the 学年 to date: this month's, then those of earlier months that are not among
    them. `known`: one row a child, the last valid values of earlier months; `carried`: what earlier months add.
    """

    tables: Tables
    children: pd.DataFrame
    pupil_child: pd.Series[int]
    child_of: dict[str, pd.Series[int]]
    own_attendance: Attendance
    attendance: Attendance
    so_far: Tables
    so_far_child: dict[str, pd.Series[int]]
    known: pd.DataFrame
    carried: Carried

    def __post_init__(self) -> None:
        frames.CHILDREN.checked(self.children)
        frames.KNOWN.checked(self.known)
        for tied, children in ((self.tables, self.child_of), (self.so_far, self.so_far_child)):
            for key, child in children.items():
                filled = tied[key].checked()
                if str(child.dtype) != frames.INT or len(child) != len(filled.values):
                    raise frames.BrokenFrame(f"{key}: child")
