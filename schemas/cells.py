"""What a cell says before anyone asks what it means: text in one form, error values, months."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from schemas.codes import NO, YES

# Control, format, surrogate and private characters, but for the line break and the tab.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


class CellError(str):
    """An error value (#REF!, #N/A …) or a formula without a cached result, as the cell shows it."""

    __slots__ = ()


def clean(text: str) -> str:
    """Return text in one form: NFKC, no control, format or private characters, no blanks at the ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def as_text(raw: Any) -> str:
    """Return what a person sees in a raw cell: whole floats without .0, days as 2026-10-08."""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if (raw.hour, raw.minute) == (0, 0) else raw.isoformat(" ")
    return "" if raw is None else str(raw)


def month_text(raw: Any) -> str:
    """Return 2026-10 for the ways in which Excel keeps a month, else the text as typed."""
    text = as_text(raw)
    match = re.fullmatch(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*(?:月|[-./]\d{1,2}.*)?", text)
    return f"{match[1]}-{int(match[2]):02d}" if match and 1 <= int(match[2]) <= 12 else text
