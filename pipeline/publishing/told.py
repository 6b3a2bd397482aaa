"""What a run says on the screen: the month in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.publishing.counts import Counts, verdict
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import operator_words as words
from schemas.class_names import class_text
from schemas.figures import FIGURES
from schemas.rules import LEVELS
from schemas.verdicts import FileState, State

_NAMED_FILES = 8  # on the screen; the report names them all


def told_of(result: Result, sent_back: int) -> list[str]:
    """Return the lines of a month. `sent_back`: how many workbooks went back."""
    classes = result.turnout.classes
    missing = [class_text(c.place) + c.state for c in classes if c.state != State.HANDED_IN]
    counts = {"due": len(classes), "done": len(classes) - len(missing)}
    lines = [words.SUMMARY_TURNOUT.format(school=result.school_name, month=result.month, **counts)]
    if missing:
        lines.append(words.SUMMARY_MISSING.format(names=words.AND.join(missing)))
    unread = [s.file.name for s in result.submissions if s.state is FileState.UNKNOWN]
    if unread:
        more = words.AND_MORE if len(unread) > _NAMED_FILES else ""
        named = words.AND.join(unread[:_NAMED_FILES])
        lines.append(words.SUMMARY_UNREAD.format(count=len(unread), names=named, more=more))
    return [*lines, _problems(result, sent_back), *result.remarks, *_targets(result)]


def _problems(result: Result, sent_back: int) -> str:
    errors, warnings, notes = (sum(i.rule.level == level for i in result.issues) for level in LEVELS)
    explained = sum(bool(issue.explained) for issue in result.issues)
    also = words.SUMMARY_EXPLAINED.format(count=explained) if explained else ""
    told = {"errors": errors, "warnings": warnings - explained, "explained": also, "notes": notes}
    return words.SUMMARY_PROBLEMS.format(**told, sent_back=sent_back)


def _targets(result: Result) -> Iterator[str]:
    counts = Counts(result)
    for figure in (figure for figure in FIGURES if figure.is_target):
        n, total = counts.school(figure.key)
        met = verdict(n, total, is_complete=result.turnout.is_complete)
        yield words.SUMMARY_TARGET.format(title=figure.title, rate=percent(n, total), n=n, N=total, verdict=met)
