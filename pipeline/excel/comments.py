"""The comments of a marked sheet and the drawing that holds their boxes: ours are put in, and taken out again.

A cell that has a comment already keeps its words; ours follow between two lines by which they are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import Any

from lxml import etree

from pipeline.addresses import Spot, address, place_of
from pipeline.excel.parts import MAIN, Mark
from pipeline.excel.theme import safe_text
from schemas.letter_words import ADDED_FIRST, ADDED_LAST, COMMENT, NOTE
from schemas.look import PRODUCT
from schemas.rules import LEVELS

_M = f"{{{MAIN}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ROOT = _M + "comments"
EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()


def _child(parent: Any, name: str, index: int) -> Any:
    """Return a child, made where there is none."""
    found = parent.find(_M + name)
    if found is None:
        found = etree.Element(_M + name)
        parent.insert(index, found)
    return found


def add_comments(root: Any, marks: Sequence[Mark]) -> list[Spot]:
    """Put the marks' words into a comments part; return the cells that had no comment and need a box."""
    author = _author(_child(root, "authors", 0))
    found = _child(root, "commentList", 1)
    own = {place_of(comment.get("ref")): comment for comment in found.iterfind(_M + "comment")}
    made = []
    for mark in sorted(marks, key=lambda mark: (mark.row, mark.column)):
        place = (mark.row, mark.column)
        if place in own:
            _add_words(_child(own[place], "text", 0), mark.text)
        else:
            comment = etree.SubElement(found, _M + "comment", ref=address(place), authorId=author)
            _put_text(etree.SubElement(comment, _M + "text"), mark.text)
            made.append(place)
    return made


def _author(authors: Any) -> str:
    names = list(authors.iterfind(_M + "author"))
    number = next((n for n, author in enumerate(names) if author.text == PRODUCT), len(names))
    if number == len(names):
        etree.SubElement(authors, _M + "author").text = PRODUCT
    return str(number)


def _put_text(parent: Any, text: str) -> None:
    found = etree.SubElement(parent, _M + "t")
    found.set(_SPACE, "preserve")
    found.text = safe_text(text)


def _add_words(text: Any, words: str) -> None:
    """Add our words to someone's: plain text becomes a run, as runs and plain text do not go together."""
    for plain in list(text.iterchildren(_M + "t")):
        run = etree.Element(_M + "r")
        plain.addprevious(run)
        run.append(plain)
    runs = list(text.iterchildren(_M + "r"))
    run = etree.Element(_M + "r")
    if runs:
        runs[-1].addnext(run)
    else:
        text.insert(0, run)
    _put_text(run, f"\n{ADDED_FIRST}\n{words}\n{ADDED_LAST}")


def noted(root: Any) -> set[Spot]:
    """Return the cells with a note of an issued workbook: what the sources had for them."""
    found = ((comment, _words(_texts(comment)).strip()) for comment in root.iter(_M + "comment"))
    return {place_of(comment.get("ref")) for comment, words in found if words.startswith(_NOTE)}


def take_comments(root: Any, answered: Set[Spot] = frozenset()) -> tuple[set[Spot], set[Spot]]:
    """Take our words out of a comments part; return the cells that had them, and those of them without comment now.

    Comments of our own are known by how they begin: some programs keep no author. A note of the issued workbook goes
    with the others where the cell is `answered`; else it is kept as words of someone's own are, for it still helps.
    """
    marked, bare = set(), set()
    for comment in list(root.iter(_M + "comment")):
        texts, place = _texts(comment), place_of(comment.get("ref"))
        words = _words(texts)
        if _OUR_COMMENT.match(words.strip()) or (place in answered and words.strip().startswith(_NOTE)):
            bare.add(place)
            comment.getparent().remove(comment)
            continue
        while ADDED_FIRST in words:
            marked.add(place)
            begin, end = _added(words)
            _cut(texts, begin, end)
            words = words[:begin] + words[end:]
    return marked | bare, bare


_OUR_COMMENT = re.compile("|".join(re.escape(COMMENT.format(level=n, sentence="", remedy="")[:4]) for n in LEVELS))
_NOTE = NOTE.format(sentence="")


def _texts(comment: Any) -> list[Any]:
    return [node for node in comment.iter(_M + "t") if node.getparent().tag != _M + "rPh"]


def _words(texts: Sequence[Any]) -> str:
    return "".join(node.text or "" for node in texts)


def _added(words: str) -> tuple[int, int]:
    """Return where our words within someone's begin and end."""
    first = words.index(ADDED_FIRST)
    last = words.find(ADDED_LAST, first)
    begin = len(words[:first].removesuffix("\n").removesuffix("\r"))
    return begin, last + len(ADDED_LAST) if last >= 0 else len(words)


def _cut(texts: Sequence[Any], begin: int, end: int) -> None:
    """Take the characters from `begin` to `end` out of a row of texts, and a run that nothing is left of."""
    start = 0
    for node in texts:
        words = node.text or ""
        node.text = words[: max(begin - start, 0)] + words[max(end - start, 0) :]
        start += len(words)
        run = node.getparent()
        if words and not node.text and run.tag == _M + "r":
            run.getparent().remove(run)


# --- the boxes: a legacy drawing, which is not always well-formed XML ------------------------------------------

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BOX_TYPE = (
    '<v:shapetype{spaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
EMPTY_DRAWING = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_FIRST_NUMBER = 30_000
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*+(\d{1,7})"), re.compile(rb"<x:Column>\s*+(\d{1,5})")


def with_boxes(drawing: bytes, places: Iterable[Spot]) -> bytes:
    """Return a drawing with a hidden box for each place. Raises ValueError where it has no end to put them before."""
    end = drawing.rindex(b"</xml>")
    first = max([_FIRST_NUMBER, *map(int, _NUMBER.findall(drawing))]) + 1
    spaces = "" if all(space.encode() in drawing for space in _SPACES.split()) else f" {_SPACES}"
    boxes = "".join(_box(number, place, spaces) for number, place in enumerate(sorted(places), start=first))
    needed = "" if b'id="_x0000_t202"' in drawing else _BOX_TYPE.format(spaces=spaces)
    return drawing[:end] + (needed + boxes).encode() + drawing[end:]


def _box(number: int, place: Spot, spaces: str) -> str:
    row, left = place
    top = max(row - 2, 0)
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden;width:220pt;height:90pt" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"/></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 15, {top}, 2, {left + 4}, 15, {top + 6}, 10</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{left - 1}</x:Column></x:ClientData></v:shape>"
    )


def without_boxes(drawing: bytes, places: Set[Spot]) -> bytes:
    """Return a drawing without the boxes of some cells."""
    kept, done = [], 0
    found = _BOX.search(drawing)
    while found:
        begin, end = found.start(), drawing.find(_BOX_END, found.end()) + len(_BOX_END)
        if end < begin:
            break
        row, column = _ROW.search(drawing, begin, end), _COLUMN.search(drawing, begin, end)
        if row and column and (int(row[1]) + 1, int(column[1]) + 1) in places:
            kept.append(drawing[done:begin])
            done = end
        found = _BOX.search(drawing, end)
    return b"".join([*kept, drawing[done:]])


_BOX, _BOX_END = re.compile(rb"<v:shape\s"), b"</v:shape>"
