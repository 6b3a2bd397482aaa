"""The figures of a month in plain loops over plain dicts: an oracle written from contract §2-§5 and §8 alone.

It knows no synonyms and no fuzzy parsing. What earlier months add is in `oracle.past` and `oracle.remembered`. Every rate
is kept as (n, N).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from oracle.care import add_up, as_owed, class_figures, shared_figures
from oracle.cells import read_rows, unit_of
from oracle.deeds import gather_deeds
from oracle.ones import five_ones, ten_ones
from oracle.pairings import gather_pairings
from oracle.past import follow, keep, read_movements
from oracle.plan import make_env, read_plan
from oracle.population import head_counts, roll, settle
from oracle.pupils import gather_people, read_classes
from oracle.records import read_records
from oracle.remembered import bring_records, earlier_deeds
from oracle.school import enrolment, holiday_checks
from oracle.scores import class_scores
from oracle.settled import settle_rows
from oracle.sheets import SCHOOL_SHEETS


def figures(month, past=()):
    """Work out a month: measures, potential, counts, scores, ten, five, and the state that it leaves to later months.

    `past`: the states of all earlier months, the newest first.
    """
    year, number = (int(p) for p in month["month"].split("-"))
    plan_book = month.get("plan") or next((s["plan"] for s in past if s["plan"]), None)
    plan = read_plan(plan_book, date(year, number, calendar.monthrange(year, number)[1]))
    env, school = make_env(month, plan), month.get("school")
    past = [state for state in past if state["last"] >= env["year_start"]]
    eve = env["first"] - timedelta(days=1)  # of the month before: which classes had handed in
    env["had_last"] = {cls["unit"] for state in past if state["last"] == eve for cls in state["classes"]}
    staff_rows = read_rows(school, "教职工", SCHOOL_SHEETS["教职工"], env["last"])
    staff = {r["v"]["姓名"] for r in staff_rows if r["v"]["姓名"]} if school is not None else None
    listed = read_rows(school, "班级一览", SCHOOL_SHEETS["班级一览"], env["last"])
    roster = read_rows(school, "应入学名册", SCHOOL_SHEETS["应入学名册"], env["last"])
    known = [
        (r["v"]["年级"], unit_of(r["v"]["年级"], r["v"]["班级"])) for r in listed if r["v"]["年级"] and r["v"]["班级"]
    ]
    known += [(b["cover"]["年级"], unit_of(b["cover"]["年级"], b["cover"]["班级"])) for b in month["classes"]]
    due = [unit for _, unit in known]
    classes = read_classes(month, env, staff, listed, past)
    people = gather_people(classes)
    movements = read_movements(school, env["last"])
    absent = follow(people, classes, past)
    settle_rows(people, absent, classes, movements, past, env)
    lost = keep(people, absent, classes, due, past, movements, env)
    for person in people:
        settle(person, env)
    for cls in classes:
        read_records(cls, cls["book"], env, staff)
        cls["pairings"] = gather_pairings(cls)
    bring_records(people, classes, past, env)
    own_deeds = gather_deeds(classes, school, env, known)
    deeds = own_deeds + earlier_deeds(people, past)
    measures = add_up({c["unit"]: class_figures(c, people, classes, deeds, env) for c in classes}, classes)
    potential = {}
    for cls in classes:
        slow = [p for p in people if p["class"] is cls and p["Q"]]
        potential[cls["unit"]] = as_owed(shared_figures(slow, slow, classes, deeds, env), env)
    measures["school", "", "入学率"] = enrolment(roster)
    measures["school", "", "互查达标率"] = holiday_checks(classes, roster, env)
    units = {c["unit"] for c in classes}
    missing = [u for u in dict.fromkeys(due + lost) if u not in units]
    return {
        "measures": measures,
        "potential": add_up(potential, classes),
        "counts": head_counts(people, classes),
        "scores": class_scores(classes, missing, people, measures, school, env),
        "ten": ten_ones(people, classes, deeds, school, env),
        "five": five_ones(people, deeds, env),
        "rolls": {cls["unit"]: roll(cls, people, past) for cls in classes},
        "state": {
            "month": month["month"],
            "last": env["last"],
            "plan": plan_book,
            "classes": classes,
            "people": people,
            "movements": movements,
            "deeds": own_deeds,
        },
    }
