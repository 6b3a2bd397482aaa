"""The one place where numbers are rounded for people: half up, and 100% only where n = N (contract §5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from schemas.codes import DASH


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Return an exact fraction as a decimal with `places` digits, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def share_value(n: int, N: int) -> Decimal | None:  # noqa: N803 - the contract's own letter
    """Return n/N as a number that prints as `percent` does: 0.9512, None where N is 0, and 1 only where n = N."""
    text = percent(n, N)
    return None if text == DASH else Decimal(text.removesuffix("%")) / 100


def percent(n: int, N: int) -> str:  # noqa: N803 - the contract's own letter
    """Return n/N as 95.12%, — where N is 0, and never 100.00% unless n = N."""
    if not N:
        return DASH
    shown = half_up(Fraction(100 * n, N))
    if n < N and shown >= 100:
        shown = Decimal("99.99")
    return f"{shown}%"
