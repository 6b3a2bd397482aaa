"""Pairings, and their checks (contract §8.8, §8.20), in plain loops."""

from __future__ import annotations

from oracle.cells import sound
from oracle.remembered import rows_of
from oracle.sheets import CLASS_SHEETS


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


def has_plan(person, env):
    """Tell whether a teacher's or a helper's active pairing has all three plan cells."""
    return any(
        r["person"] is person
        and r["v"]["帮扶类型"] in ("帮扶教师", "学习帮手")
        and is_active(r, env)
        and all(r["v"][c] for c in ("帮扶内容", "帮扶时间", "阶段目标"))
        for r in person["class"]["pairings"]
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
