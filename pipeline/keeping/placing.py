"""Put files beside others that are not ours: all of them or none, and never over what somebody has filled in.

Everything is written and flushed in `.making-…` first, with a copy of what will be replaced; then each file is moved
in, and the copies go back where a move fails. What a folder was given is remembered there by its hashes, without names:
a file of ours that nobody has touched may be renewed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline import machine
from pipeline.errors import NotWritten, OperatorError, not_written, reason_of
from pipeline.keeping.targets import named, refuse_file
from schemas import operator_words as words

MADE_HERE = ".guanai.json"
STAGING, _KEPT = ".making-", "old-"
Contents = Mapping[str, bytes]  # path below the root → bytes


class _Kept(NotWritten):
    """Something could not be put back: the copies are all that is left of it."""


def never(path: Path) -> bool:
    """Say of no file that it is ours to replace."""
    return False


def place(root: Path, contents: Contents, is_ours: Callable[[Path], bool] = never, *, remembers: bool = False) -> None:
    """Put files below `root`, all or none. Raises OperatorError, also where one is there that is not ours.

    A file with the same bytes, one that is remembered and one that `is_ours` may be replaced. `remembers`: so that the
    next time these may be.
    """
    kept = [name for name, data in contents.items() if not _may_replace(root / name, data, is_ours)]
    if kept:
        raise OperatorError(words.KEEPS.format(folder=root, names=named(kept)))
    told = {**contents, MADE_HERE: _memory(root, contents)} if remembers else contents
    replace_files(root, told)


def replace_files(root: Path, contents: Contents) -> None:
    """Put files below `root`, all or none, whatever was there. Raises OperatorError."""
    refuse_file(root)
    staging = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        staging = machine.new_folder(root, STAGING)
        for number, (name, data) in enumerate(contents.items()):
            _write(staging / f"{number}.new", data)
            if (root / name).exists():
                shutil.copy2(root / name, staging / f"{number}.old")
        _move_in(root, list(contents), staging)
    except _Kept:
        staging = None
        raise
    except OSError as trouble:
        raise not_written(trouble, root) from None
    finally:
        if staging:
            machine.remove_tree(staging, patient=True)


def _may_replace(path: Path, data: bytes, is_ours: Callable[[Path], bool]) -> bool:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    if not path.exists():
        return True
    there = path.read_bytes()
    return there == data or is_untouched(path) or is_ours(path)


def is_untouched(path: Path) -> bool:
    """Tell whether a file is as we put it there; of folders that remember nothing it can't be said."""
    return _digest(path.read_bytes()) in _remembered(path.parent)


def forget(folder: Path) -> None:
    """Forget what a folder was given."""
    (folder / MADE_HERE).unlink(missing_ok=True)


def _memory(root: Path, contents: Contents) -> bytes:
    """Return the hashes of our files in a folder: the new ones, and those that are still there."""
    there = {_digest(p.read_bytes()) for p in root.iterdir() if p.is_file()} if root.is_dir() else set()
    kept = {_digest(data) for data in contents.values()} | (there & _remembered(root))
    return (json.dumps(sorted(kept), indent=0) + "\n").encode()


def _remembered(folder: Path) -> set[str]:
    try:
        told = json.loads((folder / MADE_HERE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {str(digest) for digest in told} if isinstance(told, list) else set()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _move_in(root: Path, names: Sequence[str], staging: Path) -> None:
    done = 0
    try:
        for number, name in enumerate(names):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            machine.replace(staging / f"{number}.new", root / name)
            done = number + 1
    except OSError as trouble:
        for number, name in enumerate(names[:done]):
            _put_back(root / name, staging / f"{number}.old", trouble)
        raise


def _put_back(path: Path, old: Path, trouble: OSError) -> None:
    """Put a file back as it was. Raises OperatorError where not even that is possible: the copy stays where it is."""
    try:
        if old.exists():
            machine.replace(old, path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        kept = old.parent.with_name(f"{_KEPT}{old.parent.name.removeprefix(STAGING)}")
        try:
            machine.rename(old.parent, kept)
        except OSError:
            kept = old.parent
        raise _Kept(words.COPY_KEPT.format(name=path, because=reason_of(trouble), copies=kept)) from None
