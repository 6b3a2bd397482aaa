"""校内/校验报告.xlsx: every problem, who handed in, problems by class and rule, a text for teachers, receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.children.turnout import ClassTurnout
from pipeline.model import Issue, Submission
from pipeline.publishing.book import Block, Book, Out, Page, link_to
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell
from pipeline.publishing.last_run import previous_run
from pipeline.publishing.trend import again_page
from pipeline.result import Result
from schemas import bureau_words as w
from schemas import rules
from schemas.bureau_words import Sheet
from schemas.class_names import class_text
from schemas.codes import DASH, GRADES
from schemas.verdicts import State


def validation_book(result: Result) -> Book:
    """Return 校内/校验报告.xlsx."""
    pages = (_problems(result), _turnout(result), _problem_counts(result), _notice(result), _receipts(result))
    previous = previous_run(result)
    again = (again_page(result, previous),) if previous else ()
    return Book(w.VALIDATION_BOOK, (*pages, *again), result.stamp)


def _file_name(result: Result, file: int) -> str:
    return result.submissions[file].file.name if file >= 0 else ""


def _problems(result: Result) -> Page:
    wrapped, centred = "wrapped", "centred"
    place, problem = (wrapped, wrapped, centred, wrapped), (centred, centred, wrapped, wrapped, wrapped)
    roles = (*place, *problem, centred, wrapped)
    widths = (17, 10, 7, 10, 6, 7, 16, 38, 38, 7, 14)  # at which A4 prints it large enough to be read
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
    counts = {key: filled.values["file"][filled.is_own].value_counts().to_dict() for key, filled in tables.items()}
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


# --- problems by class and by rule -----------------------------------------------------------------------------


def _problem_counts(result: Result) -> Page:
    """Return problems by class and by rule, and the rules that could not be checked, with the reason."""
    unchecked: list[tuple[Cell, ...]] = [
        (rule.code, rule.level, DASH, rule.title, why) for rule, why in result.unchecked
    ]
    checked = len(rules.RULES) - len(unchecked)
    blocks = (_by_class(result), _by_rule(result), _block(w.UNCHECKED_COLUMNS, unchecked, w.UNCHECKED_HEADING))
    note = w.CHECKED.format(count=len(rules.RULES), checked=checked, unchecked=len(unchecked))
    return Page(Sheet.PROBLEM_COUNTS, Sheet.PROBLEM_COUNTS, f"{line(result)}    {note}", blocks)


_WIDTHS = (10, 9, 11, 60, 30, 9, 9, 9)


def _block(titles: tuple[str, ...], rows: list[tuple[Cell, ...]], heading: str) -> Block:
    roles = ["wrapped" if width > 20 else "centred" for width in _WIDTHS]
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, _WIDTHS, strict=False))
    return Block(columns, rows, heading)


def _by_class(result: Result) -> Block:
    """Return one row a class, with a link to the first of its problems."""
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], str] = {}
    for number, c in enumerate(result.turnout.classes):
        own = [issue for issue in result.issues if issue.file in c.files]
        notes = sum(issue.rule.level == rules.NOTE for issue in own)
        often = Counter(issue.rule for issue in own if issue.is_open).most_common(1)
        most = w.MOST_OFTEN.format(what=often[0][0].title, count=often[0][1]) if often else ""
        names = w.AND.join(_file_name(result, file) for file in c.files)
        counts = (c.error_count, c.warning_count, notes)
        rows.append((GRADES[c.place[0] - 1], c.place[1], c.state, most, names, *counts))
        first = next((n for n, issue in enumerate(result.issues) if issue.file in c.files), None)
        if first is not None:
            links[number, 2] = link_to(Sheet.PROBLEMS, first)
    block = _block(w.BY_CLASS_COLUMNS, rows, w.BY_CLASS_HEADING)
    return Block(block.columns, rows, block.heading, links=links)


def _by_rule(result: Result) -> Block:
    counts, files = Counter(issue.rule for issue in result.issues), Counter[rules.Rule]()
    for rule, _ in {(issue.rule, issue.file) for issue in result.issues}:
        files[rule] += 1
    ordered = sorted(counts, key=lambda rule: (rules.LEVELS.index(rule.level), -counts[rule], rule.code))
    rows: list[tuple[Cell, ...]] = [
        (rule.code, rule.level, counts[rule], rule.title, w.IN_FILES.format(count=files[rule])) for rule in ordered
    ]
    return _block(w.BY_RULE_COLUMNS, rows, w.BY_RULE_HEADING)


# --- the text for the teachers ---------------------------------------------------------------------------------


def _notice(result: Result) -> Page:
    """Return a text to be pasted into the teachers' chat: classes and counts, never a child."""
    columns = (Out(w.NOTICE_HEADING, "wrapped", 72),)
    rows: list[tuple[Cell, ...]] = [(text,) for text in notice_lines(result)]
    return Page(Sheet.NOTICE, Sheet.NOTICE, w.NOTICE_HINT, (Block(columns, rows),), is_landscape=False)


def notice_lines(result: Result) -> list[str]:
    """Return the notice, a paragraph a line."""
    classes = result.turnout.classes
    done = [c for c in classes if c.state == State.HANDED_IN]
    lines = [w.NOTICE_OPENING.format(school=result.school_name, month=result.month, due=len(classes), done=len(done))]
    for state, words in w.NOTICE_STATES.items():
        lines += _paragraph(words, [class_text(c.place) for c in classes if c.state == state])
    lines += _paragraph(w.NOTICE_ERRORS, [_counted(c, c.error_count) for c in done if c.error_count])
    only_warned = [c for c in done if c.warning_count and not c.error_count]
    lines += _paragraph(w.NOTICE_WARNINGS, [_counted(c, c.warning_count) for c in only_warned])
    clean = [class_text(c.place) for c in done if not c.error_count and not c.warning_count]
    return [*lines, *_paragraph(w.NOTICE_CLEAN, clean), w.NOTICE_CLOSING]


def _paragraph(words: str, items: list[str]) -> list[str]:
    return [words.format(count=len(items), names=w.AND.join(items))] if items else []


def _counted(c: ClassTurnout, count: int) -> str:
    return w.COUNTED.format(class_name=class_text(c.place), count=count)
