"""Take a drawn month through the stages one by one: no workbook is written or read, so that each stage speaks for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.filled import Filled
from pipeline.intake import Intake
from pipeline.measuring.measured import Measured
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Sheet, Submission, SubmittedFile
from pipeline.months.carried import nothing_carried
from pipeline.school_year import SchoolYear, school_year
from pipeline.stages.measure import measure
from pipeline.stages.merge import merge
from pipeline.stages.normalise import normalise
from pipeline.stages.validate import validate
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import GRADES
from schemas.forms import FORMS
from schemas.policy import Policy, make_policy
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import FIRST_DATA_ROW, Table, WorkbookForm

POLICY: Policy = make_policy()


def sheet_of(table: Table, rows: list[Mapping[str, Any]], file: int = 0) -> Sheet:
    """Return a sheet with these rows of 列名 → cell as typed, from the first data row on."""
    cells = [[row.get(column.title, "") for column in table.columns] for row in rows]
    columns = {column.key: place for place, column in enumerate(table.columns)}
    return Sheet(table, file, table.title, columns, list(enumerate(cells, start=FIRST_DATA_ROW)))


def submission(form: WorkbookForm, book: Mapping[str, Any], file: int) -> Submission:
    """Return a workbook as the reading stage gives it."""
    cover = {column.key: str(book["cover"].get(column.title, "")) for column in form.cover}
    sheets = tuple(sheet_of(table, book["sheets"].get(table.title, []), file) for table in form.tables)
    grade = GRADES.index(book["cover"]["年级"]) + 1 if "年级" in book["cover"] else 0
    own = SubmittedFile(file, Path(f"{file}.xlsx"), f"{file}.xlsx")
    return Submission(own, form.key, cover, grade=grade, number=book["cover"].get("班级", 0), sheets=sheets)


class Staged:
    """A drawn month at each stage; every stage is asked once, and only if a test looks at it."""

    def __init__(self, plain: Mapping[str, Any], policy: Policy = POLICY) -> None:
        self.month, self.policy = Month.parse(plain["month"]), policy
        self.year: SchoolYear = school_year(self.month, policy)
        books = [(CLASS_WORKBOOK, book) for book in plain["classes"]] + [(SCHOOL_WORKBOOK, plain["school"])]
        self.submissions = [submission(form, book, file) for file, (form, book) in enumerate(books)]

    @cached_property
    def normalised(self) -> tuple[dict[str, Filled], list[Issue]]:
        """The typed tables, and what was told of them."""
        found = [normalise([s for s in self.submissions if s.form == f.key], f, self.month) for f in FORMS[:2]]
        return found[0][0] | found[1][0], found[0][1] + found[1][1]

    @cached_property
    def validated(self) -> tuple[dict[str, Filled], list[Issue]]:
        """The judged tables, and what was told of them."""
        return validate(self.normalised[0], self.year)

    @cached_property
    def intake(self) -> Intake:
        """What flows on from here."""
        return Intake(self.submissions, tables=self.validated[0])

    @cached_property
    def merged(self) -> tuple[Merged, list[Issue]]:
        """The tables tied by child, and what does not fit together."""
        intake, merged = merge(self.intake, set(self.intake.places.values()), self.year, nothing_carried())
        return merged, list(intake.issues)

    @cached_property
    def measured(self) -> Measured:
        """What is counted."""
        return measure(self.merged[0], self.intake.places, self.year, self.policy)[0]


def codes(issues: Iterable[Issue]) -> set[tuple[str, str, str]]:
    """Return (code, sheet, cell) of issues."""
    return {(issue.rule.code, issue.sheet, issue.cell) for issue in issues}
