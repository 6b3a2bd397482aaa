"""One look for all our workbooks: roles, not cells. Colours keep their order of darkness in greyscale."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.excel.paging import MARGINS
from schemas.look import BODY_FONT, PAGE_NUMBERS, PRODUCT, TITLE_FONT
from schemas.rules import ERROR, NOTE, WARNING
from schemas.tables import ALWAYS, ARCHIVE, CONDITIONAL, OPTIONAL

UNSHRUNK = {"scale_with_doc": False}  # or what stands in the margins would shrink with the sheet
FIXED_TIME = datetime(2026, 1, 1)  # a clock in the file would make two runs differ

INK, RULE_LINE, MUTED, PALE = "#1F2933", "#9AA5B1", "#52606D", "#7B8794"
HEAD, HEAD_LIGHT, STRIPE = "#1F4E79", "#DCE6F1", "#F5F7FA"
NEED_FILL = {ALWAYS: "#CFE2F3", ARCHIVE: "#D9EAD3", CONDITIONAL: "#FFF2CC", OPTIONAL: "#FFFFFF"}
NEED_TINT = {ALWAYS: "#EDF4FB", ARCHIVE: "#F1F8EE", CONDITIONAL: "#FFFBEC"}
LEVEL_FILL = {ERROR: "#F4B6B6", WARNING: "#FCE2A9", NOTE: "#DDEBF7"}
GOOD_FILL, BAD_FILL = "#E2F0D9", "#F8D7DA"

# The font that columns are measured in: its digits are seven pixels wide as Calibri's are; where it is lacking, one of
# the same widths stands for it (Liberation Sans). Calibri's stand-in is a quarter wider, and prints a quarter smaller.
_MEASURE: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "font_scheme": False, "theme": -1}
_BASE: dict[str, Any] = {"font_name": BODY_FONT, "font_size": 10.5, "font_color": INK, "valign": "vcenter"}
_GRID: dict[str, Any] = {"border": 1, "border_color": RULE_LINE}
# What a font makes too wide for its column shrinks: cut, 100.00% would be read as 00.00%.
ROLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 16, "align": "center", "bold": True},
    "title_left": {"font_name": TITLE_FONT, "font_size": 14, "bold": True},
    "cover_title": {"font_name": TITLE_FONT, "font_size": 26, "align": "center", "bold": True},
    "cover_line": {"font_size": 14, "align": "left", "bottom": 1, "bottom_color": RULE_LINE},
    "cover_label": {"font_size": 14, "align": "right"},
    "stamp": {
        "font_name": TITLE_FONT,
        "font_size": 18,
        "align": "center",
        "font_color": "#B22222",
        "bold": True,
    },
    "note": {"font_size": 10, "font_color": MUTED, "text_wrap": True, "valign": "top"},
    "remark": {"font_size": 10.5, "font_color": MUTED, "text_wrap": True, "valign": "top"},
    "paragraph": {"font_size": 11, "text_wrap": True, "valign": "top"},
    "section": {"font_name": TITLE_FONT, "font_size": 12, "bold": True},
    "head": {**_GRID, "font_name": TITLE_FONT, "bg_color": HEAD_LIGHT, "align": "center", "text_wrap": True},
    "head_across": {**_GRID, "font_name": TITLE_FONT, "bg_color": HEAD_LIGHT, "align": "center_across", "right": 0},
    "text": {**_GRID, "align": "left"},
    "wrapped": {**_GRID, "align": "left", "text_wrap": True},
    "across": {**_GRID, "align": "left", "right": 0},
    "centred": {**_GRID, "align": "center"},
    "mark": {**_GRID, "align": "center", "text_wrap": True},
    "count": {**_GRID, "align": "right", "shrink": True, "num_format": "#,##0"},
    "rate": {**_GRID, "align": "right", "shrink": True},
    "spark": {**_GRID},
    "share": {**_GRID, "align": "right", "shrink": True, "num_format": "0.00%"},
    "score": {**_GRID, "align": "right", "shrink": True, "num_format": "0.00"},
    "money": {**_GRID, "align": "right", "shrink": True, "num_format": "#,##0.00"},
    "day": {**_GRID, "align": "center", "shrink": True, "num_format": "yyyy-mm-dd"},
    "total": {**_GRID, "align": "right", "shrink": True, "bold": True, "bg_color": STRIPE, "num_format": "#,##0"},
    "total_text": {**_GRID, "align": "center", "shrink": True, "bold": True, "bg_color": STRIPE},
    "met": {**_GRID, "align": "center", "bg_color": GOOD_FILL},
    "unmet": {**_GRID, "align": "center", "bg_color": BAD_FILL, "bold": True},
    "label": {**_GRID, "font_name": TITLE_FONT, "bg_color": HEAD_LIGHT, "align": "right"},
    "name": {**_GRID, "font_name": TITLE_FONT, "bg_color": HEAD_LIGHT, "align": "right", "text_wrap": True},
    "entry": {**_GRID, "align": "left", "num_format": "@", "bg_color": "#FFFFFF"},
    "plain": {},
    "fill": {},
    "plain_wrapped": {"text_wrap": True, "valign": "top"},
    "level_full": {**_GRID, "align": "right", "bg_color": "#FFFFFF"},
    "level_high": {**_GRID, "align": "right", "bg_color": "#FFF2CC"},
    "level_middle": {**_GRID, "align": "right", "bg_color": "#F8CBAD"},
    "level_low": {**_GRID, "align": "right", "bg_color": "#E6A07C", "bold": True},
    "link": {**_GRID, "align": "center", "font_color": "#1F4E79", "underline": 1},
}


class Theme:
    """The formats of one workbook by role, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}

    def __call__(self, role: str, **more: Any) -> Any:
        key = (role, *sorted(more.items()))
        if key not in self._made:
            base = {} if role == "fill" else _BASE  # a conditional format states only what it changes
            self._made[key] = self._book.add_format({**base, **ROLES[role], **more})
        return self._made[key]


class _Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet that prepares each formula once: a template repeats a hundred, each takes 90 regular expressions."""

    _prepared: ClassVar[dict[tuple[str, bool], str]] = {}

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        key = (formula, expand_future_functions)
        if key not in self._prepared:
            self._prepared[key] = super()._prepare_formula(*key)
        return self._prepared[key]


def new_workbook(target: Path | BytesIO, title: str) -> tuple[Any, Theme]:
    """Open a workbook for writing: no text becomes a formula, link or number, nothing goes to a temporary folder."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "default_date_format": "yyyy-mm-dd",
        "default_format_properties": dict(_MEASURE),
    }
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
    book.worksheet_class = _Sheet
    book.set_properties({"title": title, "author": PRODUCT, "created": FIXED_TIME})
    book.set_calc_mode("auto")
    return book, Theme(book)


def safe_text(text: str) -> str:
    """Return text that every reader of the file can take: no control or lone surrogate characters, Excel's length."""
    if text.isprintable():
        return text[:32_000]
    kept = "".join(c for c in text if c >= " " or c in "\n\t")
    return kept.encode("utf-8", "ignore").decode("utf-8").replace("￾", "").replace("￿", "")[:32_000]


def set_page(sheet: Any, *, landscape: bool, repeat_rows: int | None, width_in_pages: int = 1) -> None:
    """Set a sheet up for A4: margins, repeated header, page x of y."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(width_in_pages, 0)
    sheet.set_footer(PAGE_NUMBERS, UNSHRUNK)
    if repeat_rows is not None:
        sheet.repeat_rows(0, repeat_rows)
