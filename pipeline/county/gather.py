"""Collect the workbooks of a district: who handed in, who has to be called, and why a workbook is not used."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.commands.asked import known_password
from pipeline.county.bureau_reader import BureauReport, NotTrusted, read_bureau, why_refused
from pipeline.county.records import School, school_of, schools_of
from pipeline.errors import OperatorError, reason_of
from pipeline.excel.guard import Refused, safe_bytes
from pipeline.excel.secret import decrypted
from pipeline.model import Month
from pipeline.reading.pool import READERS, Reading, start_reading
from pipeline.reading.sheets import plain
from schemas import bureau_words as b
from schemas import county_words as w
from schemas import reading_words
from schemas.cells import as_text
from schemas.codes import YES

_AHEAD = 4 * READERS  # workbooks that are being read while one is added up: memory does not grow with their number


@dataclass(frozen=True)
class Gathered:
    """The schools in order of county, town and code. `strays`: (file or folder, reason) of what could not be used.

    `has_list`: it is known which schools were due, from a list, here or in every roll-up below; `left_over_count`: what
    could not be used, here and in the roll-ups below.
    """

    schools: tuple[School, ...]
    strays: tuple[tuple[str, str], ...]
    has_list: bool
    left_over_count: int

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is left over of all that were due."""
        return self.has_list and not self.left_over_count


@dataclass(frozen=True)
class Failed:
    """A school without a workbook: the name of its folder, and why; `is_missing`: it handed in nothing at all."""

    name: str
    reason: str
    is_missing: bool = False


def gather(paths: Sequence[Path], month: Month, listed: Path | None, failed: Sequence[Failed] = ()) -> Gathered:
    """Return the schools of a district from its workbooks. Raises OperatorError where nothing can be done.

    `failed`: the schools whose workbook could not be made, and why.
    """
    due = read_list(listed) if listed else []
    found: dict[str, list[tuple[str, School, str]]] = {}
    strays: list[tuple[str, str]] = []
    has_list, left_over = [], 0
    for name, digest, report, because in _read_all(paths):
        if report is None:
            strays.append((name, because))
            continue
        stated = report.meta.get("month", "")
        is_rollup = report.meta.get("template") == w.TITLE
        has_list.append(is_rollup and report.meta.get(w.META_LISTED) == YES)
        left_over += int(report.meta.get(w.META_LEFT_OVER, "0"))
        own = schools_of(report) if is_rollup else [school_of(report)]
        for school in own:
            if stated != str(month):
                school = replace(school, state=w.State.REFUSED, reason=w.OTHER_MONTH.format(month=stated), numbers={})
            if not school.code:
                strays.append((name, w.NO_CODE))
            else:
                found.setdefault(school.code, []).append((name, school, digest))
    if not found and not due and not failed:
        raise OperatorError(w.NOTHING.format(month=month))
    strays += [(own.name, own.reason) for own in failed if not own.is_missing]
    schools = _with_list([_settled(code, own) for code, own in found.items()], due, strays)
    schools += _without_workbook([own for own in failed if own.is_missing], schools)
    is_known = bool(due) or (bool(has_list) and all(has_list))
    return Gathered(tuple(_in_order(schools)), tuple(strays), is_known, left_over + len(strays))


def _without_workbook(failed: Sequence[Failed], schools: Sequence[School]) -> list[School]:
    """Return a row for every empty folder that no school of the list answers for."""
    known = {name for school in schools for name in (school.code, school.name)}
    return [
        School(own.name, own.name, state=w.State.MISSING, reason=own.reason) for own in failed if own.name not in known
    ]


Read = tuple[str, str, BureauReport | None, str]


def _read_all(paths: Iterable[Path]) -> Iterator[Read]:
    """Yield (file, hash, report or None, why not); some workbooks are always being read ahead."""
    waiting: deque[tuple[str, str, Reading | None, str]] = deque()
    password = known_password()
    for path in paths:
        try:
            data = decrypted(safe_bytes(path), password)
        except Refused as refusal:
            waiting.append((path.name, "", None, why_refused(refusal)))
        except OSError as trouble:
            waiting.append((path.name, "", None, reading_words.UNREADABLE.format(because=reason_of(trouble))))
        else:
            waiting.append((path.name, hashlib.sha256(data).hexdigest(), start_reading(data, is_published=True), ""))
        if len(waiting) > _AHEAD:
            yield _taken(*waiting.popleft())
    while waiting:
        yield _taken(*waiting.popleft())


