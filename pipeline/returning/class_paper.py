"""A class's own edition of the form to write on: the names, and what its template holds ready, are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.model import Month
from pipeline.reading.jobs import write_paper
from pipeline.reading.pool import give
from pipeline.returning.issued import Issued
from schemas import paper_forms as w
from schemas.folders import PAPER
from schemas.policy import Policy


def class_paper(
    class_name: str,
    cover: Mapping[str, str],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    month: Month,
    policy: Policy,
) -> Issued:
    """Return the .docx of a class's form for a month, made by another. `rows`: of its template, by key."""
    said = w.MONTH.format(year=month.year, number=month.number)
    who = w.WHO_KNOWN.format(school=cover["school_name"], class_name=class_name, head=cover["head_teacher"], month=said)
    name = w.MONTH_FILE_NAME.format(class_name=class_name, month=month)
    return Issued(PAPER, name, give(write_paper, rows, who, month.number in policy.teaching_months))
