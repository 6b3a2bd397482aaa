"""Shared fixtures: a small clean class, and a month run from drawn workbooks."""

from __future__ import annotations

import copy
import gc
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("helpers")  # before they are imported: a disagreement with the oracle prints its figures

from helpers.drawing import draw_month
from helpers.running import RunMonth
from helpers.small import small_month
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect


@pytest.fixture
def month() -> dict[str, Any]:
    """A clean month of one class with three children, to be spoilt by a test."""
    return copy.deepcopy(small_month())


@pytest.fixture
def run(tmp_path: Path) -> RunMonth:
    """Draw a month into a new folder and work it out."""

    def work(plain: dict[str, Any]) -> Result:
        folder = tmp_path / f"in{len(list(tmp_path.iterdir()))}"
        draw_month(folder, plain)
        return work_out(collect(folder), Month.parse(plain["month"]))

    return work


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays to the end, and come seldom: it takes a quarter of a small month."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Collect once what the tests left: pytest looks five times for what failed in silence, over all that lives on."""
    gc.collect()
    gc.freeze()
