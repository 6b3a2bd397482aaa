"""The screen: what is said there is never a reason to fail. It may be closed, full, of ASCII only, or not be there.

A report is worth more than the words about it: what can't be shown is left out, what can't be spelt is shown as ?.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pipeline.errors import reason_of
from schemas import operator_words as words

_SAMPLE = words.AND + words.TEMPLATES_DONE  # whoever can't spell this can't spell anything that we say


@contextmanager
def speaking() -> Iterator[None]:
    """Let the block print without fear; tell on the other stream what could not be said."""
    _fill_gaps()
    before = sys.stdout, sys.stderr
    out, err = _Patient(before[0]), _Patient(before[1])
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        out.flush()
        if out.trouble is not None and not isinstance(out.trouble, BrokenPipeError):
            print(words.OUTPUT_LOST.format(because=reason_of(out.trouble)), file=err)
        err.flush()
        sys.stdout, sys.stderr = before
        for stream in (out, err):
            stream.close_quietly()


def _fill_gaps() -> None:
    """Put nothing where a stream was closed before we started: else the first file opened would take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


class _Patient:
    """A stream to print to that swallows what the system refuses, and keeps the first refusal as `trouble`."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.trouble: OSError | None = None
        with suppress(AttributeError, ValueError, LookupError, OSError):  # no stream at all, or one of a test
            if not _can_spell(stream.encoding):
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._try("write", text)
        return len(text)

    def flush(self) -> None:
        self._try("flush")

    def isatty(self) -> bool:
        return bool(self._stream is not None and not self._stream.closed and self._stream.isatty())

    def _try(self, what: str, *given: str) -> None:
        if self._stream is None or self.trouble is not None:
            return
        try:
            getattr(self._stream, what)(*given)
        except OSError as trouble:
            self.trouble = trouble
        except ValueError:  # it has been closed
            self.trouble = OSError(errno.EBADF, "")

    def close_quietly(self) -> None:
        """Let Python's own last flush, at its end, go nowhere: it would fail once more, and say so in English."""
        if self.trouble is None:
            return
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


def _can_spell(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def is_asked() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def agreed(question: str) -> bool | None:
    """Ask on a terminal whether to go on; None where nobody can be asked."""
    if not is_asked():
        return None
    try:
        answer = input(question)
    except (EOFError, KeyboardInterrupt):
        return False
    return answer.strip().casefold() in words.YES_ANSWERS
