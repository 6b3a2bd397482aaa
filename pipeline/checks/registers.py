"""考核登记 and 预警确认: their targets and items are ones that the school has (contract §3, §8.16)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from pipeline.children.nearest import NearestTeacher
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.model import Issue
from schemas import rules
from schemas.class_names import class_name, class_place, classes_like
from schemas.codes import TARGET_CLASS, TARGET_TEACHER
from schemas.policy import Policy, registered_items

Guess = Callable[[str], list[str]]  # what stands there → whom or what it may mean


def check_registers(tables: Tables, classes: Collection[str], policy: Policy) -> tuple[dict[str, Filled], list[Issue]]:
    """Return the tables with unknown targets and items marked. `classes`: the names of all classes, 三年级(2)班."""
    staff = set(tables["staff"].good("name").dropna())
    places = [place for name in classes if (place := class_place(name))]
    teachers = NearestTeacher(staff)
    near: dict[str, Guess] = {TARGET_CLASS: lambda name: classes_like(name, places), TARGET_TEACHER: teachers.to}
    done, issues = dict(tables), []
    for key in ("inspections", "red_flags"):
        done[key], found = mark(done[key], _unknown_targets(done[key], classes, staff, near))
        issues += found
    done["inspections"], found = mark(done["inspections"], _unknown_items(done["inspections"], policy))
    return done, issues + found


def _unknown_targets(
    filled: Filled, classes: Collection[str], staff: Collection[str], near: Mapping[str, Guess]
) -> list[Fault]:
    faults: list[Fault] = []
    targets = filled.good("target").dropna()
    for (index, target), kind in zip(targets.items(), filled.good("target_kind")[targets.index], strict=True):
        is_unknown = class_name(target) not in classes if kind == TARGET_CLASS else target not in staff
        if kind in (TARGET_CLASS, TARGET_TEACHER) and is_unknown:
            guess = rules.guess_of(*near[kind](target))
            faults.append((index, "target", rules.UNKNOWN_TARGET, {"want": kind, "guess": guess}))
    return faults


def _unknown_items(filled: Filled, policy: Policy) -> list[Fault]:
    """An item of a class is one of the rubric that is registered; a teacher's is judged with the teachers' rubric."""
    known = registered_items(policy.rubric)
    words = {"want": rules.AND.join(known) or rules.NO_ITEM, "remedy": "" if known else rules.REMOVE_ITEM}
    asked = filled.good("item")[filled.good("target_kind").eq(TARGET_CLASS)].dropna()
    return [(index, "item", rules.UNKNOWN_ITEM, words) for index, item in asked.items() if item not in known]
