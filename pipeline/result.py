"""A month worked out, as everything that writes it sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.children.turnout import Turnout
from pipeline.measuring.measured import Measured
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Submission
from pipeline.months.history import History
from pipeline.months.ledger import Ledger
from pipeline.school_year import SchoolYear
from pipeline.scoring.points import Score
from pipeline.scoring.teachers import TeacherScore
from schemas.policy import Policy
from schemas.rules import Rule
from schemas.tables import WorkbookForm


@dataclass(frozen=True, eq=False)
class Result:
    """One month of one school. `issues` are in the order of file, sheet, row; `timings` in seconds by stage.

    `ledger`: every explanation that holds or was withdrawn; `history`: what earlier months left; `plan`: the workbook
    of the 考核方案 in force (empty: the default); `unchecked`: rules that could not be checked, and why; `remarks`:
    what the admin should know of the run.
    """

    month: Month
    year: SchoolYear
    policy: Policy
    school_name: str
    school_code: str
    submissions: tuple[Submission, ...]
    issues: tuple[Issue, ...]
    merged: Merged
    measured: Measured
    scores: tuple[Score, ...]
    teacher_scores: tuple[TeacherScore, ...]
    turnout: Turnout
    ledger: Ledger
    history: History
    unchecked: tuple[tuple[Rule, str], ...]
    timings: Mapping[str, float]
    passed_over_count: int
    plan: bytes = b""
    remarks: tuple[str, ...] = ()
    stamp: str = ""

    def used(self, form: WorkbookForm) -> tuple[Submission, ...]:
        """Return the submissions of a form that count."""
        return tuple(s for s in self.submissions if s.form == form.key and s.is_used)
