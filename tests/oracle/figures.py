"""The figures of a month in plain loops over plain dicts: an oracle written from contract §2-§5 and §8 alone.

It knows no synonyms and no fuzzy parsing. What earlier months add is in `oracle_past`. Every rate is kept as (n, N).
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from oracle.cells import add_months, blank, completed_years, id_birth, read_date, read_number, read_rows, sound, unit_of
from oracle.past import (
    bring_records,
    earlier_deeds,
    keep,
    keys_of,
    last_born,
    last_valid,
    read_movements,
    rows_of,
    was_here,
)
from oracle.sheets import (
    CLASS_SHEETS,
    DASH,
    DECIDING,
    GRADES,
    LOVING,
    ON_ROLL,
    PLAN_SHEETS,
    PRESETS,
    REASONS,
    RUBRIC,
    SCHOOL_SHEETS,
    TEACHER_ROLES,
)

# --- the plan (contract §4, §8.21) -------------------------------------------------------------------------------------


def parameter(rows, name, default, accept):
    """Return a parameter's value: the first row of that name that can be read, else the default."""
    for row in rows:
        if row["v"]["参数"] == name and row["v"]["值"] is not None:
            value = accept(row["v"]["值"])
            if value is not None:
                return value
    return default


def read_month_day(text):
    """Read MM-DD."""
    day = read_date(f"2024-{text}")
    return (day.month, day.day) if day else None


def read_months(text):
    """Read months joined by 、."""
    parts = str(text).split("、")
    return {int(p) for p in parts} if all(p.strip().isdigit() and 1 <= int(p) <= 12 for p in parts) else None


def one_of(*words):
    """Make a reader that accepts these words only."""
    return lambda text: text if text in words else None


def not_negative(text):
    """Read a number of at least 0."""
    number = read_number(text)
    return number if number is not None and number >= 0 else None


def read_plan(book, last):
    """Read 考核方案 into plain settings; what can't be read falls back to the default (contract §4)."""
    rows = read_rows(book, "参数", PLAN_SHEETS["参数"], last)
    plan = {
        "口径": parameter(rows, "留守口径", "学籍", one_of("学籍", "国家", "方案")),
        "terms": [
            parameter(rows, n, d, read_month_day)
            for n, d in (
                ("上学期开始", (9, 1)),
                ("上学期结束", (1, 20)),
                ("下学期开始", (2, 20)),
                ("下学期结束", (7, 5)),
            )
        ],
        "teaching": parameter(rows, "教学月份", {9, 10, 11, 12, 1, 3, 4, 5, 6}, read_months),
        "holidays": parameter(rows, "寒暑假月份", {1, 2, 7, 8}, read_months),
        "case_days": int(parameter(rows, "个案期限天数", 14, not_negative)),
        "card_days": int(parameter(rows, "联系卡更新天数", 15, not_negative)),
        "pause_is_loss": parameter(rows, "休学计入流失", "否", one_of("是", "否")) == "是",
        "share": Fraction(parameter(rows, "先进班比例", Fraction(1, 5), not_negative)),
        "best": Fraction(parameter(rows, "先进最低分", Fraction(90), not_negative)),
        "least": Fraction(parameter(rows, "不得参评分", Fraction(60), not_negative)),
        "preset": parameter(rows, "方案预设", "篇四", one_of(*(f"篇{n}" for n in "一二三四五六七"))),
        "duties": [],
        "rubric": [],
    }
    duty_rows = read_rows(book, "频次要求", PLAN_SHEETS["频次要求"], last)
    for row in duty_rows:
        v = row["v"]
        if v["启用"] != "否" and v["事项"] and v["周期"] and v["适用对象"]:
            plan["duties"].append(
                make_duty(v["事项"], v["身份"], v["形式"], v["周期"], int(v["次数"] or 1), v["适用对象"])
            )
    if not duty_rows:
        plan["duties"] = [make_duty(*row[:6]) for row in PRESETS if plan["preset"] in row[6].split()]
    for row in read_rows(book, "班级考核", PLAN_SHEETS["班级考核"], last):
        if not row["bad"]:
            plan["rubric"].append((row["v"]["项目"], row["v"]["指标"], row["v"]["计分方式"], row["v"]["满分"]))
    if not plan["rubric"]:
        plan["rubric"] = [(name, name, "比率", Fraction(points)) for name, points in RUBRIC]
    return plan


def make_duty(matter, roles, forms, period, times, whom):
    """Make a duty; empty 身份 or 形式 = any (contract §4)."""
    split = lambda text: [t.strip() for t in (text or "").split("/") if t.strip()]  # noqa: E731
    return {
        "matter": matter,
        "roles": split(roles),
        "forms": split(forms),
        "period": period,
        "times": times,
        "whom": whom,
    }


def make_env(month, plan):
    """Work out T, the term and the school year of the report month (contract §8.1)."""
    year, number = (int(p) for p in month["month"].split("-"))
    first, last = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    one, two, three, four = plan["terms"]
    terms = []
    for y in range(year - 2, year + 2):
        terms.append((date(y, *one), date(y + (two < one), *two)))
        terms.append((date(y, *three), date(y + (four < three), *four)))
    start, end = max(t for t in terms if t[0] <= last)  # the one that holds T, else the one that ended last
    return {
        "month": month["month"],
        "plan": plan,
        "first": first,
        "last": last,
        "start": start,
        "end": end,
        "upto": min(last, end),
        "year_start": date(year if number >= 9 else year - 1, 9, 1),
        "is_holiday": number in plan["holidays"],
        "is_teaching": number in plan["teaching"],
        "terms": terms,
        "school": month.get("school") is not None,
    }


