"""Who is who from month to month, and who has vanished (contract §5, §8.4, §8.5), in plain loops."""

from __future__ import annotations

import copy
import re
from datetime import date
from difflib import SequenceMatcher

from oracle.cells import read_rows
from oracle.remembered import is_of, rows_of
from oracle.sheets import CLASS_SHEETS, SCHOOL_SHEETS
from oracle.words import GRADES

LEAVING = {"休学": "休学", "疑似辍学": "疑似辍学", "辍学": "辍学", "毕业": "毕业", "死亡": "死亡", "转出": None}
ENTERING = ("转入", "复学", "返校")
SILENT = ("毕业", "死亡", "转出已确认")


def keys_of(row):
    """Return the identity number, the 学籍号 and the name with the birth date of a pupil row, None where unknown."""
    v, bad = row["v"], row["bad"]
    name = v["姓名"] if "姓名" not in bad else None
    born = row["born"]
    return row["id"], (v["学籍号"] if "学籍号" not in bad else None), ((name, born) if name and born else None)


def follow(people, classes, past):
    """Tie this month's people to who they were: person["before"] = [(state, person then)]; return who is absent.

    Keys are tried in turn: the identity number, else 学籍号, else name and birth date, unless both numbers are known
    and differ; last the name in the class, of those alone of whom nothing else is known.
    """
    known = [{"person": p, "ids": [], "others": set(), "before": []} for p in people]
    of = {id(entry["person"]): entry for entry in known}
    alone = {}  # (name, class) → whom it means, and whether nothing else was known of him
    for cls in classes:
        for row in cls["学生档案"]:
            learn(of[id(row["person"])], row["keys"], alone, alone_in(row, cls["unit"], cls["学生档案"]))
    asked = set()  # the classes of newer months
    for state in past:
        rows_in = {}
        for then in state["people"]:
            rows_in.setdefault(then["class"]["unit"], []).extend(then["rows"])
        waiting = state["people"]
        for kind in range(4):
            left = []
            for then in waiting:
                unit, keys = then["class"]["unit"], then["home"]["keys"]
                by_name = alone_in(then["home"], unit, rows_in[unit])
                if kind < 3:
                    found = next((e for e in known if fits(e, keys, kind)), None)
                else:
                    entry, is_bare = alone.get(by_name, (None, False))
                    found = entry if is_bare or not any(keys) else None
                if found is None:
                    left.append(then)
                else:
                    found["before"].append((state, then))
                    learn(found, keys, alone, by_name)
            waiting = left
        for then in waiting:
            unit, keys = then["class"]["unit"], then["home"]["keys"]
            if any(keys) or unit not in asked:  # else the newer month that held his class has him as its own
                entry = {"person": None, "ids": [], "others": set(), "before": [(state, then)]}
                learn(entry, keys, alone, alone_in(then["home"], unit, rows_in[unit]))
                known.append(entry)
        asked |= set(rows_in)
    for entry in known:
        if entry["person"] is not None:
            entry["person"] |= {"before": entry["before"], "ids": entry["ids"]}
    return [entry for entry in known if entry["person"] is None]


def alone_in(row, unit, rows):
    """Return the name and class of a row whose name is one in its class, else None."""
    names = [other["v"]["姓名"] for other in rows]
    name = row["v"]["姓名"]
    return (name, unit) if name and names.count(name) == 1 else None


def learn(entry, keys, alone, by_name):
    """Remember the keys of one more row of a child."""
    entry["ids"] += [keys[0]] if keys[0] else []
    entry["others"] |= {key for key in keys[1:] if key}
    if by_name:
        alone.setdefault(by_name, (entry, not any(keys)))


def fits(entry, keys, kind):
    """Tell whether a row's key of this kind is the child's."""
    if not keys[kind]:
        return False
    if kind == 0:
        return keys[0] in entry["ids"]
    return keys[kind] in entry["others"] and (not keys[0] or not entry["ids"] or entry["ids"][0] == keys[0])


def read_movements(school, last):
    """Read 学籍异动; 班级 must be a class."""
    rows = read_rows(school, "学籍异动", SCHOOL_SHEETS["学籍异动"], last)
    for row in rows:
        place = row["v"]["班级"]
        if place and not re.fullmatch(rf"({'|'.join(GRADES)})\([1-9]\d?\)班", place):
            row["v"]["班级"] = None
            row["bad"].add("班级")
    return rows


