"""The workbook that the bureau receives: formulas with right values, a seal that finds a changed cell, no child in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from drawn.month import random_month
from helpers.county import with_cell
from helpers.drawing import draw_month
from helpers.measuring import result_of
from helpers.places import TEMPLATES
from helpers.running import rerun, run_month
from helpers.sampling import some
from helpers.small import NAMES, small_month
from pipeline.cli import main
from pipeline.county.bureau_reader import NotTrusted, read_bureau
from pipeline.errors import OperatorError
from pipeline.excel.render import write_book
from pipeline.excel.seal import canonical
from pipeline.keeping.privacy import Gate
from pipeline.publishing.book import Page
from pipeline.publishing.bureau import bureau_book
from pipeline.publishing.cells import plain
from pipeline.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return result_of(random_month(Random(3), month="2026-10", mess=0.05))


@pytest.fixture(scope="module")
def workbook(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bureau") / "上报.xlsx"
    write_book(path, bureau_book(result))
    return path


def test_what_was_written_is_read_back_cell_by_cell(result: Result, workbook: Path) -> None:
    """Every named table: titles, rows, totals."""
    found = read_bureau(workbook.read_bytes())
    named = [b for page in bureau_book(result).pages if isinstance(page, Page) for b in page.blocks if b.name]
    assert {block.name for block in named} == set(found.tables)
    for block in named:
        table = found.tables[block.name]
        assert list(table.titles) == [column.title for column in block.columns]
        assert list(table.keys) == [column.key for column in block.columns]
        told = [[canonical(cell) for cell in row] for row in table.rows]
        assert told == [[canonical(plain(cell)) for cell in row] for row in block.rows]
    assert found.meta["month"] == "2026-10"
    classes = found.rows("classes")
    assert sum(row["in_l"] for row in classes if row["in_l"] != "—") == found.rows("classes", totals=True)[-1]["in_l"]


@pytest.mark.parametrize(
    ("sheet", "cell"), [("目标达成", "C14"), ("班级统计", "E5"), ("年级统计", "C4"), ("学籍异动", "C5")]
)
def test_a_changed_cell_is_named(sheet: str, cell: str, workbook: Path) -> None:
    """One number more, and the workbook is refused with the cell's address."""
    with pytest.raises(NotTrusted, match=f"{sheet}!{cell}"):
        read_bureau(with_cell(workbook, sheet, cell, 987))


def test_what_is_no_bureau_workbook_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A template, a picture, nothing: one sentence each, exit 2."""
    template = TEMPLATES / "班级月报.xlsx"
    other = tmp_path / "x.xlsx"
    other.write_bytes(b"\x89PNG")
    for path in (template, other, tmp_path / "nothing.xlsx"):
        assert main(["read-bureau", str(path)]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_command_gives_the_tables(workbook: Path, tmp_path: Path) -> None:
    assert main(["read-bureau", str(workbook), "--output", str(tmp_path / "tables")]) == 0
    assert {path.stem for path in (tmp_path / "tables").iterdir() if not path.name.startswith(".")} == set(
        read_bureau(workbook.read_bytes()).tables
    )


def test_rates_and_totals_are_formulas(workbook: Path) -> None:
    """The bureau can click on a sum; the value is there for those who do not recalculate."""
    formulas, values = load_workbook(workbook), load_workbook(workbook, data_only=True)
    last = formulas["班级统计"].max_row
    row = next(n for n in range(4, last + 1) if formulas["班级统计"].cell(n, 1).value == "合计")
    assert str(formulas["班级统计"].cell(row, 5).value).startswith("=SUM(")
    assert isinstance(values["班级统计"].cell(row, 5).value, int)
    first = next(n for n in range(1, 40) if formulas["目标达成"].cell(n, 1).value == "建档率")  # below the picture
    assert str(formulas["目标达成"].cell(first, 4).value).startswith("=IF(")
    assert re.fullmatch(r"\d+\.\d\d%|—", str(values["目标达成"].cell(first, 4).value))


def test_everything_foots(result: Result, workbook: Path) -> None:
    """Every relation of 勾稽关系 is 平, but for children whose 性别 or 就读方式 is in error."""
    rows = read_bureau(workbook.read_bytes()).rows("crossfoot")
    heads = result.measured.heads.sum()
    assert len(rows) > 20
    for row in rows:
        known = {"男 + 女": ("is_male", "is_female"), "住校 + 走读": ("is_boarder", "is_day_pupil")}
        own = next((keys for words, keys in known.items() if words in row["relation"]), None)
        expected = 0 if own is None else int(heads["in_l"] - heads[own[0]] - heads[own[1]])
        assert (row["difference"], row["in_balance"]) == (expected, "不平" if expected else "平")


def test_no_child_is_in_it(tmp_path: Path) -> None:
    """No name, number, phone or address of the month stands in any part of the file."""
    path = tmp_path / "上报.xlsx"
    month = small_month()
    write_book(path, bureau_book(result_of(month)))
    rows = [row for title, own in month["classes"][0]["sheets"].items() for row in own]
    secrets = {
        str(row[key])
        for row in rows
        for key in row
        if key in ("身份证号", "学籍号", "监护人电话", "父亲姓名", "家庭地址", "主要内容")
    }
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert [secret for secret in secrets | set(NAMES) if secret in text] == []


@pytest.mark.parametrize("secret", some(["529900201603010014", "G529900201603010014", "19900000003"], 3))
def test_the_gate_refuses_a_workbook_that_holds_a_number(secret: str, month: dict[str, Any], tmp_path: Path) -> None:
    """Somebody typed a child's number into the school's name: nothing is published, the old report stays as it was."""
    run_month(tmp_path, month, whole=True)
    (path,) = (tmp_path / "output" / "2026-10" / "上报").iterdir()
    before = path.read_bytes()
    month["school"]["cover"] = month["school"]["cover"] | {"学校名称": f"示例学校 {secret}"}
    draw_month(tmp_path / "input" / "2026-10", month)
    with pytest.raises(OperatorError) as refusal:
        rerun(tmp_path, "2026-10")
    told = str(refusal.value)
    assert secret not in told
    assert "工作表“封面”" in told
    assert "“填表说明”B" in told  # the cell in which it was typed, not the child's own
    assert path.read_bytes() == before


def test_the_gate_knows_a_name_in_a_plan(month: dict[str, Any], tmp_path: Path) -> None:
    """A child's full name where only words of the plan should stand; a teacher's is no leak."""
    result = result_of(month)
    book = bureau_book(result)
    for name, is_leak in ((NAMES[0], True), ("王老师", False)):
        path = tmp_path / "x.xlsx"
        write_book(path, replace(book, pages=(replace(book.pages[1], notes=(f"{name}待补",)),), meta={}))
        assert bool(Gate(result).leaks(path.read_bytes())) is is_leak