# --- pupils: cells, identity, doubles (contract §8.5, §8.6) ------------------------------------------------------------


def read_pupils(book, env, staff):
    """Read 学生档案 with its 条件 cells and the checks between cells."""
    rows = read_rows(book, "学生档案", CLASS_SHEETS["学生档案"], env["last"])
    for row in rows:
        v, bad = row["v"], row["bad"]

        def ask(column, row=row):
            if row["v"][column] is None:
                row["bad"].add(column)

        if v["身份证号"] is None and v["学籍号"] is None:
            ask("身份证号")
        row["id"] = v["身份证号"]  # identity: a valid check digit is enough (contract §8.5)
        if row["id"] and v["学籍号"] and v["学籍号"][0] == "G" and v["学籍号"][1:] != row["id"]:
            bad.add("学籍号")
            v["学籍号"] = None
        if row["id"] is None and v["学籍号"] and v["学籍号"][0] == "G":
            row["id"] = v["学籍号"][1:]  # a G number carries the ID
        born = id_birth(v["身份证号"]) if v["身份证号"] else None
        if born:
            sex = "男" if int(v["身份证号"][16]) % 2 else "女"
            if (v["出生日期"] and v["出生日期"] != born) or (v["性别"] and v["性别"] != sex):
                bad.add("身份证号")
        row["born"] = v["出生日期"] or (born if "身份证号" not in bad else None)
        if row["born"] and blank(row["raw"].get("出生日期")):
            bad.discard("出生日期")  # empty beside a valid ID: filled (contract §8.7)
        for parent in ("父亲", "母亲"):
            if v[f"{parent}状况"] == "外出务工":
                ask(f"{parent}外出日期")
        if sum(v[f"{p}状况"] == "外出务工" or f"{p}状况" in bad for p in ("父亲", "母亲")) == 1:
            ask("在家一方监护能力")
        if v["入班方式"] != "期初在籍":  # an unreadable 入班方式 asks for the date too, so that nothing slips out
            ask("入班日期")
        if v["学籍状态"] != "在读":
            ask("状态日期")
        if v["责任教师"] and staff is not None and v["责任教师"] not in staff:
            bad.add("责任教师")
        row["keys"] = keys_of(row)
    return rows


def same_child(a, b):
    """Compare two pupil rows by ID, else 学籍号, else name + birth date (contract §8.5)."""
    if a["id"] and b["id"]:
        return a["id"] == b["id"]
    if a["v"]["学籍号"] and a["v"]["学籍号"] == b["v"]["学籍号"]:
        return True
    return bool(a["v"]["姓名"] and a["born"]) and (a["v"]["姓名"], a["born"]) == (b["v"]["姓名"], b["born"])


def gather_people(classes):
    """Join the rows of one child: a second row in a class is void, the same child in two classes is an error at both (§5, §8.6)."""
    people = []
    for cls in classes:
        for row in cls["学生档案"]:
            row["class"] = cls
            found = next((p for p in people if any(same_child(row, other) for other in p["rows"])), None)
            if found is None:
                found = {"rows": []}
                people.append(found)
            if any(other["class"] is cls for other in found["rows"]):
                row["void"] = True
                row["bad"].add("姓名")
            else:
                found["rows"].append(row)
            row["person"] = found
    for person in people:
        if len(person["rows"]) > 1:
            for row in person["rows"]:
                row["bad"].add(next((c for c in ("身份证号", "学籍号") if row["v"][c]), "姓名"))
                if row["v"]["出生日期"] is None and not blank(row["raw"].get("出生日期")):
                    row["born"] = None  # an unreadable day can't be read from a number that is in error itself
        best = person["rows"][0]  # classes come by grade and number, so a tie stays with the first
        for row in person["rows"][1:]:
            if (row["v"]["入班日期"] or date.min) > (best["v"]["入班日期"] or date.min):
                best = row
        person["home"], person["class"] = best, best["class"]
    numbers = {}
    for person in people:
        if person["home"]["v"]["档案编号"]:
            numbers.setdefault(person["home"]["v"]["档案编号"], []).append(person)
    for group in numbers.values():
        if len(group) > 1:  # 档案编号 is unique in the school (contract §2)
            for person in group:
                person["home"]["bad"].add("档案编号")
    return people


def numbers_of(row):
    """Return the 学籍号 that a pupil row is known by."""
    return {n for n in (row["v"]["学籍号"], "G" + row["id"] if row["id"] else None) if n}


def find_child(cls, name, number):
    """Find a record's child in its class: (person, column in error) (contract §5, "A record names a child")."""
    rows = [r for r in named_rows([cls]) if name and r["v"]["姓名"] == name]
    if not rows:
        return None, "学生姓名"
    rows = unique([r for r in rows if number in numbers_of(r)]) if number is not None else meant(rows, cls["past"])
    return (rows[0]["person"], None) if len(rows) == 1 else (None, "学籍号")


