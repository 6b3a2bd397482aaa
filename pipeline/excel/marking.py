"""Mark the cells of one sheet of someone's workbook, and take marks out: a fill and a comment, nothing else changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.excel import comments
from pipeline.excel.comments import Place, address, place_of
from pipeline.excel.parts import MAIN, RELATIONS, Mark
from pipeline.excel.patching import Patch
from pipeline.excel.styles import Styles
from schemas.rules import LEVELS

_M = f"{{{MAIN}}}"
_ROW, _CELL, _ID = _M + "row", _M + "c", f"{{{RELATIONS}}}id"
SHEET = _M + "worksheet"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def mark_sheet(patch: Patch, part: str, marks: Sequence[Mark], styles: Styles) -> dict[Place, str]:
    """Fill and comment a sheet's cells; return the own fill of each, to be put back when the mark goes.

    Of a merged area the first cell is marked.
    """
    root = patch.tree(part, SHEET)
    first = _first_cells(root, [(mark.row, mark.column) for mark in marks])
    anchored = _anchored(marks, first)
    cells = _Cells(root, [(mark.row, mark.column) for mark in anchored])
    patch.is_odd |= cells.is_odd
    fills = {}
    for mark in anchored:
        for cell in cells.at(mark.row, mark.column):
            style = int(cell.get("s", "0"))
            fills[mark.row, mark.column] = styles.own_fill(style)
            cell.set("s", str(styles.filled(style, mark.level)))
    _comment(patch, part, root, anchored)
    patch.changed(part)
    places = [(mark.row, mark.column) for mark in marks]
    return {place: fills[first.get(place, place)] for place in places}


def _anchored(marks: Sequence[Mark], first: Mapping[Place, Place]) -> list[Mark]:
    """Return one mark a cell, with the worst level and all the words of what is merged into it."""
    own: dict[Place, list[Mark]] = {}
    for mark in marks:
        place = (mark.row, mark.column)
        own.setdefault(first.get(place, place), []).append(mark)
    return [
        Mark(
            found[0].sheet,
            *place,
            min((mark.level for mark in found), key=LEVELS.index),
            "\n".join(dict.fromkeys(mark.text for mark in found)),
        )
        for place, found in own.items()
    ]


def _first_cells(root: Any, places: Iterable[Place]) -> dict[Place, Place]:
    """Return place → the first cell of the merged area that it lies in, for those that lie in one."""
    by_row: dict[int, set[int]] = {}
    for row, column in places:
        by_row.setdefault(row, set()).add(column)
    rows = sorted(by_row)
    found = {}
    for area in root.iterfind(f"{_M}mergeCells/{_M}mergeCell"):
        begin, _, end = (area.get("ref") or "").partition(":")
        (top, left), (bottom, right) = place_of(begin), place_of(end)
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            found.update({(row, c): (top, left) for c in by_row[row] if left <= c <= right})
    return found


# --- cells -----------------------------------------------------------------------------------------------------

_WITHOUT_ADDRESS = etree.XPath("m:sheetData/m:row[not(@r)] | m:sheetData/m:row/m:c[not(@r)]", namespaces={"m": MAIN})


class _Cells:
    """Some cells of a sheet by their place, wherever the XML has them; what is not there yet is made.

    `is_odd`: addresses had been left out, rows are out of order, or one row stands in several elements.
    """

    def __init__(self, root: Any, wanted: Iterable[Place]) -> None:
        self._root, self._data = root, root.find(_M + "sheetData")
        self.is_odd = bool(_WITHOUT_ADDRESS(root))
        if self.is_odd:
            _write_addresses(self._data)
        self._rows = list(self._data.iterchildren(_ROW))
        self._numbers = [int(row.get("r")) for row in self._rows]
        self.is_odd |= any(later <= number for number, later in zip(self._numbers, self._numbers[1:], strict=False))
        self._lines: dict[int, list[Any]] = {}
        for number, row in zip(self._numbers, self._rows, strict=True):
            self._lines.setdefault(number, []).append(row)
        self._found: dict[str, list[Any]] = {address(place): [] for place in wanted}
        for row in self._rows:
            for cell in row.iterchildren(_CELL):
                if (reference := cell.get("r")) in self._found:
                    self._found[reference].append(cell)

    def at(self, row: int, column: int) -> list[Any]:
        """Return the elements of a cell: one, or more where someone wrote it more than once."""
        place = address((row, column))
        if not self._found[place]:
            self._found[place] = [self._made(row, column, place)]
        return self._found[place]

    def _made(self, row: int, column: int, place: str) -> Any:
        lines = self._lines.get(row) or [self._made_row(row)]
        made = etree.Element(_CELL, r=place)
        style = _style_of_empty(self._root, lines[0], column)
        if style:
            made.set("s", style)
        cells = [cell for line in lines for cell in line.iterchildren(_CELL)]
        later = next((cell for cell in cells if place_of(cell.get("r"))[1] > column), None)
        last = next(lines[-1].iterchildren(_CELL, reversed=True), None)
        if later is not None:
            later.addprevious(made)
        elif last is not None:
            last.addnext(made)
        else:
            lines[-1].insert(0, made)
        return made

    def _made_row(self, row: int) -> Any:
        made = etree.Element(_ROW, r=str(row))
        index = next((n for n, number in enumerate(self._numbers) if number > row), len(self._rows))
        if index < len(self._rows):
            self._rows[index].addprevious(made)
        else:
            self._data.append(made)
        self._rows.insert(index, made)
        self._numbers.insert(index, row)
        self._lines[row] = [made]
        return made


def _write_addresses(data: Any) -> None:
    """Write out the addresses that are left out: a row or cell without one follows the one before it."""
    number = 0
    for row in data.iterchildren(_ROW):
        number = int(row.get("r") or number + 1)
        column = 0
        for cell in row.iterchildren(_CELL):
            stated = place_of(cell.get("r"))
            column = stated[1] or column + 1
            if not stated[1]:
                cell.set("r", address((number, column)))
        if not row.get("r"):
            first = next(row.iterchildren(_CELL), None)
            row.set("r", str(number if first is None else place_of(first.get("r"))[0]))


def _style_of_empty(root: Any, row: Any, column: int) -> str:
    """Return the style that an empty cell takes from its row or column, "" for none."""
    if row.get("customFormat") in ("1", "true") and row.get("s"):
        return str(row.get("s"))
    for span in root.iterfind(f"{_M}cols/{_M}col"):
        if int(span.get("min")) <= column <= int(span.get("max")):
            return str(span.get("style", ""))
    return ""


# --- comments --------------------------------------------------------------------------------------------------


def _comment(patch: Patch, part: str, root: Any, marks: Sequence[Mark]) -> None:
    """Comment every marked cell; what the sheet lacks for it is made: the comments, their drawing, the link to it."""
    found = patch.related(part, "comments")
    name = found.part if found else patch.free_name("xl/comments", ".xml")
    if name not in patch:
        patch.add(name, comments.EMPTY, _COMMENTS_TYPE)
    if found is None:
        patch.relate(part, "comments", name)
    tree = patch.tree(name, comments.ROOT)
    new = comments.add_comments(tree, marks)
    patch.changed(name)
    drawing = _drawing(patch, part, root)
    if drawing:
        patch.put(drawing, comments.with_boxes(patch.read(drawing), new))
        return
    drawing = patch.free_name("xl/drawings/vmlDrawing", ".vml")
    all_places = [place_of(comment.get("ref")) for comment in tree.iter(_M + "comment")]
    patch.put(drawing, comments.with_boxes(comments.EMPTY_DRAWING, all_places))
    patch.add_default_type("vml", _DRAWING_TYPE)
    _link_drawing(root, patch.relate(part, "vmlDrawing", drawing))


def _drawing(patch: Patch, part: str, root: Any) -> str:
    """Return the part in which a sheet's boxes are drawn, "" where there is none."""
    link = root.find(_M + "legacyDrawing")
    own = link.get(_ID) if link is not None else None
    return next((r.part for r in patch.relations(part) if r.id == own and r.part in patch), "")


