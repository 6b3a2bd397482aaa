"""Stage 9: give every teacher with an error or an open warning their own workbook back, marked (contract §6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.excel.annotate import NotPatchable, annotate
from pipeline.excel.book import Block, Book, Out, Page
from pipeline.excel.parts import Letter, ListLine, Mark
from pipeline.fresh import fresh_copy
from pipeline.model import Issue, Submission, SubmittedFile
from pipeline.publishing.validation import is_sent_back
from pipeline.result import Result
from schemas import letter_words as w
from schemas.class_names import class_text
from schemas.folders import SENT_BACK
from schemas.rules import ERROR, LEVELS, NOTE, WARNING
from schemas.tables import RETURN_SHEET

Again = Callable[[SubmittedFile], bytes | None]


def hand_back(result: Result, again: Again) -> Iterator[tuple[str, bytes | Book]]:
    """Yield path → the teacher's workbook with its marks; a fresh template with its content where it can't be patched.

    What could not be read at all comes back as the letter alone. `again` gives the bytes of a file once more, or None
    where it has changed since it was read.
    """
    by_file: dict[int, list[Issue]] = {}
    for issue in result.issues:
        by_file.setdefault(issue.file, []).append(issue)
    taken: Counter[str] = Counter()
    for submission in result.submissions:
        own = by_file.get(submission.file.id, [])
        if is_sent_back(own):
            yield _path(submission, taken), _marked(result, submission, own, again(submission.file))


def _path(submission: Submission, taken: Counter[str]) -> str:
    """Return 退回/<the file's own name>.xlsx; of two files of one name, as Windows sees it, the later gets a number."""
    stem = PurePosixPath(submission.file.name).stem
    count = taken[stem.casefold()] = taken[stem.casefold()] + 1
    number = f"({count})" if count > 1 else ""
    return f"{SENT_BACK}/{stem}{number}.xlsx"


def _marked(result: Result, submission: Submission, issues: list[Issue], data: bytes | None) -> bytes | Book:
    if data is not None and submission.content == "ooxml":
        try:
            return annotate(data, _marks(issues), _letter(result, submission, issues))
        except NotPatchable:
            pass  # an unusual but readable file: it gets a fresh template, as a file of another kind does
    fresh = fresh_copy(data, submission, issues, result.month) if data is not None and submission.form else None
    if fresh is None:
        return _letter_alone(_letter(result, submission, issues), result)
    template, moved = fresh
    return annotate(template, _marks(moved), _letter(result, submission, moved, is_fresh=True))


def _marks(issues: Sequence[Issue]) -> list[Mark]:
    """Return one mark a cell, in the colour of its worst problem."""
    by_cell: dict[tuple[str, int, int], list[Issue]] = {}
    for issue in issues:
        if issue.row and issue.column and not issue.explained:
            by_cell.setdefault((issue.sheet, issue.row, issue.column), []).append(issue)
    marks = []
    for (sheet, row, column), found in by_cell.items():
        ordered = sorted(found, key=lambda i: LEVELS.index(i.rule.level))
        text = "\n".join(w.COMMENT.format(level=i.rule.level, sentence=i.sentence, remedy=i.remedy) for i in ordered)
        marks.append(Mark(sheet, row, column, ordered[0].rule.level, text))
    return marks


def _letter(result: Result, submission: Submission, issues: Sequence[Issue], *, is_fresh: bool = False) -> Letter:
    counts = Counter(issue.rule.level for issue in issues if not issue.explained)
    explained = sum(bool(issue.explained) for issue in issues)
    is_class = submission.grade and submission.number
    where = class_text((submission.grade, submission.number)) if is_class else submission.file.name
    read = w.READ_WITH_ERRORS if counts[ERROR] else w.READ_WITH_WARNINGS
    heading = (
        w.STAMP.format(stamp=result.stamp) * bool(result.stamp) + w.HEADING.format(where=where, month=result.month),
        w.COUNTS.format(errors=counts[ERROR], warnings=counts[WARNING], notes=counts[NOTE])
        + (w.COUNT_EXPLAINED.format(count=explained) if explained else ""),
        w.STATES[submission.state] if submission.state else read,
        w.HOW_TO_FRESH if is_fresh else w.HOW_TO,
        w.HOW_TO_EXPLAIN,
    )
    ordered = sorted(issues, key=lambda i: (bool(i.explained), LEVELS.index(i.rule.level), i.order))
    lines = tuple(_line(issue, result) for issue in ordered)
    return Letter(RETURN_SHEET, heading, w.COLUMNS, lines, w.WIDTHS, w.HIDDEN_COLUMNS)


def _line(issue: Issue, result: Result) -> ListLine:
    place = f"{issue.sheet}!{issue.cell}" if issue.cell else issue.sheet or w.WHOLE_FILE
    said = result.ledger.get(issue.key)
    cells = (
        place,
        w.EXPLAINED if issue.explained else issue.rule.level,
        issue.title,
        issue.typed,
        issue.sentence,
        issue.remedy,
        issue.rule.code,
        said.words if said else "",
        issue.key,
    )
    level = "" if issue.explained else issue.rule.level
    return ListLine(cells, level, (issue.sheet, issue.row, issue.column))


def _letter_alone(letter: Letter, result: Result) -> Book:
    shown = len(letter.head) - letter.hidden
    columns = tuple(Out(t, "wrapped", x) for t, x in zip(letter.head[:shown], letter.widths[:shown], strict=True))
    block = Block(columns, [line.cells[:shown] for line in letter.lines])
    page = Page(RETURN_SHEET, letter.heading[0], "    ".join(letter.heading[1:4]), (block,))
    return Book(RETURN_SHEET, (page,), result.stamp)
