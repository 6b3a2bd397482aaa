"""The cover (填表说明): whose workbook it is and of what month, and what is wrong there (contract §1, §8.11)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.excel.reading import RawBook
from pipeline.model import Issue, Month, Submission
from pipeline.reading.sheets import cover_sheet, plain, unremarked
from schemas import codes, rules
from schemas.cells import as_text, as_typed, month_text
from schemas.characters import visible
from schemas.class_names import class_name, class_number, class_place, class_text, cohort_grade
from schemas.class_workbook import CLASS_WORKBOOK, GRADE, MONTH, UNCHANGED
from schemas.tables import COVER_SHEET, META_SHEET, Column, WorkbookForm
from schemas.unsaid import says_nothing
from schemas.verdicts import FileState
from schemas.versions import TEMPLATE_VERSION

_JUDGED = ("month", "grade", "number", "head_teacher", "school_name")


@dataclass(frozen=True)
class CoverCell:
    """A value of 填表说明: its text, its address (row and column from 1) and, of what was typed as text, how it was."""

    text: str
    row: int
    column: int
    typed: str = ""


def read_cover(book: RawBook, form: WorkbookForm) -> dict[str, CoverCell]:
    sheet = cover_sheet(book, form)
    if sheet is None or not form.cover:
        return {}
    names = {name: column for column in form.cover for name in (column.title, *column.also)}
    found: dict[str, CoverCell] = {}
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row[:-1]):
            label = plain(as_text(cell)) if isinstance(cell, str) else ""
            column = names.get(label) or names.get(unremarked(label))
            if column and column.key not in found:
                raw = row[place + 1]
                typed = "" if isinstance(raw, date) else as_typed(raw)  # a day in 报送月份 is Excel's own doing
                found[column.key] = CoverCell(_cover_text(column, raw), number, place + 2, typed)
        if len(found) == len(form.cover):
            break
    return found


def _cover_text(column: Column, raw: Any) -> str:
    if column.key == "month":
        return month_text(raw)
    if column.key == "school_code":
        code = "".join(as_text(raw).split())
        return "" if says_nothing(code) else code
    if column.kind.is_name:
        return str(column.kind.read(raw, date.max).value or as_text(raw))
    return raw.strip() if column.key == "school_name" and isinstance(raw, str) else as_text(raw)


def judge_cover(
    submission: Submission,
    cover: Mapping[str, CoverCell],
    meta: Mapping[str, str],
    form: WorkbookForm,
    month: Month,
) -> tuple[Submission, list[Issue]]:
    """Return the submission with its class and state as 填表说明 says (contract §8.11). `meta`: label → value."""
    if not form.cover:
        return submission, []
    if not cover:
        words = {"because": rules.NO_COVER, "remedy": rules.NO_COVER_REMEDY}
        return replace(submission, state=FileState.UNKNOWN), [Issue(submission.file.id, rules.NOT_OURS, words=words)]
    issues = [
        _cover_issue(submission, column, cover, rules.COVER_VALUE)
        for column in form.cover
        if (column.key in _JUDGED or column is UNCHANGED) and _is_bad(column, cover, month.last_day)
    ]
    if not submission.cover.get("school_code"):
        column = next(column for column in form.cover if column.key == "school_code")
        issues.append(_cover_issue(submission, column, cover, rules.NO_SCHOOL_CODE))
    grade, number = _class_of(submission.cover, month.last_day)
    settled = replace(submission, grade=grade, number=number)
    if form is CLASS_WORKBOOK and not (grade and number):
        return replace(settled, state=FileState.UNKNOWN), issues
    stated = submission.cover.get("month", "")
    if stated != str(month):
        if not any(issue.title == MONTH.title for issue in issues):
            column = next(column for column in form.cover if column.key == "month")
            issues.append(_cover_issue(submission, column, cover, rules.WRONG_MONTH, want=str(month)))
        settled = replace(settled, state=FileState.REFUSED)
    found = _version_issues(settled, meta)
    if any(issue.rule is rules.NEWER_TEMPLATE for issue in found):
        settled = replace(settled, state=FileState.REFUSED)
    issues += _repairs(settled, cover, {issue.title for issue in issues}, form)
    return settled, issues + _meta_issues(settled, meta) + found


def _is_bad(column: Column, cover: Mapping[str, CoverCell], day: date) -> bool:
    text = cover[column.key].text if column.key in cover else ""
    if column is UNCHANGED:
        reading = column.kind.read(text, day)
        return reading.fault is not None or (reading.value or codes.YES) not in column.kind.words
    if not text:
        return True
    if column.key == "month":
        return not re.fullmatch(r"\d{4}-\d{2}", text)
    if column.key in ("grade", "number"):
        grade, number = _class_of({key: cell.text for key, cell in cover.items()}, day)
        return not (grade if column.key == "grade" else number)
    return False


def _class_of(cover: Mapping[str, str], day: date) -> tuple[int, int]:
    """Return (grade 1–9, class number) of a cover, 0 for what can't be read or contradicts itself."""
    words = codes.GRADES
    stated, typed = cover.get("grade", ""), cover.get("number", "")
    grade = cohort_grade(stated, day) or GRADE.kind.read(stated, day).value
    number = class_number(typed, day) or 0
    named = class_place(stated)  # 三年级2班 where 三年级 belongs
    if named and grade not in words and number in (0, named[1]) and (number or not typed):
        return named
    whole = None if re.fullmatch(r"\d+", typed) else class_name(typed, day)
    if whole and grade in words and not whole.startswith(grade):
        return words.index(grade) + 1, 0
    return (words.index(grade) + 1 if grade in words else 0), number


