"""What the bureau's sheets count: targets, grades, classes, care, 十个一, and the cover's short table.

Rows of a grade or a class know n, N and the rate of every figure and every head count: a layout shows those it has
columns for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from pipeline.children.turnout import ClassTurnout
from pipeline.publishing.book import Rows
from pipeline.publishing.cells import Calc, Cell, Cells, Ref, Share, Sum
from pipeline.publishing.counts import Counts, fraction_text, verdict
from pipeline.publishing.held_back import held_back, names_of
from pipeline.publishing.trend import change, last_month, like_for_like
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as w
from schemas.bureau_layout import due_of, n_of
from schemas.codes import DASH, GRADES
from schemas.figures import FIGURES, OF_POTENTIAL
from schemas.ones import FIVE_ONES, TEN_EVIDENCE, TEN_ONES
from schemas.verdicts import NO_DENOMINATOR, State


def tables(result: Result, counts: Counts) -> dict[str, Rows]:
    """Return the rows of these tables by their keys."""
    return {
        "highlights": _highlights(counts),
        "targets": _targets(result, counts),
        "grades": _grades(result, counts),
        "classes": _classes(result, counts),
        "care": _care(result, counts),
        "potential": Rows(
            [{"figure": figure.title, **_parts(counts.school(figure.key, "Q"))} for figure in OF_POTENTIAL]
        ),
        **_ones(counts),
    }


def _parts(share: tuple[int, int]) -> Cells:
    """Return n, N and the rate of one figure a row."""
    return {"done": share[0], "due": share[1], "rate": Share(percent(*share), "done", "due")}


def _highlights(counts: Counts) -> Rows:
    rows: list[Cells] = []
    for figure in FIGURES:
        if figure.is_target:
            n, total = counts.school(figure.key)
            rows.append({"figure": figure.title, "done": n, "due": total, "rate": percent(n, total)})
    return Rows(rows)


def _targets(result: Result, counts: Counts) -> Rows:
    before, alike = last_month(result), like_for_like(result)
    rows: list[Cells] = []
    for figure in sorted(FIGURES, key=lambda f: not f.is_target):
        n, total = counts.school(figure.key)
        last = before.get(figure.key, (0, 0))
        row: Cells = {
            **_parts((n, total)),
            "figure": figure.title,
            "target": w.FULL,
            "is_met": verdict(n, total, is_complete=result.turnout.is_complete),
            "last_month": percent(*last),
            "change": change(*alike.get(figure.key, ((0, 0), (0, 0)))),
            "short": _short(len(rows), n, total),
            "where": names_of(held_back(result, counts, figure.key)),
            "meaning": w.MEANING_TEXT.format(n=figure.numerator, N=figure.denominator),
        }
        is_open = figure.key == "in_school" and not total
        rows.append(row | ({"rate": NO_DENOMINATOR} if is_open else {}))
    return Rows(rows)


def _short(row: int, n: int, total: int) -> Cell:
    """Return how many are lacking, as a formula."""
    return Calc("={0}-{1}", (Ref("targets", row, "due"), Ref("targets", row, "done")), total - n)


def figure_cells(of: Callable[[str], tuple[int, int]], figures: tuple[str, ...]) -> Cells:
    """Return n, N and the rate of figures, by the keys of their columns."""
    cells: Cells = {}
    for key in figures:
        n, due = of(key)
        cells |= {n_of(key): n, due_of(key): due, key: Share(percent(n, due), n_of(key), due_of(key))}
    return cells


_ALL = tuple(figure.key for figure in FIGURES)


def _numbers(of: Callable[[str], tuple[int, int]], heads: pd.DataFrame) -> Cells:
    """Return every head count and figure of a class or grade."""
    return {**{key: int(heads[key].sum()) for key in w.COUNT_COLUMNS}, **figure_cells(of, _ALL)}


def _totals(result: Result, counts: Counts) -> Cells:
    """Return 合计 below the counts and figures, as sums."""
    return {key: as_sum(cell) for key, cell in _numbers(counts.school, result.measured.heads).items()}


def as_sum(cell: Cell) -> Cell:
    """Return a count as the sum of the rows above it."""
    return Sum(cell) if isinstance(cell, int) else cell


def _grades(result: Result, counts: Counts) -> Rows:
    heads = result.measured.heads
    rows: list[Cells] = []
    for grade in sorted({c.place[0] for c in result.turnout.classes}):
        label: Cells = {"grade": GRADES[grade - 1], "turnout": _turnout_text(result, grade)}
        own = heads[heads["grade"] == grade]
        rows.append(label | _numbers(partial(counts.grade, grade), own))
    total: Cells = {"grade": w.TOTAL, "turnout": _turnout_text(result, 0)}
    return Rows(rows, [total | _totals(result, counts)])


def _turnout_text(result: Result, grade: int) -> str:
    """Return 已交/应交 of a grade (0: the school)."""
    own = [c for c in result.turnout.classes if not grade or c.place[0] == grade]
    return f"{sum(c.state == State.HANDED_IN for c in own)}/{len(own)}"


def class_label(c: ClassTurnout) -> Cells:
    """Return the cells that say which class a row is about."""
    return {"grade": GRADES[c.place[0] - 1], "class": c.place[1], "head_teacher": c.head_teacher, "turnout": c.state}


def _classes(result: Result, counts: Counts) -> Rows:
    rows = [class_label(c) | _class_numbers(result, counts, c) for c in result.turnout.classes]
    label: Cells = {"grade": w.TOTAL, "class": "", "head_teacher": "", "turnout": _turnout_text(result, 0)}
    return Rows(rows, [label | _totals(result, counts)])


def _class_numbers(result: Result, counts: Counts, c: ClassTurnout) -> Cells:
    heads = result.measured.heads
    own = heads[(heads["grade"] == c.place[0]) & (heads["number"] == c.place[1])]
    found = _numbers(partial(counts.of_class, c.place), own)
    return found if c.state == State.HANDED_IN else dict.fromkeys(found, DASH)


def _care(result: Result, counts: Counts) -> Rows:
    rows = [
        class_label(c) | {key: fraction_text(*counts.of_class(c.place, key)) for key in _ALL}
        for c in result.turnout.classes
    ]
    sums: Cells = {key: fraction_text(*counts.school(key)) for key in _ALL}
    rates: Cells = {key: percent(*counts.school(key)) for key in _ALL}
    return Rows(rows, [{"grade": w.TOTAL, "class": "", **sums}, {"grade": w.RATE, "class": "", **rates}])


def _ones(counts: Counts) -> dict[str, Rows]:
    """Return 十个一 and 五个一, a row each."""
    ten: list[Cells] = [
        {"number": number, "item": title, **_parts(counts.school(f"one_{number}")), "evidence": TEN_EVIDENCE[number]}
        for number, title in TEN_ONES.items()
    ]
    five: list[Cells] = [
        {"number": number, "item": title, **_parts(counts.school(key)), "evidence": w.FIVE_EVIDENCE}
        for number, (key, title) in enumerate(FIVE_ONES.items(), start=1)
    ]
    return {"ten_ones": Rows(ten), "five_ones": Rows(five)}
