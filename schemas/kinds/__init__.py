"""Kinds of cell: each reads what was typed, says what it accepts, explains itself and tells what its cell is like.

What all have in common is in `base`; `words`, `amounts` and `numbers` hold the kinds. A column of a new kind needs
nothing but the class: templates, checks, hints, messages and masks ask it.
"""

from schemas.kinds.amounts import EARLIEST_DAY, ClassNumber, Day, Number
from schemas.kinds.base import (
    ANY_TEXT,
    DAY_CELL,
    EMPTY,
    NUMBER_CELL,
    TEXT_CELL,
    Entry,
    Kind,
    Limit,
    Reading,
    mask_number,
)
from schemas.kinds.numbers import IdCard, OldNumber, Phone, StudentNo
from schemas.kinds.words import ClassName, Code, NameList, PersonName, PersonNames, Text

__all__ = [
    "ANY_TEXT", "DAY_CELL", "EARLIEST_DAY", "EMPTY", "NUMBER_CELL", "TEXT_CELL",
    "ClassName", "ClassNumber", "Code", "Day", "Entry", "IdCard", "Kind", "Limit", "NameList", "Number", "OldNumber", "PersonName", "PersonNames", "Phone",
    "Reading", "StudentNo", "Text", "mask_number",
]  # fmt: skip
