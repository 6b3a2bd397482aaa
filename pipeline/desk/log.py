"""The log of a program's folder: when what was done, how it ended, and where a bug struck. Nothing of what was read.

Never a message of an error, a path or a name of a file that somebody handed in: these may name a child.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pipeline.machine import error_name

_LONGEST = 200_000  # bytes; then the older half goes


def note(log: Path, what: str, how: str, seconds: float) -> None:
    """Add a line; a log that can't be written is no reason to stop."""
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    where = f"{_system()}, Python {sys.version.split()[0]}"
    line = f"{now} {what}: {how}, {seconds:.1f} s; {where}\n"
    with suppress(OSError):
        if log.exists() and log.stat().st_size > _LONGEST:
            kept = log.read_bytes()[-_LONGEST // 2 :]
            log.write_bytes(kept[kept.find(b"\n") + 1 :])
        with log.open("a", encoding="utf-8") as stream:
            stream.write(line)


def _system() -> str:
    """Return the system and its build; `platform` would ask a service of Windows, which may take seconds."""
    told = getattr(sys, "getwindowsversion", None)
    return f"{sys.platform} {told().build}" if told else sys.platform


def where_of(trouble: BaseException) -> str:
    """Return the kind of an error and where it struck, the innermost first, without a word of what it says."""
    frames = traceback.extract_tb(trouble.__traceback__)[::-1][:8]
    kind = " ".join(filter(None, [type(trouble).__name__, error_name(trouble)]))
    return " < ".join([kind, *(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)])
