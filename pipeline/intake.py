"""What was handed in, as it flows through the stages: files, tables, and everything that is wrong with them so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.children.turnout import Listed, Turnout, turnout
from pipeline.filled import Filled, Tables
from pipeline.model import Issue, Place, Places, Submission
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import WorkbookForm


@dataclass(frozen=True, eq=False)
class Intake:
    """One month's files and their tables. A stage takes it and gives a new one back.

    `submissions`: one a file; `tables`: key → the rows of all files; `listed`: the classes that are due.
    """

    submissions: Sequence[Submission]
    issues: Sequence[Issue] = ()
    tables: Tables = field(default_factory=dict)
    listed: Listed = field(default_factory=lambda: Listed({}, is_whole=True))

    def used(self, form: WorkbookForm) -> list[Submission]:
        """Return the submissions of a form that count."""
        return [s for s in self.submissions if s.form == form.key and s.is_used]

    @property
    def classes(self) -> list[Submission]:
        """The class workbooks that count."""
        return self.used(CLASS_WORKBOOK)

    @property
    def schools(self) -> list[Submission]:
        """The school's workbook, if it is there."""
        return self.used(SCHOOL_WORKBOOK)

    @property
    def places(self) -> Places:
        """File → class, of the class workbooks that count."""
        return {s.file.id: (s.grade, s.number) for s in self.classes}

    @property
    def expected(self) -> list[Place]:
        """The classes that are due, and those that sent a workbook all the same."""
        return sorted({*self.listed.classes, *self.places.values()})

    @property
    def row_counts(self) -> Counter[int]:
        """File → its data rows over all sheets."""
        return Counter(file for filled in self.tables.values() for file in own_files(filled))

    @property
    def pupil_counts(self) -> Counter[int]:
        """File → its rows of 学生档案."""
        return Counter(own_files(self.tables["pupils"]))

    @property
    def stated_heads(self) -> dict[Place, str]:
        """Class → the head teacher whom its cover states."""
        return {(s.grade, s.number): s.cover.get("head_teacher", "") for s in self.classes}

    def turnout(self, vouched: Iterable[int], had_children: Collection[Place] = ()) -> Turnout:
        """Return the state of every class. `had_children`: the classes that had some in an earlier month.

        `vouched`: the files whose tick 与上月相同 stands for their roster.
        """
        return turnout(
            self.submissions, self.listed, self.pupil_counts + Counter(vouched), self.row_counts, had_children
        )

    def stated(self, key: str) -> str:
        """Return what the cover of the school's workbook says, else of the first class's."""
        first = next(iter([*self.schools, *self.classes]), None)
        return first.cover.get(key, "") if first else ""

    def with_tables(self, tables: Mapping[str, Filled], issues: Iterable[Issue] = ()) -> Intake:
        """Return the same with other tables, and more issues. Raises BrokenFrame for one not as declared."""
        for key, filled in tables.items():
            if self.tables.get(key) is not filled:
                filled.checked()
        return replace(self, tables=tables, issues=(*self.issues, *issues))

    def with_issues(self, issues: Iterable[Issue]) -> Intake:
        """Return the same with more issues."""
        return replace(self, issues=(*self.issues, *issues))


def own_files(filled: Filled) -> list[int]:
    """Return the file of each row that stands in one of this month."""
    files: list[int] = filled.values["file"].to_numpy()[filled.values["row"].to_numpy() > 0].tolist()
    return files
