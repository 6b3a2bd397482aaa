"""Stage 7: score classes by the plan's rubric, rank them, and say how each stands (contract §5, §8.16, §8.17)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

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
T = TypeVar("T", bound=Hashable)


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
    points = {
        place: item_points(policy.rubric, counts.get(place, {}), registered.get(place, {})) for place in cared_for
    }
    ranked = totals(points, policy.rubric)
    ranks = ranks_of(ranked)
    top = places_of_honour(ranked, {place for place in ranked if class_text(place) in flagged}, policy)
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


def item_points(
    rubric: Sequence[RubricItem], counts: Mapping[str, tuple[int, int]], registered: Mapping[str, Fraction]
) -> tuple[Fraction | None, ...]:
    """Return the points of each item before rescaling; None where it does not apply. `counts`: figure → (n, N)."""
    return tuple(_item_points(item, counts, registered) for item in rubric)


def _item_points(
    item: RubricItem, counts: Mapping[str, tuple[int, int]], registered: Mapping[str, Fraction]
) -> Fraction | None:
    if item.mode == BY_RATE:
        n, total = counts.get(item.figure, (0, 0))
        return item.points * Fraction(n, total) if total else None
    written = registered.get(item.title, Fraction(0))
    raw = item.points - abs(written) if item.mode == BY_DEDUCTION else written
    return min(max(raw, Fraction(0)), item.points)


def _registered(inspections: Filled, year: SchoolYear, policy: Policy) -> dict[Place, dict[str, Fraction]]:
    """Return class → item title → the sum of the month's register rows."""
    rows = of_month(inspections, year)
    rows = rows[rows["target_kind"].eq(TARGET_CLASS)]
    items = registered_items(policy.rubric)
    sums: dict[Place, dict[str, Fraction]] = {}
    for target, item, points in rows[["target", "item", "points"]].itertuples(index=False):
        place = class_place(target)
        if place and item in items:
            own = sums.setdefault(place, {})
            own[item] = own.get(item, Fraction(0)) + Fraction(str(points))
    return sums


def of_month(filled: Filled, year: SchoolYear) -> pd.DataFrame:
    """Return the sound rows of a register that are dated in the month."""
    first, last = pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day)
    return filled.values[is_whole(filled) & filled.values["date"].between(first, last)]


def totals(points: Mapping[T, Sequence[Fraction | None]], rubric: Sequence[RubricItem]) -> dict[T, Decimal]:
    """Return the exact total of each, rescaled to 100 and rounded once; those to whom no item applies have none."""
    found = {}
    for who, own in points.items():
        applied = [(got, item.points) for got, item in zip(own, rubric, strict=True) if got is not None]
        full = sum((top for _, top in applied), Fraction(0))
        if full:
            found[who] = half_up(100 * sum((got for got, _ in applied), Fraction(0)) / full)
    return found


def ranks_of(ranked: Mapping[T, Decimal]) -> dict[T, int]:
    """Return the rank of each by its rounded total: 1, 1, 3."""
    return {who: 1 + sum(other > total for other in ranked.values()) for who, total in ranked.items()}


def _flagged(red_flags: Filled) -> set[str]:
    """Return the classes with a confirmed red flag in this month's 预警确认, whenever it happened (contract §8.17)."""
    rows = red_flags.values[~red_flags.faulty.any(axis=1)]
    rows = rows[rows["target_kind"].eq(TARGET_CLASS) & rows["confirmed"].eq(YES)]
    return {name for target in rows["target"] if (name := class_name(target))}


def places_of_honour(ranked: Mapping[T, Decimal], flagged: Collection[T], policy: Policy) -> set[T]:
    """Fill the places of 先进 in order of rank; ties at the edge are all in."""
    ranks = ranks_of(ranked)
    places = max(int(len(ranked) * policy.top_share), 1)
    fit = [who for who in ranked if ranked[who] >= policy.top_score and who not in flagged]
    fit.sort(key=lambda who: ranks[who])
    edge = ranks[fit[min(places, len(fit)) - 1]] if fit else 0
    return {who for who in fit if ranks[who] <= edge}


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
