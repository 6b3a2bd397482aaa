"""Workbooks as programs write them: whatever the XML, the same cells."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

from helpers.workbook_parts import (
    _RELATIONS,
    BOOK,
    BOOK_RELS,
    MAIN,
    OFFICE,
    SHEET,
    SHEET_RELS,
    STYLES,
    TYPES,
    Odd,
    Parts,
    added,
    all_of,
    changed,
    dropped,
    parts_of,
    renamed,
    sub,
    zip_of,
)


def _row_a_cell(match: re.Match[bytes]) -> bytes:
    head, cells = match[1], re.findall(rb"<c\b.*?(?:/>|</c>)", match[2], re.DOTALL)
    return b"".join(head + cell + b"</row>" for cell in cells) or match[0]


def _split_rows(parts: Parts) -> None:
    parts[SHEET] = re.sub(rb"(<row\b[^>]*[^/]>)(.*?)</row>", _row_a_cell, parts[SHEET], flags=re.DOTALL)
    parts[SHEET] = re.sub(rb"<c ([^>]*[^/])></c>", rb"<c \1/>", parts[SHEET])


def _filled_up(parts: Parts) -> None:
    """Write every row and cell up to the last without its address, empty ones for those that are not there."""
    rows: dict[int, dict[int, bytes]] = {}
    for head, cells in re.findall(rb'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', parts[SHEET], re.DOTALL):
        row = rows.setdefault(int(head), {})
        for letters, rest in re.findall(rb'<c r="([A-Z]+)\d+"(.*?(?:/>|</c>))', cells, re.DOTALL):
            column = sum((c - 64) * 26**n for n, c in enumerate(reversed(letters)))
            row[column] = b"<c" + rest
    lines = []
    for number in range(1, max(rows) + 1):
        row = rows.get(number, {})
        lines.append(b"<row>" + b"".join(row.get(n, b"<c/>") for n in range(1, max(row, default=0) + 1)) + b"</row>")
    body = re.sub(rb"<sheetData>.*</sheetData>", b"@", parts[SHEET], flags=re.DOTALL)
    parts[SHEET] = body.replace(b"@", b"<sheetData>" + b"".join(lines) + b"</sheetData>")


def prefixed(*names: str) -> Odd:
    """Write parts with a prefix at every element."""

    def change(parts: Parts) -> None:
        for name in names:
            xml = parts[name].replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:x="{MAIN}"'.encode())
            parts[name] = re.sub(rb"<(/?)(?=[a-zA-Z])(?![\w.]+:)", rb"<\1x:", xml)

    return changed(change)


_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202">{body}</v:shape>'
    "</xml>"
)
_NOTE = '<x:ClientData ObjectType="Note"><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>'


def commented(
    ref: str, text: str, *, authors: str = "<authors><author>王老师</author></authors>", is_drawn: bool = True
) -> Odd:
    """Give the second sheet one comment of the teacher's own, with or without its box."""
    xml = f'<comments xmlns="{MAIN}">{authors}<commentList><comment ref="{ref}" authorId="0"><text>{text}</text></comment></commentList></comments>'
    rels = f'<Relationship Id="rId1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
    add = added("xl/comments1.xml", xml.encode(), _COMMENTS_TYPE)
    if not is_drawn:
        return all_of(add, _related(rels))
    row, column = int(re.sub(r"\D", "", ref)) - 1, ord(ref[0]) - 65
    return all_of(add, drawn(_VML.format(body=_NOTE.format(row=row, column=column)).encode(), rels))


