"""七篇对照: every item of the seven plans with what was found for it this month. School-only."""

from __future__ import annotations

from pipeline.publishing.book import Block, Out, Page
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.chapters import Heads


def chapters_page(result: Result) -> Page:
    """Return one line a check; an item with several has several."""
    roles = ("centred", "wrapped", "wrapped", "wrapped", "count", "count", "centred", "wrapped")
    widths = (8, 34, 34, 44, 9, 9, 13, 24)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.CHAPTER_COLUMNS, roles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = [
        (c.item.code, c.item.matter, c.item.evidence, c.check.text, c.n, c.total, _state(c), c.item.printed)
        for c in check_chapters(result.merged, result.measured, result.year)
    ]
    notes = (w.CHAPTERS_NOTE,)
    return Page(
        Sheet.CHAPTERS, Sheet.CHAPTERS, line(result), (Block(columns, rows),), notes, freeze_columns=1, has_filter=True
    )


def _state(checked: Checked) -> str:
    if isinstance(checked.check, Heads):
        return w.NOTHING_DUE
    if not checked.total:
        return w.NO_MINIMUM.format(n=checked.n) if checked.is_count else w.NOTHING_DUE
    if checked.is_count:
        return w.IN_PLACE if checked.n >= checked.total else w.PARTLY if checked.n else w.NOT_YET
    return w.IN_PLACE if checked.n == checked.total else w.PARTLY if checked.n else w.NOT_YET
