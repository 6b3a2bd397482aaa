"""The last gate before a workbook goes to 上报/: no part of the file holds a child's personal data (contract §7).

The truth is the month's own tables: numbers, phones, addresses and free texts are looked for as they are, names of
children and guardians inside any run of Chinese characters. What every such workbook says anyway (words of our own, the
school's name, its staff) is no leak.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from pipeline.addresses import address
from pipeline.errors import OperatorError
from pipeline.excel.places import texts_of
from pipeline.filled import Filled
from pipeline.result import Result
from schemas import bureau_words, codes, figures, ones, plan_workbook, policy, rules, verdicts
from schemas import operator_words as words
from schemas.lines import HARMLESS
from schemas.rules import Example
from schemas.tables import COVER_SHEET

_OF_CHILDREN = ("pupils", "contacts", "pairings", "talks", "contacts_log", "growth", "plans", "services")
_ADDRESSES = ("home_address", "guardian_address", "father_work_address", "mother_work_address")
_PROSE = ("content", "action", "measures", "remark", "summary")
_NAMES = ("name", "pupil", "father_name", "mother_name", "guardian_name")
_NAMING = ("name", "pupil", "id_card", "participants", "scope_of", "names")  # where a child may well be named
_LEAST_TEXT = 6  # shorter places (清水村) stand in other words as well
_TOLD, _ORIGINS = 5, 3  # leaks that one sentence names, and cells handed in for each
_LEAST_PROSE = 12  # characters; what is shorter (开展活动, 一年级(1)班) can stand in a workbook by chance
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[GLJ]?\d{7,18}[\dX]?(?![0-9A-Za-z])")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Leak:
    """Personal data in a published workbook: the sheet and cell, and the cells handed in that say the same.

    `sheet` and `cell` are "" where it stands in no cell (the file's properties, a chart).
    """

    sheet: str
    cell: str
    origins: tuple[str, ...]


class Gate:
    """Knows a month's personal data, and looks for it in workbooks."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._numbers, self._names, self._texts = _truth(result)

    def leaks(self, data: bytes) -> list[Leak]:
        """Return where personal data stands in a workbook given as bytes, never the data itself."""
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = (archive.read(part).decode("utf-8", "ignore") for part in archive.namelist())
            secrets = {secret for part in parts for secret in self._found(unescape(_TAG.sub("\n", part)))}
        if not secrets:
            return []
        return list(dict.fromkeys(self._placed(data, secrets)))

    def check(self, path: Path) -> None:
        """Raise OperatorError for a workbook that holds personal data; it names the cells, and never the data.

        Nor the file, whose name may hold the school's.
        """
        places: dict[tuple[str, ...], list[Leak]] = {}
        for leak in self.leaks(path.read_bytes()):
            places.setdefault(leak.origins, []).append(leak)
        told = [_told(leaks) for leaks in places.values()]
        if told:
            more = [words.LEAKS_MORE.format(count=len(told) - _TOLD)] if len(told) > _TOLD else []
            raise OperatorError(words.LEAK.format(folder=path.parent.name, places=words.NEXT.join(told[:_TOLD] + more)))

    def _found(self, text: str) -> set[str]:
        found = self._numbers.intersection(_NUMBER.findall(text))
        for run in set(_CHINESE.findall(text)):
            for length, own in self._names.items():
                found |= own.intersection(run[at : at + length] for at in range(len(run) - length + 1))
        if self._texts:  # what a text of ours begins with has to stand there, before it is worth a search
            starts = {line[at : at + _LEAST_TEXT] for line in set(text.split("\n")) for at in range(len(line))}
            found |= {secret for secret in self._texts if secret[:_LEAST_TEXT] in starts and secret in text}
        return found

    def _placed(self, data: bytes, secrets: Collection[str]) -> Iterator[Leak]:
        unplaced = set(secrets)
        for sheet, cell, text in texts_of(data):
            for secret in self._found(text):
                unplaced.discard(secret)
                yield Leak(sheet, cell, self._origins(secret))
        for secret in sorted(unplaced):
            yield Leak("", "", self._origins(secret))

    def _origins(self, secret: str) -> tuple[str, ...]:
        """Return the cells handed in that brought it there, as “file, sheet, cell”; else those of the child."""
        names = {s.file.id: s.file.name for s in self._result.submissions}
        tables = self._result.merged.tables
        found = [
            words.ORIGIN.format(file=s.file.name, sheet=COVER_SHEET, cell=address(s.cover_cells[key]))
            for s in self._result.submissions
            for key, text in s.cover.items()
            if secret in text and key in s.cover_cells
        ]
        found += _cells([tables[key] for key in tables if key not in _OF_CHILDREN], secret, names, _NAMING)
        return tuple((found or _cells([tables[key] for key in _OF_CHILDREN], secret, names))[:_ORIGINS])


def _told(leaks: Sequence[Leak]) -> str:
    """Return a part of a sentence for leaks of one origin: the first place, and how many there are."""
    first = leaks[0]
    where = words.CELL_AT.format(sheet=first.sheet, cell=first.cell) if first.cell else words.NO_CELL
    count = words.PLACES.format(count=len(leaks)) if len(leaks) > 1 else ""
    return where + count + (words.ORIGINS.format(cells=words.AND.join(first.origins)) if first.origins else "")


def _cells(tables: Sequence[Filled], secret: str, names: Mapping[int, str], but: Collection[str] = ()) -> list[str]:
    """Return the cells whose text holds a secret, but those of some columns. `names`: file → its name."""
    found = []
    for filled in tables:
        own = filled.values[filled.is_own]
        for key in (key for key in filled.table.keys if key not in but):
            for file, row, text in zip(own["file"], own["row"], own[key], strict=True):
                place = filled.positions[file].get(key)
                if secret in str(text) and place is not None:
                    cell = address((int(row), place + 1))
                    found.append(words.ORIGIN.format(file=names[file], sheet=filled.titles[file], cell=cell))
    return found


def _truth(result: Result) -> tuple[set[str], dict[int, set[str]], set[str]]:
    """Return the month's numbers, children's and guardians' names by length, and texts that must not get out."""
    numbers: set[str] = set()
    names: set[str] = set()
    texts: set[str] = set()
    for key in _OF_CHILDREN:
        filled = result.merged.tables[key]
        for column in filled.table.columns:
            if column.kind.is_personal_number:
                numbers |= _said(filled, column.key, 7)
            elif column.key in _NAMES:
                least = 2 if column.key in ("name", "pupil") else 3  # 爷爷 is who he is, not what he is called
                names |= _said(filled, column.key, least)
            elif column.key in (*_ADDRESSES, *_PROSE):
                least = _LEAST_TEXT if column.key in _ADDRESSES else _LEAST_PROSE
                texts |= {cell for cell in _said(filled, column.key, least) if not HARMLESS.fullmatch(cell)}
    of_school = _open_words(result)
    by_length: dict[int, set[str]] = {}
    for name in names:
        if not _is_open(name, of_school):
            by_length.setdefault(len(name), set()).add(name)
    return numbers, by_length, {text for text in texts if not _is_open(text, of_school)}


def _is_open(text: str, of_school: str) -> bool:
    """Tell what stands in words of our own, or in those of a school that anybody may read."""
    start = text[:_LEAST_TEXT]  # looked up first: thousands of names are looked for in a long text
    return (start in _starts(len(start)) and text in _our_words()) or text in of_school


@lru_cache(maxsize=_LEAST_TEXT)
def _starts(length: int) -> frozenset[str]:
    """Return all runs of so many characters in words of our own."""
    ours = _our_words()
    return frozenset(ours[at : at + length] for at in range(len(ours) - length + 1))


def _said(filled: Filled, key: str, least: int) -> set[str]:
    """Return the distinct texts of a column that are at least so long."""
    return {text for cell in filled.values[key].dropna().unique().tolist() if len(text := str(cell)) >= least}


def _open_words(result: Result) -> str:
    """Return what this school's workbook may say: its name, its staff, the titles of its own plan."""
    staff = [str(cell) for cell in result.merged.tables["staff"].values["name"].dropna()]
    heads = [c.head_teacher for c in result.turnout.classes]
    items = [item.title for item in (*result.policy.rubric, *result.policy.teacher_rubric)]
    return "\n".join([result.school_name, *staff, *heads, *items])


@lru_cache(maxsize=1)
def _our_words() -> str:
    """Return every text that our own declarations hold: a name that is a part of one can't be told from it."""
    modules: tuple[ModuleType, ...] = (bureau_words, codes, figures, ones, plan_workbook, policy, rules, verdicts)
    return "\n".join(set(_texts([vars(module) for module in modules], set())))


def _texts(value: Any, seen: set[int]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    if id(value) in seen or isinstance(value, ModuleType | pd.DataFrame | Example):
        return
    seen.add(id(value))
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        parts = value
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, type):
        parts = [part for name, part in vars(value).items() if not name.startswith("__")]
    for part in parts:
        yield from _texts(part, seen)