def _taken(name: str, digest: str, reading: Reading | None, because: str) -> Read:
    if reading is None:
        return name, digest, None, because
    try:
        report = read_bureau(reading)
    except NotTrusted as trouble:
        return name, digest, None, str(trouble)
    title = report.meta.get("template", "")
    if title not in (b.TITLE, w.TITLE):
        return name, digest, None, reading_words.OTHER_KIND.format(title=title)
    return name, digest, report, ""


def _settled(code: str, own: list[tuple[str, School, str]]) -> School:
    """Return the school of one or more workbooks: the same one twice is one, two different ones are none."""
    good = [entry for entry in own if entry[1].counts] or own
    distinct = {(school.state, tuple(sorted(school.numbers.items()))) for _, school, _ in good}
    first = good[0][1]
    if len(distinct) > 1:
        names = w.AND.join(name for name, _, _ in good)
        return replace(first, state=w.State.DOUBLE, reason=w.TWO_FILES.format(names=names), numbers={})
    return first


def _with_list(schools: list[School], due: list[School], strays: list[tuple[str, str]]) -> list[School]:
    """Return the schools of the list, and those it lacks; what was refused is a school's by its code or name."""
    by_code = {school.code: school for school in schools}
    done = []
    for listed in due:
        own = by_code.pop(listed.code, None)
        if own is None:
            refused = next((because for name, because in strays if _belongs(name, listed)), "")
            state = w.State.REFUSED if refused else w.State.MISSING
            done.append(replace(listed, state=state, reason=refused))
        else:
            done.append(replace(own, county=listed.county or own.county, town=listed.town or own.town))
    if not due:
        done += [
            School(code, name, state=w.State.REFUSED, reason=because)
            for name, because in strays
            if (code := name.split("_")[0]) not in by_code
        ]
    return [*done, *(replace(s, reason=s.reason or (w.NOT_LISTED if due else "")) for s in by_code.values())]


def _belongs(name: str, school: School) -> bool:
    """Tell whether a file or a school's folder bears a school's code or name."""
    return name.startswith(f"{school.code}_") or name in (school.code, school.name)


def _in_order(schools: Iterable[School]) -> list[School]:
    return sorted(schools, key=lambda school: (school.county, school.town, school.code))


# --- the list of schools ---------------------------------------------------------------------------------------------


def read_list(path: Path) -> list[School]:
    """Return the schools that are due, from any sheet whose header names code and name. Raises OperatorError."""
    try:
        book = start_reading(safe_bytes(path), is_published=True).take()
    except (Refused, OSError):
        raise OperatorError(w.BAD_LIST.format(name=path.name)) from None
    titles: dict[str, tuple[str, ...]] = {w.CODE: (w.CODE, *w.CODE_ALSO), w.NAME: (w.NAME, *w.NAME_ALSO)}
    titles |= {w.COUNTY: (w.COUNTY, *w.COUNTY_ALSO), w.TOWN: (w.TOWN, *w.TOWN_ALSO)}
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows):
            texts = [plain(as_text(cell)) for cell in row]
            places = {key: next((texts.index(t) for t in names if t in texts), None) for key, names in titles.items()}
            if places[w.CODE] is not None and places[w.NAME] is not None:
                return _listed(sheet.rows[number + 1 :], places)
    raise OperatorError(w.BAD_LIST.format(name=path.name))


def _listed(rows: list[list[object]], places: dict[str, int | None]) -> list[School]:
    found: dict[str, School] = {}
    for row in rows:
        cells = {
            key: as_text(row[place]) if place is not None and place < len(row) else "" for key, place in places.items()
        }
        if cells[w.CODE]:
            found.setdefault(cells[w.CODE], _due(cells))
    return list(found.values())


def _due(cells: dict[str, str]) -> School:
    code, name, county, town = (cells[key] for key in w.PLACE)
    return School(code, name, county, town, w.State.MISSING)
