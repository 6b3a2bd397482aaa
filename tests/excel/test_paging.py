"""Where the pages of a printed sheet end."""

from __future__ import annotations

import pytest

from pipeline.excel.paging import ROW_HEIGHT, Paper, breaks_of, pages_of, parts_of, points_of
from schemas.class_page import CHILDREN, PAGE

TEN_ROWS = Paper(10 * ROW_HEIGHT, 2 * ROW_HEIGHT)  # two of them repeated on each page


@pytest.mark.parametrize(
    ("pieces", "breaks"),
    [
        ([(2, 10)], []),
        ([(2, 6), (6, 10)], []),
        ([(2, 6), (6, 11)], [6]),
        ([(2, 6), (6, 12), (12, 15)], [6, 12]),
        ([(2, 40)], []),
        ([(2, 6), (6, 40)], [6]),
        ([(2, 5), (5, 40)], []),
        ([(2, 24), (24, 26)], []),
        ([(2, 24), (24, 27)], [24]),
    ],
    ids=[
        "one table fills a page",
        "two fill a page",
        "the second would be cut",
        "and the third too",
        "a long one goes on by itself",
        "a long one is not begun with four rows",
        "but with five",
        "what is left of a long one's last page is used",
        "or not",
    ],
)
def test_a_page_ends_before_what_it_would_cut(pieces: list[tuple[int, int]], breaks: list[int]) -> None:
    """Ten rows a page, the first two repeated on those that follow."""
    assert breaks_of(pieces, {}, TEN_ROWS) == breaks


def test_a_wide_sheet_is_shrunk_and_holds_more_rows() -> None:
    """Twice as wide as A4 without its margins: twice as many points of rows."""
    narrow, wide = (Paper.of(scale, is_landscape=False, repeated=0) for scale in (1.0, 0.5))
    assert (narrow.height, wide.height) == (749, 1498)
    assert points_of([10, 4]) == (75 + 33) * 0.75


def test_what_is_too_wide_for_nine_points_goes_on_over_pages() -> None:
    """Ten columns of 100 points on a portrait page of 608 at the least scale; the first two stand on each page."""
    hundred = (100 / 0.75 - 5) / 7
    assert parts_of([hundred] * 6, 2, [], is_landscape=False) == []
    assert parts_of([hundred] * 10, 2, [], is_landscape=False) == [6]
    assert parts_of([hundred] * 10, 0, [], is_landscape=False) == [6]
    assert parts_of([hundred] * 10, 2, [4], is_landscape=False) == [4, 8]


@pytest.mark.parametrize(
    ("rows", "tables", "pages"),
    [(15, 1, 1), (30, 1, 1), (33, 2, 1), (36, 1, 0), (50, 1, 0), (62, 1, 2), (62, 2, 0)],
    ids=["half a page", "a page", "a little more than one", "too much more", "the last is well filled",
         "the last would hold a few rows", "tables would be cut"],
)  # fmt: skip
def test_a_page_for_a_few_last_rows_is_saved(rows: int, tables: int, pages: int) -> None:
    """Thirty rows a page, the first of them on every page; a page may be shrunk to hold thirty-four and a half."""
    paper = Paper(30 * ROW_HEIGHT, ROW_HEIGHT, 34.5 * ROW_HEIGHT)
    assert pages_of(rows * ROW_HEIGHT, tables, paper) == pages


def test_a_class_has_one_page_across() -> None:
    """All columns of 本班还差什么 stand on one page, so that a teacher sees a child's line whole."""
    widths = [field.width for field in CHILDREN.fields]
    assert parts_of(widths, 1, [], is_landscape=PAGE.is_landscape) == []
