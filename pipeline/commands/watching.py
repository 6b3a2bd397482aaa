"""`guanai report --watch`: the month's folder is looked at, and what is saved there brings the report up to date.

The process stays, so that its libraries and what the readers answered of unchanged files are at hand.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import EXIT_DONE, OperatorError, not_readable
from schemas import watch_words as w

if TYPE_CHECKING:
    from pipeline.result import Result

Stamp = tuple[int, int]  # size and time of change
Seen = Mapping[str, Stamp]
Run = Callable[[], "Result"]

LOOK_EVERY = 0.5  # seconds
TRY_AGAIN_AFTER = 60.0  # seconds, where a report could not be put in its place
_NAMED = 5  # files of one change


@dataclass
class Watch:
    """A folder that is watched: `run` brings the report up to date. `sleep` and `clock` are the machine's own."""

    folder: Path
    target: Path
    run: Run
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def go(self) -> int:
        """Watch until Ctrl-C. Raises OperatorError where even the first report can't be made."""
        from pipeline.reading.remembering import MEMORY

        MEMORY.start()
        try:
            seen = seen_in(self.folder)
            result = self.run()
            print(w.WATCHING.format(folder=self.folder), flush=True)
            while True:
                gc.collect()  # nobody waits for it now
                now = self._changed(seen)
                MEMORY.next_run()
                result, seen = self._brought_up(result, seen, now)
        except KeyboardInterrupt:
            print(w.STOPPED.format(folder=self.target))
            return EXIT_DONE
        finally:
            MEMORY.stop()

    def _changed(self, seen: Seen) -> Seen:
        """Wait until the folder is another, and has come to rest: a program saves in several steps."""
        since = self.clock()
        while True:
            self.sleep(LOOK_EVERY)
            now = seen_in(self.folder)
            if now == seen or (not seen and self.clock() - since > TRY_AGAIN_AFTER):
                continue
            self.sleep(LOOK_EVERY)
            if seen_in(self.folder) == now:
                return now

    def _brought_up(self, before: Result, seen: Seen, now: Seen) -> tuple[Result, Seen]:
        """Return the new result and what it was made of; the old ones where it can't be made, to be tried again."""
        began = self.clock()
        try:
            result = self.run()
        except (OperatorError, OSError) as trouble:
            said = trouble if isinstance(trouble, OperatorError) else not_readable(trouble, self.folder)
            print(w.NOT_DONE.format(time=_time(), because=said), w.AGAIN, flush=True)
            return before, self._rested(now)
        seconds = f"{self.clock() - began:.1f}"
        print(w.CHANGED.format(time=_time(), seconds=seconds, files=w.AND.join(_files(seen, now))))
        for line in list(_told(before, result)) or [w.SAME]:
            print(line, flush=True)
        return result, now

    def _rested(self, now: Seen) -> Seen:
        """Wait for another change, or a minute; return what makes the next look see one."""
        until = self.clock() + TRY_AGAIN_AFTER
        while self.clock() < until and seen_in(self.folder) == now:
            self.sleep(LOOK_EVERY)
        return {**now, "": (0, 0)}  # no folder looks so


def seen_in(folder: Path) -> Seen:
    """Return the files below a folder with size and time of change; locks and hidden files say nothing."""
    from pipeline.reading.file_names import is_passed_over

    found = {}
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not is_passed_over(path.name):
                own = path.stat()
                found[path.relative_to(folder).as_posix()] = (own.st_size, own.st_mtime_ns)
        except OSError:
            continue  # it goes while it is looked at: the next look tells
    return found


def _time() -> str:
    return f"{datetime.now():%H:%M:%S}"


def _files(seen: Seen, now: Seen) -> Iterator[str]:
    """Yield what happened to files, at most a few."""
    told = [w.NEW.format(name=name) for name in now if name not in seen]
    told += [w.MENDED.format(name=name) for name in now if name in seen and now[name] != seen[name]]
    told += [w.GONE.format(name=name) for name in seen if name and name not in now]
    yield from told[:_NAMED]
    if len(told) > _NAMED:
        yield w.MORE.format(count=len(told))


def _told(before: Result, now: Result) -> Iterator[str]:
    """Yield what is another in the report: states and problems of classes, figures of the school."""
    from pipeline.publishing.counts import Counts, fraction_text
    from schemas.class_names import class_text
    from schemas.figures import FIGURES

    classes = {c.place: c for c in before.turnout.classes}
    for own in now.turnout.classes:
        old = classes.get(own.place)
        if old is None or (old.state, old.error_count, old.warning_count) == (
            own.state,
            own.error_count,
            own.warning_count,
        ):
            continue
        name = class_text(own.place)
        if old.state != own.state:
            yield w.STATE.format(class_name=name, before=old.state, now=own.state)
        if (old.error_count, old.warning_count) != (own.error_count, own.warning_count):
            yield w.PROBLEMS.format(
                class_name=name,
                errors_before=old.error_count,
                errors=own.error_count,
                warnings_before=old.warning_count,
                warnings=own.warning_count,
            )
    counts = (Counts(before), Counts(now))
    for figure in FIGURES:
        old_n, new_n = (count.school(figure.key) for count in counts)
        if old_n != new_n:
            yield w.FIGURE.format(title=figure.title, before=fraction_text(*old_n), now=fraction_text(*new_n))
