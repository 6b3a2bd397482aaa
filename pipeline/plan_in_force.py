"""The plan that a month goes by: its folder's 考核方案, else the last month's, else the default (contract §4).

The plan's workbook goes through the first stages before everything else: what counts hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OperatorError
from pipeline.model import Issue, Month, Submission
from pipeline.reading import plan
from pipeline.school_year import school_year
from pipeline.stages.collect import collect_file
from pipeline.stages.normalise import normalise
from pipeline.stages.read import read
from pipeline.stages.validate import validate
from schemas import operator_words as words
from schemas import plan_words
from schemas.plan_workbook import PLAN_WORKBOOK
from schemas.policy import Policy
from schemas.verdicts import FileState

Inherited = tuple[Path, str]  # the workbook of an earlier month's plan, and that month


@dataclass(frozen=True)
class InForce:
    """A plan: its policy, its workbook (empty: the default), what is wrong in it, what the admin should know of it."""

    policy: Policy
    workbook: bytes = b""
    issues: Sequence[Issue] = ()
    remarks: tuple[str, ...] = ()


def plan_in_force(
    submissions: Sequence[Submission], issues: Sequence[Issue], month: Month, inherited: Inherited | None = None
) -> InForce:
    """Return the plan of a month. Raises OperatorError for one that is broken: no figure may rest on a guess."""
    _refuse_unreadable(submissions, issues)
    plans = [s for s in submissions if s.form == PLAN_WORKBOOK.key]
    if plans:
        return _of_folder(plans, issues, month)
    return _inherited(*inherited, month) if inherited else InForce(plan.default_policy(month))


def _refuse_unreadable(submissions: Sequence[Submission], issues: Sequence[Issue]) -> None:
    for issue in issues:
        file = submissions[issue.file].file if issue.file >= 0 else None
        if file and PLAN_WORKBOOK.title in file.name and submissions[issue.file].state is FileState.UNKNOWN:
            told = {"name": file.name, "problem": issue.sentence, "remedy": issue.remedy}
            raise OperatorError(plan_words.UNREADABLE_PLAN.format(**told))


def _of_folder(plans: Sequence[Submission], issues: Sequence[Issue], month: Month) -> InForce:
    distinct = {s.file.sha256: s for s in plans}
    if len(distinct) > 1:
        raise OperatorError(plan_words.TWO_PLANS.format(names=words.AND.join(s.file.name for s in plans)))
    file = plans[0].file
    tables, found = normalise(plans[:1], PLAN_WORKBOOK, month)
    tables, faults = validate(tables, school_year(month, plan.default_policy(month)))
    own = [issue for issue in issues if issue.file == file.id]
    policy, notes = plan.read_plan(tables, [*own, *found, *faults], month)
    return InForce(policy, file.path.read_bytes() if file.path.suffix != ".zip" else b"", [*found, *notes])


def _inherited(path: Path, of_month: str, month: Month) -> InForce:
    try:
        found = plan_in_force(*read(collect_file(path).files, month), month)
    except OperatorError as trouble:
        raise OperatorError(plan_words.INHERITED_PLAN.format(month=of_month, problem=trouble)) from None
    return InForce(found.policy, found.workbook, remarks=(words.PLAN_INHERITED.format(month=of_month),))
