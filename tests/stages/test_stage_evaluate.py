"""evaluate: from counts to points, totals, ranks and verdicts, worked out once more in plain fractions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.beside import beside
from helpers.small import small_month
from helpers.staged import POLICY, Staged
from pipeline.scoring.points import Score
from pipeline.stages.evaluate import evaluate
from schemas.verdicts import FAILED, NOT_HANDED_IN, PASSED, TOP

CLASSES = 3
Shares = list[list[tuple[int, int]]]  # class → item of the rubric → (n, N)


@cache
def _staged() -> Staged:
    return Staged(beside(small_month() for _ in range(CLASSES)))


def _scores(shares: Shares, expected: int = CLASSES) -> dict[int, Score]:
    """Score classes of these counts, by number; the classes after them hand nothing in."""
    staged = _staged()
    rows = [
        {"level": "class", "grade": 3, "number": number, "over": "L", "figure": item.figure, "n": n, "N": total}
        for number, own in enumerate(shares, start=1)
        for item, (n, total) in zip(POLICY.rubric, own, strict=True)
        if total
    ]
    empty = staged.measured.measures.iloc[:0]
    counts = pd.DataFrame(rows, columns=empty.columns).astype(empty.dtypes.to_dict())
    places = [(3, number) for number in range(1, expected + 1)]
    measured = replace(staged.measured, measures=counts)
    found = evaluate(measured, staged.merged[0].tables, places, places[:CLASSES], staged.year, POLICY)
    return {score.place[1]: score for score in found}


def _total(own: list[tuple[int, int]]) -> Decimal | None:
    """Points of the items that apply, over their 满分, to 100; half up to two decimals."""
    applied = [(item.points, Fraction(n, total)) for item, (n, total) in zip(POLICY.rubric, own, strict=True) if total]
    if not applied:
        return None
    exact = 100 * sum((points * rate for points, rate in applied), Fraction(0)) / sum(points for points, _ in applied)
    return Decimal(floor(exact * 100 + Fraction(1, 2))).scaleb(-2)


SHARE = st.integers(0, 9).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
DRAWN = st.lists(
    st.lists(SHARE, min_size=len(POLICY.rubric), max_size=len(POLICY.rubric)), min_size=CLASSES, max_size=CLASSES
)
FEW = settings(max_examples=30, deadline=None, derandomize=True)


@FEW
@given(DRAWN)
def test_totals_ranks_and_verdicts_are_those_of_the_fractions(shares: Shares) -> None:
    found = _scores(shares)
    totals = {number: _total(own) for number, own in enumerate(shares, start=1)}
    assert {number: score.total for number, score in found.items()} == totals
    ranked = {number: total for number, total in totals.items() if total is not None}
    for number, total in ranked.items():
        assert found[number].rank == 1 + sum(other > total for other in ranked.values())
        assert (found[number].verdict == FAILED) == (total < POLICY.pass_score)
        assert found[number].verdict != TOP or total >= POLICY.top_score


@FEW
@given(DRAWN, st.integers(0, CLASSES - 1), st.integers(0, len(POLICY.rubric) - 1))
def test_one_more_done_lowers_no_total_and_worsens_no_rank(shares: Shares, number: int, item: int) -> None:
    n, total = shares[number][item]
    if n == total:
        return
    before = _scores(shares)[number + 1]
    shares[number][item] = (n + 1, total)
    after = _scores(shares)[number + 1]
    assert after.total >= before.total
    assert after.rank <= before.rank


def test_a_rate_of_nearly_all_is_not_all() -> None:
    """9,996 of 10,000 in every item is 99.96, and the class that has all is before it."""
    shares = [[(9_996, 10_000)] * len(POLICY.rubric), [(1, 1)] * len(POLICY.rubric), [(1, 2)] * len(POLICY.rubric)]
    found = _scores(shares)
    assert [found[number].total for number in (1, 2, 3)] == [Decimal("99.96"), Decimal("100.00"), Decimal("50.00")]
    assert [found[number].rank for number in (1, 2, 3)] == [2, 1, 3]
    assert [found[number].verdict for number in (1, 2, 3)] == [PASSED, TOP, FAILED]


def test_who_handed_nothing_in_is_named_and_not_ranked() -> None:
    found = _scores([[(1, 1)] * len(POLICY.rubric)] * CLASSES, expected=CLASSES + 1)
    assert (found[4].total, found[4].rank, found[4].verdict) == (None, None, NOT_HANDED_IN)
    assert {found[number].rank for number in (1, 2, 3)} == {1}
