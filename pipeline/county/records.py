"""One school as a row of numbers: taken from its bureau workbook, or from the row of a roll-up below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.county.bureau_reader import BureauReport
from schemas import county_words as w
from schemas import rules
from schemas.bureau_layout import COUNT_COLUMNS, came, due_of, n_of, went
from schemas.bureau_words import UNBALANCED
from schemas.codes import CHANGES_IN, CHANGES_OUT, YES
from schemas.county_layout import COUNTED, MONEY, ROWS, SHARES, VERDICTS
from schemas.figures import FIGURES, OF_POTENTIAL
from schemas.ones import FIVE_ONES, TEN_ONES
from schemas.verdicts import State

Number = int | Decimal


@dataclass(frozen=True)
class School:
    """One school of a month. `numbers`: key (`county_layout`) → count or sum; empty where it has not handed in, and
    without what a workbook of an older version does not have.

    `state`, `reason`: how it stands and why. `received`: the day, as 2026-11-05 ("": not known), `received_by` what
    says so, `late_days` after the day it was due. `classes_in`, `classes_lacking`: as they are written, the latter with
    their state. `faults`: what does not add up; `problems`: (rule, count) of its errors and warnings, most first; both
    only of a school's own workbook. `file`: the workbook it was read from; `is_below`: which is a roll-up.
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
    received: str = ""
    received_by: str = ""
    late_days: int = 0
    classes_in: str = ""
    classes_lacking: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    problems: tuple[tuple[str, int], ...] = ()
    file: Path | None = None
    is_below: bool = False

    def count(self, key: str) -> int:
        """Return a count; 0 where it is not there."""
        return int(self.numbers.get(key, 0))

    @property
    def fault_count(self) -> int:
        """How many things do not add up: printed totals, added up anew, and the school's own relations."""
        return self.count("unbalanced") + self.count("faults")

    @property
    def not_reported(self) -> tuple[str, ...]:
        """Return the figures that the workbook, of an older version, does not have."""
        own = self.numbers
        return tuple(title for key, title in SHARES.items() if self.counts and due_of(key) not in own)

    def share(self, key: str) -> tuple[int, int]:
        """Return n and N of a figure."""
        return self.count(n_of(key)), self.count(due_of(key))

    @property
    def counts(self) -> bool:
        return self.state in w.COUNTING

    @property
    def is_whole(self) -> bool:
        """Tell whether it counts with every class."""
        return self.state in w.WHOLE


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
    done = [row for row in classes if row["turnout"] == State.HANDED_IN]
    numbers: dict[str, Number] = {"classes_due": len(classes), "classes_done": len(done)}
    numbers |= {key: whole(total[key]) for key in COUNT_COLUMNS}
    numbers |= _shares(report) | _balance(report) | _scores(report) | _quality(report) | _moved(report)
    meta = report.meta
    faults = tuple(_faults(report))
    numbers["faults"] = len(faults)
    return School(
        meta.get("school_code", ""),
        meta.get("school_name", ""),
        basis=meta.get("basis", ""),
        is_complete=meta.get("complete") == YES,
        numbers=numbers,
        classes_in=w.AND.join(map(_class, done)),
        classes_lacking=tuple(_lacking(row) for row in classes if row["turnout"] != State.HANDED_IN),
        faults=faults,
        problems=tuple(_problems(report)),
    )


def _class(row: Mapping[str, Any]) -> str:
    """Return a class as it is written; its grade alone where the number is none."""
    number = row.get("class")
    return w.CLASS.format(grade=row.get("grade", ""), number=int(number) if isinstance(number, float) else number)


def _lacking(row: Mapping[str, Any]) -> str:
    state = str(row["turnout"])
    return _class(row) + (w.IN_BRACKETS.format(text=state) if state != State.MISSING else "")


def _faults(report: BureauReport) -> Iterator[str]:
    """Yield what does not add up: the school's own relations, and classes whose 在册 does not go on."""
    for row in report.rows("crossfoot"):
        if row.get("in_balance") == UNBALANCED:
            yield w.FAULT_SIDES.format(relation=row["relation"], left=_shown(row["left"]), right=_shown(row["right"]))
    for row in report.rows("balance"):
        if row.get("in_balance") == UNBALANCED:
            yield w.FAULT_ROLL.format(name=_class(row))


def _shown(cell: Any) -> str:
    return f"{cell:g}" if isinstance(cell, int | float) else str(cell)


def _problems(report: BureauReport) -> Iterator[tuple[str, int]]:
    """Yield (rule, count) of errors and warnings that this program knows, most first: no text of the file's own."""
    rows = [(str(row["rule"]), whole(row["count"])) for row in report.rows("problems")]
    known = [(code, n) for code, n in rows if code in rules.BY_CODE and rules.BY_CODE[code].level != rules.NOTE]
    yield from sorted(known, key=lambda own: (-own[1], own[0]))


_MOVED = {"moved_found": rules.FOUND_ELSEWHERE, "moved_missing": rules.VANISHED, "moved_double": rules.AT_TWO_SCHOOLS}


