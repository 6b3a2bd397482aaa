"""The bureau workbook: twelve sheets, nothing that names a child (contract §7)."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import pandas as pd

from pipeline.publishing import services
from pipeline.publishing.book import Block, Book, Cover, Out, Page
from pipeline.publishing.cells import Cell, Share, Sum
from pipeline.publishing.counts import Counts, fraction_text, verdict
from pipeline.publishing.crossfoot import crossfoot_page
from pipeline.publishing.names import mask_name
from pipeline.publishing.pictures import pictures_page
from pipeline.publishing.trend import change, compared_with, last_month
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.class_names import class_text
from schemas.codes import ALL_PUPILS, DASH, GRADES, NO, YES
from schemas.figures import BASES, BY_KEY, FIGURES, OF_POTENTIAL
from schemas.ones import FIVE_ONES, TEN_EVIDENCE, TEN_ONES
from schemas.verdicts import NO_DENOMINATOR, State
from schemas.versions import BUREAU_VERSION


def bureau_book(result: Result) -> Book:
    """Return the month's workbook for the bureau."""
    counts = Counts(result)
    pages: tuple[Page | Cover, ...] = (
        _cover(result, counts),
        _targets(result, counts),
        _grades(result, counts),
        _classes(result, counts),
        _care(result, counts),
        _ones(result, counts),
        score_page(result),
        _lacking(result),
        services.movements(result, line(result)),
        services.activities(result, line(result)),
        services.quality(result, counts, line(result)),
        services.notes(result, line(result)),
    )
    if tuple(page.name for page in pages) != w.ORDER:
        raise AssertionError("the bureau's sheets are not in the order of the contract")
    shown = tuple(page for page in pages if isinstance(page, Page))
    more = (crossfoot_page(shown, line(result)), pictures_page(result, line(result)))
    return Book(w.TITLE, (*pages, *more), result.stamp, _meta(result))


def _meta(result: Result) -> dict[str, str]:
    """Return what a program asks before it reads: whose, of what month, over which classes, from which files."""
    files = sorted(submission.file.sha256 for submission in result.submissions)
    values = (
        w.TITLE,
        BUREAU_VERSION,
        result.school_code,
        result.school_name,
        str(result.month),
        result.policy.basis,
        YES if result.turnout.is_complete else NO,
        hashlib.sha256("".join(files).encode()).hexdigest()[:16],
    )
    return dict(zip(w.META_LABELS, values, strict=True))


def line(result: Result) -> str:
    """Return the line below every heading: school, month, day, 口径."""
    return w.LINE.format(
        school=result.school_name,
        code=result.school_code,
        month=result.month,
        day=result.month.last_day,
        basis=BASES[result.policy.basis],
    )


def coverage(result: Result) -> str:
    """Say over which classes the figures are computed."""
    missing = [class_text(c.place) + c.state for c in result.turnout.classes if c.state != State.HANDED_IN]
    told = w.NOT_IN.format(names=w.AND.join(missing)) if missing else ""
    unread = sum(1 for s in result.submissions if s.state == "unknown")
    told += w.UNREAD_FILES.format(count=unread) if unread else ""
    due = len(result.turnout.classes)
    return w.COVERAGE.format(due=due, done=due - len(missing), missing=told)


def bases(result: Result) -> str:
    """Put the three 口径 beside each other, and the children who meet none of the chosen one."""
    heads = result.measured.heads
    sums = {key: int(heads[key].sum()) for key in ("is_double", "is_single", "is_national", "is_planned", "is_unmet")}
    text = w.THREE_BASES.format(
        enrolment=sums["is_double"] + sums["is_single"],
        double=sums["is_double"],
        single=sums["is_single"],
        national=sums["is_national"],
        plan=sums["is_planned"],
    )
    return text + (w.LISTED_APART.format(count=sums["is_unmet"]) if sums["is_unmet"] else "")


