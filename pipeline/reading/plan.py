"""Read the school's 考核方案.xlsx into a policy. A broken plan stops the run: no figure may rest on a guess."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from pipeline.errors import OperatorError
from pipeline.filled import Filled, Tables
from pipeline.model import Issue, Month
from schemas import plan_words as words
from schemas import policy as p
from schemas.codes import ACTIVITY_KIND, CONTACT_KIND, SPEAKER_ROLE, TALK_MODE, YES
from schemas.figures import BY_TITLE
from schemas.policy import Duty, Policy, RubricItem, make_policy
from schemas.rules import ERROR, PRESET_DIFFERS

_FORMS = {*TALK_MODE.words, *CONTACT_KIND.words, *ACTIVITY_KIND.words}


def default_policy(month: Month) -> Policy:
    """Return the policy of the default preset, as it holds in a month."""
    return make_policy(month=str(month))


def read_plan(tables: Tables, issues: list[Issue], month: Month) -> tuple[Policy, list[Issue]]:
    """Return the policy that a plan's tables state, and its notes; what they leave out is as it holds in the month.

    Raises OperatorError for the first thing wrong.
    """
    for issue in issues:
        if issue.rule.level == ERROR:
            place = f"“{issue.sheet}”{issue.cell}"
            raise OperatorError(words.BROKEN.format(place=place, problem=issue.sentence, remedy=issue.remedy))
    typed = _parameters(tables["parameters"])
    duties = _duties(tables["duties"])
    rubric = _rubric(tables["class_rubric"], {title: figure.key for title, figure in BY_TITLE.items()})
    teachers = _rubric(tables["teacher_rubric"], p.TEACHER_MEASURES)
    policy = make_policy(typed, duties or None, rubric or None, teachers or None, month=str(month))
    notes = []
    if duties and _on(duties) != _on(p.preset_duties(policy.preset, str(month))):
        file = int(tables["duties"].values["file"].iloc[0])
        notes.append(Issue(file, PRESET_DIFFERS, tables["duties"].table.title, words={"want": policy.preset}))
    return policy, notes


def _on(duties: tuple[Duty, ...]) -> set[tuple[Any, ...]]:
    return {(d.matter, d.roles, d.forms, d.period, d.times, d.audience) for d in duties if d.is_on}


def _stop(filled: Filled, row: int, problem: str, remedy: str) -> OperatorError:
    place = words.PLACE.format(sheet=filled.table.title, row=row)
    return OperatorError(words.BROKEN.format(place=place, problem=problem, remedy=remedy))


def _parameters(filled: Filled) -> dict[str, str]:
    typed: dict[str, str] = {}
    for row, title, value in _rows(filled, "title", "value"):
        parameter = p.PARAMETER_BY_TITLE.get(title)
        if parameter is None:
            raise _stop(filled, row, words.UNKNOWN_PARAMETER.format(title=title), words.USE_TEMPLATE)
        if title in typed:
            raise _stop(filled, row, words.TWICE.format(title=title), words.KEEP_ONE)
        try:
            parameter.read(value)
        except (ValueError, KeyError, ZeroDivisionError):
            raise _stop(filled, row, words.BAD_VALUE.format(title=title, value=value), parameter.note) from None
        typed[title] = value
    return typed


def _rows(filled: Filled, *keys: str) -> list[tuple[Any, ...]]:
    columns = [filled.values["row"], *(filled.values[key] for key in keys)]
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in zip(*columns, strict=True)]


def _duties(filled: Filled) -> tuple[Duty, ...]:
    duties = []
    for row, code, matter, roles, forms, period, times, audience, is_on, source in _rows(
        filled, "code", "matter", "roles", "forms", "period", "times", "audience", "is_on", "source"
    ):
        who, how = _split(roles), _split(forms)
        strangers = [w for w in who if w not in SPEAKER_ROLE.words] + [w for w in how if w not in _FORMS]
        if strangers:
            raise _stop(filled, row, words.UNKNOWN_WORD.format(word=strangers[0]), words.USE_TEMPLATE)
        duties.append(Duty(code or "", matter, who, how, period, int(times), audience, source or "", is_on == YES))
    return tuple(duties)


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split("/") if part.strip())


def _rubric(filled: Filled, measures: Mapping[str, str]) -> tuple[RubricItem, ...]:
    """Return a rubric's items. `measures`: what can be measured by title → its key."""
    items, seen = [], set()
    for row, code, title, figure, mode, points, note in _rows(
        filled, "code", "item", "figure", "mode", "points", "note"
    ):
        if title in seen:
            raise _stop(filled, row, words.TWICE.format(title=title), words.KEEP_ONE)
        seen.add(title)
        if mode == p.BY_RATE and figure not in measures:
            raise _stop(filled, row, words.UNKNOWN_FIGURE.format(title=figure), words.USE_TEMPLATE)
        key = measures[figure] if mode == p.BY_RATE else ""
        items.append(RubricItem(code or "", title, key, mode, Fraction(str(points)), note or ""))
    _check_points(filled)
    return tuple(items)


def _check_points(filled: Filled) -> None:
    points = [Fraction(str(value)) for value in filled.values["points"]]
    if points and sum(points) != 100:
        raise _stop(
            filled,
            int(filled.values["row"].iloc[-1]),
            words.POINTS.format(total=float(sum(points))),
            words.MAKE_100,
        )
