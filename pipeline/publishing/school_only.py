"""The school's own workbooks: every problem, who handed in, every point of a score, and the children by name."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.excel.book import Block, Book, Cell, Out, Page
from pipeline.model import Issue, Submission
from pipeline.publishing.bureau import lacking_rows, line, score_page
from pipeline.publishing.counts import Counts
from pipeline.publishing.services import points_cell
from pipeline.result import Result
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.codes import DASH, GRADES, YES
from schemas.figures import BY_KEY
from schemas.policy import BY_RATE


def validation_book(result: Result) -> Book:
    """Return 校内/校验报告.xlsx."""
    return Book(w.VALIDATION_BOOK, (_problems(result), _turnout(result), _receipts(result)), result.stamp)


def _file_name(result: Result, file: int) -> str:
    return result.submissions[file].file.name if file >= 0 else ""


def _problems(result: Result) -> Page:
    place, problem = ("text", "text", "centred", "text"), ("centred", "centred", "text", "wrapped", "wrapped")
    roles = (*place, *problem, "centred", "wrapped")
    widths = (22, 12, 8, 12, 7, 7, 20, 46, 50, 8, 24)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.PROBLEM_COLUMNS, roles, widths, strict=True))
    rows = [problem_row(result, issue) for issue in result.issues]
    return Page(
        Sheet.PROBLEMS,
        Sheet.PROBLEMS,
        line(result),
        (Block(columns, rows),),
        freeze_columns=1,
        has_filter=True,
    )


def problem_row(result: Result, issue: Issue) -> tuple[Cell, ...]:
    """Return one row of 问题清单."""
    said = result.ledger.get(issue.key)
    return (
        _file_name(result, issue.file),
        issue.sheet,
        issue.cell,
        issue.title,
        issue.rule.level,
        issue.rule.code,
        issue.typed,
        issue.sentence,
        issue.remedy,
        w.SETTLED if issue.explained else w.ISSUE_STATES[issue.rule.level],
        said.words if said else "",
    )


def _turnout(result: Result) -> Page:
    roles = ("centred", "centred", "centred", "text", "centred", "count", "count", "count", "count")
    widths = (9, 7, 10, 40, 9, 9, 9, 9, 9)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.TURNOUT_COLUMNS, roles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = [
        (
            GRADES[c.place[0] - 1],
            c.place[1],
            c.head_teacher,
            w.AND.join(_file_name(result, file) for file in c.files),
            c.state,
            c.row_count,
            c.error_count,
            c.warning_count,
            c.explained_count,
        )
        for c in result.turnout.classes
    ]
    others = [s for s in result.submissions if s.state == "unknown"]
    told = tuple(w.UNREAD_FILE.format(name=s.file.name) for s in others)
    passed = (w.PASSED_OVER.format(count=result.passed_over_count),) if result.passed_over_count else ()
    return Page(
        Sheet.TURNOUT,
        Sheet.TURNOUT,
        line(result),
        (Block(columns, rows),),
        (*told, *passed, *result.remarks),
        freeze_columns=2,
        has_filter=True,
    )


def _receipts(result: Result) -> Page:
    """Return a receipt for every file without an error or a warning: rows a sheet, time of saving, SHA-256."""
    roles, widths = ("text", "text", "count", "centred", "text"), (26, 14, 8, 22, 68)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.RECEIPT_COLUMNS, roles, widths, strict=True))
    tables = result.merged.tables
    counts = {key: filled.values["file"].value_counts().to_dict() for key, filled in tables.items()}
    rows: list[tuple[Cell, ...]] = []
    sent_back = {issue.file for issue in result.issues if issue.is_open}
    for submission in result.submissions:
        if not submission.state and submission.file.id not in sent_back:
            rows += _receipt_rows(counts, submission)
    return Page(Sheet.RECEIPTS, Sheet.RECEIPTS, line(result), (Block(columns, rows),), (w.RECEIPT_NOTE,))


def _receipt_rows(counts: dict[str, dict[int, int]], submission: Submission) -> list[tuple[Cell, ...]]:
    facts = (submission.saved_at or DASH, submission.file.sha256)
    return [
        (submission.file.name, sheet.title, counts.get(sheet.table.key, {}).get(submission.file.id, 0), *facts)
        for sheet in submission.sheets
    ]


def is_sent_back(issues: Iterable[Issue]) -> bool:
    """Tell whether a file with these issues goes back to its teacher: one is an error or an open warning."""
    return any(issue.is_open for issue in issues)


def scores_book(result: Result) -> Book:
    """Return 校内/考核与未达标.xlsx: scores, each point with its n/N and the names behind what is missing."""
    pages = (score_page(result), _detail(result), _names(result), _apart(result))
    return Book(w.SCORES_BOOK, pages, result.stamp)


def _detail(result: Result) -> Page:
    roles = ("centred", "centred", "text", "count", "count", "count", "score", "wrapped")
    widths = (9, 7, 16, 8, 9, 9, 9, 90)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.POINTS_COLUMNS, roles, widths, strict=True))
    counts, missing = Counts(result), _missing_names(result)
    rows: list[tuple[Cell, ...]] = []
    for score in sorted(result.scores, key=lambda s: s.place):
        for item, points in zip(result.policy.rubric, score.points, strict=True):
            n, total = counts.of_class(score.place, item.figure) if item.mode == BY_RATE else (0, 0)
            names = w.AND.join(missing.get((*score.place, item.figure), ()))
            label = (GRADES[score.place[0] - 1], score.place[1], item.title, float(item.points))
            got = DASH if points is None else points_cell(points)
            rows.append((*label, n, total, got, names))
    return Page(
        Sheet.DETAIL,
        Sheet.DETAIL,
        line(result),
        (Block(columns, rows),),
        (w.NAMES_NOTE,),
        freeze_columns=3,
        has_filter=True,
    )


def _missing_names(result: Result) -> dict[tuple[int, int, str], list[str]]:
    found: dict[tuple[int, int, str], list[str]] = {}
    for grade, number, name, figure, _ in lacking_rows(result):
        under = found.setdefault((grade, number, figure), [])
        if name not in under:
            under.append(name)
    return found


def _names(result: Result) -> Page:
    titles = (w.GRADE, w.CLASS, w.NAME_COLUMN, w.FIGURE, w.LACK)
    widths, roles = (9, 8, 14, 16, 80), ("centred", "centred", "text", "centred", "wrapped")
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=True))
    rows = [(GRADES[g - 1], n, name, BY_KEY[figure].title, lack) for g, n, name, figure, lack in lacking_rows(result)]
    return Page(
        Sheet.NAMES,
        Sheet.NAMES,
        line(result),
        (Block(columns, rows),),
        (w.NAMES_NOTE,),
        freeze_columns=3,
        has_filter=True,
    )


def _apart(result: Result) -> Page:
    """Return the children categorised 留守 who do not meet the 口径, with the reason (contract §5)."""
    people = result.measured.people
    apart = people[people["is_unmet"]]
    reason = pd.Series(w.APART_REASONS["other"], apart.index)
    reason = reason.mask(apart["away_count"].eq(0), w.APART_REASONS["short"])
    reason = reason.mask(apart["lives_with_parents"].eq(YES), w.APART_REASONS["lives"])
    columns = (
        Out(w.GRADE, "centred", 9),
        Out(w.CLASS, "centred", 8),
        Out(w.NAME_COLUMN, "text", 14),
        Out(w.STANDING, "text", 50),
    )
    rows = [
        (GRADES[grade - 1], int(number), name, why)
        for grade, number, name, why in zip(apart["grade"], apart["number"], apart["name"], reason, strict=True)
    ]
    return Page(Sheet.APART, Sheet.APART, line(result), (Block(columns, rows),), (w.APART_NOTE, w.NAMES_NOTE))
