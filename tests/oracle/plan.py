"""The plan, and the days of the month that it sets (contract §4, §8.1, §8.21), in plain loops."""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction

from oracle.cells import read_date, read_number, read_rows
from oracle.rules_of_plan import PLAN_SHEETS, PRESETS, RUBRIC


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
        month = f"{last:%Y-%m}"
        on = [row for row in PRESETS if plan["preset"] in row[6].split()]
        plan["duties"] = [make_duty(*row[:6]) for row in on if row[7] <= month and not (row[8] and row[8] <= month)]
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
