"""Rows of 学生档案 that a confirmed 转出 of 学籍异动 has settled (contract §8.4), in plain loops."""

from __future__ import annotations

from oracle.past import SILENT, departure, last_status

STILL_HERE = ("在读", "转出未落实")


def settle_rows(people, absent, classes, movements, past, env):
    """Give the rows that still show a child here the status and day of a confirmed 转出."""
    named = [row for cls in classes for row in cls["学生档案"] if row["v"]["姓名"]]
    gone = [(then["home"]["v"]["姓名"], then["class"]["unit"]) for then in (e["before"][0][1] for e in absent)]
    for person in people:
        first = person["rows"][0]
        if not is_open(first) or (person["before"] and last_status({"before": person["before"]}) in SILENT):
            continue
        newest = person["before"][0][0] if person["before"] else None
        newer = past[: next((i for i, s in enumerate(past) if s is newest), 0)]
        words = [(row, True) for state in reversed(newer) for row in state["movements"] if not row["bad"]]
        words += [(row, False) for row in movements]
        who = (first["v"]["姓名"], first["class"]["unit"], next(iter(person["ids"]), None), env["year_start"])
        everyone = [(row["v"]["姓名"], row["class"]["unit"]) for row in named if row is not first]
        said = departure(who, words, [who[:2], *everyone, *gone])
        if said["status"] == "转出已确认" and not was_said_before(person, who, said["day"], past):
            for row in person["rows"]:
                if is_open(row):
                    row["v"] |= {"学籍状态": said["status"], "状态日期": said["day"]}


def was_said_before(person, who, day, past):
    """Tell whether a month up to the latest that saw him said the same: he stood there all the same."""
    if not person["before"]:
        return False
    seen = next(i for i, state in enumerate(past) if state is person["before"][0][0])
    for row in (row for state in past[seen:] for row in state["movements"]):
        v = row["v"]
        said = v["异动类型"] == "转出" and v["接收校确认"] == "是" and v["日期"] == day
        if said and (v["学生姓名"] == who[0] or (who[2] and v["身份证号"] == who[2])):
            return True
    return False


def is_open(row):
    """Tell whether a row shows its child at this school."""
    return "学籍状态" not in row["bad"] and row["v"]["学籍状态"] in STILL_HERE
