"""What a published cell may hold besides a text or a number: a formula with the value that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A rate as printed (95.12%, —), worked out in the workbook from n and N in two columns of the same row."""

    value: str
    n_at: int
    total_at: int


@dataclass(frozen=True)
class Sum:
    """A total: the sum of the rows above it in its own column and table."""

    value: int | float


@dataclass(frozen=True)
class Ref:
    """A cell of a table of the same workbook: the page, the number of its table there, row and column from 0."""

    page: str
    block: int
    row: int
    column: int


@dataclass(frozen=True)
class Calc:
    """A formula over cells of the workbook: `{0}`, `{1}` … stand for `refs`; `value` is what it gives."""

    formula: str
    refs: tuple[Ref, ...]
    value: str | int | float


Plain = str | int | float | Decimal | None
Cell = Plain | Share | Sum | Calc
Where = Callable[[Ref], str]


def plain(cell: Cell) -> Plain:
    """Return the value that a reader sees in a cell."""
    return cell.value if isinstance(cell, Share | Sum | Calc) else cell


def share_formula(n: str, total: str) -> str:
    """Return n/N as text, half up to two decimals by whole numbers, 100.00% only where n = N (contract §5)."""
    rounded = f"MIN(INT((20000*{n}+{total})/(2*{total})),9999)/10000"
    return f'=IF({total}=0,"—",IF({n}={total},"100.00%",TEXT({rounded},"0.00%")))'
