"""Put many small months side by side, a class each, into one month of one school: what is true of each is seen at once.

Each month keeps its own children (names, numbers and phones are made its own), so that no class speaks to another; its
class is `place(number)`. Staff and plan are the first month's.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from helpers.measuring import Measures, measures_of
from helpers.small import NAMES
from pipeline.model import Issue
from pipeline.result import Result
from schemas.identity import check_digit

_SMALL, _FURTHER = 2, 50  # the number of the small month's class; classes beside it are so far on
_PEOPLE = re.compile("|".join((*NAMES, "周小山", "郑阿姨", "周小溪", "周小河", "李晓禾")))
_NUMBER = re.compile(r"(529900\d{8})(\d{3})[\dX]")
_PHONE, _FILED = re.compile(r"1990000(\d{4})"), re.compile(r"2026-(\d{4})")


def place(number: int) -> str:
    """Return the class that the month of this number, from 0, has."""
    return f"三年级({number + 1})班"


def name_in(number: int, name: str) -> str:
    """Return a child's name in the month of this number."""
    return name + chr(ord("甲") + number)


def beside(months: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one month that holds all of these."""
    first, *others = [_own(number, month) for number, month in enumerate(months)]
    for other in others:
        first["classes"] += other["classes"]
        for title, rows in other["school"]["sheets"].items():
            if title != "教职工":
                first["school"]["sheets"].setdefault(title, []).extend(rows)
    return first


def measures_beside(result: Result, number: int) -> dict[str, tuple[int, int]]:
    """Return figure → (n, N) of the class of this number."""
    return {figure: share for (_, unit, figure), share in measures_of(result).items() if unit == place(number)}


def as_measures(shares: Mapping[str, tuple[int, int]]) -> Measures:
    """Return the shares of a class as measures."""
    return {("class", "", figure): share for figure, share in shares.items()}


def issues_beside(result: Result, number: int) -> list[Issue]:
    """Return what is told of the class of this number: in its file, or of it or its children by their names."""
    files = {s.file.id for s in result.submissions if (s.grade, s.number) == (3, number + 1)}
    names = (place(number), *(name_in(number, name) for name in NAMES))
    return [i for i in result.issues if i.file in files or any(name in i.sentence for name in names)]


def told_beside(result: Result, number: int, codes: Iterable[str]) -> list[str]:
    """Return the codes among these that are told of the class of this number."""
    wanted = set(codes)
    return sorted(issue.rule.code for issue in issues_beside(result, number) if issue.rule.code in wanted)


def _own(number: int, month: Mapping[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = _said(copy.deepcopy(dict(month)), number)
    for book in own["classes"]:
        book["cover"]["班级"] = _further(book["cover"]["班级"], number)
    for row in own["school"]["sheets"]["班级一览"]:
        row["班级"] = _further(row["班级"], number)
    return own


def _further(written: Any, number: int) -> Any:
    return number + 1 + _FURTHER * (written - _SMALL) if type(written) is int and written > 0 else written


def _said(value: Any, number: int) -> Any:
    """Return text, or whatever holds text, in the words of one month."""
    if isinstance(value, dict):
        return {key: _said(inner, number) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner, number) for inner in value]
    if not isinstance(value, str):
        return value
    text = _PEOPLE.sub(lambda found: name_in(number, found[0]), value)
    text = _NUMBER.sub(lambda found: _numbered(found[1], int(found[2]) + 20 * number), text)
    text = _PHONE.sub(lambda found: f"1990{number:03d}{found[1]}", text)
    text = _FILED.sub(lambda found: f"2026-{number:02d}{found[1][2:]}", text)
    return text.replace("三年级(2)班", place(number))


def _numbered(district_and_day: str, serial: int) -> str:
    body = f"{district_and_day}{serial:03d}"
    return body + check_digit(body)
