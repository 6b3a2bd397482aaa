"""Who handed in: the state of every class of 班级一览, and of every other that sent a workbook (contract §8.11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Issue, Place, Submission
from schemas import rules
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_NUMBER, CLASS_WORKBOOK, HEAD_TEACHER
from schemas.codes import GRADES
from schemas.tables import COVER_SHEET
from schemas.verdicts import FileState, State


@dataclass(frozen=True)
class ClassTurnout:
    """One class: its files and state. `warning_count`: those that nobody has explained; `explained_count`: the rest."""

    place: Place
    head_teacher: str
    files: tuple[int, ...]
    state: str
    row_count: int
    error_count: int = 0
    warning_count: int = 0
    explained_count: int = 0


@dataclass(frozen=True)
class Turnout:
    """All classes by grade and class. `is_complete`: every class handed in, and no file lies there unread."""

    classes: tuple[ClassTurnout, ...]
    is_complete: bool

    def handed_in(self) -> frozenset[Place]:
        return frozenset(c.place for c in self.classes if c.state == State.HANDED_IN)

    def counting(self, issues: Sequence[Issue]) -> Turnout:
        """Return the same with how many problems each class has."""
        by_file: dict[int, list[Issue]] = {}
        for issue in issues:
            by_file.setdefault(issue.file, []).append(issue)
        return replace(
            self, classes=tuple(_counted(c, [i for f in c.files for i in by_file.get(f, ())]) for c in self.classes)
        )


def _counted(one: ClassTurnout, issues: Sequence[Issue]) -> ClassTurnout:
    errors = sum(issue.rule.level == rules.ERROR for issue in issues)
    explained = sum(bool(issue.explained) for issue in issues)
    open_warnings = sum(issue.is_open for issue in issues) - errors
    return replace(one, error_count=errors, warning_count=open_warnings, explained_count=explained)


@dataclass(frozen=True)
class Listed:
    """班级一览: place → (head teacher, declared to have no child); `is_whole` unless a row names no class.

    `without`: the classes that declare 0 left-behind children and 0 潜能生, in so many words.
    """

    classes: Mapping[Place, tuple[str, bool]]
    is_whole: bool
    without: frozenset[Place] = frozenset()

    @property
    def may_be_empty(self) -> frozenset[Place]:
        """The classes that declare nobody to care for: their empty workbook is handed in."""
        return frozenset(place for place, (_, is_zero) in self.classes.items() if is_zero)

    def with_classes(self, more: Iterable[Place]) -> Listed:
        """Return the same with classes that are due although no row names them."""
        return replace(self, classes={**dict.fromkeys(more, ("", False)), **self.classes})


_DECLARED = ("declared_lbc", "declared_potential")


def listed_classes(filled: Filled) -> Listed:
    """Return the classes that are due. One that declares no pupil, or no child to care for, may send an empty sheet.

    A count in error, or one that says otherwise, declares nothing: a class would be handed in by a slip of the pen.
    """
    found: dict[Place, tuple[str, bool]] = {}
    without: set[Place] = set()
    grades, numbers = filled.good("grade"), filled.good("number")
    for index in filled.values.index:
        if pd.isna(grades.at[index]) or pd.isna(numbers.at[index]):
            continue
        counts = [filled.good(key).at[index] for key in _DECLARED]
        contradicted = any(count > 0 for count in counts) or filled.faulty.loc[index, list(_DECLARED)].any()
        none_here = not contradicted and (filled.good("pupils").at[index] == 0 or counts[0] == 0)
        teacher = filled.values.at[index, "head_teacher"]
        place = (GRADES.index(grades.at[index]) + 1, int(numbers.at[index]))
        if all(count == 0 for count in counts):
            without.add(place)
        found.setdefault(place, ("" if pd.isna(teacher) else str(teacher), bool(none_here)))
    return Listed(found, bool((grades.notna() & numbers.notna()).all()), frozenset(without))


def turnout(
    submissions: Sequence[Submission],
    listed: Listed,
    pupil_counts: Mapping[int, int],
    row_counts: Mapping[int, int],
    had_children: Collection[Place] = (),
) -> Turnout:
    """Return the state of every class. `pupil_counts` and `row_counts`: file → rows of 学生档案, of all its sheets.

    A class that declares nobody needs no file, unless an earlier month had children in it (`had_children`).
    """
    own = [
        s
        for s in submissions
        if s.form == CLASS_WORKBOOK.key and s.grade and s.number and s.state is not FileState.UNKNOWN
    ]
    by_place: dict[Place, list[Submission]] = {}
    for submission in own:
        by_place.setdefault((submission.grade, submission.number), []).append(submission)
    classes = []
    for place in sorted(listed.classes.keys() | by_place.keys()):
        sent = by_place.get(place, [])
        teacher, is_zero = listed.classes.get(place, ("", False))
        files = tuple(s.file.id for s in sent)
        stated = next((s.cover.get("head_teacher", "") for s in sent), "")
        rows = sum(row_counts.get(file, 0) for file in files)
        needs_none = not sent and place in listed.without and place not in had_children
        state = State.HANDED_IN if needs_none else _state(sent, pupil_counts, is_zero)
        classes.append(ClassTurnout(place, teacher or stated, files, state, rows))
    unread = any(s.state is FileState.UNKNOWN for s in submissions) or not listed.is_whole
    return Turnout(tuple(classes), not unread and all(c.state == State.HANDED_IN for c in classes))


def _state(sent: Sequence[Submission], pupil_counts: Mapping[int, int], is_zero: bool) -> str:
    used = [s for s in sent if s.is_used]
    if used:
        return State.HANDED_IN if pupil_counts.get(used[0].file.id) or is_zero else State.EMPTY
    if any(s.state is FileState.TIED for s in sent):
        return State.TIED
    return State.SENT_BACK if sent else State.MISSING


def not_listed(submissions: Iterable[Submission], listed: Listed) -> list[Issue]:
    """Return an error at 填表说明 for every class workbook that 班级一览 lacks; its children count all the same."""
    return [
        Issue(
            s.file.id,
            rules.CLASS_NOT_LISTED,
            COVER_SHEET,
            *s.cover_cells.get("number", (0, 0)),
            CLASS_NUMBER.title,
            class_text((s.grade, s.number)),
        )
        for s in submissions
        if s.form == CLASS_WORKBOOK.key and s.is_used and (s.grade, s.number) not in listed.classes
    ]


def other_heads(submissions: Iterable[Submission], listed: Listed) -> list[Issue]:
    """Return a warning at 填表说明 for every class workbook whose head teacher is not the one of 班级一览."""
    issues = []
    for s in submissions:
        teacher, _ = listed.classes.get((s.grade, s.number), ("", False))
        stated = s.cover.get(HEAD_TEACHER.key, "")
        if s.form == CLASS_WORKBOOK.key and s.is_used and teacher and stated and teacher != stated:
            cell = s.cover_cells.get(HEAD_TEACHER.key, (0, 0))
            words = {"want": teacher, "class_name": class_text((s.grade, s.number))}
            place = (s.file.id, rules.OTHER_HEAD, COVER_SHEET, *cell, HEAD_TEACHER.title, stated)
            issues.append(Issue(*place, words=words))
    return issues
