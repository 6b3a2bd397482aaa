"""The template of the notice that comes with the program, as an official letter is laid out (GB/T 9704—2012).

A bureau takes it, changes what it likes in Word, and gives its own with `--template`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pipeline.county.notice_document import packed
from schemas import county_notice_words as w
from schemas.look import PRODUCT

_RED = RGBColor(0xC0, 0x00, 0x00)
_BODY, _HEAD, _TITLE = w.FONTS
_LINE, _SIZE, _TITLE_SIZE, _ISSUER_SIZE, _FOOT_SIZE = 28, 16, 22, 36, 14  # points
_INDENT = Pt(2 * _SIZE)


def standard_template() -> bytes:
    """Return the template as a Word document; the same bytes each time."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _add(document, _mark("issuer"), size=_ISSUER_SIZE, font=_TITLE, colour=_RED, line=46)
    number = _add(document, _mark("number"))
    _underline(number)
    _add(document, "", indent=False)
    title = _add(document, _mark("title"), size=_TITLE_SIZE, font=_TITLE, line=34, style="Title")
    title.paragraph_format.space_after = Pt(14)
    _add(document, _mark("to"), align=WD_ALIGN_PARAGRAPH.LEFT)
    _add(document, _mark("lead"), align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)
    for heading, lists in w.SECTIONS:
        _add(document, heading, font=_HEAD, align=WD_ALIGN_PARAGRAPH.LEFT, indent=True, style="Heading 1")
        for name in lists:
            _add(document, f"{{{{{name}}}}}", align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)
    _add(document, "", indent=True)
    for text in (_mark("issuer"), _mark("day")):
        signed = _add(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = Pt(4 * _SIZE)
        signed.paragraph_format.keep_with_next = text != _mark("day")
    for table in (w.FIGURE_TABLE, w.TABLE):
        _add(document, f"{{{{{table}}}}}", align=WD_ALIGN_PARAGRAPH.LEFT)
    own = document.core_properties
    own.title, own.author, own.last_modified_by = w.TEMPLATE_TITLE, PRODUCT, PRODUCT
    own.language, own.comments = "zh-CN", ""
    own.created = own.modified = datetime(2026, 1, 1)
    return packed(document)


def _mark(key: str) -> str:
    """Return a placeholder as it stands in a template."""
    return f"{{{{{w.MARKS[key]}}}}}"


def _set_page(document: Word) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _look(foot.add_run("— "), _BODY, _FOOT_SIZE)
    _look(_field(foot), _BODY, _FOOT_SIZE)
    _look(foot.add_run(" —"), _BODY, _FOOT_SIZE)


def _field(paragraph: Paragraph) -> Any:
    """Add the number of the page."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    return run


def _set_styles(document: Word) -> None:
    """Let no style of the library's own template shine through: black, our fonts, no line below the title."""
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _BODY, Pt(_SIZE), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{kind}"), w.LATIN_FONT)
        fonts.set(qn("w:eastAsia"), _BODY)
        edges = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
        if edges is not None:
            style.element.pPr.remove(edges)


def _add(
    document: Word,
    text: str,
    *,
    font: str = _BODY,
    size: float = _SIZE,
    colour: RGBColor | None = None,
    line: float = _LINE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
    indent: bool = False,
    style: str = "Normal",
) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    shape.space_before = shape.space_after = Pt(0)
    shape.first_line_indent = _INDENT if indent else None
    run = paragraph.add_run(text)
    _look(run, font, size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _look(run: Any, font: str, size: float) -> None:
    run.font.name, run.font.size = w.LATIN_FONT, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _underline(paragraph: Paragraph) -> None:
    """Draw the red line below the head of the letter."""
    edges, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "C00000")):
        line.set(qn(f"w:{key}"), value)
    edges.append(line)
    shape = paragraph._p.get_or_add_pPr()
    shape.insert(1 if shape.find(qn("w:pStyle")) is not None else 0, edges)
