"""The parts of an OOXML workbook that the second look needs, found by its own relations, whatever their names."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from io import BytesIO
from typing import Any

from lxml import etree

from pipeline.excel.guard import BROKEN, Refused, check_xml, plain_name
from pipeline.excel.second_look import TRUE, Shared, name_of, shared_strings, struck_styles

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)<")
_STRIKE = b"strike"  # in whatever namespace
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_BOOK_PART, _TYPES_PART = "xl/workbook.xml", "[Content_Types].xml"
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]{1,40})["'][^>]*>""")
_CODES = {"gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5"}


class Package:
    """One workbook's zip, to be looked into. `parts`: those that the guard has read already, by name."""

    def __init__(self, data: bytes, parts: Mapping[str, bytes]) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._parts = {plain_name(name): xml for name, xml in parts.items()}
        self._names = {plain_name(name): name for name in self._archive.namelist()}

    def sheet_xml(self, title: str) -> bytes | None:
        """Return a sheet's XML; None where the workbook does not say where it stands."""
        return self.part(self._sheet_paths.get(title, ""))

    @cached_property
    def counts_from_1904(self) -> bool:
        """Tell whether day 0 is the first of January 1904, as in workbooks of an old Excel for Mac."""
        return any(part.get("date1904") in TRUE for part in self._root(self.workbook) if name_of(part) == "workbookPr")

    @cached_property
    def struck_styles(self) -> frozenset[str]:
        """The cell formats that strike their text out."""
        xml = self.part(self._related("styles")) or b""
        return struck_styles(xml) if _STRIKE in xml else frozenset()

    @cached_property
    def struck_strings(self) -> frozenset[str]:
        """The indexes of shared strings of which a part is struck out."""
        return self.shared.struck if _STRIKE in self._strings else frozenset()

    @cached_property
    def shared(self) -> Shared:
        """The shared strings."""
        return shared_strings(self._strings) if self._strings else Shared((), frozenset())

    @property
    def has_macros(self) -> bool:
        """Tell whether it holds a program."""
        return any(name.endswith("vbaproject.bin") for name in self._names)

    @property
    def is_binary(self) -> bool:
        """Tell a binary workbook (.xlsb): its parts are records, not XML."""
        return self.workbook.casefold().endswith(".bin")

    @property
    def saved_at(self) -> str:
        """The last saving time that the file itself states, as text, or ""."""
        try:
            found = _MODIFIED.search(self.part("docprops/core.xml") or b"")
        except Refused:  # a torn part that says nothing about the cells
            return ""
        return found[1].decode("ascii", "replace") if found else ""

    # --- how parts are found ---

    @cached_property
    def _strings(self) -> bytes:
        return self.part(self._related("sharedStrings")) or b""

    @cached_property
    def workbook(self) -> str:
        """The path of the part that lists the sheets."""
        links = self._links("_rels/.rels", "")
        usual = next((name for name in (_BOOK_PART, "xl/workbook.bin") if name in self._names), _BOOK_PART)
        return next((target for kind, target in links.values() if kind == "officeDocument"), usual)

    @cached_property
    def workbook_links(self) -> dict[str, tuple[str, str]]:
        """The relations of the workbook: id → (kind, path of the target)."""
        folder, _, name = self.workbook.rpartition("/")
        return self._links(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)

    @cached_property
    def _sheet_paths(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for sheet in self._root(self.workbook).iter("{*}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            found.setdefault(sheet.get("name", ""), self.workbook_links.get(link, ("", ""))[1])
        return found

    def _related(self, kind: str) -> str:
        return next((target for name, target in self.workbook_links.values() if name == kind), f"xl/{kind}.xml")

    def _links(self, path: str, folder: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part: id → (kind, path of the target)."""
        return {
            link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _resolved(folder, link.get("Target", "")))
            for link in self._root(path)
            if name_of(link) == "Relationship"
        }

    def _root(self, path: str) -> Any:
        xml = self.part(path)
        if not xml:
            return etree.Element("none")
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))

    def part(self, path: str) -> bytes | None:
        """Return a part's bytes, whatever the case of its name; None where there is none. Raises Refused."""
        plain = plain_name(path)
        if plain not in self._parts and plain in self._names:
            try:
                xml = self._archive.read(self._names[plain])
            except BROKEN:
                raise Refused("broken_zip") from None
            check_xml(path, xml)
            self._parts[plain] = xml
        return self._parts.get(plain)


def plainly_written(package: Package) -> bytes:
    """Return what is read of a workbook as most programs write it: usual names of parts, all of them in UTF-8.

    For one that the reader did not open as it is. Raises Refused, and etree.XMLSyntaxError for a torn part.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in _plain_parts(package):
            archive.writestr(name, content)
    return out.getvalue()


_ERROR_CELL = re.compile(
    rb"""(<(?:\w+:)?c\b[^<>]*\bt=["']e["'][^<>]*>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>)([^<]*)"""
)
_KNOWN_ERRORS = frozenset((b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"))


def with_known_errors(data: bytes) -> bytes:
    """Return a workbook in which every error value is one that the reader knows: at #SPILL! it would stop."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as known:
        for name in archive.namelist():
            known.writestr(name, _ERROR_CELL.sub(_known_error, archive.read(name)))
    return out.getvalue()


def _known_error(found: re.Match[bytes]) -> bytes:
    return found[0] if found[2].strip() in _KNOWN_ERRORS else found[1] + b"#VALUE!"


def _plain_parts(package: Package) -> Iterator[tuple[str, bytes]]:
    links = package.workbook_links
    parts = {path: _in_utf8(package.part(path) or b"") for _, path in links.values()}
    for path, content in parts.items():
        if content:
            yield path, content
    yield _TYPES_PART, _in_utf8(package.part(_TYPES_PART) or b"")
    yield _BOOK_PART, _in_utf8(package.part(package.workbook) or b"")
    yield "_rels/.rels", _relations({"rId1": ("officeDocument", _BOOK_PART)})
    yield "xl/_rels/workbook.xml.rels", _relations({key: link for key, link in links.items() if parts[link[1]]})


def _relations(links: Mapping[str, tuple[str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="{escape(key)}" Type="{_OFFICE}/{escape(kind)}" Target="/{escape(path)}"/>'
        for key, (kind, path) in links.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode()


def _in_utf8(xml: bytes) -> bytes:
    """Return XML of another encoding in UTF-8; of one that is not known as it is. Raises Refused for a torn one."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        code = "utf-16" if xml[0] > 0x3C else "utf-16-le" if xml[0] else "utf-16-be"
    else:
        declared = _DECLARED.match(xml[:200].decode("latin-1"))
        code = _CODES.get(declared[1].lower(), "") if declared else ""
    if not code:
        return xml
    try:
        text = xml.decode(code)
    except UnicodeDecodeError:
        raise Refused("damaged") from None
    declared = _DECLARED.match(text[:200])
    return (text[declared.end() :] if declared else text).encode()


def _resolved(folder: str, target: str) -> str:
    """Return the path that a relation's target names, seen from a folder."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    pieces = folder.split("/") if folder else []
    for piece in target.split("/"):
        if piece == "..":
            pieces = pieces[:-1]
        elif piece != ".":
            pieces = [*pieces, piece]
    return "/".join(pieces)
