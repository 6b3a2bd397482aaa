"""Points, totals, ranks and verdicts: the same for classes and for teachers (contract §5, §8.16, §8.17)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import pandas as pd

from pipeline.filled import Filled, is_whole
from pipeline.model import Place
from pipeline.rounding import half_up
from pipeline.school_year import SchoolYear
from schemas.codes import YES
from schemas.policy import BY_DEDUCTION, BY_RATE, Policy, RubricItem, registered_items
from schemas.verdicts import ELIGIBLE_NOT, FAILED, PASSED, TOP

T = TypeVar("T", bound=Hashable)


Named = Callable[[str], T | None]  # what a target of 考核登记 or 预警确认 names


@dataclass(frozen=True)
class Score:
    """One class: points of each item before rescaling (None: left out), the total and rank (None: not ranked)."""

    place: Place
    points: tuple[Fraction | None, ...]
    total: Decimal | None
    rank: int | None
    verdict: str


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


def registered_points(
    inspections: Filled, year: SchoolYear, rubric: Sequence[RubricItem], kind: str, named: Named[T]
) -> dict[T, dict[str, Fraction]]:
    """Return who → item title → the sum of the month's register rows. `named` reads a target of the kind."""
    rows = _of_month(inspections, year)
    rows = rows[rows["target_kind"].eq(kind)]
    items = registered_items(rubric)
    sums: dict[T, dict[str, Fraction]] = {}
    for target, item, points in rows[["target", "item", "points"]].itertuples(index=False):
        who = named(target)
        if who and item in items:
            own = sums.setdefault(who, {})
            own[item] = own.get(item, Fraction(0)) + Fraction(str(points))
    return sums


def _of_month(filled: Filled, year: SchoolYear) -> pd.DataFrame:
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


def flagged(red_flags: Filled, kind: str, named: Named[T]) -> set[T]:
    """Return who has a confirmed red flag in this month's 预警确认, whenever it happened (contract §8.17)."""
    rows = red_flags.values[~red_flags.faulty.any(axis=1)]
    rows = rows[rows["target_kind"].eq(kind) & rows["confirmed"].eq(YES)]
    return {who for target in rows["target"] if (who := named(target))}


def places_of_honour(ranked: Mapping[T, Decimal], barred: Collection[T], policy: Policy) -> set[T]:
    """Fill the places of 先进 in order of rank; ties at the edge are all in."""
    ranks = ranks_of(ranked)
    places = max(int(len(ranked) * policy.top_share), 1)
    fit = [who for who in ranked if ranked[who] >= policy.top_score and who not in barred]
    fit.sort(key=lambda who: ranks[who])
    edge = ranks[fit[min(places, len(fit)) - 1]] if fit else 0
    return {who for who in fit if ranks[who] <= edge}


def verdict_of(who: T, ranked: Mapping[T, Decimal], barred: Collection[T], top: Collection[T], policy: Policy) -> str:
    """Return the 评价 of one that is ranked (contract §8.17)."""
    if who in barred:
        return ELIGIBLE_NOT
    if ranked[who] < policy.pass_score:
        return FAILED
    return TOP if who in top else PASSED
