"""How a sheet is put on A4: never so small that 10.5 points fall below nine; no table, chart or title is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

ROW_HEIGHT = 20  # a Chinese line of 10.5 points with air above and below
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}  # inches
LEAST_SCALE = 0.86  # at which 10.5 points, the smallest that we write, are printed as nine
LEAST_OF_ONE_PAGE = 0.6  # of a page that a teacher keeps: one sheet of paper is worth more than a point
A4 = (595, 842)  # points
_PIXELS_OF_CHARACTER, _PIXELS_OF_COLUMN, _POINTS_OF_PIXEL = 7, 5, 0.75
_LOST_A_PAGE = 40  # points below the last row of a page, which is not cut
_LEAST = 5  # rows of a table longer than a page that must still stand below what comes before it


@dataclass(frozen=True)
class Paper:
    """What a page holds of a sheet's own rows: points of them, as many as `most` at the smallest scale allowed.

    `repeated`: points of the rows that stand again on every page but the first.
    """

    height: float
    repeated: float
    most: float = 0

    @classmethod
    def of(
        cls, scale: float, *, is_landscape: bool, repeated: float, lost: float = 0, least: float = LEAST_SCALE
    ) -> Paper:
        """Return the paper of a sheet that is printed at a scale. `lost`: points of a printed head."""
        _, down = room_of(is_landscape=is_landscape)
        return cls((down - lost) / scale, repeated, (down - lost) / min(scale, least))


def room_of(*, is_landscape: bool) -> tuple[int, int]:
    """Return the points across and down that A4 has within its margins."""
    short, long = A4
    across, down = (long, short) if is_landscape else (short, long)
    return (
        across - int(72 * (MARGINS["left"] + MARGINS["right"])),
        down - int(72 * (MARGINS["top"] + MARGINS["bottom"])),
    )


def points_of(widths: Sequence[float]) -> float:
    """Return the points that columns take, given in characters as Excel counts them."""
    return sum(int(width * _PIXELS_OF_CHARACTER + 0.5) + _PIXELS_OF_COLUMN for width in widths) * _POINTS_OF_PIXEL


def pixels_of(points: float) -> int:
    return int(points / _POINTS_OF_PIXEL)


def parts_of(
    widths: Sequence[float], held: int, wanted: Sequence[int], *, is_landscape: bool, least: float = LEAST_SCALE
) -> list[int]:
    """Return the columns (from 0) that begin a new page across, none where all fit one at the `least` scale.

    `held`: how many first columns stand again on each page; `wanted`: where a new page is asked for.
    """
    room = room_of(is_landscape=is_landscape)[0] / least
    breaks: list[int] = []
    for first, after in pairwise([0, *wanted, len(widths)]):
        breaks += [first] if first else []
        used = points_of(widths[:held]) if first else 0.0
        for at in range(first, after):
            own = points_of(widths[at : at + 1])
            if used + own > room and at > held:
                breaks.append(at)
                used = points_of(widths[:held])
            used += own
    return breaks


def widest(widths: Sequence[float], held: int, breaks: Sequence[int]) -> float:
    """Return the points of the widest page across, its held columns with it."""
    edges = [0, *breaks, len(widths)]
    return max(points_of([*(widths[:held] if a else ()), *widths[a:b]]) for a, b in pairwise(edges))


def set_pages(
    sheet: Any,
    pieces: Sequence[tuple[int, int]],
    heights: Mapping[int, float],
    paper: Paper,
    top: int,
    *,
    is_split: bool,
) -> None:
    """Set where the pages of a sheet end. `pieces`: first row and row after the last (from 0) of each table and chart.

    `top`: the first row that is printed; `is_split`: it is several pages wide, so that it can't be fitted to one.
    """
    whole = _tall(heights, top, pieces[-1][1]) if pieces else 0
    pages = 0 if is_split else pages_of(whole, len(pieces), paper)
    if pages:
        sheet.fit_to_pages(1, pages)
    elif whole > paper.height:
        sheet.set_h_pagebreaks(breaks_of(pieces, heights, paper, top))


def pages_of(whole: float, piece_count: int, paper: Paper) -> int:
    """Return how many pages a sheet is fitted to: the one that holds it, or one less where the last holds little; or 0.

    One of several tables is fitted to one page alone, or its tables would be cut.
    """
    if whole <= paper.most:
        return 1
    later = paper.height - paper.repeated
    fitted = ceil((whole - paper.height) / later)
    needed = whole + (fitted - 1) * paper.repeated + fitted * _LOST_A_PAGE
    return fitted if needed <= fitted * paper.most and piece_count == 1 else 0


def breaks_of(pieces: Sequence[tuple[int, int]], heights: Mapping[int, float], paper: Paper, top: int = 0) -> list[int]:
    """Return the rows that begin a new page: those of pieces that would be cut, or of long ones hardly begun."""
    later = paper.height - paper.repeated
    breaks, used, room, row = [], 0.0, paper.height, top
    for number, (first, after) in enumerate(pieces):
        used += _tall(heights, row, first)
        own = _tall(heights, first, after)
        needed = own if own <= later else _tall(heights, first, first + _LEAST)
        if number and used + needed > room:
            breaks.append(first)
            used, room = 0.0, later
        used += own
        while used > room:  # a long table goes on over the page's end
            used, room = used - room, later
        row = after
    return breaks


def _tall(heights: Mapping[int, float], first: int, after: int) -> float:
    return sum(heights.get(row, ROW_HEIGHT) for row in range(first, after))
