"""The school's own figures (contract §8.12, §8.13), in plain loops."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from oracle.cells import sound
from oracle.sheets import SCHOOL_SHEETS


def enrolment(roster):
    """Count 入学率 over all rows of 应入学名册."""
    there = ("本校", "外校有学籍", "特教或送教", "高一级学校")
    n, seen = 0, set()
    for r in roster:  # the second row of a child fulfils nothing, and stays in N
        again, number = r["v"]["身份证号"] in seen, r["v"]["身份证号"]
        if number and "身份证号" not in r["bad"]:
            seen.add(number)
        n += not again and r["v"]["就学去向"] in there and sound(r, SCHOOL_SHEETS["应入学名册"])
    return n, len(roster)


def holiday_checks(classes, roster, env):
    """Count 互查达标率: groups with no gap over 3 days in the month's holiday days (contract §8.13)."""
    days = [env["first"] + timedelta(days=i) for i in range((env["last"] - env["first"]).days + 1)]
    days = [d for d in days if not any(a <= d <= b for a, b in env["terms"])]
    if not env["is_holiday"] or not days:
        return 0, 0
    checks, nameless = {}, 0
    for row in roster:
        if row["v"]["村组"] and (row["v"]["就学去向"] == "本校" or "就学去向" in row["bad"]):
            checks.setdefault(row["v"]["村组"], set())
        elif "村组" in row["bad"] and (row["v"]["就学去向"] == "本校" or "就学去向" in row["bad"]):
            nameless += 1
    for cls in classes:
        for row in cls["假期互查"]:
            if row["v"]["村民组"] is None:
                nameless += 1
                continue
            found = checks.setdefault(row["v"]["村民组"], set())
            if row["whole"] and row["v"]["日期"] in days:
                found.add(row["v"]["日期"])
    n = 0
    for found in checks.values():
        marks = [days[0], *sorted(found), days[-1]]
        n += bool(found) and all((b - a).days <= 3 for a, b in pairwise(marks))
    return n, len(checks) + nameless
