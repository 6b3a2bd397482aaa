"""What is put into a returned workbook: marks and the letter, and the XML of the letter's sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any, Protocol

from lxml import etree

from pipeline.addresses import column_letters
from pipeline.excel.theme import safe_text
from schemas.look import PAGE_NUMBERS

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

    `place`: sheet, row and column from 1; row 0 is a whole sheet, no sheet the whole file. `is_folded`: its row is
    hidden.
    """

    cells: tuple[str, ...]
    level: str
    place: tuple[str, int, int]
    is_folded: bool = False

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
    """Parse a part of someone's workbook: no entities, no network, and no comments, which other readers stumble over.

    Raises XMLSyntaxError, and ValueError for a DOCTYPE.
    """
    safe = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(xml, safe)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type of its own")
    return root


def to_bytes(root: Any) -> bytes:
    """Return a part as it is written."""
    return DECLARATION + bytes(etree.tostring(root, encoding="UTF-8"))


def xml_text(text: str) -> str:
    """Return text as it stands between tags or in an attribute."""
    return escape(safe_text(text), quote=True)


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
        height = _height(shown, letter.widths[: len(shown)])
        rows.append(_letter_row(number, cells, looks, height, is_folded=entry.is_folded))
        if entry.target:
            links.append(
                f'<hyperlink ref="A{number}" location="{xml_text(entry.target)}" display="{xml_text(entry.cells[0])}"/>'
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
            f"<headerFooter><oddFooter>{xml_text(PAGE_NUMBERS)}</oddFooter></headerFooter></worksheet>"
        ).encode()
    )


_HIDDEN = ' hidden="1"'


def _height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height in points that the fullest cell needs; a Chinese character is two columns wide."""
    lines = (ceil(sum(2 if ord(c) > 0x2E80 else 1 for c in t) / (w - 1)) for t, w in zip(cells, widths, strict=True))
    return 6 + 15 * max(1, *lines)


def _letter_row(
    number: int, cells: Sequence[str], styles: Sequence[int], height: float = 20, *, is_folded: bool = False
) -> str:
    made = "".join(
        f'<c r="{column_letters(place)}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{xml_text(text)}</t></is></c>'
        for place, (text, style) in enumerate(zip(cells, styles, strict=True), start=1)
    )
    return f'<row r="{number}" ht="{height}" customHeight="1"{_HIDDEN * is_folded}>{made}</row>'
