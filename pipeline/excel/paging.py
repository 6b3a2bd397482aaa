"""Where the pages of a printed sheet end: before a table or chart that would be cut; no page for a few last rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROW_HEIGHT = 20  # a Chinese line of 10.5 points with air above and below
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}  # inches
_A4 = (595, 842)  # points
_PIXELS_OF_CHARACTER, _PIXELS_OF_COLUMN, _POINTS_OF_PIXEL = 7, 5, 0.75
_OVER = 1.2  # what is longer than a page by no more than this is made to fit one
_LEAST = 5  # rows of a table longer than a page that must still stand below what comes before it


@dataclass(frozen=True)
class Paper:
    """What a sheet printed one page wide can hold: points of its own rows a page, `repeated` of them on each."""

    height: float
    repeated: float

    @classmethod
    def of(cls, points_wide: float, *, is_landscape: bool, repeated: float) -> Paper:
        """Return the paper of a sheet, which is shrunk to the width of A4 where it is wider."""
        short, long = _A4
        across, down = (long, short) if is_landscape else (short, long)
        across -= int(72 * (MARGINS["left"] + MARGINS["right"]))
        down -= int(72 * (MARGINS["top"] + MARGINS["bottom"]))
        return cls(down * max(1.0, points_wide / across), repeated)


def points_of(widths: Sequence[float]) -> float:
    """Return the points that columns take, given in characters as Excel counts them."""
    return sum(int(width * _PIXELS_OF_CHARACTER + _PIXELS_OF_COLUMN) for width in widths) * _POINTS_OF_PIXEL


def set_pages(sheet: Any, pieces: Sequence[tuple[int, int]], heights: Mapping[int, float], paper: Paper) -> None:
    """Set the page breaks of a sheet. `pieces`: first row and row after the last (from 0) of each table and chart."""
    whole = _tall(heights, 0, pieces[-1][1]) if pieces else 0
    if paper.height < whole <= paper.height * _OVER:
        sheet.fit_to_pages(1, 1)
    elif whole > paper.height:
        sheet.set_h_pagebreaks(breaks_of(pieces, heights, paper))


def breaks_of(pieces: Sequence[tuple[int, int]], heights: Mapping[int, float], paper: Paper) -> list[int]:
    """Return the rows that begin a new page: those of pieces that would be cut, or of long ones hardly begun."""
    later = paper.height - paper.repeated
    breaks, used, room, row = [], 0.0, paper.height, 0
    for first, after in pieces:
        used += _tall(heights, row, first)
        own = _tall(heights, first, after)
        needed = own if own <= later else _tall(heights, first, first + _LEAST)
        if row and used + needed > room:
            breaks.append(first)
            used, room = 0.0, later
        used += own
        while used > room:  # a long table goes on over the page's end
            used, room = used - room, later
        row = after
    return breaks


def _tall(heights: Mapping[int, float], first: int, after: int) -> float:
    return sum(heights.get(row, ROW_HEIGHT) for row in range(first, after))
