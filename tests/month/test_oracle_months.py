"""Month after month: the pipeline and the oracle agree while children come, go, move, vanish and return."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from drawn.month_after import drawn, first_month, month_after
from helpers.agreeing import assert_agrees
from helpers.running import run_month
from oracle.month import figures
from schemas.codes import PUPIL_STATUS
from schemas.figures import FIGURES

STARTS = ("2026-09", "2026-10", "2027-02", "2026-12", "2027-04", "2027-06")


SEPTEMBER = 9


def _months(start: str, steps: list[int]) -> list[str]:
    """Return a month and those after it in its 学年, so many months apart; over the summer `tests/years` looks."""
    year, number = int(start[:4]), int(start[5:])
    found = [start]
    for step in steps:
        year, number = divmod(year * 12 + number - 1 + step, 12)
        number += 1
        if number >= SEPTEMBER > int(found[-1][5:]):
            break
        found.append(f"{year}-{number:02d}")
    return found


def _agree(seed: int, base: Path) -> Counter[str]:
    """Run a few months one after the other, compare each, and count what happened in them."""
    rng = random.Random(seed)
    names = _months(STARTS[seed % len(STARTS)], [rng.choice((1, 1, 1, 2)) for _ in range(rng.randint(2, 4))])
    mess = (0.0, 0.02, 0.06)[seed % 3]
    states: list[dict[str, Any]] = []
    happened: Counter[str] = Counter()
    made = None
    for text in names:
        made = first_month(rng, text) if made is None else month_after(rng, made, text)
        month = drawn(made, rng, mess)
        told = figures(month, states)
        assert_agrees(run_month(base, month), told)
        happened.update(p["home"]["v"]["学籍状态"] for p in told["state"]["people"] if p["home"].get("kept"))
        happened.update(figure for (_, _, figure), share in told["measures"].items() if share[1])
        states.insert(0, told["state"])
    return happened


def test_months_agree_with_the_oracle(tmp_path: Path) -> None:
    """Some spoilt months in which children of nearly every 学籍状态 are kept and every figure is counted."""
    _agree(14, tmp_path)


@pytest.mark.slow
def test_many_months_agree_with_the_oracle(tmp_path: Path) -> None:
    """Two hundred sequences; together they count every figure and keep children of every 学籍状态."""
    happened: Counter[str] = Counter()
    for seed in range(200):
        happened += _agree(seed, tmp_path / str(seed))
    assert happened.keys() >= {figure.title for figure in FIGURES} | set(PUPIL_STATUS.words)
