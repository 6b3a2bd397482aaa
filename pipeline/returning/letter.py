"""退回说明, the first sheet of a returned workbook: whose cell it is, what he typed, and what to do, the worst first.

It is the teacher's own workbook: names and values stand as he typed them. What is masked is what leaves the school.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.excel.parts import Letter, ListLine
from pipeline.filled import Filled, Tables, shown_as
from pipeline.model import Issue, Month, Submission
from pipeline.months.ledger import Ledger
from schemas import letter_words as w
from schemas.cells import as_typed
from schemas.class_names import class_text
from schemas.figures import DECIDING
from schemas.hint_words import ONLY_THERE
from schemas.rules import (
    ERROR,
    FILLED_DOWN,
    LEVELS,
    NO_PHONE,
    NOTE,
    NOTHING_ABOVE,
    NOTHING_SAID,
    TO_COMPLETE,
    WARNING,
)
from schemas.tables import COVER_SHEET, RETURN_SHEET

Group = tuple[str, str, str]  # the code of the rule, sheet, title of the column
_FILLED_SINCE = (FILLED_DOWN, NOTHING_ABOVE)  # where the cell above was put into its place
_SAID_BY = ((NOTHING_SAID, TO_COMPLETE), (TO_COMPLETE, NO_PHONE))  # a note, and what says it as well
_NAMED_FIRST = 3
_LONGEST = 200  # characters of a cell that are shown


@dataclass(frozen=True)
class About:
    """The month that a letter is about: its tables, what was explained so far, the stamp of an example."""

    month: Month
    tables: Tables
    ledger: Ledger
    stamp: str = ""


def letter_of(about: About, submission: Submission, issues: Sequence[Issue], how_to: str) -> Letter:
    """Return the letter about a file. What was only repaired stands once a column, its other lines folded away."""
    issues = _each_once(issues)
    counts = Counter(issue.rule.level for issue in issues if not issue.explained)
    explained = sum(bool(issue.explained) for issue in issues)
    is_class = submission.grade and submission.number
    where = class_text((submission.grade, submission.number)) if is_class else submission.file.name
    read = w.READ_WITH_ERRORS if counts[ERROR] else w.READ_WITH_WARNINGS
    heading = (
        w.STAMP.format(stamp=about.stamp) * bool(about.stamp) + w.HEADING.format(where=where, month=about.month),
        w.COUNTS.format(errors=counts[ERROR], warnings=counts[WARNING], notes=counts[NOTE])
        + (w.COUNT_EXPLAINED.format(count=explained) if explained else ""),
        w.STATES[submission.state] if submission.state else read,
        how_to,
        w.HOW_TO_EXPLAIN,
        *_first_of_all(issues, _Own(about, submission)),
    )
    return Letter(
        RETURN_SHEET, heading, w.COLUMNS, tuple(_lines(about, submission, issues)), w.WIDTHS, w.HIDDEN_COLUMNS
    )


def as_typed_by_him(about: About, submission: Submission, issues: Sequence[Issue]) -> list[Issue]:
    """Return the issues of a file, quoting what its teacher typed: in his own workbook nothing is masked."""
    own = _Own(about, submission)
    return [
        replace(issue, typed=own.typed(issue), words={**issue.words, **issue.words.get("own", {})}) for issue in issues
    ]


def _each_once(issues: Sequence[Issue]) -> list[Issue]:
    """Return the issues without a note at a cell of which another says the same and what to do: 待补, 空号."""
    told = {(issue.sheet, issue.cell, issue.rule) for issue in issues if issue.cell}
    return [
        issue
        for issue in issues
        if not any((issue.sheet, issue.cell, other) in told for rule, other in _SAID_BY if issue.rule is rule)
    ]


def _group(issue: Issue) -> Group:
    return issue.rule.code, issue.sheet, issue.title


def _first_of_all(issues: Sequence[Issue], sheets: _Own) -> list[str]:
    """Return what is most worth mending first: a name of the roster from which others follow, errors before warnings,
    then cells that decide whether a child is counted (as long as one is in error, nothing that was done for him
    counts), then what stands in the most cells.
    """
    still = [issue for issue in issues if issue.is_open]
    own = [issue for issue in still if ONLY_THERE not in str(issue.words.get("hint", ""))]
    counts = Counter(map(_group, own))
    followed = len(still) - len(own)
    if len(counts) <= _NAMED_FIRST and not followed:
        return []
    first = {_group(issue): issue for issue in reversed(own)}

    def weight(group: Group) -> Any:
        issue = first[group]
        return LEVELS.index(issue.rule.level), not sheets.decides(issue), -counts[group], sheets.order(issue)

    ordered = sorted(counts, key=weight)
    told = [w.ROOT_FIRST.format(count=followed)] if followed else []
    for group in ordered[: _NAMED_FIRST - len(told)]:
        issue = first[group]
        place = w.DOT.join(filter(None, (issue.sheet, issue.title))) or w.WHOLE_FILE
        told.append(w.ONE_FIRST.format(place=place, count=counts[group], what=issue.rule.title))
    return [w.FIRST.format(what=w.AND.join(told))]


def _lines(about: About, submission: Submission, issues: Sequence[Issue]) -> list[ListLine]:
    """Return a line an issue, like problems together, sheet by sheet as the workbook has them.

    What has to be done stands first, then what was repaired, then what is explained.
    """
    own = _Own(about, submission)
    counts = Counter(_group(issue) for issue in issues if not issue.explained)
    first: dict[Group, Issue] = {}
    for issue in issues:
        first.setdefault(_group(issue), issue)

    def order(issue: Issue) -> Any:
        group = _group(issue)
        level = LEVELS.index(issue.rule.level)
        return bool(issue.explained), level, own.order(first[group]), group, issue.order

    lines, folded = [], set()
    for issue in sorted(issues, key=order):
        is_note = issue.rule.level == NOTE
        same = counts[_group(issue)] if is_note and _group(issue) not in folded else 1
        lines.append(_line(issue, about, own, same, is_folded=is_note and _group(issue) in folded))
        folded |= {_group(issue)} if is_note else set()
    return lines


def _line(issue: Issue, about: About, own: _Own, same: int, *, is_folded: bool) -> ListLine:
    place = f"{issue.sheet}!{issue.cell}" if issue.cell else issue.sheet or w.WHOLE_FILE
    said = about.ledger.get(issue.key)
    cells = (
        place,
        w.EXPLAINED if issue.explained else issue.rule.level,
        own.child(issue),
        issue.title,
        issue.typed,
        issue.sentence + (w.AND_ALIKE.format(count=same) if same > 1 else ""),
        issue.remedy,
        issue.rule.code,
        said.words if said else "",
        issue.key,
    )
    level = "" if issue.explained else issue.rule.level
    return ListLine(cells, level, (issue.sheet, issue.row, issue.column), is_folded)


class _Own:
    """The teacher's own rows: whose each is, and what he typed."""

    def __init__(self, about: About, submission: Submission) -> None:
        self._file = submission.file.id
        self._tables = about.tables

    @cached_property
    def _sheets(self) -> Mapping[str, tuple[Filled, Mapping[int, int]]]:
        """Sheet → its table, and Excel row → the place of the row in it."""
        found = {}
        for filled in self._tables.values():
            rows = filled.values["row"][filled.values["file"].eq(self._file)]
            if len(rows) and self._file in filled.titles:
                places = {int(row): int(index) for index, row in rows.items() if row}
                found[filled.titles[self._file]] = (filled, places)
        return found

    def order(self, issue: Issue) -> tuple[Any, ...]:
        """Return what sorts issues as the tabs of the workbook stand: its cover, its sheets, whatever else it has."""
        places = {COVER_SHEET: -1} | {title: place for place, title in enumerate(self._sheets)}
        return places.get(issue.sheet, len(places)), *issue.order

    def decides(self, issue: Issue) -> bool:
        """Tell whether an error stands at a cell that decides who is counted."""
        filled, _ = self._sheets.get(issue.sheet, (None, {}))
        keys = filled.table.by_key if filled is not None and filled.table.key == "pupils" else {}
        return issue.rule.level == ERROR and issue.title in {keys[key].title for key in DECIDING if key in keys}

    def child(self, issue: Issue) -> str:
        """Return the name in the row of an issue, "" where it is of no child."""
        filled, index = self._at(issue)
        key = next((key for key in ("name", "pupil", "participants") if filled and key in filled.table.by_key), "")
        if filled is None or index is None or not key or key == "participants":
            return ""
        value = filled.values.at[index, key]
        return str(value) if not pd.isna(value) else as_typed(filled.raw[key][index])[:20]

    def typed(self, issue: Issue) -> str:
        """Return what stands in the cell of an issue; what the issue quotes where it is no cell of a data row."""
        filled, index = self._at(issue)
        if filled is None or index is None or not issue.typed or issue.rule in _FILLED_SINCE:
            return issue.typed
        key = next((c.key for c in filled.table.columns if c.title == issue.title), "")
        return (shown_as(filled.raw[key][index], issue.rule) if key else "")[:_LONGEST] or issue.typed

    def _at(self, issue: Issue) -> tuple[Filled | None, int | None]:
        filled, places = self._sheets.get(issue.sheet, (None, {}))
        return filled, places.get(issue.row)
