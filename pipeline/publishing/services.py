"""The bureau's sheets on movements, activities and aid, data quality, and the notes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version

import pandas as pd

from pipeline.filled import Filled, is_whole
from pipeline.publishing.book import Block, Out, Page
from pipeline.publishing.cells import Cell, Share, Sum
from pipeline.publishing.counts import Counts
from pipeline.publishing.trend import balance_block, compared_with
from pipeline.result import Result
from pipeline.rounding import half_up, percent
from schemas import bureau_words as w
from schemas import rules
from schemas.bureau_words import Sheet
from schemas.class_names import class_name, class_text
from schemas.codes import (
    DASH,
    DONATION_KIND,
    FACILITIES,
    GRADES,
    INSURANCE,
    MOVEMENTS_IN,
    MOVEMENTS_OUT,
    NO,
    YES,
)
from schemas.figures import BASES, BASIS_TEXTS, FIGURES
from schemas.policy import PARAMETERS, Duty


def points_cell(points: Fraction) -> Decimal:
    """Return an item's points as printed."""
    return half_up(points)


def _of_month(filled: Filled, result: Result) -> pd.DataFrame:
    first, last = pd.Timestamp(result.month.first_day), pd.Timestamp(result.month.last_day)
    return filled.values[is_whole(filled) & filled.values["date"].between(first, last)]


def movements(result: Result, line: str) -> Page:
    """Return the sheet 学籍异动: the balance of 在册 class by class, and the movements registered this month."""
    kinds = (*MOVEMENTS_IN, *MOVEMENTS_OUT)
    columns = (
        Out(w.GRADE, "centred", 10),
        Out(w.CLASS, "centred", 8),
        *(Out(kind, "count", 9) for kind in kinds),
    )
    moved = _of_month(result.merged.tables["movements"], result)
    count = Counter((class_name(name), kind) for name, kind in zip(moved["class_name"], moved["kind"], strict=True))
    rows: list[tuple[Cell, ...]] = []
    for c in result.turnout.classes:
        grade, number = GRADES[c.place[0] - 1], c.place[1]
        own = [count[(class_text(c.place), kind)] for kind in kinds]
        rows.append((grade, number, *own))
    places = [class_text(c.place) for c in result.turnout.classes]
    totals = [sum(count[(place, kind)] for place in places) for kind in kinds]
    rows.append((w.TOTAL, "", *map(Sum, totals)))
    registered = Block(columns, rows, w.REGISTERED_HEADING, total_count=1, name="movements")
    notes = (w.BALANCE_NOTE, w.MOVED_IN_NOTE, *compared_with(result))
    return Page(Sheet.MOVEMENTS, Sheet.MOVEMENTS, line, (balance_block(result), registered), notes)


def activities(result: Result, line: str) -> Page:
    """Return the sheet 活动与资助: counts only, no title and no donor's or child's name."""
    own = _of_month(result.merged.tables["activities"], result)["kind"].value_counts()
    school = _of_month(result.merged.tables["school_activities"], result)["kind"].value_counts()
    who = result.merged.attendance.who
    who = who[who["child"].isin(result.measured.people.index[result.measured.people["in_a"]])]
    first, last = pd.Timestamp(result.month.first_day), pd.Timestamp(result.month.last_day)
    times = who[who["date"].between(first, last)]["kind"].value_counts()
    columns = (
        Out(w.KIND, "text", 20),
        Out(w.OWN_COUNT, "count", 14),
        Out(w.SCHOOL_COUNT, "count", 14),
        Out(w.PERSON_TIMES, "count", 18),
    )
    kinds = [kind for kind in _kinds(result) if own.get(kind, 0) or school.get(kind, 0)]
    rows = [(kind, int(own.get(kind, 0)), int(school.get(kind, 0)), int(times.get(kind, 0))) for kind in kinds]
    blocks = (Block(columns, rows, w.ACTIVITY_HEADING, name="activities"), _donations(result), _facilities(result))
    return Page(Sheet.ACTIVITIES, Sheet.ACTIVITIES, line, blocks, is_landscape=False)


def _kinds(result: Result) -> tuple[str, ...]:
    kind = result.merged.tables["activities"].table.by_key["kind"].kind
    return kind.codes.words  # type: ignore[attr-defined, no-any-return]


def _donations(result: Result) -> Block:
    found = _of_month(result.merged.tables["donations"], result)
    rows: list[tuple[Cell, ...]] = []
    for kind in DONATION_KIND.words:
        own = found[found["kind"] == kind]
        if own.empty:
            continue
        insured = float((own["count"] * own["insured_sum"]).sum()) if kind == INSURANCE else 0.0
        sums = (int(own["count"].sum()), float(own["amount"].sum()), int(own["beneficiaries"].sum()))
        rows.append((kind, len(own), *sums, insured if insured else DASH))
    roles = ("text", "count", "count", "money", "count", "money")
    widths = (20, 14, 14, 18, 12, 18)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.DONATION_COLUMNS, roles, widths, strict=True))
    return Block(columns, rows, w.DONATION_HEADING, name="donations")


