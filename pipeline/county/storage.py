"""Folders wherever they are: on this machine as they are, elsewhere (any fsspec address) brought here and back.

Shared storage has no rename of folders. A report goes there under a run.json that says no more than that it is ours;
the whole one is put there last: a report that was cut off counts as not made, and is made again.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.county.school_run import Done, Job, run_school
from pipeline.errors import NotWritten, OperatorError, not_written
from pipeline.keeping.targets import REPORT_FOLDERS, lies_in, named, refuse_foreign, states_report
from pipeline.reading.file_names import is_passed_over
from schemas import county_words as w
from schemas import operator_words as words
from schemas.folders import BUREAU, DATA, RUN_FILE

_REMOTE = "://"
_UNFINISHED = b'{"versions": {"guanai": ""}}\n'


def is_remote(address: str) -> bool:
    """Tell an address of shared storage from a path of this machine."""
    return _REMOTE in address


def absolute(address: str) -> str:
    """Return an address as every process understands it, wherever it was started."""
    return address if is_remote(address) else str(Path(address).resolve())


def below(address: str, *parts: str) -> str:
    """Return an address or path further down."""
    return "/".join([address.rstrip("/"), *parts]) if is_remote(address) else str(Path(address, *parts))


def address_lies_in(address: str, other: str) -> bool:
    """Tell whether an address or path is another or lies below it."""
    one, two = _place(address), _place(other)
    if isinstance(one, Path) and isinstance(two, Path):
        return lies_in(one, two)
    return isinstance(one, tuple) and isinstance(two, tuple) and one[: len(two)] == two


def _place(address: str) -> Path | tuple[str, ...]:
    """Return a path of this machine, or the parts of an address of shared storage, its kind first."""
    if not is_remote(address):
        return Path(address)
    system, root = _system(address)
    kinds = (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)
    return Path(root) if "file" in kinds else (kinds[0], *root.strip("/").split("/"))


def refuse_foreign_report(address: str) -> None:
    """Let no report replace what is no report. Raises OperatorError."""
    if not is_remote(address):
        refuse_foreign(Path(address))
        return
    system, root = _system(address)
    if system.isfile(root):
        raise OperatorError(words.NOT_OURS.format(target=address, seen=""))
    seen = (
        [str(entry).rstrip("/").rsplit("/", 1)[-1] for entry in system.ls(root, detail=False)]
        if system.isdir(root)
        else []
    )
    if seen and not _is_report(system, root):
        raise OperatorError(words.NOT_OURS.format(target=address, seen=words.SEEN.format(names=named(sorted(seen)))))


def _is_report(system: Any, root: str) -> bool:
    sealed = f"{root}/{DATA}/{RUN_FILE}"
    try:
        return states_report(json.loads(system.cat_file(sealed))) if system.isfile(sealed) else False
    except ValueError:
        return False


def folders_of(address: str) -> list[str]:
    """Return the names of the folders in a place. Raises OperatorError and OSError where it can't be listed."""
    if not is_remote(address):
        place = Path(address)
        return sorted(p.name for p in place.iterdir() if p.is_dir()) if place.is_dir() else []
    return sorted(_names(*_system(address)))


def has_files(address: str) -> bool:
    """Tell whether files lie straight in a place."""
    if not is_remote(address):
        return any(not path.is_dir() and not is_passed_over(path.name) for path in Path(address).iterdir())
    system, root = _system(address)
    return any(entry["type"] != "directory" for entry in system.ls(root, detail=True))


def run_job(job: Job) -> Done:
    """Do a school's job where its folders are at hand."""
    if not is_remote(job.source) and not is_remote(job.target):
        return run_school(job, Path(job.source), Path(job.target))
    try:
        with brought(job.source) as source, _brought_back(job.target) as target:
            return run_school(job, source, target)
    except OperatorError as trouble:
        return Done(job.name, reason=str(trouble), is_unwritten=isinstance(trouble, NotWritten))
    except OSError as trouble:
        return Done(job.name, reason=str(not_written(trouble, job.target)), is_unwritten=True)


