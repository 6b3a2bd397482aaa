"""A fence around each step that touches one file's bytes: whatever it raises is a fact about that file.

Parsers, zip readers and writers raise what nobody has listed, a panic of the Rust reader among it. One file's surprise
must cost the school neither its month nor another class its return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pipeline.excel.guard import Refused

T = TypeVar("T")


@dataclass(frozen=True)
class Trouble:
    """A step failed. `reason` is a key of `schemas.rules.REFUSALS`; what was raised is gone: it may quote a child."""

    reason: str


def fenced(step: Callable[[], T]) -> T | Trouble:
    """Do a step on one file; return what it gives, or the trouble that it had. Only a wish to stop goes through."""
    try:
        return step()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as raised:
        return Trouble(_reason(raised))


def fenced_each(start: Callable[[], Iterator[T]]) -> Iterator[T | Trouble]:
    """Yield what an iterator gives; where it raises, its trouble as the last."""
    items = fenced(start)
    if isinstance(items, Trouble):
        yield items
        return
    while True:
        item = fenced(lambda: next(items, _END))
        if item is _END:
            return
        yield item  # type: ignore[misc]  # the end is not among what is yielded
        if isinstance(item, Trouble):
            return


_END = object()


def _reason(raised: BaseException) -> str:
    if isinstance(raised, Refused):
        return raised.reason
    if isinstance(raised, MemoryError):
        return "too_large"
    return "unreadable" if isinstance(raised, OSError) else "damaged"
