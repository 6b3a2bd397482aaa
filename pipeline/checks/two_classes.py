"""Two workbooks that bear one class and hold the children of two: which class each looks like (contract §8.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.children.turnout import Listed
from pipeline.model import Issue, Place, Submission
from pipeline.months.snapshots import Snapshot, latest_of
from schemas import rules
from schemas.class_names import class_text


def tell_apart(
    issues: Sequence[Issue], submissions: Sequence[Submission], listed: Listed, snapshots: Sequence[Snapshot]
) -> list[Issue]:
    """Return the issues, those of two classes in one with the class of 班级一览 that each file looks like."""
    by_file = {s.file.id: s for s in submissions}
    sent = {(s.grade, s.number) for s in submissions if s.grade and s.number}
    last = last_rosters(snapshots)
    return [
        replace(issue, words={**issue.words, "guess": _guess(issue, by_file[issue.file], listed, sent, last)})
        if issue.rule is rules.ONE_CLASS_TWICE
        else issue
        for issue in issues
    ]


def last_rosters(snapshots: Sequence[Snapshot]) -> dict[Place, tuple[str, frozenset[str]]]:
    """Return class → the latest month in which it handed in, and the names of its children then."""
    found: dict[Place, tuple[str, frozenset[str]]] = {}
    for where in {place for snapshot in snapshots for place in snapshot.classes.values()}:
        at = latest_of(where, snapshots)
        if at is not None:
            children = snapshots[at].children
            own = children[children["grade"].eq(where[0]) & children["number"].eq(where[1])]
            found[where] = (str(snapshots[at].month), frozenset(own["name"].dropna()))
    return found


def _guess(
    issue: Issue,
    submission: Submission,
    listed: Listed,
    sent: set[Place],
    last: Mapping[Place, tuple[str, frozenset[str]]],
) -> str:
    """Return the class that most speaks for, in words; "" where nothing does."""
    roster: frozenset[str] = issue.words["roster"]
    best: tuple[int, Place, list[str]] = (0, (0, 0), [])
    for place in sorted({*listed.classes, *last}):
        month, then = last.get(place, ("", frozenset()))
        teacher, _ = listed.classes.get(place, ("", False))
        signs = [
            (3, rules.SAME_ROSTER.format(month=month), 2 * len(roster & then) > len(roster)),
            (2, rules.SAME_TEACHER, bool(teacher) and teacher == submission.cover.get("head_teacher")),
        ]
        weight = sum(points for points, _, holds in signs if holds)
        told = [words for _, words, holds in signs if holds]
        if weight and place not in sent:
            weight, told = weight + 1, [*told, rules.NOT_SENT]
        if weight > best[0]:
            best = (weight, place, told)
    _, place, told = best
    return rules.LOOKS_LIKE.format(class_name=class_text(place), signs=rules.AND.join(told)) if told else ""
