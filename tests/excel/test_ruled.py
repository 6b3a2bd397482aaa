"""A blank template prints lines to write on, and has nothing in its rows for all that."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from helpers.places import TEMPLATES
from schemas.forms import FORMS
from schemas.tables import HEADER_ROW, WorkbookForm


@pytest.mark.parametrize("form", [form for form in FORMS if form.is_live], ids=lambda form: form.key)
def test_its_sheets_print_ruled_rows(form: WorkbookForm) -> None:
    path = TEMPLATES / f"{form.title}.xlsx"
    book = load_workbook(path)
    with ZipFile(path) as package:
        drawings = [name for name in package.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        anchors = [int(re.findall(rb"<xdr:row>(\d+)", package.read(name))[0]) for name in drawings]
    assert len(anchors) == len(form.tables)
    assert all(anchor >= HEADER_ROW + 15 for anchor in anchors), "as far as a program prints"
    for table in form.tables:
        sheet = book[table.title]
        assert sheet.print_options.gridLines
        assert sheet.max_row == HEADER_ROW
        sheet.append(["李小禾"])
        assert sheet.cell(HEADER_ROW + 1, 1).value == "李小禾", "who appends below the last row stands in the first"
