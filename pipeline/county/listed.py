"""应交学校.xlsx: which schools are due, where they are, and on which day each handed in if the clerk keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pipeline.county.records import School
from pipeline.errors import OperatorError
from pipeline.excel.guard import Refused, safe_bytes
from pipeline.reading.pool import start_reading
from pipeline.reading.sheets import plain
from schemas import county_words as w
from schemas import days
from schemas.cells import as_text

_TITLES: dict[str, tuple[str, ...]] = {
    w.CODE: (w.CODE, *w.CODE_ALSO),
    w.NAME: (w.NAME, *w.NAME_ALSO),
    w.COUNTY: (w.COUNTY, *w.COUNTY_ALSO),
    w.TOWN: (w.TOWN, *w.TOWN_ALSO),
    w.RECEIVED: w.RECEIVED_ALSO,
}
_LATEST = timedelta(days=180)  # after the deadline: a day without a year is the last one before that


def read_list(path: Path, deadline: date) -> list[School]:
    """Return the schools that are due, from any sheet whose header names code and name. Raises OperatorError."""
    try:
        book = start_reading(safe_bytes(path), is_published=True).take()
    except (Refused, OSError):
        raise OperatorError(w.BAD_LIST.format(name=path.name)) from None
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows):
            texts = [plain(as_text(cell)) for cell in row]
            places = {key: next((texts.index(t) for t in names if t in texts), None) for key, names in _TITLES.items()}
            if places[w.CODE] is not None and places[w.NAME] is not None:
                return _listed(sheet.rows[number + 1 :], places, deadline)
    raise OperatorError(w.BAD_LIST.format(name=path.name))


def _listed(rows: list[list[object]], places: dict[str, int | None], deadline: date) -> list[School]:
    found: dict[str, School] = {}
    for row in rows:
        cells = {key: row[at] if at is not None and at < len(row) else None for key, at in places.items()}
        code, name, county, town = (as_text(cells[key]) for key in w.PLACE)
        if code and code not in found:
            found[code] = _dated(School(code, name, county, town, w.State.MISSING), cells[w.RECEIVED], deadline)
    return list(found.values())


def _dated(school: School, cell: object, deadline: date) -> School:
    """Return a school with the day that the list states; one that can't be read is told and not used."""
    text = as_text(cell)
    if not text:
        return school
    day = _day(cell, text, deadline + _LATEST)
    if day is None:
        return replace(school, reason=w.BAD_DAY.format(typed=text[:20]))
    return replace(school, received=day.isoformat(), received_by=w.BY_LIST)


def _day(cell: object, text: str, last_day: date) -> date | None:
    if isinstance(cell, datetime):
        return days.of_time(cell)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return days.of_number(float(cell), last_day)
    first: Sequence[str] = text.split(" ")
    return days.of_text(text) or days.of_text(first[0]) or days.without_year(text, last_day)