def keep(people, absent, classes, listed, past, movements, env):
    """Bring back who is missing from a class that handed in, as a child of that class; return the classes that are lost.

    A kept child has one row, "kept", and last_seen, settled as every child has.
    """
    for person in people:
        person |= {"last_seen": env["month"], "settled": True}
    handed = {cls["unit"]: cls for cls in classes}
    move(people, handed, past)
    lost = [entry for entry in absent if entry["before"][0][1]["class"]["unit"] in handed]
    present = [(row["v"]["姓名"], cls["unit"]) for cls in classes for row in first_rows(cls) if row["v"]["姓名"]]
    once = {row["v"]["姓名"] for state in past for then in state["people"] for row in then["rows"]} - {None}
    words = [(row, True) for state in reversed(past) for row in state["movements"]]
    words = [(row, old) for row, old in words if not row["bad"]] + [(row, False) for row in movements]
    travellers = [traveller(entry) for entry in lost]
    for entry, who in zip(lost, travellers, strict=True):
        said = departure(who, words, [t[:2] for t in travellers] + present, once)
        people.append(kept_child(entry, said, handed[who[1]], env))
    for cls in classes:
        state = next((s for s in past if any(c["unit"] == cls["unit"] for c in s["classes"])), None)
        if cls["vouched"] and state:
            then = next(c for c in state["classes"] if c["unit"] == cls["unit"])
            cls["untied"] = [r for r in rows_of(then, "结对帮扶") if r["person"] is None]
    gone = [entry for entry in absent if entry["before"][0][1]["class"]["unit"] not in {*handed, *listed}]
    travellers = [traveller(entry) for entry in gone]
    missing = []
    for entry, who in zip(gone, travellers, strict=True):
        said = unless_settled(entry, departure(who, words, [t[:2] for t in travellers] + present, once))
        if said["doubt"] or said.get("entered") or (said["status"] or last_status(entry)) not in SILENT:
            missing.append(who[1])
    return list(dict.fromkeys(missing))


def move(people, handed, past):
    """Let a class know those whom it held last and another holds now: what it did with them counts (contract §8.5)."""
    for person in people:
        for state, then in person["before"]:
            unit = then["class"]["unit"]
            latest = next(s for s in past if any(c["unit"] == unit for c in s["classes"]))
            cls = handed.get(unit)
            if cls and latest is state and not any(row["class"] is cls for row in person["rows"]):
                known = person["rows"][0] | {"void": False, "here": False}
                cls["moved"].append(known | {"v": known["v"] | {"姓名": then["home"]["v"]["姓名"]}})


def was_here(person, past):
    """Tell whether a child stood in the workbook of his class in its latest month."""
    return any(
        then["last_seen"] == state["month"]
        and next((s for s in past if any(c["unit"] == then["class"]["unit"] for c in s["classes"])), None) is state
        for state, then in person["before"]
    )


def first_rows(cls):
    """List the first row of each child who counts in the school's books by this class's row."""
    return [row for row in cls["学生档案"] if not row["void"] and row["person"]["rows"][0] is row]


def traveller(entry):
    """Return a missing child's name, class, identity number and the first day after the month that still held him."""
    _, then = entry["before"][0]
    return (
        then["home"]["v"]["姓名"],
        then["class"]["unit"],
        entry["ids"][0] if entry["ids"] else None,
        day_after(then["last_seen"]),
    )


def day_after(month):
    """Return the first day after a month."""
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def last_status(entry):
    """Return the 学籍状态 that he was last known by."""
    home = entry["before"][0][1]["home"]
    return None if "学籍状态" in home["bad"] else home["v"]["学籍状态"]


def departure(who, words, everyone, known_once=frozenset()):
    """Return what 学籍异动 says of a missing child: {"status", "day", "doubt", "named"}.

    `known_once`: the names of all whom any month knew: none of them is a slip of the pen.
    """
    every = {n for n, _ in everyone} | known_once
    name, unit, number, since = who
    found, entered, nameless = [], [], []
    for row, _ in words:
        v, bad = row["v"], row["bad"]
        good = {c: None if c in bad else v[c] for c in v}
        if good["日期"] is not None and good["日期"] < since:
            continue
        if good["异动类型"] in ENTERING:
            by_number = good["身份证号"] and number
            by_name = good["学生姓名"] == name and [n for n, _ in everyone].count(name) == 1
            if not bad and (good["身份证号"] == number if by_number else by_name):
                entered.append(good["日期"])
            if not good["身份证号"] and good["学生姓名"] not in every:
                nameless.append(good["日期"])
        if not bad and good["异动类型"] not in LEAVING:
            continue
        surely = says_who(good, bad, name, unit, number, everyone, every)
        if surely is not None:
            found.append((row, surely))
    if any(surely and not row["bad"] for row, surely in found):  # what is surely said of him leaves nothing to guess
        found = [(row, surely) for row, surely in found if surely]
    if any(not surely or row["bad"] for row, surely in found):
        return {"status": None, "day": None, "doubt": True, "named": any(s and row["bad"] for row, s in found)}
    days = [row["v"]["日期"] for row, _ in found]
    if entered and max(entered) >= max(days, default=date.min):  # he came in again: he has not left
        return {"status": None, "day": None, "doubt": False, "named": False, "entered": True}
    if days and max(days) in nameless:  # somebody came in on the day that he left: it may be he
        return {"status": None, "day": None, "doubt": True, "named": False}
    status, day = None, None
    for row, _ in found:
        v = row["v"]
        if day is None or v["日期"] >= day:  # of one day, this month's word counts
            day = v["日期"]
            status = LEAVING[v["异动类型"]] or ("转出已确认" if v["接收校确认"] == "是" else "转出未落实")
    return {"status": status, "day": day, "doubt": False, "named": False}


