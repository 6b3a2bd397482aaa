"""What counts: the parameters, duties and rubrics of 考核方案 (contract §4), with the seven presets as data.

A `Policy` is read from the school's 考核方案.xlsx, or is the preset's. Every number that a notice could change stands
here with the month from which it holds and the chapter that it comes from.
"""

from __future__ import annotations

from schemas.policy.duties import (
    ACTIVITY,
    AUDIENCES,
    BOARDERS,
    CALL,
    CHECK,
    DAY_PUPILS,
    DEFAULT_PRESET,
    EVERYONE,
    FOCUS,
    HOLIDAY,
    MATTERS,
    MONTH,
    MOTHERED,
    PERIODS,
    POTENTIAL,
    PRESETS,
    TALK,
    TERM,
    VISIT,
    WALK,
    WEEK,
    YEAR,
    Duty,
    preset_duties,
)
from schemas.policy.parameters import PARAMETER_BY_TITLE, PARAMETERS, Default, Parameter, by_default
from schemas.policy.policy import Policy, make_policy
from schemas.policy.rubrics import (
    BY_DEDUCTION,
    BY_RATE,
    BY_REGISTER,
    DEFAULT_RUBRIC,
    DEFAULT_TEACHER_RUBRIC,
    MODES,
    TEACHER_MEASURES,
    RubricItem,
    registered_items,
)

__all__ = [
    "ACTIVITY", "AUDIENCES", "BOARDERS", "BY_DEDUCTION", "BY_RATE", "BY_REGISTER", "CALL", "CHECK", "DAY_PUPILS",
    "DEFAULT_PRESET", "DEFAULT_RUBRIC", "DEFAULT_TEACHER_RUBRIC", "EVERYONE", "FOCUS", "HOLIDAY", "MATTERS", "MODES",
    "MONTH", "MOTHERED", "PARAMETERS", "PARAMETER_BY_TITLE", "PERIODS", "POTENTIAL", "PRESETS", "TALK",
    "TEACHER_MEASURES", "TERM", "VISIT", "WALK", "WEEK", "YEAR", "Default", "Duty", "Parameter", "Policy", "RubricItem",
    "by_default", "make_policy", "preset_duties", "registered_items",
]  # fmt: skip
