"""The staged pipeline and the plain loops of the oracle agree on every n and N, count, score and rank."""

from __future__ import annotations

import random
from typing import Any

import pytest

from drawn.month import random_month
from helpers.agreeing import assert_agrees
from helpers.measuring import result_of
from oracle.month import figures
from schemas.figures import FIGURES, OF_POTENTIAL

MONTHS = ("2026-10", "2026-10", "2026-12", "2027-01", "2027-02", "2027-07", "2027-08")


def _month(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    return random_month(rng, month=MONTHS[seed % len(MONTHS)], mess=(0.0, 0.02, 0.1)[seed % 3])


def _agree(seed: int) -> set[str]:
    """Compare one month and return the figures that it counted."""
    month = _month(seed)
    told = figures(month)
    assert_agrees(result_of(month), told)
    return {figure for _, _, figure in told["measures"]}


@pytest.mark.parametrize("seed", (0, 1, 29, 373, 2020, 2689))
def test_agrees_with_the_oracle(seed: int) -> None:
    """Clean and spoilt months of each kind, in term and in holidays."""
    _agree(seed)


@pytest.mark.slow
def test_agrees_with_the_oracle_on_many_months() -> None:
    """A thousand months; together they count every figure there is."""
    counted: set[str] = set()
    for seed in range(1000):
        counted |= _agree(seed)
    assert counted == {figure.title for figure in FIGURES}


def test_the_oracle_can_disagree() -> None:
    """A changed month is not the same to the oracle: the comparison is able to fail."""
    month = _month(0)
    before = figures(month)["measures"]
    month["classes"][0]["sheets"]["谈心记录"] = []
    month["classes"][0]["sheets"]["结对帮扶"] = []
    assert figures(month)["measures"] != before
    assert {figure.title for figure in OF_POTENTIAL} <= {figure.title for figure in FIGURES}
