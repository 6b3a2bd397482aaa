"""Web pages and XML of Excel 2003 under the name .xls: what they hold is read, what would fill the memory is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.excel.guard import Refused, content_type
from pipeline.excel.markup import HTML, XML, book_of_markup

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def _rows(data: bytes) -> list[list[object]]:
    (sheet,) = book_of_markup(data).sheets
    return sheet.rows


def _xml(rows: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{before}<Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}">'
    return f'{head}<Worksheet ss:Name="名单"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def test_a_page_says_gb2312_and_is_utf8() -> None:
    """What it says of itself is not believed: bytes that are UTF-8 are no GBK."""
    page = '<meta charset="gb2312"><table><tr><td>李小禾&nbsp;<td>四年级<br>(1)班</table>'
    assert content_type(page.encode()) == HTML
    assert _rows(page.encode()) == _rows(page.encode("gbk")) == [["李小禾", "四年级\n(1)班"]]


def test_a_cell_that_reaches_down_moves_those_below_it() -> None:
    page = b"<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>"
    (sheet,) = book_of_markup(page).sheets
    assert sheet.rows == [["a", "b", None], [None, "c", "d"]]
    assert sheet.merged == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_cells_of_the_xml_keep_their_types_and_places() -> None:
    data = _xml(
        '<Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="Number">12</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2016-03-05T00:00:00.000</Data></Cell></Row>'
    )
    assert content_type(data) == XML
    assert _rows(data) == [[], [None, 12, datetime(2016, 3, 5)]]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>no table</p></body></html>",
        b"<html>",
        b"<table><tr><td colspan=99999999>x<td>y</table>",
        b"<table>" + b"<tr><td colspan=500>x" * 5000 + b"</table>",
        _xml('<Row ss:Index="99999999"><Cell><Data ss:Type="String">x</Data></Cell></Row>'),
        _xml('<Row><Cell ss:Index="99999999"><Data ss:Type="String">x</Data></Cell></Row>'),
        _xml(""),
    ],
    ids=["no table", "nothing", "wide", "large", "low", "far", "empty"],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        book_of_markup(data)


FLAT_ODS = (
    b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><table:table/></office:body>'
    b"</office:document>"
)


@pytest.mark.parametrize(
    ("data", "kind"), [(FLAT_ODS, XML), (_xml(""), XML), (b"<html>", HTML)], ids=["flat ods", "empty xml", "page"]
)
def test_what_is_refused_says_what_it_is(data: bytes, kind: str) -> None:
    """XML without a table of Excel's is no web page."""
    with pytest.raises(Refused) as told:
        book_of_markup(data)
    assert told.value.reason == kind


def test_what_is_read_says_what_it_was() -> None:
    row = '<Row><Cell><Data ss:Type="String">x</Data></Cell></Row>'
    assert [book_of_markup(data).form for data in (_xml(row), b"<table><tr><td>x</table>")] == [XML, HTML]


def test_a_named_text_is_not_fetched() -> None:
    """An entity that stands for a file of the machine stays unread."""
    cell = '<Row><Cell><Data ss:Type="String">&x;</Data></Cell><Cell><Data ss:Type="String">y</Data></Cell></Row>'
    data = _xml(cell, '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
    assert _rows(data) == [["&x;", "y"]]
