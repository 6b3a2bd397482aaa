"""Write a report beside its place and move it in when it is whole: a crash or a full disk leaves the old one.

The report is built in `.making-…` beside the target, every file is flushed to the disk, and two renames put it in
place. A run that was killed between them is mended by the next one, under a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from pipeline import machine
from pipeline.errors import NotWritten, OperatorError, not_written, reason_of
from pipeline.keeping.facts import run_facts
from pipeline.keeping.placing import STAGING
from pipeline.keeping.snapshot import write_frames
from pipeline.keeping.targets import REPORT, Kind, entries, refuse_file, refuse_foreign
from pipeline.months.history import LEDGER, STANDINGS
from pipeline.months.ledger import ledger_frame
from pipeline.months.run_file import digest_of
from pipeline.reading.pool import Work, made
from pipeline.result import Result
from pipeline.scoring.standings import standings_frame, standings_of
from schemas import operator_words as words
from schemas.folders import DATA, PLAN_FILE, RUN_FILE
from schemas.versions import DATA_VERSION

_OLD, _LOCK = ".old-", ".guanai.lock"
_AT_A_TIME = 8  # files that are brought to the disk together


@contextmanager
def replacing(target: Path, patience: float = 0, kind: Kind = REPORT) -> Iterator[Path]:
    """Give a folder to write into; move it to `target` when the block ends well, else throw it away.

    `patience`: seconds to wait for another run that writes there; `kind`: what may stand at `target` and be replaced.
    Raises OperatorError where something else stands there, the place can't be written, is in use by another run, or
    the disk is full.
    """
    parent = target.parent
    try:
        refuse_foreign(target, kind)
        with locked(parent, patience):
            _sweep(target, kind)
            staging = machine.new_folder(parent, STAGING)
            try:
                yield staging
                _flush(staging)
                machine.open_to_others(staging)
                _swap(staging, target, kind)
            finally:
                machine.remove_tree(staging, patient=True)
    except OSError as trouble:
        raise not_written(trouble, target) from None


@contextmanager
def locked(folder: Path, patience: float = 0) -> Iterator[None]:
    """Hold a folder of reports against every other run. Raises OperatorError, and OSError as the system says."""
    refuse_file(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise OperatorError(words.IN_USE.format(folder=folder)) from None
    try:
        yield
    finally:
        lock.release()


def _sweep(target: Path, kind: Kind) -> None:
    """Mend what a killed run left: put the old report back if the new one is not in place, remove what is half made."""
    old = target.parent / f"{_OLD}{target.name}"
    if old.exists() and not target.exists():
        machine.rename(old, target)
    if old.exists():
        _retire(old, target, kind)
    for left in target.parent.glob(f"{STAGING}*"):
        machine.remove_tree(left)


def _swap(staging: Path, target: Path, kind: Kind) -> None:
    old = target.parent / f"{_OLD}{target.name}"
    if target.exists():
        machine.rename(target, old)
    try:
        machine.rename(staging, target)
    except OSError as trouble:
        if old.exists():
            _put_back(old, target, trouble)
        raise
    if old.exists():
        _retire(old, target, kind, patient=True)


def _put_back(old: Path, target: Path, trouble: OSError) -> None:
    try:
        machine.rename(old, target)
    except OSError:
        told = words.SET_ASIDE.format(because=reason_of(trouble), old=old, target=target)
        raise NotWritten(told) from None


def _retire(old: Path, target: Path, kind: Kind, *, patient: bool = False) -> None:
    """Throw an old report away, but not what somebody has laid beside our own folders: that moves on to the new one.

    `patient`: what can't be thrown away now is thrown away by the next run.
    """
    try:
        for name in entries(old):
            if not kind.owns(name) and not (target / name).exists():
                machine.rename(old / name, target / name)
    except OSError as trouble:
        raise NotWritten(words.LEFT_BEHIND.format(target=target, old=old, because=reason_of(trouble))) from None
    machine.remove_tree(old, patient=patient)


def _flush(folder: Path) -> None:
    """Wait until every file is on the disk, several at a time: one by one, each waits for the disk's next turn."""
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(_to_disk, [path for path in folder.rglob("*") if path.is_file()]))


def _to_disk(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def put_all(folder: Path, contents: Mapping[str, Work | bytes]) -> None:
    """Write files of the report: path → content, or what is being made. No path is one that a file states."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(content))


def put_data(folder: Path, result: Result, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Write the month's clean tables as parquet, and the plan that held; return name → hash, to be sealed."""
    data = folder / DATA
    data.mkdir(parents=True, exist_ok=True)
    kept = {
        LEDGER: ledger_frame(result.ledger),
        STANDINGS: standings_frame(standings_of(result.scores, result.teacher_scores)),
    }
    hashes = write_frames(data, {**frames, **kept})
    if result.plan:
        (data / PLAN_FILE).write_bytes(result.plan)
        hashes[PLAN_FILE] = hashlib.sha256(result.plan).hexdigest()
    return hashes


def put_facts(
    folder: Path, result: Result, hashes: Mapping[str, str], *, key: str = "", told: Sequence[str] = ()
) -> None:
    """Write run.json, which seals the data by their hashes, when all else is written.

    `key` stands for all that the run was given, `told` is what it said: a run on the same says it again and is done.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    written = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    facts = run_facts(result) | {"data_version": DATA_VERSION, "data": hashes, "data_sha256": digest_of(hashes)}
    facts |= {"written": written, "key": key, "told": list(told)}
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / DATA / RUN_FILE).write_text(text + "\n", encoding="utf-8")