def _cover(result: Result, counts: Counts) -> Cover:
    facts = (
        (w.SCHOOL_LABEL, result.school_name),
        (w.CODE_LABEL, result.school_code),
        (w.MONTH_LABEL, str(result.month)),
        (w.DAY_LABEL, str(result.month.last_day)),
        (w.BASIS_LABEL, BASES[result.policy.basis]),
    )
    columns = (Out(w.FIGURE, "centred"), Out(w.DONE, "count"), Out(w.DUE, "count"), Out(w.RATE, "rate"))
    rows = []
    for figure in FIGURES:
        if figure.is_target:
            n, total = counts.school(figure.key)
            rows.append((figure.title, n, total, percent(n, total)))
    return Cover(Sheet.COVER, w.TITLE, facts, w.SIGNATURES, Block(columns, rows))


def _targets(result: Result, counts: Counts) -> Page:
    columns = (
        Out(w.FIGURE, "text", 18),
        Out(w.DUE, "count", 10),
        Out(w.DONE, "count", 10),
        Out(w.RATE, "rate", 11),
        Out(w.TARGET, "rate", 9),
        Out(w.IS_MET, "verdict", 11),
        Out(w.LAST_MONTH, "rate", 10),
        Out(w.CHANGE, "rate", 10),
        Out(w.MEANING, "wrapped", 68),
    )
    before = last_month(result)
    rows: list[tuple[Cell, ...]] = []
    for figure in sorted(FIGURES, key=lambda f: not f.is_target):
        n, total = counts.school(figure.key)
        is_open = figure.key == "in_school" and not total
        rate: Cell = NO_DENOMINATOR if is_open else Share(percent(n, total), 2, 1)
        met = verdict(n, total, is_complete=result.turnout.is_complete)
        meaning = w.MEANING_TEXT.format(n=figure.numerator, N=figure.denominator)
        last = before.get(figure.key, (0, 0))
        rows.append((figure.title, total, n, rate, w.FULL, met, percent(*last), change((n, total), last), meaning))
    notes = (coverage(result), bases(result), *compared_with(result))
    return Page(Sheet.TARGETS, Sheet.TARGETS, line(result), (Block(columns, rows, name="targets"),), notes)


_FIGURE_COLUMNS = tuple(
    out
    for key in w.CLASS_FIGURES
    for title in (BY_KEY[key].title,)
    for out in (Out(f"{title} n", "count", 6.5), Out(f"{title} N", "count", 6.5), Out(title, "rate", 8.5))
)
_COUNT_COLUMNS = tuple(Out(title, "count", 5.5) for title in w.COUNT_COLUMNS.values())


def _figure_cells(found: list[tuple[int, int]], first: int) -> tuple[Cell, ...]:
    """Return n, N and the rate of each figure; `first`: the column in which the first n stands."""
    return tuple(
        cell
        for place, (n, total) in enumerate(found)
        for cell in (n, total, Share(percent(n, total), first + 3 * place, first + 3 * place + 1))
    )


def _head_counts(frame: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int(frame[key].sum()) for key in w.COUNT_COLUMNS)


def _totals(counts: Counts, heads: pd.DataFrame, first: int) -> tuple[Cell, ...]:
    """Return the cells of 合计 below the counts and figures, as sums; `first`: the column of the first count."""
    found = _figure_cells([counts.school(key) for key in w.CLASS_FIGURES], first + len(w.COUNT_COLUMNS))
    summed = tuple(Sum(cell) if isinstance(cell, int) else cell for cell in found)
    return (*(Sum(count) for count in _head_counts(heads)), *summed)


def _grades(result: Result, counts: Counts) -> Page:
    columns = (Out(w.GRADE, "centred", 9), Out(w.TURNOUT, "centred", 7), *_COUNT_COLUMNS, *_FIGURE_COLUMNS)
    heads = result.measured.heads
    rows: list[tuple[Cell, ...]] = []
    for grade in sorted({c.place[0] for c in result.turnout.classes}):
        figures = _figure_cells([counts.grade(grade, key) for key in w.CLASS_FIGURES], 2 + len(w.COUNT_COLUMNS))
        own = heads[heads["grade"] == grade]
        rows.append((GRADES[grade - 1], _turnout_text(result, grade), *_head_counts(own), *figures))
    rows.append((w.TOTAL, _turnout_text(result, 0), *_totals(counts, heads, 2)))
    block = Block(columns, rows, total_count=1, name="grades")
    return Page(
        Sheet.GRADES,
        Sheet.GRADES,
        line(result),
        (block,),
        (coverage(result), bases(result)),
        freeze_columns=1,
    )


