"""What was known of a child, and what was done, in the months before (contract §5, §8.3)."""

from __future__ import annotations

from collections import Counter

CARRIED = ("谈心记录", "家校联系", "成长记录", "个别方案", "关爱服务")
# What tells one record from another: its required cells, free text aside. A growth row stands in one month alone.
ALIKE = {
    "谈心记录": ("日期", "谈心人", "谈心人身份", "方式"),
    "家校联系": ("日期", "形式", "联系对象"),
    "个别方案": ("触发原因", "制订日期", "责任人"),
    "关爱服务": ("日期", "类别", "经办人"),
}


def is_of(row, person):
    """Tell whether a row is a child's, and not a second one that counts for nothing."""
    return row["person"] is person and not row["void"]


def rows_of(cls, sheet):
    """List the rows of a class's sheet, those kept from earlier months after its own."""
    return cls[sheet] + cls.get(f"kept {sheet}", [])


def last_valid(person, column):
    """Return the last valid value of an earlier month of one cell of 学生档案, or None."""
    for _, then in person["before"]:
        home = then["home"]
        if column not in home["bad"] and home["v"][column] is not None:
            return home["v"][column]
    return None


def last_born(person):
    """Return the last birth date that an earlier month knew, told or read from the identity number, or None."""
    return next((then["home"]["born"] for _, then in person["before"] if then["home"]["born"]), None)


def bring_records(people, classes, past, env):
    """Give every child the records of earlier months (person["past"]) and every class the growth rows that it answers for.

    A record that stands in both counts once.
    """
    now_of = {id(then): person for person in people for _, then in person["before"]}
    handed = {cls["unit"]: cls for cls in classes}
    for person in people:
        person["past"] = {sheet: [] for sheet in CARRIED}
    for cls in classes:
        cls["past 成长记录"] = []
    for sheet in CARRIED:
        known = Counter(mark(sheet, row, row["person"]) for cls in classes for row in cls[sheet] if is_tied(row))
        for state in past:
            if sheet == "成长记录" and state["last"] < env["start"]:
                continue  # it has no day: its month tells the term
            there = Counter()
            for cls in state["classes"]:
                for row in cls[sheet]:
                    person = now_of.get(id(row["person"]))
                    if row["void"] or row.get("twice") or (row["person"] is not None and person is None):
                        continue
                    if sheet == "成长记录":
                        answering = person["class"] if person else handed.get(cls["unit"])
                        if answering and (person is None or row["person"]["class"] is cls):
                            answering["past 成长记录"].append(row | {"person": person})
                    elif person is not None:
                        there[mark(sheet, row, person)] += 1
                        if there[mark(sheet, row, person)] > known[mark(sheet, row, person)]:
                            person["past"][sheet].append(row | {"person": person})
            known |= there


def is_tied(row):
    """Tell whether a row counts for a child of its own."""
    return row["person"] is not None and not row["void"] and not row.get("twice")


def mark(sheet, row, person):
    """Return what makes a row the same record as another."""
    return (id(person), *(row["v"][column] for column in ALIKE.get(sheet, ())))


def earlier_deeds(people, past):
    """List the activities of earlier months with the children of this one who took part."""
    now_of = {id(then): person for person in people for _, then in person["before"]}
    return [
        deed | {"own": None, "people": [now_of[id(p)] for p in deed["people"] if id(p) in now_of]}
        for state in past
        for deed in state["deeds"]
    ]
