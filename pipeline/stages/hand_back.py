"""Stage 9: give every teacher with an error or an open warning their own workbook back, marked (contract §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.excel.annotate import annotate
from pipeline.excel.parts import Letter, Mark
from pipeline.excel.render import rendered
from pipeline.model import Issue, Submission, SubmittedFile
from pipeline.publishing.book import Block, Book, Out, Page
from pipeline.publishing.validation import is_sent_back
from pipeline.reading.fence import fenced
from pipeline.reading.file_names import UniqueNames
from pipeline.reading.pool import read_now
from pipeline.result import Result
from pipeline.returning.fresh import fresh_copy
from pipeline.returning.letter import About, as_typed_by_him, letter_of
from schemas import letter_words as w
from schemas.folders import SENT_BACK
from schemas.forms import FORMS
from schemas.rules import LEVELS
from schemas.tables import RETURN_SHEET

Again = Callable[[SubmittedFile], bytes | None]
Tell = Callable[[str], None]


def hand_back(result: Result, again: Again, tell: Tell = lambda sentence: None) -> Iterator[tuple[str, bytes]]:
    """Yield path → the teacher's workbook with its marks; a fresh template with its content where it can't be patched.

    What could not be read at all comes back as the letter alone. `again` gives the bytes of a file once more, or None
    where it has changed since it was read; `tell` is told of each return that is less than it should be.
    """
    by_file: dict[int, list[Issue]] = {}
    for issue in result.issues:
        by_file.setdefault(issue.file, []).append(issue)
    unique = UniqueNames()
    for submission in result.submissions:
        own = by_file.get(submission.file.id, [])
        if is_sent_back(own):
            path = f"{SENT_BACK}/{unique(PurePosixPath(submission.file.name).stem)}.xlsx"
            content, told = _returned(result, submission, own, again)
            if told:
                tell(told.format(name=submission.file.name))
            if content is not None:
                yield path, content


def _returned(result: Result, submission: Submission, issues: list[Issue], again: Again) -> tuple[bytes | None, str]:
    """Return the best that can be had, the own workbook, a fresh template or the letter; and what to say of it."""
    issues = as_typed_by_him(_about(result), submission, issues)
    data = None if submission.file.refusal else fenced(lambda: again(submission.file))
    is_own, is_readable = submission.content == "ooxml", bool(submission.form)
    if isinstance(data, bytes) and is_own and not _lacks_cover(submission):
        marked = fenced(
            lambda: annotate(data, _marks(issues), letter_of(_about(result), submission, issues, w.HOW_TO), read_now)
        )
        if isinstance(marked, bytes):
            return marked, ""
    if isinstance(data, bytes) and is_readable:
        fresh = fenced(lambda: _fresh(result, submission, issues, data))
        if isinstance(fresh, bytes):
            return fresh, w.FRESH_INSTEAD if is_own and not _lacks_cover(submission) else ""
    alone = fenced(
        lambda: rendered(_letter_alone(letter_of(_about(result), submission, issues, w.HOW_TO_ALONE), result))
    )
    if isinstance(alone, bytes):
        return alone, w.ALONE_INSTEAD if is_readable else ""
    return None, w.NOTHING_INSTEAD


def _fresh(result: Result, submission: Submission, issues: list[Issue], data: bytes) -> bytes | None:
    """Return a fresh template with a workbook's content, marked; None where nothing can be read any more."""
    fresh = fresh_copy(data, submission, issues)
    if fresh is None:
        return None
    template, moved = fresh
    how = w.HOW_TO_ODD if submission.content == "ooxml" else w.HOW_TO_FRESH
    how = w.HOW_TO_COVERLESS if _lacks_cover(submission) else how
    return annotate(template, _marks(moved), letter_of(_about(result), submission, moved, how), read_now)


def _lacks_cover(submission: Submission) -> bool:
    """Tell a workbook that says nowhere whose it is: its teacher gets the sheet that says it, with his own rows."""
    form = next((form for form in FORMS if form.key == submission.form), None)
    return bool(form and form.cover and not submission.cover)


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


def _about(result: Result) -> About:
    return About(result.month, result.merged.tables, result.ledger, result.stamp)


def _letter_alone(letter: Letter, result: Result) -> Book:
    shown = len(letter.head) - letter.hidden
    columns = tuple(Out(t, "wrapped", x) for t, x in zip(letter.head[:shown], letter.widths[:shown], strict=True))
    block = Block(columns, [line.cells[:shown] for line in letter.lines if not line.is_folded])
    page = Page(RETURN_SHEET, letter.heading[0], "    ".join(letter.heading[1:4]), (block,))
    return Book(RETURN_SHEET, (page,), result.stamp)
