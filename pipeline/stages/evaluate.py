"""Stage 7: score classes by the plan's rubric, rank them, and say how each stands (contract §5, §8.16, §8.17)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.filled import Tables
from pipeline.measuring.measured import Measured
from pipeline.model import Place
from pipeline.school_year import SchoolYear
from pipeline.scoring.points import (
    Score,
    flagged,
    item_points,
    places_of_honour,
    ranks_of,
    registered_points,
    totals,
    verdict_of,
)
from schemas.class_names import class_place
from schemas.codes import TARGET_CLASS
from schemas.policy import Policy
from schemas.verdicts import NOT_HANDED_IN, NOT_RANKED, ON_HOLIDAY


def evaluate(
    measured: Measured,
    tables: Tables,
    expected: Sequence[Place],
    handed_in: Collection[Place],
    year: SchoolYear,
    policy: Policy,
) -> list[Score]:
    """Return the score of every class that is expected or handed in, by rank, then grade and class.

    Outside 教学月份 nobody is scored (contract §5).
    """
    classes = measured.heads[measured.heads["number"].gt(0)]
    if not year.is_teaching:
        return _on_holiday({*expected, *handed_in}, handed_in, policy)
    cared_for = {(g, n) for g, n, a in classes[["grade", "number", "in_a"]].itertuples(index=False) if a}
    barred = flagged(tables["red_flags"], TARGET_CLASS, class_place)
    counts = _counts(measured)
    registered = registered_points(tables["inspections"], year, policy.rubric, TARGET_CLASS, class_place)
    points = {
        place: item_points(policy.rubric, counts.get(place, {}), registered.get(place, {})) for place in cared_for
    }
    ranked = totals(points, policy.rubric)
    ranks = ranks_of(ranked)
    top = places_of_honour(ranked, barred, policy)
    scores = []
    for place in sorted({*expected, *handed_in}):
        verdict = (
            NOT_HANDED_IN
            if place not in handed_in
            else NOT_RANKED
            if place not in ranked
            else verdict_of(place, ranked, barred, top, policy)
        )
        items = points.get(place, (None,) * len(policy.rubric))
        scores.append(Score(place, items, ranked.get(place), ranks.get(place), verdict))
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0, score.place))


def _on_holiday(places: Collection[Place], handed_in: Collection[Place], policy: Policy) -> list[Score]:
    nothing = (None,) * len(policy.rubric)
    verdicts = {place: ON_HOLIDAY if place in handed_in else NOT_HANDED_IN for place in sorted(places)}
    return [Score(place, nothing, None, None, verdict) for place, verdict in verdicts.items()]


def _counts(measured: Measured) -> dict[Place, dict[str, tuple[int, int]]]:
    """Return class → figure → (n, N)."""
    frame = measured.measures
    own = frame[(frame["level"] == "class") & (frame["over"] == "L")]
    found: dict[Place, dict[str, tuple[int, int]]] = {}
    for grade, number, figure, n, total in own[["grade", "number", "figure", "n", "N"]].itertuples(index=False):
        found.setdefault((int(grade), int(number)), {})[figure] = (int(n), int(total))
    return found
