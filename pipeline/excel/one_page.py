"""Lay a page of one table out as large as one A4 allows: upright or lying, its last column wide or not.

A wide last column spares lines, a narrow one keeps the page from being shrunk across: which of them is worth more
depends on what stands in it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import floor

from pipeline.excel.paging import LEAST_OF_ONE_PAGE, ROW_HEIGHT, room_of
from pipeline.excel.pen import LINE_HEIGHT, TITLE_HEIGHT, lines_of
from pipeline.excel.spread import Spread
from pipeline.excel.tables import Heights, head_height
from pipeline.publishing.book import Page

LOW_ROW = 17  # points of a row of one line: what 10.5 points need
_STEPS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.2, 2.5)  # of the last column's own width


def laid_out(page: Page) -> Page:
    """Return a page laid out the way in which it comes out largest on one A4; of ways alike, the first.

    What would be too small on one goes on over several, upright.
    """
    best, most = page, 0
    for is_landscape, step in product((True, False), _STEPS):
        way = _way(page, step, is_landscape=is_landscape)
        percent = _percent(way)
        if percent > most:
            best, most = way, percent
        if most >= 100:
            break  # nothing is enlarged
    return best if most >= 100 * LEAST_OF_ONE_PAGE else _way(page, 1, is_landscape=False)


def _way(page: Page, step: float, *, is_landscape: bool) -> Page:
    (block,) = page.blocks
    *others, last = block.columns
    own = replace(block, columns=(*others, replace(last, width=last.width * step)))
    return replace(page, is_landscape=is_landscape, blocks=(own,))


def _percent(page: Page) -> int:
    """Return the whole percents at which all of a page's rows fit one A4, as Excel shrinks them."""
    spread, (block,) = Spread.of(page), page.blocks
    if spread.breaks:
        return 0  # too wide for one
    texts = (page.line, *page.notes)
    tall = (
        TITLE_HEIGHT
        + sum(max(ROW_HEIGHT, LINE_HEIGHT * lines_of(text, spread.text_width)) for text in texts)
        + head_height(block)
        + sum(map(Heights(block, LOW_ROW).of, block.rows))
        + ROW_HEIGHT  # below the table
    )
    down = room_of(is_landscape=page.is_landscape)[1]
    return floor(100 * min(spread.scale, down / tall))
