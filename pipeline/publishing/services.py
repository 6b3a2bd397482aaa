"""The bureau's tables on movements, activities and aid, data quality, and what was in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version

import pandas as pd

from pipeline.filled import Filled, is_whole
from pipeline.publishing.book import Rows
from pipeline.publishing.cells import Cell, Cells, Share, Sum, plain
from pipeline.publishing.counts import Counts
from pipeline.publishing.trend import balance_rows
from pipeline.result import Result
from pipeline.rounding import half_up, percent
from schemas import bureau_words as w
from schemas import rules
from schemas.bureau_layout import KEY_OF_MOVEMENT
from schemas.class_names import class_name, class_text
from schemas.codes import (
    DASH,
    DONATION_KIND,
    FACILITIES,
    GRADES,
    INSURANCE,
    NO,
    YES,
    Movement,
)
from schemas.figures import BASES, BASIS_TEXTS, FIGURES
from schemas.policy import PARAMETERS, Duty


def points_cell(points: Fraction) -> Decimal:
    """Return an item's points as printed."""
    return half_up(points)


def _of_month(filled: Filled, result: Result) -> pd.DataFrame:
    first, last = pd.Timestamp(result.month.first_day), pd.Timestamp(result.month.last_day)
    return filled.values[is_whole(filled) & filled.values["date"].between(first, last)]


def tables(result: Result, counts: Counts) -> dict[str, Rows]:
    """Return the rows of these tables by their keys."""
    return {
        "balance": balance_rows(result),
        "movements": _movements(result),
        "activities": _activities(result),
        "donations": _donations(result),
        "facilities": _facilities(result),
        "quality": _quality(result, counts),
        "problems": _problems(result),
        **_in_force(result),
    }


def _movements(result: Result) -> Rows:
    """Return the movements registered this month, class by class."""
    moved = _of_month(result.merged.tables["movements"], result)
    moved = moved[~_inside(moved)]
    count = Counter((class_name(name), kind) for name, kind in zip(moved["class_name"], moved["kind"], strict=True))
    rows: list[Cells] = []
    for c in result.turnout.classes:
        own = {key: count[(class_text(c.place), kind)] for kind, key in KEY_OF_MOVEMENT.items()}
        rows.append({"grade": GRADES[c.place[0] - 1], "class": c.place[1], **own})
    sums = {key: Sum(sum_of(rows, key)) for key in KEY_OF_MOVEMENT.values()}
    return Rows(rows, [{"grade": w.TOTAL, "class": "", **sums}])


