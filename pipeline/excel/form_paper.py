"""How a sheet to write on is put on A4: upright where it is narrow, else lying; ruled to the page's foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.excel.paging import A4, points_of

# At which 10.5 points, the smallest on a sheet to write on, are printed as eight, also by LibreOffice, which takes
# columns for a sixteenth wider than Excel does.
LEAST_TO_WRITE = 0.81
MARGINS_TO_WRITE = {"left": 0.3, "right": 0.3, "top": 0.5, "bottom": 0.5}  # inches
_WHOLE = 100
_SLACK = 0.97  # of a page's height, for programs that take rows for higher


@dataclass(frozen=True)
class FormPaper:
    """How a sheet is printed: lying or upright, how many pages across, at how many percent.

    `first_after`: the first column (from 0) that stands on a second page across.
    """

    is_landscape: bool
    across: int
    percent: int
    first_after: int

    @classmethod
    def of(cls, widths: Sequence[float], held: int) -> FormPaper:
        """Return the paper of columns of these widths. `held`: how many first columns stand on each page across."""
        columns = [points_of([width]) for width in widths]
        for across in count(1):
            for is_landscape in (False, True):
                if across > 1 and not is_landscape:
                    continue  # upright, a sheet for many columns has few of them on each page
                room = _room(is_landscape=is_landscape)[0]
                for percent in range(_WHOLE, round(_WHOLE * LEAST_TO_WRITE) - 1, -1):
                    pages = _pages(columns, held, room * _WHOLE / percent)
                    if len(pages) <= across:
                        return cls(is_landscape, across, percent, pages[0])
        raise AssertionError("there are as many pages as it takes")

    def rows(self, head: float, row: float) -> int:
        """Return how many rows to write on fill a page below a head. `head`, `row`: points."""
        down = _room(is_landscape=self.is_landscape)[1] * _SLACK
        return int((down * _WHOLE / self.percent - head) / row)


def _room(*, is_landscape: bool) -> tuple[float, float]:
    """Return the points across and down within the margins."""
    short, long = A4
    across, down = (long, short) if is_landscape else (short, long)
    return (
        across - 72 * (MARGINS_TO_WRITE["left"] + MARGINS_TO_WRITE["right"]),
        down - 72 * (MARGINS_TO_WRITE["top"] + MARGINS_TO_WRITE["bottom"]),
    )


def _pages(columns: Sequence[float], held: int, room: float) -> list[int]:
    """Return the column after the last of each page across, filled from the left; the held ones stand on each."""
    ends, used = [], 0.0
    for at, own in enumerate(columns):
        if used + own > room and at > held:
            ends.append(at)
            used = sum(columns[:held])
        used += own
    return [*ends, len(columns)]
