"""Stage 2: find out what each file is, and take its sheets as typed, with the address of every cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pipeline.excel.guard import Refused
from pipeline.excel.reading import RawBook, RawSheet
from pipeline.model import Issue, Month, Sheet, Submission, SubmittedFile
from schemas import codes, rules
from schemas.class_workbook import CLASS_WORKBOOK, GRADE, HOLIDAY_CHECKS, MONTH, PUPILS
from schemas.forms import FORMS
from schemas.kinds import as_text, class_name, class_number, class_text, clean, month_text
from schemas.tables import ALWAYS, COVER_SHEET, META_SHEET, RETURN_SHEET, Column, Table, WorkbookForm

_HEADER_SEARCH_ROWS = 30
_OWN_SHEETS = {COVER_SHEET, META_SHEET, RETURN_SHEET}


@dataclass(frozen=True)
class CoverCell:
    """A value of 填表说明: its text and its address (sheet, row and column from 1)."""

    text: str
    row: int
    column: int


def read(files: Sequence[SubmittedFile], month: Month) -> tuple[list[Submission], list[Issue]]:
    """Return one submission a file, in order, and what is wrong with files, covers and headers."""
    submissions, issues = [], []
    for file in files:
        submission, found = _read_file(file, month)
        submissions.append(submission)
        issues.extend(found)
    settled, conflicts = _settle_doubles(submissions)
    return settled, issues + conflicts


def _read_file(file: SubmittedFile, month: Month) -> tuple[Submission, list[Issue]]:
    try:
        book = _open(file)
    except Refused as refusal:
        rule, because = rules.REFUSALS[refusal.reason]
        return Submission(file, state="unknown"), [Issue(file.id, rule, words={"because": because})]
    form = _form_of(book)
    if form is None:
        nothing = {"because": rules.NO_SHEET_OF_OURS}
        return Submission(file, raw=book, state="unknown"), [Issue(file.id, rules.NOT_OURS, words=nothing)]
    cover = _read_cover(book, form)
    texts = {key: cell.text for key, cell in cover.items()}
    cells = {key: (cell.row, cell.column) for key, cell in cover.items()}
    submission = Submission(file, form.key, texts, cells, raw=book)
    submission, issues = _judge_cover(submission, cover, form, month)
    sheets, found = _read_sheets(file, book, form, month)
    issues += found
    if any(issue.rule is rules.COLUMN_MISSING_FILE for issue in found) and not submission.state:
        submission = replace(submission, state="refused")
    return replace(submission, sheets=tuple(sheets)), issues


def _open(file: SubmittedFile) -> RawBook:
    if file.refusal or file.book is None:
        raise Refused(file.refusal or "unreadable")
    return file.book.result()


def _form_of(book: RawBook) -> WorkbookForm | None:
    """Return the form whose sheets the book has most of; None where it has none."""
    titles = {_plain(sheet.title) for sheet in book.sheets}
    scores = {form.key: sum(table.title in titles for table in form.tables) for form in FORMS}
    best = max(FORMS, key=lambda form: scores[form.key])
    if scores[best.key]:
        return best
    headers = {
        _plain(as_text(cell)) for sheet in book.sheets for row in sheet.rows[:_HEADER_SEARCH_ROWS] for cell in row
    }
    needed = {PUPILS.by_key[key].title for key in PUPILS.needing(ALWAYS)}
    return CLASS_WORKBOOK if needed <= headers else None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Return a title without blanks, marks and a copy's (2), to compare by."""
    return re.sub(r"[\s*＊:：]|[(（]\d[)）]$", "", clean(text))


# --- the cover -------------------------------------------------------------------------------------------------


