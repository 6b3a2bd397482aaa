"""Render a table's declaration to a pandera schema over typed frames. Nothing is coerced: kinds have read already."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pandera.pandas as pa

from schemas import rules
from schemas.kinds import EARLIEST_DAY, Code, Day, Kind, Number
from schemas.rules import Rule
from schemas.tables import ALWAYS, Table

RULE_OF_CHECK: dict[str, Rule] = {
    "not_nullable": rules.MISSING,
    rules.NOT_LISTED.code: rules.NOT_LISTED,
    rules.OUT_OF_RANGE.code: rules.OUT_OF_RANGE,
    rules.AFTER_MONTH_END.code: rules.AFTER_MONTH_END,
    rules.TOO_EARLY.code: rules.TOO_EARLY,
}


def pandera_schema(table: Table, last_day: date) -> pa.DataFrameSchema:
    """Return the schema of one table in the month that ends on `last_day`: listed, in range, present, not in the future."""
    columns = {
        column.key: pa.Column(checks=_checks(column.kind, last_day), nullable=column.need != ALWAYS)
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, name=table.key)


def _checks(kind: Kind, last_day: date) -> list[pa.Check]:
    if isinstance(kind, Code):
        return [pa.Check.isin(list(kind.codes.words), error=rules.NOT_LISTED.code)]
    if isinstance(kind, Number):
        return [pa.Check.in_range(kind.low, kind.high, error=rules.OUT_OF_RANGE.code)]
    if isinstance(kind, Day):
        early = pa.Check.ge(pd.Timestamp(EARLIEST_DAY), error=rules.TOO_EARLY.code)
        late = pa.Check.le(pd.Timestamp(last_day), error=rules.AFTER_MONTH_END.code)
        return [early] if kind.future else [early, late]
    return []


def failures(table: Table, frame: pd.DataFrame, last_day: date) -> list[tuple[int, str, Rule]]:
    """Return (row index, column key, rule) of every cell that the schema does not accept.

    pandera's report is internal to it: an unknown check or column is a bug, and raises KeyError.
    """
    if frame.empty:
        return []
    try:
        pandera_schema(table, last_day).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as report:
        cases = report.failure_cases
        return [
            (int(index), str(key), RULE_OF_CHECK[str(check)])
            for index, key, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
        ]
    return []
