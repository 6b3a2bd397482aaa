"""Draw the pictures: the part of a sheet alone on a page, its balloons upon it, by LibreOffice and pdftoppm to PNG."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import ColBreak, RowBreak

from guides.pictures import ENDING, Balloon, Picture
from guides.png import cropped, read_ppm, write_png
from guides.shown import words_of_list

NEEDED = ("soffice", "pdftoppm")
_DOTS = 150  # to the inch: what is as wide as a page is long comes to some 1,500 pixels
_A3 = 8


def lacking() -> list[str]:
    """Return the programs that drawing needs and the machine lacks."""
    return [name for name in NEEDED if not shutil.which(name)]


def draw(pictures: Sequence[Picture], books: Mapping[str, Path], folder: Path, scratch: Path) -> None:
    """Write the pictures into a folder."""
    pages = []
    for number, picture in enumerate(pictures):
        path = scratch / f"{number:02d}.xlsx"
        _cut_out(picture, books[picture.book], path)
        pages.append(path)
    folder.mkdir(parents=True, exist_ok=True)
    for picture, pdf in zip(pictures, to_pdf(pages, scratch), strict=True):
        write_png(folder / f"{picture.name}{ENDING}", _rendered(pdf))


def to_pdf(paths: Iterable[Path], scratch: Path) -> list[Path]:
    """Return documents as LibreOffice prints them."""
    paths = list(paths)
    program = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
    command = [*program, "--convert-to", "pdf", "--outdir", str(scratch), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)
    return [scratch / f"{path.stem}.pdf" for path in paths]


def _rendered(pdf: Path) -> Any:
    """Return what stands on the first page, as an array of rows, columns, colours."""
    command = ["pdftoppm", "-r", str(_DOTS), "-f", "1", "-l", "1", str(pdf)]
    return cropped(read_ppm(subprocess.run(command, check=True, capture_output=True).stdout))


# --- the sheet ------------------------------------------------------------------------------------------------------


def _cut_out(picture: Picture, book: Path, target: Path) -> None:
    """Write a copy of a workbook of which the picture's part alone is printed, on one page."""
    opened = openpyxl.load_workbook(book)
    sheet = opened[picture.sheet]
    opened.active = opened.index(sheet)
    for other in opened:
        if other is not sheet:
            other.sheet_state = "hidden"
            other.sheet_view.tabSelected = False
    for name in picture.left_out.split():
        found = sheet.row_dimensions[int(name)] if name.isdigit() else sheet.column_dimensions[name]
        found.hidden = True
    _set_page(sheet, picture)
    balloons = [(own, _words(opened, sheet, own), _is_list(sheet, own)) for own in picture.balloons]
    for row in sheet.iter_rows():
        for cell in row:
            if getattr(cell, "comment", None):
                cell.comment = None  # the balloons stand for them
    opened.save(target)
    if balloons:
        _lay_upon(target, sheet, balloons)


def _set_page(sheet: Any, picture: Picture) -> None:
    sheet.print_area = picture.area
    sheet._print_rows = sheet._print_cols = None  # openpyxl lets nobody take them away
    sheet.row_breaks, sheet.col_breaks = RowBreak(), ColBreak()
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.page_margins = PageMargins(0.3, 0.3, 0.3, 0.3, 0, 0)
    sheet.oddHeader, sheet.oddFooter = HeaderFooter().oddHeader, HeaderFooter().oddFooter
    sheet.print_options.headings = picture.is_screen
    sheet.print_options.gridLines = picture.is_screen and sheet.sheet_view.showGridLines is not False


def _is_list(sheet: Any, balloon: Balloon) -> bool:
    return sheet[balloon.cell].comment is None


def _words(book: Any, sheet: Any, balloon: Balloon) -> list[str]:
    """Return the lines of a balloon: a cell's comment, else the words of its list."""
    comment = sheet[balloon.cell].comment
    lines = str(comment.text).splitlines() if comment else words_of_list(book, sheet, balloon.cell)
    if not lines:
        raise SystemExit(f"{sheet.title}!{balloon.cell}: neither a comment nor a list")
    return lines


# --- what is drawn upon it ------------------------------------------------------------------------------------------

_EMU = 9525  # of a pixel
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_LINE_HEIGHT, _LETTER_WIDTH, _EDGE, _ROW_HEIGHT = 17, 7, 6, 20  # pixels, of 10.5 points


def _lay_upon(path: Path, sheet: Any, balloons: Sequence[tuple[Balloon, list[str], bool]]) -> None:
    """Add the balloons to the sheet of a workbook, as a drawing."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    number = sheet.parent.index(sheet) + 1
    part, links = f"xl/worksheets/sheet{number}.xml", f"xl/worksheets/_rels/sheet{number}.xml.rels"
    assert b"<drawing" not in parts[part] and links not in parts, "it has a drawing of its own"
    shapes = "".join(_shapes(balloons))
    parts["xl/drawings/balloons.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_MAIN}">{shapes}</xdr:wsDr>'.encode()
    )
    parts[links] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="balloons" Type="{_OFFICE}/drawing" '
        'Target="/xl/drawings/balloons.xml"/></Relationships>'
    ).encode()
    drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="balloons"/></worksheet>'.encode()
    parts[part] = parts[part].replace(b"</worksheet>", drawing)
    told = f'<Override PartName="/xl/drawings/balloons.xml" ContentType="{_DRAWING_TYPE}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", told)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _shapes(balloons: Sequence[tuple[Balloon, list[str], bool]]) -> Iterable[str]:
    for number, (balloon, lines, is_list) in enumerate(balloons):
        room = balloon.width - 2 * _EDGE
        high = sum(max(1, ceil(_wide(line) * _LETTER_WIDTH / room)) for line in lines)
        size = (balloon.width, ceil((high * _LINE_HEIGHT + _EDGE) / _ROW_HEIGHT) * _ROW_HEIGHT)  # no row is half hidden
        yield _shape(2 * number + 2, _place(balloon.beside), size, lines, "FFFFFF" if is_list else "FFFFE1")
        if is_list:
            column, row = _place(balloon.cell)
            yield _shape(2 * number + 3, (column + 1, row), (20, 20), ["▼"], "E7E6E6")


def _place(cell: str) -> tuple[int, int]:
    letter, row = coordinate_from_string(cell)
    return column_index_from_string(letter) - 1, row - 1


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def _shape(number: int, place: tuple[int, int], size: tuple[int, int], lines: Sequence[str], fill: str) -> str:
    column, row = place
    look = '<a:rPr lang="zh-CN" sz="1050"><a:solidFill><a:srgbClr val="1F2933"/></a:solidFill></a:rPr>'
    text = "".join(f"<a:p><a:r>{look}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    edge = _EDGE * _EMU if len(lines[0]) > 1 else 0
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="{size[0] * _EMU}" cy="{size[1] * _EMU}"/>'
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{number}" name="{number}"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="52606D"/></a:solidFill></a:ln></xdr:spPr><xdr:txBody>'
        f'<a:bodyPr lIns="{edge}" rIns="{edge}" tIns="{edge}" bIns="{edge}" wrap="square" anchor="ctr"/>'
        f"{text}</xdr:txBody></xdr:sp><xdr:clientData/></xdr:oneCellAnchor>"
    )