def _read_cover(book: RawBook, form: WorkbookForm) -> dict[str, CoverCell]:
    sheet = next((s for s in book.sheets if _plain(s.title) == COVER_SHEET), None)
    if sheet is None or not form.cover:
        return {}
    names = {name: column for column in form.cover for name in (column.title, *column.also)}
    found: dict[str, CoverCell] = {}
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row[:-1]):
            column = names.get(_plain(as_text(cell))) if isinstance(cell, str) and cell else None
            if column and column.key not in found:
                found[column.key] = CoverCell(_cover_text(column, row[place + 1]), number, place + 2)
        if len(found) == len(form.cover):
            break
    return found


def _cover_text(column: Column, raw: Any) -> str:
    if column.key == "month":
        return month_text(raw)
    return raw.strip() if column.key == "school_name" and isinstance(raw, str) else as_text(raw)


def _judge_cover(
    submission: Submission, cover: Mapping[str, CoverCell], form: WorkbookForm, month: Month
) -> tuple[Submission, list[Issue]]:
    """Return the submission with its class and state as 填表说明 says (contract §8.11)."""
    if not form.cover:
        return submission, []
    if not cover:
        words = {"because": rules.NO_COVER}
        return replace(submission, state="unknown"), [Issue(submission.file.id, rules.NOT_OURS, words=words)]
    issues = [
        _cover_issue(submission, column, cover, rules.COVER_VALUE)
        for column in form.cover
        if column.key in ("month", "grade", "number", "head_teacher", "school_name") and _is_bad(column, cover)
    ]
    if not submission.cover.get("school_code"):
        column = next(column for column in form.cover if column.key == "school_code")
        issues.append(_cover_issue(submission, column, cover, rules.NO_SCHOOL_CODE))
    grade, number = _class_of(submission.cover)
    settled = replace(submission, grade=grade, number=number)
    if form is CLASS_WORKBOOK and not (grade and number):
        return replace(settled, state="unknown"), issues
    stated = submission.cover.get("month", "")
    if stated != str(month):
        if not any(issue.title == MONTH.title for issue in issues):
            column = next(column for column in form.cover if column.key == "month")
            issues.append(_cover_issue(submission, column, cover, rules.WRONG_MONTH, want=str(month)))
        settled = replace(settled, state="refused")
    return settled, issues + _meta_issues(settled, month)


def _is_bad(column: Column, cover: Mapping[str, CoverCell]) -> bool:
    text = cover[column.key].text if column.key in cover else ""
    if not text:
        return True
    if column.key == "month":
        return not re.fullmatch(r"\d{4}-\d{2}", text)
    if column.key in ("grade", "number"):
        grade, number = _class_of({key: cell.text for key, cell in cover.items()})
        return not (grade if column.key == "grade" else number)
    return False


def _class_of(cover: Mapping[str, str]) -> tuple[int, int]:
    """Return (grade 1–9, class number) of a cover, 0 for what can't be read or contradicts itself."""
    words = codes.GRADES
    grade = GRADE.kind.read(cover.get("grade", ""), date.max).value
    number = class_number(cover.get("number", "")) or 0
    whole = class_name(cover.get("number", "")) if not re.fullmatch(r"\d+", cover.get("number", "")) else None
    if whole and grade in words and not whole.startswith(grade):
        return words.index(grade) + 1, 0
    return (words.index(grade) + 1 if grade in words else 0), number


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


def _meta_issues(submission: Submission, month: Month) -> list[Issue]:
    """Return a warning where the hidden _meta says another class or month than 填表说明."""
    sheet = next((s for s in submission.raw.sheets if s.title == META_SHEET), None) if submission.raw else None
    if sheet is None:
        return []
    meta = {as_text(row[0]): as_text(row[1]) for row in sheet.rows if len(row) > 1 and row[0]}
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


# --- the sheets ------------------------------------------------------------------------------------------------