def unique(rows):
    """Return the first row of each child."""
    return [r for i, r in enumerate(rows) if not any(r["person"] is other["person"] for other in rows[:i])]


def meant(rows, past):
    """Return the rows that a bare name may mean: of those who are here; of all, where one has gone since last month."""
    rows = unique(rows)
    here = [r for r in rows if r.get("here", True)] or rows
    if past is not None and len(here) == 1 and was_here(here[0]["person"], past):
        here = here + [r for r in rows if r is not here[0] and was_here(r["person"], past)]
    return here


def named_rows(classes):
    """List the pupil rows that a name may mean: of who is here, who is kept by absence, who has gone to another class."""
    own = [r for cls in classes for r in cls["学生档案"] if not r["void"]]
    return own + [r for cls in classes for r in cls["kept"] + (cls["moved"] if len(classes) == 1 else [])]


def find_names(rows, text, past=None):
    """Read a name list: (people, an unknown or doubled name among them) (contract §8.9)."""
    people, bad = [], False
    for token in (t.strip() for t in (text or "").split("、")):
        match = re.fullmatch(r"(.+?)[(（]([\dX]{4})[)）]", token)
        name, tail = match.groups() if match else (token, None)
        found = [row for row in rows if name and row["v"]["姓名"] == name]
        if tail is None:
            found = meant(found, past)
        else:
            found = unique([row for row in found if any(n.endswith(tail) for n in numbers_of(row))])
        if len(found) == 1:
            people.append(found[0]["person"])
        else:
            bad = True
    return people, bad


# --- a child's sets (contract §5 "Sets, by person, at T", §8.20) -------------------------------------------------------


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


# --- records (contract §5, §8.2, §8.8, §8.9) ---------------------------------------------------------------------------


def too_early(row, env):
    """Tell whether a record lies before the term, which is an error outside holiday months (contract §8.2)."""
    return row["v"]["日期"] is not None and row["v"]["日期"] < env["start"] and not env["is_holiday"]


def read_records(cls, book, env, staff):
    """Read every other sheet of a class and mark the errors between cells."""
    for sheet, spec in CLASS_SHEETS.items():
        if sheet == "学生档案":
            continue
        cls[sheet] = read_rows(book, sheet, spec, env["last"])
        seen, alike = [], []
        for row in cls[sheet]:
            v, bad = row["v"], row["bad"]
            if "学生姓名" in spec:
                row["person"], wrong = find_child(cls, v["学生姓名"], v["学籍号"])
                if wrong:
                    bad.add(wrong)
                if sheet in ("联系卡", "成长记录") and row["person"]:
                    if any(row["person"] is p for p in seen):  # a second row counts for nothing (contract §8.6)
                        row["void"] = True
                        bad.add("学生姓名")
                    seen.append(row["person"])
            if sheet in ("谈心记录", "家校联系") and row["person"]:  # rows alike in every cell are one record
                row["twice"] = (row["person"], v) in alike
                alike.append((row["person"], v))
            if sheet in ("谈心记录", "家校联系", "活动记录") and too_early(row, env):
                bad.add("日期")
            if sheet in ("活动记录", "假期互查"):
                row["people"] = []
                row["all"] = sheet == "活动记录" and v["参加学生"] == "全体"
                if v["参加学生"] and not row["all"]:
                    row["people"], wrong = find_names(named_rows([cls]), v["参加学生"], cls["past"])
                    if wrong:
                        bad.add("参加学生")
                row["ok"] = sound(row, spec, but=("参加学生",)) and (row["all"] or bool(row["people"]))
                row["whole"] = sound(row, spec)
            check_between(row, staff)
    for row in [] if cls["结对帮扶"] else cls["untied"]:  # the last rows of a class that says 本月名册无变化
        row = row | {"v": dict(row["v"]), "bad": set(row["bad"])}
        if not {"学生姓名", "学籍号"} & row["bad"]:
            row["person"], wrong = find_child(cls, row["v"]["学生姓名"], row["v"]["学籍号"])
            row["bad"] |= {wrong} if wrong else set()
        cls["kept 结对帮扶"].append(row)
    for row in cls["kept 结对帮扶"]:
        check_between(row, staff)


def check_between(row, staff):
    """Mark the errors between two cells of a record, and teachers that 教职工 lacks (contract §8.6, §8.8, §8.10)."""
    v, bad, sheet = row["v"], row["bad"], row["sheet"]
    later = lambda a, b: v[a] is not None and v[b] is not None and v[b] < v[a]  # noqa: E731
    if sheet == "结对帮扶":
        if later("结对日期", "结束日期"):
            bad.add("结束日期")
        if v["检查日期"] is not None and v["检查结果"] is None:
            bad.add("检查结果")
        if v["帮扶类型"] == "帮扶教师" and v["帮扶人"] and staff is not None and v["帮扶人"] not in staff:
            bad.add("帮扶人")
        if v["帮扶类型"] == "学习帮手" and v["帮扶人"] and v["帮扶人"] == v["学生姓名"]:
            bad.add("帮扶人")
    elif sheet == "谈心记录":
        if later("日期", "跟进日期"):
            bad.add("跟进日期")
        if v["谈心人身份"] in TEACHER_ROLES and v["谈心人"] and staff is not None and v["谈心人"] not in staff:
            bad.add("谈心人")
    elif sheet == "个别方案" and later("制订日期", "最近复查"):
        bad.add("最近复查")
    elif sheet == "成长记录" and v["个案触发"] in REASONS and v["触发日期"] is None:
        bad.add("触发日期")


