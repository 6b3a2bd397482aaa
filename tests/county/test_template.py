"""The notice's template is the bureau's to replace: its own words and look, placeholders wherever Word has cut them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from helpers.places import ROOT
from pipeline.cli import main
from pipeline.county.notice import Notice, NoticeTable
from pipeline.county.notice_document import filled
from pipeline.county.notice_template import standard_template
from pipeline.errors import OperatorError
from schemas import county_notice_words as w

DAY = date(2026, 11, 9)
NOTICE = Notice(
    {name: f"[{name}]" for name in w.SCALARS},
    {name: [f"{name}一", f"{name}二"] for name in w.LISTS},
    {name: NoticeTable(f"{name}题", ("甲", "乙"), (1, 2), [["1", "2\n3"]], f"{name}注", "说明") for name in w.TABLES},
)


def _docx(*paragraphs: tuple[str, ...], footer: str = "") -> bytes:
    """Return a document whose paragraphs are cut into runs as given."""
    document = Document()
    for runs in paragraphs:
        own = document.add_paragraph()
        for text in runs:
            own.add_run(text)
    document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _read(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_every_placeholder_is_in_the_template_and_in_the_guide() -> None:
    """What can be asked stands in the template that comes with the program, but for two, and in docs/教育局.md."""
    text = "".join(p.text for p in _read(standard_template()).paragraphs)
    known = {*w.SCALARS, *w.LISTS, *w.TABLES}
    assert {name for name in known if f"{{{{{name}}}}}" not in text} == {"月份", "期限"}
    guide = (ROOT / "docs" / "教育局.md").read_text("utf-8")
    assert not [name for name in known if f"`{{{{{name}}}}}`" not in guide]


def test_the_shipped_template_is_current() -> None:
    """`guanai notice-template` writes the very file that lies in input_templates."""
    assert (ROOT / "input_templates" / w.TEMPLATE_FILE).read_bytes() == standard_template()


def test_what_word_has_cut_is_put_together() -> None:
    """A placeholder over three runs, two in a line, blanks inside, one in the footer; the rest stays as it is."""
    template = _docx(("致：{{", " 主送", " }}！"), ("{{月份}}由{{机关}}发",), footer="{{文号}}")
    done = _read(filled(template, NOTICE, "t.docx", DAY))
    assert [p.text for p in done.paragraphs] == ["致：[主送]！", "[月份]由[机关]发"]
    assert done.sections[0].footer.paragraphs[0].text == "[文号]"


def test_lists_and_tables_stand_where_they_are_asked_for() -> None:
    template = _docx(("前",), ("{{报送情况}}",), ("其中{{建议走访}}",), ("{{学校表}}",))
    done = _read(filled(template, NOTICE, "t.docx", DAY))
    told = [p.text for p in done.paragraphs]
    assert told == ["前", "报送情况一", "报送情况二", "其中建议走访一建议走访二", "学校表题", "学校表注"]
    assert [[cell.text for cell in row.cells] for row in done.tables[0].rows] == [["甲", "乙"], ["1", "2\n3"]]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (b"nothing", "读不出来"),
        (_docx(("{{报送}}",)), "报送"),
    ],
)
def test_a_template_that_is_none_is_told(template: bytes, told: str) -> None:
    with pytest.raises(OperatorError, match=told):
        filled(template, NOTICE, "自己的.docx", DAY)


def test_the_same_notice_is_the_same_bytes() -> None:
    one, two = (filled(standard_template(), NOTICE, "t", DAY) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}


def test_the_command_writes_the_template_and_keeps_what_is_there(tmp_path: Path) -> None:
    target = tmp_path / "模板" / "通报.docx"
    assert main(["notice-template", "--output", str(target)]) == 0
    assert target.read_bytes() == standard_template()
    target.write_bytes(b"ours")
    assert main(["notice-template", "--output", str(target)]) == 2
    assert target.read_bytes() == b"ours"
