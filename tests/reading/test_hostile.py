"""Files that are no good: each gets its sentence, none stops the others or is followed where it points."""

from __future__ import annotations

import io
import os
import re
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.beside import beside
from helpers.drawing import draw_month
from helpers.places import ROOT
from helpers.small import small_month
from pipeline.excel.guard import Refused, check_archive, content_type, safe_bytes
from pipeline.excel.render import rendered
from pipeline.keeping.store import put_all
from pipeline.model import Issue, Month
from pipeline.reading import pool
from pipeline.report import work_out
from pipeline.stages.collect import bytes_again, collect
from pipeline.stages.hand_back import hand_back
from pipeline.stages.publish import publish
from schemas import rules
from schemas.codes import GRADES
from schemas.figures import FIGURES
from schemas.verdicts import STATES, VERDICTS

OUR_WORDS = {*STATES, *VERDICTS, *GRADES, *(figure.title for figure in FIGURES)}

OCTOBER = Month(2026, 10)


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _book(sheet: bytes) -> bytes:
    return _zip(
        **{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    )


BAD = [
    (b"", "empty_file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    (b"<html><table></table></html>", "html"),
    (b"\x00\x01hello", "unknown"),
    (b"PK\x03\x04 broken", "broken_zip"),
    (_book(b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "entities"),
    (_book(b'<row r="4294967295"><c r="XFD4294967295"><v>1</v></c></row>'), "too_many_cells"),
    (_book(b"<x/>" * 3_000_000), "zip_bomb"),
]


def test_each_bad_file_has_its_sentence(month: dict[str, Any], tmp_path: Path) -> None:
    """Each file is named with why it was not read; the class beside them is reported as if alone."""
    draw_month(tmp_path, month)
    alone = work_out(collect(tmp_path), OCTOBER)
    for data, reason in BAD:
        (tmp_path / f"{reason}.xlsx").write_bytes(data)
    result = work_out(collect(tmp_path), OCTOBER)
    names = {s.file.id: s.file.name for s in result.submissions}
    told = sorted((names[i.file], i.rule.code, i.words.get("because")) for i in result.issues)
    refused = [(f"{reason}.xlsx", *rules.REFUSALS[reason]) for _, reason in BAD]
    assert told == sorted((name, rule.code, because) for name, rule, because in refused)
    assert result.measured.measures.equals(alone.measured.measures)


def test_every_refusal_is_a_sentence() -> None:
    """Each reason of the guard and the readers can be told."""
    for rule, because in rules.REFUSALS.values():
        assert rule.sentence.format(because=because)
    source = {path: path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py")}
    raised = {reason for text in source.values() for reason in re.findall(r'Refused\("(\w+)"', text)}
    guard, readers = (source[ROOT / "pipeline" / "excel" / name] for name in ("guard.py", "reading.py"))
    returned = "".join(re.findall(r"^ +return .*$", guard, re.MULTILINE))
    kinds = {*re.findall(r'(?<!b)"(\w+)"', returned), *re.findall(r'b"[^"]+", "(\w+)"\)', guard)}
    read = set(re.findall(r'form == "(\w+)"', readers))
    assert {"picture", "csv", "ods"} <= kinds and "ods" in read
    untold = {*raised, *kinds - read} - rules.REFUSALS.keys()
    assert not untold, "neither read nor told: in REFUSALS of schemas/rules/words.py"


def test_a_link_and_a_pipe_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link is refused, a named pipe does not block."""
    (tmp_path / "real.xlsx").write_bytes(b"x")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "real.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(OSError):
        safe_bytes(tmp_path / "link.xlsx")
    with pytest.raises(Refused, match="not_a_file"):
        safe_bytes(tmp_path / "pipe.xlsx")
    assert {f.refusal for f in collect(tmp_path).files if f.name != "real.xlsx"} == {"not_a_file"}


def test_a_reader_that_hangs_or_dies_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is late is ended with a reason, and the next file is read by a new one."""
    reader = pool._Reader()
    monkeypatch.setattr(pool, "SECONDS_A_FILE", 0.0)
    with pytest.raises(Refused):
        reader.read(_book(b"<worksheet/>"))
    monkeypatch.setattr(pool, "SECONDS_A_FILE", 20)
    with pytest.raises(Refused) as refusal:
        reader.read(b"\x00\x01hello")
    assert refusal.value.reason == "unknown"
    reader.stop()


def test_content_decides_not_the_name() -> None:
    """A workbook is known by its bytes."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert content_type(out.getvalue()) == "ooxml"
    assert check_archive(out.getvalue())


OUR_FORMULA = re.compile(r"=(SUM|IF|N)\(.+|=[A-Z]+\d+-[A-Z]+\d+")  # a total, a rate or a check; a difference
INJECTIONS = ("=1+1", '=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(1)", "http://example.com", "{=A1}", "\t=1+1", "007")


def _injected(text: str) -> dict[str, Any]:
    month = small_month()
    sheets = month["classes"][0]["sheets"]
    for sheet, key in (
        ("谈心记录", "学生姓名"),
        ("活动记录", "参加学生"),
        ("学生档案", "档案编号"),
        ("结对帮扶", "帮扶人"),
    ):
        sheets[sheet][0][key] = text
    return month


@pytest.mark.parametrize(
    "school",
    [INJECTIONS[1], *(pytest.param(text, marks=pytest.mark.slow) for text in INJECTIONS if text != INJECTIONS[1])],
)
def test_no_text_becomes_a_formula_or_a_link(school: str, tmp_path: Path) -> None:
    """What teachers typed, a class each, and the school's name stay text in every workbook of ours."""
    month = beside(_injected(text) for text in INJECTIONS)
    month["school"]["cover"] = month["school"]["cover"] | {"学校名称": school}
    draw_month(tmp_path / "in", month)
    result = work_out(collect(tmp_path / "in"), OCTOBER)
    assert not {issue.rule for issue in result.issues} & {rule for rule, _ in rules.REFUSALS.values()}
    for name, book in publish(result):
        put_all(tmp_path / "out", {name: rendered(book)})
    shown = set()
    for path in (tmp_path / "out").rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                formulas = [str(c.value) for c in row if c.data_type == "f"]
                assert all(OUR_FORMULA.fullmatch(formula) for formula in formulas)
                assert not any(text in formula for formula in formulas for text in INJECTIONS)
                linked = [c for c in row if c.hyperlink]
                assert all(c.value in OUR_WORDS and not c.hyperlink.target for c in linked)  # and to our own sheets
                shown |= {c.value for c in row if c.data_type == "s"}
    assert any(school.strip() in value for value in shown)


def test_rows_that_only_carry_a_format_cost_nothing(month: dict[str, Any], tmp_path: Path) -> None:
    """A sheet formatted down to the last row of Excel is read like any other."""
    draw_month(tmp_path, month)
    before = work_out(collect(tmp_path), OCTOBER)
    path = tmp_path / "班级00.xlsx"
    book = openpyxl.load_workbook(path)
    for row in (9_000, 1_048_576):
        book["谈心记录"].cell(row, 3).number_format = "@"
    book.save(path)
    after = work_out(collect(tmp_path), OCTOBER)
    assert [i.rule for i in after.issues] == []
    assert after.measured.measures.equals(before.measured.measures)


def test_an_archive_is_unpacked_in_memory(month: dict[str, Any], tmp_path: Path) -> None:
    """班级.zip, one inside another, names in GBK: the class is read as if it lay there; paths lead nowhere."""
    draw_month(tmp_path / "in", month)
    before = work_out(collect(tmp_path / "in"), OCTOBER)
    path = tmp_path / "in" / "班级00.xlsx"
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("../../etc/三年级二班.xlsx", path.read_bytes())
        archive.writestr("~$三年级二班.xlsx", b"lock")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("aaaaaa.zip", inner.getvalue())
    path.unlink()
    named = outer.getvalue().replace(b"aaaaaa.zip", "三年级.zip".encode("gbk"))  # as Chinese Windows writes it
    (tmp_path / "in" / "全校.zip").write_bytes(named)
    after = work_out(collect(tmp_path / "in"), OCTOBER)
    assert {s.file.name for s in after.submissions} == {
        "全校.zip/三年级.zip/etc/三年级二班.xlsx",
        "学校月报.xlsx",
    }
    assert after.passed_over_count == 1
    assert after.measured.measures.equals(before.measured.measures)
    noted = replace(after, issues=(Issue(0, rules.NO_PHONE, "学生档案", 4, 1),))
    for name, content in hand_back(noted, lambda file: bytes_again(file, tmp_path / "in")):
        assert ".." not in name
        assert content


def test_what_a_file_says_it_is_is_never_unpacked_whole() -> None:
    """A `mimetype` of gigabytes costs a few bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("mimetype", "w") as member:
        member.write(b"application/vnd.oasis.opendocument.spreadsheet")
        for _ in range(64):
            member.write(bytes(2**20))
    tracemalloc.start()
    assert content_type(out.getvalue()) == "ods"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20