def whole_class(cls, day):
    """Return 全体: the class's pupils on a day (contract §5; a 入班日期 in error is in no 全体)."""
    people = []
    for row in cls["学生档案"] + cls["kept"]:
        v = row["v"]
        came = "入班日期" not in row["bad"] and (v["入班日期"] is None or v["入班日期"] <= day)
        stays = (
            v["学籍状态"] == "在读" or "学籍状态" in row["bad"] or (v["状态日期"] is not None and v["状态日期"] > day)
        )
        if not row["void"] and came and stays:
            people.append(row["person"])
    return people


def gather_deeds(classes, school, env, units):
    """List every activity that counts: {"day", "kind", "people", "own" class, "units" reached} (contract §5, §8.9).

    `units`: the classes that there are, (grade, class in one cell).
    """
    deeds = []
    for cls in classes:
        for row in cls["活动记录"]:
            if row["ok"]:
                v = row["v"]
                people = whole_class(cls, v["日期"]) if row["all"] else row["people"]
                deeds.append(
                    {
                        "day": v["日期"],
                        "kind": v["活动类型"],
                        "people": people,
                        "own": cls,
                        "units": {cls["unit"]} if row["whole"] else set(),
                        "whole": row["whole"],
                    }
                )
    every_row = named_rows(classes)
    for row in read_rows(school, "学校活动", SCHOOL_SHEETS["学校活动"], env["last"]):
        v = row["v"]
        if too_early(row, env) or not sound(row, SCHOOL_SHEETS["学校活动"]):
            continue
        names = [t.strip() for t in (v["参加对象"] or "").split("、") if t.strip()]
        if v["参加范围"] == "名单":
            people = find_names(every_row, v["参加对象"])[0]
        else:
            people = [
                p
                for cls in classes
                if reaches(v["参加范围"], names, cls["grade"], cls["unit"])
                for p in whole_class(cls, v["日期"])
            ]
        deeds.append(
            {
                "day": v["日期"],
                "kind": v["活动类型"],
                "people": people,
                "own": None,
                "units": {unit for grade, unit in units if reaches(v["参加范围"], names, grade, unit)},
            }
        )
    return deeds


def reaches(scope, names, grade, unit):
    """Tell whether a school activity reaches a class (contract §5)."""
    return scope == "全校" or (scope == "年级" and grade in names) or (scope == "班级" and unit in names)


def took_part(person, deeds, kinds, start, end):
    """Tell whether a child took part in an activity of these kinds (None = any) between two days."""
    return any(
        start <= d["day"] <= end and (kinds is None or d["kind"] in kinds) and any(person is p for p in d["people"])
        for d in deeds
    )


def gather_pairings(cls):
    """List the pairings of the class that count: alike rows are one, rows of children counted elsewhere are none's (§8.5, §8.8)."""
    kept, seen = [], []
    for row in rows_of(cls, "结对帮扶"):
        if row["person"] is not None and row["person"]["class"] is not cls:
            continue
        row["ok"] = sound(row, CLASS_SHEETS["结对帮扶"], but=("检查结果",))
        if row["ok"]:
            key = (id(row["person"]), row["v"]["帮扶类型"], row["v"]["帮扶人"], row["v"]["结对日期"])
            if key in seen:
                continue
            seen.append(key)
        kept.append(row)
    return kept


def could_be_active(row, env):
    """Tell whether a pairing's valid dates do not say that it is inactive (contract §8.8)."""
    until = row["v"]["结束日期"]
    return "结束日期" in row["bad"] or until is None or until > env["last"]


def is_active(row, env):
    """Tell whether a pairing without error is active at T; an error in 结束日期 makes it inactive (contract §8.8)."""
    return row["ok"] and "结束日期" not in row["bad"] and could_be_active(row, env)


def has_pairing(person, env, kinds):
    """Tell whether a child has an active pairing of one of these kinds."""
    return any(
        r["person"] is person and r["v"]["帮扶类型"] in kinds and is_active(r, env) for r in person["class"]["pairings"]
    )


# --- duties (contract §5 "Periods of a duty", §8.1) --------------------------------------------------------------------


def duty_windows(duty, person, env):
    """Return the windows in which a child owes the duty now; each needs 次数. No window: not owed."""
    row = person["home"]
    joined = None if "入班日期" in row["bad"] else row["v"]["入班日期"]  # in error: owes at once
    month = [(env["first"], env["last"])]
    if duty["period"] == "月":
        return month if env["is_teaching"] and (joined is None or joined <= env["first"]) else []
    if duty["period"] == "假期":
        return month if env["is_holiday"] and (joined is None or joined <= env["first"]) else []
    if duty["period"] == "周":
        weeks, day = [], env["first"]
        while day <= env["last"]:
            sunday = day + timedelta(days=6)
            inside = day.weekday() == 0 and env["start"] <= day and sunday <= env["upto"]
            if inside and (joined is None or joined <= day):
                weeks.append((day, sunday))
            day += timedelta(days=1)
        return weeks
    settled = joined is None or joined + timedelta(days=30) <= env["last"]
    if duty["period"] == "学年":
        return [(env["year_start"], env["last"])] if settled else []
    return [(env["start"], env["upto"])] if settled and env["first"] <= env["end"] else []


