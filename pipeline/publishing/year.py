"""学年综合, and the movement of ranks against last month: the months of the 学年 side by side. School-only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.months.history import Standing
from pipeline.publishing.book import Page, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell, Cells
from pipeline.result import Result
from pipeline.rounding import half_up
from pipeline.scoring.points import places_of_honour, ranks_of
from pipeline.scoring.standings import standings_of
from schemas import bureau_words as w
from schemas.class_names import class_text
from schemas.codes import DASH, TARGET_CLASS, TARGET_TEACHER
from schemas.school_layout import YEAR
from schemas.verdicts import ELIGIBLE_NOT


def with_movement(content: Rows, result: Result) -> Rows:
    """Return the rows of 班级考核 with last month's rank and the movement beside each class."""
    before = result.history.standings.get(str(result.month.before), {})
    rows: list[Row] = []
    for row, score in zip(content.rows, result.scores, strict=True):
        rank, moved = _moved(score.rank, before.get((TARGET_CLASS, class_text(score.place))))
        rows.append({**row, "rank_before": rank, "moved": moved})
    return replace(content, rows=rows)


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
    tables = {
        "year_classes": _rows(result, TARGET_CLASS, w.SUGGEST_CLASS),
        "year_teachers": _rows(result, TARGET_TEACHER, w.SUGGEST_TEACHER),
    }
    return page_of(YEAR, tables, line(result), (w.YEAR_NOTE,))


def _rows(result: Result, kind: str, suggestion: str) -> Rows:
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
    rows: list[Row] = []
    for name in sorted(means, key=lambda name: (ranks[name], name)):
        is_barred = name in flagged or means[name] < result.policy.pass_score
        advice = ELIGIBLE_NOT if is_barred else suggestion if name in top else DASH
        label: Cells = {"rank": ranks[name], "name": name, "months": len(own[name])}
        rows.append({**label, "mean": means[name], "advice": advice})
    return Rows(rows)


def _mean(totals: list[Decimal]) -> Decimal:
    return half_up(sum((Fraction(total) for total in totals), Fraction(0)) / len(totals))
