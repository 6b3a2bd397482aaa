"""The last gate before a workbook goes to 上报/: no part of the file holds a child's personal data (contract §7).

The truth is the month's own tables: numbers, phones, addresses and free texts are looked for as they are, names of
children and guardians inside any run of Chinese characters. What every such workbook says anyway (words of our own, the
school's name, its staff) is no leak.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from types import ModuleType
from typing import Any

import pandas as pd

from pipeline.result import Result
from schemas import bureau_words, codes, figures, ones, plan_workbook, policy, rules, verdicts
from schemas.kinds import IdCard, Phone, StudentNo
from schemas.lines import HARMLESS

_OF_CHILDREN = ("pupils", "contacts", "pairings", "talks", "contacts_log", "growth", "plans", "services")
_ADDRESSES = ("home_address", "guardian_address", "father_work_address", "mother_work_address")
_PROSE = ("content", "action", "measures", "remark", "summary")
_NAMES = ("name", "pupil", "father_name", "mother_name", "guardian_name")
_LEAST_TEXT = 6  # shorter places (清水村) stand in other words as well
_LEAST_PROSE = 12  # characters; what is shorter (开展活动, 一年级(1)班) can stand in a workbook by chance
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[GLJ]?\d{7,18}[\dX]?(?![0-9A-Za-z])")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")
_TAG = re.compile(r"<[^>]+>")


def leaks(data: bytes, result: Result) -> list[str]:
    """Return where personal data stands in a workbook given as bytes: the parts of the file, never the data itself."""
    numbers, names, texts = _truth(result)
    found = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            text = unescape(_TAG.sub("\n", archive.read(part).decode("utf-8", "ignore")))
            if _holds(text, numbers, names, texts):
                found.append(part)
    return found


def _holds(text: str, numbers: set[str], names: Mapping[int, set[str]], texts: set[str]) -> bool:
    if any(number in numbers for number in _NUMBER.findall(text)):
        return True
    runs = set(_CHINESE.findall(text))
    for run in runs:
        for length, own in names.items():
            if any(run[at : at + length] in own for at in range(len(run) - length + 1)):
                return True
    return any(secret in text for secret in texts)


def _truth(result: Result) -> tuple[set[str], dict[int, set[str]], set[str]]:
    """Return the month's numbers, children's and guardians' names by length, and texts that must not get out."""
    numbers: set[str] = set()
    names: set[str] = set()
    texts: set[str] = set()
    for key in _OF_CHILDREN:
        filled = result.merged.tables[key]
        for column in filled.table.columns:
            cells = {str(cell) for cell in filled.values[column.key].dropna()}
            if isinstance(column.kind, IdCard | StudentNo | Phone):
                numbers |= {cell for cell in cells if len(cell) >= 7}
            elif column.key in _NAMES:
                least = 2 if column.key in ("name", "pupil") else 3  # 爷爷 is who he is, not what he is called
                names |= {cell for cell in cells if len(cell) >= least}
            elif column.key in _ADDRESSES:
                texts |= {cell for cell in cells if len(cell) >= _LEAST_TEXT and not HARMLESS.fullmatch(cell)}
            elif column.key in _PROSE:
                texts |= {cell for cell in cells if len(cell) >= _LEAST_PROSE and not HARMLESS.fullmatch(cell)}
    open_words = _our_words() + "\n" + _open_words(result)
    by_length: dict[int, set[str]] = {}
    for name in names:
        if name not in open_words:
            by_length.setdefault(len(name), set()).add(name)
    return numbers, by_length, {text for text in texts if text not in open_words}


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
    if id(value) in seen or isinstance(value, ModuleType | pd.DataFrame):
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
