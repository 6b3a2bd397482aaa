"""The style part of someone's own workbook: styles are added to it, none is changed."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pipeline.excel.parts import MAIN, parse, to_bytes
from pipeline.excel.theme import LEVEL_FILL, RULE_LINE
from schemas.look import TITLE_FONT

M = f"{{{MAIN}}}"


class Styles:
    """The style part: hands out a copy of a cell's style with a level's fill, or without one, each made once."""

    def __init__(self, xml: bytes) -> None:
        self._root = parse(xml)
        self._fills = self._root.find(M + "fills")
        self._formats = self._root.find(M + "cellXfs")
        self._fill_of: dict[str, int] = {}
        ours = tuple(colour.lstrip("#").upper() for colour in LEVEL_FILL.values())
        self._marked = {n for n, fill in enumerate(self._fills) if _colour(fill).endswith(ours)}
        self._made: dict[tuple[Any, ...], int] = {}

    def _fill(self, level: str) -> int:
        if level not in self._fill_of:
            colour = "FF" + LEVEL_FILL[level].lstrip("#")
            fill = etree.SubElement(self._fills, M + "fill")
            pattern = etree.SubElement(fill, M + "patternFill", patternType="solid")
            etree.SubElement(pattern, M + "fgColor", rgb=colour)
            etree.SubElement(pattern, M + "bgColor", indexed="64")
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

    def is_marked(self, style: int) -> bool:
        """Tell whether a style has the fill of a level."""
        return int(self._formats[style].get("fillId", "0")) in self._marked

    def own_fill(self, style: int) -> str:
        """Return a style's fill as text, "" for none, so that it can be put back when the mark goes."""
        number = int(self._formats[style].get("fillId", "0"))
        return "" if number in (0, *self._marked) else etree.tostring(self._fills[number], encoding="unicode")

    def unmarked(self, style: int, own_fill: str) -> int:
        """Return the index of a copy of a marked style with its own fill again."""
        key = ("unmarked", style, own_fill)
        if key not in self._made:
            copy = etree.fromstring(etree.tostring(self._formats[style]))
            copy.set("fillId", str(self._put_back(own_fill)))
            self._made[key] = self._append(copy)
        return self._made[key]

    def _put_back(self, own_fill: str) -> int:
        if not own_fill:
            return 0
        try:
            fill = parse(own_fill.encode())
        except etree.XMLSyntaxError:
            return 0  # the text was changed by someone: the cell goes without
        if fill.tag != M + "fill":
            return 0
        self._fills.append(fill)
        self._fills.set("count", str(len(self._fills)))
        return len(self._fills) - 1

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
            self._made[key] = self._append(form)
        return self._made[key]

    def _bold(self) -> int:
        fonts = self._root.find(M + "fonts")
        if ("bold",) not in self._made:
            font = etree.SubElement(fonts, M + "font")
            etree.SubElement(font, M + "b")
            etree.SubElement(font, M + "sz", val="12")
            etree.SubElement(font, M + "name", val=TITLE_FONT)
            fonts.set("count", str(len(fonts)))
            self._made[("bold",)] = len(fonts) - 1
        return self._made[("bold",)]

    def _border(self) -> int:
        borders = self._root.find(M + "borders")
        if ("border",) not in self._made:
            border = etree.SubElement(borders, M + "border")
            for side in ("left", "right", "top", "bottom"):
                line = etree.SubElement(border, M + side, style="thin")
                etree.SubElement(line, M + "color", rgb="FF" + RULE_LINE.lstrip("#"))
            etree.SubElement(border, M + "diagonal")
            borders.set("count", str(len(borders)))
            self._made[("border",)] = len(borders) - 1
        return self._made[("border",)]

    def _append(self, form: Any) -> int:
        self._formats.append(form)
        self._formats.set("count", str(len(self._formats)))
        return len(self._formats) - 1

    def xml(self) -> bytes:
        return to_bytes(self._root)


def _colour(fill: Any) -> str:
    found = fill.find(f"{M}patternFill/{M}fgColor")
    return "" if found is None else str(found.get("rgb", "")).upper()
