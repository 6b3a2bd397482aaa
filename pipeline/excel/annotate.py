"""Mark cells in someone's own workbook by patching the parts of its zip: nothing else in it changes.

Three things are put in: a fill on each marked cell (a copy of its own style), a comment with sentence and remedy,
and a first sheet that lists everything with links. What an earlier return put in is taken out again. Loading and
saving with a library would drop rich text, text boxes and extensions.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from lxml import etree

from pipeline.excel.guard import Refused
from pipeline.excel.parts import (
    MAIN,
    RELATIONS,
    Letter,
    Mark,
    comments_xml,
    letter_xml,
    more_comments,
    parse,
    shapes,
    to_bytes,
    vml,
    without_our_comments,
    without_shapes,
)
from pipeline.excel.reading import column_letters, column_number, read_book
from pipeline.excel.styles import Styles
from schemas.letter_words import OLD_FILL, POSITION

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
        styles = Styles(book.parts[book.styles])
        by_sheet = _by_sheet(marks)
        if letter.title in book.sheets:
            for title, places in _earlier_marks(data, letter.title).items():
                if title in book.sheets:
                    book.unmark_sheet(title, places, styles)
        for title, own in by_sheet.items():
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


Places = Mapping[tuple[int, int], str]  # (row, column) → the cell's own fill


def _earlier_marks(data: bytes, title: str) -> dict[str, dict[tuple[int, int], str]]:
    """Return the marks that the letter of an earlier return lists: sheet → (row, column) → the cell's own fill."""
    try:
        sheets = {sheet.title: sheet for sheet in read_book(data).sheets}
    except Refused as refusal:
        raise ValueError(refusal.reason) from None
    found: dict[str, dict[tuple[int, int], str]] = {name: {} for name in sheets if name != title}
    columns: tuple[int, int] | None = None
    for row in sheets[title].rows if title in sheets else ():
        texts = [str(cell) for cell in row]
        if POSITION in texts and OLD_FILL in texts:
            columns = texts.index(POSITION), texts.index(OLD_FILL)
        elif columns and max(columns) < len(texts):
            sheet, _, cell = texts[columns[0]].rpartition("!")
            match = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell)
            if match and sheet in found:
                found[sheet][int(match[2]), column_number(match[1])] = texts[columns[1]]
    return found


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


class _Book:
    """The parts of a workbook, its sheets by title, and the changes being made."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = dict(parts)
        self._order = list(parts)
        self._own_fills: dict[tuple[str, int, int], str] = {}
        self._book = parse(self.parts["xl/workbook.xml"])
        self._rels = parse(self.parts["xl/_rels/workbook.xml.rels"])
        self._types = parse(self.parts["[Content_Types].xml"])
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

    def mark_sheet(self, title: str, marks: Sequence[Mark], styles: Styles) -> None:
        part = self.sheets[title]
        root = parse(self.parts[part])
        cells = _Cells(root.find(_M + "sheetData"))
        for mark in marks:
            cell = cells.at(mark.row, mark.column)
            style = int(cell.get("s", "0"))
            self._own_fills[title, mark.row, mark.column] = styles.own_fill(style)
            cell.set("s", str(styles.filled(style, mark.level)))
        self._comment(part, root, marks)
        self.parts[part] = to_bytes(root)

    def unmark_sheet(self, title: str, places: Places, styles: Styles) -> None:
        """Take our comments and fills out again: of the cells that have our comment or are listed with a mark."""
        part = self.sheets[title]
        commented = self._take_comments(part)
        if not commented and not places:
            return
        root = parse(self.parts[part])
        for cell in root.iter(_M + "c"):
            match = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell.get("r") or "")
            place = (int(match[2]), column_number(match[1])) if match else (0, 0)
            style = int(cell.get("s", "0"))
            if (place in commented or place in places) and styles.is_marked(style):
                cell.set("s", str(styles.unmarked(style, places.get(place, ""))))
        self.parts[part] = to_bytes(root)

    def _take_comments(self, part: str) -> set[tuple[int, int]]:
        comments = self._comment_part(part)
        if comments is None:
            return set()
        self.parts[comments], taken = without_our_comments(self.parts[comments])
        for rel in self._sheet_rels(part):
            if rel.get("Type").endswith("/vmlDrawing"):
                drawing = _folder_path(part, rel.get("Target"))
                self.parts[drawing] = without_shapes(self.parts[drawing], taken)
        return taken

    def _comment_part(self, part: str) -> str | None:
        found = (rel for rel in self._sheet_rels(part) if rel.get("Type").endswith("/comments"))
        return next((_folder_path(part, rel.get("Target")) for rel in found), None)

    def _comment(self, part: str, root: Any, marks: Sequence[Mark]) -> None:
        """Add a comment to every marked cell, beside the comments that the sheet has already."""
        rels = self._sheet_rels(part)
        old = self._comment_part(part)
        legacy = root.find(_M + "legacyDrawing")
        if old is not None and legacy is not None:
            drawing = next(
                _folder_path(part, rel.get("Target")) for rel in rels if rel.get("Id") == legacy.get(_R + "id")
            )
            own = [m for m in marks if f'ref="{column_letters(m.column)}{m.row}"'.encode() not in self.parts[old]]
            self.parts[old] = more_comments(self.parts[old], own)
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
        return parse(self.parts[name]) if name in self.parts else etree.Element(f"{{{_PACKAGE_REL}}}Relationships")

    def _put_rels(self, part: str, rels: Any) -> None:
        name = _rels_of(part)
        if name not in self.parts:
            self._order.append(name)
        self.parts[name] = to_bytes(rels)

    def _default_type(self, extension: str, content_type: str) -> None:
        known = {d.get("Extension", "").lower() for d in self._types.iter(f"{{{_TYPES}}}Default")}
        if extension not in known:
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, default)

    # --- the letter ---

    def put_letter(self, letter: Letter, styles: Styles) -> None:
        """Put the letter in front, in place of an older one."""
        sheets = self._book.find(_M + "sheets")
        old = next((s for s in sheets if s.get("name") == letter.title), None)
        if old is not None:
            self._forget_filter(sheets.index(old))
            self.parts[self.sheets[letter.title]] = letter_xml(letter, styles, self._own_fills)
            return
        part = self.free_name("xl/worksheets/sheet", ".xml")
        self.add_part(part, letter_xml(letter, styles, self._own_fills), _SHEET_TYPE)
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

    def _forget_filter(self, sheet: int) -> None:
        """Drop the name that Excel keeps for a sheet's filter: the new letter has as many lines as it has."""
        for name in list(self._book.iter(_M + "definedName")):
            if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(sheet):
                name.getparent().remove(name)

    def _unselect_others(self, letter: str) -> None:
        for part in self.sheets.values():
            if part != letter and part in self.parts:
                self.parts[part] = re.sub(
                    rb'(<sheetView\b[^>]*?)\s+tabSelected="(?:1|true)"', rb"\1", self.parts[part], count=1
                )

    def zipped(self) -> bytes:
        self.parts["xl/workbook.xml"] = to_bytes(self._book)
        self.parts["xl/_rels/workbook.xml.rels"] = to_bytes(self._rels)
        self.parts["[Content_Types].xml"] = to_bytes(self._types)
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
