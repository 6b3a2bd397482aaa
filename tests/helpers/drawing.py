"""Fill the real templates from plain data: a workbook is its cover and, per sheet, rows of 列名 → value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.excel.filling import write_form
from schemas.forms import FORMS
from schemas.tables import WorkbookForm

Book = Mapping[str, Any]


def form_titled(title: str) -> WorkbookForm:
    """Return the form of a template's title."""
    return next(form for form in FORMS if form.title == title)


def draw(path: Path, title: str, book: Book) -> None:
    """Write `book` ({"cover": …, "sheets": …}) as a filled template."""
    form = form_titled(title)
    key_of = {column.title: column.key for column in form.cover}
    rows = {}
    for table in form.tables:
        keys = {column.title: column.key for column in table.columns}
        rows[table.key] = [
            {keys[name]: value for name, value in row.items()} for row in book["sheets"].get(table.title, [])
        ]
    cover = {key_of[name]: value for name, value in book.get("cover", {}).items() if name in key_of}
    write_form(path, form, cover=cover, rows=rows)


def draw_month(folder: Path, month: Mapping[str, Any]) -> None:
    """Write a month of plain data ({"month", "school", "classes", "plan"}) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, book in enumerate(month["classes"]):
        draw(folder / f"班级{number:02d}.xlsx", "班级月报", book)
    for title, key in (("学校月报", "school"), ("考核方案", "plan")):
        if month.get(key):
            draw(folder / f"{title}.xlsx", title, month[key])
