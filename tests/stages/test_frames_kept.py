"""A frame that is not what its declaration says goes no further than the end of the stage that made it."""

from __future__ import annotations

import ast
from dataclasses import fields, replace

import pandas as pd
import pytest

from helpers.places import ROOT
from helpers.small import small_month
from helpers.staged import Staged
from pipeline.filled import Filled
from pipeline.intake import Intake
from schemas import frames
from schemas.forms import FORMS

TABLES = [table.key for form in FORMS[:2] for table in form.tables]


@pytest.fixture(scope="module")
def staged() -> Staged:
    return Staged(small_month())


def _renamed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame.rename(columns={name: f"{name}_"})


@pytest.mark.parametrize("key", TABLES)
def test_a_table_that_lost_a_column_does_not_leave_its_stage(key: str, staged: Staged) -> None:
    filled: Filled = staged.validated[0][key]
    first = filled.table.keys[0]
    spoilt = (
        replace(filled, values=_renamed(filled.values, first)),
        replace(filled, faulty=_renamed(filled.faulty, first)),
        replace(filled, faulty=filled.faulty.iloc[:0]) if len(filled.faulty) else None,
        replace(filled, values=filled.values.astype({"row": "float64"})),
    )
    for table in spoilt:
        if table is not None:
            with pytest.raises(frames.BrokenFrame, match=key):
                staged.intake.with_tables({**staged.intake.tables, key: table})
            with pytest.raises(frames.BrokenFrame, match=key):
                Intake(staged.submissions).with_tables({key: table})


@pytest.mark.parametrize("name", ["children", "known"])
def test_tied_tables_that_lost_a_column_do_not_leave_merge(name: str, staged: Staged) -> None:
    merged = staged.merged[0]
    frame: pd.DataFrame = getattr(merged, name)
    with pytest.raises(frames.BrokenFrame):
        replace(merged, **{name: _renamed(frame, frame.columns[0])})
    short = {**merged.child_of, "talks": merged.child_of["talks"].iloc[1:]}
    with pytest.raises(frames.BrokenFrame, match="talks"):
        replace(merged, child_of=short)


@pytest.mark.parametrize("name", ["people", "tally", "measures", "heads"])
def test_counts_that_lost_a_column_do_not_leave_measure(name: str, staged: Staged) -> None:
    measured = staged.measured
    frame: pd.DataFrame = getattr(measured, name)
    assert name in {field.name for field in fields(measured)}
    with pytest.raises(frames.BrokenFrame, match=name):
        replace(measured, **{name: _renamed(frame, frame.columns[-1])})


def test_every_join_says_how_many_it_joins() -> None:
    """Children are looked up by an index that is proved unique; a merge of frames would have to say `validate=`."""
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "merge":
                assert "validate" in {keyword.arg for keyword in node.keywords}, path
