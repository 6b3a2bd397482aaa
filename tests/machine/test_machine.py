"""What the systems do differently, each branch of it: Windows is played where there is none."""

from __future__ import annotations

import ctypes
import errno
import importlib
import io
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import machine
from pipeline.errors import not_written, reason_of
from pipeline.excel.guard import Refused, safe_bytes
from pipeline.reading import pool


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(machine, "IS_WINDOWS", True)
    monkeypatch.setattr(machine, "_PAUSE", 0.001)
    monkeypatch.setattr(machine, "_PATIENCE", 0.05)
    return monkeypatch


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(machine, "IS_WINDOWS", False)
    return monkeypatch


def refused(winerror: int, number: int = errno.EINVAL) -> OSError:
    trouble = OSError(number, "what Windows says")
    trouble.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
    return trouble


class Module(SimpleNamespace):
    """A module that only another system has, as far as it is used."""


def lend(monkeypatch: pytest.MonkeyPatch, **modules: object) -> None:
    """Let modules be found that this system lacks; None: one that it does not have."""
    real = importlib.import_module

    def find(name: str) -> Any:
        if name in modules and modules[name] is None:
            raise ImportError(name)
        return modules[name] if name in modules else real(name)

    monkeypatch.setattr(machine.importlib, "import_module", find)


# What the system refuses.


@pytest.mark.parametrize(
    ("winerror", "said"),
    [
        (32, "占用"),
        (112, "磁盘已满"),
        (206, "太长"),
        (362, "云盘"),
        (64, "网络磁盘"),
        (21, "磁盘不在了"),
        (5, "没有权限"),
    ],
)
def test_windows_is_told_in_our_words(winerror: int, said: str) -> None:
    assert said in reason_of(refused(winerror))
    assert "EINVAL" not in reason_of(refused(9999))


def test_a_number_of_windows_that_nobody_knows_is_told_as_it_is() -> None:
    assert "9999" in reason_of(refused(9999, number=-1))
    assert "磁盘已满" in str(not_written(refused(112), "D:/output"))


def test_a_placeholder_of_a_cloud_drive_is_refused_as_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """OneDrive and WPS leave a name here and fetch the bytes when they are asked for, or don't."""
    path = tmp_path / "一.xlsx"
    monkeypatch.setattr(machine.Path, "stat", lambda self: SimpleNamespace(st_file_attributes=0x400000))
    monkeypatch.setattr("pipeline.excel.guard._opened", lambda path: (_ for _ in ()).throw(OSError(errno.EINVAL, "")))
    with pytest.raises(Refused, match="in_cloud"):
        safe_bytes(path)


def test_a_placeholder_that_is_fetched_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "一.xlsx"
    path.write_bytes(b"PK")
    monkeypatch.setattr(machine, "is_in_cloud", lambda path: True)
    assert safe_bytes(path) == b"PK"


def test_a_file_that_is_locked_is_no_placeholder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "一.xlsx"
    path.write_bytes(b"PK")
    monkeypatch.setattr("pipeline.excel.guard._opened", lambda path: (_ for _ in ()).throw(PermissionError(13, "")))
    with pytest.raises(PermissionError):
        safe_bytes(path)


def test_files_are_opened_as_bytes_where_the_system_asks_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "O_BINARY", 0x8000, raising=False)
    assert machine.reading_flags() & 0x8000
    monkeypatch.delattr(os, "O_NOFOLLOW")
    monkeypatch.delattr(os, "O_NONBLOCK")
    assert machine.reading_flags() == os.O_RDONLY | 0x8000


# Paths.


@pytest.mark.parametrize(("value", "longest"), [(0, 259), (1, 32_000)])
def test_how_long_a_path_may_be(on_windows: pytest.MonkeyPatch, value: int, longest: int) -> None:
    key = io.BytesIO()  # anything that can be opened and closed
    lend(
        on_windows,
        winreg=Module(HKEY_LOCAL_MACHINE=0, OpenKey=lambda root, name: key, QueryValueEx=lambda key, name: (value, 4)),
    )
    assert machine.longest_path() == longest


def test_where_the_registry_says_nothing_a_path_is_short(on_windows: pytest.MonkeyPatch) -> None:
    def missing(root: object, name: str) -> None:
        raise OSError

    lend(on_windows, winreg=Module(HKEY_LOCAL_MACHINE=0, OpenKey=missing))
    assert machine.longest_path() == 259


def test_elsewhere_a_path_may_be_long(elsewhere: pytest.MonkeyPatch) -> None:
    assert machine.longest_path() > 4_000


# Moving, making, removing.


@pytest.mark.parametrize("move", [machine.rename, machine.replace])
def test_what_is_held_for_a_moment_is_waited_for(on_windows: pytest.MonkeyPatch, tmp_path: Path, move: Any) -> None:
    old = tmp_path / "旧"
    old.write_bytes(b"1")
    real, asked = getattr(Path, move.__name__), []

    def busy(self: Path, new: Path) -> None:
        asked.append(self)
        if len(asked) < 3:
            raise refused(32, errno.EACCES)
        real(self, new)

    on_windows.setattr(Path, move.__name__, busy)
    move(old, tmp_path / "新")
    assert (len(asked), (tmp_path / "新").read_bytes()) == (3, b"1")


