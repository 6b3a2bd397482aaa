"""Which folder is which month, as people name them: 2026-10, 2026年10月, 202610, 2026.10, 10月份.

Understood where one reading fits, and said; else the sentence names what was seen. A folder without its year is of the
year that its workbooks state, else of the latest such month that is not to come.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.commands.stated_months import stated_months
from pipeline.errors import OperatorError, not_readable, reason_of
from pipeline.keeping.targets import is_report, named
from pipeline.model import Month
from pipeline.reading.file_names import is_passed_over
from schemas import month_names
from schemas import operator_words as words
from schemas.file_endings import HANDED_IN


class MonthUnknown(OperatorError):
    """Nothing says the month of what lies there: whoever is asked may say it."""


@dataclass(frozen=True)
class Chosen:
    """The month, the folder of its workbooks, and what has to be said about how they were found."""

    month: Month
    folder: Path
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Seen:
    """What lies in a folder. `months`: folders of months; `unlike`: those that look like one and can't be read as one.

    `loose`: workbooks beside them.
    """

    months: tuple[Chosen, ...]
    unlike: tuple[str, ...]
    loose: tuple[str, ...]


def read_name(name: str) -> tuple[int, int] | None:
    """Return (year, month) that a folder's name says, year 0 where it says none; None where it is no month."""
    text = re.sub(r"(?<=\d)\s+(?=\d)", "-", unicodedata.normalize("NFKC", name).strip())
    text = re.sub(r"\s", "", text).translate(month_names.DIGITS)
    text = re.sub(month_names.TEN, lambda ten: f"{ten[1] or 1}{ten[2] or 0}", text)
    matches = (re.fullmatch(pattern, text) for pattern in month_names.YEAR_AND_MONTH)
    found = next((match for match in matches if match), None)
    alone = None if found else re.fullmatch(month_names.MONTH_ALONE, text)
    year = int(found[1]) if found else 0
    number = int(found[2]) if found else int(alone[1]) if alone else 0
    return (year + 2000 if found and year < 100 else year, number) if 1 <= number <= 12 else None


def folder_names_of(names: Sequence[str], month: Month) -> list[str]:
    """Return the names that say a month, by themselves: the right one first; one without a year may be of any."""
    found = [name for name in names if read_name(name) in ((month.year, month.number), (0, month.number))]
    return sorted(found, key=lambda name: (name != str(month), name))


def choose(base: Path, wanted: Month | None, today: date, *, is_named: bool) -> Chosen:
    """Return the month to run and its folder. `is_named`: the folder was given, and may be the month's own.

    `wanted`: the month that was asked for; None: the newest. Raises OperatorError where no one reading fits.
    """
    try:
        chosen = _chosen(base, wanted, today, is_named=is_named)
    except OSError as trouble:
        raise not_readable(trouble, base) from None
    return replace(chosen, remarks=(*chosen.remarks, *told_closed(chosen.folder)))


def _chosen(base: Path, wanted: Month | None, today: date, *, is_named: bool) -> Chosen:
    own = _read_as(base, wanted, today) if is_named else None
    if own and wanted in (None, own.month):
        return own
    seen = _look(base, wanted, today)
    fitting = [found for found in seen.months if wanted in (None, found.month)]
    if fitting:
        return _newest(fitting, [*seen.loose, *seen.unlike])
    if seen.months and wanted and seen.loose:
        told = {"month": wanted, "folder": base, "names": _names(seen.months), "loose": named(list(seen.loose))}
        raise OperatorError(words.STRAIGHT_AND_MONTHS.format(**told))
    if seen.months and wanted:
        raise OperatorError(words.NO_SUCH_MONTH.format(month=wanted, folder=base, names=_names(seen.months)))
    return _straight(base, wanted, seen)


