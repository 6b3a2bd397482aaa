"""Stage 9: give every teacher with an error or a warning their own workbook back, marked (contract §6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.excel.annotate import NotPatchable, annotate
from pipeline.excel.book import Block, Book, Out, Page
from pipeline.excel.parts import Letter, ListLine, Mark
from pipeline.model import Issue, Submission, SubmittedFile
from pipeline.publishing.school_only import is_sent_back
from pipeline.result import Result
from schemas import letter_words as w
from schemas.class_names import class_text
from schemas.folders import SENT_BACK
from schemas.rules import ERROR, LEVELS, NOTE, WARNING
from schemas.tables import RETURN_SHEET

Again = Callable[[SubmittedFile], bytes | None]


def hand_back(result: Result, again: Again) -> Iterator[tuple[str, bytes | Book]]:
    """Yield path → the teacher's workbook with its marks; where it can't be patched, the letter alone.

    `again` gives the bytes of a file once more, or None where it has changed since it was read.
    """
    by_file: dict[int, list[Issue]] = {}
    for issue in result.issues:
        by_file.setdefault(issue.file, []).append(issue)
    taken: Counter[str] = Counter()
    for submission in result.submissions:
        if is_sent_back(by_file.get(submission.file.id, ()), submission):
            own = by_file[submission.file.id]
            yield _path(submission, taken), _marked(result, submission, own, again)


def _path(submission: Submission, taken: Counter[str]) -> str:
    """Return 退回/<the file's own name>.xlsx; of two files of one name, as Windows sees it, the later gets a number."""
    stem = PurePosixPath(submission.file.name).stem
    count = taken[stem.casefold()] = taken[stem.casefold()] + 1
    number = f"({count})" if count > 1 else ""
    return f"{SENT_BACK}/{stem}{number}.xlsx"


def _marked(result: Result, submission: Submission, issues: Sequence[Issue], again: Again) -> bytes | Book:
    letter = _letter(result, submission, issues)
    data = again(submission.file) if submission.content == "ooxml" else None
    if data is not None:
        try:
            return annotate(data, _marks(issues), letter)
        except NotPatchable:
            pass  # an unusual but readable file: it gets its letter by itself, with every problem
    return _letter_alone(letter, result)


def _marks(issues: Sequence[Issue]) -> list[Mark]:
    """Return one mark a cell, in the colour of its worst problem."""
    by_cell: dict[tuple[str, int, int], list[Issue]] = {}
    for issue in issues:
        if issue.row and issue.column:
            by_cell.setdefault((issue.sheet, issue.row, issue.column), []).append(issue)
    marks = []
    for (sheet, row, column), found in by_cell.items():
        ordered = sorted(found, key=lambda i: LEVELS.index(i.rule.level))
        text = "\n".join(w.COMMENT.format(level=i.rule.level, sentence=i.sentence, remedy=i.remedy) for i in ordered)
        marks.append(Mark(sheet, row, column, ordered[0].rule.level, text))
    return marks


def _letter(result: Result, submission: Submission, issues: Sequence[Issue]) -> Letter:
    counts = Counter(issue.rule.level for issue in issues)
    where = (
        class_text((submission.grade, submission.number))
        if submission.grade and submission.number
        else submission.file.name
    )
    state = (
        w.STATES[submission.state]
        if submission.state
        else w.READ_WITH_ERRORS
        if counts[ERROR]
        else w.READ_WITH_WARNINGS
    )
    heading = (
        w.STAMP.format(stamp=result.stamp) * bool(result.stamp) + w.HEADING.format(where=where, month=result.month),
        w.COUNTS.format(errors=counts[ERROR], warnings=counts[WARNING], notes=counts[NOTE]),
        state,
        w.HOW_TO,
    )
    ordered = sorted(issues, key=lambda i: (LEVELS.index(i.rule.level), i.order))
    return Letter(RETURN_SHEET, heading, w.COLUMNS, tuple(_line(issue) for issue in ordered), w.WIDTHS)


def _line(issue: Issue) -> ListLine:
    place = f"{issue.sheet}!{issue.cell}" if issue.cell else issue.sheet or w.WHOLE_FILE
    target = f"'{issue.sheet}'!{issue.cell or 'A1'}" if issue.sheet else ""
    cells = (
        place,
        issue.rule.level,
        issue.title,
        issue.typed,
        issue.sentence,
        issue.remedy,
        issue.rule.code,
        "",
    )
    return ListLine(cells, issue.rule.level, target)


def _letter_alone(letter: Letter, result: Result) -> Book:
    columns = tuple(Out(t, "wrapped", x) for t, x in zip(letter.head, letter.widths, strict=True))
    block = Block(columns, [line.cells for line in letter.lines])
    page = Page(RETURN_SHEET, letter.heading[0], "    ".join(letter.heading[1:]), (block,))
    return Book(RETURN_SHEET, (page,), result.stamp)
