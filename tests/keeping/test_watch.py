"""`guanai report --watch`: what is saved in the folder brings the report up to date, alike to a run of its own."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from helpers.changes import two_classes
from helpers.drawing import draw_month
from helpers.running import month_of
from pipeline.commands import watching
from pipeline.commands.watching import Watch, seen_in
from pipeline.errors import EXIT_DONE, OperatorError
from pipeline.model import Month
from pipeline.reading.pool import start_reading
from pipeline.reading.remembering import MEMORY, Memory
from pipeline.report import report
from pipeline.result import Result
from pipeline.stages.collect import collect

OCTOBER = Month(2026, 10)


class _Day:
    """A day at the desk: at each look of the watch the next thing happens; after the last somebody presses Ctrl-C."""

    def __init__(self, folder: Path, target: Path, *steps: Callable[[], None]) -> None:
        self.steps, self.runs, self.now = list(steps), 0, 0.0
        self.watch = Watch(folder, target, self._run, self._sleep, lambda: self.now)
        self.folder, self.target = folder, target

    def _run(self) -> Result:
        self.runs += 1
        return report(collect(self.folder), OCTOBER, self.target)[0]

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now % (4 * watching.LOOK_EVERY):  # a thing happens, then the folder is at rest for some looks
            return
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


@pytest.fixture
def school(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "input" / "2026-10"
    draw_month(folder, month_of("2026-10", two_classes))
    return folder, tmp_path / "output" / "2026-10"


def _spoil(folder: Path, value: str) -> Callable[[], None]:
    def step() -> None:
        path = next(folder.glob("*班*.xlsx"))
        book = openpyxl.load_workbook(path)
        book["谈心记录"]["A4"].value = value
        book.save(path)

    return step


def _bytes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_saved_file_brings_it_up_to_date(
    school: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = school
    alone = tmp_path / "alone" / "2026-10"
    report(collect(folder), OCTOBER, alone)
    day = _Day(folder, target, _spoil(folder, "乱写###"), lambda: (folder / "~$锁.xlsx").write_bytes(b""))
    assert day.watch.go() == EXIT_DONE
    assert day.runs == 2, "a lock changes nothing"
    said = capsys.readouterr().out
    assert "改过" in said and "错误 0 → 1" in said and "谈心达标率" in said and "不再守着" in said
    (folder / "~$锁.xlsx").unlink()
    report(collect(folder), OCTOBER, alone)
    assert _bytes(target) == _bytes(alone)


def test_only_what_changed_is_read_again(school: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, target = school
    asked: list[int] = []
    answer = MEMORY.answer

    def watched(data: bytes, ask: Callable[[], bytes]) -> bytes:
        def count() -> bytes:
            asked.append(len(data))
            return ask()

        return answer(data, count)

    monkeypatch.setattr(MEMORY, "answer", watched)
    first: list[int] = []
    day = _Day(folder, target, lambda: first.append(len(asked)), _spoil(folder, "乱写###"))
    day.watch.go()
    assert 0 < len(asked) - first[0] < first[0] / 2


def test_a_run_that_fails_is_told_and_tried_again(
    school: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = school
    kept = folder.parent / "kept"
    day = _Day(
        folder, target, lambda: shutil.copytree(folder, kept), lambda: [p.unlink() for p in folder.iterdir()] and None,
        lambda: [shutil.copy(p, folder) for p in kept.iterdir()] and None,
    )  # fmt: skip
    day.watch.go()
    said = capsys.readouterr().out
    assert "没有更新" in said
    assert said.index("没有更新") < said.index("已更新")


def test_where_the_first_report_can_not_be_made_nothing_is_watched(tmp_path: Path) -> None:
    def run() -> Result:
        raise OperatorError("没有表")

    with pytest.raises(OperatorError):
        Watch(tmp_path, tmp_path / "out", run).go()


def test_nothing_is_remembered_afterwards(school: tuple[Path, Path]) -> None:
    folder, target = school
    _Day(folder, target).watch.go()
    asked: list[bytes] = []
    data = next(folder.glob("*班*.xlsx")).read_bytes()
    start_reading(data).take()
    MEMORY.answer(data, lambda: asked.append(data) or b"")  # type: ignore[func-returns-value]
    assert asked == [data]


def test_a_folder_is_seen_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "三(2)班.xlsx").write_bytes(b"1")
    (tmp_path / "~$三(2)班.xlsx").write_bytes(b"1")
    assert list(seen_in(tmp_path)) == ["甲/三(2)班.xlsx"]


def test_readings_are_kept_while_a_folder_is_watched_and_not_otherwise() -> None:
    memory = Memory()
    memory.readings("2026-10")["kind"] = {"cell": "reading"}
    assert memory.readings("2026-10") == {}
    memory.start()
    memory.readings("2026-10")["kind"] = {"cell": "reading"}
    assert memory.readings("2026-10") == {"kind": {"cell": "reading"}}
    assert memory.readings("2026-11") == {}
    memory.stop()
    assert memory.readings("2026-10") == {}
