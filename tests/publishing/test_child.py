"""A child's page over the months: a record stands once, the pairings of a class that he has left are over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import two_classes
from helpers.running import month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.publishing.book import Page
from pipeline.publishing.child import child_book
from schemas import child_words as w


def _page(base: Path, after: str) -> Page:
    history = read_history(base / "output" / after, Month.parse(after))
    book = child_book(history.snapshots, NAMES[0])
    assert book is not None
    (page,) = book.pages
    assert isinstance(page, Page)
    return page


def _rows(page: Page, heading: str) -> list[Any]:
    return [row for block in page.blocks if block.heading == heading for row in block.rows]


def test_a_talk_told_again_in_other_words_stands_once(tmp_path: Path) -> None:
    """As it was told last; two talks of one day stay two."""

    def again(plain: dict[str, Any]) -> None:
        talk = {**sheet(plain, "谈心记录")[0], "日期": date(2026, 9, 12)}
        sheet(plain, "谈心记录").extend(
            [{**talk, "主要内容": "上次谈的，说得更清楚"}, {**talk, "主要内容": "同一天又谈了一次"}]
        )

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", again))
    told = [row[-1] for row in _rows(_page(tmp_path, "2026-11"), w.TALKS)]
    assert told == ["上次谈的，说得更清楚", "同一天又谈了一次", f"和{NAMES[0]}聊了最近的作业"]


def test_pairings_of_the_class_that_he_left_are_over(tmp_path: Path) -> None:
    """The old class still lists them; the new one has paired him anew."""

    def moves(plain: dict[str, Any]) -> None:
        two_classes(plain)
        row = sheet(plain, "学生档案").pop(0)
        sheet(plain, "学生档案", 1).append({**row, "入班方式": "转入", "入班日期": date(2026, 10, 8)})
        pair = next(row for row in sheet(plain, "结对帮扶") if row["学生姓名"] == NAMES[0])
        sheet(plain, "结对帮扶", 1).append({**pair, "帮扶人": "陈老师", "结对日期": date(2026, 10, 9)})

    run_month(tmp_path, month_of("2026-09", two_classes))
    run_month(tmp_path, month_of("2026-10", moves))
    rows = _rows(_page(tmp_path, "2026-11"), w.PAIRINGS)
    assert [row[2] for row in rows] == ["2026-10-09"]