def _turnout_text(result: Result, grade: int) -> str:
    """Return 已交/应交 of a grade (0: the school)."""
    own = [c for c in result.turnout.classes if not grade or c.place[0] == grade]
    return f"{sum(c.state == State.HANDED_IN for c in own)}/{len(own)}"


def _classes(result: Result, counts: Counts) -> Page:
    columns = (
        Out(w.GRADE, "centred", 8),
        Out(w.CLASS, "centred", 6),
        Out(w.HEAD_TEACHER, "centred", 9),
        Out(w.TURNOUT, "centred", 7),
        *_COUNT_COLUMNS,
        *_FIGURE_COLUMNS,
    )
    heads = result.measured.heads
    rows: list[tuple[Cell, ...]] = []
    for c in result.turnout.classes:
        label = (GRADES[c.place[0] - 1], c.place[1], c.head_teacher, c.state)
        if c.state == State.HANDED_IN:
            own = heads[(heads["grade"] == c.place[0]) & (heads["number"] == c.place[1])]
            figures = _figure_cells(
                [counts.of_class(c.place, key) for key in w.CLASS_FIGURES], 4 + len(w.COUNT_COLUMNS)
            )
            rows.append((*label, *_head_counts(own), *figures))
        else:
            rows.append((*label, *([DASH] * (len(columns) - len(label)))))
    rows.append((w.TOTAL, "", "", _turnout_text(result, 0), *_totals(counts, heads, 4)))
    block = Block(columns, rows, total_count=1, name="classes")
    return Page(
        Sheet.CLASSES,
        Sheet.CLASSES,
        line(result),
        (block,),
        (coverage(result), bases(result)),
        freeze_columns=2,
    )


def _care(result: Result, counts: Counts) -> Page:
    columns = (
        Out(w.GRADE, "centred", 10),
        Out(w.CLASS, "centred", 10),
        *(Out(BY_KEY[key].title, "rate", 10.5) for key in w.CARE_FIGURES),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            GRADES[c.place[0] - 1],
            c.place[1],
            *(fraction_text(*counts.of_class(c.place, key)) for key in w.CARE_FIGURES),
        )
        for c in result.turnout.classes
    ]
    rows.append((w.TOTAL, "", *(fraction_text(*counts.school(key)) for key in w.CARE_FIGURES)))
    rows.append((w.RATE, "", *(percent(*counts.school(key)) for key in w.CARE_FIGURES)))
    potential = (
        Out(w.FIGURE, "text", 12),
        Out(w.DONE, "count", 10),
        Out(w.DUE, "count", 10),
        Out(w.RATE, "rate", 10),
    )
    of_potential: list[tuple[Cell, ...]] = []
    for figure in OF_POTENTIAL:
        n, total = counts.school(figure.key, "Q")
        of_potential.append((figure.title, n, total, Share(percent(n, total), 1, 2)))
    blocks = (
        Block(columns, rows, w.CARE_BY_CLASS, total_count=2, name="care"),
        Block(potential, of_potential, w.CARE_OF_POTENTIAL, w.POTENTIAL_NOTE, name="potential"),
    )
    return Page(Sheet.CARE, Sheet.CARE, line(result), blocks, (coverage(result),))


