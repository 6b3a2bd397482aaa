"""Stage 2: find out what each file is, and take its sheets as typed, with the address of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from pipeline.excel.guard import Refused
from pipeline.excel.reading import RawBook
from pipeline.model import Issue, Month, Sheet, Submission, SubmittedFile
from pipeline.reading.columns import read_sheets
from pipeline.reading.cover import judge_cover, read_cover, read_meta
from pipeline.reading.doubles import own_school, settle_doubles
from pipeline.reading.explained import read_explanations
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.sheets import form_of
from schemas import rules
from schemas.class_workbook import PUPILS
from schemas.file_endings import MEANT_AS_WORKBOOK, OFFICE_TEXTS
from schemas.verdicts import FileState

PUPIL_LIMIT = 2_000  # rows of a class's 学生档案; up to there a month's time grows with its rows, and no class has more


def read(files: Sequence[SubmittedFile], month: Month) -> tuple[list[Submission], list[Issue]]:
    """Return one submission a file, in order, and what is wrong with files, covers and headers."""
    submissions, issues = [], []
    for file in files:
        done = fenced(partial(_read_file, file, month))
        if isinstance(done, Trouble):  # what it holds is nothing that anyone has thought of
            done = _read_file(replace(file, refusal=done.reason, book=None), month)
        submission, found = done
        submissions.append(submission)
        issues.extend(found)
    own, foreign = own_school(submissions)  # first: another school's file takes no class's place
    settled, conflicts = settle_doubles(own)
    return settled, issues + foreign + conflicts


def _read_file(file: SubmittedFile, month: Month) -> tuple[Submission, list[Issue]]:
    try:
        book = _open(file)
    except Refused as refusal:
        rule, because = rules.REFUSALS[refusal.reason]
        guess = rules.GUESS_TABLE.format(name=refusal.detail) if refusal.detail else ""
        words = {"because": because.format(guess=guess)}
        if is_stray(file.name, refusal.reason):
            return Submission(file, state=FileState.STRAY), [Issue(file.id, rules.NO_WORKBOOK, words=words)]
        rule = rules.DAMAGED if rule is rules.NO_WORKBOOK else rule
        if rule is rules.DAMAGED:
            words["remedy"] = rules.FILE_REMEDIES.get(refusal.reason, "")
        return Submission(file, state=FileState.UNKNOWN), [Issue(file.id, rule, words=words)]
    form = form_of(book)
    assert form is not None, "the readers give back our forms only"
    cover = read_cover(book, form)
    texts = {key: cell.text for key, cell in cover.items()}
    cells = {key: (cell.row, cell.column) for key, cell in cover.items()}
    submission = Submission(file, form.key, texts, cells, content=book.form, saved_at=book.saved_at)
    submission = replace(submission, explanations=read_explanations(book))
    submission, issues = judge_cover(submission, cover, read_meta(book), form, month)
    if book.has_macros:
        issues.append(Issue(file.id, rules.HAS_MACROS))
    sheets, found = read_sheets(file, book, form)
    issues += found
    if any(issue.rule is rules.COLUMN_MISSING_FILE for issue in found) and submission.is_used:
        submission = replace(submission, state=FileState.REFUSED)
    issues += _too_many(file, sheets)
    if any(issue.rule is rules.TOO_MANY_PUPILS for issue in issues) and submission.is_used:
        submission = replace(submission, state=FileState.REFUSED)
    return replace(submission, sheets=tuple(sheets)), issues


def _too_many(file: SubmittedFile, sheets: Iterable[Sheet]) -> list[Issue]:
    """Refuse a roster of a size that no class has: something else was pasted into it."""
    counts = [sum(any(c != "" for c in row) for _, row in s.rows) for s in sheets if s.table is PUPILS]
    told = [Issue(file.id, rules.TOO_MANY_PUPILS, PUPILS.title, words={"want": PUPIL_LIMIT})]
    return told if max(counts, default=0) > PUPIL_LIMIT else []


def is_stray(name: str, reason: str) -> bool:
    """Tell a file that can be no workbook, neither by its name nor by its content (contract §8.11)."""
    ending = PurePosixPath(name).suffix.casefold()
    if ending in OFFICE_TEXTS:
        return reason in (*rules.NO_WORKBOOK_KINDS, "damaged", "no_sheets", "not_ours")
    return reason in rules.NO_WORKBOOK_KINDS and ending not in MEANT_AS_WORKBOOK


def _open(file: SubmittedFile) -> RawBook:
    if file.refusal or file.book is None:
        raise Refused(file.refusal or "unreadable")
    book: RawBook = file.book.take()
    return book


# --- the sheets ------------------------------------------------------------------------------------------------


def without_rows(submissions: Iterable[Submission]) -> list[Submission]:
    """Return the submissions without their cells as typed, which nobody needs once they are tables."""
    return [replace(s, sheets=tuple(replace(sheet, rows=[]) for sheet in s.sheets)) for s in submissions]
