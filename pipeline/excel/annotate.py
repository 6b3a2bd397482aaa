"""Mark cells in someone's own workbook by patching the parts of its zip: nothing else in it changes.

Three things are put in: a fill on each marked cell (a copy of its own style), a comment with sentence and remedy,
and a first sheet that lists everything with links. Loading and saving with a library would drop rich text,
text boxes and extensions.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from lxml import etree

from pipeline.excel.parts import (
    DECLARATION,
    MAIN,
    RELATIONS,
    Letter,
    Mark,
    comments_xml,
    letter_xml,
    more_comments,
    shapes,
    vml,
)
from pipeline.excel.reading import column_letters, column_number
from pipeline.excel.theme import LEVEL_FILL, RULE_LINE
from schemas.look import TITLE_FONT

_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_M, _R = f"{{{MAIN}}}", f"{{{RELATIONS}}}"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_FIXED_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


class NotPatchable(Exception):
    """The workbook's parts are not as they should be; it has to be returned in another way."""


def annotate(data: bytes, marks: Sequence[Mark], letter: Letter) -> bytes:
    """Return the workbook with marked cells and the letter in front. Raises NotPatchable."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    try:
        book = _Book(parts)
        styles = _Styles(book.parts[book.styles])
        for title, own in _by_sheet(marks).items():
            if title in book.sheets:
                book.mark_sheet(title, own, styles)
        book.put_letter(letter, styles)
        book.parts[book.styles] = styles.xml()
        return book.zipped()
    except (KeyError, etree.XMLSyntaxError, ValueError, StopIteration) as trouble:
        raise NotPatchable(type(trouble).__name__) from trouble


def _by_sheet(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.sheet, []).append(mark)
    return found


def _parse(xml: bytes) -> Any:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _bytes(root: Any) -> bytes:
    return DECLARATION + etree.tostring(root, encoding="UTF-8")


def _folder_path(base: str, target: str) -> str:
    """Return the part that a relationship's target names, seen from the part `base`."""
    if target.startswith("/"):
        return target[1:]
    pieces = base.split("/")[:-1]
    for piece in target.split("/"):
        pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
    return "/".join(pieces)


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


class _Styles:
    """The style part: hands out a copy of a cell's style with a level's fill, each made once."""

    def __init__(self, xml: bytes) -> None:
        self._root = _parse(xml)
        self._fills = self._root.find(_M + "fills")
        self._formats = self._root.find(_M + "cellXfs")
        self._fill_of: dict[str, int] = {}
        self._made: dict[tuple[Any, ...], int] = {}

    def _fill(self, level: str) -> int:
        if level not in self._fill_of:
            colour = "FF" + LEVEL_FILL[level].lstrip("#")
            fill = etree.SubElement(self._fills, _M + "fill")
            pattern = etree.SubElement(fill, _M + "patternFill", patternType="solid")
            etree.SubElement(pattern, _M + "fgColor", rgb=colour)
            etree.SubElement(pattern, _M + "bgColor", indexed="64")
            self._fill_of[level] = len(self._fills) - 1
            self._fills.set("count", str(len(self._fills)))
        return self._fill_of[level]

    def filled(self, style: int, level: str) -> int:
        """Return the index of a copy of `style` with the level's fill."""
        key = (style, level)
        if key not in self._made:
            copy = etree.fromstring(etree.tostring(self._formats[style]))
            copy.set("fillId", str(self._fill(level)))
            copy.set("applyFill", "1")
            self._made[key] = self._append(copy)
        return self._made[key]

    def plain(self, level: str = "", *, bold: bool = False, is_cell: bool = True) -> int:
        """Return a style of the letter: a bordered cell with wrapped text, or a line; a level's fill; bold."""
        key = ("letter", level, bold, is_cell)
        if key not in self._made:
            form = etree.Element(_M + "xf", numFmtId="49", xfId="0")
            form.set("fontId", str(self._bold()) if bold else "0")
            form.set("fillId", str(self._fill(level)) if level else "0")
            form.set("borderId", str(self._border()) if is_cell else "0")
            for name in ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment"):
                form.set(name, "1")
            etree.SubElement(form, _M + "alignment", vertical="center", wrapText="1" if is_cell else "0")
            self._made[key] = self._append(form)
        return self._made[key]

    def _bold(self) -> int:
        fonts = self._root.find(_M + "fonts")
        if ("bold",) not in self._made:
            font = etree.SubElement(fonts, _M + "font")
            etree.SubElement(font, _M + "b")
            etree.SubElement(font, _M + "sz", val="12")
            etree.SubElement(font, _M + "name", val=TITLE_FONT)
            fonts.set("count", str(len(fonts)))
            self._made[("bold",)] = len(fonts) - 1
        return self._made[("bold",)]

    def _border(self) -> int:
        borders = self._root.find(_M + "borders")
        if ("border",) not in self._made:
            border = etree.SubElement(borders, _M + "border")
            for side in ("left", "right", "top", "bottom"):
                line = etree.SubElement(border, _M + side, style="thin")
                etree.SubElement(line, _M + "color", rgb="FF" + RULE_LINE.lstrip("#"))
            etree.SubElement(border, _M + "diagonal")
            borders.set("count", str(len(borders)))
            self._made[("border",)] = len(borders) - 1
        return self._made[("border",)]

    def _append(self, form: Any) -> int:
        self._formats.append(form)
        self._formats.set("count", str(len(self._formats)))
        return len(self._formats) - 1

    def xml(self) -> bytes:
        return _bytes(self._root)