# What may follow legacyDrawing in a worksheet, by the schema's sequence.
_AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",  # around controls and objects
)


def _link_drawing(root: Any, link: str) -> None:
    found = root.find(_M + "legacyDrawing")
    if found is None:
        found = etree.Element(_M + "legacyDrawing")
        elements = (child for child in root if isinstance(child.tag, str))
        later = next((child for child in elements if etree.QName(child).localname in _AFTER_DRAWING), None)
        if later is None:
            root.append(found)
        else:
            later.addprevious(found)
    found.set(_ID, link)


# --- taking marks out ------------------------------------------------------------------------------------------


def unmark_sheet(patch: Patch, part: str, listed: Mapping[Place, str], styles: Styles) -> None:
    """Take our words and fills out again: of the cells that have our words, or are listed with their own fill."""
    commented = _take_comments(patch, part)
    if not commented and not listed:
        return
    root = patch.tree(part, SHEET)
    first = _first_cells(root, listed)
    own = {first.get(place, place): fill for place, fill in listed.items()}
    wanted = {address(place): own.get(place, "") for place in (*commented, *own)}
    for cell in root.iter(_CELL):
        style = cell.get("s")
        if style and cell.get("r") in wanted and styles.is_marked(int(style)):
            cell.set("s", str(styles.unmarked(int(style), wanted[cell.get("r")])))
    patch.changed(part)


def _take_comments(patch: Patch, part: str) -> set[Place]:
    found = patch.related(part, "comments")
    if found is None or found.part not in patch:
        return set()
    commented, bare = comments.take_comments(patch.tree(found.part, comments.ROOT))
    if commented:
        patch.changed(found.part)
    for drawing in patch.relations(part) if bare else ():
        if drawing.kind == "vmlDrawing" and drawing.part in patch:
            patch.put(drawing.part, comments.without_boxes(patch.read(drawing.part), bare))
    return commented
