"""The second look at a workbook's XML agrees with openpyxl about every way of writing the same cells."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import date, datetime
from html import escape
from typing import Any

import openpyxl
import pytest
import python_calamine

from pipeline.addresses import column_letters
from pipeline.excel.reading import read_book
from schemas.cells import CellError, Number1904, UnsureCell, clean

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TEXTS = ("王芳", "留守儿童", "玉·买买提", "a<b & c", "𠮷田", "529900201603010014")
STYLES = (
    '<styleSheet xmlns="{main}"><fonts count="2"><font/><font><strike/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="0" fontId="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(sheet: str, main: str = MAIN, strings: str = "", properties: str = "") -> bytes:
    """Return a workbook of one sheet, given as the XML below its root."""
    relations = RELATIONS if main == MAIN else STRICT_RELATIONS
    links = "".join(
        f'<Relationship Id="r{n}" Type="{relations}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
        )
    )
    root = f'<Relationships xmlns="{PACKAGE}/relationships">'
    kinds = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    rels_type = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels_type}"/>{types}</Types>',
        "_rels/.rels": f'{root}<Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{properties}<sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{root}{links}</Relationships>",
        "xl/styles.xml": STYLES.format(main=main),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return out.getvalue()


def sheet_of(rows: str, main: str = MAIN, prefix: str = "") -> str:
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return f'<{prefix}worksheet {name}="{main}"><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>'


def drawn(seed: int) -> tuple[bytes, bytes]:
    """Return a workbook with its cells written in a random way, and the same cells written plainly."""
    rng = random.Random(seed)
    main, prefix = rng.choice((MAIN, MAIN, STRICT)), rng.choice(("", "x:"))
    has_r, split, is_1904 = rng.random() < 0.5, rng.random() < 0.3, rng.random() < 0.2
    strings: list[str] = []
    rows = []
    for row in range(1, 6):
        kinds = [rng.choice((None, "text", "rich", "inline", "number", "day", "error", "flag")) for _ in range(5)]
        cells = [_cell(rng, kind, row, at, strings, prefix, has_r) for at, kind in enumerate(kinds, start=1)]
        number = f' r="{row}"' if has_r or rng.random() < 0.5 else ""
        groups = cells if split and has_r else ["".join(cells)]
        rows += [f"<{prefix}row{number}>{group}</{prefix}row>" for group in groups]
    properties = '<workbookPr date1904="1"/>' if is_1904 else ""
    written = "".join(rows)
    shared = "".join(strings)
    plain = workbook(sheet_of(written.replace("x:", "")), MAIN, shared, properties)
    return workbook(sheet_of(written, main, prefix), main, shared, properties), plain


def _cell(rng: random.Random, kind: str | None, row: int, column: int, strings: list[str], p: str, has_r: bool) -> str:
    place = f' r="{column_letters(column)}{row}"' if has_r else ""
    text = escape(rng.choice(TEXTS))
    if kind == "text":
        strings.append(f"<si><t>{text}</t></si>")
        return f'<{p}c{place} t="s"><{p}v>{len(strings) - 1}</{p}v></{p}c>'
    if kind == "rich":
        strings.append(
            f'<si><r><t>{text}</t></r><r><rPr><b/></rPr><t>二</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si>'
        )
        return f'<{p}c{place} t="s"><{p}v>{len(strings) - 1}</{p}v></{p}c>'
    if kind == "inline":
        return f'<{p}c{place} t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'
    if kind == "number":
        return f"<{p}c{place}><{p}v>{rng.choice((1, 86.5, 46086))}</{p}v></{p}c>"
    if kind == "day":
        return f'<{p}c{place} s="1"><{p}v>{rng.randint(40000, 46000)}</{p}v></{p}c>'
    if kind == "error":
        return f'<{p}c{place} t="e"><{p}v>#REF!</{p}v></{p}c>'
    if kind == "flag":
        return f'<{p}c{place} t="b"><{p}v>1</{p}v></{p}c>'
    return f"<{p}c{place}/>"


def _said(value: Any) -> Any:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return float(value) if isinstance(value, int | float) else clean(str(value))


@pytest.mark.parametrize("seed", range(120))
def test_every_way_of_writing_reads_like_the_plain_one(seed: int) -> None:
    """Value and address of every cell are openpyxl's, whatever the namespaces, addresses and rows."""
    data, plain = drawn(seed)
    own = [[_said(cell) for cell in row] for row in read_book(data).sheets[0].rows]
    theirs = [
        [_said(c) for c in row]
        for row in openpyxl.load_workbook(io.BytesIO(plain)).worksheets[0].iter_rows(values_only=True)
    ]
    width = max([len(row) for row in (*own, *theirs)], default=0)
    own, theirs = ([row + [""] * (width - len(row)) for row in rows] for rows in (own, theirs))
    while own and not any(cell != "" for cell in own[-1]):
        own.pop()
    while theirs and not any(cell != "" for cell in theirs[-1]):
        theirs.pop()
    assert own == theirs


