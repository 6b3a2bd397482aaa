"""The month in one screen: the only file that knows the order of the stages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.checks.cross_checks import cross_check, unchecked
from pipeline.checks.explanations import settle
from pipeline.checks.registers import check_registers
from pipeline.children.turnout import listed_classes, not_listed, turnout
from pipeline.errors import OperatorError
from pipeline.excel.secret import encrypted
from pipeline.filled import Filled
from pipeline.keeping.privacy import Gate
from pipeline.keeping.snapshot import as_snapshot, snapshot_frames
from pipeline.keeping.store import put, put_data, replacing
from pipeline.model import Issue, Month, Submission
from pipeline.months.history import History, mark_outdated, read_history
from pipeline.reading import plan
from pipeline.reading.doubles import own_school
from pipeline.result import Result
from pipeline.returning.next_month import next_month
from pipeline.school_year import school_year
from pipeline.scoring.teachers import evaluate_teachers, head_teachers
from pipeline.stages.carry import carry
from pipeline.stages.collect import Collected, bytes_again, collect_file
from pipeline.stages.evaluate import evaluate
from pipeline.stages.hand_back import hand_back
from pipeline.stages.measure import measure
from pipeline.stages.merge import merge
from pipeline.stages.normalise import normalise
from pipeline.stages.publish import publish
from pipeline.stages.read import read, usable, without_rows
from pipeline.stages.validate import validate
from schemas import operator_words as words
from schemas import plan_words, rules
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.folders import BUREAU, NEXT_MONTH, PUBLIC
from schemas.plan_workbook import PLAN_WORKBOOK
from schemas.policy import Policy
from schemas.school_workbook import SCHOOL_WORKBOOK

T = TypeVar("T")
Tell = Callable[[str], None]
NO_HISTORY = History()


def report(
    collected: Collected,
    month: Month,
    target: Path,
    tell: Tell = lambda stage: None,
    *,
    stamp: str = "",
    password: str = "",
    key: str = "",
    patience: float = 0,
) -> tuple[Result, int]:
    """Work a month out and put its report at `target`, whole or not at all; return it and how many files go back.

    With a `password` what goes to the bureau is encrypted. `key`, `patience`: see `put_data` and `replacing`.
    """
    with replacing(target, patience) as staging:
        history = read_history(target, month)
        result = replace(work_out(collected, month, tell, history), stamp=stamp)
        clock = _Clock(tell)
        frames = snapshot_frames(result)
        months = (as_snapshot(result, frames), *history.snapshots)
        for name, form in clock("next_month", lambda: list(next_month(months, month.after, result.plan))):
            put(staging, f"{NEXT_MONTH}/{name}", form)
        remarks = list(result.remarks)
        again = partial(bytes_again, folder=collected.folder)
        returned = clock("hand_back", lambda: list(hand_back(result, again, remarks.append)))
        result = replace(result, remarks=tuple(remarks))
        for name, book in clock("publish", lambda: publish(result)).items():
            put(staging, name, book)
        clock("privacy", lambda: _guard(staging, result))
        _encrypt(staging / BUREAU, password)
        for name, content in returned:
            put(staging, name, content)
        put_data(staging, replace(result, timings={**result.timings, **clock.seconds}), frames, key)
    later = mark_outdated(target, month)
    told = tuple(words.LATER_IS_OLD.format(month=name, old=words.AND.join(old)) for name, old in later)
    return replace(result, remarks=(*result.remarks, *told)), len(returned)


def _guard(staging: Path, result: Result) -> None:
    """Let nothing into 上报 and 公示 that holds a child's personal data. Raises OperatorError: the old report stays."""
    guarded = [PUBLIC, *([BUREAU] if result.policy.masked else [])]  # 上报脱敏=否: the school has decided otherwise
    gate = Gate(result)
    for path in sorted(path for folder in guarded for path in (staging / folder).iterdir()):
        gate.check(path)


def _encrypt(folder: Path, password: str) -> None:
    for path in folder.iterdir() if password else ():
        path.write_bytes(encrypted(path.read_bytes(), password))


