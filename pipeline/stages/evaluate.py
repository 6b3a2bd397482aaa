"""Stage 7: score classes by the plan's rubric, rank them, and say how each stands (contract §5, §8.16, §8.17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from pipeline.filled import Filled, Tables
from pipeline.plan import registered_items
from pipeline.rounding import half_up
from pipeline.school_year import SchoolYear
from pipeline.stages.measure import Measured
from pipeline.stages.merge import is_whole
from schemas.class_names import class_name, class_place, class_text
from schemas.codes import TARGET_CLASS, YES
from schemas.policy import BY_DEDUCTION, BY_RATE, Policy, RubricItem
from schemas.verdicts import ELIGIBLE_NOT, FAILED, NOT_HANDED_IN, NOT_RANKED, PASSED, TOP

Place = tuple[int, int]


@dataclass(frozen=True)
class Score:
    """One class: points of each item before rescaling (None: left out), the total and rank (None: not ranked)."""

    place: Place
    points: tuple[Fraction | None, ...]
    total: Decimal | None
    rank: int | None
    verdict: str


def evaluate(
    measured: Measured, tables: Tables, expected: Sequence[Place], year: SchoolYear, policy: Policy
) -> list[Score]:
    """Return the score of every class that is expected or handed in, by rank, then grade and class."""
    handed_in = set(zip(measured.heads["grade"], measured.heads["number"], strict=True))
    cared_for = {(g, n) for g, n, a in measured.heads[["grade", "number", "in_a"]].itertuples(index=False) if a}
    flagged = _flagged(tables["red_flags"])
    counts = _counts(measured)
    registered = _registered(tables["inspections"], year, policy)
    points = {place: _points(counts.get(place, {}), registered.get(place, {}), policy) for place in cared_for}
    totals = {place: _total(items, policy.rubric) for place, items in points.items()}
    ranked = {place: total for place, total in totals.items() if total is not None}
    ranks = {place: 1 + sum(other > total for other in ranked.values()) for place, total in ranked.items()}
    top = _top(ranked, ranks, flagged, policy)
    scores = []
    for place in sorted({*expected, *handed_in}):
        verdict = _verdict(place, handed_in, ranked, flagged, top, policy)
        items = points.get(place, (None,) * len(policy.rubric))
        scores.append(Score(place, items, ranked.get(place), ranks.get(place), verdict))
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0, score.place))


def _counts(measured: Measured) -> dict[Place, dict[str, tuple[int, int]]]:
    """Return class → figure → (n, N)."""
    frame = measured.measures
    own = frame[(frame["level"] == "class") & (frame["over"] == "L")]
    found: dict[Place, dict[str, tuple[int, int]]] = {}
    for grade, number, figure, n, total in own[["grade", "number", "figure", "n", "N"]].itertuples(index=False):
        found.setdefault((int(grade), int(number)), {})[figure] = (int(n), int(total))
    return found


def _points(
    counts: dict[str, tuple[int, int]], registered: dict[str, Fraction], policy: Policy
) -> tuple[Fraction | None, ...]:
    return tuple(_item_points(item, counts, registered) for item in policy.rubric)


def _item_points(
    item: RubricItem, counts: dict[str, tuple[int, int]], registered: dict[str, Fraction]
) -> Fraction | None:
    if item.mode == BY_RATE:
        n, total = counts.get(item.figure, (0, 0))
        return item.points * Fraction(n, total) if total else None
    written = registered.get(item.title, Fraction(0))
    raw = item.points - abs(written) if item.mode == BY_DEDUCTION else written
    return min(max(raw, Fraction(0)), item.points)


def _registered(inspections: Filled, year: SchoolYear, policy: Policy) -> dict[Place, dict[str, Fraction]]:
    """Return class → item title → the sum of the month's register rows."""
    rows = _of_month(inspections, year)
    rows = rows[rows["target_kind"].eq(TARGET_CLASS)]
    items = registered_items(policy)
    sums: dict[Place, dict[str, Fraction]] = {}
    for target, item, points in rows[["target", "item", "points"]].itertuples(index=False):
        place = class_place(target)
        if place and item in items:
            own = sums.setdefault(place, {})
            own[item] = own.get(item, Fraction(0)) + Fraction(str(points))
    return sums


def _of_month(filled: Filled, year: SchoolYear) -> pd.DataFrame:
    """Return the sound rows of a register that are dated in the month."""
    first, last = pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day)
    return filled.values[is_whole(filled) & filled.values["date"].between(first, last)]


def _total(points: Sequence[Fraction | None], rubric: Sequence[RubricItem]) -> Decimal | None:
    """Return the exact total rescaled to 100 and rounded once; None where no item applies."""
    applied = [(got, item.points) for got, item in zip(points, rubric, strict=True) if got is not None]
    full = sum((top for _, top in applied), Fraction(0))
    return half_up(100 * sum((got for got, _ in applied), Fraction(0)) / full) if full else None


def _flagged(red_flags: Filled) -> set[str]:
    """Return the classes with a confirmed red flag in this month's 预警确认, whenever it happened (contract §8.17)."""
    rows = red_flags.values[~red_flags.faulty.any(axis=1)]
    rows = rows[rows["target_kind"].eq(TARGET_CLASS) & rows["confirmed"].eq(YES)]
    return {name for target in rows["target"] if (name := class_name(target))}


def _top(ranked: dict[Place, Decimal], ranks: dict[Place, int], flagged: set[str], policy: Policy) -> set[Place]:
    """Fill the places of 先进 in order of rank; ties at the edge are all in."""
    places = max(int(len(ranked) * policy.top_share), 1)
    fit = [p for p in ranked if ranked[p] >= policy.top_score and class_text(p) not in flagged]
    fit.sort(key=lambda place: ranks[place])
    edge = ranks[fit[min(places, len(fit)) - 1]] if fit else 0
    return {place for place in fit if ranks[place] <= edge}


def _verdict(
    place: Place,
    handed_in: set[Place],
    ranked: dict[Place, Decimal],
    flagged: set[str],
    top: set[Place],
    policy: Policy,
) -> str:
    if place not in handed_in:
        return NOT_HANDED_IN
    if place not in ranked:
        return NOT_RANKED
    if class_text(place) in flagged:
        return ELIGIBLE_NOT
    if ranked[place] < policy.pass_score:
        return FAILED
    return TOP if place in top else PASSED
