"""Writes that fail, screens that are closed: the old or the new is there whole, one sentence, exit 2."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import moved, without
from helpers.county import CODES, MONTH, write_bureau, write_folders
from helpers.drawing import draw_month
from helpers.faults import Faults, is_a_sentence, tree
from helpers.places import ROOT
from helpers.running import month_of, run_month
from helpers.small import NAMES
from pipeline.cli import main
from pipeline.county import batch as batch_module
from pipeline.county import dataset
from pipeline.errors import NotWritten, OperatorError, reason_of
from pipeline.example import writing
from pipeline.keeping.placing import place
from pipeline.keeping.store import replacing
from pipeline.months.history import months_beside
from pipeline.months.snapshots import read_snapshot
from schemas import operator_words as words

DISK = (errno.ENOSPC, errno.EIO)
Arguments = list[str]


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Faults:
    return Faults(monkeypatch, tmp_path)


def _mark(folder: Path, text: str) -> None:
    """Make a folder that looks like a report of ours."""
    (folder / "数据").mkdir(parents=True, exist_ok=True)
    (folder / "数据" / "run.json").write_text('{"versions": {"guanai": "0.1.0"}}', encoding="utf-8")
    (folder / "校内").mkdir(exist_ok=True)
    for number in range(3):
        (folder / "校内" / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_every_write_of_a_swap_may_fail(number: int, faults: Faults, tmp_path: Path) -> None:
    """Whatever fails, the old folder or the new one is there whole, and nothing half made beside it."""
    target, struck = tmp_path / "out" / MONTH, 0
    _mark(target, "old")
    (target / "老师的.txt").write_text("own", encoding="utf-8")
    _mark(tmp_path / "new", "new")
    (tmp_path / "new" / "老师的.txt").write_text("own", encoding="utf-8")
    old, new = tree(target), tree(tmp_path / "new")
    for fail_at in range(100):
        faults.arm(fail_at, number)
        told = ""
        try:
            with replacing(target) as staging:
                _mark(staging, "new")
        except NotWritten as trouble:
            told = str(trouble)
        has_struck = faults.has_struck
        faults.arm(-1, 0)
        if not has_struck:
            break
        struck += 1
        assert is_a_sentence(told)
        if str(words.LEFT_BEHIND[:3]) in told:  # the new one is there; what somebody laid into the old one is beside it
            assert tree(target) | {"老师的.txt": old["老师的.txt"]} == new
            continue
        assert tree(target) == old
        assert [path.name for path in target.parent.iterdir() if path.name.startswith((".making", ".old"))] == []
    assert struck > 10
    with replacing(target) as staging:
        _mark(staging, "new")
    assert tree(target) == new


def test_a_disk_that_dies_between_the_renames_says_where_the_old_report_is(faults: Faults, tmp_path: Path) -> None:
    """The next run puts it back."""
    target = tmp_path / MONTH
    _mark(target, "old")
    old = tree(target)
    faults.arm(-1, errno.EIO)
    with replacing(target) as staging:
        _mark(staging, "old")
    writes = faults.count
    faults.arm(writes - 1, errno.EIO, lasts=True)
    with pytest.raises(NotWritten, match=r"\.old-"), replacing(target) as staging:
        _mark(staging, "new")
    faults.arm(-1, 0)
    assert not target.exists()
    with pytest.raises(RuntimeError), replacing(target):
        raise RuntimeError
    assert tree(target) == old


@pytest.mark.parametrize("number", DISK)
def test_every_write_of_files_put_beside_others_may_fail(number: int, faults: Faults, tmp_path: Path) -> None:
    """All files are new or all are as they were; what lies there besides is never touched."""
    root = tmp_path / "下月模板_2027-03"
    place(root, {"a.xlsx": b"1", "b.xlsx": b"2"}, remembers=True)
    (root / "别人的.xlsx").write_bytes(b"own")
    old, struck = tree(root), 0
    new = {"a.xlsx": b"3", "b.xlsx": b"4", "深/c.xlsx": b"5"}
    for fail_at in range(100):
        faults.arm(fail_at, number)
        told = ""
        try:
            place(root, new, remembers=True)
        except OperatorError as trouble:
            told = str(trouble)
        has_struck = faults.has_struck
        faults.arm(-1, 0)
        if not has_struck:
            break
        struck += 1
        assert is_a_sentence(told)
        assert tree(root) == old
    assert struck > 8
    assert {name: (root / name).read_bytes() for name in new} == new
    assert (root / "别人的.xlsx").read_bytes() == b"own"


def test_files_that_can_not_go_back_are_kept(faults: Faults, tmp_path: Path) -> None:
    """The disk dies while the second file moves in: the sentence says where the first one's old bytes are."""
    place(tmp_path, {"a": b"1", "b": b"2"})
    old = tree(tmp_path)
    faults.arm(-1, errno.EIO)
    place(tmp_path, {"a": b"1", "b": b"2"})
    faults.arm(faults.count - 1, errno.EIO)
    faults.lasts = True
    with pytest.raises(OperatorError) as told:
        place(tmp_path, {"a": b"3", "b": b"4"}, is_ours=lambda path: True)
    faults.arm(-1, 0)
    assert is_a_sentence(str(told.value))
    assert old["a"] in tree(tmp_path).values()