@pytest.mark.parametrize("winerror", [32, 5, 112])
def test_what_stays_refused_is_raised(on_windows: pytest.MonkeyPatch, tmp_path: Path, winerror: int) -> None:
    asked = []

    def never(self: Path, new: Path) -> None:
        asked.append(self)
        raise refused(winerror)

    on_windows.setattr(Path, "rename", never)
    with pytest.raises(OSError, match="Windows"):
        machine.rename(tmp_path / "a", tmp_path / "b")
    assert (len(asked) > 1) == (winerror != 112)


def test_elsewhere_nothing_is_waited_for(elsewhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere.setattr(machine.time, "sleep", lambda seconds: pytest.fail("nobody waits"))
    with pytest.raises(FileNotFoundError):
        machine.rename(tmp_path / "a", tmp_path / "b")


def test_a_new_folder_has_its_parents_rights(on_windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on_windows.setattr(machine.tempfile, "mkdtemp", lambda **_: pytest.fail("its maker's alone"))
    first, second = machine.new_folder(tmp_path, ".making-"), machine.new_folder(tmp_path, ".making-")
    assert first != second
    assert first.is_dir()
    assert first.name.startswith(".making-")
    machine.open_to_others(first)


def test_elsewhere_it_is_opened_to_others_when_it_is_whole(elsewhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = machine.new_folder(tmp_path, ".making-")
    assert made.stat().st_mode & 0o777 == 0o700
    machine.open_to_others(made)
    assert made.stat().st_mode & 0o777 == 0o755


def test_what_is_marked_read_only_is_removed(on_windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Windows refuses to remove a file that is marked so; a copy of a workbook keeps the mark."""
    folder, marked = tmp_path / "旧", tmp_path / "旧" / "一.xlsx"
    folder.mkdir()
    marked.write_bytes(b"1")
    marked.chmod(0o444)
    real = os.unlink

    def unlink(path: Any, **given: Any) -> None:
        if not marked.stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, "read-only", str(marked))
        real(marked)

    on_windows.setattr(os, "unlink", unlink)
    machine.remove_tree(folder)
    assert not folder.exists()


@pytest.mark.parametrize("patient", [True, False])
def test_what_cannot_be_removed(elsewhere: pytest.MonkeyPatch, tmp_path: Path, patient: bool) -> None:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "一.xlsx").write_bytes(b"1")

    def unlink(path: Any, **given: Any) -> None:
        raise PermissionError(errno.EACCES, "open elsewhere", str(path))

    elsewhere.setattr(os, "unlink", unlink)
    if patient:
        machine.remove_tree(tmp_path / "旧", patient=True)
    else:
        with pytest.raises(PermissionError):
            machine.remove_tree(tmp_path / "旧")
    machine.remove_tree(tmp_path / "没有")


# Locks.


def _hold(lock: str, ready: Any, done: Any) -> None:
    with machine.holding(Path(lock), 0) as is_held:
        ready.put(is_held)
        done.get()


def test_one_holds_a_lock_at_a_time_and_it_goes_with_him(tmp_path: Path) -> None:
    lock, context = tmp_path / "锁", multiprocessing.get_context("spawn")
    ready, done = context.Queue(), context.Queue()
    other = context.Process(target=_hold, args=(str(lock), ready, done))
    other.start()
    assert ready.get(timeout=30)
    with machine.holding(lock, 0.2) as is_held:
        assert not is_held
    other.kill()
    other.join()
    with machine.holding(lock, 5) as is_held:
        assert is_held


def test_windows_locks_a_byte(on_windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held: set[str] = set()

    def locking(descriptor: int, mode: str, count: int) -> None:
        if mode == "lock" and held:
            raise PermissionError(errno.EACCES, "held")
        held.symmetric_difference_update({"byte"})

    lend(on_windows, msvcrt=Module(locking=locking, LK_NBLCK="lock", LK_UNLCK="unlock"))
    with machine.holding(tmp_path / "锁", 0) as first:
        assert (first, held) == (True, {"byte"})
        with machine.holding(tmp_path / "锁", 0.01) as second:
            assert not second
    assert not held


# The person at the machine.


def test_windows_opens_a_folder_itself(on_windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    on_windows.setattr(os, "startfile", opened.append, raising=False)
    assert machine.open_folder(tmp_path)
    assert opened == [str(tmp_path)]
    on_windows.setattr(os, "startfile", lambda path: (_ for _ in ()).throw(OSError()))
    assert not machine.open_folder(tmp_path)


@pytest.mark.parametrize(
    ("found", "display", "is_shown"),
    [("xdg-open", ":0", True), ("xdg-open", "", False), ("open", "", True), ("", ":0", False)],
)
def test_elsewhere_a_folder_is_opened_where_there_is_a_desktop(
    elsewhere: pytest.MonkeyPatch, tmp_path: Path, found: str, display: str, is_shown: bool
) -> None:
    started: list[list[str]] = []
    elsewhere.setattr(machine.shutil, "which", lambda name: name if name == found else None)
    elsewhere.setattr(subprocess, "Popen", lambda command, **_: started.append(command))
    elsewhere.setenv("DISPLAY", display)
    elsewhere.delenv("WAYLAND_DISPLAY", raising=False)
    assert machine.open_folder(tmp_path) is is_shown
    assert started == ([[found, str(tmp_path)]] if is_shown else [])


class Keyboard(io.StringIO):
    """Somebody who sits there."""

    def isatty(self) -> bool:
        return True


def test_a_key_is_waited_for_where_somebody_sits_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(machine, "IS_WINDOWS", True)
    lend(monkeypatch, msvcrt=Module(getwch=lambda: pressed.append("key")))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    machine.wait_for_key()
    assert not pressed
    monkeypatch.setattr(sys, "stdin", Keyboard())
    machine.wait_for_key()
    assert pressed == ["key"]


def test_elsewhere_enter_is_waited_for(elsewhere: pytest.MonkeyPatch) -> None:
    keyboard = Keyboard("\nrest")
    elsewhere.setattr(sys, "stdin", keyboard)
    machine.wait_for_key()
    assert keyboard.read() == "rest"


# Memory.

_EATING = """
import sys
from pipeline.machine import limit_memory
assert limit_memory(512 * 2**20)
try:
    kept = bytearray(1024 * 2**20)
except MemoryError:
    sys.exit(7)
"""


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="the limit of Linux")
def test_a_process_has_no_more_memory_than_it_may() -> None:
    assert subprocess.run([sys.executable, "-c", _EATING], check=False).returncode == 7


@pytest.mark.parametrize("trouble", [ValueError("macOS"), None])
def test_where_nothing_limits_it_that_is_told(elsewhere: pytest.MonkeyPatch, trouble: ValueError | None) -> None:
    def refuse(what: int, limits: tuple[int, int]) -> None:
        assert trouble
        raise trouble

    lend(elsewhere, resource=Module(RLIMIT_AS=9, setrlimit=refuse) if trouble else None)
    assert not machine.limit_memory(2**30)


class Kernel:
    """What of kernel32 is asked for: keeps what it was given."""

    def __init__(self, *, refuses: str = "") -> None:
        self.given: list[tuple[str, Any]] = []
        for name in ("CreateJobObjectW", "GetCurrentProcess", "SetInformationJobObject", "AssignProcessToJobObject"):
            setattr(self, name, _Function(self.given, name, result=0 if name == refuses else 41 + len(name)))


class _Function:
    def __init__(self, given: list[tuple[str, Any]], name: str, result: int) -> None:
        self._given, self._name, self._result = given, name, result

    def __call__(self, *arguments: Any) -> int:
        self._given.append((self._name, arguments))
        return self._result


def test_windows_limits_a_process_by_its_job(on_windows: pytest.MonkeyPatch) -> None:
    kernel = Kernel()
    on_windows.setattr(ctypes, "WinDLL", lambda name, **_: kernel, raising=False)
    assert machine.limit_memory(2 * 2**30)
    called = dict(kernel.given)
    job, kind, limits, size = called["SetInformationJobObject"]
    assert (job, kind) == (41 + len("CreateJobObjectW"), 9)
    assert (limits._obj.flags, limits._obj.process_memory) == (0x100, 2 * 2**30)
    assert size == ctypes.sizeof(machine._Limits)
    assert called["AssignProcessToJobObject"] == (job, 41 + len("GetCurrentProcess"))


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="as x64 lays it out")
def test_the_limits_lie_as_windows_lays_them() -> None:
    """The sizes and places are those of JOBOBJECT_EXTENDED_LIMIT_INFORMATION on x64."""
    assert ctypes.sizeof(machine._Limits) == 144
    assert (machine._Limits.flags.offset, machine._Limits.io_counts.offset) == (16, 64)
    assert machine._Limits.process_memory.offset == 112


@pytest.mark.parametrize("refuses", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_a_job_that_is_refused_is_no_limit(on_windows: pytest.MonkeyPatch, refuses: str) -> None:
    on_windows.setattr(ctypes, "WinDLL", lambda name, **_: Kernel(refuses=refuses), raising=False)
    assert not machine.limit_memory(2**30)


def test_without_a_kernel_there_is_no_limit(on_windows: pytest.MonkeyPatch) -> None:
    on_windows.delattr(ctypes, "WinDLL", raising=False)
    assert not machine.limit_memory(2**30)


# The readers.


def test_a_reader_that_is_gone_is_told_whatever_the_system_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says EINVAL of a pipe that nobody reads any more."""

    def gone(stream: object, data: bytes) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(pool, "write_frame", gone)
    reader = pool._Reader()
    with pytest.raises(Refused, match="crashed"):
        reader.ask(b"x", 10)
    reader.stop()


def test_a_reader_looks_where_the_program_was_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["甲 乙", "lib"]))
    assert pool._search_path().split(os.pathsep)[1:] == ["甲 乙", "lib"]
    monkeypatch.delenv("PYTHONPATH")
    assert os.pathsep not in pool._search_path()
