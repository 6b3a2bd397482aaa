"""群通知: texts to be pasted to the teachers, one for all and one a class: classes and counts, never a child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.children.turnout import ClassTurnout
from pipeline.publishing.book import Page, Rows, page_of, paragraphs
from pipeline.publishing.cells import Cells
from pipeline.publishing.counts import Counts
from pipeline.result import Result
from schemas import notice_words as w
from schemas.bureau_words import AND, COUNTED
from schemas.class_names import class_text
from schemas.class_page import MARKS
from schemas.codes import GRADES
from schemas.rules import ERROR
from schemas.school_layout import NOTICE
from schemas.verdicts import State

_KINDS = 3  # of errors that a message names


def notice_page(result: Result) -> Page:
    """Return the text for the teachers' chat, and a message a class."""
    counts = Counts(result)
    messages: list[Cells] = []
    for c in result.turnout.classes:
        label: Cells = {"grade": GRADES[c.place[0] - 1], "class": c.place[1]}
        messages.append({**label, "text": "".join(_message(result, c, counts))})
    for_all = paragraphs(w.FOR_ALL, notice_lines(result))
    return page_of(NOTICE, {"messages": Rows(messages)}, w.HINT, below=(for_all,))


def _message(result: Result, c: ClassTurnout, counts: Counts) -> Iterator[str]:
    """Yield the sentences for one class: what was received, what to mend first, what is still lacking."""
    name, head = class_text(c.place), c.head_teacher
    yield w.HELLO.format(class_name=name, head_teacher=head[:1]) if head else w.NOBODY.format(class_name=name)
    when = {"month": result.month, "deadline": f"{result.month.after}-{result.policy.deadline_day:02d}"}
    if c.state != State.HANDED_IN:
        yield w.STATE_SAID[State(c.state)].format(**when)
        return
    yield w.RECEIVED.format(**when)
    open_errors = [i for i in result.issues if i.file in c.files and i.is_open and i.rule.level == ERROR]
    kinds = Counter(issue.title or issue.sheet for issue in open_errors)
    if kinds:
        named = [w.ONE_KIND.format(column=title, count=count) for title, count in kinds.most_common(_KINDS)]
        more = w.MORE_KINDS if len(kinds) > _KINDS else ""
        yield w.OWN_ERRORS.format(count=len(open_errors), kinds=w.COUNTED_AND.join(named) + more)
    if c.warning_count:
        yield w.OWN_WARNINGS.format(count=c.warning_count)
    short = _short(c, counts)
    if short:
        yield w.SHORT.format(what=w.COUNTED_AND.join(short))
    if not (kinds or c.warning_count or short):
        yield w.OWN_CLEAN


def _short(c: ClassTurnout, counts: Counts) -> list[str]:
    """Return what the class's children still lack, the most first; cells of an archive are no children."""
    lacking = {}
    for mark in MARKS:
        n, due = counts.of_class(c.place, mark.figure)
        if n < due and mark.key != "card":
            lacking[mark.title.replace("\n", "")] = due - n
    ordered = sorted(lacking, key=lambda title: -lacking[title])
    return [w.ONE_SHORT.format(title=title, count=lacking[title]) for title in ordered]


def notice_lines(result: Result) -> list[str]:
    """Return the notice, a paragraph a line."""
    classes = result.turnout.classes
    done = [c for c in classes if c.state == State.HANDED_IN]
    lines = [w.OPENING.format(school=result.school_name, month=result.month, due=len(classes), done=len(done))]
    for state, words in w.STATES.items():
        lines += _paragraph(words, [class_text(c.place) for c in classes if c.state == state])
    lines += _paragraph(w.ERRORS, [_counted(c, c.error_count) for c in done if c.error_count])
    only_warned = [c for c in done if c.warning_count and not c.error_count]
    lines += _paragraph(w.WARNINGS, [_counted(c, c.warning_count) for c in only_warned])
    clean = [class_text(c.place) for c in done if not c.error_count and not c.warning_count]
    return [*lines, *_paragraph(w.CLEAN, clean), w.CLOSING]


def _paragraph(words: str, items: list[str]) -> list[str]:
    return [words.format(count=len(items), names=AND.join(items))] if items else []


def _counted(c: ClassTurnout, count: int) -> str:
    return COUNTED.format(class_name=class_text(c.place), count=count)
