"""The lines of the seven plans and the plain loops of the oracle agree on drawn months, under every preset."""

from __future__ import annotations

import calendar
import random
from datetime import date

import pytest

from drawn.month import random_month
from helpers.measuring import result_of
from oracle.lines import lines
from oracle.month import figures
from pipeline.scoring.chapters import check_chapters

MONTHS = ("2026-10", "2026-12", "2027-03", "2027-02", "2027-05")


def _disagreements(seed: int) -> list[str]:
    rng = random.Random(seed)
    text = MONTHS[seed % len(MONTHS)]
    month = random_month(rng, month=text, mess=(0.0, 0.02, 0.1)[seed % 3])
    last = date(int(text[:4]), int(text[5:]), calendar.monthrange(int(text[:4]), int(text[5:]))[1])
    told = lines(month, figures(month)["state"], last)
    result = result_of(month)
    found: dict[str, list[tuple[int, int]]] = {}
    for checked in check_chapters(
        result.measured.counting, result.measured.tally, result.scores, result.teacher_scores
    ):
        found.setdefault(checked.item.code, []).append((checked.n, checked.total))
    unlike = []
    for code, wanted in told.items():
        for place, want in enumerate(wanted):
            if want is not None and found[code][place] != want:
                unlike.append(f"{seed} {code}.{place}: pipeline {found[code][place]}, oracle {want}")
    return unlike


@pytest.mark.parametrize("seed", (0, 4, pytest.param(range(100, 160), marks=pytest.mark.slow)))
def test_the_lines_agree(seed: int | range) -> None:
    seeds = seed if isinstance(seed, range) else [seed]
    assert not [line for one in seeds for line in _disagreements(one)]
