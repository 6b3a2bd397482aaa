"""The tally: one row for every unit that a figure counts, with what it adds to n and N and what it lacks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.roster import NOBODY
from schemas.figures import TAINTED

CHILDREN, POTENTIAL = "L", "Q"
COLUMNS = ["figure", "over", "grade", "number", "child", "n", "N", "lack"]


def per_child(
    figure: str,
    people: pd.DataFrame,
    n: pd.Series[Any],
    lack: pd.Series[Any] | str,
    N: pd.Series[Any] | int = 1,  # noqa: N803 - the contract's own letter
    over: str = CHILDREN,
) -> pd.DataFrame:
    """Return the tally of a figure over `people`: a child whose deciding cells are in error adds to no n."""
    counted = n.astype("int64").where(~people["is_tainted"], 0)
    frame = people[["grade", "number"]].assign(figure=figure, over=over, child=people.index, n=counted, N=N, lack=lack)
    tainted = people["is_tainted"] & frame["n"].lt(frame["N"])
    lacking = frame["lack"].astype(object).mask(tainted, TAINTED).where(frame["n"].lt(frame["N"]), "")
    return frame.assign(lack=lacking.astype("str"))[COLUMNS]


def units(figure: str, rows: list[tuple[int, int, int, int, int, str]], over: str = CHILDREN) -> pd.DataFrame:
    """Return a tally of units that are no children: (grade, number, child or NOBODY, n, N, lack)."""
    frame = pd.DataFrame(rows, columns=["grade", "number", "child", "n", "N", "lack"])
    return frame.assign(figure=figure, over=over)[COLUMNS]


def nobody(grade: int, number: int, n: int, N: int, lack: str = "") -> tuple[int, int, int, int, int, str]:  # noqa: N803
    """Return one unit that stands for no child."""
    return (grade, number, NOBODY, n, N, lack if n < N else "")
