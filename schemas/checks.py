"""Render a table's declaration to a pandera schema over typed frames. Nothing is coerced: kinds have read already."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from schemas import rules
from schemas.kinds import Kind
from schemas.rules import Rule
from schemas.tables import ALWAYS, Table

if TYPE_CHECKING:
    import pandera.pandas as pa

RULE_OF_CHECK: dict[str, Rule] = {"not_nullable": rules.MISSING, **rules.BY_CODE}


def pandera_schema(table: Table, last_day: date, but: Collection[str] = ()) -> pa.DataFrameSchema:
    """Return the schema of one table in the month that ends on `last_day`: listed, in range, present, not in the future.

    A column of which nothing is asked is left out, and those that are named in `but`.
    """
    import pandera.pandas as pa  # a fifth of all that a run has to load: a clean month needs none of it

    columns = {}
    for column in table.columns:
        checks = _checks(column.kind, last_day)
        if column.key not in but and (checks or column.need == ALWAYS):
            columns[column.key] = pa.Column(checks=checks, nullable=column.need != ALWAYS)
    return pa.DataFrameSchema(columns, name=table.key)


# pandera's checks that can be told plainly of the cells that are filled.
_PLAIN: dict[str, Callable[..., bool]] = {
    "ge": lambda known, least: bool((known >= least).all()),
    "le": lambda known, most: bool((known <= most).all()),
    "in_range": lambda known, least, most: bool((known >= least).all() and (known <= most).all()),
    "isin": lambda known, listed: set(known.tolist()) <= set(listed),
}


def plainly_held(table: Table, frame: pd.DataFrame, last_day: date) -> frozenset[str]:
    """Return the columns in which every cell keeps all that is asked; of one that is not told plainly, pandera judges."""
    held = set()
    for column in table.columns:
        limits = column.kind.accepts(last_day)
        if not limits and column.need != ALWAYS:
            held.add(column.key)
            continue
        values = frame[column.key].array
        known = values[~values.isna()]
        is_filled = column.need != ALWAYS or len(known) == len(values)
        if is_filled and all(one.check in _PLAIN and _PLAIN[one.check](known, *one.arguments) for one in limits):
            held.add(column.key)
    return frozenset(held)


def _checks(kind: Kind, last_day: date) -> list[pa.Check]:
    from pandera.pandas import Check

    return [
        getattr(Check, limit.check)(*limit.arguments, error=limit.rule.code) for limit in kind.accepts(last_day)
    ]


def failures(table: Table, frame: pd.DataFrame, last_day: date) -> list[tuple[int, str, Rule]]:
    """Return (row index, column key, rule) of every cell that the schema does not accept.

    pandera's report is internal to it: an unknown check or column is a bug, and raises KeyError. It is asked of the
    columns that do not plainly hold: it takes half a millisecond for each, and nearly all of them do.
    """
    if frame.empty:
        return []
    held = plainly_held(table, frame, last_day)
    if len(held) == len(table.columns):
        return []
    schema = pandera_schema(table, last_day, held)
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as report:
        cases = report.failure_cases
        return [
            (int(index), str(key), RULE_OF_CHECK[str(check)])
            for index, key, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
        ]
    return []
