"""Duties and their periods (contract §5 "Periods of a duty", §8.1), in plain loops."""

from __future__ import annotations

from datetime import timedelta

from oracle.pairings import could_be_active, has_pairing, is_active
from oracle.records import records_of
from oracle.words import LOVING


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
        weeks, day = [], env["first"] - timedelta(days=6)
        while day <= env["last"]:  # whole weeks that end in the month
            sunday = day + timedelta(days=6)
            inside = day.weekday() == 0 and env["start"] <= day and sunday <= env["upto"]
            known = day >= env["first"] or person["class"]["unit"] in env.get("had_last", ())
            if inside and known and (joined is None or joined <= day):
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


def duty_met(duty, person, windows, classes):
    """Tell whether every window holds as many records as the duty asks, by its roles and in its forms."""
    sheet, form = ("谈心记录", "方式") if duty["matter"] == "谈心" else ("家校联系", "形式")
    days = []
    for row in records_of(person, sheet, classes):
        by_role = sheet == "家校联系" or not duty["roles"] or row["v"]["谈心人身份"] in duty["roles"]
        by_own = sheet == "家校联系" or is_own(duty, person, row["v"])
        if by_role and by_own and (not duty["forms"] or row["v"][form] in duty["forms"]):
            days.append(row["v"]["日期"])
    return all(sum(start <= day <= end for day in days) >= duty["times"] for start, end in windows)


def is_own(duty, person, talk):
    """Tell whether the child's own 爱心妈妈 talked, in a pairing that ran; his own 责任教师, where one is named (contract §4)."""
    if duty["roles"] and set(duty["roles"]) <= set(LOVING):
        return any(
            row["ok"]
            and "结束日期" not in row["bad"]
            and row["person"] is person
            and row["v"]["帮扶类型"] in duty["roles"]
            and row["v"]["帮扶人"] == talk["谈心人"]
            and row["v"]["结对日期"] <= talk["日期"]
            and (row["v"]["结束日期"] is None or row["v"]["结束日期"] > talk["日期"])
            for row in person["class"]["pairings"]
        )
    if set(duty["roles"]) == {"任课教师"}:
        home = person["home"]
        return "责任教师" not in home["bad"] and home["v"]["责任教师"] in (None, talk["谈心人"])
    return True


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
