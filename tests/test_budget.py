"""A watch on the work that a month takes, in counts and never in seconds: a feature that doubles it is seen here.

Where a count is over its budget, find what asks for it; raise the budget only for what is worth its price. The speed
itself is measured by `make bench`, which keeps a history.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from pathlib import Path

import pytest

from pipeline.example.writing import write_example
from pipeline.model import Month
from pipeline.report import report
from pipeline.stages.collect import collect

# What the example month took when this was written, in calls; it may take half as much again.
BUDGET = {
    "calls in all": 7_700_000,
    "sheets drawn (add_worksheet)": 74,
    "rows drawn (_write_row)": 3_620,
    "cells drawn (_write_cell)": 21_700,
    "cells filled in (_cell)": 17_800,
    "archives opened (ZipFile)": 31,
    "parts parsed (fromstring)": 54,
    "patterns compiled (compile)": 41,
    "frames made (DataFrame)": 262,
    "frames checked (checked)": 42,
    "groupings (groupby)": 23,
}
SLACK = 1.5
FUNCTIONS = {
    "sheets drawn (add_worksheet)": ("xlsxwriter/workbook.py", "add_worksheet"),
    "rows drawn (_write_row)": ("xlsxwriter/worksheet.py", "_write_row"),
    "cells drawn (_write_cell)": ("xlsxwriter/worksheet.py", "_write_cell"),
    "cells filled in (_cell)": ("excel/filling.py", "_cell"),
    "archives opened (ZipFile)": ("zipfile", "_RealGetContents"),
    "parts parsed (fromstring)": ("excel/parts.py", "parse"),
    "patterns compiled (compile)": ("re/_compiler.py", "compile"),
    "frames made (DataFrame)": ("pandas/core/frame.py", "__init__"),
    "frames checked (checked)": ("schemas/frames.py", "checked"),
    "groupings (groupby)": ("pandas/core/frame.py", "groupby"),
}


def _counted(folder: Path) -> Counter[str]:
    write_example(folder / "in")
    watch = cProfile.Profile()
    watch.enable()
    report(collect(folder / "in" / "2026-10"), Month(2026, 10), folder / "out" / "2026-10")
    watch.disable()
    calls = pstats.Stats(watch)
    found = Counter({"calls in all": calls.total_calls})  # type: ignore[attr-defined]
    for (path, _, function), (_, count, *_) in calls.stats.items():  # type: ignore[attr-defined]
        for name, (where, called) in FUNCTIONS.items():
            if function == called and where in path.replace("\\", "/"):
                found[name] += count
    return found


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    return _counted(tmp_path_factory.mktemp("budget"))


@pytest.mark.parametrize("name", BUDGET)
def test_the_work_is_within_its_budget(name: str, counted: Counter[str]) -> None:
    assert counted[name], "nothing is counted any more: the function has another name"
    assert counted[name] <= BUDGET[name] * SLACK, counted
