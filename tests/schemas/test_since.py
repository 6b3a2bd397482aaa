"""What a notice changes holds from its month on: a month of before, run again, goes by what held then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Month
from pipeline.reading.plan import default_policy
from schemas.policy import PARAMETER_BY_TITLE, duties, policy
from schemas.policy.parameters import Default

CHANGED = "2027-09"
BEFORE, AFTER = Month(2027, 8), Month(2027, 9)


def test_a_parameter_that_changes_leaves_the_months_before_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    days = PARAMETER_BY_TITLE["个案期限天数"]
    changed = replace(days, defaults=(*days.defaults, Default("7", "某县教通〔2027〕1号", CHANGED)))
    monkeypatch.setattr(policy, "PARAMETERS", [changed if p is days else p for p in policy.PARAMETERS])
    assert (default_policy(BEFORE).case_days, default_policy(AFTER).case_days) == (14, 7)
    assert default_policy(AFTER).typed["个案期限天数"] == "7"
    assert changed.default().value == "7", "a blank template offers the newest"


def test_a_duty_begins_and_ends_with_its_month(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = ({d.code for d in default_policy(month).duties if d.is_on} for month in (BEFORE, AFTER))
    table = [(replace(d, until=CHANGED) if d.code == "T1" else d, chapters) for d, chapters in duties._DUTIES]
    table.append((replace(duties._DUTIES[0][0], code="NEW", times=2, since=CHANGED), "四"))
    monkeypatch.setattr(duties, "_DUTIES", tuple(table))
    on = [{d.code for d in default_policy(month).duties if d.is_on} for month in (BEFORE, AFTER)]
    assert on == [before, after - {"T1"} | {"NEW"}]
    assert "T1" not in {d.code for d in duties.preset_duties("篇四")}, "a blank template offers the newest"


def test_every_default_and_duty_says_where_it_comes_from() -> None:
    assert all(d.source for p in policy.PARAMETERS for d in p.defaults)
    assert all(duty.source for duty, _ in duties._DUTIES)
    for parameter in policy.PARAMETERS:
        months = [default.since for default in parameter.defaults]
        assert months == sorted(set(months)) and months[0] == "", "the oldest first, and one that always held"
