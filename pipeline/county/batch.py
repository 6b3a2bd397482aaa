"""`guanai batch`: every school's month from one folder a school, then the roll-up and the data for analysts.

Nothing is kept of a batch itself: a school is done where its report is there and was made of the same files by the same
program. A batch that was killed goes on where it was because those schools are as they would be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.commands.months_found import folder_names_of, read_name
from pipeline.county.dataset import write_dataset
from pipeline.county.district import District
from pipeline.county.engines import do_here, do_with_dask
from pipeline.county.gather import Failed
from pipeline.county.movers import shared_numbers
from pipeline.county.notice_file import refuse_template
from pipeline.county.rollup import USUAL, Terms, published, refuse_place, rollup
from pipeline.county.school_run import Done, Job
from pipeline.county.storage import (
    absolute,
    address_lies_in,
    at_hand,
    below,
    brought,
    folders_of,
    has_files,
    refuse_foreign_report,
    run_job,
)
from pipeline.errors import NotWritten, OperatorError, not_readable
from pipeline.model import Month
from pipeline.reading.file_names import is_passed_over
from schemas import county_words as w
from schemas import dataset as d
from schemas import operator_words as words
from schemas.folders import BUREAU, DATA

_LOCK = ".batch.lock"
Tell = Callable[[int, int, Done], None]
Work = Callable[[Sequence[Job]], Iterator[Done]]


def batch(
    source: str,
    month: Month,
    output: str,
    *,
    listed: Path | None = None,
    name: str = "",
    workers: int = 0,
    engine: str = w.ENGINES[0],
    scheduler: str = "",
    terms: Terms = USUAL,
) -> tuple[District, str, list[Done]]:
    """Do a month of all schools below `source`; return the district, its workbook and what became of each school.

    `source` and `output` are paths, or fsspec addresses that every worker reaches. Raises OperatorError.
    """
    _refuse_overlap(source, output, month)
    refuse_template(terms.template)
    try:
        jobs, lost = _jobs(absolute(source), month, absolute(output))
    except OSError as trouble:
        raise not_readable(trouble, source) from None
    if not jobs and not lost:
        raise OperatorError(w.NO_SCHOOL_FOLDERS.format(folder=source))
    for job in jobs:
        refuse_foreign_report(job.target)
    with at_hand(output, w.FOLDER) as here, _alone(here, month, name), _progress(len(jobs) + len(lost)) as tell:
        work = partial(do_with_dask, scheduler=scheduler) if engine == w.ENGINES[1] else do_here
        for number, own in enumerate(lost, start=1):
            tell(number, len(jobs) + len(lost), own)
        done = [*lost, *_all_done(_asked(jobs), partial(work, work=run_job, workers=workers), len(lost), tell)]
        _refuse_unwritten(done)
        done.sort(key=lambda own: own.name)
        district, path = _summed_up(done, jobs, month, here, listed=listed, name=name, terms=terms)
        place = below(output, *path.relative_to(here).parts)
    return district, place, done


def _all_done(jobs: Sequence[Job], work: Work, before: int, tell: Tell) -> list[Done]:
    """Do the jobs; then those again of whose children other schools know more now than when they were done."""
    done: dict[str, Done] = {}
    for own in work(jobs) if jobs else ():
        done[own.name] = own
        tell(before + len(done), before + len(jobs), own)
    whole = [job for job in jobs if not done[job.name].reason]
    again = [new for old, new in zip(whole, _asked(whole), strict=True) if new.elsewhere != old.elsewhere]
    for own in work(again) if again else ():
        done[own.name] = own
        tell(before + len(jobs), before + len(jobs), own)
    return list(done.values())


def _asked(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs with what the rosters of the others, as they are known now, say of their children."""
    found = shared_numbers({job.name: brought(job.target, only=DATA) for job in jobs})
    return [replace(job, elsewhere=found[job.name]) for job in jobs]


