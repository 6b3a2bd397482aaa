"""Folders wherever they are: on this machine as they are, elsewhere (any fsspec address) brought here and back.

Shared storage has no rename of folders. A report goes there with its run.json taken away first and put back last: one
that was cut off has none, counts as not made, and is made again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.county.school_run import Done, Job, run_school
from pipeline.errors import OperatorError
from schemas import county_words as w
from schemas.folders import BUREAU, DATA, RUN_FILE

_REMOTE = "://"


def is_remote(address: str) -> bool:
    """Tell an address of shared storage from a path of this machine."""
    return _REMOTE in address


def absolute(address: str) -> str:
    """Return an address as every process understands it, wherever it was started."""
    return address if is_remote(address) else str(Path(address).resolve())


def below(address: str, *parts: str) -> str:
    """Return an address or path further down."""
    return "/".join([address.rstrip("/"), *parts]) if is_remote(address) else str(Path(address, *parts))


def folders_of(address: str) -> list[str]:
    """Return the names of the folders in a place. Raises OperatorError where it can't be listed."""
    if not is_remote(address):
        place = Path(address)
        return sorted(p.name for p in place.iterdir() if p.is_dir()) if place.is_dir() else []
    return sorted(_names(*_system(address)))


def run_job(job: Job) -> Done:
    """Do a school's job where its folders are at hand."""
    if not is_remote(job.source) and not is_remote(job.target):
        return run_school(job, Path(job.source), Path(job.target))
    try:
        with brought(job.source) as source, _brought_back(job.target) as target:
            return run_school(job, source, target)
    except (OSError, OperatorError) as trouble:
        return Done(job.name, reason=str(trouble))


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
        if system.exists(sealed):
            system.rm_file(sealed)
        system.rm(root, recursive=True)
    files = sorted(path for path in report.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.name == RUN_FILE):
        _put(system, path, f"{root}/{path.relative_to(report).as_posix()}")


def _fetch(system: Any, root: str, folder: Path) -> None:
    """Copy what lies below an address; names that would lead out of the folder are left where they are."""
    if not system.isdir(root):
        return
    for found in system.find(root):
        path = folder / str(found)[len(root) :].lstrip("/")
        if path.resolve().is_relative_to(folder.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(system.cat_file(found))


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