def _first(rows: str, **also: str) -> list[Any]:
    return read_book(workbook(sheet_of(rows), **also)).sheets[0].rows[0]


def test_errors_are_never_empty() -> None:
    """An error value and a formula without a result are cells in error, with and without an address."""
    for place in (' r="A1"', ""):
        assert isinstance(_first(f'<row><c{place} t="e"><v>#N/A</v></c></row>')[0], CellError)
        assert isinstance(_first(f"<row><c{place}><f>1+1</f></c></row>")[0], CellError)
        assert isinstance(_first(f"<row><c{place} t='e'><v>#REF!</v></c></row>")[0], CellError)


def test_a_formula_that_gives_no_text_is_empty() -> None:
    """="" is no error."""
    assert _first('<row><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>')[0] == ""


def test_where_the_readers_differ_the_cell_is_told() -> None:
    """A cell that only one of the two readers sees is never silently empty, nor silently taken."""
    cells = _first(
        '<row r="1"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x"><c r="B1"><v>9</v></c></mc:Choice></mc:AlternateContent>'
        '<c r="C1"><v><![CDATA[5]]></v></c></row>'
    )
    assert [type(cell) for cell in cells[1:3]] == [UnsureCell, UnsureCell]


def test_what_is_struck_out_hidden_or_counted_from_1904() -> None:
    """Styles and runs that strike, hidden rows and the epoch are seen."""
    rows = '<row r="1" hidden="1"><c r="A1" s="2"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1"><v>2</v></c></row>'
    strings = "<si><r><rPr><strike/></rPr><t>甲</t></r></si>"
    book = read_book(workbook(sheet_of(rows), strings=strings, properties='<workbookPr date1904="true"/>'))
    sheet = book.sheets[0]
    assert sheet.struck == {(0, 0), (0, 1)}
    assert sheet.hidden_rows == {1}
    assert isinstance(sheet.rows[0][0], Number1904)


# --- binary workbooks ------------------------------------------------------------------------------------------


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one record of a binary part ([MS-XLSB] 2.1.4): kind and length, seven bits a byte, then the content."""
    return b"".join(map(_sevens, (kind, len(content)))) + content


def _sevens(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else bytes([value & 0x7F | 0x80]) + _sevens(value >> 7)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def row_head(row: int, *, is_hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 * is_hidden, 0, 0))


def binary_cell(kind: int, column: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def short_cell(kind: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<I", 0) + value)


def binary_workbook(cells: bytes, *, is_1904: bool = False) -> bytes:
    """Return an .xlsb of one sheet, given as the records of its rows."""
    book = (131, b""), (153, struct.pack("<III", is_1904, 0, 0)), (143, b"")
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S"))
    root = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}'
    kind = "application/vnd.ms-excel"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'{root}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'{root}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": b"".join(record(*each) for each in book) + sheet + record(144) + record(132),
        "xl/worksheets/sheet1.bin": b"".join(
            (record(129), record(148, struct.pack("<4I", 0, 9, 0, 9)), record(145), cells, record(146), record(130))
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def by_calamine(data: bytes) -> list[list[Any]]:
    """Return what the reader alone shows of the first sheet."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def test_errors_and_hidden_rows_of_a_binary_workbook() -> None:
    """The reader shows an error as an empty cell, that of a formula not at all; here they are. All else is alike."""
    cells = row_head(0) + binary_cell(6, 0, wide("王芳")) + binary_cell(5, 1, struct.pack("<d", 86.5))
    cells += row_head(1, is_hidden=True) + binary_cell(6, 0, wide("藏")) + binary_cell(3, 1, b"\x2a")
    cells += row_head(2) + binary_cell(11, 2, b"\x07" + struct.pack("<HI", 0, 0) + bytes(4))
    data = binary_workbook(cells)
    assert by_calamine(data) == [["王芳", 86.5], ["藏", ""]]
    sheet = read_book(data).sheets[0]
    assert sheet.rows == [["王芳", 86.5, ""], ["藏", CellError("#N/A"), ""], ["", "", CellError("#DIV/0!")]]
    assert sheet.hidden_rows == {2}


@pytest.mark.parametrize("code", ERROR_CODES)
def test_each_error_of_a_binary_workbook_has_its_name(code: int) -> None:
    """As Excel shows it."""
    cells = row_head(0) + binary_cell(3, 0, bytes([code]))
    assert read_book(binary_workbook(cells)).sheets[0].rows == [[CellError(ERROR_CODES[code])]]


def test_a_binary_workbook_of_1904_and_of_short_cells() -> None:
    """Days count from 1904; a short cell stands right of the one before it, an error among them."""
    cells = row_head(0) + binary_cell(6, 0, wide("王芳")) + short_cell(16, struct.pack("<d", 41000.0))
    cells += short_cell(14, b"\x17") + short_cell(12, b"") + short_cell(17, wide("二班"))
    row = read_book(binary_workbook(cells, is_1904=True)).sheets[0].rows[0]
    assert row == ["王芳", Number1904(41000.0), CellError("#REF!"), "", "二班"]
    assert isinstance(row[1], Number1904)
