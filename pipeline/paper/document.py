"""Pages to write on as a Word document, which Word, WPS and LibreOffice print alike: every line has its exact height.

Written as XML, without a library: the same pages give the same bytes. The document says of itself what stands in it, so
that one in which somebody has typed is known.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.excel.parts import xml_text
from pipeline.excel.theme import NEED_FILL
from pipeline.excel.zipping import deflated, zipped
from pipeline.paper import pages as p
from pipeline.paper.pages import Grid, PaperPage
from schemas import paper_forms as words
from schemas.look import BODY_FONT, PRODUCT, TITLE_FONT
from schemas.tables import OPTIONAL

_DOCUMENT, _CORE = "word/document.xml", "docProps/core.xml"
_OFFICE = "http://schemas.openxmlformats.org"
_W = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TWIPS = 1440 / 25.4  # a millimetre
_WHO_POINTS, _TITLE_POINTS, _CELL_POINTS, _FOOT_POINTS = 10.5, 13.0, 9.0, 9.0
_RELATION = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def document(title: str, pages: Sequence[PaperPage]) -> bytes:
    """Return the pages as the bytes of a .docx file."""
    body = "".join(_page(page, is_last=page is pages[-1]) for page in pages)
    spaces = f'{_W} xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
    content = f"{_HEAD}<w:document {spaces}><w:body>{body}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels(("officeDocument", _DOCUMENT), ("metadata/core-properties", _CORE)),
        _DOCUMENT: content,
        "word/_rels/document.xml.rels": _rels(("styles", "styles.xml"), ("footer", "footer1.xml")),
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(),
        _CORE: _core(title, _said(content)),
    }
    return zipped(deflated(name.encode(), text.encode()) for name, text in parts.items())


def is_untouched(path: Path, title: str) -> bool:
    """Tell a document of ours in which nobody has typed, of this or an earlier version."""
    try:
        with zipfile.ZipFile(path) as archive:
            core, content = (archive.read(name).decode("utf-8", "replace") for name in (_CORE, _DOCUMENT))
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
    return f"<dc:title>{xml_text(title)}</dc:title>" in core and f"<cp:keywords>{_said(content)}<" in core


def _said(content: str) -> str:
    """Return the hash of the texts of a document: saving it again changes much, but not these."""
    return hashlib.sha256("\n".join(re.findall(r"<w:t[ >][^<]*", content)).encode()).hexdigest()[:32]


# --- a page --------------------------------------------------------------------------------------------------------


def _page(page: PaperPage, *, is_last: bool) -> str:
    return "".join(_pieces(page, is_last=is_last))


def _pieces(page: PaperPage, *, is_last: bool) -> Iterator[str]:
    for grid in page.grids:
        yield _paragraph(grid.title, p.TITLE, _TITLE_POINTS, font=TITLE_FONT, before=0.5)
        if grid is page.grids[0]:
            yield _paragraph(page.who, p.WHO, _WHO_POINTS)
        yield _paragraph(grid.words, p.NOTE, p.NOTE_POINTS)
        yield _table(grid)
        yield _paragraph("", p.AIR, 1)
        if grid.notes:
            yield _paragraph("".join(grid.notes), p.NOTE, p.NOTE_POINTS)
    section = _section(page)
    yield _paragraph(page.foot, p.NOTE, p.NOTE_POINTS, section="" if is_last else section)
    yield section if is_last else ""


def _paragraph(
    text: str, height: float, points: float, *, font: str = "", before: float = 0.0, section: str = "", align: str = ""
) -> str:
    """Return lines of exactly `height` millimetres each, in which a text stands."""
    exact = (
        f'<w:spacing w:before="{_twips(before)}" w:after="0" w:line="{_twips(height - before)}" w:lineRule="exact"/>'
    )
    side = f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{exact}{side}{section}</w:pPr>{_run(text, points, font)}</w:p>"


def _run(text: str, points: float, font: str = "") -> str:
    if not text:
        return ""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>' if font else ""
    size = f'<w:sz w:val="{round(points * 2)}"/>'
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{xml_text(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{fonts}{size}</w:rPr>{told}</w:r>"


def _section(page: PaperPage) -> str:
    wide, tall = (p.LONG, p.SHORT) if page.is_landscape else (p.SHORT, p.LONG)
    lying = ' w:orient="landscape"' if page.is_landscape else ""
    edge = _twips(p.MARGIN)
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{_twips(wide)}" w:h="{_twips(tall)}"{lying}/>'
        f'<w:pgMar w:top="{edge}" w:right="{edge}" w:bottom="{edge + _twips(p.FOOT)}" w:left="{edge}"'
        f' w:header="0" w:footer="{edge - _twips(1)}" w:gutter="0"/></w:sectPr>'
    )


# --- a table -------------------------------------------------------------------------------------------------------


def _table(grid: Grid) -> str:
    widths = [_twips(width) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A6672"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = "".join(
        _cell(title, width, p.HEAD_POINTS, need) for (title, need), width in zip(grid.heads, widths, strict=True)
    )
    cells = {
        line: "".join(_cell(text, width, _CELL_POINTS) for text, width in zip(line, widths, strict=True))
        for line in set(grid.lines)  # most are blank
    }
    rows = [_row(head, p.HEAD), *(_row(cells[line], grid.height) for line in grid.lines)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: str, height: float) -> str:
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(height)}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'


@lru_cache(maxsize=2**12)  # most are empty, and the words of a list stand in every row
def _cell(text: str, width: int, points: float, need: str = "") -> str:
    """Return a cell; one of a head, which has a `need`, in its colour."""
    fill = NEED_FILL.get(need, "")[1:] if need != OPTIONAL else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    style = ' w:val="Head"' if need else ' w:val="Line"'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr><w:pStyle{style}/></w:pPr>{_run(text, points, TITLE_FONT if need else '')}</w:p></w:tc>"
    )


def _twips(millimetres: float) -> int:
    return int(millimetres * _TWIPS)


# --- the other parts -----------------------------------------------------------------------------------------------


def _types() -> str:
    parts = {
        "/" + _DOCUMENT: f"{_RELATION}.document.main+xml",
        "/word/styles.xml": f"{_RELATION}.styles+xml",
        "/word/footer1.xml": f"{_RELATION}.footer+xml",
        "/" + _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _rels(*targets: tuple[str, str]) -> str:
    told = ""
    for number, (kind, target) in enumerate(targets, start=1):
        base = f"{_OFFICE}/package/2006" if "/" in kind else f"{_OFFICE}/officeDocument/2006"
        told += f'<Relationship Id="rId{number}" Type="{base}/relationships/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{told}</Relationships>'


def _styles() -> str:
    """Return the styles: of running text, of a line to write on, of a head."""
    fonts = f'<w:rFonts w:ascii="{BODY_FONT}" w:hAnsi="{BODY_FONT}" w:eastAsia="{BODY_FONT}"/>'
    own = (
        ("Line", '<w:spacing w:before="0" w:after="0" w:line="190" w:lineRule="exact"/>'),
        ("Head", '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/><w:jc w:val="center"/>'),
    )
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{lines}</w:pPr></w:style>"
        for key, lines in own
    )
    return (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        '<w:sz w:val="18"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{made}</w:styles>"
    )


def _footer() -> str:
    size = f'<w:rPr><w:sz w:val="{round(_FOOT_POINTS * 2)}"/></w:rPr>'
    fields = [
        f'<w:fldSimple w:instr=" {name} "><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    ]
    runs = [_run(text, _FOOT_POINTS) for text in (words.PAGE, words.OF, words.PAGES)]
    middle = '<w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>'
    return f"{_HEAD}<w:ftr {_W}><w:p>{middle}{runs[0]}{fields[0]}{runs[1]}{fields[1]}{runs[2]}</w:p></w:ftr>"


def _core(title: str, said: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{xml_text(title)}</dc:title>'
        f"<dc:creator>{PRODUCT}</dc:creator><cp:keywords>{said}</cp:keywords></cp:coreProperties>"
    )