def duty_applies(duty, person, env):
    """Return "yes", "no", or "doubt" where only a 爱心妈妈 pairing in error makes the duty owed (contract §8.20)."""
    v, whom = person["read"], duty["whom"]
    if whom == "全体":
        return "yes"
    if whom == "重点帮扶":
        return "yes" if v["重点帮扶"] == "是" else "no"
    if whom in ("住校", "走读"):
        return "yes" if "就读方式" in person["home"]["bad"] or v["就读方式"] == whom else "no"
    if whom == "潜能生":
        return "yes" if v["学生类别"] in ("潜能生", "留守兼潜能") else "no"
    if has_pairing(person, env, LOVING):
        return "yes"
    for row in person["class"]["pairings"]:
        theirs = row["person"] is person or row["person"] is None
        loving = row["v"]["帮扶类型"] in LOVING or "帮扶类型" in row["bad"]
        if theirs and loving and could_be_active(row, env) and not is_active(row, env):
            return "doubt"
    return "no"


def records_of(person, sheet, classes):
    """List a child's sound records of a sheet, from whichever class's workbook and of earlier months (contract §8.5)."""
    own = [r for cls in classes for r in cls[sheet] if r["person"] is person and not r.get("twice")]
    return [r for r in own + person["past"][sheet] if sound(r, CLASS_SHEETS[sheet])]


def duty_met(duty, person, windows, classes):
    """Tell whether every window holds as many records as the duty asks, by its roles and in its forms."""
    sheet, form = ("谈心记录", "方式") if duty["matter"] == "谈心" else ("家校联系", "形式")
    days = []
    for row in records_of(person, sheet, classes):
        by_role = sheet == "家校联系" or not duty["roles"] or row["v"]["谈心人身份"] in duty["roles"]
        if by_role and (not duty["forms"] or row["v"][form] in duty["forms"]):
            days.append(row["v"]["日期"])
    return all(sum(start <= day <= end for day in days) >= duty["times"] for start, end in windows)


def duty_rate(matter, people, classes, env):
    """Count the children who owe a duty of this matter and those who meet all they owe (contract §8.1)."""
    n = total = 0
    for person in people:
        owed, met = False, person["sure"] and "入班日期" not in person["home"]["bad"]
        for duty in env["plan"]["duties"]:
            applies = duty_applies(duty, person, env) if duty["matter"] == matter else "no"
            windows = duty_windows(duty, person, env) if applies != "no" else []
            if windows:
                owed = True
                met = met and applies == "yes" and duty_met(duty, person, windows, classes)
        total += owed
        n += owed and met
    return n, total


# --- the archive (contract §5 建档率, 档案完整率, 联系卡更新率) ---------------------------------------------------------


def card_of(person, classes):
    """Return the child's 联系卡 row, the counting class's first."""
    cards = [r for cls in classes for r in rows_of(cls, "联系卡") if r["person"] is person and not r["void"]]
    here = [r for r in cards if any(r is own for own in rows_of(person["class"], "联系卡"))]
    return (here or cards or [None])[0]


def archive_cells(person, classes):
    """List (filled and free of error) for each applicable 档 cell of 学生档案 and 联系卡."""
    row, card, cells = person["home"], card_of(person, classes), []
    for column, (need, _) in CLASS_SHEETS["学生档案"].items():
        if need == "档":
            cells.append(row["v"][column] is not None and column not in row["bad"])
    for column, (need, _) in CLASS_SHEETS["联系卡"].items():
        parent = column[:2]
        status = None if f"{parent}状况" in row["bad"] else row["v"].get(f"{parent}状况")
        if need != "档" or (column.endswith("务工地址") and status not in ("外出务工", None)):
            continue
        value = card["v"][column] if card else None
        if value == DASH and status not in ("死亡", "失联"):
            value = None
        cells.append(value is not None and column not in card["bad"])
    return cells


def has_archive(person, classes):
    """Tell whether a child's archive is set up: dated, numbered, and every 是/条件/档 cell filled and free of error."""
    row, card = person["home"], card_of(person, classes)
    if not person["sure"] or card is None or not all(archive_cells(person, classes)):
        return False
    wrong = [c for c in row["bad"] if CLASS_SHEETS["学生档案"][c][0] != "否"]
    wrong += [c for c in card["bad"] if CLASS_SHEETS["联系卡"][c][0] in ("是", "条件")]
    return not wrong


def card_update(person, classes, env):
    """Return (counted, updated in time) of 联系卡更新率 (contract §8.14, §8.20)."""
    row, days = person["home"], []
    for column in ("入班日期", "状态日期"):
        day = row["v"][column]
        if day and env["start"] <= day <= env["end"] and day + timedelta(days=env["plan"]["card_days"]) <= env["last"]:
            days.append(day)
    if "入班日期" in row["bad"] or "状态日期" in row["bad"]:
        return True, False
    card = card_of(person, classes)
    updated = card["v"]["更新日期"] if card else None
    return bool(days), bool(days) and person["sure"] and updated is not None and updated >= max(days)


