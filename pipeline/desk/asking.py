"""Questions to whoever double-clicked: a line typed, or a folder dragged into the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.commands.asked import month_of
from pipeline.commands.console import is_asked
from pipeline.errors import OperatorError
from schemas import desk_words as words

if TYPE_CHECKING:
    from pipeline.model import Month

_TRIES = 3


def asked(question: str) -> str:
    """Return what was typed, "" where nobody can be asked."""
    if not is_asked():
        return ""
    try:
        return input(question).strip()
    except EOFError:
        return ""


def asked_month(question: str, usual: Month) -> Month:
    """Return the month that was typed, `usual` for none. Raises OperatorError where it is none, three times."""
    for number in range(1, _TRIES + 1):
        text = asked(question.format(month=usual))
        try:
            return month_named(text, usual) if text else usual
        except OperatorError as trouble:
            if number == _TRIES:
                raise
            print(trouble, flush=True)
    return usual


def month_named(text: str, usual: Month) -> Month:
    """Return the month that somebody writes as people do: 2026-10, 2026年10月, 10月, 10 (of the year next to `usual`).

    Raises OperatorError.
    """
    from pipeline.commands.months_found import read_name
    from pipeline.model import Month

    bare = int(text) if text.isdecimal() and len(text) < 3 else 0
    year, number = read_name(text) or (0, bare)
    if not 1 <= number <= 12:
        return month_of(text)
    years = [year] if year else [usual.year - 1, usual.year, usual.year + 1]
    return min((Month(y, number) for y in years), key=lambda month: abs(_number(month) - _number(usual)))


def _number(month: Month) -> int:
    return month.year * 12 + month.number


def asked_folder(question: str) -> Path | None:
    """Return the folder that was typed or dragged in, None for none. Raises OperatorError where it is not there."""
    text = as_path(asked(question))
    if not text:
        return None
    folder = Path(text).expanduser().absolute()
    if not folder.is_dir():
        raise OperatorError(words.NO_SUCH_FOLDER.format(folder=folder))
    return folder


def as_path(text: str) -> str:
    """Return a path as it is meant: what was dragged in stands in quotes, or is an address."""
    text = text.strip().removeprefix("& ").strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return unquote(text.removeprefix("file://")) if text.startswith("file:///") else text


def month_before(today: date) -> Month:
    """Return the month that people report in these days: the one before."""
    from pipeline.model import Month

    return Month(today.year, today.month).before