def _ones(result: Result, counts: Counts) -> Page:
    columns = (
        Out(w.NUMBER, "centred", 8),
        Out(w.ITEM, "text", 36),
        Out(w.DONE, "count", 10),
        Out(w.DUE, "count", 10),
        Out(w.RATE, "rate", 11),
        Out(w.EVIDENCE, "wrapped", 56),
    )
    ten: list[tuple[Cell, ...]] = []
    for number, title in TEN_ONES.items():
        n, total = counts.school(f"one_{number}")
        ten.append((number, title, n, total, Share(percent(n, total), 2, 3), TEN_EVIDENCE[number]))
    five: list[tuple[Cell, ...]] = []
    for number, (key, title) in enumerate(FIVE_ONES.items(), start=1):
        n, total = counts.school(key)
        five.append((number, title, n, total, Share(percent(n, total), 2, 3), w.FIVE_EVIDENCE))
    blocks = (
        Block(columns, ten, w.TEN_HEADING, name="ten_ones"),
        Block(columns, five, w.FIVE_HEADING, name="five_ones"),
    )
    return Page(
        Sheet.ONES,
        Sheet.ONES,
        line(result),
        blocks,
        (w.ONES_NOTE.format(start=result.year.term_start, end=result.year.counted_to),),
    )


def score_page(result: Result) -> Page:
    """Return the sheet 班级考核: points before rescaling, the total rescaled to 100."""
    columns = (
        Out(w.RANK, "count", 6),
        Out(w.GRADE, "centred", 9),
        Out(w.CLASS, "centred", 7),
        *(Out(item.title, "score", 9.5) for item in result.policy.rubric),
        Out(w.SUM, "score", 8),
        Out(w.VERDICT, "centred", 10),
    )
    rows: list[tuple[Cell, ...]] = []
    for score in result.scores:
        points = tuple(DASH if p is None else services.points_cell(p) for p in score.points)
        total = DASH if score.total is None else score.total
        rank = DASH if score.rank is None else score.rank
        rows.append((rank, GRADES[score.place[0] - 1], score.place[1], *points, total, score.verdict))
    full = w.AND.join(f"{item.title} {float(item.points):g}" for item in result.policy.rubric)
    notes = (
        w.SCORE_NOTE.format(full=full),
        w.VERDICT_NOTE.format(top=float(result.policy.top_score), low=float(result.policy.pass_score)),
    )
    block = Block(columns, rows, name="scores")
    return Page(Sheet.SCORES, Sheet.SCORES, line(result), (block,), notes, freeze_columns=3)


def _lacking(result: Result) -> Page:
    columns = (
        Out(w.GRADE, "centred", 9),
        Out(w.CLASS, "centred", 8),
        Out(w.PUPIL, "centred", 12),
        Out(w.FIGURE, "centred", 16),
        Out(w.LACK, "wrapped", 50),
    )
    rows: list[tuple[Cell, ...]] = []
    for grade, number, name, figure, lack in lacking_rows(result):
        shown = mask_name(name) if result.policy.masked and name != ALL_PUPILS else name
        rows.append((GRADES[grade - 1], number, shown, BY_KEY[figure].title, lack))
    notes = (w.LACKING_NOTE,)
    block = Block(columns, rows, name="lacking")
    return Page(Sheet.LACKING, Sheet.LACKING, line(result), (block,), notes, is_landscape=False, has_filter=True)


@lru_cache(maxsize=1)
def lacking_rows(result: Result) -> list[tuple[int, int, str, str, str]]:
    """Return (grade, class, name, figure, what is lacking) of all who fail a figure; 全体 stands for a whole class."""
    tally = result.measured.tally
    shown = tally[(tally["over"] == "L") & (tally["n"] < tally["N"]) & (tally["grade"] > 0)]
    shown = shown[shown["figure"].isin([figure.key for figure in FIGURES if figure.key != "rows_clean"])]
    names = result.measured.people["name"]
    order = {figure.key: place for place, figure in enumerate(FIGURES)}
    rows = [
        (int(grade), int(number), str(names.at[child]) if child >= 0 else ALL_PUPILS, figure, str(lack))
        for grade, number, child, figure, lack in shown[["grade", "number", "child", "figure", "lack"]].itertuples(
            index=False
        )
    ]
    return sorted(set(rows), key=lambda row: (row[0], row[1], row[2], order[row[3]], row[4]))