def _moved(report: BureauReport) -> dict[str, Number]:
    """Count children who changed school by what was told of them (`pipeline/months/elsewhere.py`)."""
    told = {str(row["rule"]): whole(row["count"]) for row in report.rows("problems")}
    return {key: told.get(rule.code, 0) for key, rule in _MOVED.items()}


def shares_of(rows: Iterable[Mapping[str, Any]], of_row: Mapping[Any, str], by: str) -> dict[str, tuple[int, int]]:
    """Return share → (n, N). `of_row`: what stands in the column `by` → the share; rows of others are passed over."""
    return {of_row[row[by]]: (whole(row["done"]), whole(row["due"])) for row in rows if row[by] in of_row}


KEY_OF_TITLE = {figure.title: figure.key for figure in FIGURES}


def _shares(report: BureauReport) -> dict[str, Number]:
    potential = {figure.title: f"potential_{figure.key}" for figure in OF_POTENTIAL}
    found = {
        **shares_of(report.rows("targets"), KEY_OF_TITLE, "figure"),
        **shares_of(report.rows("potential"), potential, "figure"),
        **shares_of(report.rows("ten_ones"), {number: f"one_{number}" for number in TEN_ONES}, "number"),
        **shares_of(report.rows("five_ones"), dict(enumerate(FIVE_ONES, start=1)), "number"),
    }
    return {of(key): count for key, share in found.items() for of, count in zip((n_of, due_of), share, strict=True)}


def _balance(report: BureauReport) -> dict[str, Number]:
    rows = report.rows("balance", totals=True)
    total = rows[-1] if rows else {}
    return {
        "roll_before": whole(total.get("last_roll")),
        "roll_in": sum(whole(total.get(came(kind))) for kind in CHANGES_IN),
        "roll_out": sum(whole(total.get(went(kind))) for kind in CHANGES_OUT),
        "roll_now": whole(total.get("this_roll")),
    }


def _scores(report: BureauReport) -> dict[str, Number]:
    rows = report.rows("scores")
    totals = [money(row["total"]) for row in rows if isinstance(row["total"], int | float)]
    verdicts = [row["verdict"] for row in rows]
    found: dict[str, Number] = {"scored": len(totals), "score_sum": sum(totals, Decimal(0))}
    return found | {key: verdicts.count(verdict) for key, verdict in VERDICTS.items()}


def _quality(report: BureauReport) -> dict[str, Number]:
    rows, gifts = report.rows("quality"), report.rows("donations")
    found: dict[str, Number] = {key: sum(whole(row[key]) for row in rows) for key in ROWS}
    found["beneficiaries"] = sum(whole(row["beneficiaries"]) for row in gifts)
    found |= {key: sum((money(row[key]) for row in gifts), Decimal(0)) for key in ("amount", "insured")}
    return found | {"unbalanced": _unbalanced(report)}


def _unbalanced(report: BureauReport) -> int:
    """Count the printed totals of classes and grades that are not the sums of their own rows, added up anew."""
    wrong = 0
    for name in ("classes", "grades"):
        rows = report.rows(name, totals=True)
        for key in rows[-1] if rows else ():
            if key in _SUMMED:
                wrong += whole(rows[-1][key]) != sum(whole(row[key]) for row in rows[:-1])
    return wrong


_SUMMED = frozenset((*COUNT_COLUMNS, *(of(figure.key) for figure in FIGURES for of in (n_of, due_of))))


# --- the row of a roll-up ------------------------------------------------------------------------------------------


def schools_of(report: BureauReport) -> list[School]:
    """Return the schools of a roll-up: those that handed in with their numbers, the others with their state."""
    numbers = {str(row["code"]): row for row in report.rows("schools")}
    found = []
    for row in report.rows("turnout"):
        school = _told(row)
        own = numbers.get(school.code)
        if not school.counts or own is None:
            found.append(school)
            continue
        there = {key for key, cell in own.items() if isinstance(cell, int | float)}
        counts: dict[str, Number] = {key: whole(own[key]) for key in COUNTED if key in there}
        counts |= {key: money(own[key]) for key in MONEY if key in there}
        found.append(
            replace(
                school,
                basis=_text(own["basis"]),
                is_complete=own["is_complete"] == YES,
                numbers=counts,
                classes_in=_text(own.get("classes_in")),
            )
        )
    return found


def _told(row: Mapping[str, Any]) -> School:
    """Return what a roll-up says of a school besides its numbers; an older one says less."""
    code, name, county, town, state, reason = (_text(row[key]) for key in _OF_TURNOUT)
    return School(
        code,
        name,
        county,
        town,
        state=state,
        reason=reason,
        received=_text(row.get("received")),
        received_by=_text(row.get("received_by")),
        late_days=whole(row.get("late_days")),
        classes_lacking=tuple(name for name in _text(row.get("missing")).split(w.AND) if name),
        is_below=True,
    )


def _text(cell: Any) -> str:
    """Return a text as read; — is none."""
    return "" if cell in (None, w.DASH) else str(cell)


_OF_TURNOUT = ("code", "name", "county", "town", "state", "reason")
