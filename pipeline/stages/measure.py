"""Stage 6: count. Every figure of contract §5 as tallies of units, then as n and N for class, grade and school."""

from __future__ import annotations

import pandas as pd

from pipeline.measuring.archive import archives
from pipeline.measuring.counting import Counting
from pipeline.measuring.figures import count_all
from pipeline.measuring.figures.archives import to_complete
from pipeline.measuring.measured import Measured
from pipeline.measuring.ones import ones
from pipeline.measuring.pairs import pairings
from pipeline.measuring.population import population
from pipeline.measuring.records import records
from pipeline.measuring.tally import framed
from pipeline.merged import Merged
from pipeline.model import Issue, Places
from pipeline.school_year import SchoolYear
from schemas import frames
from schemas.codes import BOARDER, DAY_PUPIL, FEMALE, MALE
from schemas.policy import Policy


def measure(merged: Merged, places: Places, year: SchoolYear, policy: Policy) -> tuple[Measured, list[Issue]]:
    """Return all counts of the month, and the notes of what archives still lack."""
    people = frames.PEOPLE.typed(population(merged, year, policy))
    counting = Counting(
        merged,
        people,
        archives(merged, people),
        pairings(merged, people, year),
        records(merged, "talks", "role", "mode"),
        records(merged, "contacts_log", "", "kind"),
        places,
        year,
        policy,
    )
    tally = framed([*count_all(counting), *ones(counting, counting.in_a)])
    heads = _heads(people, places)
    return Measured(people, tally, _measures(tally), heads, counting), to_complete(counting)


def _measures(tally: pd.DataFrame) -> pd.DataFrame:
    """Sum the tallies to class, grade and school: n and N are added, rates never (contract §5)."""
    sums = tally.groupby(["over", "figure", "grade", "number"], as_index=False)[["n", "N"]].sum()
    placed = sums[sums["grade"].gt(0)]
    classes = placed[placed["number"].gt(0)].assign(level="class")
    grades = placed.groupby(["over", "figure", "grade"], as_index=False)[["n", "N"]].sum()
    whole = sums.groupby(["over", "figure"], as_index=False)[["n", "N"]].sum()
    frame = pd.concat(
        [classes, grades.assign(level="grade", number=0), whole.assign(level="school", grade=0, number=0)],
        ignore_index=True,
    )
    return frames.MEASURES.typed(frame)


def _heads(people: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return one row a class workbook that counts, with the head counts of 班级统计 (contract §8.15).

    And one of number 0 for each grade with children of no class: they count in the grade and the school.
    """
    in_l = people["in_l"]
    counts = people[["grade", "number"]].assign(
        in_l=in_l,
        is_double=people["is_double"],
        is_single=people["is_single"],
        is_national=people["is_national"],
        is_planned=people["is_planned"],
        is_male=in_l & people["sex"].eq(MALE),
        is_female=in_l & people["sex"].eq(FEMALE),
        is_boarder=in_l & people["shown_boarding"].eq(BOARDER),
        is_day_pupil=in_l & people["shown_boarding"].eq(DAY_PUPIL),
        is_unmet=people["is_unmet"],
        in_a=people["in_a"],
        in_q=people["in_q"],
    )
    summed = counts.groupby(["grade", "number"]).sum().astype("int64")
    index = pd.MultiIndex.from_tuples(
        sorted({*places.values(), *(place for place in summed.index if not place[1])}), names=["grade", "number"]
    )
    return summed.reindex(index, fill_value=0).reset_index().pipe(frames.HEADS.typed)
