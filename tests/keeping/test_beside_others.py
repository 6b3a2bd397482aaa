"""Files that are put beside others: nothing that somebody has filled in is written over, and forgetting is asked for."""

from __future__ import annotations

import io
import shutil
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from helpers.changes import moved
from helpers.county import MONTH
from helpers.drawing import draw, draw_month
from helpers.faults import tree
from helpers.refusing import Arguments, assert_refused
from helpers.running import month_of, run_month
from helpers.small import NAMES, small_month
from pipeline.cli import main
from pipeline.errors import OperatorError
from pipeline.example import writing
from pipeline.keeping.placing import place


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a month in X/2026-10."""
    draw_month(tmp_path / "X" / MONTH, month_of(MONTH))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _file(target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"own")


def test_a_filled_template_is_never_written_over(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Blank ones of ours are made anew, an own plan and a filled workbook are not; then nothing is written at all."""
    run = ["templates", "--output", "T"]
    assert main(run) == 0
    assert main(run) == 0
    capsys.readouterr()
    place = base / "T" / "input_templates"
    plan = openpyxl.load_workbook(place / "考核方案.xlsx")
    plan["参数"]["B4"].value = "8"
    plan.save(place / "考核方案.xlsx")
    assert_refused(run, base, capsys, "考核方案.xlsx")
    (place / "考核方案.xlsx").unlink()
    (place / "学校月报.xlsx").unlink()
    draw(place / "班级月报.xlsx", "班级月报", small_month()["classes"][0])
    assert_refused(run, base, capsys, "班级月报.xlsx")
    draw(place / "班级月报.xlsx", "班级月报", {"cover": {}, "sheets": {}})
    (base / "T" / "docs" / "数据集.md").write_text("我的笔记\n", encoding="utf-8")
    assert_refused(run, base, capsys, "数据集.md")


def test_the_example_is_not_mixed_with_a_real_month(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writing, "write_example", lambda folder: draw_month(folder / "2026-09", month_of("2026-09")))
    assert_refused(["example", "--output", "X"], base, capsys, "班级00.xlsx")
    for _ in range(2):
        assert main(["example", "--output", "示例"]) == 0
    (base / "示例" / "2026-09" / "班级00.xlsx").write_bytes(b"own")
    capsys.readouterr()
    assert_refused(["example", "--output", "示例"], base, capsys, "班级00.xlsx")
    _file(base / "F" / "a")
    assert_refused(["example", "--output", "F/a"], base, capsys)


def test_what_was_put_there_may_be_renewed(tmp_path: Path) -> None:
    """As long as nobody has touched it; its name is kept nowhere."""
    place(tmp_path, {"李小禾.xlsx": b"1", "b.xlsx": b"1"}, remembers=True)
    place(tmp_path, {"李小禾.xlsx": b"2"}, remembers=True)
    place(tmp_path, {"b.xlsx": b"2"}, remembers=True)
    assert "李小禾" not in (tmp_path / ".guanai.json").read_text("utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"own")
    with pytest.raises(OperatorError, match=r"b\.xlsx"):
        place(tmp_path, {"李小禾.xlsx": b"3", "b.xlsx": b"3"}, remembers=True)
    assert (tmp_path / "李小禾.xlsx").read_bytes() == b"2"


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months' data, without their workbooks; the first child left in the second."""
    base = tmp_path_factory.mktemp("months")
    run_month(base, month_of("2026-09"))
    run_month(base, month_of("2026-10", moved("转出", date(2026, 10, 20), 接收校确认="是")))
    return base / "output"


@pytest.fixture
def months(two_months: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The months again, for one test."""
    shutil.copytree(two_months, tmp_path / "output")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "pattern"),
    [(["next", "--month", "2027-03"], "下月模板_2027-03/*班*.xlsx"), (["child", "--name", NAMES[1]], "档案页/*.xlsx")],
    ids=["next", "child"],
)
def test_what_somebody_has_filled_in_stays(
    command: Arguments, pattern: str, months: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made again where nobody has touched it; else refused, and what lies beside is nobody's business."""
    run = [*command, "--output", "output"]
    assert main(run) == 0
    path = next((months / "output").glob(pattern))
    (path.parent / "旁边.xlsx").write_bytes(b"own")
    assert main(run) == 0
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"].value = "填过"
    book.save(path)
    capsys.readouterr()
    assert_refused(run, months, capsys, path.name)


def _purge(*options: str) -> Arguments:
    return ["purge", "--today", "2029-12-01", "--output", "output", *options]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_forgetting_is_shown_and_asked_for(
    months: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many, which months, which files; without a terminal it has to be said; a no is a no."""
    for command in (["child", "--name", NAMES[1]], ["child", "--name", NAMES[2]]):
        assert main([*command, "--output", "output"]) == 0
    ours, changed = sorted((months / "output" / "档案页").glob("*.xlsx"))
    changed.write_bytes(changed.read_bytes() + b"own")
    before = tree(months / "output")
    capsys.readouterr()
    assert_refused(_purge(), months, capsys, "--yes")
    monkeypatch.setattr(sys, "stdin", _Terminal("否\n"))
    assert main(_purge()) == 2
    told = capsys.readouterr().out
    assert all(word in told for word in ("1 名", "2026-09、2026-10", ours.name, "是否继续"))
    assert tree(months / "output") == before
    monkeypatch.setattr(sys, "stdin", _Terminal("是\n"))
    assert main(_purge()) == 0
    assert changed.name in capsys.readouterr().out
    assert (ours.exists(), changed.exists()) == (False, True)
    assert main(_purge("--yes")) == 0


def test_what_is_written_on_by_hand_is_forgotten_too(months: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The papers of a month, and those that were asked for beside it: they print a class's names."""
    assert main(["next", "--month", "2027-03", "--output", "output"]) == 0
    assert "纸质登记表_2027-03" in capsys.readouterr().out
    assert list((months / "output" / "纸质登记表_2027-03").glob("*.docx"))
    own = months / "output" / "2026-10" / "纸质登记表"
    own.mkdir(exist_ok=True)
    (own / "三年级(2)班_2026-11.docx").write_bytes(b"names")
    assert main(_purge("--yes")) == 0
    assert not list((months / "output").rglob("*.docx"))
