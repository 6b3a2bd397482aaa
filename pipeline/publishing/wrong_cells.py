"""Which cells of a child's 学生档案 and 联系卡 are in error: so that whoever has to mend them is told which."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.result import Result
from schemas.class_workbook import CONTACTS, PUPILS
from schemas.rules import ERROR


def wrong_cells(result: Result) -> Mapping[int, Mapping[str, bool]]:
    """Return child → the titles of his cells in error, in the order of the columns → whether nothing stands there."""
    merged = result.merged
    whose: dict[tuple[int, str, int], int] = {}  # file, sheet and Excel row → child
    for table, child in ((PUPILS, merged.pupil_child), (CONTACTS, merged.child_of[CONTACTS.key])):
        filled = merged.tables[table.key]
        places = zip(filled.values["file"].tolist(), filled.values["row"].tolist(), child.tolist(), strict=True)
        for file, row, own in places:
            if row and file in filled.titles:
                whose[int(file), filled.titles[file], int(row)] = int(own)
    found: dict[int, dict[str, bool]] = {}
    for issue in sorted(result.issues, key=lambda issue: issue.order):
        own = whose.get((issue.file, issue.sheet, issue.row))
        if own is not None and issue.rule.level == ERROR and issue.column:
            found.setdefault(own, {}).setdefault(issue.title, not issue.typed)
    return found
