"""The XML of what is put into a returned workbook: comments, their drawing, and the letter's sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any, Protocol

from lxml import etree

from pipeline.excel.reading import column_letters, column_number
from pipeline.excel.theme import safe_text
from schemas.letter_words import COMMENT
from schemas.look import PAGE_NUMBERS, PRODUCT
from schemas.rules import LEVELS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


APOSTROPHE = "'"


@dataclass(frozen=True)
class Mark:
    """What a cell is marked with: its level (the worst of its problems) and the comment's text."""

    sheet: str
    row: int
    column: int
    level: str
    text: str


@dataclass(frozen=True)
class ListLine:
    """One line of the first sheet: its cells, the level that colours it ("" plain), and the place that it links to.

    `place`: sheet, row and column from 1; row 0 is a whole sheet, no sheet the whole file.
    """

    cells: tuple[str, ...]
    level: str
    place: tuple[str, int, int]

    @property
    def target(self) -> str:
        sheet, row, column = self.place
        cell = f"{column_letters(column)}{row}" if row and column else "A1"
        return f"'{sheet.replace(APOSTROPHE, APOSTROPHE * 2)}'!{cell}" if sheet else ""


@dataclass(frozen=True)
class Letter:
    """The first sheet of a returned workbook: heading lines, table head, lines, column widths.

    The last `hidden` columns are for the program; the very last takes the own fill of the cell that a line marks.
    """

    title: str
    heading: tuple[str, ...]
    head: tuple[str, ...]
    lines: tuple[ListLine, ...]
    widths: tuple[float, ...]
    hidden: int


class Styles(Protocol):
    """Hands out the styles of the letter's cells."""

    def plain(self, level: str = "", *, bold: bool = False, is_cell: bool = True) -> int: ...


