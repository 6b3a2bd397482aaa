"""Stage 6: count. Every figure of contract §5 as tallies of units, then as n and N for class, grade and school."""

from __future__ import annotations

import pandas as pd

from pipeline.measuring import archive, care, duties, ones, pairings, school
from pipeline.measuring.measured import Measured
from pipeline.measuring.population import population
from pipeline.measuring.tally import CHILDREN, POTENTIAL
from pipeline.merged import Merged
from pipeline.model import Issue, Places
from pipeline.school_year import SchoolYear
from schemas import frames
from schemas.codes import BOARDER, DAY_PUPIL, FEMALE, MALE, Pairing
from schemas.policy import CALL, TALK, VISIT, Policy


def measure(merged: Merged, place: Places, year: SchoolYear, policy: Policy) -> tuple[Measured, list[Issue]]:
    """Return all counts of the month, and the notes of what archives still lack."""
    people = frames.PEOPLE.typed(population(merged, year, policy))
    in_l, in_a, in_q = (people[people[key]] for key in ("in_l", "in_a", "in_q"))
    every = archive.archives(merged, people)
    pairs = pairings.pairings(merged, people, year)
    talks = duties.records(merged, "talks", "role", "mode")
    contacts = duties.records(merged, "contacts_log", "", "kind")
    to_talk = policy.duties_of(TALK)
    owed = (("talked", TALK, talks), ("called", CALL, contacts), ("visited", VISIT, contacts))
    met = [duties.duties_met(f, policy.duties_of(topic), done, in_a, pairs, year) for f, topic, done in owed]
    tally = pd.concat(
        [
            archive.archived(merged, in_l, every),
            archive.complete(merged, in_l, every),
            archive.card_updated(merged, in_l, every, year, policy),
            archive.kept(people[people["in_kept"]], policy),
            *_paired(in_a, pairs, CHILDREN),
            pairings.focus_paired(in_a, pairs),
            pairings.study_plan(in_a, pairs),
            pairings.pairing_checked(in_a, pairs, place),
            *met,
            care.guardian_met(in_a, contacts, year),
            care.took_part(in_a, merged, year),
            care.birthday(in_a, merged, year),
            care.class_met(in_a, merged, year),
            care.growth(in_a, merged),
            care.case_planned(in_a, merged, place, year, policy),
            school.in_school(merged.tables),
            school.holiday_checked(merged, year),
            school.rows_clean(merged.tables, place),
            ones.ones(merged, in_a, contacts, pairs, year),
            duties.duties_met("talked", to_talk, talks, in_q, pairs, year, POTENTIAL),
            *_of_potential(merged, in_q, every, pairs, year),
        ],
        ignore_index=True,
    )
    tally = frames.TALLY.typed(tally)
    heads = _heads(people, place)
    return Measured(people, tally, _measures(tally), heads, pairs), archive.to_complete(merged, in_l, every)


def _of_potential(
    merged: Merged, in_q: pd.DataFrame, every: archive.Archive, pairs: pairings.Pairings, year: SchoolYear
) -> list[pd.DataFrame]:
    """Return what is counted of 潜能生 as well, but for their talks."""
    return [
        archive.archived(merged, in_q, every, POTENTIAL),
        archive.complete(merged, in_q, every, POTENTIAL),
        *_paired(in_q, pairs, POTENTIAL),
        care.took_part(in_q, merged, year, POTENTIAL),
        care.growth(in_q, merged, POTENTIAL),
    ]


def _paired(people: pd.DataFrame, pairs: pairings.Pairings, over: str) -> list[pd.DataFrame]:
    return [
        pairings.paired("teacher_paired", people, pairs, (Pairing.TEACHER,), over),
        pairings.paired("classmate_paired", people, pairs, (Pairing.CLASSMATE,), over),
        pairings.paired("mother_paired", people, pairs, pairings.MOTHERS, over),
    ]


def _measures(tally: pd.DataFrame) -> pd.DataFrame:
    """Sum the tallies to class, grade and school: n and N are added, rates never (contract §5)."""
    sums = tally.groupby(["over", "figure", "grade", "number"], as_index=False)[["n", "N"]].sum()
    classes = sums[sums["grade"].gt(0)].assign(level="class")
    grades = classes.groupby(["over", "figure", "grade"], as_index=False)[["n", "N"]].sum()
    whole = sums.groupby(["over", "figure"], as_index=False)[["n", "N"]].sum()
    frame = pd.concat(
        [classes, grades.assign(level="grade", number=0), whole.assign(level="school", grade=0, number=0)],
        ignore_index=True,
    )
    return frames.MEASURES.typed(frame)


def _heads(people: pd.DataFrame, place: Places) -> pd.DataFrame:
    """Return one row a class workbook that counts, with the head counts of 班级统计 (contract §8.15)."""
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
    index = pd.MultiIndex.from_tuples(sorted(set(place.values())), names=["grade", "number"])
    return summed.reindex(index, fill_value=0).reset_index().pipe(frames.HEADS.typed)
