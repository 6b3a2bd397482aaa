"""A column whose title is one answer of several, to be ticked: 走读 beside 住校, 祖父母 below 监护类型."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.starting.grids import Head
from pipeline.starting.headings import bare, title_of
from pipeline.starting.values import told_by, yes_or_no
from schemas.cells import as_text
from schemas.codes import YES
from schemas.starting.meanings import BELOW_GROUP, OF_TICKS


def answer_of(head: Head, cells: Sequence[Any], day: date) -> tuple[str, str]:
    """Return (meaning, word) that a tick below a title says, ("", "") where it is no such column.

    Every cell of it is a tick or its contrary, and one at least a tick.
    """
    answers = [yes_or_no(as_text(cell)) for cell in cells]
    if YES not in answers or not all(answers):
        return "", ""
    above = title_of(head.group).key if head.group else ""
    for key in (above,) if above in BELOW_GROUP else OF_TICKS:
        told = told_by(key, bare(head.own), "", day).facts
        if told and told[0][0] == key:
            return key, str(told[0][1])
    return "", ""