# --- the figures over a class (contract §5's table) --------------------------------------------------------------------


def share(people, test):
    """Count the children of whom a test holds; a child with an unsure deciding cell is in no n (contract §8.20)."""
    return sum(bool(p["sure"] and test(p)) for p in people), len(people)


def growth_row(person):
    """Return the child's 成长记录 row of the class that counts it, or None."""
    return next((r for r in person["class"]["成长记录"] if r["person"] is person and not r["void"]), None)


def birthday_party(person, deeds, env):
    """Tell whether a 生日会 in the month had the child with it."""
    return took_part(person, deeds, ("生日会",), env["first"], env["last"])


def shared_figures(full, active, classes, deeds, env):
    """Work out the eight figures that run over L and A, and over Q (contract §5 Sets)."""
    cells = [(p["sure"] and ok) for p in full for ok in archive_cells(p, classes)]
    return {
        "建档率": share(full, lambda p: has_archive(p, classes)),
        "档案完整率": (sum(cells), len(cells)),
        "教师结对率": share(active, lambda p: has_pairing(p, env, ("帮扶教师",))),
        "学习帮手率": share(active, lambda p: has_pairing(p, env, ("学习帮手",))),
        "爱心妈妈率": share(active, lambda p: has_pairing(p, env, LOVING)),
        "谈心达标率": duty_rate("谈心", active, classes, env),
        "成长记录率": share(active, lambda p: growth_row(p) is not None and not growth_row(p)["bad"]),
        "活动参加率": share(active, lambda p: took_part(p, deeds, None, env["first"], env["last"])),
    }


def class_figures(cls, people, classes, deeds, env):
    """Work out every figure of one class but the two of the school."""
    here = [p for p in people if p["class"] is cls]
    left, active = [p for p in here if p["L"]], [p for p in here if p["A"]]
    figures = shared_figures(left, active, classes, deeds, env)
    figures["巩固率"] = retention(here, env)
    focus = [p for p in active if p["read"]["重点帮扶"] == "是"]
    figures["重点结对率"] = share(
        focus, lambda p: has_pairing(p, env, ("帮扶教师",)) and has_pairing(p, env, ("代理家长",))
    )
    figures["学习帮扶计划率"] = share(active, lambda p: has_plan(p, env))
    figures["结对检查率"] = pairing_checks(cls, env)
    figures["亲情联络率"] = duty_rate("亲情联络", active, classes, env)
    figures["家访率"] = duty_rate("家访", active, classes, env)
    figures["监护人会率"] = share(active, lambda p: contacted(p, ("监护人会", "座谈会"), classes, env))
    met = any(
        d["own"] is cls and d["whole"] and d["kind"] == "留守儿童会" and env["first"] <= d["day"] <= env["last"]
        for d in deeds
    )
    figures["班会率"] = (int(met and any(p["sure"] for p in active)), int(bool(active)))
    born = [p for p in active if p["told born"] is None or p["told born"].month == env["last"].month]
    figures["生日关爱率"] = share(born, lambda p: p["told born"] is not None and birthday_party(p, deeds, env))
    figures["个案方案率"] = case_plans(cls, classes, env)
    updates = [(p, *card_update(p, classes, env)) for p in left]
    figures["联系卡更新率"] = (sum(u[2] for u in updates), sum(u[1] for u in updates))
    rows = [r for sheet in CLASS_SHEETS for r in cls[sheet]]
    figures["报送质量"] = (sum(not r["bad"] for r in rows), len(rows))
    return figures


def retention(here, env):
    """Count 巩固率 (contract §5): those lost are 辍学, 转出未落实 and, by parameter, 休学."""
    counted = [p for p in here if p["meets"] and p["read"]["学籍状态"] not in ("转出已确认", "死亡")]
    lost = ("辍学", "转出未落实", "休学") if env["plan"]["pause_is_loss"] else ("辍学", "转出未落实")
    return share(counted, lambda p: p["read"]["学籍状态"] not in lost)


def has_plan(person, env):
    """Tell whether a teacher's or a helper's active pairing has all three plan cells."""
    return any(
        r["person"] is person
        and r["v"]["帮扶类型"] in ("帮扶教师", "学习帮手")
        and is_active(r, env)
        and all(r["v"][c] for c in ("帮扶内容", "帮扶时间", "阶段目标"))
        for r in person["class"]["pairings"]
    )


def contacted(person, kinds, classes, env):
    """Tell whether the child has a 家校联系 of these kinds in the term to date."""
    return any(
        r["v"]["形式"] in kinds and env["start"] <= r["v"]["日期"] <= env["upto"]
        for r in records_of(person, "家校联系", classes)
    )


def pairing_checks(cls, env):
    """Count 结对检查率: a pairing whose child or dates are in error stays in N (contract §8.8, §8.20)."""
    n = total = 0
    for row in cls["pairings"]:
        person = row["person"]
        if (person is not None and not person["A"]) or not could_be_active(row, env):
            continue
        total += 1
        checked = row["v"]["检查日期"]
        done = checked is not None and env["first"] <= checked <= env["last"] and "检查结果" not in row["bad"]
        n += done and is_active(row, env) and person is not None and person["sure"]
    return n, total


