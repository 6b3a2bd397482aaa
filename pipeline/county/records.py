"""One school as a row of numbers: taken from its bureau workbook, or from the row of a roll-up below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.county.bureau_reader import BureauReport
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.bureau_words import COUNT_COLUMNS
from schemas.codes import CHANGES_IN, CHANGES_OUT, YES
from schemas.verdicts import State

Number = int | Decimal


@dataclass(frozen=True)
class School:
    """One school of a month. `numbers`: column → count or sum; empty where it has not handed in, and without what a
    workbook of an older version does not have.

    `state`, `reason`: whether its workbook counts, and why not.
    """

    code: str
    name: str
    county: str = ""
    town: str = ""
    state: str = w.State.HANDED_IN
    reason: str = ""
    basis: str = ""
    is_complete: bool = False
    numbers: Mapping[str, Number] = field(default_factory=dict)

    def count(self, key: str) -> int:
        """Return a count; 0 where it is not there."""
        return int(self.numbers.get(key, 0))

    @property
    def not_reported(self) -> tuple[str, ...]:
        """Return the figures that the workbook, of an older version, does not have."""
        own = self.numbers
        return tuple(title for title in w.SHARES if self.counts and w.DUE_OF.format(title=title) not in own)

    @property
    def counts(self) -> bool:
        return self.state == w.State.HANDED_IN


def whole(cell: Any) -> int:
    """Return a count as read; — and an empty cell are 0."""
    return int(cell) if isinstance(cell, int | float) else 0


def money(cell: Any) -> Decimal:
    """Return a sum as read, to the cent; — and an empty cell are 0."""
    return Decimal(f"{cell:.2f}") if isinstance(cell, int | float) else Decimal(0)


def school_of(report: BureauReport) -> School:
    """Return the row of a school's own workbook."""
    classes = report.rows("classes")
    total = report.rows("classes", totals=True)[-1]
    done = [row for row in classes if row[b.TURNOUT] == State.HANDED_IN]
    numbers: dict[str, Number] = {w.CLASSES_DUE: len(classes), w.CLASSES_DONE: len(done)}
    numbers |= {title: whole(total[title]) for title in COUNT_COLUMNS.values()}
    numbers |= _shares(report)
    numbers |= _balance(report) | _scores(report) | _quality(report)
    meta = report.meta
    return School(
        meta.get("school_code", ""),
        meta.get("school_name", ""),
        basis=meta.get("basis", ""),
        is_complete=meta.get("complete") == YES,
        numbers=numbers,
    )


def _shares(report: BureauReport) -> dict[str, Number]:
    found: dict[str, Number] = {}

    def put(title: str, n: Any, due: Any) -> None:
        found[w.DONE_OF.format(title=title)] = whole(n)
        found[w.DUE_OF.format(title=title)] = whole(due)

    for row in report.rows("targets"):
        put(str(row[b.FIGURE]), row[b.DONE], row[b.DUE])
    for row in report.rows("potential"):
        put(w.POTENTIAL_OF.format(title=row[b.FIGURE]), row[b.DONE], row[b.DUE])
    for name, titles in (("ten_ones", w.TEN_TITLES), ("five_ones", w.FIVE_TITLES)):
        for title, row in zip(titles, report.rows(name), strict=False):
            put(title, row[b.DONE], row[b.DUE])
    return found


def _balance(report: BureauReport) -> dict[str, Number]:
    rows = report.rows("balance", totals=True)
    total = rows[-1] if rows else {}
    came = sum(whole(total.get(b.MORE.format(kind=kind))) for kind in CHANGES_IN)
    went = sum(whole(total.get(b.LESS.format(kind=kind))) for kind in CHANGES_OUT)
    last, now = whole(total.get(b.LAST_ROLL)), whole(total.get(b.THIS_ROLL))
    return {w.ROLL_BEFORE: last, w.ROLL_IN: came, w.ROLL_OUT: went, w.ROLL_NOW: now}


def _scores(report: BureauReport) -> dict[str, Number]:
    rows = report.rows("scores")
    totals = [money(row[b.SUM]) for row in rows if isinstance(row[b.SUM], int | float)]
    verdicts = [row[b.VERDICT] for row in rows]
    found: dict[str, Number] = {w.SCORED: len(totals), w.SCORE_SUM: sum(totals, Decimal(0))}
    return found | {w.VERDICT_OF.format(verdict=v): verdicts.count(v) for v in w.VERDICTS}


def _quality(report: BureauReport) -> dict[str, Number]:
    rows = report.rows("quality")
    keys = (w.ROWS, w.CLEAN, w.ERRORS, w.WARNINGS, w.NOTED)
    found: dict[str, Number] = {key: sum(whole(row[key]) for row in rows) for key in keys}
    gifts = report.rows("donations")
    _, _, _, amount, people, insured = b.DONATION_COLUMNS
    found[w.BENEFICIARIES] = sum(whole(row[people]) for row in gifts)
    found[w.AMOUNT] = sum((money(row[amount]) for row in gifts), Decimal(0))
    found[w.INSURED] = sum((money(row[insured]) for row in gifts), Decimal(0))
    return found | {w.UNBALANCED: _unbalanced(report)}


def _unbalanced(report: BureauReport) -> int:
    """Count the printed totals of classes and grades that are not the sums of their own rows, added up anew."""
    wrong = 0
    for name in ("classes", "grades"):
        rows = report.rows(name, totals=True)
        for title in rows[-1] if rows else ():
            if title in COUNT_COLUMNS.values() or title.endswith((" n", " N")):
                wrong += whole(rows[-1][title]) != sum(whole(row[title]) for row in rows[:-1])
    return wrong


# --- the row of a roll-up ------------------------------------------------------------------------------------------


def schools_of(report: BureauReport) -> list[School]:
    """Return the schools of a roll-up: those that handed in with their numbers, the others with their state."""
    turnout = report.rows("turnout")
    numbers = {str(row[w.CODE]): row for row in report.rows("schools")}
    found = []
    for row in turnout:
        code, state = str(row[w.CODE]), str(row[w.STATE])
        place = (code, str(row[w.NAME]), str(row[w.COUNTY]), str(row[w.TOWN]))
        own = numbers.get(code)
        if state != w.State.HANDED_IN or own is None:
            found.append(School(*place, state=state, reason=str(row[w.REASON])))
            continue
        there = {key for key, cell in own.items() if isinstance(cell, int | float)}
        counts: dict[str, Number] = {key: whole(own[key]) for key in w.COUNTED if key in there}
        counts |= {key: money(own[key]) for key in w.MONEY if key in there}
        is_complete = own[w.IS_COMPLETE] == YES
        found.append(School(*place, basis=str(own[w.BASIS]), is_complete=is_complete, numbers=counts))
    return found
