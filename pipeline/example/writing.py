"""Write the example school's workbooks as filled templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.example.archive import Row
from pipeline.example.explained import sharing_a_phone
from pipeline.example.school import Workbook, example_school
from pipeline.excel.filling import write_form
from schemas.forms import FORMS


def write_example(folder: Path, *, has_warning: bool = False, **options: Any) -> None:
    """Write every month's workbooks to `folder`/YYYY-MM/. `options` are those of `example_school`.

    `has_warning`: one class has something to explain, the same every month.
    """
    months = example_school(**options)
    _say_what_is_new(months)
    for month, workbooks in (sharing_a_phone(months) if has_warning else months).items():
        (folder / month).mkdir(parents=True, exist_ok=True)
        for workbook in workbooks:
            write_workbook(folder / month / workbook.file_name, workbook)


def _say_what_is_new(months: Mapping[str, Iterable[Workbook]]) -> None:
    """Give every row the example of a 必填 or 待补 column of which no row of the school says anything: it is new."""
    sheets: dict[str, list[Row]] = {}
    for workbook in (workbook for workbooks in months.values() for workbook in workbooks):
        for title, rows in workbook.sheets.items():
            sheets.setdefault(title, []).extend(rows)
    for table in (table for form in FORMS for table in form.tables if table.title in sheets):
        said = {title for row in sheets[table.title] for title in row}
        new = {title: value for title, value in table.examples.items() if title not in said}
        for row in sheets[table.title] if new else ():
            row.update(new)


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