def says_who(good, bad, name, unit, number, everyone, every):
    """Tell whether a row of 学籍异动 is surely this child's (True), perhaps (False), or another's (None)."""
    if good["身份证号"] and number:
        return True if good["身份证号"] == number else None
    if good["班级"] not in (None, unit):
        return None
    if good["学生姓名"] is None:
        return False if bad else None
    if good["学生姓名"] not in every:
        return False if good["异动类型"] in LEAVING and not good["身份证号"] else None
    if good["学生姓名"] != name:
        return None
    return everyone.count((name, unit)) == 1


def unless_settled(entry, said):
    """A row that only may be his does not unsettle a child who was settled before."""
    state, then = entry["before"][0]
    was_settled = then["last_seen"] != state["month"] and then["settled"]
    if was_settled and said["doubt"] and not said["named"]:
        return {"status": None, "day": None, "doubt": False, "named": False}
    return said


def kept_child(entry, said, cls, env):
    """Make a child of a class out of what was last known of him."""
    state, then = entry["before"][0]
    said = unless_settled(entry, said)
    was_kept = then["last_seen"] != state["month"]
    vouched = cls["vouched"] and not was_kept
    status = last_status(entry)
    settled = not (said["doubt"] or said.get("entered")) and (
        said["status"] is not None or vouched or (was_kept and then["settled"]) or status in SILENT
    )
    row = copy.copy(then["home"])
    row |= {"v": dict(row["v"]), "bad": set(row["bad"]), "class": cls, "void": False, "kept": True}
    clean = row["bad"] - {"学籍状态", "状态日期"}
    if said["doubt"]:
        row["v"] |= {"学籍状态": None, "状态日期": None}
        row["bad"] |= {"学籍状态", "状态日期"}
    elif said["status"]:
        row["v"] |= {"学籍状态": said["status"], "状态日期": said["day"]}
        row["bad"] = clean
    elif not settled and status != "辍学":
        row["v"] |= {"学籍状态": "转出未落实", "状态日期": None}
        row["bad"] = clean
    person = {"rows": [row], "home": row, "class": cls, "before": entry["before"]}
    person |= {"last_seen": env["month"] if vouched else then["last_seen"], "settled": settled}
    row["person"] = person
    row["here"] = vouched
    cls["kept"].append(row)
    if not person["settled"] and looks_like_another(cls, row, then["last_seen"]):
        row["bad"] |= {c for c, (need, _) in CLASS_SHEETS["学生档案"].items() if need == "档"}
        return person  # his card and his pairings are those of the row that looks like him
    others = [other for other in state["classes"] if other is not then["class"]]
    cards = [old for c in (then["class"], *others) for old in rows_of(c, "联系卡") if is_of(old, then)]
    pairs = [old for old in rows_of(then["class"], "结对帮扶") if is_of(old, then)]
    for sheet, rows in (("联系卡", cards[:1]), ("结对帮扶", pairs)):
        cls[f"kept {sheet}"] += [old | {"v": dict(old["v"]), "bad": set(old["bad"]), "person": person} for old in rows]
    return person


def looks_like_another(cls, row, last_seen):
    """Tell whether a row of the workbook looks like a kept child under another number: of one not there with him."""
    last = row["v"]
    for own in cls["学生档案"]:
        v = own["v"]
        if any(state["month"] <= last_seen for state, _ in own["person"]["before"]):
            continue
        alike = v["姓名"] and SequenceMatcher(None, v["姓名"], last["姓名"] or "").ratio() > 0.5
        same_day = v["出生日期"] is not None and v["出生日期"] == last["出生日期"]
        if (v["学籍号"] and v["学籍号"] == last["学籍号"]) or (alike and (same_day or v["姓名"] == last["姓名"])):
            return True
    return False
