"""Marking by patching: whatever XML a program wrote, the right cell is marked and every other value stays."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from helpers.drawing import draw
from helpers.marks import PLACES, letter_of, values
from helpers.odd_workbooks import BUTTON, MARKABLE, UNMARKABLE, commented, drawn
from helpers.small import small_month
from helpers.workbook_parts import BOOK, MAIN, SHEET, SHEET_RELS, STYLES, Odd, all_of, parts_of, sub, zip_of
from pipeline.excel import zipping
from pipeline.excel.annotate import annotate
from pipeline.excel.parts import Mark
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.pool import read_now
from schemas import letter_words as w
from schemas.rules import ERROR, WARNING
from schemas.tables import RETURN_SHEET

TITLE = "学生档案"
WORDS = w.COMMENT.format(level=ERROR, sentence="不对", remedy="请改")
MARKS = (Mark(TITLE, 4, 2, ERROR, WORDS), Mark(TITLE, 5, 30, WARNING, WORDS), Mark(TITLE, 9, 3, ERROR, WORDS))
OURS = ("FFF4B6B6", "FFFCE2A9", "FFDDEBF7")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A filled class workbook as the template's writer makes it."""
    path = tmp_path_factory.mktemp("plain") / "班.xlsx"
    draw(path, "班级月报", small_month()["classes"][0])
    return path.read_bytes()


def marked(data: bytes, marks: tuple[Mark, ...] = MARKS) -> bytes:
    """Return a workbook with the marks."""
    return annotate(data, marks, letter_of(marks), read_now)


def rooted(parts: dict[str, bytes], name: str) -> Any:
    """Return a part parsed by the standard library, without comments and instructions."""
    return ElementTree.fromstring(parts[name])


def looks(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return place → our colour and place → words of the second sheet, as the XML says."""
    parts = {name.lower(): content for name, content in members(data)}
    m = f"{{{MAIN}}}"
    styles, sheet = rooted(parts, STYLES), rooted(parts, SHEET)
    fills = [fill.find(f".//{m}fgColor") for fill in styles.find(m + "fills")]
    colours = ["" if colour is None else colour.get("rgb", "") for colour in fills]
    forms = [colours[int(form.get("fillId", "0"))] for form in styles.find(m + "cellXfs")]
    cells = [cell for cell in sheet.iter(m + "c") if int(cell.get("s", "0")) < len(forms)]
    filled = {c.get("r"): forms[int(c.get("s", "0"))] for c in cells if forms[int(c.get("s", "0"))] in OURS}
    target = next(rel.get("Target") for rel in rooted(parts, SHEET_RELS) if rel.get("Type").endswith("/comments"))
    comments = rooted(parts, "xl/" + target.removeprefix("../").removeprefix("/xl/"))
    return filled, {c.get("ref"): "".join(t.text or "" for t in c.iter(m + "t")) for c in comments.iter(m + "comment")}


def members(data: bytes) -> list[tuple[str, bytes]]:
    """Return the XML parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and "drawing" not in name]
        return [(name.replace("\\", "/"), archive.read(name)) for name in names]


@pytest.mark.parametrize("name", MARKABLE)
def test_an_odd_workbook_is_marked_at_its_cells(name: str, plain: bytes) -> None:
    """Fill and words stand at the cell and nowhere else, no value moves or changes, and the letter is first."""
    data = MARKABLE[name](plain)
    start = time.process_time()
    done = marked(data)
    assert time.process_time() - start < 1
    assert values(done) == values(data)
    filled, words = looks(done)
    assert filled == dict(zip(PLACES, ("FFF4B6B6", "FFFCE2A9", "FFF4B6B6"), strict=True))
    assert all(WORDS in words[place] for place in PLACES)
    book = rooted(dict(members(done)), BOOK)
    assert next(book.iter(f"{{{MAIN}}}sheet")).get("name") == RETURN_SHEET
    views = [view.get("tabSelected") for _, xml in members(done) for view in views_of(xml)]
    assert sum(selected in ("1", "true") for selected in views) == 1


def views_of(xml: bytes) -> Any:
    """Return the views of a sheet."""
    return ElementTree.fromstring(xml).iter(f"{{{MAIN}}}sheetView") if b"sheetView" in xml else ()


@pytest.mark.parametrize("name", UNMARKABLE)
def test_what_can_not_be_marked_safely_is_not_marked(name: str, plain: bytes) -> None:
    """It raises, and the fresh template is the way back."""
    data = UNMARKABLE[name](plain)
    assert isinstance(fenced(lambda: marked(data)), Trouble)


# --- what the teacher has there already ------------------------------------------------------------------------


def unmarked(data: bytes) -> bytes:
    """Return a workbook as the next return leaves it, where nothing is wrong any more."""
    return marked(data, ())


OWN = '<r><rPr><b/></rPr><t>王老师:</t></r><r><t xml:space="preserve">\n看一下 </t></r>'


@pytest.mark.parametrize("text", [OWN, '<t xml:space="preserve">王老师:\n看一下 </t>'])
def test_a_comment_of_the_teacher_keeps_its_words(text: str, plain: bytes) -> None:
    """Ours are added, twice over only once, and taken out again to the letter; his box stays."""
    data = commented("B4", text)(plain)
    once = marked(data)
    assert looks(once)[1]["B4"] == f"王老师:\n看一下 \n{w.ADDED_FIRST}\n{WORDS}\n{w.ADDED_LAST}"
    assert looks(marked(once)) == looks(once)
    assert boxes(marked(once)) == boxes(once) == {(4, 2), (5, 30), (9, 3)}
    clean = unmarked(once)
    assert looks(clean) == ({}, {"B4": "王老师:\n看一下 "})
    assert boxes(clean) == {(4, 2)}


