"""Fill a Word template: {{…}} by texts, a paragraph a finding, and the table. The same content gives the same bytes."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.county.notice import Notice, NoticeTable
from pipeline.errors import OperatorError
from schemas import county_notice_words as w
from schemas.days import midnight
from schemas.look import BODY_FONT, PRODUCT, TITLE_FONT

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_KNOWN = {*w.SCALARS, *w.LISTS, *w.TABLES}
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)  # a clock in the file would make two runs differ
_WIDTH = 156  # mm between the margins of an official letter
_TEXT, _AIR = 10.5, "40"  # points; twentieths of a point between a cell's edge and its text


def filled(template: bytes, notice: Notice, name: str, day: date) -> bytes:
    """Return the notice on a template. Raises OperatorError where it is no Word document or asks what we don't know."""
    document = opened(template, name)
    for paragraph in list(_paragraphs(document)):
        _fill(document, paragraph, notice)
    _set_properties(document, notice, midnight(day))
    return packed(document)


def opened(template: bytes, name: str) -> Word:
    """Return a template that can be filled. Raises OperatorError where it is none."""
    try:
        document = Document(io.BytesIO(template))
    except Exception:  # whatever lies in the file, python-docx says it in a dozen ways, and the officer needs one
        raise OperatorError(w.BAD_TEMPLATE.format(name=name)) from None
    unknown = {found for p in _paragraphs(document) for found in _PLACEHOLDER.findall(p.text)} - _KNOWN
    if unknown:
        raise OperatorError(w.UNKNOWN_PLACEHOLDER.format(names=w.AND.join(sorted(unknown))))
    return document


def _paragraphs(document: Word) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body, of its tables, and of heads and feet of pages."""
    yield from document.paragraphs
    yield from _of_tables(document.tables)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part.paragraphs
                yield from _of_tables(part.tables)


def _of_tables(tables: Iterable[Table]) -> Iterator[Paragraph]:
    for table in tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            yield from cell.paragraphs
            yield from _of_tables(cell.tables)


def _fill(document: Word, paragraph: Paragraph, notice: Notice) -> None:
    alone = _PLACEHOLDER.fullmatch(paragraph.text.strip())
    if alone and alone[1] in notice.tables:
        _put_table(document, paragraph, notice.tables[alone[1]])
    elif alone and alone[1] in notice.lists:
        _put_list(paragraph, notice.lists[alone[1]] or [w.NONE])
    elif _PLACEHOLDER.search(paragraph.text):
        texts = {
            **notice.scalars,
            **{key: "".join(told) for key, told in notice.lists.items()},
            **dict.fromkeys(notice.tables, ""),
        }
        _put_texts(paragraph, texts)


def _put_list(paragraph: Paragraph, texts: list[str]) -> None:
    """Put a paragraph a text in place of one, each in its look."""
    for text in texts:
        own = copy.deepcopy(paragraph._p)
        paragraph._p.addprevious(own)
        made = Paragraph(own, paragraph._parent)
        first, *rest = made.runs
        first.text = text
        for run in rest:
            own.remove(run._r)
    _drop(paragraph)


def _put_texts(paragraph: Paragraph, texts: dict[str, str]) -> None:
    """Put texts in place of placeholders, which Word may have cut into several runs: the first run's look holds."""
    runs = paragraph.runs
    whole = "".join(run.text for run in runs)
    for found in reversed(list(_PLACEHOLDER.finditer(whole))):
        start, put = 0, texts[found[1]]
        for run in runs:
            end = start + len(run.text)
            before, after = max(found.start() - start, 0), max(found.end() - start, 0)
            if start < found.end() and end > found.start():
                text = run.text
                run.text, put = text[:before] + put + text[after:], ""
            start = end


def _drop(paragraph: Paragraph) -> None:
    element: Any = paragraph._p
    element.getparent().remove(element)


# --- the table --------------------------------------------------------------------------------------------------------


def _put_table(document: Word, paragraph: Paragraph, told: NoticeTable) -> None:
    title = copy.deepcopy(paragraph._p)
    paragraph._p.addprevious(title)
    head = Paragraph(title, paragraph._parent)
    _say(head, told.title, TITLE_FONT)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.page_break_before = told.is_first
    table = document.add_table(rows=1 + len(told.rows), cols=len(told.heads))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _describe(table, told)
    widths = [Mm(_WIDTH * width / sum(told.widths)) for width in told.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, [told.heads, *told.rows], strict=True):
        is_head = texts is told.heads
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, TITLE_FONT if is_head else BODY_FONT)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
    paragraph._p.addprevious(table._tbl)
    _say(paragraph, told.note, BODY_FONT)


def _say(paragraph: Paragraph, text: str, font: str) -> None:
    for run in paragraph.runs[1:]:
        paragraph._p.remove(run._r)
    run = paragraph.runs[0]
    run.text, run.font.size = text, Pt(_TEXT)
    _set_font(run, font)


def _write(paragraph: Paragraph, text: str, font: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1)
    run = paragraph.add_run()
    for number, line in enumerate(text.split("\n")):
        if number:
            run.add_break()
        run.add_text(line)
    run.font.size = Pt(_TEXT)
    _set_font(run, font)


def _set_font(run: Any, font: str) -> None:
    run.font.name = w.LATIN_FONT
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _describe(table: Table, told: NoticeTable) -> None:
    """Give a table its lines, little air, and the words for those who can't see it."""
    properties: Any = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    air = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), _AIR)
        edge.set(qn("w:type"), "dxa")
        air.append(edge)
    caption, description = OxmlElement("w:tblCaption"), OxmlElement("w:tblDescription")
    caption.set(qn("w:val"), told.title)
    description.set(qn("w:val"), told.means)
    layout = properties.find(qn("w:tblLayout"))
    style = properties.find(qn("w:tblLook"))
    layout.addprevious(borders)
    layout.addnext(air)
    (style if style is not None else air).addnext(caption)
    caption.addnext(description)


# --- the file ---------------------------------------------------------------------------------------------------------


def _set_properties(document: Word, notice: Notice, moment: datetime) -> None:
    own = document.core_properties
    own.title, own.author = notice.scalars[w.MARKS["title"]], notice.scalars[w.MARKS["issuer"]]
    own.last_modified_by, own.language, own.comments = PRODUCT, "zh-CN", ""
    own.created = own.modified = moment
    own.revision = 1


def packed(document: Word) -> bytes:
    """Return a document with every member at one time."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return packed.getvalue()
