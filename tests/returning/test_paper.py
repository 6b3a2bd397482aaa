"""The forms to write on by hand: few pages, every column that a teacher fills, the names of a class printed."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from guides.drawing import to_pdf
from helpers.places import ROOT
from pipeline.model import Month
from pipeline.paper import pages as p
from pipeline.paper.document import document, is_untouched
from pipeline.paper.pages import PaperPage, paper_pages
from pipeline.reading.pool import made
from pipeline.returning.class_paper import class_paper
from pipeline.returning.held_ready import held_ready
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.paper_forms import CLASS_PAPER, HOLIDAY_PAPER, MONTH_PAPER, MOST_PAGES, SCHOOL_PAPER, PaperForm
from schemas.policy import make_policy
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import ALWAYS

FORMS = [CLASS_PAPER, MONTH_PAPER, HOLIDAY_PAPER, SCHOOL_PAPER]
IDS = ["class", "month", "holidays", "school"]
LEAST_POINTS, LEAST_LINE, LEAST_COLUMN = 8.0, 5.8, 8.0  # of print; millimetres of a line and of a column
NAMES = [
    f"李小{letter}"
    for letter in "禾苗田水山石云风雨雪江河湖海松柏杨柳梅兰竹菊春夏秋冬东西南北金木土火日月星光明亮晴朗清平安"
]
COVER = {"school_name": "示例县云溪镇中心学校", "head_teacher": "王老师"}
TERM, HOLIDAYS = Month(2026, 11), Month(2027, 8)


def _class(count: int, month: Month = TERM) -> dict[str, Any]:
    """Return the rows of a template of so many children with four pairings each."""
    pupils = [{"name": name, "status": "在读"} for name in NAMES[:count]]
    pairings = [
        {"pupil": child["name"], "helper": f"赵{n}", "kind": "爱心妈妈"} for child in pupils for n in "一二三四"
    ]
    return {"pupils": pupils, "pairings": pairings, **held_ready(pupils, "王老师", month, make_policy())}


def _paper(rows: dict[str, Any], month: Month = TERM) -> tuple[str, bytes]:
    folder, name, content = class_paper("三年级(2)班", COVER, rows, month, make_policy())
    return f"{folder}/{name}", made(content)


def _texts(data: bytes) -> list[str]:
    tables = docx.Document(BytesIO(data)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells if cell.text]


def test_a_class_writes_on_ten_pages_at_most() -> None:
    assert len(paper_pages(CLASS_PAPER)) <= MOST_PAGES
    assert len(paper_pages(SCHOOL_PAPER)) <= MOST_PAGES


@pytest.mark.parametrize(("form", "workbook"), [(CLASS_PAPER, CLASS_WORKBOOK), (SCHOOL_PAPER, SCHOOL_WORKBOOK)])
def test_every_column_that_is_asked_for_can_be_written(form: PaperForm, workbook: Any) -> None:
    """All columns but 学籍号 beside a name, which paper asks for behind the name."""
    written = {(part.table.key, key) for sheet in form.sheets for part in sheet.parts for key in part.keys}
    asked = {(table.key, key) for table in workbook.tables for key in table.keys}
    assert {key for _, key in asked - written} <= {"student_no"}
    assert {(t.key, k) for t in workbook.tables for k in t.needing(ALWAYS)} <= written


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_what_stands_on_a_page_fits_it(form: PaperForm) -> None:
    for page in paper_pages(form):
        across, down = (p.LONG, p.SHORT) if page.is_landscape else (p.SHORT, p.LONG)
        assert _tall(page) <= down - 2 * p.MARGIN - p.FOOT + 0.01
        for grid in page.grids:
            assert sum(grid.widths) == pytest.approx(across - 2 * p.MARGIN)
            assert min(grid.widths) >= LEAST_COLUMN
            assert grid.height >= LEAST_LINE
            assert max(title.count("\n") for title, _ in grid.heads) < 3
    assert min(p.NOTE_POINTS, p.HEAD_POINTS) >= LEAST_POINTS


def _tall(page: PaperPage) -> float:
    own = [
        p.TITLE + p.HEAD + p.AIR + p.NOTE * (g.words_high + g.notes_high) + g.height * len(g.lines) for g in page.grids
    ]
    return p.WHO + p.NOTE * page.foot_high + sum(own)


@pytest.mark.parametrize(("count", "pages"), [(1, 6), (23, 6), (45, MOST_PAGES)])
def test_a_class_gets_its_names_printed(count: int, pages: int) -> None:
    """Once for a talk, a call and the month, four times for its pairings; a large class has ten pages still."""
    rows = _class(count)
    assert len(paper_pages(MONTH_PAPER, rows)) == pages
    name, data = _paper(rows)
    assert name == "纸质登记表/三年级(2)班_2026-11.docx"
    texts = _texts(data)
    assert {texts.count(child) for child in NAMES[:count]} == {3 + 4}
    assert texts.count("赵四") == count
    assert data == _paper(rows)[1]


def test_namesakes_are_told_apart_and_nothing_else_is_printed() -> None:
    """学籍号 stands behind the name by its end alone; what a teacher has to say himself is left to him."""
    pupils = [{"name": "李小禾", "student_no": f"G52990020160312002{n}", "status": "在读"} for n in "57"]
    rows = held_ready(pupils, "王老师", TERM, make_policy())
    texts = _texts(_paper(rows)[1])
    assert {text for text in texts if text.startswith("李小禾")} == {"李小禾0025", "李小禾0027"}
    assert "G529900201603120025" not in texts


def test_a_form_for_the_holidays_asks_for_what_is_done_in_them() -> None:
    texts = _texts(_paper(_class(3, HOLIDAYS), HOLIDAYS)[1])
    assert "村民组" in texts
    assert "谈心人" not in texts


def test_a_form_in_which_somebody_typed_is_known(tmp_path: Path) -> None:
    """Saving it by another program is no typing."""
    path = tmp_path / f"{CLASS_PAPER.title}.docx"
    path.write_bytes(document(CLASS_PAPER.title, paper_pages(CLASS_PAPER)))
    opened = docx.Document(str(path))
    opened.save(str(path))
    assert is_untouched(path, path.stem)
    opened.tables[0].rows[1].cells[0].paragraphs[0].add_run("李小禾")
    opened.save(str(path))
    assert not is_untouched(path, path.stem)
    assert not is_untouched(ROOT / "README.md", path.stem)


def test_a_word_of_xml_stays_a_word() -> None:
    rows = _class(1) | {"pairings": [{"pupil": "李<小>&禾", "helper": "赵一"}]}
    data = _paper(rows)[1]
    assert "李<小>&禾" in _texts(data)
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_program_prints_as_many_pages(tmp_path: Path) -> None:
    """By LibreOffice: what was laid out as a page is one."""
    wanted = {}
    for name, form, rows in (("c", CLASS_PAPER, {}), ("s", SCHOOL_PAPER, {}), ("m", MONTH_PAPER, _class(45))):
        pages = paper_pages(form, rows)
        (tmp_path / f"{name}.docx").write_bytes(document(form.title, pages))
        wanted[name] = len(pages)
    pdfs = to_pdf([tmp_path / f"{name}.docx" for name in wanted], tmp_path)
    found = [len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) for pdf in pdfs]
    assert found == list(wanted.values())
