"""学年综合, and the movement of ranks against last month: the months of the 学年 side by side. School-only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.months.history import Standing
from pipeline.publishing.book import Block, Out, Page
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell
from pipeline.result import Result
from pipeline.rounding import half_up
from pipeline.scoring.points import places_of_honour, ranks_of
from pipeline.scoring.standings import standings_of
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.class_names import class_text
from schemas.codes import DASH, TARGET_CLASS, TARGET_TEACHER
from schemas.verdicts import ELIGIBLE_NOT


def with_movement(page: Page, result: Result) -> Page:
    """Return 班级考核 with last month's rank and the movement beside each class. The rows are those of the scores."""
    (block,) = page.blocks
    before = result.history.standings.get(str(result.month.before), {})
    rows = [
        (*row, *_moved(score.rank, before.get((TARGET_CLASS, class_text(score.place)))))
        for row, score in zip(block.rows, result.scores, strict=True)
    ]
    columns = (*block.columns, Out(w.RANK_BEFORE, "centred", 9), Out(w.MOVED, "centred", 8))
    return replace(page, blocks=(replace(block, columns=columns, rows=rows),))


def _moved(rank: int | None, before: Standing | None) -> tuple[Cell, Cell]:
    if before is None:
        return DASH, DASH
    if rank is None:
        return before.rank, DASH
    step = before.rank - rank
    word = w.UP.format(count=step) if step > 0 else w.DOWN.format(count=-step) if step else w.LEVEL
    return before.rank, word


def year_page(result: Result) -> Page:
    """Return 学年综合: the mean of the scored months, how many they are, and who is a candidate for 先进."""
    classes = _block(result, TARGET_CLASS, w.YEAR_COLUMNS, w.YEAR_CLASSES, w.SUGGEST_CLASS)
    teachers = _block(result, TARGET_TEACHER, w.YEAR_TEACHER_COLUMNS, w.YEAR_TEACHERS, w.SUGGEST_TEACHER)
    return Page(Sheet.YEAR, Sheet.YEAR, line(result), (classes, teachers), (w.YEAR_NOTE,), is_landscape=False)


def _block(result: Result, kind: str, titles: tuple[str, ...], heading: str, suggestion: str) -> Block:
    months = [
        *(found for _, found in sorted(result.history.standings.items())),
        standings_of(result.scores, result.teacher_scores),
    ]
    own: dict[str, list[Standing]] = {}
    for standings in months:
        for (of_kind, name), standing in standings.items():
            if of_kind == kind:
                own.setdefault(name, []).append(standing)
    means = {name: _mean([standing.total for standing in found]) for name, found in own.items()}
    flagged = {name for name, found in own.items() if any(standing.is_flagged for standing in found)}
    ranks, top = ranks_of(means), places_of_honour(means, flagged, result.policy)
    rows: list[tuple[Cell, ...]] = []
    for name in sorted(means, key=lambda name: (ranks[name], name)):
        verdict = ELIGIBLE_NOT if name in flagged else suggestion if name in top else DASH
        rows.append((ranks[name], name, len(own[name]), means[name], verdict, *[""] * (len(titles) - 5)))
    roles, widths = ("centred", "text", "count", "score", "centred", "text"), (8, 18, 12, 12, 16, 16)
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=False))
    return Block(columns, rows, heading)


def _mean(totals: list[Decimal]) -> Decimal:
    return half_up(sum((Fraction(total) for total in totals), Fraction(0)) / len(totals))
