"""Stage 8: say what is published, as books by their path below the month's folder."""

from __future__ import annotations

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


def publish(result: Result) -> dict[str, Book]:
    """Return path → book of everything but the returned workbooks."""
    code, name = (in_file_name(text) or UNNAMED for text in (result.school_code, result.school_name))
    validation, scores, brief = validation_book(result), scores_book(result), brief_book(result)
    changes = changes_book(result)
    bureau = bureau_book(result, BUREAU_IN_FORCE)
    if result.policy.teachers_reported and result.teacher_scores:
        bureau = replace(bureau, pages=(*bureau.pages, teacher_scores(result)))
    return {
        f"{BUREAU}/{code}_{name}_{result.month}.xlsx": bureau,
        f"{SCHOOL_ONLY}/{validation.title}.xlsx": validation,
        f"{SCHOOL_ONLY}/{scores.title}.xlsx": scores,
        f"{SCHOOL_ONLY}/{brief.title}.xlsx": brief,
        f"{SCHOOL_ONLY}/{changes.title}.xlsx": changes,
        **{f"{RECEIPTS}/{name}": page for name, page in class_pages(result).items()},
        f"{PUBLIC}/{public_words.FILE_NAME.format(name=name, month=result.month)}": public_book(result),
    }
