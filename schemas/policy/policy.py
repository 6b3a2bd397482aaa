"""The plan in force for a month, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from schemas.policy.duties import Duty, preset_duties
from schemas.policy.parameters import PARAMETER_BY_TITLE, PARAMETERS
from schemas.policy.rubrics import DEFAULT_RUBRIC, DEFAULT_TEACHER_RUBRIC, RubricItem


@dataclass(frozen=True)
class Policy:
    """The plan in force for a month. `typed` keeps every parameter as it is printed."""

    preset: str
    deadline_day: int
    forum_share: Fraction
    basis: str
    autumn_start: tuple[int, int]
    autumn_end: tuple[int, int]
    spring_start: tuple[int, int]
    spring_end: tuple[int, int]
    teaching_months: frozenset[int]
    holiday_months: frozenset[int]
    case_days: int
    card_days: int
    suspension_is_loss: bool
    top_share: Fraction
    top_score: Fraction
    pass_score: Fraction
    teachers_reported: bool
    years_kept: int
    masked: bool
    duties: tuple[Duty, ...]
    rubric: tuple[RubricItem, ...]
    teacher_rubric: tuple[RubricItem, ...]
    typed: Mapping[str, str] = field(default_factory=dict)

    def duties_of(self, matter: str) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.is_on and duty.matter == matter)


def make_policy(
    typed: Mapping[str, str] | None = None,
    duties: tuple[Duty, ...] | None = None,
    rubric: tuple[RubricItem, ...] | None = None,
    teacher_rubric: tuple[RubricItem, ...] | None = None,
    *,
    month: str = "",
) -> Policy:
    """Return the policy of typed parameters (title → text), what holds in the month filling what is not given.

    Raises KeyError (unknown title) or ValueError/ZeroDivisionError (a value that its parameter does not read).
    """
    texts = {parameter.title: parameter.default(month).value for parameter in PARAMETERS} | dict(typed or {})
    values = {PARAMETER_BY_TITLE[title].key: PARAMETER_BY_TITLE[title].read(text) for title, text in texts.items()}
    return Policy(
        **values,
        duties=duties if duties is not None else preset_duties(values["preset"], month),
        rubric=rubric if rubric is not None else DEFAULT_RUBRIC,
        teacher_rubric=teacher_rubric if teacher_rubric is not None else DEFAULT_TEACHER_RUBRIC,
        typed=texts,
    )
