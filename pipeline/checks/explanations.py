"""Explanations (说明): a warning that a teacher explained stays settled until its value changes (contract §6).

Each problem has a key made of its rule, the person (or class) it is about and the value, never of a row number. It
stands in a hidden column of 退回说明, comes back with the words, and is kept with the month's data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.children.people import citizen_numbers
from pipeline.filled import Filled
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Submission
from pipeline.months.ledger import Explained, Ledger
from schemas import rules
from schemas.cells import as_text
from schemas.class_names import class_text
from schemas.rules import NOTE, WARNING


def settle(
    issues: Sequence[Issue], submissions: Sequence[Submission], merged: Merged, month: Month, earlier: Ledger
) -> tuple[list[Issue], Ledger]:
    """Return the issues with their keys and explanations, and the ledger with what this month's files say."""
    key_of = _Keys(merged, submissions)
    keyed = [issue if issue.rule.level == NOTE else replace(issue, key=key_of(issue)) for issue in issues]
    ledger = dict(earlier)
    said = {key: (s, words) for s in submissions for key, words in s.explanations.items()}
    rule_of = {issue.key: issue.rule.code for issue in keyed}
    for key, (submission, words) in said.items():
        known = ledger.get(key)
        if known and known.words == words:
            continue
        if known or (words and key in rule_of):  # a key that no problem has any more is old news
            code = known.rule if known else rule_of[key]
            ledger[key] = Explained(code, _place(submission), str(month), words)
    return [_explained(issue, ledger.get(issue.key)) for issue in keyed], ledger


def _explained(issue: Issue, entry: Explained | None) -> Issue:
    """Return the issue with the words that settle it; an error can't be explained away."""
    return replace(issue, explained=entry.words) if entry and issue.rule.level == WARNING else issue


def _place(submission: Submission) -> str:
    if submission.grade and submission.number:
        return class_text((submission.grade, submission.number))
    return submission.form or submission.file.sha256


class _Keys:
    """Gives each problem its key: rule, table, column, person, value as typed and what it is held against."""

    def __init__(self, merged: Merged, submissions: Sequence[Submission]) -> None:
        self._merged, self._submissions = merged, submissions
        self._table_of = {
            (file, title): key for key, filled in merged.tables.items() for file, title in filled.titles.items()
        }
        self._rows: dict[str, dict[tuple[int, int], int]] = {}
        self._people: list[str] | None = None

    def __call__(self, issue: Issue) -> str:
        key = self._table_of.get((issue.file, issue.sheet), "")
        index = self._index(key, issue) if key and issue.row else None
        if index is None:
            person = _place(self._submissions[issue.file]) if issue.file >= 0 else ""
            typed = issue.typed
        else:
            filled = self._merged.tables[key]
            person = self._person(key, filled, index)
            typed = _typed(filled, issue, index)
        about = (issue.rule.code, key or issue.sheet, issue.title, person, typed, str(issue.words.get("want", "")))
        return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:20]

    def _index(self, key: str, issue: Issue) -> int | None:
        if key not in self._rows:
            values = self._merged.tables[key].values
            places = zip(values["file"], values["row"], strict=True)
            self._rows[key] = {place: index for index, place in enumerate(places)}
        return self._rows[key].get((issue.file, issue.row))

    def _person(self, key: str, filled: Filled, index: int) -> str:
        tied = self._merged.pupil_child if key == "pupils" else self._merged.child_of.get(key)
        child = -1 if tied is None else int(tied.iat[index])
        if child >= 0:
            return self._known()[child]
        names = [column.key for column in filled.table.columns if column.kind.is_name]
        own = names[:1] or list(filled.table.keys)
        return "\x1e".join(as_text(filled.raw[name][index]) for name in own)

    def _known(self) -> list[str]:
        if self._people is None:
            values = self._merged.tables["pupils"].values
            births = values["birth_date"].astype("str")
            self._people = [
                number or _text(student_no) or f"{_text(name)}|{birth}"
                for number, student_no, name, birth in zip(
                    citizen_numbers(values), values["student_no"], values["name"], births, strict=True
                )
            ]
        return self._people


def _typed(filled: Filled, issue: Issue, index: int) -> str:
    keys = [column.key for column in filled.table.columns if column.title == issue.title]
    return as_text(filled.raw[keys[0]][index]) if keys else issue.typed


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def beside_others(issues: Sequence[Issue]) -> list[Issue]:
    """Return the issues; a note whose cell has to be mended or filled all the same says so, not that all is done."""
    to_do = {
        (i.file, i.sheet, i.row, i.column)
        for i in issues
        if i.column and (i.rule.level == rules.ERROR or i.rule is rules.TO_COMPLETE)
    }
    return [
        replace(i, is_settled_elsewhere=True)
        if i.rule.level == rules.NOTE
        and i.rule is not rules.TO_COMPLETE
        and (i.file, i.sheet, i.row, i.column) in to_do
        else i
        for i in issues
    ]
