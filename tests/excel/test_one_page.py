"""本班还差什么 on paper: one A4 for a class of up to 45 children, whole lines and the head again on what follows."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from helpers.printed import printed
from pipeline.excel.one_page import laid_out
from pipeline.excel.paging import LEAST_OF_ONE_PAGE
from pipeline.excel.render import rendered
from pipeline.publishing.book import Book, Page, Rows, page_of
from schemas.class_page import CHILDREN, DONE, LEGEND, MARKS, PAGE

VISIT = "本学期家访 0 次，应 1 次"
MUCH = f"本月班主任谈心 0 次，应 1 次；上次谈心 09-28；{VISIT}"


def _page(count: int, lacks: tuple[str, ...]) -> Page:
    """Return the page of a class whose children lack these in turn, with its four lines below."""
    names = [f"王小{at}" for at in range(count)]
    rows = [{"name": name, "told": lacks[at % len(lacks)]} for at, name in enumerate(names)]
    totals = [{"name": "本月", "told": "班会率 1/1，报送质量 146/149"}] * 4
    marks = {mark.key: DONE for mark in MARKS}
    filled = Rows([row | marks for row in rows], [row | marks for row in totals])
    return page_of(PAGE, {"children": filled}, "班主任 王老师　　在读留守儿童 16 人", (LEGEND,))


@pytest.mark.parametrize(
    ("count", "lacks", "least"),
    [
        (17, ("", "", VISIT), 0.86),
        (30, ("", VISIT), 0.7),
        (45, ("", VISIT, MUCH), 0.6),
        (45, (VISIT, VISIT, MUCH), 0.6),
    ],
    ids=["as most are", "a large class", "the largest", "each of whom lacks something"],
)
def test_a_class_has_one_page(count: int, lacks: tuple[str, ...], least: float) -> None:
    """Measured from the workbook's own widths, heights and page set-up."""
    data = rendered(Book("书", (_page(count, lacks),)))
    (own,) = printed(data)
    setup = load_workbook(BytesIO(data)).active.page_setup
    assert (setup.fitToWidth, setup.fitToHeight) in ((None, None), (1, 1)), "fitted to one page"
    assert own.across == 1
    assert own.scale >= least


def test_more_children_go_on_upright_with_their_head_on_each_page() -> None:
    data = rendered(Book("书", (_page(70, (MUCH,)),)))
    (own,) = printed(data)
    sheet = load_workbook(BytesIO(data)).active
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 0)
    assert sheet.print_title_rows == "$1:$3"
    assert own.scale > LEAST_OF_ONE_PAGE


def test_few_children_lie_and_many_stand() -> None:
    assert laid_out(_page(15, (VISIT,))).is_landscape
    assert not laid_out(_page(45, (VISIT,))).is_landscape


def test_the_last_column_is_wide_where_that_spares_lines() -> None:
    plain, full = (laid_out(_page(17, (text,))).blocks[0].columns[-1].width for text in (VISIT, MUCH))
    assert CHILDREN.fields[-1].width <= plain < full  # type: ignore[union-attr]
