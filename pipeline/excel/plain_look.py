"""The second look at a sheet that is written as most programs write it, without building an element a cell.

Nearly every program writes a filled cell in one of two ways. Regular expressions find those, and a count tells whether
there is anything else: every `<` between the sheet's rows belongs to a row, to one of the cells found, or is the only
one of a cell without content. A sheet of which that can't be said is none of this module's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

# Text as it stands: nothing that XML reads as something else (an escape, a carriage return) or forbids.
_TEXT = r"([^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+)"
_FILLED = re.compile(
    r'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    rf'>(?:<v>{_TEXT}</v>|<is><t(?: xml:space="preserve")?>{_TEXT}</t></is>)</c>'
)
_ROW = re.compile(r'<row((?: [A-Za-z0-9:]{1,30}="[^"<>&]*+")*+)(/?)>')
_STATED = re.compile(r' (r|hidden)="([^"]*)"')
_UTF8 = re.compile(r'<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")? ?\?>\s*')
_ODD = ("<!", "<?")
_STRING = re.compile(rf'<si><t(?: xml:space="preserve")?>{_TEXT}</t></si>')
_STRINGS = re.compile(_UTF8.pattern + r'<sst(?: [A-Za-z:]{1,30}="[^"<>&]*+")*+>')
_AROUND_STRINGS = 3  # the declaration, <sst> and its end
_BEGIN, _END = "<sheetData>", "</sheetData>"
_OF_VALUE, _OF_TEXT = 4, 6  # <c>, <v> and their ends; <c>, <is>, <t> and their ends


class PlainSheet(NamedTuple):
    """What a sheet says, in the words of the file, "" for what is not there.

    `rows`: (number, hidden) of each; `cells`: (address, number of its format, type, value, inline text) of the filled.
    """

    rows: list[tuple[str, str]]
    cells: list[tuple[str, str, str, str, str]]


def plain_sheet(xml: bytes) -> PlainSheet | None:
    """Return what a sheet says; None where it is not plain. Raises etree.XMLSyntaxError."""
    try:
        text = xml.decode("utf-8")
    except UnicodeDecodeError:
        return None
    begin, end = text.find(_BEGIN) + len(_BEGIN), text.rfind(_END)
    if not len(_BEGIN) <= begin <= end or not _is_plain_around(text[:begin] + text[end:]):
        return None
    rows, cells = _ROW.findall(text, begin, end), _FILLED.findall(text, begin, end)
    if not _is_all(text, begin, end, rows, cells):
        return None
    stated = [dict(_STATED.findall(said)) for said, _ in rows]
    return PlainSheet([(said.get("r", ""), said.get("hidden", "")) for said in stated], cells)


def _is_all(
    text: str, begin: int, end: int, rows: list[tuple[str, str]], cells: list[tuple[str, str, str, str, str]]
) -> bool:
    """Tell whether rows, filled cells and cells without content are all that stands there."""
    open_rows = sum(1 for _, closed in rows if not closed)
    texts = text.count("<is>", begin, end)
    empty = text.count("<c ", begin, end) - len(cells)
    closed = text.count("/>", begin, end) - (len(rows) - open_rows)
    tags = len(rows) + open_rows + _OF_VALUE * (len(cells) - texts) + _OF_TEXT * texts + empty
    return empty == closed and tags == text.count("<", begin, end)


def _is_plain_around(around: str) -> bool:
    """Tell whether nothing outside the rows has a say in them. Raises etree.XMLSyntaxError."""
    head = _UTF8.match(around)
    if head is None or any(around.find(odd, head.end()) >= 0 for odd in _ODD):
        return False
    root = etree.fromstring(around.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    return not any(True for _ in root.iter("{*}row"))


def plain_strings(xml: bytes) -> list[str] | None:
    """Return the shared strings of a workbook, none of which has runs of its own; None where they are not plain."""
    try:
        text = xml.decode("utf-8")
    except UnicodeDecodeError:
        return None
    head = _STRINGS.match(text)
    strings = _STRING.findall(text)
    is_all = text.count("<") == _AROUND_STRINGS + _OF_VALUE * len(strings)
    if head is None or not text.endswith("</sst>") or not is_all:
        return None
    return strings
