"""A watch on the work that a month takes, in counts and never in seconds: a feature that doubles it is seen here.

Where a count is over its budget, find what asks for it; raise the budget only for what is worth its price. The speed
itself is measured by `make bench`, which keeps a history.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What the example month took when this was written, in calls; it may take half as much again.
BUDGET = {
    "calls in all": 5_760_000,
    "sheets drawn (add_worksheet)": 74,
    "rows drawn (_write_row)": 3_620,
    "cells drawn (_write_cell)": 24_000,  # a figure more draws some 1,400
    "cells filled in (_cell)": 17_800,
    "archives opened (ZipFile)": 31,
    "parts parsed (fromstring)": 62,  # each sheet of a return has a drawing beside its comments
    "patterns compiled (compile)": 41,
    "frames made (DataFrame)": 125,
    "frames checked (checked)": 80,
    "groupings (groupby)": 7,
}
SLACK = 1.5
COUNTING = Path(__file__).with_name("counting.py")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    arguments = [sys.executable, str(COUNTING), str(tmp_path_factory.mktemp("budget"))]
    told: dict[str, int] = json.loads(subprocess.run(arguments, capture_output=True, check=True).stdout)
    return told


@pytest.mark.parametrize("name", BUDGET)
def test_the_work_is_within_its_budget(name: str, counted: dict[str, int]) -> None:
    assert counted.get(name), "nothing is counted any more: the function has another name"
    assert counted[name] <= BUDGET[name] * SLACK, counted
