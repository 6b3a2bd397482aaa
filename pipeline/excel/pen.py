"""Write cells: each in the look of its role, formulas with their values, links, texts across several columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.paging import ROW_HEIGHT
from pipeline.excel.standing import Standing
from pipeline.excel.theme import Theme, safe_text
from pipeline.publishing.book import Block
from pipeline.publishing.cells import Calc, Cell, Plain, Share, Spark, Sum, plain, share_formula
from schemas.bureau_words import BALANCED, UNBALANCED
from schemas.class_page import LACKS
from schemas.codes import DASH
from schemas.verdicts import MET, UNMET

TITLE_HEIGHT = 32
LINE_HEIGHT = 15  # each further line of a wrapped cell
_VERDICT_LOOKS = {MET: "met", UNMET: "unmet", LACKS: "unmet", BALANCED: "met", UNBALANCED: "unmet"}  # beside words
_LEVEL_LOOKS = {"√": "level_full", "○": "level_high", "△": "level_middle", "×": "level_low"}  # by the sign in front
_SPARK = {"type": "column", "min": 0, "series_color": "#8FAADC", "last_point": True, "last_color": "#1F3864"}
_BY_VALUE = ("heat", "verdict", "rate")  # roles whose look depends on what the cell says
_CENTRED = ("count", "score", "money", "share")  # where a text stands in place of a number, in the middle


@dataclass(frozen=True)
class Pen:
    """A sheet and its workbook, the formats, where its tables stand, heights of rows set so far and of one line."""

    out: Any
    sheet: Any
    theme: Theme
    standing: Standing
    heights: dict[int, float] = field(default_factory=dict)
    row_height: float = ROW_HEIGHT
    _looks: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def set_height(self, row: int, height: float) -> None:
        """Set a row's height in points."""
        self.sheet.set_row(row, height)
        self.heights[row] = height

    def title(self, row: int, after: int, text: str, first: int = 0) -> None:
        """Write a title in the middle of the columns from `first` to before `after`, none of them merged."""
        look = self.theme("title", align="center_across" if after - first > 1 else "left")
        self.sheet.write_string(row, first, safe_text(text), look)
        for place in range(first + 1, after):
            self.sheet.write_blank(row, place, None, look)

    def across(self, row: int, after: int, text: str, role: str, first: int = 0) -> None:
        """Write a text over the columns from `first` to before `after`; nothing where there is none."""
        if not text:
            return
        if after - first > 1:
            self.sheet.merge_range(row, first, row, after - 1, safe_text(text), self.theme(role))
        else:
            self.sheet.write_string(row, first, safe_text(text), self.theme(role))

    def write(self, row: int, place: int, cell: Cell, look: Any, formula: str | None = None) -> None:
        """Write a cell: the formula with the value beside it, or the value alone; small columns over an empty cell."""
        value = plain(cell)
        if isinstance(cell, Spark) and (numbers := self.standing.family(cell.table, cell.row, cell.family)):
            self.sheet.add_sparkline(row, place, {"range": numbers, **_SPARK, "max": cell.top})
        if formula:
            self.sheet.write_formula(row, place, formula, look, value)
        elif value is None or value == "":
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, place, safe_text(value), look)
        else:
            self.sheet.write_number(row, place, float(value) if isinstance(value, Decimal) else value, look)

    def look(self, cell: Cell, role: str, *, is_total: bool = False, indent: int = 0) -> Any:
        """Return the format of a cell in a column of a role. `indent`: of words, in characters."""
        value = plain(cell)
        key = (role, is_total, indent, value if role in _BY_VALUE else type(value))
        if key not in self._looks:
            self._looks[key] = self._look(value, role, is_total=is_total, indent=indent)
        return self._looks[key]

    def _look(self, value: Plain, role: str, *, is_total: bool, indent: int) -> Any:
        is_centred = role in _CENTRED or (role == "rate" and value == DASH)
        text_role = "centred" if is_centred and isinstance(value, str) else role
        if is_total:
            is_right = (isinstance(value, int) and role != "verdict") or text_role == "rate"
            return self.theme("total" if is_right else "total_text")
        if role == "heat":
            return self.theme(_LEVEL_LOOKS.get(str(value)[:1], "centred"))
        if role == "verdict":
            return self.theme(_VERDICT_LOOKS.get(str(value), "centred"))
        return self.theme(text_role, indent=indent) if indent else self.theme(text_role)

    def formula(self, cell: Cell, block: Block, row: int, place: int, summed: tuple[int, int]) -> str | None:
        """Return the formula of a cell of a table; None where it has none or is about a cell that is not shown.

        `summed`: the first and last row (from 0) of what a total sums.
        """
        if isinstance(cell, Share):
            n, total = block.place(cell.n), block.place(cell.total)
            if n is None or total is None:
                return None
            return share_formula(*(f"{column_letters(at + 1)}{row + 1}" for at in (n, total)))
        if isinstance(cell, Sum) and summed[1] >= summed[0]:
            letter = column_letters(place + 1)
            return f"=SUM({letter}{summed[0] + 1}:{letter}{summed[1] + 1})"
        if isinstance(cell, Calc):
            found = [self.standing.addresses(refs, self.sheet.get_name()) for refs in cell.refs]
            return None if None in found else cell.formula.format(*found)
        return None


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes over a width in characters."""
    return max(1, -(-columns_wide(text) // max(int(width * 0.94), 1)))


@lru_cache(maxsize=2**15)
def columns_wide(text: str) -> int:
    """Return how many columns a text takes: a Chinese character is two wide."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