def _summed_up(
    done: Sequence[Done], jobs: Sequence[Job], month: Month, here: Path, *, listed: Path | None, name: str, terms: Terms
) -> tuple[District, Path]:
    """Write the roll-up and the data set of the schools that were done; return the district and its workbook."""
    target_of = {job.name: job.target for job in jobs}
    made = [own for own in done if not own.reason]
    failed = [Failed(own.name, own.reason, own.is_missing) for own in done if own.reason]
    with ExitStack() as stack:
        folders = [stack.enter_context(brought(target_of[own.name], only=BUREAU)) for own in made]
        received = {path: own.received for own, f in zip(made, folders, strict=True) for path in published(f)}
        district, path = rollup(
            [*received], month, here, listed=listed, name=name, failed=failed, received=received, terms=terms
        )
        county_of = {school.code: school.county for school in district.gathered.schools}
        data = ((own.digest, partial(brought, target_of[own.name], only=DATA)) for own in made)
        write_dataset(list(data), county_of, month, here)
    return district, path


def _refuse_overlap(source: str, output: str, month: Month) -> None:
    """Let nothing be written where schools hand in, and nobody hand in where we write. Raises OperatorError."""
    written = [below(output, *parts) for parts in ((w.SCHOOLS_FOLDER,), (str(month), w.FOLDER), (d.FOLDER,))]
    if address_lies_in(output, source) or any(address_lies_in(source, place) for place in written):
        raise OperatorError(words.IS_INPUT.format(target=output, folder=source))


def _refuse_unwritten(done: Sequence[Done]) -> None:
    """Sum nothing up where the machine would not take a report: its school handed in. Raises OperatorError."""
    unwritten = [own for own in done if own.is_unwritten]
    if unwritten:
        first = unwritten[0]
        told = {"count": len(unwritten), "name": first.name, "reason": first.reason}
        raise NotWritten(w.UNWRITTEN.format(**told))


def _jobs(source: str, month: Month, output: str) -> tuple[list[Job], list[Done]]:
    """Return a job a folder, and the folders that have none: it can't be told which of their folders is the month."""
    found, lost = [], []
    for name in folders_of(source):
        if is_passed_over(name):
            continue
        own = below(source, name)
        try:
            beside, is_loose = folders_of(own), has_files(own)
        except OSError as trouble:
            lost.append(Done(name, reason=str(not_readable(trouble, own))))
            continue
        fitting = folder_names_of(beside, month)
        others = [other for other in beside if read_name(other)]
        if len(fitting) > 1:
            reason = words.TWO_FOLDERS.format(month=month, names=words.AND.join(fitting))
            lost.append(Done(name, reason=reason))
        elif others and not fitting and not is_loose:
            reason = w.OTHER_MONTHS.format(month=month, names=words.AND.join(others))
            lost.append(Done(name, reason=reason, is_missing=True))
        else:
            place = below(own, *fitting)
            found.append(Job(name, place, below(output, w.SCHOOLS_FOLDER, name, str(month)), str(month)))
    return found, lost


@contextmanager
def _alone(output: Path, month: Month, name: str) -> Iterator[None]:
    """Hold the output against a second batch. Raises OperatorError."""
    refuse_place(output, month, name)
    output.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(output / _LOCK, timeout=0):
            yield
    except Timeout:
        raise OperatorError(words.IN_USE.format(folder=output)) from None


@contextmanager
def _progress(count: int) -> Iterator[Tell]:
    """Show how far it is: a bar on a terminal, a line a school in a log."""
    if not sys.stderr.isatty():
        yield lambda number, total, done: print(_line(number, total, done), file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task(w.SCHOOLS_FOLDER, total=count)
        yield lambda number, total, done: shown.update(task, completed=number, description=done.name)


def _line(number: int, total: int, done: Done) -> str:
    how = done.reason or (w.SAME if done.is_same else w.FRESH.format(seconds=done.seconds))
    return w.SCHOOL_LINE.format(number=number, count=total, name=done.name, how=how)