@contextmanager
def brought(address: str, *, only: str = "") -> Iterator[Path]:
    """Give a folder as one of this machine; `only`: the part of it that is wanted."""
    if not is_remote(address):
        yield Path(address, only)
        return
    system, root = _system(address)
    with tempfile.TemporaryDirectory() as folder:
        place = f"{root}/{only}" if only else root
        _fetch(system, place, Path(folder))
        yield Path(folder)


@contextmanager
def _brought_back(address: str) -> Iterator[Path]:
    """Give the place of a report, with the data of the months beside it; bring the report back where it is another."""
    if not is_remote(address):
        yield Path(address)
        return
    system, root = _system(address)
    above, month = root.rsplit("/", 1)
    with tempfile.TemporaryDirectory() as folder:
        for beside in _names(system, above):
            for part in (DATA, BUREAU) if beside == month else (DATA,):
                _fetch(system, f"{above}/{beside}/{part}", Path(folder, beside, part))
        target, run_file = Path(folder, month), Path(folder, month, DATA, RUN_FILE)
        before = run_file.read_bytes() if run_file.is_file() else b""
        yield target
        if run_file.is_file() and run_file.read_bytes() != before:
            _put_report(system, target, root)


@contextmanager
def at_hand(address: str, folder: str) -> Iterator[Path]:
    """Give the place of a district's output, with the months' `folder` of it; bring what is written there back."""
    if not is_remote(address):
        yield Path(address)
        return
    system, root = _system(address)
    with tempfile.TemporaryDirectory() as place:
        for month in _names(system, root):
            _fetch(system, f"{root}/{month}/{folder}", Path(place, month, folder))
        yield Path(place)
        for path in sorted(Path(place).rglob("*")):
            if path.is_file():
                _put(system, path, f"{root}/{path.relative_to(place).as_posix()}")


def _put(system: Any, path: Path, place: str) -> None:
    system.makedirs(place.rsplit("/", 1)[0], exist_ok=True)
    system.pipe_file(place, path.read_bytes())


def _put_report(system: Any, report: Path, root: str) -> None:
    sealed = f"{root}/{DATA}/{RUN_FILE}"
    if system.exists(root):
        system.pipe_file(sealed, _UNFINISHED)
        for entry in system.ls(root, detail=False):
            if str(entry).rstrip("/").rsplit("/", 1)[-1] in REPORT_FOLDERS - {DATA}:
                system.rm(entry, recursive=True)
        for entry in system.ls(f"{root}/{DATA}", detail=False):
            if not str(entry).endswith(f"/{RUN_FILE}"):
                system.rm(entry, recursive=True)
    else:
        system.makedirs(f"{root}/{DATA}", exist_ok=True)
        system.pipe_file(sealed, _UNFINISHED)
    files = sorted(path for path in report.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.name == RUN_FILE):
        _put(system, path, f"{root}/{path.relative_to(report).as_posix()}")


def _fetch(system: Any, root: str, folder: Path) -> None:
    """Copy what lies below an address; names that would lead out of the folder are left where they are."""
    if not system.isdir(root):
        return
    for found, told in system.find(root, detail=True).items():
        path = folder / str(found)[len(root) :].lstrip("/")
        if path.resolve().is_relative_to(folder.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(system.cat_file(found))
            written = _written(told)
            os.utime(path, (written, written))


_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified")  # as kinds of storage call it


def _written(told: Mapping[str, Any]) -> float:
    """Return when a file was last written, in seconds; 0 where the storage does not tell."""
    for key in _TIMES:
        time = told.get(key)
        if isinstance(time, datetime):
            return time.timestamp()
        if isinstance(time, int | float):
            return float(time)
    return 0.0


def _names(system: Any, root: str) -> list[str]:
    """Return the names of the folders in a place; none where it is not there."""
    listed = system.ls(root, detail=True) if system.isdir(root) else []
    return [str(entry["name"]).rstrip("/").rsplit("/", 1)[-1] for entry in listed if entry["type"] == "directory"]


def _system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the place in it. Raises OperatorError where it can't be reached."""
    try:
        import fsspec
    except ImportError:
        raise OperatorError(w.NEEDS_CLUSTER) from None
    system, root = fsspec.core.url_to_fs(address)
    return system, str(root).rstrip("/")
