"""A row that a template held ready, known again as it was: marks of such rows stand in the workbook's hidden _meta."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.cells import as_text
from schemas.tables import Table

_LABEL = "held_{key}"
_LENGTH = 12  # hexadecimal digits of a mark: the marks of 2,000 rows fit into one cell


def label_of(table: Table) -> str:
    """Return the label in _meta behind which the marks of a table's rows stand."""
    return _LABEL.format(key=table.key)


def mark_of(table: Table, row: Mapping[str, Any]) -> str:
    """Return the mark of a row, key → cell: of what our templates may hold ready in it, and of nothing else."""
    texts = (as_text(value) if (value := row.get(key)) is not None else "" for key in table.held_keys)
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_LENGTH]


def marks_of(table: Table, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the marks of rows that hold more ready than any template does; "" for none."""
    own = (row for row in rows if any(row.get(key) for key in table.issued))
    return " ".join(dict.fromkeys(mark_of(table, row) for row in own))


def marks_in(table: Table, meta: Mapping[str, str]) -> frozenset[str]:
    """Return the marks of a table's rows that a workbook's _meta holds (label → value)."""
    return frozenset(meta.get(label_of(table), "").split())
