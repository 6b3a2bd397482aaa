"""Scores, ranks and verdicts of classes (contract §5 Class score, §8.16, §8.17), in plain loops."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from oracle.cells import read_rows, sound
from oracle.sheets import SCHOOL_SHEETS


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
            "评价": "不参评" if env["is_teaching"] else "假期",
        }
    if not env["is_teaching"]:
        return {unit: score | {"total": None} for unit, score in scores.items()}
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
