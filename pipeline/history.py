"""What earlier months left beside this one's report: explanations, and the standings of classes and teachers.

The reports lie side by side, named by month. What can't be read is said, and the run goes on with the rest.
"""

from __future__ import annotations

import glob
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.explanations import Explained, Ledger
from pipeline.model import Month
from schemas import operator_words as words
from schemas.class_names import class_text
from schemas.codes import TARGET_CLASS, TARGET_TEACHER
from schemas.folders import DATA
from schemas.verdicts import ELIGIBLE_NOT

if TYPE_CHECKING:
    from pipeline.result import Result

LEDGER_FILE, STANDINGS_FILE = "explanations.parquet", "standings.parquet"
_LEDGER_COLUMNS = ("key", "rule", "place", "month", "words")
_STANDING_COLUMNS = ("kind", "name", "total", "rank", "is_flagged")


@dataclass(frozen=True)
class Standing:
    """A class or teacher in one month: the total, the rank, and whether a confirmed red flag barred it."""

    total: Decimal
    rank: int
    is_flagged: bool


Standings = Mapping[tuple[str, str], Standing]  # (班级 or 教师, name) → how it stood


@dataclass(frozen=True)
class History:
    """`ledger`: what was explained so far; `standings`: month → standings, of the earlier months of the 学年."""

    ledger: Ledger = field(default_factory=dict)
    standings: Mapping[str, Standings] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def read_history(target: Path, month: Month) -> History:
    """Return what the reports beside `target` hold. An earlier run of the same month adds its explanations alone."""
    start = f"{month.year if month.number >= 9 else month.year - 1}-09"
    prefix = target.name.removesuffix(str(month))
    ledger: dict[str, Explained] = {}
    standings: dict[str, Standings] = {}
    remarks: list[str] = []
    for folder in sorted(target.parent.glob(f"{glob.escape(prefix)}????-??")):
        name = folder.name.removeprefix(prefix)
        if name > str(month):
            continue
        rows = _rows(folder / DATA / LEDGER_FILE, _LEDGER_COLUMNS, words.LEDGER_UNREADABLE, name, remarks)
        ledger |= {str(row[0]): Explained(*map(str, row[1:])) for row in rows}
        if start <= name < str(month):
            found = _rows(folder / DATA / STANDINGS_FILE, _STANDING_COLUMNS, words.STANDINGS_UNREADABLE, name, remarks)
            standings[name] = {
                (str(kind), str(who)): Standing(Decimal(str(total)), int(rank), bool(flagged))
                for kind, who, total, rank, flagged in found
            }
    return History(ledger, standings, tuple(remarks))


def _rows(path: Path, columns: tuple[str, ...], told: str, month: str, remarks: list[str]) -> list[Any]:
    if not path.is_file():
        return []
    try:
        return list(pd.read_parquet(path, columns=list(columns)).itertuples(index=False))
    except (OSError, ValueError, KeyError):
        remarks.append(told.format(month=month))
        return []


def ledger_frame(ledger: Ledger) -> pd.DataFrame:
    """Return the ledger as it is kept: one row an explanation."""
    rows = [(key, e.rule, e.place, e.month, e.words) for key, e in sorted(ledger.items())]
    return pd.DataFrame(rows, columns=list(_LEDGER_COLUMNS), dtype="str")


def standings_of(result: Result) -> Standings:
    """Return how the classes and teachers that are ranked stand this month."""
    found: dict[tuple[str, str], Standing] = {}
    for score in result.scores:
        if score.total is not None and score.rank is not None:
            key = (TARGET_CLASS, class_text(score.place))
            found[key] = Standing(score.total, score.rank, score.verdict == ELIGIBLE_NOT)
    for own in result.teacher_scores:
        found[TARGET_TEACHER, own.name] = Standing(own.total, own.rank, own.verdict == ELIGIBLE_NOT)
    return found


def standings_frame(result: Result) -> pd.DataFrame:
    """Return the standings as they are kept: one row a class or teacher, the total as text, so that it stays exact."""
    rows = [
        (kind, name, str(own.total), own.rank, own.is_flagged) for (kind, name), own in standings_of(result).items()
    ]
    frame = pd.DataFrame(rows, columns=list(_STANDING_COLUMNS))
    return frame.astype({"kind": "str", "name": "str", "total": "str", "rank": "int64", "is_flagged": "bool"})