def _repairs(
    submission: Submission, cover: Mapping[str, CoverCell], told: Collection[str], form: WorkbookForm
) -> list[Issue]:
    """Return a note at every value that was read otherwise than it was typed, but for those `told` (contract §8.19)."""
    read = {key: cell.text for key, cell in cover.items()}
    if submission.grade:
        read |= {"grade": codes.GRADES[submission.grade - 1], "number": str(submission.number)}
    return [
        replace(issue, typed=visible(cover[column.key].typed))
        for column in form.cover
        if column.key in cover and column.title not in told and column is not UNCHANGED
        if cover[column.key].typed not in ("", read[column.key])
        for issue in (_cover_issue(submission, column, cover, rules.REPAIRED, want=read[column.key]),)
    ]


def _cover_issue(
    submission: Submission, column: Column, cover: Mapping[str, CoverCell], rule: rules.Rule, **words: Any
) -> Issue:
    cell = cover.get(column.key)
    words = {"want": column.wanted} | words
    typed = cell.text if cell else ""
    return Issue(
        submission.file.id,
        rule,
        COVER_SHEET,
        cell.row if cell else 0,
        cell.column if cell else 0,
        column.title,
        typed or rules.EMPTY_CELL,
        words,
    )


def read_meta(book: RawBook) -> dict[str, str]:
    """Return what the hidden _meta says, label → value; nothing where there is none."""
    sheet = next((s for s in book.sheets if s.title == META_SHEET), None)
    rows = sheet.rows if sheet else []
    return {as_text(row[0]): as_text(row[1]) for row in rows if len(row) > 1 and row[0]}


def cover_by_meta(meta: Mapping[str, str], form: WorkbookForm) -> dict[str, str]:
    """Return what the hidden _meta of an issued workbook says of its cover, key → text."""
    place = class_place(meta.get("class", ""))
    grade, number = (codes.GRADES[place[0] - 1], str(place[1])) if place else ("", "")
    said = {
        "school_code": meta.get("school_code", ""),
        "month": meta.get("month", ""),
        "grade": grade,
        "number": number,
    }
    return {column.key: said[column.key] for column in form.cover if said.get(column.key)}


def _meta_issues(submission: Submission, meta: Mapping[str, str]) -> list[Issue]:
    """Return a warning where the hidden _meta says another class or month than 填表说明."""
    stated = {
        "month": month_text(submission.cover.get("month", "")),
        "school_code": submission.cover.get("school_code", ""),
    }
    if submission.grade:
        stated["class"] = class_text((submission.grade, submission.number))
    return [
        Issue(submission.file.id, rules.META_DIFFERS, COVER_SHEET, typed=stated[key], words={"want": meta[key]})
        for key in ("school_code", "class", "month")
        if meta.get(key) and stated.get(key) and meta[key] != stated[key]
    ]


def _version_issues(submission: Submission, meta: Mapping[str, str]) -> list[Issue]:
    """Return what an older template (read by its former titles) or a newer one (refused) has to be told."""
    version = meta.get("version", "")
    if not version.isdigit() or int(version) == int(TEMPLATE_VERSION):
        return []
    rule = rules.OLDER_TEMPLATE if int(version) < int(TEMPLATE_VERSION) else rules.NEWER_TEMPLATE
    return [Issue(submission.file.id, rule, words={"version": version, "want": TEMPLATE_VERSION})]
