"""Columns that plainly hold are not put to pandera: it would find nothing in them, and misses nothing elsewhere."""

from __future__ import annotations

import random
from datetime import date

import pandas as pd
import pandera.pandas as pa
import pytest

from helpers.small import small_month
from helpers.staged import Staged
from schemas import rules
from schemas.checks import RULE_OF_CHECK, failures, pandera_schema

LAST_DAY = date(2026, 10, 31)
SPOILT = {"str": ("没有这个词", None), "float64": (-9.0, 9e9, None), "datetime64[s]": ("1900-01-01", "2030-01-01", None)}


def _by_pandera(table: object, frame: pd.DataFrame) -> set[tuple[int, str, rules.Rule]]:
    try:
        pandera_schema(table, LAST_DAY).validate(frame, lazy=True)  # type: ignore[arg-type]
    except pa.errors.SchemaErrors as report:
        cases = report.failure_cases
        columns = (cases[key] for key in ("index", "column", "check"))
        return {(int(at), str(key), RULE_OF_CHECK[str(check)]) for at, key, check in zip(*columns, strict=True)}
    return set()


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_what_pandera_finds(seed: int) -> None:
    """Every table of the small month, here and there spoilt."""
    rng = random.Random(seed)
    found = 0
    for filled in Staged(small_month()).normalised[0].values():
        frame = filled.values.copy()
        for column in filled.table.columns if len(frame) else ():
            values = SPOILT.get(str(frame[column.key].dtype), (None,))
            if rng.random() < 0.3:
                value = rng.choice(values)
                day = pd.Timestamp(value).as_unit("s") if "datetime" in str(frame[column.key].dtype) and value else value
                frame.loc[rng.randrange(len(frame)), column.key] = day
        if len(frame):
            own = set(failures(filled.table, frame, LAST_DAY))
            assert own == _by_pandera(filled.table, frame)
            found += len(own)
    assert found
