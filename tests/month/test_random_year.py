"""A year of three classes, September to July, each month typed into the templates that the month before pre-filled."""

from __future__ import annotations

import random
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from drawn.month_after import drawn, first_month, going_on, month_after, place_of, unit
from helpers.agreeing import assert_agrees
from helpers.drawing import draw_month
from helpers.handed_in import as_handed_in, type_into
from helpers.running import rerun
from oracle.month import figures
from pipeline.result import Result

MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-03", "2027-04", "2027-05", "2027-06", "2027-07")
pytestmark = pytest.mark.slow  # ten months, each with its workbooks


def _hand_in(base: Path, before: str, text: str, month: dict[str, Any]) -> None:
    """Type a month into the templates that the month before has left, new classes into blank ones."""
    folder, inbox = base / "output" / before / "下月模板", base / "input" / text
    draw_month(
        inbox, month
    )  # a blank template for all; where there is a pre-filled one it is the one that is typed into
    templates = {path.name.split("_")[0]: path for path in folder.glob("*.xlsx")}
    for number, book in enumerate(month["classes"]):
        own = templates.get(unit(place_of(book)))
        if own is not None:
            type_into(own, book, inbox / f"班级{number:02d}.xlsx")
    if month["school"] and "学校月报" in templates:
        type_into(templates["学校月报"], month["school"], inbox / "学校月报.xlsx")


def _run(base: Path, seed: int) -> list[tuple[Result, dict[str, Any]]]:
    rng = random.Random(seed)
    made = first_month(rng, MONTHS[0])
    draw_month(base / "input" / MONTHS[0], drawn(made, rng, 0.0))
    found: list[tuple[Result, dict[str, Any]]] = []
    states: list[dict[str, Any]] = []
    for before, text in pairwise(("", *MONTHS)):
        if before:
            shutil.rmtree(base / "prefilled", ignore_errors=True)
            shutil.copytree(base / "output" / before / "下月模板", base / "prefilled")
            made = month_after(rng, going_on(made, as_handed_in(base / "prefilled", text)), text)
            _hand_in(base, before, text, drawn(made, rng, 0.0))
        told = figures(as_handed_in(base / "input" / text, text), states)
        found.append((rerun(base, text), told))
        states.insert(0, told["state"])
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_year_agrees_with_the_oracle(seed: int, tmp_path: Path) -> None:
    """Children come, go, move, vanish and return; every figure of every month is as plain loops count it."""
    for result, told in _run(tmp_path, seed):
        assert_agrees(result, told)
