"""Lay a guide out for printing: as much of Markdown as the guides have, as a Word document on A4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from guides.png import size_of

_FONT, _SIZE, _SMALL = "Noto Sans CJK SC", 9.5, 9
_ROOM = 182  # millimetres between the margins
_MM_OF_PIXEL = 0.113  # a sheet's 10.5 points come out at 7
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_ITEM = re.compile(r"(\d+\.|-) +")
_PARTS = re.compile(r"(\*\*[^*]+\*\*|`[^`]+`)")


def write_document(text: str, folder: Path, target: Path) -> None:
    """Write a guide's text as a document; its pictures lie below `folder`."""
    document = Document()
    _set_up(document)
    for block in _blocks(text):
        first = block[0]
        if first.startswith("#"):
            _heading(document, first)
        elif found := _PICTURE.fullmatch(first):
            _picture(document, found[1], folder / found[2])
        elif first.startswith("|"):
            _table(document, block)
        else:
            _paragraph(document, first)
    document.save(str(target))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each table, and everything else a line a block; a line that goes on is joined to its item."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("|") and found and found[-1][0].startswith("|"):
            found[-1].append(line)
        elif line.startswith("  ") and found:
            found[-1][-1] += line.strip()
        elif line:
            found.append([line])
    yield from found


def _set_up(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - _ROOM) / 2)
    page.top_margin = page.bottom_margin = Mm(11)
    page.header_distance = page.footer_distance = Mm(5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1.5)
    style.paragraph_format.line_spacing = Pt(14)
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)


def _heading(document: Any, line: str) -> None:
    level = len(line) - len(line.lstrip("#"))
    own = document.add_paragraph()
    run = own.add_run(line.lstrip("# "))
    run.bold, run.font.size = True, Pt((15, 11.5)[min(level, 2) - 1])
    own.paragraph_format.line_spacing = Pt((22, 17)[min(level, 2) - 1])
    own.paragraph_format.space_before = Pt((0, 5)[min(level, 2) - 1])
    own.paragraph_format.keep_with_next = True


def _paragraph(document: Any, line: str) -> None:
    own = document.add_paragraph()
    item = _ITEM.match(line)
    if item:
        own.paragraph_format.left_indent, own.paragraph_format.first_line_indent = Mm(5), Mm(-5)
        own.paragraph_format.tab_stops.add_tab_stop(Mm(5))
        line = f"{'•' if item[1] == '-' else item[1]}\t{line[item.end() :]}"
    _add(own, line)


def _add(paragraph: Any, line: str, size: float = _SIZE) -> None:
    for part in filter(None, _PARTS.split(line)):
        run = paragraph.add_run(part.strip("*`") if _PARTS.fullmatch(part) else part)
        run.bold, run.font.size = part.startswith("**"), Pt(size)


def _picture(document: Any, told: str, path: Path) -> None:
    width, _ = size_of(path)
    shown = document.add_paragraph()
    shown.paragraph_format.line_spacing = 1.0
    shown.paragraph_format.keep_with_next = True
    shown.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = shown.add_run().add_picture(str(path), width=Mm(min(_ROOM, width * _MM_OF_PIXEL)))
    picture._inline.docPr.set("descr", told)
    below = document.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(below, told, _SMALL)


def _table(document: Any, lines: Sequence[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|- ")]
    table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            own = cell.paragraphs[0]
            own.paragraph_format.space_before = own.paragraph_format.space_after = Pt(0)
            _add(own, words, _SMALL)
