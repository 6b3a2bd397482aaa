"""校内/校验报告.xlsx: every problem, who handed in, problems by class and rule, a text for teachers, receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from pipeline.model import Issue, Submission
from pipeline.publishing.again import again_page
from pipeline.publishing.book import Book, Link, Page, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cells
from pipeline.publishing.counted import class_label
from pipeline.publishing.last_run import previous_run
from pipeline.publishing.notice import notice_page
from pipeline.result import Result
from schemas import bureau_words as w
from schemas import rules
from schemas.codes import DASH
from schemas.school_layout import PROBLEM_COUNTS, PROBLEMS, RECEIPTS, TURNOUT, VALIDATION
from schemas.verdicts import FileState

_CHINA = timezone(timedelta(hours=8))  # of the school, not of the machine: the same input gives the same bytes


def validation_book(result: Result) -> Book:
    """Return 校内/校验报告.xlsx."""
    pages = (_problems(result), _turnout(result), _problem_counts(result), notice_page(result), _receipts(result))
    previous = previous_run(result)
    again = (again_page(result, previous),) if previous else ()
    return Book(VALIDATION.title, (*pages, *again), result.stamp)


def _file_name(result: Result, file: int) -> str:
    return result.submissions[file].file.name if file >= 0 else ""


def _problems(result: Result) -> Page:
    rows = [problem_row(result, issue) for issue in result.issues]
    return page_of(PROBLEMS, {"problem_list": Rows(rows)}, line(result))


def problem_row(result: Result, issue: Issue) -> Cells:
    """Return one row of 问题清单."""
    said = result.ledger.get(issue.key)
    return {
        "file": _file_name(result, issue.file),
        "sheet": issue.sheet,
        "cell": issue.cell,
        "column": issue.title,
        "level": issue.rule.level,
        "rule": issue.rule.code,
        "typed": issue.typed,
        "problem": _whose(issue) + issue.sentence,
        "remedy": issue.remedy,
        "state": w.SETTLED if issue.explained else w.ISSUE_STATES[issue.rule.level],
        "said": said.words if said else "",
    }


def _whose(issue: Issue) -> str:
    """Return whose row it is, where the sentence does not say it: the list has no column for a child."""
    who = str(issue.words.get("who", ""))
    return w.WHOSE.format(who=who) if who and who not in issue.sentence and issue.row else ""


def _turnout(result: Result) -> Page:
    rows: list[Cells] = [
        {
            **class_label(c),
            "files": w.AND.join(_file_name(result, file) for file in c.files),
            "state": c.state,
            "rows": c.row_count,
            "errors": c.error_count,
            "warnings": c.warning_count,
            "explained": c.explained_count,
        }
        for c in result.turnout.classes
    ]
    others = [s for s in result.submissions if s.state is FileState.UNKNOWN]
    told = tuple(w.UNREAD_FILE.format(name=s.file.name) for s in others)
    passed = (w.PASSED_OVER.format(count=result.passed_over_count),) if result.passed_over_count else ()
    return page_of(TURNOUT, {"turnout": Rows(rows)}, line(result), (*told, *passed, *result.remarks))


def _receipts(result: Result) -> Page:
    """Return a receipt for every file without an error or a warning: rows a sheet, time of saving, SHA-256."""
    tables = result.merged.tables
    counts = {key: filled.values["file"][filled.is_own].value_counts().to_dict() for key, filled in tables.items()}
    sent_back = {issue.file for issue in result.issues if issue.is_open}
    received = [s for s in result.submissions if s.is_used and s.file.id not in sent_back]
    rows = [_receipt(counts, submission) for submission in received]
    return page_of(RECEIPTS, {"receipts": Rows(rows)}, line(result), (w.RECEIPT_NOTE,))


def _receipt(counts: dict[str, dict[int, int]], submission: Submission) -> Cells:
    """Return one line: the file, its rows in all and sheet by sheet, when it was saved, what it was."""
    own = {sheet.title: counts.get(sheet.table.key, {}).get(submission.file.id, 0) for sheet in submission.sheets}
    return {
        "file": submission.file.name,
        "rows": sum(own.values()),
        "sheets": w.AND.join(w.ROWS_OF_SHEET.format(sheet=title, count=count) for title, count in own.items() if count),
        "saved_at": local_time(submission.saved_at) or DASH,
        "sha256": submission.file.sha256,
    }


def local_time(saved_at: str) -> str:
    """Return a moment as clocks in China show it, to the minute; what is no moment as it stands."""
    try:
        moment = datetime.fromisoformat(saved_at)
    except ValueError:
        return saved_at
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


def is_sent_back(issues: Iterable[Issue]) -> bool:
    """Tell whether a file with these issues goes back to its teacher: one is an error or an open warning."""
    return any(issue.is_open for issue in issues)


# --- problems by class and by rule -----------------------------------------------------------------------------


def _problem_counts(result: Result) -> Page:
    """Return problems by class and by rule, and the rules that could not be checked, with the reason."""
    unchecked: list[Cells] = [
        {"rule": rule.code, "level": rule.level, "count": DASH, "what": rule.title, "why": why}
        for rule, why in result.unchecked
    ]
    checked = len(rules.RULES) - len(unchecked)
    tables = {"by_class": _by_class(result), "by_rule": _by_rule(result), "unchecked": Rows(unchecked)}
    note = w.CHECKED.format(count=len(rules.RULES), checked=checked, unchecked=len(unchecked))
    return page_of(PROBLEM_COUNTS, tables, f"{line(result)}    {note}")


def _by_class(result: Result) -> Rows:
    """Return one row a class, with a link to the first of its problems."""
    rows: list[Cells] = []
    links: dict[tuple[int, str], Link] = {}
    for number, c in enumerate(result.turnout.classes):
        own = [issue for issue in result.issues if issue.file in c.files]
        often = Counter(issue.rule for issue in own if issue.is_open).most_common(1)
        rows.append(
            {
                **class_label(c),
                "state": c.state,
                "most": w.MOST_OFTEN.format(what=often[0][0].title, count=often[0][1]) if often else "",
                "files": w.AND.join(_file_name(result, file) for file in c.files),
                "errors": c.error_count,
                "warnings": c.warning_count,
                "noted": sum(issue.rule.level == rules.NOTE for issue in own),
            }
        )
        first = next((n for n, issue in enumerate(result.issues) if issue.file in c.files), None)
        if first is not None:
            links[number, "state"] = Link("problem_list", first)
    return Rows(rows, links=links)


def _by_rule(result: Result) -> Rows:
    counts, files = Counter(issue.rule for issue in result.issues), Counter[rules.Rule]()
    for rule, _ in {(issue.rule, issue.file) for issue in result.issues}:
        files[rule] += 1
    ordered = sorted(counts, key=lambda rule: (rules.LEVELS.index(rule.level), -counts[rule], rule.code))
    rows: list[Cells] = []
    for rule in ordered:
        label: Cells = {"rule": rule.code, "level": rule.level, "count": counts[rule], "problem": rule.title}
        rows.append({**label, "files": w.IN_FILES.format(count=files[rule])})
    return Rows(rows)
