"""七篇对照: every item of the seven plans with what was found for it this month. School-only."""

from __future__ import annotations

from pipeline.publishing.book import Page, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from schemas import bureau_words as w
from schemas.chapters import Heads
from schemas.school_layout import CHAPTERS


def chapters_page(result: Result) -> Page:
    """Return one line a check; an item with several has several."""
    rows: list[Row] = [
        {
            "code": c.item.code,
            "matter": c.item.matter,
            "evidence": c.item.evidence,
            "how": c.check.text,
            "done": c.n,
            "due": c.total,
            "state": _state(c),
            "printed": c.item.printed,
        }
        for c in check_chapters(result.merged, result.measured, result.year)
    ]
    return page_of(CHAPTERS, {"chapters": Rows(rows)}, line(result), (w.CHAPTERS_NOTE,))


def _state(checked: Checked) -> str:
    if isinstance(checked.check, Heads):
        return w.NOTHING_DUE
    if not checked.total:
        return w.NO_MINIMUM.format(n=checked.n) if checked.is_count else w.NOTHING_DUE
    if checked.is_count:
        return w.IN_PLACE if checked.n >= checked.total else w.PARTLY if checked.n else w.NOT_YET
    return w.IN_PLACE if checked.n == checked.total else w.PARTLY if checked.n else w.NOT_YET