def boxes(data: bytes) -> set[tuple[int, int]]:
    """Return the places of the boxes of a drawing, each once."""
    [vml] = [xml for name, xml in parts_of(data).items() if name.endswith(".vml")]
    found = re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)", vml)
    assert len(set(found)) == len(found)
    return {(int(row) + 1, int(column) + 1) for row, column in found}


def test_words_that_someone_adds_behind_ours_stay(plain: bytes) -> None:
    """Between our two lines all is ours; before and behind is the teacher's."""
    done = commented("B4", f"<t>前\n{w.ADDED_FIRST}\n旧话\n{w.ADDED_LAST}后</t>")(plain)
    assert looks(unmarked(marked(done)))[1] == {"B4": "前后"}
    torn_off = commented("B4", f"<t>前\n{w.ADDED_FIRST}\n旧话</t>")(plain)
    assert looks(unmarked(marked(torn_off)))[1] == {"B4": "前"}


def test_threads_and_persons_stay_as_they_are(plain: bytes) -> None:
    """A thread's parts are carried over byte by byte, as its comment gets our words."""
    extra = {
        "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
        "xl/persons/person.xml": b"<personList/>",
    }
    data = zip_of({**parts_of(commented("B4", "<t>[Threaded comment]</t>")(plain)), **extra})
    done = marked(data)
    assert {name: content for name, content in parts_of(done).items() if name in extra} == extra
    assert looks(done)[1]["B4"].startswith("[Threaded comment]\n")


def test_a_merged_area_is_marked_at_its_first_cell(plain: bytes) -> None:
    """The worst level and all words stand there, and its own colour comes back when all is well."""
    merged = sub(SHEET, "(</sheetData>)", r'\1<mergeCells count="1"><mergeCell ref="B4:C5"/></mergeCells>')(plain)
    own = sub(
        STYLES,
        '(<fill><patternFill patternType="gray125"/></fill>)',
        r'\1<fill><patternFill patternType="solid"><fgColor rgb="FF92D050"/></patternFill></fill>',
    )
    data = all_of(
        own,
        sub(STYLES, r'(<cellXfs.*?</xf>.*?<xf [^>]*)fillId="\d+"', r'\1fillId="2"'),
        sub(SHEET, '(<c r="B4" s=)"\\d+"', r'\1"1"'),
    )(merged)
    marks = (Mark(TITLE, 5, 3, WARNING, "甲"), Mark(TITLE, 4, 2, ERROR, "乙"), Mark(TITLE, 5, 2, ERROR, "甲"))
    done = annotate(data, marks, letter_of(marks), read_now)
    assert looks(done) == ({"B4": "FFF4B6B6"}, {"B4": "甲\n乙"})
    assert values(done) == values(data)


def test_a_new_cell_takes_the_format_of_its_column(plain: bytes) -> None:
    """An empty cell that is marked keeps the column's text format: an ID typed there stays whole."""
    book = openpyxl.load_workbook(io.BytesIO(marked(plain)))
    assert book[TITLE]["C9"].number_format == "@"


def test_what_does_not_change_is_carried_over_as_it_lies(plain: bytes) -> None:
    """The same bytes twice; a part that is not touched keeps its compressed bytes."""
    done = marked(plain)
    assert done == marked(plain)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        info = archive.getinfo("xl/theme/theme1.xml")
        raw = zipping.stored(plain, info).raw
    assert raw in done


@pytest.mark.parametrize(
    "odd",
    [
        drawn(BUTTON.replace(b"</xml>", b"<v:shape " * 60_000 + b"</xml>")),
        drawn(BUTTON.replace(b"</xml>", b"<x:Row>" + b" " * 400_000 + b"</xml>")),
        sub(SHEET, "<sheetData>", "<sheetData>" + " " * 400_000),
        sub(SHEET, "<mergeCells|</sheetData>", "</sheetData>" + " " * 10, count=1),
    ],
)
def test_time_grows_with_the_size_and_no_faster(odd: Odd, plain: bytes) -> None:
    """Blanks and beginnings without an end, by the hundred thousand, cost no more than they weigh."""
    data = odd(plain)
    start = time.process_time()
    unmarked(marked(data))
    assert time.process_time() - start < 1.5


def test_a_long_sheet_is_marked_in_a_moment(plain: bytes) -> None:
    """A thousand marks in ten thousand rows."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="C{n}"><v>1</v></c></row>' for n in range(20, 10_020))
    data = sub(SHEET, "</sheetData>", rows + "</sheetData>")(plain)
    marks = tuple(Mark(TITLE, row, 2, ERROR, "甲") for row in range(20, 10_020, 10))
    start = time.process_time()
    done = annotate(data, marks, letter_of(marks), read_now)
    assert time.process_time() - start < 1.5
    assert len(looks(done)[0]) == len(marks)


def test_a_sheet_too_large_to_be_parsed_is_not_marked(plain: bytes) -> None:
    """Formatted down to the last row of Excel it would take gigabytes: the fresh template is the way back."""
    row = '<row r="9000" s="3" customFormat="1" ht="15" customHeight="1"/>'
    data = sub(SHEET, "</sheetData>", row * 300_000 + "</sheetData>")(plain)
    assert isinstance(fenced(lambda: marked(data)), Trouble)
