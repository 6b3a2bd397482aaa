"""The data sheets of a workbook, recognised and taken as typed: which column is which, and what fits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from pipeline.addresses import column_letters
from pipeline.excel.reading import RawBook, RawSheet
from pipeline.model import Issue, Sheet, SubmittedFile
from pipeline.reading.cover import read_meta
from pipeline.reading.sheets import Header, claim, column_named, cover_sheet, find_header, plain, titles_of
from pipeline.school_year import SchoolYear
from schemas import rules
from schemas.class_workbook import PUPILS
from schemas.held import marks_in
from schemas.tables import ALWAYS, COVER_SHEET, Column, Table, WorkbookForm


def read_sheets(file: SubmittedFile, book: RawBook, form: WorkbookForm) -> tuple[list[Sheet], list[Issue]]:
    """Return the data sheets of a book of the form, as typed, and what is wrong with sheets and headers."""
    claims = claim(book, form)
    issues = [Issue(file.id, rules.SHEET_ALIAS, s.title, words={"want": t.title}) for s, t in claims.renamed]
    cover = cover_sheet(book, form)
    if cover is not None and plain(cover.title) != COVER_SHEET:
        issues.append(Issue(file.id, rules.SHEET_ALIAS, cover.title, words={"want": COVER_SHEET}))
    issues += [Issue(file.id, rules.SHEET_COPY, s.title, words={"want": t.title}) for s, t in claims.copies]
    issues += [Issue(file.id, rules.SHEET_IGNORED, s.title) for s in claims.others]
    for table, alike in claims.tied:
        words = {"want": table.title, "others": rules.QUOTES.join(sheet.title for sheet in alike)}
        issues += [Issue(file.id, rules.TWO_SHEETS, sheet.title, words=words) for sheet in alike]
    tied = {table.key for table, _ in claims.tied}
    sheets = []
    meta = read_meta(book)
    for table in form.tables:
        raw = claims.by_table.get(table.key)
        if raw is not None:
            sheet, found = _read_sheet(file, raw, table)
            issues += found
            sheets += [replace(sheet, held=marks_in(table, meta))] if sheet else []
        elif table.key not in tied and not table.may_be_missing:
            issues.append(Issue(file.id, rules.SHEET_MISSING, table.title, words={"table": table}))
    return sheets, issues


def expected_only(issues: Iterable[Issue], year: SchoolYear) -> list[Issue]:
    """Return the issues without those of holiday sheets that are missing in a month that is none by the plan."""
    return [i for i in issues if i.rule is not rules.SHEET_MISSING or _is_expected(i.words["table"], year)]


def _is_expected(table: Table, year: SchoolYear) -> bool:
    return year.is_holiday or not table.only_in_holidays


def _read_sheet(file: SubmittedFile, raw: RawSheet, table: Table) -> tuple[Sheet | None, list[Issue]]:
    header = find_header(raw, table)
    if header is None:
        rule = rules.NO_HEADER if raw.has_content else rules.SHEET_MISSING
        if rule is rules.NO_HEADER and table is PUPILS:
            wanted = {"want": rules.AND.join(table.by_key[key].title for key in table.needing(ALWAYS))}
            return None, [Issue(file.id, rules.COLUMN_MISSING_FILE, raw.title, words=wanted)]
        return None, [Issue(file.id, rule, raw.title, words={"table": table})]
    columns, unmapped, issues = _map_columns(file, raw, header, table)
    if header.last > header.first:
        issues.append(Issue(file.id, rules.TWO_ROW_HEADER, raw.title, header.last + 1, 1))
    missing = [table.by_key[key].title for key in table.needing(ALWAYS) if key not in columns]
    if missing:
        rule = rules.COLUMN_MISSING_FILE if table is PUPILS else rules.COLUMN_MISSING
        twice = {issue.title for issue in issues if issue.rule is rules.TWO_COLUMNS}
        issues.append(Issue(file.id, rule, raw.title, words=_missing_words(missing, twice)))
    rows = list(enumerate(raw.rows[header.last + 1 :], start=header.last + 2))
    hidden = sum(1 for number, cells in rows if number in raw.hidden_rows and any(cell != "" for cell in cells))
    if hidden:
        issues.append(Issue(file.id, rules.HIDDEN_ROWS, raw.title, words={"count": hidden}))
    merged = tuple(area for area in raw.merged if area[0] > header.last)
    return Sheet(table, file.id, raw.title, columns, rows, merged, unmapped, raw.struck), issues


def _missing_words(missing: Sequence[str], twice: Collection[str]) -> dict[str, str]:
    """Return what a sentence says of missing columns; of those that are there `twice` a third would be one too many."""
    told = [rules.COLUMN_TWICE.format(title=title) if title in twice else title for title in missing]
    only_twice = rules.TWICE_REMEDY.format(title=rules.QUOTES.join(missing)) if set(missing) <= set(twice) else ""
    return {"want": rules.AND.join(told), "remedy": only_twice}


def _map_columns(
    file: SubmittedFile, raw: RawSheet, header: Header, table: Table
) -> tuple[dict[str, int], dict[str, int], list[Issue]]:
    """Return column key → position, the titles that fit nothing, and notes; a title that two columns bear fits none."""
    hits, aliases = _hits(header, table)
    columns = {key: places[0] for key, places in hits.items() if len(places) == 1}
    taken = {place for places in hits.values() for place in places}
    unmapped = {title: place for place, title in enumerate(header.titles) if title and place not in taken}
    row = header.last + 1
    issues = [
        Issue(file.id, rules.COLUMN_ALIAS, raw.title, row, place + 1, column.title, title, {"want": column.title})
        for place, title, column in aliases
    ]
    for key, places in hits.items():
        if len(places) > 1:
            title = table.by_key[key].title
            place = places[1] + 1
            want = rules.TWO_LETTERS.format(first=column_letters(places[0] + 1), second=column_letters(place))
            issues.append(Issue(file.id, rules.TWO_COLUMNS, raw.title, row, place, title, title, {"want": want}))
    issues += [_ignored_column(file, raw, row, title, place, table) for title, place in unmapped.items()]
    return columns, unmapped, issues


def _hits(header: Header, table: Table) -> tuple[dict[str, list[int]], list[tuple[int, str, Column]]]:
    """Return column key → positions, and which of them were found by another title: two of those fit none."""
    exact, names = {plain(column.title): column for column in table.columns}, titles_of(table)
    hits: dict[str, list[int]] = {}
    for place, title in enumerate(header.titles):
        column = exact.get(plain(title))
        if column:
            hits.setdefault(column.key, []).append(place)
    official = set(hits)
    aliases = []
    for place, title in enumerate(header.titles):
        column = column_named(title, names)
        if column and column.key not in official and plain(title) not in exact:
            hits.setdefault(column.key, []).append(place)
            aliases.append((place, title, column))
    return hits, [alias for alias in aliases if len(hits[alias[2].key]) == 1]


def _ignored_column(file: SubmittedFile, raw: RawSheet, row: int, title: str, place: int, table: Table) -> Issue:
    near = get_close_matches(title, [column.title for column in table.columns], n=1, cutoff=0.6)
    guess = rules.GUESS_COLUMN.format(name=near[0]) if near else ""
    return Issue(file.id, rules.COLUMN_IGNORED, raw.title, row, place + 1, title, title, {"guess": guess})
