"""The style part of someone's own workbook: styles are added to it, none is changed.

What a part should have and lacks is made; what refers to a fill that is not there goes without, as readers take it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.excel.parts import MAIN, parse
from pipeline.excel.theme import LEVEL_FILL, RULE_LINE
from schemas.look import TITLE_FONT

M = f"{{{MAIN}}}"
ROOT = M + "styleSheet"
EMPTY = f'<styleSheet xmlns="{MAIN}"/>'.encode()

# The children of a style part in the schema's order, and what those that we add to hold at least.
_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)
_LEAST = {
    "fonts": "<font/>",
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border/>",
    "cellStyleXfs": "<xf/>",
    "cellXfs": '<xf xfId="0"/>',
}
_FORMAT_LIMIT = 64_000  # Excel's own
_ENTRY = {"fonts": "font", "fills": "fill", "borders": "border", "cellStyleXfs": "xf", "cellXfs": "xf"}


class Styles:
    """The style part: hands out a copy of a cell's style with a level's fill, or without one, each made once."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self.is_mended = False
        self._groups = {name: self._group(name) for name in _LEAST}
        self._entries = {name: list(group.iterfind(M + _ENTRY[name])) for name, group in self._groups.items()}
        for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            self._mend(attribute, len(self._entries[name]))
        self._fill_of: dict[str, int] = {}
        ours = tuple(colour.lstrip("#").upper() for colour in LEVEL_FILL.values())
        self._marked = {n for n, fill in enumerate(self._entries["fills"]) if _colour(fill).endswith(ours)}
        self._made: dict[tuple[Any, ...], int] = {}

    def _group(self, name: str) -> Any:
        """Return a group of the part with what it holds at least."""
        group = self._root.find(M + name)
        if group is None:
            self.is_mended = True
            group = etree.Element(M + name)
            later = {M + title for title in _ORDER[_ORDER.index(name) + 1 :]}
            places = [n for n, child in enumerate(self._root) if child.tag in later]
            self._root.insert(places[0] if places else len(self._root), group)
        if group.find(M + _ENTRY[name]) is None:
            self.is_mended = True
            group.extend(etree.fromstring(f'<least xmlns="{MAIN}">{_LEAST[name]}</least>'))
        return group

    def _mend(self, attribute: str, count: int) -> None:
        """Let what refers to an entry that is not there refer to the first: one of ours would stand there soon."""
        for form in (*self._entries["cellStyleXfs"], *self._entries["cellXfs"]):
            if not 0 <= int(form.get(attribute, "0")) < count:
                self.is_mended = True
                form.set(attribute, "0")

    def pad(self, count: int) -> None:
        """Have at least so many formats of cells, that no cell gets a new one that it never asked for."""
        while len(self._entries["cellXfs"]) < min(count, _FORMAT_LIMIT):
            self._add("cellXfs", etree.Element(M + "xf", xfId="0"))

    def _add(self, name: str, entry: Any) -> int:
        """Add an entry to a group and return its number."""
        entries = self._entries[name]
        entries[-1].addnext(entry)
        entries.append(entry)
        self._groups[name].set("count", str(len(entries)))
        return len(entries) - 1

    def _form(self, style: int) -> Any:
        """Return a cell's format; one that is not there is the first, as readers take it."""
        forms = self._entries["cellXfs"]
        if not 0 <= style < len(forms):
            self.is_mended = True
            return forms[0]
        return forms[style]

    def _fill(self, level: str) -> int:
        if level not in self._fill_of:
            fill = etree.Element(M + "fill")
            pattern = etree.SubElement(fill, M + "patternFill", patternType="solid")
            etree.SubElement(pattern, M + "fgColor", rgb="FF" + LEVEL_FILL[level].lstrip("#"))
            etree.SubElement(pattern, M + "bgColor", indexed="64")
            self._fill_of[level] = self._add("fills", fill)
        return self._fill_of[level]

    def filled(self, style: int, level: str) -> int:
        """Return the index of a copy of `style` with the level's fill."""
        key = (style, level)
        if key not in self._made:
            copy = deepcopy(self._form(style))
            copy.set("fillId", str(self._fill(level)))
            copy.set("applyFill", "1")
            self._made[key] = self._add("cellXfs", copy)
        return self._made[key]

    def is_marked(self, style: int) -> bool:
        """Tell whether a style has the fill of a level."""
        return int(self._form(style).get("fillId", "0")) in self._marked

    def own_fill(self, style: int) -> str:
        """Return a style's fill as text, "" for none, so that it can be put back when the mark goes."""
        number = int(self._form(style).get("fillId", "0"))
        return "" if number in (0, *self._marked) else _alone(self._entries["fills"][number])

    def unmarked(self, style: int, own_fill: str) -> int:
        """Return the index of a copy of a marked style with its own fill again."""
        key = ("unmarked", style, own_fill)
        if key not in self._made:
            copy = deepcopy(self._form(style))
            copy.set("fillId", str(self._put_back(own_fill)))
            self._made[key] = self._add("cellXfs", copy)
        return self._made[key]

    def _put_back(self, own_fill: str) -> int:
        if not own_fill:
            return 0
        try:
            fill = parse(own_fill.encode())
        except (etree.XMLSyntaxError, ValueError):
            return 0  # the text was changed by someone: the cell goes without
        return self._add("fills", fill) if fill.tag == M + "fill" else 0

    def plain(self, level: str = "", *, bold: bool = False, is_cell: bool = True) -> int:
        """Return a style of the letter: a bordered cell with wrapped text, or a line; a level's fill; bold."""
        key = ("letter", level, bold, is_cell)
        if key not in self._made:
            form = etree.Element(M + "xf", numFmtId="49", xfId="0")
            form.set("fontId", str(self._bold()) if bold else "0")
            form.set("fillId", str(self._fill(level)) if level else "0")
            form.set("borderId", str(self._border()) if is_cell else "0")
            for name in ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment"):
                form.set(name, "1")
            etree.SubElement(form, M + "alignment", vertical="center", wrapText="1" if is_cell else "0")
            self._made[key] = self._add("cellXfs", form)
        return self._made[key]

    def _bold(self) -> int:
        if ("bold",) not in self._made:
            font = etree.Element(M + "font")
            etree.SubElement(font, M + "b")
            etree.SubElement(font, M + "sz", val="12")
            etree.SubElement(font, M + "name", val=TITLE_FONT)
            self._made[("bold",)] = self._add("fonts", font)
        return self._made[("bold",)]

    def _border(self) -> int:
        if ("border",) not in self._made:
            border = etree.Element(M + "border")
            for side in ("left", "right", "top", "bottom"):
                line = etree.SubElement(border, M + side, style="thin")
                etree.SubElement(line, M + "color", rgb="FF" + RULE_LINE.lstrip("#"))
            etree.SubElement(border, M + "diagonal")
            self._made[("border",)] = self._add("borders", border)
        return self._made[("border",)]


def _alone(element: Any) -> str:
    """Return an element as text without what follows it."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def _colour(fill: Any) -> str:
    found = fill.find(f"{M}patternFill/{M}fgColor")
    return "" if found is None else str(found.get("rgb", "")).upper()