def case_plans(cls, classes, env):
    """Count 个案方案率 (contract §8.3, §8.20)."""
    n = total = 0
    limit = timedelta(days=env["plan"]["case_days"])
    dated, undated = [], []
    for row in cls["成长记录"] + cls["past 成长记录"]:
        person, reason, since = row["person"], row["v"]["个案触发"], row["v"]["触发日期"]
        if row["void"] or (person is not None and (person["class"] is not cls or not person["A"])) or reason == "无":
            continue
        if person is None or reason is None:
            total += 1
        elif since is None:
            undated += [(person, reason)] if (person, reason) not in undated else []
        else:
            dated += [(person, reason, since)] if (person, reason, since) not in dated else []
    known = [case[:2] for case in dated]
    total += sum(case not in known for case in undated)
    for person, reason, since in dated:
        plans = records_of(person, "个别方案", classes)
        timely = any(r["v"]["触发原因"] == reason and since <= r["v"]["制订日期"] <= since + limit for r in plans)
        if timely or env["last"] - since > limit:
            total += 1
            n += timely and person["sure"]
    return n, total


# --- the school's own figures (contract §8.12, §8.13, §8.22) -----------------------------------------------------------


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


def ten_ones(people, classes, deeds, school, env):
    """Count 十个一 at school level over the term to date (contract §8.22)."""
    active, start, upto = [p for p in people if p["A"]], env["start"], env["upto"]
    part = lambda *kinds: share(active, lambda p: took_part(p, deeds, kinds, start, upto))  # noqa: E731
    spec = SCHOOL_SHEETS["关爱设施"]
    usable = {
        r["v"]["项目"]
        for r in read_rows(school, "关爱设施", spec, env["last"])
        if sound(r, spec) and r["v"]["可用"] == "是"
    }
    listed = [
        (r["v"]["年级"], r["v"]["班级"]) for r in read_rows(school, "班级一览", SCHOOL_SHEETS["班级一览"], env["last"])
    ]
    lectures = 0
    for kind in ("法制讲座", "安全讲座", "心理讲座"):
        held = [d for d in deeds if d["kind"] == kind and start <= d["day"] <= upto]
        lectures += bool(listed) and all(g and n and any(unit_of(g, n) in d["units"] for d in held) for g, n in listed)
    birthdays = [(p, birthday_in_term(p["told born"], env)) for p in active]
    nine = [
        bool(
            p["sure"]
            and day
            and took_part(p, deeds, ("生日会",), max(start, day.replace(day=1)), min(upto, month_end(day)))
        )
        for p, day in birthdays
        if day is not None or p["told born"] is None
    ]
    return {
        1: (len(usable & {"留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材"}), 8),
        2: share(active, lambda p: contacted(p, ("亲情电话", "视频通话"), classes, env)),
        3: share(active, lambda p: has_pairing(p, env, ("学习帮手",)) and has_score(p)),
        4: share(active, lambda p: has_pairing(p, env, LOVING)),
        5: (lectures, 3),
        6: part("游览"),
        7: part("书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间", "队活动"),
        8: share(active, lambda p: contacted(p, ("亲情书信",), classes, env)),
        9: (sum(nine), len(nine)),
        10: part("做一件有意义的事", "志愿服务"),
    }


def has_score(person):
    """Tell whether a sound 成长记录 row of the term has a score."""
    own = [r for r in person["class"]["成长记录"] if r["person"] is person and not r["void"]]
    return any(
        sound(row, CLASS_SHEETS["成长记录"]) and any(row["v"][c] is not None for c in ("语文", "数学", "英语"))
        for row in own + [r for r in person["class"]["past 成长记录"] if r["person"] is person]
    )


def birthday_in_term(born, env):
    """Return the birthday that lies in the term to date, or None; 29 February falls on the 28th in other years."""
    for year in range(env["start"].year, env["upto"].year + 1) if born else ():
        day = date(year, born.month, min(born.day, calendar.monthrange(year, born.month)[1]))
        if env["start"] <= day <= env["upto"]:
            return day
    return None


def month_end(day):
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def five_ones(people, deeds, env):
    """Count 五个一 over the term to date, and the share with all five (contract §8.22)."""
    active = [p for p in people if p["A"]]
    kinds = ("改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生")
    done = lambda p, kind: took_part(p, deeds, (kind,), env["start"], env["upto"])  # noqa: E731
    five = {kind: share(active, lambda p, kind=kind: done(p, kind)) for kind in kinds}
    five["五项全有"] = share(active, lambda p: all(done(p, kind) for kind in kinds))
    return five


# --- scores (contract §5 Class score, §8.16, §8.17) --------------------------------------------------------------------


def half_up(number):
    """Round a fraction to two decimals, half up."""
    return Decimal(math.floor(number * 100 + Fraction(1, 2))).scaleb(-2)


def class_items(unit, measures, register, plan):
    """Return 项目 -> (points or None where left out, 满分)."""
    items = {}
    for name, figure, way, full in plan["rubric"]:
        if way == "比率":
            n, total = measures.get(("class", unit, figure), (0, 0))
            items[name] = (full * Fraction(n, total) if total else None, full)
            continue
        points = sum(
            (r["v"]["分值"] for r in register if r["v"]["对象"] == unit and r["v"]["考核项目"] == name), Fraction(0)
        )
        points = points if way == "登记" else full - abs(points)
        items[name] = (max(Fraction(0), min(full, points)), full)
    return items


