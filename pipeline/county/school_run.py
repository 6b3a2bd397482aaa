"""One school's month of a batch: done anew where anything has changed since it was last done, isolated from all others.

It runs in a process of its own, here or on another machine; what it is given and gives back is small and plain.
"""

from __future__ import annotations

import gc
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.county.timeliness import day_of_file
from pipeline.errors import NotWritten, OperatorError, not_written
from pipeline.keeping.unchanged import given_files, key_of, made_of
from pipeline.model import Month
from pipeline.months.elsewhere import Elsewhere
from pipeline.months.run_file import read_facts
from pipeline.reading.file_names import is_passed_over
from pipeline.report import report
from pipeline.stages.collect import collect
from schemas import county_words as w
from schemas.folders import BUREAU

_ROOT = Path(__file__).parent.parent.parent
_PATIENCE = 120  # seconds for a process of a killed batch to end the school it was at


@dataclass(frozen=True)
class Job:
    """A school's month: the name of its folder, where its workbooks lie, and where its reports go (paths or URLs).

    `elsewhere`: which of its children other schools of the county have.
    """

    name: str
    source: str
    target: str
    month: str
    elsewhere: Elsewhere = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What became of a job. `digest` seals its data; `reason`: why there is no report.

    `received`: the day on which the last of its files was written, as 2026-11-05. `is_bug`: the fault is ours;
    `is_unwritten`: it is the machine's, which would not take the report.
    """

    name: str
    is_same: bool = False
    digest: str = ""
    seconds: float = 0
    reason: str = ""
    is_missing: bool = False
    is_bug: bool = False
    is_unwritten: bool = False
    received: str = ""

    @property
    def is_fresh(self) -> bool:
        return not self.reason and not self.is_same


def run_school(job: Job, source: Path, target: Path) -> Done:
    """Write a school's report where its last one was not made of the same. Never raises for what one school holds."""
    start = time.perf_counter()
    try:
        return _run(job, source, target, start)
    except OperatorError as trouble:
        return Done(job.name, reason=str(trouble), is_unwritten=isinstance(trouble, NotWritten))
    except OSError as trouble:
        return Done(job.name, reason=str(not_written(trouble, trouble.filename or target)), is_unwritten=True)
    except Exception as bug:  # a bug costs this school its row, with the place to look at, and no other school anything
        return Done(job.name, reason=_where(bug), is_bug=True)


def _run(job: Job, source: Path, target: Path, start: float) -> Done:
    given = given_files(source)
    if not given:
        return Done(job.name, reason=w.EMPTY_FOLDER, is_missing=True)
    key = key_of([*given, *(f"{number}\x1f{school}" for number, school in sorted(job.elsewhere.items()))], target)
    same = made_of(target, key, only=BUREAU)  # what is not here lies in shared storage
    if same:
        return Done(job.name, is_same=True, digest=str(same["data_sha256"]), received=_last_day(source))
    month = Month.parse(job.month)
    if not gc.get_freeze_count():
        gc.freeze()  # what is loaded stays: without it each school waits a tenth of a second for its circles
    report(collect(source), month, target, key=key, patience=_PATIENCE, elsewhere=job.elsewhere)
    facts = read_facts(target)
    gc.collect()  # a report leaves circles behind: no school adds to the memory of those after it
    seconds = time.perf_counter() - start
    return Done(job.name, digest=str(facts["data_sha256"]), seconds=seconds, received=_last_day(source))


def _last_day(source: Path) -> str:
    """Return the day on which the last of a school's files was written; "" where their times say nothing."""
    files = (path for path in source.rglob("*") if path.is_file() and not is_passed_over(path.name))
    try:
        return max(map(day_of_file, files), default="")
    except (OSError, OverflowError, ValueError):
        return ""


def _where(bug: Exception) -> str:
    """Say where a bug shows, without a word of what the program was working on."""
    frames = [f for f in traceback.extract_tb(bug.__traceback__) if Path(f.filename).is_relative_to(_ROOT)]
    place = f"{Path(frames[-1].filename).relative_to(_ROOT).as_posix()}:{frames[-1].lineno}" if frames else ""
    return w.BUG.format(kind=type(bug).__name__, where=place)
