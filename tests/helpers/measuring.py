"""Work a drawn month out and read its n and N in the names of the contract, as the oracle gives them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from helpers.drawing import draw_month
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas.class_names import class_text
from schemas.codes import GRADES
from schemas.figures import BY_KEY
from schemas.ones import FIVE_ONES, TEN_ONES

Measures = dict[tuple[str, str, str], tuple[int, int]]


def result_of(month: Mapping[str, Any]) -> Result:
    """Draw a month's workbooks and work them out."""
    with tempfile.TemporaryDirectory() as folder:
        draw_month(Path(folder), month)
        return work_out(collect(Path(folder)), Month.parse(month["month"]))


def measures_of(result: Result, over: str = "L") -> Measures:
    """Return (level, unit, 指标) → (n, N) over L or Q; what counts nothing is left out."""
    found: Measures = {}
    frame = result.measured.measures
    for row in frame[frame["over"] == over].itertuples(index=False):
        if row.figure not in BY_KEY or (BY_KEY[row.figure].school_only and row.level != "school"):
            continue
        unit = {"school": "", "grade": GRADES[row.grade - 1], "class": ""}[row.level]
        unit = class_text((row.grade, row.number)) if row.level == "class" else unit
        if row.N:
            found[(row.level, unit, BY_KEY[row.figure].title)] = (int(row.n), int(row.N))
    return found


def ones_of(result: Result) -> dict[int | str, tuple[int, int]]:
    """Return (n, N) of the school for each of 十个一 (by number) and 五个一 (by deed); what counts nothing is left out."""
    sums = result.measured.tally.groupby("figure")[["n", "N"]].sum()
    keys: dict[str, int | str] = {f"one_{number}": number for number in TEN_ONES} | dict(FIVE_ONES)
    return {keys[key]: (int(n), int(N)) for key, n, N in sums.itertuples() if key in keys and N}


def raised(before: Measures, after: Measures) -> dict[tuple[str, str, str], tuple[tuple[int, int], tuple[int, int]]]:
    """Return the rates that are higher after than before; a rate that is gone, or new, is no rise."""
    return {
        key: (before[key], after[key])
        for key in before.keys() & after.keys()
        if Fraction(*after[key]) > Fraction(*before[key])
    }
