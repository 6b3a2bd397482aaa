"""Writes that fail in whole commands: the old or the new is there whole, one sentence, exit 2."""

from __future__ import annotations

import errno
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from helpers.changes import moved, without
from helpers.county import CODES, MONTH, do_in_this_process, write_bureau, write_folders
from helpers.drawing import draw_month
from helpers.faults import Faults, is_a_sentence, tree
from helpers.running import month_of, run_month
from helpers.small import NAMES
from pipeline.cli import main
from pipeline.county import dataset
from pipeline.example import writing
from pipeline.months.run_file import months_beside
from pipeline.months.snapshots import read_snapshot
from schemas import operator_words as words

DISK = (errno.ENOSPC, errno.EIO)
Arguments = list[str]


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Faults:
    return Faults(monkeypatch, tmp_path)


def _month(base: Path) -> Path:
    draw_month(base / "in" / MONTH, month_of(MONTH))
    return base / "in"


def _change(folder: Path) -> None:
    draw_month(folder, month_of(MONTH, lambda plain: plain["classes"][0]["sheets"]["谈心记录"].pop()))


def _assert_whole(
    arguments: Arguments, faults: Faults, output: Path, capsys: pytest.CaptureFixture[str], step: int = 1
) -> int:
    """Run with a fault at each (`step`-th) write; return how many struck. What was to come is known afterwards."""
    old, seen, struck = tree(output), [], 0
    for fail_at in range(0, 1000, step):
        faults.arm(fail_at, DISK[struck % 2])
        code = main(arguments)
        has_struck = faults.has_struck
        faults.arm(-1, 0)
        if not has_struck:
            break
        struck += 1
        assert code == 2, fail_at
        assert is_a_sentence(capsys.readouterr().err), fail_at
        seen.append(tree(output))
    assert main(arguments) == 0
    assert all(found in (old, tree(output)) for found in seen)
    return struck


@pytest.fixture
def reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Arguments:
    """A month's report, and what is handed in changed since."""
    arguments = ["report", "--input", str(_month(tmp_path)), "--output", str(tmp_path / "out")]
    assert main(arguments) == 0
    _change(tmp_path / "in" / MONTH)
    capsys.readouterr()
    return arguments


def test_a_report_is_the_old_one_where_a_write_fails(
    reported: Arguments,
    faults: Faults,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the middle of its workbooks; the next run writes the new one, even where the screen takes nothing."""
    old = tree(tmp_path / "out")
    faults.arm(30, errno.ENOSPC)
    assert main(reported) == 2
    faults.arm(-1, 0)
    assert is_a_sentence(capsys.readouterr().err)
    assert tree(tmp_path / "out") == old
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(reported) == 0
        monkeypatch.undo()
    assert capsys.readouterr().err.strip().endswith(words.OUTPUT_LOST.format(because=words.BECAUSE["ENOSPC"]))
    assert tree(tmp_path / "out") != old


@pytest.mark.slow
def test_a_report_is_whole_whichever_write_fails(
    reported: Arguments, faults: Faults, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _assert_whole(reported, faults, tmp_path / "out", capsys) > 60


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_a_roll_up_is_whole_whichever_write_fails(
    step: int, faults: Faults, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each third write, and in test-all each."""
    write_bureau(tmp_path / "in", CODES[:1])
    arguments = ["rollup", "--month", MONTH, "--input", str(tmp_path / "in"), "--output", str(tmp_path / "out")]
    assert main(arguments) == 0
    shutil.copy(next((tmp_path / "in").iterdir()), tmp_path / "in" / "坏.xlsx")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"x")
    capsys.readouterr()
    assert _assert_whole(arguments, faults, tmp_path / "out", capsys, step) >= 6 // step


def test_a_full_disk_stops_a_batch_before_it_is_summed_up(
    faults: Faults, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The school whose report could not be written handed in: no roll-up says otherwise."""
    do_in_this_process(monkeypatch)
    write_folders(tmp_path / "in", CODES[:1])
    arguments = ["batch", "--month", MONTH, "--input", str(tmp_path / "in"), "--output", str(tmp_path / "out")]
    faults.arm(20, errno.ENOSPC)
    assert main(arguments) == 2
    assert is_a_sentence(capsys.readouterr().err)
    assert not (tmp_path / "out" / MONTH).exists()


@pytest.mark.slow
def test_a_batch_is_whole_whichever_write_fails(
    faults: Faults, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each school's report, the roll-up and each table of the data set is the old one or the new one.

    The writes of the report itself are tried one by one above: here every fourth, and each of what comes after.
    """
    do_in_this_process(monkeypatch)
    write_folders(tmp_path / "in", CODES[:1])
    output = tmp_path / "out"
    arguments = ["batch", "--month", MONTH, "--input", str(tmp_path / "in"), "--output", str(output)]
    assert main(arguments) == 0
    shutil.copytree(output, tmp_path / "before")
    _change(tmp_path / "in" / CODES[0])
    faults.arm(-1, 0)
    assert main(arguments) == 0
    count = faults.count
    old, new = _parts(tmp_path / "before"), _parts(output)
    for fail_at in sorted({*range(0, count, 4), *range(count - 60, count)}):
        shutil.rmtree(output)
        shutil.copytree(tmp_path / "before", output)
        capsys.readouterr()
        faults.arm(fail_at, DISK[fail_at % 2])
        code = main(arguments)
        faults.arm(-1, 0)
        assert code == 2, fail_at
        assert is_a_sentence(capsys.readouterr().err), fail_at
        assert all(found in pair for found, *pair in zip(_parts(output), old, new, strict=True)), fail_at


def _parts(output: Path) -> list[dict[str, str]]:
    tables = sorted(path for path in (output / "数据集").iterdir() if path.is_dir())
    return [tree(output / "学校"), tree(output / MONTH), *(tree(table) for table in tables)]


@pytest.mark.slow
def test_a_parquet_that_can_not_be_written_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The data set's writer has its own words for a full disk."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "[Errno 28] Error writing bytes to file. Detail: No space left on device")

    do_in_this_process(monkeypatch)
    monkeypatch.setattr(dataset.pq, "ParquetWriter", full)
    write_folders(tmp_path / "in", CODES[:1])
    run = ["batch", "--month", MONTH, "--input", str(tmp_path / "in"), "--output", str(tmp_path / "out")]
    assert main(run) == 2
    assert is_a_sentence(capsys.readouterr().err)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [["next", "--month", "2027-03"], ["child", "--name", NAMES[1]], ["templates"], ["example"]],
    ids=lambda command: command[0],
)
def test_every_other_command_is_whole_whichever_write_fails(
    command: Arguments,
    reported: Arguments,
    faults: Faults,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(writing, "write_example", lambda folder: draw_month(folder / MONTH, month_of(MONTH)))
    output = tmp_path / "示例" if command[0] == "example" else tmp_path / "out"
    output.mkdir(exist_ok=True)
    assert _assert_whole([*command, "--output", str(output)], faults, output, capsys) > 4


@pytest.mark.slow
def test_who_is_forgotten_is_forgotten_in_all_months_or_in_none(
    faults: Faults, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever write of `purge` fails, every month's data is whole, as it was or as it will be."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", date(2026, 10, 20), 接收校确认="是")))
    run_month(tmp_path, month_of("2026-11", without()))
    arguments = ["purge", "--yes", "--today", "2029-12-01", "--output", str(tmp_path / "output")]
    assert _assert_whole(arguments, faults, tmp_path / "output", capsys, step=7) > 4
    assert all(read_snapshot(folder, month) for month, folder in months_beside(tmp_path / "output" / "0000-00"))
