"""How wide a page's columns are, and how they are spread over pages across."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from pipeline.excel.paging import LEAST_OF_ONE_PAGE, LEAST_SCALE, parts_of, points_of, room_of, widest
from pipeline.publishing.book import Page

_TEXT_COLUMNS, _TEXT_WIDTH = 8, 11.5  # of a page of sentences alone
_LEAST_CHART = 480  # points
_SLACK = 0.9  # of a page's width: where Calibri is lacking, programs take columns for wider than Excel does


@dataclass(frozen=True)
class Spread:
    """The widths of a page's columns in characters, and the columns (from 0) that begin a new page across.

    `held`: how many columns stand on each page; `scale`: at which it is printed; `least`: the smallest allowed.
    """

    widths: list[float]
    held: int
    breaks: list[int]
    scale: float
    least: float

    @classmethod
    def of(cls, page: Page) -> Spread:
        """Return how a page is spread."""
        widths, held, across = _widths(page), page.freeze_columns, room_of(is_landscape=page.is_landscape)[0]
        places = (block.place(key) for block in page.blocks for key in page.breaks)
        wanted = sorted({place for place in places if place})
        least = LEAST_OF_ONE_PAGE if page.is_one_page else LEAST_SCALE
        breaks = parts_of(widths, held, wanted, is_landscape=page.is_landscape, least=least)
        points = widest(widths, held, breaks)
        points = max([points, *(_LEAST_CHART for _ in page.charts)])
        scale = min(1.0, across / points)
        scale = floor(100 * max(least, min(1.0, _SLACK * across / points))) / 100 if breaks else scale
        return cls(widths, held, breaks, scale, least)

    @property
    def text_from(self) -> int:
        """Return the first column of headings and notes: the held ones stand on several pages, each with its part."""
        return self.held if self.breaks else 0

    @property
    def text_to(self) -> int:
        return self.breaks[0] if self.breaks else len(self.widths)

    @property
    def text_width(self) -> float:
        """Return the characters across that headings and notes have."""
        return sum(self.widths[self.text_from : self.text_to])

    def room(self, place: int) -> tuple[int, float]:
        """Return at which column a chart stands that asks for `place`, and the points across to the page's edge."""
        first = max(place, self.text_from)
        after = next((edge for edge in self.breaks if edge > first), len(self.widths))
        points = points_of(self.widths[first:after])
        return first, points if self.breaks else max(points, _LEAST_CHART)


def _widths(page: Page) -> list[float]:
    """Return the width of each column of a page: the widest that a table asks for."""
    tables = [block for block in page.blocks if not block.is_text]
    count = max((len(block.columns) for block in tables), default=0)
    found = [max(block.columns[at].width for block in tables if at < len(block.columns)) for at in range(count)]
    return found or [_TEXT_WIDTH] * _TEXT_COLUMNS
