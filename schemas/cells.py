"""What a cell says before anyone asks what it means: text in one form, error values, months."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from schemas.characters import INVISIBLE, unlike

_APOSTROPHES = "'`´‘’＇′"  # typed before a number or a name to keep it as text; Excel's own is not part of the text


class CellError(str):
    """An error value (#REF!, #N/A …) or a formula without a cached result, as the cell shows it."""

    __slots__ = ()


# Error values that were pasted as text; NFKC.
ERROR_TEXT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|DIV/0!|SPILL!|CALC!|ERROR!)", re.IGNORECASE)


class UnsureCell(CellError):
    """A cell that one way of reading the file sees filled and another empty, as far as it can be shown."""

    __slots__ = ()


class Number1904(float):
    """A number in a workbook that counts its days from 1904; as a day it is four years later than it looks."""

    __slots__ = ()


def tidy(text: str) -> str:
    """Return text that is kept as it was typed, but for characters that nobody sees or that only look alike."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub("", unlike(text).replace("\r\n", "\n"))


@lru_cache(maxsize=65536)  # a name stands in every sheet
def clean(text: str) -> str:
    """Return text in the one form that is read and compared: NFKC, radicals as ideographs, nothing invisible,

    no blanks at the ends and no typed apostrophe in front.
    """
    if text.isascii() and text.isprintable():
        bare = text.strip()
    else:
        bare = INVISIBLE.sub("", unicodedata.normalize("NFKC", unlike(text))).strip()
    return _without_apostrophe(bare) if bare[:1] in _APOSTROPHES and bare else bare


def _without_apostrophe(text: str) -> str:
    """Drop one apostrophe in front, unless it opens a quotation."""
    rest = text[1:]
    return rest.lstrip() if rest and not any(mark in rest for mark in _APOSTROPHES) else text


def as_text(raw: Any) -> str:
    """Return what a raw cell says, to be read and compared: whole floats without .0, days as 2026-10-08."""
    return clean(raw) if isinstance(raw, str) else _plain(raw)


def as_typed(raw: Any) -> str:
    """Return what a raw cell says, to be quoted: exactly as it was typed."""
    return str(raw) if isinstance(raw, str) else _plain(raw)


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if (raw.hour, raw.minute, raw.second) == (0, 0, 0) else raw.isoformat(" ", "seconds")
    if isinstance(raw, date):
        return raw.isoformat()
    return "" if raw is None else str(raw)


_DAY_0 = date(1899, 12, 30)  # of Excel's days


def month_text(raw: Any) -> str:
    """Return 2026-10 for the ways in which Excel keeps a month, else the text as typed."""
    text = as_text(raw)
    if re.fullmatch(r"[3-7]\d{4}", text):  # a day in a cell that is not formatted as one; 20261 is January
        text = f"{_DAY_0 + timedelta(int(text))}"
    match = re.fullmatch(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*(?:月份?|[-./]\d{1,2}.*)?", text)
    return f"{match[1]}-{int(match[2]):02d}" if match and 1 <= int(match[2]) <= 12 else text