def drawn(vml: bytes, more: str = "") -> Odd:
    """Give the second sheet a legacy drawing."""
    rels = more + f'<Relationship Id="rId2" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
    link = sub(SHEET, "</worksheet>", '<legacyDrawing r:id="rId2"/></worksheet>')
    default = sub(
        TYPES,
        "(<Types[^>]*>)",
        r'\1<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    )
    return all_of(added("xl/drawings/vmlDrawing1.vml", vml), _related(rels), link, default)


def _related(rels: str) -> Odd:
    return added(SHEET_RELS, f'<Relationships xmlns="{_RELATIONS}">{rels}</Relationships>'.encode())


BUTTON = _VML.format(body='<x:ClientData ObjectType="Button"/>').encode()


def _zip_with(change: Callable[[zipfile.ZipFile, Parts], None]) -> Odd:
    def odd(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            change(archive, parts_of(data))
        return out.getvalue()

    return odd


def _streamed(data: bytes) -> bytes:
    class Pipe(io.RawIOBase):
        """Takes bytes and can't go back, so that sizes follow each member."""

        def __init__(self) -> None:
            self.taken = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, more: bytes) -> int:  # type: ignore[override]
            self.taken += bytes(more)
            return len(more)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(data).items():
            archive.writestr(name, content)
    return bytes(pipe.taken)


def _zip64(archive: zipfile.ZipFile, parts: Parts) -> None:
    for name, content in parts.items():
        with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
            stream.write(content)


def _remarked(archive: zipfile.ZipFile, parts: Parts) -> None:
    archive.comment = b"WPS" * 40
    for name, content in parts.items():
        archive.writestr(name, content)


def torn(name: str, content: bytes = b"\x89PNG" * 40) -> Odd:
    """Add a member whose checksum is wrong: nobody can unpack it."""

    def odd(data: bytes) -> bytes:
        made = zip_of({**parts_of(data), name: content})
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            info = archive.getinfo(name)
        wrong, right = struct.pack("<I", info.CRC ^ 0xFF), struct.pack("<I", info.CRC)
        return made.replace(right, wrong)

    return odd


MARKABLE: dict[str, Odd] = {
    "plain": lambda data: data,
    "cells without addresses": changed(_filled_up),
    "rows without addresses": sub(SHEET, r'<row r="\d+"', "<row"),
    "a row element a cell": changed(_split_rows),
    "a row element a cell, without its number": all_of(changed(_split_rows), sub(SHEET, r'<row r="\d+"', "<row")),
    "an address in small letters": sub(SHEET, 'r="B4"', 'r="b4"'),
    "nothing below the head": sub(SHEET, '<row r="[4-9]".*</row>', ""),
    "shared text": sub(SHEET, r'<c r="B4"([^>]*) t="inlineStr"><is>.*?</is>', r'<c r="B4"\1 t="s"><v>0</v>'),
    "prefixed sheet": prefixed(SHEET),
    "prefixed book and styles": prefixed(BOOK, STYLES),
    "a byte order mark": sub(SHEET, "^", "\ufeff"),
    "comments among rows and cells": sub(SHEET, "(<row |<c )", r"<!-- x -->\1"),
    "instructions in the book": sub(BOOK, "(<sheet )", r"<?x y?>\1"),
    "comments among sheets": sub(BOOK, "(<sheet )", r"<!-- x -->\1"),
    "comments among relations": sub(BOOK_RELS, "(<Relationship )", r"<!-- x -->\1"),
    "comments among types": sub(TYPES, "(<Override )", r"<!-- x -->\1"),
    "comments among styles": sub(STYLES, "(<fill>|<xf |<font>)", r"<!-- x -->\1"),
    "alternate content in the book": sub(
        BOOK,
        "(<sheets>)",
        r'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x/></mc:Choice></mc:AlternateContent>\1',
    ),
    "no fills": sub(STYLES, "<fills.*?</fills>", ""),
    "no fonts": sub(STYLES, "<fonts.*?</fonts>", ""),
    "no borders": sub(STYLES, "<borders.*?</borders>", ""),
    "no formats of cells": sub(STYLES, "<cellXfs.*?</cellXfs>", ""),
    "no formats of styles": sub(STYLES, "<cellStyleXfs.*?</cellStyleXfs>", ""),
    "empty fills": sub(STYLES, "<fills.*?</fills>", '<fills count="0"/>'),
    "no dxfs": sub(STYLES, "<dxfs.*?</dxfs>", ""),
    "a fill out of range": sub(STYLES, r'(<cellXfs.*)fillId="\d+"', r'\1fillId="99"'),
    "a style out of range": sub(SHEET, r'(<c r="B4" s=)"\d+"', r'\1"4000"'),
    "no styles at all": all_of(dropped(STYLES), sub(BOOK_RELS, r"<Relationship [^>]*/styles[^>]*>", "")),
    "styles that lead nowhere": dropped(STYLES),
    "absolute targets": sub(BOOK_RELS, 'Target="', 'Target="/xl/'),
    "names with backslashes": renamed(lambda name: name.replace("/", "\\")),
    "names in capitals": renamed(lambda name: name.replace("sheet2", "Sheet2").replace("styles", "STYLES")),
    "no type of the sheet": sub(TYPES, r'<Override [^>]*sheet2\.xml"[^>]*>', ""),
    "no document properties": all_of(dropped("docProps/core.xml", "docProps/app.xml")),
    "torn document properties": added("docProps/app.xml", b"<Properties><"),
    "a torn picture": torn("xl/media/image1.png"),
    "a torn link": added("xl/externalLinks/externalLink1.xml", b"<externalLink"),
    "a torn drawing": torn("xl/drawings/drawing1.xml"),
    "a member streamed": _streamed,
    "a zip of 64 bits": _zip_with(_zip64),
    "a remark behind the zip": _zip_with(_remarked),
    "a comment": commented("B4", "<t>看一下</t>"),
    "a rich comment": commented("B4", "<r><rPr><b/></rPr><t>王老师:</t></r><r><t>看一下</t></r>"),
    "a comment without authors": commented("B4", "<t>看一下</t>", authors=""),
    "a comment without a box": commented("B4", "<t>看一下</t>", is_drawn=False),
    "a box without comments": drawn(BUTTON),
    "a drawing that leads nowhere": all_of(drawn(BUTTON), dropped("xl/drawings/vmlDrawing1.vml")),
    "blanks in a view": sub(SHEET, "<sheetView ", "<sheetView " + " " * 400_000),
    "views selected everywhere": sub(SHEET, "<sheetView ", '<sheetView tabSelected="true" '),
}


def strict(data: bytes) -> bytes:
    """Return a workbook in the names of Strict Open XML."""
    parts = parts_of(data)
    for name in parts:
        xml = parts[name].replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        parts[name] = xml.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    return zip_of(parts)


UNMARKABLE: dict[str, Odd] = {
    "strict": strict,
    "macros": sub(
        TYPES, r"application/vnd[^\"]*sheet\.main\+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ),
    "torn styles": added(STYLES, b"<styleSheet><"),
    "a document type": sub(STYLES, r"(<styleSheet)", r"<!DOCTYPE styleSheet [<!ELEMENT a ANY>]>\1"),
    "one id twice": sub(BOOK_RELS, r"rId1\"", 'rId2"'),
    "a drawing without an end": drawn(BUTTON.replace(b"</xml>", b"")),
    "no relations": dropped(BOOK_RELS),
    "a number that is none": sub(SHEET, r'(<c r="B4" s=)"\d+"', r'\1"x"'),
}
