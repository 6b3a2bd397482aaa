"""Addresses of cells as people write them: C5, AA12."""

from __future__ import annotations

import re


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


Spot = tuple[int, int]  # row and column from 1


def address(place: Spot) -> str:
    """Return C5 for (5, 3)."""
    return f"{column_letters(place[1])}{place[0]}"


def place_of(reference: str | None) -> Spot:
    """Return (5, 3) for C5, $C$5 or c5; (0, 0) for anything else."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", (reference or "").upper())
    return (int(match[2]), column_number(match[1])) if match else (0, 0)
