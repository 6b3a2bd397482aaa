"""The tally: one row for every unit that a figure counts, with what it adds to n and N and what it lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.children.roster import NOBODY
from schemas.figures import TAINTED
from schemas.frames import TALLY

CHILDREN, POTENTIAL = "L", "Q"
NO_CLASS = (0, 0)  # a unit of the school as a whole
COLUMNS = list(TALLY.columns)


def per_child(
    figure: str,
    people: pd.DataFrame,
    n: pd.Series[Any],
    lack: pd.Series[Any] | str,
    N: pd.Series[Any] | int = 1,  # noqa: N803 - the contract's own letter
    over: str = CHILDREN,
) -> pd.DataFrame:
    """Return the tally of a figure over `people`: a child whose deciding cells are in error adds to no n."""
    tainted = people["is_tainted"].to_numpy()
    due = N.to_numpy() if isinstance(N, pd.Series) else np.full(len(people), N)
    counted = np.where(tainted, 0, n.to_numpy().astype("int64"))
    words = lack.to_numpy(dtype=object) if isinstance(lack, pd.Series) else np.full(len(people), lack, dtype=object)
    lacking = np.where(counted < due, np.where(tainted, TAINTED, words), "")
    columns = {
        "figure": figure,
        "over": over,
        "grade": people["grade"].to_numpy(),
        "number": people["number"].to_numpy(),
    }
    return pd.DataFrame({**columns, "child": people.index.to_numpy(), "n": counted, "N": due, "lack": lacking})


def units(figure: str, rows: list[tuple[int, int, int, int, int, str]], over: str = CHILDREN) -> pd.DataFrame:
    """Return a tally of units that are no children: (grade, number, child or NOBODY, n, N, lack)."""
    frame = pd.DataFrame(rows, columns=["grade", "number", "child", "n", "N", "lack"])
    return frame.assign(figure=figure, over=over)[COLUMNS]


def nobody(grade: int, number: int, n: int, N: int, lack: str = "") -> tuple[int, int, int, int, int, str]:  # noqa: N803
    """Return one unit that stands for no child."""
    return (grade, number, NOBODY, n, N, lack if n < N else "")
