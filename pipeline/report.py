"""The month in one screen: the only file that knows the order of the stages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.checks.across import cross_check, unchecked
from pipeline.checks.explanations import beside_others, settle
from pipeline.checks.hints import with_hints
from pipeline.checks.known import Known
from pipeline.checks.registers import check_registers
from pipeline.checks.two_classes import tell_apart
from pipeline.children.turnout import listed_classes, not_listed, other_heads
from pipeline.errors import OperatorError
from pipeline.excel.secret import encrypted
from pipeline.intake import Intake
from pipeline.keeping.privacy import Gate
from pipeline.keeping.snapshot import as_snapshot, snapshot_frames
from pipeline.keeping.store import put_all, put_data, put_facts, replacing
from pipeline.measuring.measured import Measured
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Submission
from pipeline.months.carried import Carried
from pipeline.months.elsewhere import NOWHERE, Elsewhere
from pipeline.months.history import History, read_history
from pipeline.months.run_file import mark_outdated, old_templates
from pipeline.plan_in_force import InForce, plan_in_force
from pipeline.publishing.class_page import lacking_of
from pipeline.publishing.told import told_of
from pipeline.reading.columns import expected_only
from pipeline.reading.jobs import render_book
from pipeline.reading.pool import give, make_all_ready
from pipeline.result import Result
from pipeline.returning.next_month import next_month
from pipeline.school_year import SchoolYear, school_year
from pipeline.scoring.teachers import TeacherScore, evaluate_teachers, head_teachers
from pipeline.stages.carry import carry
from pipeline.stages.collect import Collected, bytes_again
from pipeline.stages.evaluate import evaluate
from pipeline.stages.hand_back import hand_back
from pipeline.stages.measure import measure
from pipeline.stages.merge import merge
from pipeline.stages.normalise import normalise
from pipeline.stages.publish import publish
from pipeline.stages.read import read, without_rows
from pipeline.stages.validate import validate
from schemas import operator_words as words
from schemas import rules
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.folders import BUREAU, PUBLIC
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
    elsewhere: Elsewhere = NOWHERE,
) -> tuple[Result, int]:
    """Work a month out and put its report at `target`, whole or not at all; return it and how many files go back.

    With a `password` what goes to the bureau is encrypted. `key`, `patience`: see `put_facts` and `replacing`.
    `elsewhere`: whom other schools of the county have.
    """
    with replacing(target, patience) as staging:
        make_all_ready()  # once the files are read, which were given to them before
        history = replace(read_history(target, month), elsewhere=elsewhere)
        result = replace(work_out(collected, month, tell, history), stamp=stamp)
        clock = _Clock(tell)
        result, returned = clock("hand_back", partial(_handed_back, result, collected.folder))
        frames = snapshot_frames(result)
        months = (as_snapshot(result, frames), *history.snapshots)
        ahead = (months, month.after, result.plan, result.policy, history.last_year, lacking_of(result))
        forms = clock("next_month", lambda: list(next_month(*ahead)))
        books = clock("publish", lambda: {name: give(render_book, book) for name, book in publish(result)})
        hashes = clock("data", lambda: put_data(staging, result, frames))  # while others fill and render
        gate = Gate(result)
        put_all(staging, {f"{form.folder}/{form.name}": form.content for form in forms})
        clock("render", lambda: put_all(staging, books))
        clock("privacy", lambda: _guard(staging, gate, result.policy))
        _encrypt(staging / BUREAU, password)
        put_all(staging, returned)
        timed = replace(result, timings={**result.timings, **clock.seconds})
        put_facts(staging, timed, hashes, key=key, told=told_of(result, len(returned)))
    return replace(result, remarks=(*result.remarks, *_made_old(target, month))), len(returned)


def _handed_back(result: Result, folder: Path) -> tuple[Result, dict[str, bytes]]:
    """Return the month with what handing back has to say, and what goes back by its path below the month's folder."""
    remarks = list(result.remarks)
    returned = dict(hand_back(result, partial(bytes_again, folder=folder), remarks.append))
    return replace(result, remarks=tuple(remarks)), returned


def _made_old(target: Path, month: Month) -> tuple[str, ...]:
    """Mark what this report makes old beside it; say it."""
    later = mark_outdated(target, month)
    told = [words.LATER_IS_OLD.format(month=name, old=words.AND.join(old)) for name, old in later]
    return (*told, *(words.TEMPLATES_ARE_OLD.format(later=name) for name in old_templates(target, month)))


def _guard(staging: Path, gate: Gate, policy: Policy) -> None:
    """Let nothing into 上报 and 公示 that holds a child's personal data. Raises OperatorError: the old report stays."""
    guarded = [PUBLIC, *([BUREAU] if policy.masked else [])]  # 上报脱敏=否: the school has decided otherwise
    for path in sorted(path for folder in guarded for path in (staging / folder).iterdir()):
        gate.check(path)


