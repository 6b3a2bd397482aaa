"""校内/简报.xlsx: one page for the principal: the targets, what moved, the five most urgent things with names.

A workbook and not a Word file: it has the look of the others, prints on one page, and needs no further library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from pipeline.publishing.book import Book, Row, Rows, page_of, paragraphs
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cells
from pipeline.publishing.counts import Counts, verdict
from pipeline.publishing.lacking import lacking_rows
from pipeline.publishing.trend import change, last_month, like_for_like
from pipeline.result import Result
from pipeline.rounding import percent, share_value
from schemas import brief_words as w
from schemas.class_names import class_text
from schemas.codes import ALL_PUPILS, DASH, MIND_REFERRED, Status
from schemas.figures import FIGURES
from schemas.rules import ERROR, WARNING
from schemas.school_layout import BRIEF
from schemas.verdicts import State

Who = tuple[int, int, str]  # grade, class, name


def brief_book(result: Result) -> Book:
    """Return the month in one page of sentences."""
    below = (
        paragraphs(w.MOVED, [*_turnout(result), *_moved(result)]),
        paragraphs(w.URGENT, _urgent(result)),
    )
    page = page_of(BRIEF, {"brief": _targets(result)}, line(result), (w.LINE_BELOW,), below=below)
    return Book(page.heading, (page,), result.stamp)


def _targets(result: Result) -> Rows:
    counts, before, alike = Counts(result), last_month(result), like_for_like(result)
    rows: list[Row] = []
    for figure in FIGURES:
        if figure.is_target:
            now, last = counts.school(figure.key), before.get(figure.key, (0, 0))
            moved = change(*alike.get(figure.key, ((0, 0), (0, 0))))
            shown: Cells = {"rate": percent(*now), "last_month": percent(*last), "change": moved}
            met = verdict(*now, is_complete=result.turnout.is_complete)
            rows.append({"figure": figure.title, "done": now[0], "due": now[1], **shown, "is_met": met})
    return Rows(rows)


def _turnout(result: Result) -> list[str]:
    due = len(result.turnout.classes)
    done = sum(c.state == State.HANDED_IN for c in result.turnout.classes)
    told = [w.TURNOUT_ALL.format(due=due) if done == due else w.TURNOUT.format(due=due, done=done)]
    open_issues = [issue.rule.level for issue in result.issues if not issue.explained]
    errors, warnings = open_issues.count(ERROR), open_issues.count(WARNING)
    return [*told, w.PROBLEMS.format(errors=errors, warnings=warnings)] if errors or warnings else told


def _moved(result: Result) -> list[str]:
    """Say which figures went up and down most since the last month."""
    alike = like_for_like(result)
    if not alike:
        return [w.NO_BEFORE]
    moves = []
    for figure in FIGURES:
        now, last = alike[figure.key]
        one, other = share_value(*now), share_value(*last)
        if one is not None and other is not None and one != other:
            text = w.MOVE.format(title=figure.title, before=percent(*last), now=percent(*now))
            moves.append((one - other, text))
    if not moves:
        return [w.SINCE.format(month=result.history.snapshots[0].month) + w.ALL_EQUAL]
    told = []
    for words, own in (
        (w.WENT_UP, sorted((m for m in moves if m[0] > 0), key=lambda m: -m[0])),
        (w.WENT_DOWN, sorted((m for m in moves if m[0] < 0), key=lambda m: m[0])),
    ):
        if own:
            shown = w.AND_SO.join(text for _, text in own[: w.MOST_MOVES])
            most = w.THE_MOST if len(own) > w.MOST_MOVES else ""
            told.append(words.format(count=len(own), most=most, figures=shown))
    return [w.SINCE.format(month=result.history.snapshots[0].month) + told[0], *told[1:]]


def _urgent(result: Result) -> list[str]:
    """Return the most urgent things first, five at most, numbered."""
    found = [text for text in _pressing(result) if text][: w.MOST_URGENT]
    told = [w.ITEM.format(number=number, text=text) for number, text in enumerate(found, start=1)]
    return told or [w.NOTHING_URGENT]


def _pressing(result: Result) -> Iterator[str]:
    missing = [class_text(c.place) for c in result.turnout.classes if c.state != State.HANDED_IN]
    yield w.NOT_HANDED_IN.format(names=w.AND.join(missing)) if missing else ""
    people = result.measured.people
    listed = people[people["in_l"]]
    out = listed["status"].isin([Status.DROPOUT, Status.SUSPECTED_DROPOUT])
    yield _told(w.OUT_OF_SCHOOL, _who(listed[out]))
    yield _told(w.UNSETTLED, _who(listed[listed["status"].eq(Status.LEFT_UNSETTLED)]))
    yield _told(w.REFERRED, _referred(result))
    lacking = lacking_rows(result)

    def of(figure: str) -> list[Who]:
        return [(row.grade, row.number, row.name) for row in lacking if row.figure == figure and row.name != ALL_PUPILS]

    yield _told(w.NO_PLAN, of("case_planned"))
    yield _told(w.NOT_PAIRED, of("focus_paired"))
    for figure, words in w.OF_FIGURE.items():
        yield _told(words, of(figure))


def _referred(result: Result) -> list[Who]:
    """Return the children of A whose growth row of this month says that they need a specialist."""
    growth, people = result.merged.tables["growth"], result.measured.people
    child = result.merged.child_of["growth"]
    named = set(child[growth.good("mind").eq(MIND_REFERRED) & growth.is_own].dropna().astype(int))
    return _who(people[people["in_a"] & people.index.isin(list(named))])


def _who(people: pd.DataFrame) -> list[Who]:
    return [
        (int(grade), int(number), DASH if pd.isna(name) else str(name))
        for grade, number, name in people[["grade", "number", "name"]].itertuples(index=False)
    ]


def _told(words: str, found: Iterable[Who]) -> str:
    own = sorted(set(found))
    names = [w.NAME_AND_CLASS.format(name=n, class_name=class_text((g, c))) for g, c, n in own[: w.MOST_NAMES]]
    more = w.AND_OTHERS.format(count=len(own)) if len(own) > w.MOST_NAMES else ""
    return words.format(count=len(own), names=w.AND.join(names) + more) if own else ""
