"""Write the example school's workbooks as filled templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.example.explained import sharing_a_phone
from pipeline.example.school import Workbook, example_school
from pipeline.excel.filling import write_form
from schemas.forms import FORMS


def write_example(folder: Path, *, has_warning: bool = False, **options: Any) -> None:
    """Write every month's workbooks to `folder`/YYYY-MM/. `options` are those of `example_school`.

    `has_warning`: one class has something to explain, the same every month.
    """
    months = example_school(**options)
    for month, workbooks in (sharing_a_phone(months) if has_warning else months).items():
        (folder / month).mkdir(parents=True, exist_ok=True)
        for workbook in workbooks:
            write_workbook(folder / month / workbook.file_name, workbook)


def write_workbook(path: Path, workbook: Workbook) -> None:
    """Write one workbook: cover and rows by title become those of the form's declaration."""
    form = next(form for form in FORMS if form.title == workbook.template)
    cover_key = {column.title: column.key for column in form.cover}
    rows = {}
    for table in form.tables:
        key = {column.title: column.key for column in table.columns}
        filled = workbook.sheets.get(table.title, [])
        rows[table.key] = [{key[title]: value for title, value in row.items()} for row in filled]
    cover = {cover_key[title]: value for title, value in workbook.cover.items()}
    write_form(path, form, cover=cover, rows=rows)