def _encrypt(folder: Path, password: str) -> None:
    for path in folder.iterdir() if password else ():
        path.write_bytes(encrypted(path.read_bytes(), password))


def work_out(
    collected: Collected, month: Month, tell: Tell = lambda stage: None, history: History = NO_HISTORY
) -> Result:
    """Work out a month from its collected workbooks and what earlier months left. Raises OperatorError."""
    clock = _Clock(tell)
    intake, plan, year = _taken_in(collected, month, history, clock)
    policy = plan.policy
    intake, carried = clock("carry", lambda: _carried(intake, month, history))
    state = intake.turnout(carried.vouched, carried.had_children)
    done = state.handed_in()
    intake, merged = clock("merge", lambda: merge(intake, done, year, carried))
    places = {file: place for file, place in intake.places.items() if place in done}
    measured, found = clock("measure", lambda: measure(merged, places, year, policy))
    found += cross_check(merged, places, measured.heads, state, month)
    scores = clock("evaluate", lambda: evaluate(measured, merged.tables, intake.expected, done, year, policy))
    teachers = clock("teachers", lambda: _teachers(intake, merged, measured, year, policy))
    hinted = with_hints([*intake.issues, *found], Known(merged, intake.submissions, intake.listed, month))
    told, ledger = settle(hinted, intake.submissions, merged, month, history.ledger)
    return Result(
        month=month,
        year=year,
        policy=policy,
        school_name=intake.stated("school_name"),
        school_code=intake.stated("school_code"),
        submissions=tuple(intake.submissions),
        issues=tuple(sorted(beside_others(told), key=lambda issue: issue.order)),
        merged=merged,
        measured=measured,
        scores=tuple(scores),
        teacher_scores=tuple(teachers),
        turnout=state.counting(told),
        ledger=ledger,
        history=history,
        plan=plan.workbook,
        remarks=(*([] if intake.expected else [words.NO_CLASSES]), *history.remarks, *plan.remarks),
        unchecked=tuple(unchecked(merged.tables, has_school=bool(intake.schools), is_complete=state.is_complete)),
        timings=clock.seconds,
        passed_over_count=collected.passed_over_count,
    )


def _carried(intake: Intake, month: Month, history: History) -> tuple[Intake, Carried]:
    """Return the intake with what earlier months know, also of files that bear another class than their own."""
    intake, carried = carry(intake, month, history.snapshots, history.last_year, history.elsewhere, history.corrected)
    issues = tell_apart(intake.issues, intake.submissions, intake.listed, carried.snapshots)
    return replace(intake, issues=issues), carried


def _teachers(
    intake: Intake, merged: Merged, measured: Measured, year: SchoolYear, policy: Policy
) -> list[TeacherScore]:
    heads = head_teachers(merged.tables["classes"], intake.stated_heads)
    return evaluate_teachers(merged, measured, heads, year, policy)


def _taken_in(
    collected: Collected, month: Month, history: History, clock: _Clock
) -> tuple[Intake, InForce, SchoolYear]:
    """Return what was handed in as judged tables, and the plan and school year that the month goes by."""
    if not collected.files:
        raise OperatorError(words.NO_FILES.format(folder=collected.folder))
    files, issues = clock("read", lambda: read(collected.files, month))
    plan = plan_in_force(files, issues, month, history.plan)
    year = school_year(month, plan.policy)
    intake = _received(files, [*expected_only(issues, year), *plan.issues])
    intake = clock("normalise", lambda: _typed(intake, month))
    return clock("validate", lambda: _judged(intake, year, plan.policy)), plan, year


def _received(files: Sequence[Submission], issues: Sequence[Issue]) -> Intake:
    """Return the files, and what is wrong with them so far."""
    intake = Intake(list(files), list(issues))
    return intake if intake.schools else intake.with_issues([Issue(-1, rules.NO_SCHOOL_WORKBOOK)])


def _typed(intake: Intake, month: Month) -> Intake:
    """Return the intake with its tables; the cells as typed, which nobody needs any more, are let go."""
    own, issues = normalise(intake.classes, CLASS_WORKBOOK, month)
    common, found = normalise(intake.schools, SCHOOL_WORKBOOK, month)
    return replace(intake, submissions=without_rows(intake.submissions)).with_tables(own | common, [*issues, *found])


def _judged(intake: Intake, year: SchoolYear, policy: Policy) -> Intake:
    """Return the intake with every cell in error marked, and the classes that are due."""
    tables, issues = validate(intake.tables, year)
    judged = replace(intake, listed=listed_classes(tables["classes"])).with_tables(tables, issues)
    if judged.schools:
        beside = (judged.submissions, judged.listed)
        judged = judged.with_issues([*not_listed(*beside), *other_heads(*beside)])
    names = {class_text(place) for place in judged.expected}
    return judged.with_tables(*check_registers(tables, names, policy))


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
