"""Who does the jobs: processes of this machine, or Dask on one machine or many. Results come as they are done.

A job whose process dies costs its school a row: here the process is replaced, with Dask the jobs of its chunk are
tried one by one. Every job can be done again without harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError, as_completed
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from pipeline.county.school_run import Done, Job
from pipeline.errors import OperatorError
from pipeline.reading.pool import READERS_VARIABLE
from schemas import county_words as w

Work = Callable[[Job], Done]
_SECONDS_A_SCHOOL = 1800
_JOBS_A_PROCESS = 200  # then it is replaced, whatever a library may have kept
_CHUNKS_A_WORKER = 4  # few enough for any scheduler, many enough that nobody waits long for the last one
_LARGEST_CHUNK = 20
_TRIES = 2


def do_here(jobs: Sequence[Job], work: Work, workers: int) -> Iterator[Done]:
    """Do the jobs in processes of this machine (0: one a core), each of which does one school after the other."""
    from pebble import ProcessExpired, ProcessPool

    os.environ[READERS_VARIABLE] = "1"  # the processes together take all cores
    count = min(workers or os.cpu_count() or 1, len(jobs))
    pool: Any = ProcessPool(count, max_tasks=_JOBS_A_PROCESS, context=get_context("spawn"))
    try:
        job_of = {pool.schedule(work, args=(job,), timeout=_SECONDS_A_SCHOOL): job for job in jobs}
        for future in as_completed(job_of):
            try:
                yield future.result()
            except ProcessExpired:
                yield Done(job_of[future].name, reason=w.DIED)
            except TimeoutError:
                yield Done(job_of[future].name, reason=w.LATE)
    except BaseException:
        pool.stop()  # somebody stopped the batch: what is left is not worked off first
        raise
    finally:
        pool.close()
        pool.join()


def do_with_dask(jobs: Sequence[Job], work: Work, workers: int, scheduler: str) -> Iterator[Done]:
    """Do the jobs on the workers of a Dask scheduler; without its address on a cluster of this machine's processes."""
    distributed = _distributed()
    os.environ[READERS_VARIABLE] = "1"
    count = workers or os.cpu_count() or 1
    cluster: Any = (
        None if scheduler else distributed.LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
    )
    try:
        with distributed.Client(scheduler or cluster) as client:
            known = len(client.scheduler_info()["workers"]) or count
            yield from _by_chunks(client, chunks(jobs, known), work)
    finally:
        if cluster is not None:
            cluster.close()


def chunks(jobs: Sequence[Job], workers: int) -> list[Sequence[Job]]:
    """Return the jobs in runs of neighbours: a task each, some for every worker."""
    size = max(1, min(_LARGEST_CHUNK, len(jobs) // (workers * _CHUNKS_A_WORKER)))
    return [jobs[start : start + size] for start in range(0, len(jobs), size)]


def _by_chunks(client: Any, parts: Sequence[Sequence[Job]], work: Work) -> Iterator[Done]:
    distributed = _distributed()
    owed = {client.submit(_all, part, work, pure=False, retries=_TRIES): part for part in parts}
    todo = distributed.as_completed(list(owed))
    for future in todo:
        part = owed.pop(future)
        try:
            yield from future.result()
        except distributed.KilledWorker:
            if len(part) == 1:
                yield Done(part[0].name, reason=w.DIED)
            for job in part if len(part) > 1 else ():  # one of them kills its worker: the others shall not pay for it
                alone = client.submit(_all, [job], work, pure=False, retries=_TRIES)
                owed[alone] = [job]
                todo.add(alone)


def _distributed() -> Any:
    try:
        return import_module("distributed")  # of the extra `cluster`: a school never needs it
    except ImportError:
        raise OperatorError(w.NEEDS_CLUSTER) from None


def _all(jobs: Sequence[Job], work: Work) -> list[Done]:
    return [work(job) for job in jobs]
