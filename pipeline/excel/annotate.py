"""Mark cells in someone's own workbook by patching the parts of its zip: nothing else in it changes.

Three things are put in: a fill on each marked cell (a copy of its own style), a comment with sentence and remedy,
and a first sheet that lists everything with links. What an earlier return put in is taken out again. Loading and
saving with a library would drop rich text, text boxes and extensions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.addresses import Spot, place_of
from pipeline.excel.marking import comment_sheet, mark_sheet, unmark_sheet
from pipeline.excel.parts import MAIN, RELATIONS, Letter, Mark, letter_xml
from pipeline.excel.patching import NotPatchable, Patch
from pipeline.excel.proving import reads_alike
from pipeline.excel.reading import RawBook
from pipeline.excel.styles import EMPTY, ROOT, Styles
from schemas.letter_words import OLD_FILL, POSITION

_M = f"{{{MAIN}}}"
Read = Callable[[bytes], RawBook]
_ID = f"{{{RELATIONS}}}id"
_STYLES_PART = "xl/styles.xml"
_STYLE = re.compile(rb'\ss(?:tyle)?="(\d{1,9})"')
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def annotate(data: bytes, marks: Sequence[Mark], letter: Letter, read: Read) -> bytes:
    """Return the workbook with marked cells and the letter in front. `read`: reads a workbook within limits.

    Raises NotPatchable where it can't be marked without a risk, and whatever a torn part makes a parser raise.
    """
    patch = Patch(data)
    book = _Book(patch)
    styles = book.style_part()
    earlier = _earlier_marks(read(data), letter.title) if letter.title in book.sheets else {}
    for title, part in book.sheets.items():
        unmark_sheet(patch, part, earlier.get(title, {}), styles)
    fills: dict[tuple[str, int, int], str] = {}
    for title, own in _by_sheet(marks).items():
        found = mark_sheet(patch, book.sheets[title], own, styles)
        fills |= {(title, *place): fill for place, fill in found.items()}
    book.put_letter(letter, styles, fills)
    patch.is_odd |= styles.is_mended
    marked = patch.to_bytes()
    if patch.is_odd and not reads_alike(read(data), read(marked), letter.title):
        raise NotPatchable("reads otherwise")
    return marked


def commented(data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return a workbook of our own making with the words of `marks` as comments, whatever their level; no letter."""
    patch = Patch(data)
    book = _Book(patch)
    for title, own in _by_sheet(marks).items():
        comment_sheet(patch, book.sheets[title], own)
    return patch.to_bytes()


def _by_sheet(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.sheet, []).append(mark)
    return found


def _earlier_marks(book: RawBook, title: str) -> dict[str, dict[Spot, str]]:
    """Return the marks that the letter of an earlier return lists: sheet → (row, column) → the cell's own fill."""
    sheets = {sheet.title: sheet for sheet in book.sheets}
    found: dict[str, dict[Spot, str]] = {name: {} for name in sheets if name != title}
    columns: tuple[int, int] | None = None
    for row in sheets[title].rows if title in sheets else ():
        texts = [str(cell) for cell in row]
        if POSITION in texts and OLD_FILL in texts:
            columns = texts.index(POSITION), texts.index(OLD_FILL)
        elif columns and max(columns) < len(texts):
            sheet, _, cell = texts[columns[0]].rpartition("!")
            if place_of(cell)[0] and sheet in found:
                found[sheet][place_of(cell)] = texts[columns[1]]
    return found


class _Book:
    """The workbook's own part: its sheets by title, its styles, and the letter in front of them."""

    def __init__(self, patch: Patch) -> None:
        self._patch = patch
        self._part = patch.book_part()
        self._root = patch.tree(self._part, _M + "workbook")
        if any(word in patch.content_type(self._part) for word in ("macroEnabled", "template")):
            raise NotPatchable("Excel opens it under another ending only")
        self._sheets = self._root.find(_M + "sheets")
        parts = {relation.id: relation.part for relation in patch.relations(self._part)}
        own = {sheet.get("name"): parts.get(sheet.get(_ID), "") for sheet in self._each_sheet()}
        self.sheets = {title: part for title, part in own.items() if part in patch}

    def _each_sheet(self) -> list[Any]:
        return list(self._sheets.iterfind(_M + "sheet"))

    def style_part(self) -> Styles:
        """Return the styles, made where the workbook has none."""
        found = self._patch.related(self._part, "styles")
        part = found.part if found else _STYLES_PART
        if part not in self._patch:
            self._patch.add(part, EMPTY, _STYLES_TYPE)
            self._patch.is_odd = True
        if found is None:
            self._patch.relate(self._part, "styles", part)
        self._patch.changed(part)
        styles = Styles(self._patch.tree(part, ROOT))
        if styles.is_mended:
            styles.pad(self._styles_used())
        return styles

    def _styles_used(self) -> int:
        """Return how many formats the sheets refer to, be they there or not."""
        used = (_STYLE.findall(self._patch.read(part)) for part in self.sheets.values())
        return max((int(number) + 1 for numbers in used for number in numbers), default=0)

    def put_letter(self, letter: Letter, styles: Styles, fills: Mapping[tuple[str, int, int], str]) -> None:
        """Put the letter in front, in place of an older one."""
        xml = letter_xml(letter, styles, fills)
        self._patch.changed(self._part)
        if letter.title in self.sheets:
            titles = [sheet.get("name") for sheet in self._each_sheet()]
            self._forget_filter(titles.index(letter.title))
            self._patch.put(self.sheets[letter.title], xml)
            return
        part = self._patch.free_name("xl/worksheets/sheet", ".xml")
        self._patch.add(part, xml, _SHEET_TYPE)
        number = max((int(sheet.get("sheetId", "0")) for sheet in self._each_sheet()), default=0) + 1
        sheet = etree.Element(_M + "sheet", name=letter.title, sheetId=str(number))
        sheet.set(_ID, self._patch.relate(self._part, "worksheet", part))
        self._sheets.insert(0, sheet)
        for name in self._root.iter(_M + "definedName"):
            if name.get("localSheetId") is not None:
                name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
        for view in self._root.iter(_M + "workbookView"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        self._unselect_others()

    def _forget_filter(self, sheet: int) -> None:
        """Drop the name that Excel keeps for a sheet's filter: the new letter has as many lines as it has."""
        for name in list(self._root.iter(_M + "definedName")):
            if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(sheet):
                name.getparent().remove(name)

    def _unselect_others(self) -> None:
        """Leave the letter alone selected: what is typed into one of several selected sheets goes into all of them."""
        for part in self.sheets.values():
            xml = self._patch.read(part)
            if b"tabSelected" not in xml and b"\0" not in xml[:4]:
                continue
            for view in self._patch.tree(part).iter(_M + "sheetView"):
                if view.get("tabSelected") in ("1", "true"):
                    view.set("tabSelected", "0")
                    self._patch.changed(part)