def _read_sheets(
    file: SubmittedFile, book: RawBook, form: WorkbookForm, month: Month
) -> tuple[list[Sheet], list[Issue]]:
    by_title = {_plain(sheet.title): sheet for sheet in reversed(book.sheets)}
    sheets, issues = [], []
    for table in form.tables:
        raw = by_title.pop(table.title, None)
        if raw is None:
            if _is_expected(table, month):
                issues.append(Issue(file.id, rules.SHEET_MISSING, table.title))
            continue
        sheet, found = _read_sheet(file, raw, table)
        issues += found
        if sheet:
            sheets.append(sheet)
    for title, raw in by_title.items():
        if title not in _OWN_SHEETS and raw.rows and raw.is_visible:
            issues.append(Issue(file.id, rules.SHEET_IGNORED, raw.title))
    return sheets, issues


def _is_expected(table: Table, month: Month) -> bool:
    return not table.may_be_missing and (table is not HOLIDAY_CHECKS or month.number in (1, 2, 7, 8))


def _read_sheet(file: SubmittedFile, raw: RawSheet, table: Table) -> tuple[Sheet | None, list[Issue]]:
    names = {_plain(name): column for column in table.columns for name in (column.title, *column.also)}
    header = _header_row(raw, names)
    if header is None:
        blank = not any(as_text(cell) for row in raw.rows for cell in row)
        rule = rules.SHEET_MISSING if blank else rules.NO_HEADER
        if rule is rules.NO_HEADER and table is PUPILS:
            wanted = {"want": rules.AND.join(table.by_key[key].title for key in table.needing(ALWAYS))}
            return None, [Issue(file.id, rules.COLUMN_MISSING_FILE, raw.title, words=wanted)]
        return None, [Issue(file.id, rule, raw.title)]
    columns, unmapped, issues = _map_columns(file, raw, header, table, names)
    missing = [table.by_key[key].title for key in table.needing(ALWAYS) if key not in columns]
    if missing:
        rule = rules.COLUMN_MISSING_FILE if table is PUPILS else rules.COLUMN_MISSING
        issues.append(Issue(file.id, rule, raw.title, words={"want": rules.AND.join(missing)}))
    rows = list(enumerate(raw.rows[header + 1 :], start=header + 2))
    hidden = sum(1 for number, cells in rows if number in raw.hidden_rows and any(cell != "" for cell in cells))
    if hidden:
        issues.append(Issue(file.id, rules.HIDDEN_ROWS, raw.title, words={"count": hidden}))
    merged = tuple(area for area in raw.merged if area[0] > header)
    return Sheet(table, file.id, raw.title, columns, rows, merged, unmapped), issues


def _header_row(raw: RawSheet, names: Mapping[str, Column]) -> int | None:
    """Return the zero-based row in which most cells are column titles (two at least, or all that the table has)."""
    best, best_count = None, 1 if len(names) > 1 else 0
    wanted = len({column.key for column in names.values()})
    for number, row in enumerate(raw.rows[:_HEADER_SEARCH_ROWS]):
        count = len({names[plain].key for cell in row if isinstance(cell, str) and (plain := _plain(cell)) in names})
        if count > best_count:
            best, best_count = number, count
        if best_count == wanted:
            break
    return best


def _map_columns(
    file: SubmittedFile, raw: RawSheet, header: int, table: Table, names: Mapping[str, Column]
) -> tuple[dict[str, int], dict[str, int], list[Issue]]:
    """Return column key → position, the titles that fit nothing, and notes; a title that two columns bear fits none."""
    titles = [as_text(cell) for cell in raw.rows[header]]
    exact = {_plain(column.title): column for column in table.columns}
    hits: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        column = exact.get(_plain(title))
        if column:
            hits.setdefault(column.key, []).append(place)
    issues = []
    for place, title in enumerate(titles):
        column = names.get(_plain(title))
        if column and column.key not in hits and _plain(title) not in exact:
            hits[column.key] = [place]
            words = {"want": column.title}
            issues.append(
                Issue(file.id, rules.COLUMN_ALIAS, raw.title, header + 1, place + 1, column.title, title, words)
            )
    columns = {key: places[0] for key, places in hits.items() if len(places) == 1}
    for key, places in hits.items():
        if len(places) > 1:
            title = table.by_key[key].title
            issues.append(
                Issue(
                    file.id,
                    rules.TWO_COLUMNS,
                    raw.title,
                    header + 1,
                    places[1] + 1,
                    title,
                    title,
                    {"want": title},
                )
            )
    taken = {place for places in hits.values() for place in places}
    unmapped = {title: place for place, title in enumerate(titles) if title and place not in taken}
    issues += [_ignored_column(file, raw, header, title, place, table) for title, place in unmapped.items()]
    return columns, unmapped, issues


