"""The reader's own process: takes a workbook's bytes, gives back the cells of our sheets; or does another job.

What crashes or eats memory dies here, and the cells of a workbook that is none of ours stay here.
Imports no pandas, so that it is ready in a moment. A frame is eight bytes of length, then the bytes.
"""

from __future__ import annotations

import csv
import gc
import pickle
import struct
import sys
from itertools import count
from typing import BinaryIO

from pipeline.excel.guard import PUBLISHED_ROWS, Refused, text_of
from pipeline.excel.reading import read_book
from pipeline.machine import limit_memory
from pipeline.reading.sheets import lone_table, ours_only

MEMORY_BYTES = 2 * 2**30  # of one reader; the largest file that the guard lets pass needs a third of it
PUBLISHED = b"published\n"  # before the bytes of a workbook of ours that is wanted whole
JOB = b"job\n"  # before the pickled name and arguments of a job
NOT_DONE = b""  # the answer to a job that failed: who gave it does it himself, and sees why
_COLLECT_EVERY = 25  # workbooks; each leaves up to a megabyte in circles
_LENGTH = struct.Struct(">Q")


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Read one frame. Raises EOFError where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _answer(data: bytes) -> bytes:
    try:
        if data.startswith(PUBLISHED):
            return pickle.dumps(
                read_book(data.removeprefix(PUBLISHED), PUBLISHED_ROWS), protocol=pickle.HIGHEST_PROTOCOL
            )
        book = ours_only(read_book(data))
        return pickle.dumps(book or "not_ours", protocol=pickle.HIGHEST_PROTOCOL)
    except Refused as refusal:
        reason = refusal.reason
        if reason == "csv":
            text = text_of(data)
            rows = csv.reader(text.splitlines(), delimiter=max(",\t;", key=text.count))
            return pickle.dumps((reason, lone_table(list(rows))))
    except MemoryError:
        reason = "too_large"
    except Exception:
        reason = "damaged"
    except BaseException as panic:  # a panic of the Rust reader is no Exception
        if isinstance(panic, KeyboardInterrupt | SystemExit):
            raise
        reason = "damaged"
    return pickle.dumps(reason)


def _do(data: bytes) -> bytes:
    from pipeline.reading.jobs import JOBS

    name, given = pickle.loads(data)
    try:
        return JOBS[name](*given)
    except Exception:
        return NOT_DONE


def serve() -> None:
    """Answer frames until the parent closes the pipe."""
    limit_memory(MEMORY_BYTES)  # where no system limits it, the parent still limits the time
    gc.disable()  # while rows are built the collector costs a fifth of the time; what zip files leave is little
    for number in count(1):
        if number % _COLLECT_EVERY == 0:
            gc.collect()
        try:
            data = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        answer = _do(data.removeprefix(JOB)) if data.startswith(JOB) else _answer(data)
        write_frame(sys.stdout.buffer, answer)


if __name__ == "__main__":
    serve()