def _inside(moved: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows are a move inside the school: 转出 of one class and 转入 of another; nobody came or went."""
    who = moved["id_card"].fillna(moved["pupil"])
    classes = moved["class_name"].map(class_name)
    out, into = moved["kind"].eq(Movement.OUT).fillna(False), moved["kind"].eq(Movement.IN).fillna(False)
    pairs = {
        (row, other)
        for row in moved.index[out.astype(bool)]
        for other in moved.index[into.astype(bool)]
        if pd.notna(who.at[row]) and who.at[row] == who.at[other] and classes.at[row] != classes.at[other]
    }
    return pd.Series(moved.index.isin([row for pair in pairs for row in pair]), moved.index, dtype=bool)


def sum_of(rows: Iterable[Mapping[str, Cell]], key: str) -> int:
    """Return the sum of the counts in a column; — is 0."""
    return sum(count for row in rows if isinstance(count := plain(row[key]), int))


def _activities(result: Result) -> Rows:
    """Return counts only, no title and no child's name."""
    own = _of_month(result.merged.tables["activities"], result)["kind"].value_counts()
    school = _of_month(result.merged.tables["school_activities"], result)["kind"].value_counts()
    who = result.merged.attendance.who
    who = who[who["child"].isin(result.measured.people.index[result.measured.people["in_a"]])]
    first, last = pd.Timestamp(result.month.first_day), pd.Timestamp(result.month.last_day)
    times = who[who["date"].between(first, last)]["kind"].value_counts()
    found = {"own": own, "school": school, "times": times}
    kinds = [kind for kind in _kinds(result) if own.get(kind, 0) or school.get(kind, 0)]
    return Rows([{"kind": kind, **{key: int(of.get(kind, 0)) for key, of in found.items()}} for kind in kinds])


def _kinds(result: Result) -> tuple[str, ...]:
    return result.merged.tables["activities"].table.by_key["kind"].kind.words


def _donations(result: Result) -> Rows:
    """Return what was given by kind; no donor."""
    found = _of_month(result.merged.tables["donations"], result)
    rows: list[Cells] = []
    for kind in DONATION_KIND.words:
        own = found[found["kind"] == kind]
        if own.empty:
            continue
        insured = float((own["count"] * own["insured_sum"]).sum()) if kind == INSURANCE else 0.0
        rows.append(
            {
                "kind": kind,
                "gifts": len(own),
                "count": int(own["count"].sum()),
                "amount": float(own["amount"].sum()),
                "beneficiaries": int(own["beneficiaries"].sum()),
                "insured": insured or DASH,
            }
        )
    return Rows(rows)


def _facilities(result: Result) -> Rows:
    filled = result.merged.tables["facilities"]
    found = filled.values[is_whole(filled)]
    rows: list[Cells] = []
    for item in FACILITIES:
        own = found[found["item"] == item]
        if not own.empty:
            usable = YES if own["usable"].eq(YES).any() else NO
            rows.append({"item": item, "count": int(own["count"].sum()), "usable": usable})
    return Rows(rows)


_TOLD = dict(zip(rules.LEVELS, ("errors", "warnings", "noted"), strict=True))


def _quality(result: Result, counts: Counts) -> Rows:
    """Return rows and problems by class, without any value."""
    levels = Counter((issue.file, issue.rule.level) for issue in result.issues)
    rows: list[Cells] = []
    for c in result.turnout.classes:
        n, total = counts.of_class(c.place, "rows_clean")
        label: Cells = {"grade": GRADES[c.place[0] - 1], "class": c.place[1], "turnout": c.state}
        told = {key: sum(levels[(file, level)] for file in c.files) for level, key in _TOLD.items()}
        rate = Share(percent(n, total), "clean", "rows")
        rows.append({**label, "rows": c.row_count, "clean": n, "rate": rate, **told})
    n, total = counts.school("rows_clean")
    sums = {key: sum_of(rows, key) for key in _TOLD.values()}
    label = {"grade": w.TOTAL, "class": "", "turnout": ""}
    return Rows(rows, [{**label, "rows": sum_of(rows, "rows"), "clean": n, "rate": percent(n, total), **sums}])


def _problems(result: Result) -> Rows:
    """Return problems by rule, without any value."""
    by_rule = Counter(issue.rule for issue in result.issues)
    return Rows(
        [
            {"rule": rule.code, "level": rule.level, "count": by_rule[rule], "problem": rule.title}
            for rule in sorted(by_rule, key=lambda rule: (rules.LEVELS.index(rule.level), rule.code))
        ]
    )


def _in_force(result: Result) -> dict[str, Rows]:
    """Return what was in force and how each figure is counted."""
    typed, duties = result.policy.typed, [duty for duty in result.policy.duties if duty.is_on]
    return {
        "parameters": Rows([{"parameter": p.title, "value": typed[p.title], "note": p.note} for p in PARAMETERS]),
        "duties": Rows([{"matter": f"{d.code} {d.matter}", "duty": _duty_text(d), "source": d.source} for d in duties]),
        "figures": Rows([{"figure": f.title, "done": f.numerator, "due": f.denominator} for f in FIGURES]),
        "bases": Rows([{"basis": BASES[key], "meaning": text} for key, text in BASIS_TEXTS.items()]),
    }


def closing_notes(result: Result) -> tuple[str, ...]:
    """Return the notes below what was in force."""
    own = w.VERSION_NOTE.format(version=version("guanai"), preset=result.policy.preset)
    return (*w.GENERAL_NOTES, own)


def _duty_text(duty: Duty) -> str:
    who, how = w.OR.join(duty.roles) or w.ANYONE, w.OR.join(duty.forms) or w.ANY_FORM
    return w.DUTY_TEXT.format(who=who, how=how, period=duty.period, times=duty.times, audience=duty.audience)
