"""Make the n-th write of a run fail, as a full or broken disk does: opening, renaming, flushing, making a folder."""

from __future__ import annotations

import builtins
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CREATES = os.O_CREAT | os.O_WRONLY | os.O_RDWR


class Faults:
    """Counts the writes below a folder and lets one of them fail. `fail_at`: which, from 0; -1 for none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, below: Path) -> None:
        self.fail_at, self.count, self.number, self.lasts = -1, 0, 0, False
        self._below = str(below)
        for name in ("replace", "rename", "mkdir", "chmod"):
            monkeypatch.setattr(os, name, self._watched(getattr(os, name)))
        monkeypatch.setattr(os, "fsync", self._watched(os.fsync, every=True))
        opened = self._watched(io.open, when=lambda given: bool(set("wax+") & set(given)), makes=True)
        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr(builtins, "open", opened)

    def arm(self, fail_at: int, number: int, *, lasts: bool = False) -> None:
        """Let a write fail with an error number; `lasts`: and all after it."""
        self.fail_at, self.count, self.number, self.lasts = fail_at, 0, number, lasts

    @property
    def has_struck(self) -> bool:
        """Tell whether there was such a write at all."""
        return 0 <= self.fail_at < self.count

    def _watched(
        self,
        own: Callable[..., Any],
        *,
        when: Callable[[str], bool] | None = None,
        every: bool = False,
        makes: bool = False,
    ) -> Callable[..., Any]:
        def call(place: Any, *given: Any, **named: Any) -> Any:
            is_there = own.__name__ == "mkdir" and Path(place).is_dir()  # the system says so, whatever the disk does
            mode = named.get("mode", given[0] if given and isinstance(given[0], str) else "r") if when else ""
            if not is_there and (every or str(place).startswith(self._below)) and (when is None or when(mode)):
                self.count += 1
                strikes = self.count - 1 >= self.fail_at if self.lasts else self.count - 1 == self.fail_at
                if self.fail_at >= 0 and strikes:
                    if makes:  # the file is there, and nothing in it
                        own(place, *given, **named).close()
                    raise OSError(self.number, os.strerror(self.number), str(place))
            return own(place, *given, **named)

        return call


def tree(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its hash; run.json, which has timings, locks and empty folders left out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json" and not path.name.endswith(".lock")
    }


def is_a_sentence(told: str) -> bool:
    """Tell whether the last line is a sentence of ours, without a word of the system's English."""
    last = told.strip().splitlines()[-1] if told.strip() else ""
    return last.endswith("。") and not any(word in told for word in ("Errno", "Traceback", "Error", "No space"))