def parse(xml: bytes) -> Any:
    """Parse a part of someone's workbook: no entities, no network."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def to_bytes(root: Any) -> bytes:
    """Return a part as it is written."""
    return DECLARATION + bytes(etree.tostring(root, encoding="UTF-8"))


def _xml_text(text: str) -> str:
    return escape(safe_text(text), quote=True)


def comments_xml(marks: Sequence[Mark]) -> bytes:
    author = f"<authors><author>{PRODUCT}</author></authors>"
    items = "".join(_comment_item(mark) for mark in _ordered(marks))
    return DECLARATION + f'<comments xmlns="{MAIN}">{author}<commentList>{items}</commentList></comments>'.encode()


def _ordered(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.row, mark.column))


def _comment_item(mark: Mark) -> str:
    place = f"{column_letters(mark.column)}{mark.row}"
    return (
        f'<comment ref="{place}" authorId="0"><text><t xml:space="preserve">{_xml_text(mark.text)}</t></text></comment>'
    )


def more_comments(xml: bytes, marks: Sequence[Mark]) -> bytes:
    root = parse(xml)
    authors, found = root.find(f"{{{MAIN}}}authors"), root.find(f"{{{MAIN}}}commentList")
    etree.SubElement(authors, f"{{{MAIN}}}author").text = PRODUCT
    for mark in _ordered(marks):
        item = etree.fromstring(f'<r xmlns="{MAIN}">{_comment_item(mark)}</r>')[0]
        item.set("authorId", str(len(authors) - 1))
        found.append(item)
    return to_bytes(root)


def without_our_comments(xml: bytes) -> tuple[bytes, set[tuple[int, int]]]:
    """Return a comments part without the comments that a return put in, and the cells they stood at.

    They are known by how they begin: some programs keep no author.
    """
    root = parse(xml)
    taken: set[tuple[int, int]] = set()
    for comment in list(root.iter(f"{{{MAIN}}}comment")):
        match = re.fullmatch(r"([A-Z]{1,3})(\d+)", comment.get("ref") or "")
        if match and _OUR_COMMENT.match("".join(comment.itertext()).strip()):
            taken.add((int(match[2]), column_number(match[1])))
            comment.getparent().remove(comment)
    return (to_bytes(root) if taken else xml), taken


_OUR_COMMENT = re.compile("|".join(re.escape(COMMENT.format(level=n, sentence="", remedy="")[:4]) for n in LEVELS))
_SHAPE = re.compile(rb"<v:shape\b(?!type).*?</v:shape>", re.DOTALL)
_SHAPE_ROW, _SHAPE_COLUMN = re.compile(rb"<x:Row>\s*(\d+)"), re.compile(rb"<x:Column>\s*(\d+)")


def without_shapes(xml: bytes, cells: Set[tuple[int, int]]) -> bytes:
    """Return a legacy drawing (not always well-formed XML) without the comment boxes of some cells."""

    def kept(match: re.Match[bytes]) -> bytes:
        row, column = _SHAPE_ROW.search(match[0]), _SHAPE_COLUMN.search(match[0])
        return b"" if row and column and (int(row[1]) + 1, int(column[1]) + 1) in cells else match[0]

    return _SHAPE.sub(kept, xml)


_VML_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def vml(marks: Sequence[Mark]) -> bytes:
    return (_VML_HEAD + shapes(marks) + "</xml>").encode()


def shapes(marks: Sequence[Mark]) -> str:
    return "".join(_shape(number, mark) for number, mark in enumerate(_ordered(marks), start=1))


def _shape(number: int, mark: Mark) -> str:
    left, top = mark.column, max(mark.row - 2, 0)
    return (
        f'<v:shape id="_x0000_s{30000 + number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden;width:220pt;height:90pt" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"/></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 15, {top}, 2, {left + 4}, 15, {top + 6}, 10</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{mark.row - 1}</x:Row><x:Column>{mark.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def letter_xml(letter: Letter, styles: Styles, own_fills: Mapping[tuple[str, int, int], str]) -> bytes:
    bold, normal = styles.plain(bold=True, is_cell=False), styles.plain(is_cell=False)
    plain, title = styles.plain(), styles.plain(bold=True)
    rows, links = [], []
    for number, text in enumerate(letter.heading, start=1):
        rows.append(_letter_row(number, (text,), [bold if number == 1 else normal]))
    head = len(letter.heading) + 2
    rows.append(_letter_row(head, letter.head, [title] * len(letter.head)))
    for number, entry in enumerate(letter.lines, start=head + 1):
        coloured = styles.plain(entry.level)
        looks = [plain, coloured, *([plain] * (len(entry.cells) - 1))]
        shown = entry.cells[: len(letter.head) - letter.hidden]
        cells = (*entry.cells, own_fills.get(entry.place, ""))
        rows.append(_letter_row(number, cells, looks, _height(shown, letter.widths[: len(shown)])))
        if entry.target:
            links.append(
                f'<hyperlink ref="A{number}" location="{_xml_text(entry.target)}" '
                f'display="{_xml_text(entry.cells[0])}"/>'
            )
    last = len(letter.head) - letter.hidden
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"{_HIDDEN * (n > last)}/>'
        for n, width in enumerate(letter.widths, start=1)
    )
    pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
    filtered = f'<autoFilter ref="A{head}:{column_letters(last)}{head + max(len(letter.lines), 1)}"/>'
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        DECLARATION
        + (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetPr>'
            '<tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView tabSelected="1" workbookViewId="0">{pane}</sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{filtered}{linked}"
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{_xml_text(PAGE_NUMBERS)}</oddFooter></headerFooter></worksheet>"
        ).encode()
    )


_HIDDEN = ' hidden="1"'


def _height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height in points that the fullest cell needs; a Chinese character is two columns wide."""
    lines = (ceil(sum(2 if ord(c) > 0x2E80 else 1 for c in t) / (w - 1)) for t, w in zip(cells, widths, strict=True))
    return 6 + 15 * max(1, *lines)


def _letter_row(number: int, cells: Sequence[str], styles: Sequence[int], height: float = 20) -> str:
    made = "".join(
        f'<c r="{column_letters(place)}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_xml_text(text)}</t></is></c>'
        for place, (text, style) in enumerate(zip(cells, styles, strict=True), start=1)
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{made}</row>'