def _look(base: Path, wanted: Month | None, today: date) -> _Seen:
    months, unlike, loose = [], [], []
    for path in sorted(base.iterdir()):
        if is_passed_over(path.name):
            continue
        if not path.is_dir():
            loose += [path.name] if path.name.lower().endswith(HANDED_IN) else []
        elif not _is_report(path):
            found = _read_as(path, wanted, today)
            months += [found] if found else []
            unlike += [path.name] if not found and re.search(month_names.LIKE_A_MONTH, path.name) else []
    return _Seen(tuple(months), tuple(unlike), tuple(loose))


def _is_report(path: Path) -> bool:
    try:
        return is_report(path)
    except OSError:
        return False  # it can't be opened, and that is said


def _read_as(path: Path, wanted: Month | None, today: date) -> Chosen | None:
    """Return the month that a folder's name says, with the sentence that says so where it is not written as ours."""
    name = path.resolve().name
    said = read_name(name)
    if said is None:
        return None
    year, number = said
    if year:
        month, told = Month(year, number), words.READ_AS
    else:
        stated = {m for m in stated_months(path) if m.number == number}
        if len(stated) > 1:
            return None
        month, told = _without_year(number, stated, wanted, today)
    return Chosen(month, path, () if name == str(month) else (told.format(name=name, month=month),))


def _without_year(number: int, stated: set[Month], wanted: Month | None, today: date) -> tuple[Month, str]:
    if stated:
        return next(iter(stated)), words.READ_AS_COVERS
    if wanted and wanted.number == number:
        return wanted, words.READ_AS
    return Month(today.year - (number > today.month), number), words.READ_AS_RECENT


def _newest(fitting: Sequence[Chosen], beside: Sequence[str]) -> Chosen:
    """Return the newest month's folder. Raises OperatorError where it has two with something in them."""
    month = max(found.month for found in fitting)
    same = [found for found in fitting if found.month == month]
    full = [found for found in same if len(same) == 1 or _has_files(found.folder)]
    if len(full) > 1:
        raise OperatorError(words.TWO_FOLDERS.format(month=month, names=_names(full)))
    only = (full or same)[0]
    told = (words.NOT_READ_BESIDE.format(names=named(list(beside)), folder=only.folder),) if beside else ()
    return replace(only, remarks=(*only.remarks, *told))


def _straight(base: Path, wanted: Month | None, seen: _Seen) -> Chosen:
    """Return the folder itself as the month's: the one asked for, else the one that all its workbooks state."""
    if wanted and not _has_files(base):
        raise OperatorError(words.NO_FOLDER.format(folder=base / str(wanted), month=wanted))
    if wanted:
        return Chosen(wanted, base, (words.READ_STRAIGHT.format(folder=base, month=wanted),))
    stated = stated_months(base)
    if len(stated) == 1:
        month = next(iter(stated))
        return Chosen(month, base, (words.READ_STRAIGHT_COVERS.format(folder=base, month=month),))
    if stated:
        found = words.AND.join(words.STATED.format(month=m, count=count) for m, count in sorted(stated.items()))
        raise MonthUnknown(words.MONTHS_DIFFER.format(folder=base, found=found, month=max(stated)))
    names = [*seen.unlike, *seen.loose]
    if names:
        raise MonthUnknown(words.NO_MONTH_SEEN.format(folder=base, names=named(names)))
    raise MonthUnknown(words.NO_MONTH.format(folder=base))


def _names(found: Sequence[Chosen]) -> str:
    return named([own.folder.name for own in found])


def _has_files(folder: Path) -> bool:
    return any(not path.is_dir() and not is_passed_over(path.name) for path in folder.rglob("*"))


def told_closed(folder: Path) -> tuple[str, ...]:
    """Return a sentence on the folders below that can't be opened: what lies there would go missing without a word.

    Raises OperatorError where the folder itself can't.
    """
    closed: list[OSError] = []
    for _ in os.walk(folder, onerror=closed.append):
        pass
    for trouble in closed:
        if Path(trouble.filename or folder) == folder:
            raise not_readable(trouble, folder)
    names = sorted(os.path.relpath(trouble.filename, folder) for trouble in closed)
    return (words.CLOSED_FOLDERS.format(names=named(names), because=reason_of(closed[0])),) if closed else ()
