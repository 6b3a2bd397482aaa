"""Mark the cells of one sheet of someone's workbook, and take marks out: a fill and a comment, nothing else changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from lxml import etree

from pipeline.addresses import Spot, address, place_of
from pipeline.excel import comments
from pipeline.excel.grid import Cells
from pipeline.excel.parts import MAIN, RELATIONS, Mark
from pipeline.excel.patching import Patch
from pipeline.excel.styles import Styles
from schemas.rules import LEVELS

_M = f"{{{MAIN}}}"
_CELL, _ID = _M + "c", f"{{{RELATIONS}}}id"
SHEET = _M + "worksheet"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def mark_sheet(patch: Patch, part: str, marks: Sequence[Mark], styles: Styles) -> dict[Spot, str]:
    """Fill and comment a sheet's cells; return the own fill of each, to be put back when the mark goes.

    Of a merged area the first cell is marked.
    """
    root = patch.tree(part, SHEET)
    first = _first_cells(root, [(mark.row, mark.column) for mark in marks])
    anchored = _anchored(marks, first)
    cells = Cells(root, [(mark.row, mark.column) for mark in anchored])
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


def comment_sheet(patch: Patch, part: str, marks: Sequence[Mark]) -> None:
    """Comment a sheet's cells and leave their look: what stands in no merged area, one mark a cell."""
    _comment(patch, part, patch.tree(part, SHEET), marks)
    patch.changed(part)


def _anchored(marks: Sequence[Mark], first: Mapping[Spot, Spot]) -> list[Mark]:
    """Return one mark a cell, with the worst level and all the words of what is merged into it."""
    own: dict[Spot, list[Mark]] = {}
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


def _first_cells(root: Any, places: Iterable[Spot]) -> dict[Spot, Spot]:
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
        later = next((child for child in root if etree.QName(child).localname in _AFTER_DRAWING), None)
        if later is None:
            root.append(found)
        else:
            later.addprevious(found)
    found.set(_ID, link)


# --- taking marks out ------------------------------------------------------------------------------------------


def unmark_sheet(patch: Patch, part: str, listed: Mapping[Spot, str], styles: Styles) -> None:
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


def _take_comments(patch: Patch, part: str) -> set[Spot]:
    found = patch.related(part, "comments")
    if found is None or found.part not in patch:
        return set()
    tree = patch.tree(found.part, comments.ROOT)
    noted = comments.noted(tree)
    answered = _filled(patch.tree(part, SHEET), noted) if noted else set()
    commented, bare = comments.take_comments(tree, answered)
    if commented:
        patch.changed(found.part)
    for drawing in patch.relations(part) if bare else ():
        if drawing.kind == "vmlDrawing" and drawing.part in patch:
            patch.put(drawing.part, comments.without_boxes(patch.read(drawing.part), bare))
    return commented


def _filled(root: Any, places: Set[Spot]) -> set[Spot]:
    """Return those of some cells in which something stands."""
    wanted = {address(place) for place in places}
    cells = (cell for cell in root.iter(_CELL) if cell.get("r") in wanted)
    return {place_of(cell.get("r")) for cell in cells if any((text or "").strip() for text in cell.itertext())}
