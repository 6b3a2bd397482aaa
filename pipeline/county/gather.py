"""Collect the workbooks of a district: who handed in, who has to be called, and why a workbook is not used."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.commands.asked import known_password
from pipeline.county.bureau_reader import BureauReport, NotTrusted, read_bureau, why_refused
from pipeline.county.listed import read_list
from pipeline.county.records import School, school_of, schools_of
from pipeline.county.timeliness import day_of_file, deadline_of, judged
from pipeline.errors import OperatorError, reason_of
from pipeline.excel.guard import Refused, safe_bytes
from pipeline.excel.secret import decrypted
from pipeline.model import Month
from pipeline.reading.pool import READERS, Reading, start_reading
from schemas import bureau_words as b
from schemas import county_words as w
from schemas import reading_words
from schemas.codes import YES

_AHEAD = 4 * READERS  # workbooks that are being read while one is added up: memory does not grow with their number


@dataclass(frozen=True)
class Gathered:
    """The schools in order of county, town and code. `strays`: (file or folder, reason) of what could not be used.

    `has_list`: it is known which schools were due, from a list, here or in every roll-up below; `left_over_count`: what
    could not be used, here and in the roll-ups below; `outside_count`: schools that the list lacks.
    """

    schools: tuple[School, ...]
    strays: tuple[tuple[str, str], ...]
    has_list: bool
    left_over_count: int
    outside_count: int = 0

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


@dataclass
class _Found:
    """What the workbooks said so far: code → (file, school, hash); what could not be used; of the roll-ups below,

    whether each had a list, and what was left over there.
    """

    schools: dict[str, list[tuple[str, School, str]]]
    strays: list[tuple[str, str]]
    has_list: list[bool]
    left_over: int = 0


def gather(
    paths: Sequence[Path],
    month: Month,
    listed: Path | None,
    failed: Sequence[Failed] = (),
    *,
    deadline: date | None = None,
    received: Mapping[Path, str] | None = None,
) -> Gathered:
    """Return the schools of a district from its workbooks. Raises OperatorError where nothing can be done.

    `failed`: the schools whose workbook could not be made, and why; `deadline`: the last day in time; `received`: the
    day on which the school handed in, of workbooks whose own time says nothing of it.
    """
    own_deadline = deadline or deadline_of(month)
    due = read_list(listed, own_deadline) if listed else []
    found = _found(paths, month, received or {})
    if not found.schools and not due and not failed:
        raise OperatorError(w.NOTHING.format(month=month))
    found.strays += [(own.name, own.reason) for own in failed if not own.is_missing]
    schools = [_settled(code, own) for code, own in found.schools.items()]
    schools, strays = _with_list(schools, due, found.strays)
    schools, empty = _with_empty(schools, [own for own in failed if own.is_missing])
    is_known = bool(due) or (bool(found.has_list) and all(found.has_list))
    codes = {own.code for own in due}
    return Gathered(
        tuple(_in_order(judged(school, own_deadline) for school in schools)),
        (*strays, *empty),
        is_known,
        found.left_over + len(strays),
        sum(school.code not in codes for school in schools) if due else 0,
    )


def _found(paths: Sequence[Path], month: Month, received: Mapping[Path, str]) -> _Found:
    """Return what all workbooks say."""
    found = _Found({}, [], [])
    for path, digest, report, because in _read_all(paths):
        if report is None:
            found.strays.append((path.name, because))
            continue
        stated = report.meta.get("month", "")
        is_rollup = report.meta.get("template") == w.TITLE
        found.has_list.append(is_rollup and report.meta.get(w.META_LISTED) == YES)
        found.left_over += int(report.meta.get(w.META_LEFT_OVER, "0"))
        for school in schools_of(report) if is_rollup else [_dated(school_of(report), path, received)]:
            own = replace(school, file=path)
            if stated != str(month):
                own = replace(own, state=w.State.REFUSED, reason=w.OTHER_MONTH.format(month=stated), numbers={})
            if not own.code:
                found.strays.append((path.name, w.NO_CODE))
            else:
                found.schools.setdefault(own.code, []).append((path.name, own, digest))
    return found


def _dated(school: School, path: Path, received: Mapping[Path, str]) -> School:
    """Return a school with the day its workbook came, by the time of the file where nothing else is known."""
    day = received.get(path)
    if day is None:
        try:
            day = day_of_file(path)
        except (OSError, OverflowError, ValueError):
            day = ""
    return replace(school, received=day, received_by=w.BY_FILE if day else "")


def _with_empty(schools: list[School], empty: Sequence[Failed]) -> tuple[list[School], list[tuple[str, str]]]:
    """Return the schools, those of an empty folder with the reason; and the folders that are no school's."""
    place = {name: at for at, school in enumerate(schools) for name in (school.name, school.code)}
    told, strays = list(schools), []
    for own in empty:
        at = place.get(own.name)
        if at is None:
            strays.append((own.name, own.reason))
        elif told[at].state == w.State.MISSING and not told[at].reason:
            told[at] = replace(told[at], reason=own.reason)
    return told, strays


