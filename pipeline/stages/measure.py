"""Stage 6: count. Every figure of contract §5 as tallies of units, then as n and N for class, grade and school."""

from __future__ import annotations

import numpy as np
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
    columns = ["over", "figure", "grade", "number"]
    sums = tally.groupby(columns, as_index=False)[["n", "N"]].sum()
    found: dict[str, dict[tuple[str, str, int, int], list[int]]] = {"class": {}, "grade": {}, "school": {}}
    for over, figure, grade, number, n, due in sums.itertuples(index=False, name=None):
        for level, where in (("class", (grade, number)), ("grade", (grade, 0)), ("school", (0, 0))):
            if level == "school" or (grade > 0 and (number > 0 or level == "grade")):
                own = found[level].setdefault((over, figure, *where), [0, 0])
                own[0], own[1] = own[0] + n, own[1] + due
    rows = [(level, *key, *counted) for level, own in found.items() for key, counted in sorted(own.items())]
    return frames.MEASURES.typed(pd.DataFrame(rows, columns=["level", *columns, "n", "N"]))


def _heads(people: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return one row a class workbook that counts, with the head counts of 班级统计 (contract §8.15).

    And one of number 0 for each grade with children of no class: they count in the grade and the school.
    """
    in_l, sex, boarding = (people[key].to_numpy() for key in ("in_l", "sex", "shown_boarding"))
    sets = {key: people[key].to_numpy() for key in _HEADS_OF}
    sets |= {key: in_l & np.array([cell == value for cell in cells], dtype=bool) for key, cells, value in (
        ("is_male", sex, MALE), ("is_female", sex, FEMALE),
        ("is_boarder", boarding, BOARDER), ("is_day_pupil", boarding, DAY_PUPIL),
    )}  # fmt: skip
    where = list(zip(people["grade"].tolist(), people["number"].tolist(), strict=True))
    index = sorted({*places.values(), *(place for place in where if not place[1])})
    row_of = {place: row for row, place in enumerate(index)}
    rows = np.array([row_of.get(place, -1) for place in where], dtype="int64")
    summed = {key: np.bincount(rows[own & (rows >= 0)], minlength=len(index)) for key, own in sets.items()}
    own_places = {"grade": [grade for grade, _ in index], "number": [number for _, number in index]}
    return frames.HEADS.typed(pd.DataFrame({**own_places, **summed}))


_HEADS_OF = ("in_l", "is_double", "is_single", "is_national", "is_planned", "is_unmet", "in_a", "in_q")
