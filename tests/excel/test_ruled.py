"""A blank template prints lines to write on, few pages of them, and has nothing in its rows for all that."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from guides.drawing import to_pdf
from helpers.places import TEMPLATES
from helpers.printed import printed
from pipeline.excel.form_paper import FormPaper
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.forms import FORMS
from schemas.tables import HEADER_ROW, WorkbookForm

LEAST_POINTS = 8.0
LIVE = [form for form in FORMS if form.is_live]


@pytest.mark.parametrize("form", LIVE, ids=lambda form: form.key)
def test_its_sheets_print_ruled_rows(form: WorkbookForm) -> None:
    path = TEMPLATES / f"{form.title}.xlsx"
    book = load_workbook(path)
    with ZipFile(path) as package:
        drawings = [name for name in package.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        anchors = [int(re.findall(rb"<xdr:row>(\d+)", package.read(name))[0]) for name in drawings]
    assert len(anchors) == len(form.tables)
    assert all(anchor >= HEADER_ROW + 20 for anchor in anchors), "as far as a program prints"
    for table in form.tables:
        sheet = book[table.title]
        assert sheet.print_options.gridLines
        assert sheet.max_row == HEADER_ROW
        sheet.append(["李小禾"])
        assert sheet.cell(HEADER_ROW + 1, 1).value == "李小禾", "who appends below the last row stands in the first"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_nothing_is_printed_below_eight_points(form: WorkbookForm) -> None:
    sheets = printed((TEMPLATES / f"{form.title}.xlsx").read_bytes())
    assert {own.sheet: own.smallest for own in sheets if own.smallest < LEAST_POINTS} == {}


def test_a_page_is_filled_with_rows_but_not_more() -> None:
    """Thirty narrow columns stand upright, sixty lie, and wide ones go on over pages, the first standing on each."""
    upright, lying = (FormPaper.of([2.0] * count, 1) for count in (30, 60))
    assert (upright.is_landscape, upright.across, upright.percent) == (False, 1, 100)
    assert (lying.is_landscape, lying.across) == (True, 1)
    assert 30 < upright.rows(94, 20) < 40
    assert FormPaper.of([20.0] * 20, 1).across == 3


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_class_is_printed_on_fifteen_pages(tmp_path: Path) -> None:
    """By LibreOffice: the guide two, each sheet one, 学生档案 and 联系卡 two. Who writes by hand has the form for it."""
    (whole,) = to_pdf([TEMPLATES / f"{CLASS_WORKBOOK.title}.xlsx"], tmp_path)
    assert _pages(whole) == 15


def _pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
