"""Pupils: cells, identity, doubles, and whom a name means (contract §5, §8.5, §8.6, §8.9), in plain loops."""

from __future__ import annotations

import re
from datetime import date

from oracle.cells import blank, id_birth, read_rows, unit_of
from oracle.past import keys_of, was_here
from oracle.sheets import CLASS_SHEETS
from oracle.words import GRADES


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
        if born and "身份证号" not in bad and blank(row["raw"].get("性别")):
            bad.discard("性别")
            v["性别"] = sex
        for parent in ("父亲", "母亲"):
            if v[f"{parent}状况"] == "外出务工":
                ask(f"{parent}外出日期")
        if sum(v[f"{p}状况"] == "外出务工" or f"{p}状况" in bad for p in ("父亲", "母亲")) == 1:
            ask("在家一方监护能力")
        if v["入班方式"] != "期初在籍":  # an unreadable 入班方式 asks for the date too, so that nothing slips out
            ask("入班日期")
        if v["学籍状态"] not in ("在读", "转出未落实"):
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


def read_classes(month, env, staff, listed, past):
    """Read the class workbooks that count as handed in, by grade and number; no pupil row is 空表 (contract §8.11).

    An empty roster stands for last month's where the class says so (本月名册无变化) and last month is known.
    """
    zero = {
        unit_of(r["v"]["年级"], r["v"]["班级"])
        for r in listed
        if (r["v"]["学生总数"] == 0 or r["v"]["留守儿童数"] == 0)
        and not any(c in r["bad"] or r["v"][c] for c in ("留守儿童数", "潜能生数"))
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
