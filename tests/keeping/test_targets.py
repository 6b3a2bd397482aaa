"""Where commands may write: never over, into or around what was handed in, and over nothing that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.county import CODES, MONTH, write_bureau
from helpers.drawing import draw_month
from helpers.refusing import Arguments, assert_refused
from helpers.running import month_of
from pipeline.cli import main
from pipeline.county.storage import address_lies_in, refuse_foreign_report
from pipeline.errors import OperatorError
from pipeline.keeping.store import replacing
from pipeline.keeping.targets import is_report, lies_in, refuse_overlap


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a month in X/2026-10."""
    draw_month(tmp_path / "X" / MONTH, month_of(MONTH))
    monkeypatch.chdir(tmp_path)
    return tmp_path


OVER_THE_INPUT = [
    ["--month", MONTH, "--input", "X", "--output", "X"],
    ["--input", "X", "--output", "X/../X"],
    ["--input", "X/2026-10", "--output", "X"],
    ["--input", "X", "--output", "X/2026-10"],
    ["--input", "X/2026-10", "--output", "X/2026-10/报告"],
    ["--input", "link", "--output", "X"],
    ["--input", "X", "--output", "link"],
    ["--month", MONTH, "--input", "X/2026-10/三年级", "--output", "X"],
]


@pytest.mark.parametrize("options", OVER_THE_INPUT, ids=" ".join)
def test_a_report_is_never_written_over_what_was_handed_in(
    options: Arguments, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The target is, holds or lies in the input, by whatever name."""
    (base / "link").symlink_to(base / "X", target_is_directory=True)
    draw_month(base / "X" / MONTH / "三年级", month_of(MONTH))
    assert_refused(["report", *options], base, capsys)


def test_the_month_below_the_working_folder(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base / "X")
    assert_refused(["report", "--input", MONTH, "--output", "."], base, capsys, MONTH)


def test_a_disk_that_knows_no_capitals_is_seen_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two names of one folder: the disk is asked, not the letters."""
    (tmp_path / "input").mkdir()
    (tmp_path / "INPUT").mkdir()
    monkeypatch.setattr(Path, "samefile", lambda own, other: str(own).casefold() == str(other).casefold())
    assert lies_in(tmp_path / "INPUT" / "2026-10", tmp_path / "input")
    with pytest.raises(OperatorError):
        refuse_overlap(tmp_path / "INPUT", tmp_path / "input")


def _documents(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "总结.docx").write_bytes(b"own")


def _workbooks(target: Path) -> None:
    draw_month(target, month_of(MONTH))


def _another_program(target: Path) -> None:
    (target / "数据").mkdir(parents=True)
    (target / "数据" / "run.json").write_text('{"month": "2026-10"}', encoding="utf-8")


def _file(target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"own")


def _link(target: Path) -> None:
    _documents(target.parent.parent / "别处")
    target.parent.mkdir(parents=True)
    target.symlink_to(target.parent.parent / "别处", target_is_directory=True)


FOREIGN = [_documents, _workbooks, _another_program, _file, _link]
Lay = Callable[[Path], None]


@pytest.mark.parametrize("lay", FOREIGN, ids=lambda lay: lay.__name__[1:])
def test_a_report_replaces_nothing_that_is_no_report(lay: Lay, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(base / "out" / MONTH)
    assert_refused(["report", "--input", "X", "--output", "out"], base, capsys, MONTH)


@pytest.mark.parametrize("lay", FOREIGN, ids=lambda lay: lay.__name__[1:])
def test_a_roll_up_replaces_nothing_that_is_no_roll_up(
    lay: Lay, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(base / "out" / MONTH / "汇总")
    assert_refused(["rollup", "--month", MONTH, "--input", "X", "--output", "out"], base, capsys, "汇总")


@pytest.mark.parametrize("lay", FOREIGN, ids=lambda lay: lay.__name__[1:])
def test_a_batch_replaces_nothing_that_is_no_report(lay: Lay, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(base / "out" / "学校" / "甲" / MONTH)
    draw_month(base / "in" / "甲", month_of(MONTH))
    assert_refused(["batch", "--month", MONTH, "--input", "in", "--output", "out"], base, capsys, MONTH)


@pytest.mark.parametrize(
    "options",
    [
        ["batch", "--input", "in", "--output", "in"],
        ["batch", "--input", "in", "--output", "in/甲"],
        ["batch", "--input", "out/学校", "--output", "out"],
        ["batch", "--input", "file://{base}/in", "--output", "in"],
        ["rollup", "--input", "out/2026-10/汇总", "--output", "out"],
        ["rollup", "--input", "out", "--output", "out"],
    ],
    ids=" ".join,
)
def test_a_county_is_never_written_over_what_was_handed_in(
    options: Arguments, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for below in ("in/甲", "out/学校/甲", "out/2026-10/汇总"):
        draw_month(base / below / MONTH, month_of(MONTH))
    command, *given = (option.format(base=base) for option in options)
    assert_refused([command, "--month", MONTH, *given], base, capsys)


def test_shared_storage_is_looked_at_in_the_same_way(tmp_path: Path) -> None:
    """Addresses below each other, and what lies at a report's place; a report cut off while it was written is ours."""
    assert address_lies_in("memory://county/in/out", "memory://county/in")
    assert not address_lies_in("memory://county/in2", "memory://county/in")
    address = f"file://{tmp_path}/{MONTH}"
    refuse_foreign_report(address)
    _documents(tmp_path / MONTH)
    with pytest.raises(OperatorError, match="总结"):
        refuse_foreign_report(address)
    (tmp_path / MONTH / "数据").mkdir()
    (tmp_path / MONTH / "数据" / "run.json").write_text('{"versions": {"guanai": ""}}', encoding="utf-8")
    refuse_foreign_report(address)


def test_a_report_is_known_also_where_its_run_json_is_damaged(tmp_path: Path) -> None:
    """An earlier version's keys, or the tables beside a run.json that was cut off: running again mends it."""
    data = tmp_path / "数据"
    data.mkdir()
    (data / "run.json").write_text(
        json.dumps({"month": MONTH, "versions": {"guanai": "0.0.1", "pandas": "2"}}), "utf-8"
    )
    assert is_report(tmp_path)
    (data / "run.json").write_text('{"month": "20', encoding="utf-8")
    assert not is_report(tmp_path)
    for name in ("children", "measures", "turnout"):
        (data / f"{name}.parquet").touch()
    assert is_report(tmp_path)


def test_what_lies_in_a_report_besides_moves_on_to_the_next(tmp_path: Path) -> None:
    """An empty folder, and one with what systems leave, may be written to; a reader's own papers are kept."""
    target = tmp_path / MONTH
    target.mkdir()
    (target / ".DS_Store").touch()
    for text in ("1", "2"):
        with replacing(target) as staging:
            (staging / "数据").mkdir()
            (staging / "数据" / "run.json").write_text('{"versions": {"guanai": ""}}', encoding="utf-8")
            (staging / "校内").mkdir()
            (staging / "校内" / "校验报告.xlsx").write_text(text, encoding="utf-8")
        (target / "校长签字.pdf").write_text("own", encoding="utf-8")
    assert {path.name for path in target.iterdir()} == {"校内", "校长签字.pdf", "数据"}
    assert (target / "校内" / "校验报告.xlsx").read_text("utf-8") == "2"


@pytest.mark.slow
def test_another_districts_roll_up_stays(base: Path) -> None:
    """Only the workbook of the same name is replaced; a list that lies beside it stays too."""
    write_bureau(base / "in", CODES[:1])
    folder = base / "out" / MONTH / "汇总"
    for name in ("甲县", "乙县"):
        assert main(["rollup", "--month", MONTH, "--input", "in", "--output", "out", "--name", name]) == 0
        (folder / "应交学校.xlsx").write_bytes(b"own")
    own = {"应交学校.xlsx", "汇总_乙县_2026-10.xlsx", "汇总_甲县_2026-10.xlsx"}  # besides, papers of each
    assert own <= {path.name for path in folder.iterdir()}
