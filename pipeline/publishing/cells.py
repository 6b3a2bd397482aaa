"""What a published cell may hold besides a text or a number: a formula with the value that it gives.

Formulas name the cells that they are about by key; where these stand is known to whoever renders the workbook. A
formula about a cell that a layout does not show is written as its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A rate as printed (95.12%, —), worked out in the workbook from n and N in two columns of the same row."""

    value: str
    n: str
    total: str


@dataclass(frozen=True)
class Sum:
    """A total: the sum of the rows above it in its own column and table."""

    value: int | float


@dataclass(frozen=True)
class Ref:
    """A cell of a table of the same workbook: the key of the table, the row from 0, the key of the column."""

    table: str
    row: int
    column: str


@dataclass(frozen=True)
class Calc:
    """A formula over cells of the workbook; `value` is what it gives.

    `{0}`, `{1}` … stand for `refs`: a cell each, or several whose list a function like SUM takes.
    """

    formula: str
    refs: tuple[Ref | tuple[Ref, ...], ...]
    value: str | int | float


@dataclass(frozen=True)
class Spark:
    """Small columns in a cell: the numbers of a row of a table, over the columns of a family; `top` ends the axis."""

    table: str
    row: int
    family: str
    top: float


Plain = str | int | float | Decimal | None
Cell = Plain | Share | Sum | Calc | Spark
Cells = dict[str, Cell]  # of a row, by column key


def plain(cell: Cell) -> Plain:
    """Return the value that a reader sees in a cell."""
    if cell is None or isinstance(cell, str | int):  # most cells: this is asked of each
        return cell
    if isinstance(cell, Spark):
        return None
    return cell.value if isinstance(cell, Share | Sum | Calc) else cell


def share_formula(n: str, total: str) -> str:
    """Return n/N as text, half up to two decimals by whole numbers, 100.00% only where n = N (contract §5)."""
    rounded = f"MIN(INT((20000*{n}+{total})/(2*{total})),9999)/10000"
    return f'=IF({total}=0,"—",IF({n}={total},"100.00%",TEXT({rounded},"0.00%")))'
