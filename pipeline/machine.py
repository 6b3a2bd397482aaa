"""What Windows, Linux and macOS do differently, in this one place: everything else asks here and depends on neither.

What a system lacks is done without, or done in another way; where that matters, the function says so. Nothing that only
one system has is imported before it is asked for. Imports nothing of ours and nothing that has to be installed.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

IS_WINDOWS = os.name == "nt"

# What Windows says → the name that other systems have for it; CLOUD is a file that a cloud drive has not fetched.
_CLOUD_ERRORS = (358, *range(362, 366), *range(378, 399), 404, 426)
_WINDOWS_ERRORS = {
    **dict.fromkeys((5,), "EACCES"),
    **dict.fromkeys((32, 33, 1224), "EBUSY"),  # shared with nobody; locked in part; mapped by another
    **dict.fromkeys((39, 112), "ENOSPC"),
    **dict.fromkeys((206, 111), "ENAMETOOLONG"),
    **dict.fromkeys((19,), "EROFS"),
    **dict.fromkeys((21, 1006, 1167), "ENODEV"),  # a stick that was pulled out
    **dict.fromkeys((53, 59, 64, 67, 1231), "ESTALE"),  # a network drive that is gone
    **dict.fromkeys((23, 1117), "EIO"),
    **dict.fromkeys(_CLOUD_ERRORS, "CLOUD"),
}
_PASSING = (5, 32, 33)  # a virus scanner or a cloud drive looks at what was just written, and lets go again
_PATIENCE, _PAUSE = 5.0, 0.1  # seconds
_PLACEHOLDER = 0x1000 | 0x40000 | 0x400000  # FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS


def error_name(trouble: BaseException) -> str:
    """Return what the system refused for, by its POSIX name (ENOSPC …) or CLOUD; "" where nobody knows."""
    import errno

    told = getattr(trouble, "winerror", None)
    if told in _WINDOWS_ERRORS:
        return _WINDOWS_ERRORS[told]
    number = getattr(trouble, "errno", None)
    return errno.errorcode.get(number, "") if number else ""


def is_in_cloud(path: Path) -> bool:
    """Tell whether a file is only a placeholder: its bytes lie in a cloud drive (OneDrive, WPS) and not here."""
    with contextlib.suppress(OSError):
        return bool(getattr(path.stat(), "st_file_attributes", 0) & _PLACEHOLDER)
    return False


def reading_flags() -> int:
    """Return how a file is opened to be read: bytes as they are, no link followed, no waiting on a pipe."""
    return os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def longest_path() -> int:
    """Return how many characters a whole path may have. Windows allows 259 where nobody has switched more on."""
    return 32_000 if not IS_WINDOWS or _allows_long_paths() else 259


def _allows_long_paths() -> bool:
    try:
        registry: Any = importlib.import_module("winreg")
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return bool(registry.QueryValueEx(key, "LongPathsEnabled")[0])
    except (ImportError, OSError):
        return False


# Moving, making, removing.


def rename(old: Path, new: Path) -> None:
    """Rename a file or folder. Raises OSError; on Windows after waiting for what holds it for a moment only."""
    _patiently(lambda: old.rename(new))


def replace(old: Path, new: Path) -> None:
    """Move a file over another. Raises OSError, as where the other is open in a program of Windows."""
    _patiently(lambda: old.replace(new))


def _patiently(step: Callable[[], object]) -> None:
    until = time.monotonic() + (_PATIENCE if IS_WINDOWS else 0)
    while True:
        try:
            step()
        except OSError as trouble:
            if getattr(trouble, "winerror", None) not in _PASSING or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def new_folder(parent: Path, prefix: str) -> Path:
    """Make a folder of a new name. Raises OSError.

    On Windows it may be opened by whoever may open its parent: a temporary folder of Python's is its maker's alone
    there, and stays so when it is renamed, to the surprise of the colleague at the same computer.
    """
    if not IS_WINDOWS:
        return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    made = parent / f"{prefix}{uuid.uuid4().hex[:8]}"
    made.mkdir()
    return made


def open_to_others(folder: Path) -> None:
    """Let others read a folder that `new_folder` made; on Windows they may already. Raises OSError."""
    if not IS_WINDOWS:
        folder.chmod(0o755)


def remove_tree(folder: Path, *, patient: bool = False) -> None:
    """Remove a folder with what is in it, what is marked read-only as well. Raises OSError unless `patient`."""

    def once_more(step: Callable[[str], object], path: str, trouble: Any) -> None:
        if IS_WINDOWS:  # elsewhere the mark says nothing about removing
            with contextlib.suppress(OSError):
                Path(path).chmod(stat.S_IWRITE | stat.S_IREAD)
                step(path)
                return
        if not patient:
            raise trouble[1] if isinstance(trouble, tuple) else trouble

    if not folder.exists():
        return
    told: Any = {"onexc" if sys.version_info >= (3, 12) else "onerror": once_more}
    shutil.rmtree(folder, **told)


@contextlib.contextmanager
def holding(lock: Path, seconds: float) -> Iterator[bool]:
    """Hold a lock for a block; give False where another process still holds it after `seconds`. Raises OSError.

    It goes with the process, however that ends; the empty file stays.
    """
    with lock.open("a+b") as stream:
        until = time.monotonic() + seconds
        while not (is_held := _try_lock(stream.fileno())) and time.monotonic() < until:
            time.sleep(_PAUSE)
        try:
            yield is_held
        finally:
            if is_held:
                _unlock(stream.fileno())


def _try_lock(descriptor: int) -> bool:
    try:
        if IS_WINDOWS:
            windows: Any = importlib.import_module("msvcrt")
            os.lseek(descriptor, 0, os.SEEK_SET)
            windows.locking(descriptor, windows.LK_NBLCK, 1)
        else:
            posix: Any = importlib.import_module("fcntl")
            posix.flock(descriptor, posix.LOCK_EX | posix.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(descriptor: int) -> None:
    if IS_WINDOWS:
        windows: Any = importlib.import_module("msvcrt")
        os.lseek(descriptor, 0, os.SEEK_SET)
        windows.locking(descriptor, windows.LK_UNLCK, 1)
    else:
        posix: Any = importlib.import_module("fcntl")
        posix.flock(descriptor, posix.LOCK_UN)


# The person at the machine.


def open_folder(folder: Path) -> bool:
    """Show a folder in the file manager; False where there is none."""
    try:
        if IS_WINDOWS:
            start: Any = getattr(os, "startfile")  # noqa: B009 - only Windows has it
            start(str(folder))
        else:
            opener = next((name for name in ("xdg-open", "open") if shutil.which(name)), "")
            if not opener or (opener == "xdg-open" and not _has_desktop()):
                return False
            quiet: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.Popen([opener, str(folder)], start_new_session=True, **quiet)
    except OSError:
        return False
    return True


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def wait_for_key() -> None:
    """Wait until somebody presses a key (elsewhere than on Windows: Enter); not where nobody sits there."""
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        return
    with contextlib.suppress(EOFError, KeyboardInterrupt, OSError, ImportError):
        if IS_WINDOWS:
            importlib.import_module("msvcrt").getwch()
        else:
            sys.stdin.readline()


# Memory.


def limit_memory(size: int) -> bool:
    """Let this process have no more than `size` bytes: then MemoryError. False where the system can't be asked for it.

    By the address space where there is `resource`, else by a job of Windows that holds this process alone.
    """
    if IS_WINDOWS:
        return _limit_by_job(size)
    try:
        posix: Any = importlib.import_module("resource")
        posix.setrlimit(posix.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):  # macOS has it, and refuses
        return False
    return True


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of Windows, its parts laid out flat: natural alignment is the same."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("greatest_working_set", ctypes.c_size_t),
        ("process_count", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("io_counts", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


_EXTENDED_LIMITS, _LIMIT_PROCESS_MEMORY = 9, 0x100


def _limit_by_job(size: int) -> bool:
    try:
        kernel: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009 - only Windows has it
    except (AttributeError, OSError):
        return False
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    job = kernel.CreateJobObjectW(None, None)
    limits = _Limits(flags=_LIMIT_PROCESS_MEMORY, process_memory=size)
    return bool(
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    )  # the job's handle is never closed: it has to last as long as the process