def _ignored_column(file: SubmittedFile, raw: RawSheet, header: int, title: str, place: int, table: Table) -> Issue:
    near = get_close_matches(title, [column.title for column in table.columns], n=1, cutoff=0.6)
    guess = rules.GUESS_COLUMN.format(name=near[0]) if near else ""
    return Issue(file.id, rules.COLUMN_IGNORED, raw.title, header + 1, place + 1, title, title, {"guess": guess})


# --- two files for one class -----------------------------------------------------------------------------------


def _settle_doubles(submissions: list[Submission]) -> tuple[list[Submission], list[Issue]]:
    """Decide which of several files for one class (or the school) is used (contract §6)."""
    groups: dict[tuple[str, int, int], list[Submission]] = {}
    for submission in submissions:
        if submission.form and not submission.state:
            groups.setdefault((submission.form, submission.grade, submission.number), []).append(submission)
    states: dict[int, str] = {}
    issues: list[Issue] = []
    for group in groups.values():
        if len(group) > 1:
            found_states, found = _settle(group)
            states |= found_states
            issues += found
    return [replace(s, state=states.get(s.file.id, s.state)) for s in submissions], issues


def _settle(group: list[Submission]) -> tuple[dict[int, str], list[Issue]]:
    contents = {s.file.id: _contents(s) for s in group}
    newest = max(_saved(s) for s in group)
    latest = [s for s in group if _saved(s) == newest]
    distinct = [s for s in latest if contents[s.file.id] != contents[latest[0].file.id]]
    if distinct or (not newest and len({tuple(sorted(c.items())) for c in contents.values()}) > 1):
        return {s.file.id: "tied" for s in group}, [
            Issue(
                s.file.id,
                rules.TWO_FILES_UNDECIDED,
                words={"want": rules.AND.join(o.file.name for o in group if o is not s)},
            )
            for s in group
        ]
    used = latest[0]
    issues = []
    for spare in (s for s in group if s is not used):
        count = _differing(contents[used.file.id], contents[spare.file.id])
        rule = rules.TWO_FILES_LATER if count else rules.SAME_FILE_TWICE
        issues.append(Issue(spare.file.id, rule, words={"want": used.file.name, "count": count}))
    return {s.file.id: "spare" for s in group if s is not used}, issues


def _saved(submission: Submission) -> str:
    return submission.raw.saved_at if submission.raw else ""


def _contents(submission: Submission) -> dict[tuple[str, int, int], str]:
    """Return every non-empty data cell as (table, row, column) → text, and the cover's values."""
    cells = {
        (sheet.table.key, number, place): as_text(row[place])
        for sheet in submission.sheets
        for number, row in sheet.rows
        for place in sheet.columns.values()
        if place < len(row) and row[place] not in ("", None)
    }
    return cells | {(key, 0, 0): text for key, text in submission.cover.items()}


def _differing(one: Mapping[Any, str], other: Mapping[Any, str]) -> int:
    return sum(1 for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def usable(submissions: Iterable[Submission], form: WorkbookForm) -> list[Submission]:
    """Return the submissions of a form that count."""
    return [s for s in submissions if s.form == form.key and not s.state]


def level_counts(issues: Iterable[Issue]) -> Counter[tuple[int, str]]:
    """Return (file, level) → how many problems."""
    return Counter((issue.file, issue.rule.level) for issue in issues)
