"""Files that do not go together: two for one class (or the school), and those of another school (contract §6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.model import Issue, Submission
from schemas import rules
from schemas.cells import as_text
from schemas.class_workbook import CLASS_NUMBER, CLASS_WORKBOOK, PUPILS, SCHOOL_CODE
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import COVER_SHEET
from schemas.verdicts import FileState


def settle_doubles(submissions: list[Submission]) -> tuple[list[Submission], list[Issue]]:
    """Decide which of several files for one class (or the school) is used (contract §6)."""
    groups: dict[tuple[str, int, int], list[Submission]] = {}
    for submission in submissions:
        if submission.form and submission.is_used:
            groups.setdefault((submission.form, submission.grade, submission.number), []).append(submission)
    states: dict[int, FileState] = {}
    issues: list[Issue] = []
    for group in groups.values():
        if len(group) > 1:
            found_states, found = _settle(group)
            states |= found_states
            issues += found
    return [replace(s, state=states.get(s.file.id, s.state)) for s in submissions], issues


def _are_two_classes(group: Sequence[Submission]) -> bool:
    """Tell files that bear one class and share less than half of their children: no versions of one workbook."""
    rosters = [found for s in group if (found := roster_of(s))]
    return group[0].form == CLASS_WORKBOOK.key and any(
        2 * len(one & other) < min(len(one), len(other)) for one, other in combinations(rosters, 2)
    )


def roster_of(submission: Submission) -> frozenset[str]:
    """Return the names that stand in a workbook's 学生档案, as typed."""
    sheet = next((sheet for sheet in submission.sheets if sheet.table is PUPILS), None)
    place = sheet.columns.get("name") if sheet else None
    if sheet is None or place is None:
        return frozenset()
    return frozenset(as_text(row[place]) for _, row in sheet.rows if place < len(row)) - {""}


def _as_two_classes(group: Sequence[Submission]) -> list[Issue]:
    return [
        Issue(
            s.file.id,
            rules.ONE_CLASS_TWICE,
            COVER_SHEET,
            *s.cover_cells.get("number", (0, 0)),
            CLASS_NUMBER.title,
            s.cover.get("number", ""),
            {"want": rules.AND.join(o.file.name for o in group if o is not s), "guess": "", "roster": roster_of(s)},
        )
        for s in group
    ]


def _settle(group: list[Submission]) -> tuple[dict[int, FileState], list[Issue]]:
    if _are_two_classes(group):
        return {s.file.id: FileState.TIED for s in group}, _as_two_classes(group)
    contents = {s.file.id: _contents(s) for s in group}
    newest = max(s.saved_at for s in group)
    latest = [s for s in group if s.saved_at == newest]
    distinct = [s for s in latest if contents[s.file.id] != contents[latest[0].file.id]]
    if distinct or (not newest and len({tuple(sorted(c.items())) for c in contents.values()}) > 1):
        return {s.file.id: FileState.TIED for s in group}, [
            Issue(
                s.file.id,
                rules.TWO_FILES_UNDECIDED,
                words={
                    "want": rules.AND.join(o.file.name for o in group if o is not s),
                    "names": _where(s, next(o for o in group if contents[o.file.id] != contents[s.file.id]), contents),
                },
            )
            for s in group
        ]
    used = latest[0]
    issues = []
    for spare in (s for s in group if s is not used):
        count = len(_differing(contents[used.file.id], contents[spare.file.id]))
        rule = rules.TWO_FILES_LATER if count else rules.SAME_FILE_TWICE
        words = {"want": used.file.name, "count": count, "names": _where(used, spare, contents)}
        issues.append(Issue(spare.file.id, rule, words=words))
    return {s.file.id: FileState.SPARE for s in group if s is not used}, issues


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


Cell = tuple[str, int, int]


def _differing(one: Mapping[Cell, str], other: Mapping[Cell, str]) -> list[Cell]:
    """Return the cells that are not alike, in the order of `one`, then of `other`."""
    return [key for key in dict.fromkeys([*one, *other]) if one.get(key) != other.get(key)]


def _where(one: Submission, other: Submission, contents: Mapping[int, Mapping[Cell, str]]) -> str:
    """Return the sheets and rows in which two files of a class differ."""
    titles = {sheet.table.key: sheet.title for s in (one, other) for sheet in s.sheets}
    cells = _differing(contents[one.file.id], contents[other.file.id])
    rows = ((titles.get(key, COVER_SHEET), row) for key, row, _ in cells)
    return rules.some_of(rules.ROW_OF.format(sheet=title, row=row) if row else title for title, row in rows)


def own_school(submissions: Sequence[Submission]) -> tuple[list[Submission], list[Issue]]:
    """Refuse workbooks that bear another school's 标识码 than the school's own workbook.

    Without that one, the code that more than half of the classes bear is the school's; with those of several schools,
    the one of them that the classes bear.
    """
    own = _own_code(submissions)
    kept, issues = [], []
    for submission in submissions:
        stated = submission.cover.get("school_code", "")
        if own and stated and stated != own and submission.is_used:
            cell = submission.cover_cells.get("school_code", (0, 0))
            where = (COVER_SHEET, *cell, SCHOOL_CODE.title, stated)
            issues.append(Issue(submission.file.id, rules.OTHER_SCHOOL, *where, {"want": own}))
            submission = replace(submission, state=FileState.REFUSED)
        kept.append(submission)
    return kept, issues


def _own_code(submissions: Sequence[Submission]) -> str:
    used = [s for s in submissions if s.is_used and s.cover.get("school_code")]
    told = {s.cover["school_code"] for s in used if s.form == SCHOOL_WORKBOOK.key}
    if len(told) == 1:
        return told.pop()
    codes = Counter(s.cover["school_code"] for s in used if s.form == CLASS_WORKBOOK.key)
    code, count = codes.most_common(1)[0] if codes else ("", 0)
    return code if count * 2 > codes.total() and (not told or code in told) else ""
