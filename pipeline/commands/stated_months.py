"""The months that the workbooks of a folder state on 填表说明: for a folder whose name does not say its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.excel.guard import Refused
from pipeline.model import Month, SubmittedFile
from pipeline.reading.cover import read_cover
from pipeline.reading.sheets import form_of
from pipeline.stages.collect import collect


def stated_months(folder: Path) -> Counter[Month]:
    """Return month → how many workbooks of a folder state it; nothing of those that state none or can't be read."""
    found: Counter[Month] = Counter()
    try:
        files = collect(folder).files
    except OSError:  # who reads the folder says so
        return found
    for file in files:
        month = _stated(file)
        if month:
            found[month] += 1
    return found


def _stated(file: SubmittedFile) -> Month | None:
    try:
        book = file.book.take() if file.book else None
        form = form_of(book) if book else None
        cell = read_cover(book, form).get("month") if book and form else None
        return Month.parse(cell.text) if cell else None
    except (Refused, ValueError):
        return None
