"""Stage 8: say what is published, as books by their path below the month's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.publishing.book import Book
from pipeline.publishing.brief import brief_book
from pipeline.publishing.bureau import bureau_book
from pipeline.publishing.changes import changes_book
from pipeline.publishing.class_page import class_pages
from pipeline.publishing.names import in_file_name
from pipeline.publishing.public import public_book
from pipeline.publishing.school_only import scores_book
from pipeline.publishing.teachers import teacher_scores
from pipeline.publishing.validation import validation_book
from pipeline.result import Result
from schemas import public_words
from schemas.folders import BUREAU, PUBLIC, RECEIPTS, SCHOOL_ONLY, UNNAMED
from schemas.layout_in_force import BUREAU_IN_FORCE


def publish(result: Result) -> Iterator[tuple[str, Book]]:
    """Yield (path, book) of everything but the returned workbooks, each as soon as it is there to be written.

    The many small pages of the classes come last: they keep every writer busy while the largest book is written.
    """
    code, name = (in_file_name(text) or UNNAMED for text in (result.school_code, result.school_name))
    bureau = bureau_book(result, BUREAU_IN_FORCE)
    if result.policy.teachers_reported and result.teacher_scores:
        bureau = replace(bureau, pages=(*bureau.pages, teacher_scores(result)))
    yield f"{BUREAU}/{code}_{name}_{result.month}.xlsx", bureau
    for make in (validation_book, changes_book, brief_book, scores_book):
        book = make(result)
        yield f"{SCHOOL_ONLY}/{book.title}.xlsx", book
    yield f"{PUBLIC}/{public_words.FILE_NAME.format(name=name, month=result.month)}", public_book(result)
    for page, book in class_pages(result).items():
        yield f"{RECEIPTS}/{page}", book