def test_reasons_are_chinese() -> None:
    """Known or not, no errno is told in English."""
    for number in (*range(1, 134), 9999):
        assert not set("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") & set(reason_of(OSError(number, "No space left on device")))


# --- whole commands --------------------------------------------------------------------------------------------------


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


def test_a_roll_up_is_whole_whichever_write_fails(
    faults: Faults, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_bureau(tmp_path / "in", CODES[:1])
    arguments = ["rollup", "--month", MONTH, "--input", str(tmp_path / "in"), "--output", str(tmp_path / "out")]
    assert main(arguments) == 0
    shutil.copy(next((tmp_path / "in").iterdir()), tmp_path / "in" / "坏.xlsx")
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"x")
    capsys.readouterr()
    assert _assert_whole(arguments, faults, tmp_path / "out", capsys) >= 6


def _batch_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do the schools of a batch in this process, where faults can be planted."""
    monkeypatch.setattr(batch_module, "do_here", lambda jobs, work, workers: map(work, jobs))


def test_a_full_disk_stops_a_batch_before_it_is_summed_up(
    faults: Faults, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The school whose report could not be written handed in: no roll-up says otherwise."""
    _batch_here(monkeypatch)
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
    _batch_here(monkeypatch)
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

    _batch_here(monkeypatch)
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


# --- the screen ------------------------------------------------------------------------------------------------------


def _run(arguments: Arguments, shell: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = " ".join([sys.executable, "-m", "pipeline", *arguments]) + f" {shell}"
    given = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(["bash", "-c", command], capture_output=True, env=given, check=False)


NOWHERE = ["report", "--input", "/nowhere"]
ENCODINGS: list[tuple[dict[str, str], str]] = [
    ({"LC_ALL": "POSIX"}, "utf-8"),
    ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8"),
    ({"PYTHONIOENCODING": "ascii"}, "utf-8"),
    ({"PYTHONIOENCODING": "cp936"}, "gbk"),
]


@pytest.mark.parametrize(("env", "encoding"), ENCODINGS, ids=lambda item: str(item))
def test_a_console_of_any_encoding_shows_the_sentence(env: dict[str, str], encoding: str) -> None:
    done = _run(NOWHERE, **env)
    assert done.returncode == 2
    assert done.stderr.decode(encoding).strip() == words.NO_INPUT.format(folder="/nowhere")


@pytest.mark.parametrize(
    "shell", [">/dev/full", ">&-", "2>/dev/full", ">&- 2>&- <&-", "| head -0; exit ${PIPESTATUS[0]}"]
)
def test_a_screen_that_takes_nothing_changes_no_exit_code(shell: str) -> None:
    """And Python adds nothing in English at its end."""
    done = _run(NOWHERE, shell)
    assert done.returncode == 2
    assert b"Exception" not in done.stderr
    assert b"Errno" not in done.stderr


@pytest.mark.parametrize("command", [["report"], ["templates"], ["example"]], ids=lambda command: command[0])
def test_a_folder_that_may_only_be_read_is_a_sentence(
    command: Arguments, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and what we know of it. Tests may run as root, so that the refusal is simulated."""
    made, output = os.mkdir, tmp_path / "out"

    def refuse(path: Any, *given: Any) -> None:
        if str(path).startswith(str(output)):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        made(path, *given)

    draw_month(tmp_path / "in" / MONTH, month_of(MONTH))
    monkeypatch.setattr(os, "mkdir", refuse)
    monkeypatch.setattr(
        "pipeline.example.writing.write_example", lambda folder: draw_month(folder / MONTH, month_of(MONTH))
    )
    given = ["--input", str(tmp_path / "in")] if command == ["report"] else []
    assert main([*command, *given, "--output", str(output)]) == 2
    assert is_a_sentence(capsys.readouterr().err)
