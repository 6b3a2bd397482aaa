"""Citizen identity numbers by GB 11643: form, check digit, and the birth date and sex they carry."""

from __future__ import annotations

import re
from datetime import date

from schemas.codes import FEMALE, MALE

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def is_well_formed(number: str) -> bool:
    """Tell whether a text is 17 digits and a digit or X, with a real calendar day of birth inside."""
    return bool(re.fullmatch(r"\d{17}[\dX]", number)) and birth_date(number) is not None


def check_digit(first17: str) -> str:
    """Return the eighteenth character for seventeen digits (ISO 7064 MOD 11-2)."""
    return CHECK_DIGITS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def has_valid_check_digit(number: str) -> bool:
    """Tell whether the eighteenth character follows from the first seventeen."""
    return check_digit(number[:17]) == number[17]


def is_provisional(number: str) -> bool:
    """Tell whether a number stands for "no card yet": the old 15-digit form, or 999… issued by a school."""
    return bool(re.fullmatch(r"\d{15}|999\d{15}", number))


def birth_date(number: str) -> date | None:
    """Return the birth date inside a number of 18 characters, or None where it is no calendar day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """Return the sex that the seventeenth digit carries."""
    return MALE if int(number[16]) % 2 else FEMALE