def class_scores(classes, missing, people, measures, school, env):
    """Score, rank and judge every class."""
    plan, spec = env["plan"], SCHOOL_SHEETS["考核登记"]
    register = [
        r
        for r in read_rows(school, "考核登记", spec, env["last"])
        if sound(r, spec) and r["v"]["对象类型"] == "班级" and env["first"] <= r["v"]["日期"] <= env["last"]
    ]
    flags = {
        r["v"]["对象"]
        for r in read_rows(school, "预警确认", SCHOOL_SHEETS["预警确认"], env["last"])
        if not r["bad"] and r["v"]["对象类型"] == "班级" and r["v"]["确认"] == "是"
    }
    scores = {unit: {"items": {}, "total": None, "rank": None, "评价": "未交"} for unit in missing}
    for cls in classes:
        items = class_items(cls["unit"], measures, register, plan)
        kept = [(points, full) for points, full in items.values() if points is not None]
        whole, total = sum(full for _, full in kept), None
        if whole and any(p["A"] and p["class"] is cls for p in people):
            total = half_up(sum(points for points, _ in kept) / whole * 100)
        scores[cls["unit"]] = {
            "items": {k: v[0] for k, v in items.items()},
            "total": total,
            "rank": None,
            "评价": "不参评",
        }
    ranked = {unit: s for unit, s in scores.items() if s["total"] is not None}
    for score in ranked.values():
        score["rank"] = 1 + sum(other["total"] > score["total"] for other in ranked.values())
    places = max(1, math.floor(len(ranked) * plan["share"]))
    fit = [
        s["total"]
        for u, s in ranked.items()
        if u not in flags and s["total"] >= plan["best"] and s["total"] >= plan["least"]
    ]
    edge = sorted(fit, reverse=True)[:places][-1] if fit else None
    for unit, score in ranked.items():
        if unit in flags:
            score["评价"] = "不得参评"
        elif score["total"] < plan["least"]:
            score["评价"] = "不合格"
        else:
            score["评价"] = "先进" if edge is not None and score["total"] >= max(edge, plan["best"]) else "合格"
    return scores


# --- the month ---------------------------------------------------------------------------------------------------------


def read_classes(month, env, staff, listed, past):
    """Read the class workbooks that count as handed in, by grade and number; no pupil row is 空表 (contract §8.11).

    An empty roster stands for last month's where the class says so (本月名册无变化) and last month is known.
    """
    zero = {
        unit_of(r["v"]["年级"], r["v"]["班级"])
        for r in listed
        if r["v"]["学生总数"] == 0 or (r["v"]["留守儿童数"] == 0 and not r["v"]["潜能生数"])
    }
    classes = []
    for book in month["classes"]:
        grade, number = book["cover"]["年级"], int(book["cover"]["班级"])
        cls = {"grade": grade, "number": number, "unit": unit_of(grade, number), "book": book}
        cls |= {"past": past, "untied": [], "kept": [], "moved": [], "kept 联系卡": [], "kept 结对帮扶": []}
        cls["学生档案"] = read_pupils(book, env, staff)
        ticked = book["cover"].get("本月名册无变化") == "是" and not cls["学生档案"]
        cls["vouched"] = ticked and any(p["class"]["unit"] == cls["unit"] for s in past for p in s["people"])
        if cls["学生档案"] or cls["unit"] in zero or cls["vouched"]:
            classes.append(cls)
    return sorted(classes, key=lambda c: (GRADES.index(c["grade"]), c["number"]))


def add_up(per_class, classes):
    """Sum the n and N of classes into their grades and the school, never means (contract §5)."""
    total = {}
    for cls in classes:
        for figure, (n, count) in per_class[cls["unit"]].items():
            for key in (("class", cls["unit"], figure), ("grade", cls["grade"], figure), ("school", "", figure)):
                a, b = total.get(key, (0, 0))
                total[key] = (a + n, b + count)
    return total


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


def figures(month, past=()):
    """Work out a month: measures, potential, counts, scores, ten, five, and the state that it leaves to later months.

    `past`: the states of all earlier months, the newest first.
    """
    year, number = (int(p) for p in month["month"].split("-"))
    plan_book = month.get("plan") or next((s["plan"] for s in past if s["plan"]), None)
    plan = read_plan(plan_book, date(year, number, calendar.monthrange(year, number)[1]))
    env, school = make_env(month, plan), month.get("school")
    past = [state for state in past if state["last"] >= env["year_start"]]
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
    lost = keep(people, classes, due, past, movements, env)
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
        potential[cls["unit"]] = shared_figures(slow, slow, classes, deeds, env)
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


def roll(cls, people, past):
    """Return how many children were in L of a class in its latest earlier month, and how many are."""
    before = next((s for s in past if any(c["unit"] == cls["unit"] for c in s["classes"])), {"people": []})
    then = [p for p in before["people"] if p["class"]["unit"] == cls["unit"]]
    now = [p for p in people if p["class"] is cls]
    return sum(p["L"] for p in then), sum(p["L"] for p in now)