class _Book:
    """The parts of a workbook, its sheets by title, and the changes being made."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = dict(parts)
        self._order = list(parts)
        self._book = _parse(self.parts["xl/workbook.xml"])
        self._rels = _parse(self.parts["xl/_rels/workbook.xml.rels"])
        self._types = _parse(self.parts["[Content_Types].xml"])
        targets = {rel.get("Id"): _folder_path("xl/workbook.xml", rel.get("Target")) for rel in self._rels}
        self.sheets = {s.get("name"): targets[s.get(_R + "id")] for s in self._book.iter(_M + "sheet")}
        self.styles = next(
            _folder_path("xl/workbook.xml", rel.get("Target"))
            for rel in self._rels
            if rel.get("Type").endswith("/styles")
        )

    def add_part(self, name: str, xml: bytes, content_type: str = "") -> None:
        self.parts[name] = xml
        self._order.append(name)
        if content_type:
            etree.SubElement(self._types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def free_name(self, stem: str, ending: str) -> str:
        number = next(n for n in range(1, 10_000) if f"{stem}{n}{ending}" not in self.parts)
        return f"{stem}{number}{ending}"

    # --- marks ---

    def mark_sheet(self, title: str, marks: Sequence[Mark], styles: _Styles) -> None:
        part = self.sheets[title]
        root = _parse(self.parts[part])
        data = root.find(_M + "sheetData")
        cells = _Cells(data)
        for mark in marks:
            cell = cells.at(mark.row, mark.column)
            cell.set("s", str(styles.filled(int(cell.get("s", "0")), mark.level)))
        self._comment(part, root, marks)
        self.parts[part] = _bytes(root)

    def _comment(self, part: str, root: Any, marks: Sequence[Mark]) -> None:
        """Add a comment to every marked cell, beside the comments that the sheet has already."""
        rels = self._sheet_rels(part)
        old = next((rel for rel in rels if rel.get("Type").endswith("/comments")), None)
        legacy = root.find(_M + "legacyDrawing")
        if old is not None and legacy is not None:
            comments = _folder_path(part, old.get("Target"))
            drawing = next(
                _folder_path(part, rel.get("Target")) for rel in rels if rel.get("Id") == legacy.get(_R + "id")
            )
            own = [m for m in marks if f'ref="{column_letters(m.column)}{m.row}"'.encode() not in self.parts[comments]]
            self.parts[comments] = more_comments(self.parts[comments], own)
            self.parts[drawing] = self.parts[drawing].replace(b"</xml>", shapes(own).encode() + b"</xml>")
            return
        if legacy is not None or old is not None:
            return  # a drawing of another kind holds the place; the letter still lists every problem
        comments, drawing = (
            self.free_name("xl/comments", ".xml"),
            self.free_name("xl/drawings/vmlDrawing", ".vml"),
        )
        self.add_part(comments, comments_xml(marks), _COMMENTS_TYPE)
        self.add_part(drawing, vml(marks))
        self._default_type("vml", _VML_TYPE)
        first = _add_rel(rels, f"{RELATIONS}/vmlDrawing", f"/{drawing}")
        _add_rel(rels, f"{RELATIONS}/comments", f"/{comments}")
        _insert_in_order(root, "legacyDrawing", {_R + "id": first})
        self._put_rels(part, rels)

    def _sheet_rels(self, part: str) -> Any:
        name = _rels_of(part)
        return _parse(self.parts[name]) if name in self.parts else etree.Element(f"{{{_PACKAGE_REL}}}Relationships")

    def _put_rels(self, part: str, rels: Any) -> None:
        name = _rels_of(part)
        if name not in self.parts:
            self._order.append(name)
        self.parts[name] = _bytes(rels)

    def _default_type(self, extension: str, content_type: str) -> None:
        known = {d.get("Extension", "").lower() for d in self._types.iter(f"{{{_TYPES}}}Default")}
        if extension not in known:
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, default)

    # --- the letter ---

    def put_letter(self, letter: Letter, styles: _Styles) -> None:
        """Put the letter in front, in place of an older one."""
        sheets = self._book.find(_M + "sheets")
        old = next((s for s in sheets if s.get("name") == letter.title), None)
        if old is not None:
            part = self.sheets[letter.title]
            self.parts[part] = letter_xml(letter, styles)
            return
        part = self.free_name("xl/worksheets/sheet", ".xml")
        self.add_part(part, letter_xml(letter, styles), _SHEET_TYPE)
        link = _add_rel(self._rels, f"{RELATIONS}/worksheet", f"/{part}")
        number = max((int(s.get("sheetId")) for s in sheets), default=0) + 1
        sheet = etree.Element(_M + "sheet", name=letter.title, sheetId=str(number))
        sheet.set(_R + "id", link)
        sheets.insert(0, sheet)
        for name in self._book.iter(_M + "definedName"):
            if name.get("localSheetId") is not None:
                name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
        for view in self._book.iter(_M + "workbookView"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        self._unselect_others(part)

    def _unselect_others(self, letter: str) -> None:
        for part in self.sheets.values():
            if part != letter and part in self.parts:
                self.parts[part] = re.sub(
                    rb'(<sheetView\b[^>]*?)\s+tabSelected="(?:1|true)"', rb"\1", self.parts[part], count=1
                )

    def zipped(self) -> bytes:
        self.parts["xl/workbook.xml"] = _bytes(self._book)
        self.parts["xl/_rels/workbook.xml.rels"] = _bytes(self._rels)
        self.parts["[Content_Types].xml"] = _bytes(self._types)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in self._order:
                archive.writestr(zipfile.ZipInfo(name, _FIXED_ZIP_TIME), self.parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


class _Cells:
    """The cells of a sheet by address; rows and cells that are not there are made, in order."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self._rows = {int(row.get("r")): row for row in data if row.get("r")}

    def at(self, row: int, column: int) -> Any:
        place = f"{column_letters(column)}{row}"
        line = self._rows.get(row)
        if line is None:
            line = self._rows[row] = etree.Element(_M + "row", r=str(row))
            before = sum(1 for number in self._rows if number < row)
            self._data.insert(before, line)
        for position, cell in enumerate(line):
            reference = cell.get("r") or ""
            if reference == place:
                return cell
            if column_number(re.sub(r"\d", "", reference)) > column:
                made = etree.Element(_M + "c", r=place)
                line.insert(position, made)
                return made
        return etree.SubElement(line, _M + "c", r=place)


def _add_rel(rels: Any, kind: str, target: str) -> str:
    taken = {rel.get("Id") for rel in rels}
    name = next(f"rIdG{n}" for n in range(1, 10_000) if f"rIdG{n}" not in taken)
    etree.SubElement(rels, f"{{{_PACKAGE_REL}}}Relationship", Id=name, Type=kind, Target=target)
    return name


# What may follow legacyDrawing in a worksheet, by the schema's sequence.
_AFTER_LEGACY = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def _insert_in_order(root: Any, name: str, attributes: Mapping[str, str]) -> None:
    element = etree.Element(_M + name)
    for key, value in attributes.items():
        element.set(key, value)
    later = next((child for child in root if etree.QName(child).localname in _AFTER_LEGACY), None)
    if later is None:
        root.append(element)
    else:
        later.addprevious(element)
