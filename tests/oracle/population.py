"""The sets that hold a child (contract §5 "Sets, by person, at T", §8.20), and head counts, in plain loops."""

from __future__ import annotations

from oracle.cells import add_months, completed_years
from oracle.remembered import last_born, last_valid
from oracle.rules_of_plan import DECIDING
from oracle.words import ON_ROLL

KEEPS_COUNTED = {
    "学生类别": "留守兼潜能",
    "父亲状况": "外出务工",
    "母亲状况": "外出务工",
    "随父母生活": "否",
    "农村户籍": "是",
    "在家一方监护能力": "无",
    "学籍状态": "在读",
    "重点帮扶": "是",
}


def away(v, parent, env):
    """Return (away now, away 3 calendar months); an unknown day reads as away for 3 months and more."""
    if v[f"{parent}状况"] != "外出务工":
        return False, False
    since = v[f"{parent}外出日期"]
    return (True, True) if since is None else (since <= env["last"], add_months(since, 3) <= env["last"])


def bases(v, born, env):
    """Return which sets of contract §5 a child's cells meet."""
    now, long = zip(*(away(v, p, env) for p in ("父亲", "母亲")), strict=True)
    apart, rural = v["随父母生活"] == "否", v["农村户籍"] == "是"
    young = born is None or completed_years(born, env["last"]) < 16
    left_alone = all(now) or (any(now) and v["在家一方监护能力"] != "有")
    met = {
        "双亲留守": apart and all(long),
        "单亲留守": apart and sum(long) == 1,
        "国家口径": rural and young and apart and left_alone,
        "方案口径": rural and apart and all(long),
    }
    headline = {"学籍": ("双亲留守", "单亲留守"), "国家": ("国家口径",), "方案": ("方案口径",)}[env["plan"]["口径"]]
    return met | {"口径": any(met[base] for base in headline)}


def settle(person, env):
    """Work out the sets that hold a child, and what is shown of him.

    A cell in error is read for the sets as what keeps him counted: the last valid value may take him out of none of
    them. It is read for the counts of kinds and columns as the last valid value, where there is one (contract §5).
    """
    row = person["home"]
    bad = [c for c in DECIDING if c in row["bad"]]
    person["sure"] = not bad
    read = row["v"] | {column: KEEPS_COUNTED.get(column) for column in bad}
    for parent in ("父亲", "母亲"):
        if f"{parent}状况" in bad:
            read[f"{parent}外出日期"] = None
    person["read"] = read
    person |= status_sets(read, bases(read, row["born"], env))
    last = {column: last_valid(person, column) for column in DECIDING}
    shown = dict(read)
    for column in DECIDING:
        unfilled = row["v"][column] is None or column in row["bad"]
        if unfilled and last[column] is not None:
            shown[column] = last[column]
    for parent in ("父亲", "母亲"):
        day = f"{parent}外出日期"
        if f"{parent}状况" in bad and last[f"{parent}状况"] is not None and row["v"][day] and day not in row["bad"]:
            shown[day] = row["v"][day]
        if f"{parent}状况" in bad and last[f"{parent}状况"] is None:
            shown[day] = None  # a day beside a status that nobody knows says nothing
    person["shown"] = shown
    person["told born"], person["last born"] = row["born"], row["born"] or last_born(person)
    met = bases(shown, person["last born"], env)
    person["kinds"] = {kind: met[kind] for kind in ("双亲留守", "单亲留守", "国家口径", "方案口径")}
    listed = shown["学生类别"] in ("留守儿童", "留守兼潜能") and shown["学籍状态"] in ON_ROLL
    person["kinds"] = {kind: listed and holds for kind, holds in person["kinds"].items()}
    person["kinds"]["登记未符合口径"] = listed and not met["口径"] and not person["L"]


def status_sets(v, met):
    """Return L, A, Q and who is in the scope of 巩固率."""
    meets = v["学生类别"] in ("留守儿童", "留守兼潜能") and met["口径"]
    cared_for = v["学籍状态"] in ("在读", "疑似辍学")
    return {
        "meets": meets,
        "L": meets and v["学籍状态"] in ON_ROLL,
        "A": meets and cared_for,
        "Q": v["学生类别"] in ("潜能生", "留守兼潜能") and cared_for,
    }


def share(people, test):
    """Count the children of whom a test holds; a child with an unsure deciding cell is in no n (contract §8.20)."""
    return sum(bool(p["sure"] and test(p)) for p in people), len(people)


def head_counts(people, classes):
    """Count heads (contract §8.15); an unknown 性别 or 就读方式 is in neither column."""
    counts = {}
    columns = ("在册留守", "双亲留守", "单亲留守", "国家口径", "方案口径", "男", "女", "住校", "走读", "登记未符合口径")
    for cls in classes:
        for level, unit in (("class", cls["unit"]), ("grade", cls["grade"]), ("school", "")):
            for column in columns:
                counts.setdefault((level, unit, column), 0)
        for p in (p for p in people if p["class"] is cls):
            v = p["home"]["v"]
            here = p["kinds"] | {"在册留守": p["L"]}
            here |= {c: p["L"] and v["性别"] == c for c in ("男", "女")} | {
                c: p["L"] and p["shown"]["就读方式"] == c for c in ("住校", "走读")
            }
            for column, counted in here.items():
                for level, unit in (("class", cls["unit"]), ("grade", cls["grade"]), ("school", "")):
                    counts[level, unit, column] += bool(counted)
    return counts


def roll(cls, people, past):
    """Return how many children were in L of a class in its latest earlier month, and how many are."""
    before = next((s for s in past if any(c["unit"] == cls["unit"] for c in s["classes"])), {"people": []})
    then = [p for p in before["people"] if p["class"]["unit"] == cls["unit"]]
    now = [p for p in people if p["class"] is cls]
    return sum(p["L"] for p in then), sum(p["L"] for p in now)
