"""A workbook taken into its parts, and put together otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
Odd = Callable[[bytes], bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, BOOK, STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
BOOK_RELS, SHEET_RELS, TYPES = (
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/_rels/sheet2.xml.rels",
    "[Content_Types].xml",
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts_of(data: bytes) -> Parts:
    """Return name → content of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def changed(change: Callable[[Parts], None]) -> Odd:
    """Make a change to parts one to bytes."""

    def odd(data: bytes) -> bytes:
        parts = parts_of(data)
        change(parts)
        return zip_of(parts)

    return odd


def sub(part: str, pattern: str, by: str, count: int = 0) -> Odd:
    """Replace by a pattern within one part, which has to be found."""

    def change(parts: Parts) -> None:
        parts[part], found = re.subn(pattern.encode(), by.encode(), parts[part], count=count, flags=re.DOTALL)
        assert found, f"{pattern} is not in {part}"

    return changed(change)


def all_of(*odds: Odd) -> Odd:
    """Do several changes one after the other."""

    def odd(data: bytes) -> bytes:
        for each in odds:
            data = each(data)
        return data

    return odd


def dropped(*names: str) -> Odd:
    """Leave parts out of the zip, and nothing else: what refers to them leads nowhere."""
    return changed(lambda parts: [parts.pop(name) for name in names] and None)


def added(name: str, content: bytes, *types: str) -> Odd:
    """Add a part, of a type where one is given."""

    def change(parts: Parts) -> None:
        parts[name] = content
        for kind in types:
            override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            parts[TYPES] = parts[TYPES].replace(b"</Types>", override.encode())

    return changed(change)


def renamed(name_of: Callable[[str], str]) -> Odd:
    """Name the members otherwise; what refers to them stays."""
    return lambda data: zip_of({name_of(name): content for name, content in parts_of(data).items()})
