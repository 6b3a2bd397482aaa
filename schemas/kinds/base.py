"""The base of all kinds of cell: how a kind reads what was typed, what it accepts, and what its cell is like.

`read` turns a raw cell into a `Reading`: a typed value, or nothing, or the rule that says why it is unreadable.
`accepts` says which readable values count (the pandera schemas are made of it), `describe` the same in words, for hints
and messages, `entry` the same for the validation of a template's cells. A new kind is one class with these five.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from schemas import rules
from schemas.cells import ERROR_TEXT, CellError, UnsureCell, as_text
from schemas.codes import DASH
from schemas.lines import is_same_as_beside
from schemas.unsaid import says_apart, says_gone, says_nothing

ANY_TEXT = ("文字", "姓名")  # what a kind that takes any text says of itself
TEXT_CELL, NUMBER_CELL, DAY_CELL = "text", "number", "day"


# An identity, student or mobile number, in whatever column it was typed.
_NUMBER_OF_SOMEBODY = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?:\d\s?){14}[\dA-Za-z]+")


def mask_number(text: str) -> str:
    """Hide all of an identity, student or phone number but its last four characters."""
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 6 else "*" * len(text)


class Reading(NamedTuple):
    """What a cell says: a typed value or None; the rule that makes it an error; the rule that notes a repair."""

    value: Any = None
    fault: rules.Rule | None = None
    note: rules.Rule | None = None


EMPTY = Reading()


class Limit(NamedTuple):
    """One thing that a readable value must keep: a pandera check by its name, with its arguments, and the rule it is of."""

    check: str
    arguments: tuple[Any, ...]
    rule: rules.Rule


class Entry(NamedTuple):
    """What a spreadsheet program lets be typed: `what` is any, list, roster, staff, date, integer, decimal or length.

    `low` and `high` bound a date, a number or a length. `list` takes the kind's words, `roster` the names of 学生档案, `staff` those of 教职工.
    """

    what: str = "any"
    low: Any = None
    high: Any = None
    is_open: bool = False  # what the list lacks may be typed as well, unasked


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `dash`: a parent's cell, in which — says that there is nobody to ask (contract §5)."""

    dash: bool = False

    def read(self, raw: Any, last_day: date) -> Reading:
        """Return the reading of one raw cell in the month that ends on `last_day`.

        What is read as another text than was typed always bears a note.
        """
        if raw is None or raw == "":
            return EMPTY
        if isinstance(raw, CellError):
            return Reading(fault=rules.UNSURE if isinstance(raw, UnsureCell) else rules.CELL_ERROR)
        text = as_text(raw)
        if not text:
            return EMPTY
        if text[0] == "#" and ERROR_TEXT.fullmatch(text):
            return Reading(fault=rules.CELL_ERROR)
        unsaid = self._unsaid(raw, text)
        if unsaid is not None:
            return unsaid
        reading = self._read(raw, text, last_day)
        is_changed = isinstance(raw, str) and isinstance(reading.value, str) and reading.value != raw
        return reading._replace(note=rules.REPAIRED) if is_changed and not (reading.note or reading.fault) else reading

    def _unsaid(self, raw: Any, text: str) -> Reading | None:
        """Return the reading of a cell that says nothing of its own, None for any other."""
        if isinstance(raw, str) and is_same_as_beside(raw):
            return Reading(fault=rules.SAME_AS_BESIDE)
        if self.dash and says_gone(text):
            return Reading(DASH, note=None if raw == DASH else rules.REPAIRED)
        if self.dash and says_apart(text):
            return Reading(note=rules.NOTHING_SAID)
        if says_nothing(text) and not self._answers(text):
            return Reading(note=rules.NOTHING_SAID)
        return None

    def _answers(self, text: str) -> bool:
        """Tell whether a word that elsewhere says nothing is an answer here."""
        return False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        raise NotImplementedError

    def accepts(self, last_day: date) -> tuple[Limit, ...]:
        """Return what a readable value must keep in the month that ends on `last_day`."""
        return ()

    def describe(self) -> str:
        """Say in Chinese what is wanted here."""
        raise NotImplementedError

    def entry(self) -> Entry:
        """Return what a spreadsheet program lets be typed here."""
        return Entry()

    @property
    def words(self) -> tuple[str, ...]:
        """The closed list that the cell chooses from, else nothing."""
        return ()

    @property
    def cell(self) -> str:
        """How the cell is formatted: as text, as a number or as a day."""
        return TEXT_CELL

    @property
    def is_name(self) -> bool:
        """Whether it holds one person's name."""
        return False

    @property
    def is_personal_number(self) -> bool:
        """Whether a value points at one person wherever it stands: an identity, student or telephone number."""
        return False

    @property
    def dtype(self) -> str:
        """The pandas dtype of a column of this kind."""
        return "str"

    def like(self, text: str) -> list[str]:
        """Return what may be meant by a text that the kind does not accept, the likeliest first."""
        return []

    def masked(self, text: str) -> str:
        """Return `text` as it may be quoted in a message: short, and without anybody's number."""
        text = _NUMBER_OF_SOMEBODY.sub(lambda found: mask_number(found[0]), text)
        return text if len(text) <= 20 else text[:18] + "……"