def work_out(
    collected: Collected, month: Month, tell: Tell = lambda stage: None, history: History = NO_HISTORY
) -> Result:
    """Work out a month from its collected workbooks. Raises OperatorError where nothing can be done.

    `history`: what earlier months left.
    """
    clock = _Clock(tell)
    if not collected.files:
        raise OperatorError(words.NO_FILES.format(folder=collected.folder))
    submissions, issues = clock("read", lambda: read(collected.files, month))
    policy, found, plan_file = _policy(submissions, issues, month, history)
    issues += found
    year = school_year(month, policy)
    submissions, found = own_school(submissions)
    issues += found
    classes, schools = usable(submissions, CLASS_WORKBOOK), usable(submissions, SCHOOL_WORKBOOK)
    issues += [] if schools else [Issue(-1, rules.NO_SCHOOL_WORKBOOK)]

    tables, found = clock("normalise", lambda: _tables(classes, schools, month))
    issues += found
    submissions, classes = without_rows(submissions), without_rows(classes)
    tables, found = clock("validate", lambda: validate(tables, year))
    issues += found
    listed = listed_classes(tables["classes"])
    expected = sorted({*listed.classes, *((s.grade, s.number) for s in classes)})
    tables, found = check_registers(tables, {class_text(place) for place in expected}, policy)
    issues += found
    tables, carried, found = clock("carry", lambda: carry(tables, classes, listed, history.snapshots))
    issues += found
    listed = listed.with_classes(carried.lost_classes)
    expected = sorted({*expected, *carried.lost_classes})
    rows = _row_counts(tables)
    pupils = Counter([*_own_files(tables["pupils"]), *carried.vouched])
    state = turnout(submissions, listed, pupils, rows, [])
    merged, found = clock("merge", lambda: merge(tables, classes, state.handed_in(), bool(schools), year, carried))
    issues += found
    issues += not_listed(submissions, listed) if schools else []
    place = {s.file.id: (s.grade, s.number) for s in classes if (s.grade, s.number) in state.handed_in()}
    measured, found = clock("measure", lambda: measure(merged, place, year, policy))
    issues += found
    issues += cross_check(merged, place, measured.heads, state, month)
    scores = clock("evaluate", lambda: evaluate(measured, merged.tables, expected, year, policy))
    stated = {(s.grade, s.number): s.cover.get("head_teacher", "") for s in classes}
    heads = head_teachers(merged.tables["classes"], stated)
    teachers = clock("teachers", lambda: evaluate_teachers(merged, measured, heads, year, policy))
    issues, ledger = settle(issues, submissions, merged, month, history.ledger)
    names = next(iter([*schools, *classes]), None)
    return Result(
        month=month,
        year=year,
        policy=policy,
        school_name=names.cover.get("school_name", "") if names else "",
        school_code=names.cover.get("school_code", "") if names else "",
        submissions=tuple(submissions),
        issues=tuple(sorted(_beside_others(issues), key=lambda issue: issue.order)),
        merged=merged,
        measured=measured,
        scores=tuple(scores),
        teacher_scores=tuple(teachers),
        turnout=turnout(submissions, listed, pupils, rows, issues),
        ledger=ledger,
        history=history,
        plan=plan_file,
        remarks=(
            *([] if expected else [words.NO_CLASSES]),
            *history.remarks,
            *_on_plan(plan_file, submissions, history),
        ),
        unchecked=tuple(unchecked(merged.tables, has_school=bool(schools), is_complete=state.is_complete)),
        timings=clock.seconds,
        passed_over_count=collected.passed_over_count,
    )


class _Clock:
    """Tells each stage as it starts and keeps how long it took."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        self._tell(stage)
        start = time.perf_counter()
        done = work()
        self.seconds[stage] = time.perf_counter() - start
        return done


def _tables(
    classes: Sequence[Submission], schools: Sequence[Submission], month: Month
) -> tuple[dict[str, Filled], list[Issue]]:
    own, issues = normalise(classes, CLASS_WORKBOOK, month)
    common, found = normalise(schools, SCHOOL_WORKBOOK, month)
    return own | common, issues + found


def _on_plan(plan_file: bytes, submissions: Sequence[Submission], history: History) -> list[str]:
    inherited = plan_file and history.plan and not any(s.form == PLAN_WORKBOOK.key for s in submissions)
    return [words.PLAN_INHERITED.format(month=history.plan[1])] if inherited and history.plan else []


def _policy(
    submissions: Sequence[Submission], issues: Sequence[Issue], month: Month, history: History
) -> tuple[Policy, list[Issue], bytes]:
    """Return the plan of the month's folder, else the last month's, else the default (contract §4), and its bytes."""
    for issue in issues:
        file = submissions[issue.file].file if issue.file >= 0 else None
        if file and PLAN_WORKBOOK.title in file.name and submissions[issue.file].state == "unknown":
            raise OperatorError(
                plan_words.UNREADABLE_PLAN.format(name=file.name, problem=issue.sentence, remedy=issue.remedy)
            )
    plans = [s for s in submissions if s.form == PLAN_WORKBOOK.key]
    if not plans and history.plan:
        path, of_month = history.plan
        inherited, found = read(collect_file(path).files, month)
        try:
            policy, _, content = _policy(inherited, found, month, NO_HISTORY)
        except OperatorError as trouble:
            raise OperatorError(plan_words.INHERITED_PLAN.format(month=of_month, problem=trouble)) from None
        return policy, [], content
    if not plans:
        return plan.default_policy(), [], b""
    distinct = {s.file.sha256: s for s in plans}
    if len(distinct) > 1:
        raise OperatorError(plan_words.TWO_PLANS.format(names=words.AND.join(s.file.name for s in plans)))
    only = plans[:1]
    tables, found = normalise(only, PLAN_WORKBOOK, month)
    tables, faults = validate(tables, school_year(month, plan.default_policy()))
    own = [issue for issue in issues if issue.file == only[0].file.id]
    policy, notes = plan.read_plan(tables, [*own, *found, *faults])
    return policy, found + notes, only[0].file.path.read_bytes() if only[0].file.path.suffix != ".zip" else b""


def _row_counts(tables: Mapping[str, Filled]) -> Counter[int]:
    """Return file → its data rows over all sheets."""
    return Counter(file for filled in tables.values() for file in _own_files(filled))


def _beside_others(issues: Sequence[Issue]) -> list[Issue]:
    """Return the issues; a note whose cell has to be mended or filled all the same says so, not that all is done."""
    to_do = {
        (i.file, i.sheet, i.row, i.column)
        for i in issues
        if i.column and (i.rule.level == rules.ERROR or i.rule is rules.TO_COMPLETE)
    }
    return [
        replace(i, is_settled_elsewhere=True)
        if i.rule.level == rules.NOTE
        and i.rule is not rules.TO_COMPLETE
        and (i.file, i.sheet, i.row, i.column) in to_do
        else i
        for i in issues
    ]


def _own_files(filled: Filled) -> list[int]:
    return list(filled.values["file"][filled.is_own])
