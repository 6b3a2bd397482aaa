"""What counts by default is the same here and in the oracle: a changed duty, default or weight can't leave it behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from oracle.plan import read_plan
from oracle.rules_of_plan import PRESETS
from schemas.figures import BY_KEY
from schemas.policy import DEFAULT_RUBRIC, PARAMETERS, Duty, Policy, duties, make_policy
from schemas.policy import PRESETS as NAMES

SILENT = read_plan(None, date(2026, 10, 31))  # what the oracle takes where there is no plan

# The parameter → where the oracle keeps it, in its own words; None: it changes nothing that the oracle works out.
IN_THE_ORACLE: dict[str, Callable[[dict[str, Any]], Any] | None] = {
    "preset": lambda plan: plan["preset"],
    "basis": lambda plan: plan["口径"],
    "autumn_start": lambda plan: plan["terms"][0],
    "autumn_end": lambda plan: plan["terms"][1],
    "spring_start": lambda plan: plan["terms"][2],
    "spring_end": lambda plan: plan["terms"][3],
    "teaching_months": lambda plan: plan["teaching"],
    "holiday_months": lambda plan: plan["holidays"],
    "deadline_day": None,
    "forum_share": None,
    "case_days": lambda plan: plan["case_days"],
    "card_days": lambda plan: plan["card_days"],
    "suspension_is_loss": lambda plan: plan["pause_is_loss"],
    "top_share": lambda plan: plan["share"],
    "top_score": lambda plan: plan["best"],
    "pass_score": lambda plan: plan["least"],
    "teachers_reported": None,
    "years_kept": None,
    "masked": None,
}


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.title)
def test_a_parameter_is_by_default_what_the_oracle_takes(parameter: Any) -> None:
    """A parameter that is new has to say above where the oracle keeps it."""
    assert parameter.key in IN_THE_ORACLE, "say above where the oracle keeps it, or that it does not"
    of_oracle = IN_THE_ORACLE[parameter.key]
    ours = parameter.read(parameter.default("2026-10").value)
    assert of_oracle is None or ours == of_oracle(SILENT)


def _plain(of: tuple[Duty, ...]) -> list[tuple[Any, ...]]:
    return [(d.matter, "/".join(d.roles), "/".join(d.forms), d.period, d.times, d.audience) for d in of if d.is_on]


@pytest.mark.parametrize("preset", NAMES)
def test_a_preset_is_the_oracles(preset: str) -> None:
    """With the months that a duty is in force from and to."""
    on = [(duty, duty.since, duty.until) for duty, chapters in duties._DUTIES if preset[-1] in chapters]
    ours = [(*row, since, until) for duty, since, until in on for row in _plain((duty,))]
    theirs = [(*row[:6], *row[7:]) for row in PRESETS if preset in row[6].split()]
    assert sorted(ours) == sorted(theirs), "PRESETS of tests/oracle/rules_of_plan.py says otherwise"


def test_the_policy_in_force_without_a_plan_is_the_oracles() -> None:
    """The duties of the default preset, and the class rubric with its weights, in order."""
    policy: Policy = make_policy(month="2026-10")
    read = [
        (d["matter"], "/".join(d["roles"]), "/".join(d["forms"]), d["period"], d["times"], d["whom"])
        for d in SILENT["duties"]
    ]
    assert sorted(_plain(policy.duties)) == sorted(read)
    assert policy.rubric == DEFAULT_RUBRIC
    ours = [(item.title, BY_KEY[item.figure].title, item.mode, item.points) for item in DEFAULT_RUBRIC]
    assert ours == SILENT["rubric"]