def _facilities(result: Result) -> Block:
    filled = result.merged.tables["facilities"]
    found = filled.values[is_whole(filled)]
    rows: list[tuple[Cell, ...]] = []
    for item in FACILITIES:
        own = found[found["item"] == item]
        if not own.empty:
            rows.append((item, int(own["count"].sum()), YES if own["usable"].eq(YES).any() else NO))
    columns = tuple(
        Out(t, r, x) for t, r, x in zip(w.FACILITY_COLUMNS, ("text", "count", "centred"), (20, 14, 14), strict=True)
    )
    return Block(columns, rows, w.FACILITY_HEADING, name="facilities")


def quality(result: Result, counts: Counts, line: str) -> Page:
    """Return the sheet 数据质量: rows and problems by class, and problems by rule, without any value."""
    levels = Counter((issue.file, issue.rule.level) for issue in result.issues)
    rows: list[tuple[Cell, ...]] = []
    for c in result.turnout.classes:
        n, total = counts.of_class(c.place, "rows_clean")
        told = [sum(levels[(file, level)] for file in c.files) for level in rules.LEVELS]
        rows.append(
            (GRADES[c.place[0] - 1], c.place[1], c.state, c.row_count, n, Share(percent(n, total), 4, 3), *told)
        )
    n, total = counts.school("rows_clean")
    rows.append(
        (
            w.TOTAL,
            "",
            "",
            sum(c.row_count for c in result.turnout.classes),
            n,
            percent(n, total),
            *_column_sums(rows),
        )
    )
    roles = ("centred", "centred", "centred", "count", "count", "rate", "count", "count", "count")
    columns = tuple(Out(t, r, 12) for t, r in zip(w.QUALITY_COLUMNS, roles, strict=True))
    by_rule = Counter(issue.rule for issue in result.issues)
    told_rules = [
        (rule.code, rule.level, by_rule[rule], rule.title)
        for rule in sorted(by_rule, key=lambda rule: (rules.LEVELS.index(rule.level), rule.code))
    ]
    shown = tuple(Out(t, r, 12) for t, r in zip(w.RULE_COLUMNS, ("centred", "centred", "count", "across"), strict=True))
    blocks = (
        Block(columns, rows, w.QUALITY_BY_CLASS, total_count=1, name="quality"),
        Block(shown, told_rules, w.QUALITY_BY_RULE, name="problems"),
    )
    return Page(Sheet.QUALITY, Sheet.QUALITY, line, blocks, is_landscape=False)


def _column_sums(rows: list[tuple[Cell, ...]]) -> list[int]:
    return [sum(cell for row in rows if isinstance(cell := row[place], int)) for place in (6, 7, 8)]


def notes(result: Result, line: str) -> Page:
    """Return the sheet 填报说明: what was in force and how each figure is counted."""
    parameters = [(p.title, result.policy.typed[p.title], p.note) for p in PARAMETERS]
    figures = [(f.title, f.numerator, f.denominator) for f in FIGURES]
    duties = [(f"{d.code} {d.matter}", _duty_text(d), d.source) for d in result.policy.duties if d.is_on]
    bases = [(BASES[key], text) for key, text in BASIS_TEXTS.items()]
    tables = (
        (w.PARAMETER_COLUMNS, parameters, w.NOTE_PARAMETERS),
        (w.DUTY_COLUMNS, duties, w.NOTE_DUTIES),
        (w.FIGURE_COLUMNS, figures, w.NOTE_FIGURES),
    )
    looks = (("wrapped", 20), ("wrapped", 56), ("wrapped", 50))
    blocks = [
        Block(tuple(Out(t, r, x) for t, (r, x) in zip(titles, looks, strict=True)), rows, heading)
        for titles, rows, heading in tables
    ]
    shown = (Out(w.BASIS_COLUMNS[0], "wrapped", 20), Out(w.BASIS_COLUMNS[1], "across", 56))
    blocks.append(Block(shown, bases, w.NOTE_BASES))
    closing = (
        *w.GENERAL_NOTES,
        w.VERSION_NOTE.format(version=version("guanai"), preset=result.policy.preset),
    )
    return Page(Sheet.NOTES, Sheet.NOTES, line, tuple(blocks), closing, is_landscape=False)


def _duty_text(duty: Duty) -> str:
    who, how = w.OR.join(duty.roles) or w.ANYONE, w.OR.join(duty.forms) or w.ANY_FORM
    return w.DUTY_TEXT.format(who=who, how=how, period=duty.period, times=duty.times, audience=duty.audience)