Read = tuple[Path, str, BureauReport | None, str]


def _read_all(paths: Iterable[Path]) -> Iterator[Read]:
    """Yield (file, hash, report or None, why not); some workbooks are always being read ahead."""
    waiting: deque[tuple[Path, str, Reading | None, str]] = deque()
    password = known_password()
    for path in paths:
        try:
            data = decrypted(safe_bytes(path), password)
        except Refused as refusal:
            waiting.append((path, "", None, why_refused(refusal)))
        except OSError as trouble:
            waiting.append((path, "", None, reading_words.UNREADABLE.format(because=reason_of(trouble))))
        else:
            waiting.append((path, hashlib.sha256(data).hexdigest(), start_reading(data, is_published=True), ""))
        if len(waiting) > _AHEAD:
            yield _taken(*waiting.popleft())
    while waiting:
        yield _taken(*waiting.popleft())


def _taken(path: Path, digest: str, reading: Reading | None, because: str) -> Read:
    if reading is None:
        return path, digest, None, because
    try:
        report = read_bureau(reading)
    except NotTrusted as trouble:
        return path, digest, None, str(trouble)
    title = report.meta.get("template", "")
    if title not in (b.TITLE, w.TITLE):
        return path, digest, None, reading_words.OTHER_KIND.format(title=title)
    return path, digest, report, ""


def _settled(code: str, own: list[tuple[str, School, str]]) -> School:
    """Return the school of one or more workbooks: the same one twice is one, two different ones are none.

    Of the same one twice the day of the first holds.
    """
    good = [entry for entry in own if entry[1].counts] or own
    distinct = {(school.state, tuple(sorted(school.numbers.items()))) for _, school, _ in good}
    first = min((school for _, school, _ in good), key=lambda school: school.received or _NEVER)
    if len(distinct) > 1:
        names = w.AND.join(name for name, _, _ in good)
        return replace(first, state=w.State.DOUBLE, reason=w.TWO_FILES.format(names=names), numbers={})
    return first


_NEVER = "9999"


def _with_list(
    schools: list[School], due: list[School], strays: list[tuple[str, str]]
) -> tuple[list[School], list[tuple[str, str]]]:
    """Return the schools of the list and those it lacks, and what is no school's.

    What was refused is a school's by its code or name; without a list, by a code in front of its name.
    """
    by_code = {school.code: school for school in schools}
    done, used = [], set()
    for listed in due:
        own = by_code.pop(listed.code, None)
        refused = [stray for stray in strays if _belongs(stray[0], listed)]
        if own is None:
            used |= set(refused)
            state = w.State.REFUSED if refused else w.State.MISSING
            reason = refused[0][1] if refused else _absent(listed)
            done.append(replace(listed, state=state, reason=reason))
        else:
            done.append(_placed(own, listed))
    if not due:
        for stray in strays:
            code = re.match(_CODE, stray[0])
            if code and code[0] not in by_code:
                by_code[code[0]] = School(code[0], code[0], state=w.State.REFUSED, reason=stray[1])
                used.add(stray)
    outside = (replace(s, reason=s.reason or (w.NOT_LISTED if due else "")) for s in by_code.values())
    return [*done, *outside], [stray for stray in strays if stray not in used]


def _absent(listed: School) -> str:
    """Say why a school of the list without a workbook is none: the list may think otherwise."""
    return listed.reason or (w.LISTED_BUT_ABSENT.format(day=listed.received) if listed.received else "")


_CODE = r"\d{10}(?!\d)"


def _placed(own: School, listed: School) -> School:
    """Return a school with what the list says of it: where it is, and when it handed in."""
    placed = replace(own, county=listed.county or own.county, town=listed.town or own.town)
    placed = replace(placed, reason=own.reason or listed.reason)
    if not listed.received or own.is_below:
        return placed
    return replace(placed, received=listed.received, received_by=w.BY_LIST)


def _belongs(name: str, school: School) -> bool:
    """Tell whether a file or a school's folder bears a school's code or name."""
    return name.startswith(f"{school.code}_") or name in (school.code, school.name)


def _in_order(schools: Iterable[School]) -> list[School]:
    return sorted(schools, key=lambda school: (school.county, school.town, school.code))
