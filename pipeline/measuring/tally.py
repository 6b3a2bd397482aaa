"""The tally: every unit that a figure counts, with what it adds to n and N and what it lacks.

Held as plain arrays: a month has some two hundred tallies, and a frame of eight columns takes a thousandth of a
second each. One frame is made of all that are measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.children.roster import NOBODY
from schemas.figures import TAINTED
from schemas.frames import TALLY

CHILDREN, POTENTIAL = "L", "Q"
NO_CLASS = (0, 0)  # a unit of the school as a whole
_COUNTED = ("grade", "number", "child", "n", "N")

Unit = tuple[int, int, int, int, int, str]  # grade, number, child or NOBODY, n, N, lack
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tally:
    """What one figure counts over L or Q (`over`): an entry of each array a unit. `lack`: "" where n reaches N."""

    figure: str
    over: str
    grade: Numbers
    number: Numbers
    child: Numbers
    n: Numbers
    N: Numbers
    lack: NDArray[Any]

    @cached_property
    def sums(self) -> tuple[int, int]:
        """The sums of n and of N."""
        return int(self.n.sum()), int(self.N.sum())

    def where(self, which: NDArray[np.bool_]) -> Tally:
        """Return the tally of some of its units."""
        return replace(self, **{key: getattr(self, key)[which] for key in (*_COUNTED, "lack")})

    def rows(self) -> Iterator[Unit]:
        """Go through the units."""
        return zip(*(getattr(self, key).tolist() for key in (*_COUNTED, "lack")), strict=True)


def per_child(
    figure: str,
    people: pd.DataFrame,
    n: pd.Series[Any],
    lack: pd.Series[Any] | str,
    N: pd.Series[Any] | int = 1,  # noqa: N803 - the contract's own letter
    over: str = CHILDREN,
) -> Tally:
    """Return the tally of a figure over `people`: a child whose deciding cells are in error adds to no n."""
    tainted = people["is_tainted"].to_numpy()
    due = N.to_numpy().astype("int64") if isinstance(N, pd.Series) else np.full(len(people), N)
    counted = np.where(tainted, 0, n.to_numpy().astype("int64"))
    words = lack.to_numpy(dtype=object) if isinstance(lack, pd.Series) else np.full(len(people), lack, dtype=object)
    lacking = np.where(counted < due, np.where(tainted, TAINTED, words), "")
    grade, number = people["grade"].to_numpy(), people["number"].to_numpy()
    return Tally(figure, over, grade, number, people.index.to_numpy(), counted, due, lacking)


def units(figure: str, rows: Sequence[Unit], over: str = CHILDREN) -> Tally:
    """Return a tally of units that are no children."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * (len(_COUNTED) + 1)
    grade, number, child, n, due = (np.array(column, dtype="int64") for column in columns[:-1])
    return Tally(figure, over, grade, number, child, n, due, np.array(columns[-1], dtype=object))


def nobody(grade: int, number: int, n: int, N: int, lack: str = "") -> Unit:  # noqa: N803
    """Return one unit that stands for no child."""
    return (grade, number, NOBODY, n, N, lack if n < N else "")


def framed(tallies: Iterable[Tally]) -> pd.DataFrame:
    """Return tallies as one frame: one row a unit."""
    own = list(tallies)
    sizes = [len(tally.n) for tally in own]
    columns: dict[str, Any] = {
        "figure": np.repeat(np.array([tally.figure for tally in own], dtype=object), sizes),
        "over": np.repeat(np.array([tally.over for tally in own], dtype=object), sizes),
        **{key: np.concatenate([getattr(tally, key) for tally in own]) for key in (*_COUNTED, "lack")},
    }
    return TALLY.typed(pd.DataFrame(columns))


def tallies_of(frame: pd.DataFrame) -> dict[tuple[str, str], Tally]:
    """Return a frame's tallies again, by figure and over."""
    columns = {key: frame[key].to_numpy(dtype=object if key == "lack" else None) for key in (*_COUNTED, "lack")}
    groups = frame.groupby(["figure", "over"], sort=False).indices
    return {
        (figure, over): Tally(figure, over, **{key: cells[rows] for key, cells in columns.items()})
        for (figure, over), rows in groups.items()
    }
