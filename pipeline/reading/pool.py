"""Read workbooks in processes of their own, so that no file can crash, hang or starve the run.

Two readers work while the main process still imports pandas. A reader that dies or is late costs its file a
sentence, is replaced, and the other files go on. The readers live as long as the program, and write workbooks too.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.excel.guard import Refused
from pipeline.excel.reading import RawBook
from pipeline.reading.jobs import JOBS, make_ready
from pipeline.reading.remembering import MEMORY
from pipeline.reading.worker import JOB, NOT_DONE, PUBLISHED, read_frame, write_frame

READERS_VARIABLE = "GUANAI_READERS"  # set for the processes of a batch, which together take all cores
READERS = int(os.environ.get(READERS_VARIABLE, 0)) or max(2, os.cpu_count() or 2)  # started as there is work
WAITING_BYTES = 64 * 2**20  # a school's month is some 3 MB, so that collecting never waits
SECONDS_A_FILE = 20  # a class workbook takes five thousandths of one
SECONDS_A_JOB = 120  # the largest workbook of ours takes one

_ROOT = Path(__file__).parent.parent.parent


def _search_path() -> str:
    """Return where a reader looks for modules: the program, then wherever else this process was told to look."""
    return os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


class _Reader:
    """One reader process, started when first needed and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes, seconds: float) -> bytes:
        """Return the answer to a frame. Raises Refused for a process that died or was late."""
        process: Any = self._running()
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            write_frame(process.stdin, data)
            return read_frame(process.stdout)
        except (EOFError, OSError):  # Windows says of a broken pipe that the argument is invalid
            self.stop()
            raise Refused("too_slow" if timer.finished.is_set() else "crashed") from None
        finally:
            timer.cancel()

    def read(self, data: bytes) -> RawBook:
        answer = pickle.loads(MEMORY.answer(data, lambda: self.ask(data, SECONDS_A_FILE)))
        if isinstance(answer, str):
            raise Refused(answer)
        if isinstance(answer, tuple):
            raise Refused(*answer)
        if not isinstance(answer, RawBook):
            raise Refused("damaged")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.reading.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _search_path()},
            )
            atexit.register(self.stop)
        return self._process

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was not sent to a dead reader is of no use
                        pipe.close()
            self._process = None


_local = threading.local()
_threads = ThreadPoolExecutor(READERS, thread_name_prefix="reader")


def _reader() -> _Reader:
    if not hasattr(_local, "reader"):
        _local.reader = _Reader()
    reader: _Reader = _local.reader
    return reader


def _read(data: bytes) -> RawBook:
    return _reader().read(data)


class _Budget:
    """Holds whoever brings more bytes back until those before are read; a single file always fits."""

    def __init__(self, size: int) -> None:
        self._size, self._waiting = size, 0
        self._changed = threading.Condition()

    def take(self, count: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting or self._waiting + count <= self._size)
            self._waiting += count

    def give(self, count: int) -> None:
        with self._changed:
            self._waiting -= count
            self._changed.notify_all()


_budget = _Budget(WAITING_BYTES)


class Reading:
    """A workbook that is being read. It is given away once, so that nothing keeps what nobody uses any more."""

    def __init__(self, future: Future[RawBook]) -> None:
        self._future: Future[RawBook] | None = future

    def take(self) -> RawBook:
        """Wait for the cells and give them away. Raises Refused, and LookupError the second time."""
        if self._future is None:
            raise LookupError("a workbook is given away once")
        future, self._future = self._future, None
        return future.result()


def read_now(data: bytes) -> RawBook:
    """Return a workbook as typed. Raises Refused."""
    return start_reading(data).take()


def start_reading(data: bytes, *, is_published: bool = False) -> Reading:
    """Begin to read a workbook; the cells of our templates' sheets, or the whole of a published one.

    Waits where more than WAITING_BYTES have not been read yet, so that a folder of any size fits into memory.
    """
    size = len(data)
    _budget.take(size)
    future = _threads.submit(_read, PUBLISHED + data if is_published else data)
    future.add_done_callback(lambda _: _budget.give(size))
    return Reading(future)


class Work:
    """A job that one of the processes does meanwhile."""

    def __init__(self, job: str, given: tuple[Any, ...]) -> None:
        self._job, self._given = job, given
        is_alone = READERS < 2  # of a batch: every core has its school, and no time to spare
        self._future = None if is_alone else _threads.submit(_do, JOB + pickle.dumps((job, given)))

    def result(self) -> bytes:
        """Wait for what was made. A job that no process could do is done here, and raises here."""
        try:
            made = self._future.result() if self._future else NOT_DONE
        except Refused:
            made = NOT_DONE
        return made or JOBS[self._job](*self._given)


def _do(data: bytes) -> bytes:
    return MEMORY.answer(data, lambda: _reader().ask(data, SECONDS_A_JOB))


def give(job: Callable[..., bytes], *given: Any) -> Work:
    """Have a job of `JOBS` done by one of the processes, while this one goes on."""
    return Work(job.__name__, given)


def make_all_ready() -> None:
    """Let each process load what it will write with: they wait while the main one works the month out."""
    if READERS > 1:
        for _ in range(READERS):
            give(make_ready)


def made(content: Work | bytes) -> bytes:
    """Return what is there, or what is being made of it."""
    return content if isinstance(content, bytes) else content.result()
