"""Lay the libraries beside the program, once: their wheels are checked by their hashes, unpacked beside and moved in.

An embeddable Python has neither pip nor venv, so nothing is installed. What is half done is thrown away and done again;
what is whole is known by a file in it that says of which wheels it was made and how large it has to be.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline import machine
from pipeline.errors import OperatorError, reason_of
from schemas import desk_words as words

MANIFEST, WHEELS, LIBRARIES, MADE_OF = "wheels.json", "wheels", "lib", ".made-of.json"
_LOCK, _STAGING = ".setting-up.lock", ".making-"
_PATIENCE = 600.0  # seconds; a slow stick takes two minutes
_NOT_NEEDED = frozenset({"tests", "include"})
_NOT_RUN = (".pyi", ".pxd", ".pyx", ".h", ".hpp", ".lib", ".a")  # for those who compile or check against a library
Wheels = Mapping[str, str]  # file name → SHA-256


def own_tag() -> str:
    """Return the tag of the Python that runs: cp312."""
    return f"cp{sys.version_info[0]}{sys.version_info[1]}"


def make_ready(app: Path, tell: Callable[[int], None] = lambda percent: None, tag: str = "") -> Path:
    """Return the folder of the libraries, whole; where it is not, lay them, and tell how many per cent are done.

    `app`: the program's folder, with its wheels and their manifest. Raises OperatorError.
    """
    tag = tag or own_tag()
    manifest = _manifest(app)
    wheels: Wheels = manifest["wheels"].get(tag, {})
    if not wheels:
        raise OperatorError(words.NOT_FOR_THIS.format(version=".".join(map(str, sys.version_info[:3]))))
    place = app / LIBRARIES / tag
    if is_whole(place, wheels):
        return place
    over = len(str(place.resolve())) + 1 + int(manifest["longest"]) - machine.longest_path()
    if over > 0:
        raise OperatorError(words.TOO_DEEP.format(count=over))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if not _laid_alone(app, place, wheels, tell, 0):
            print(words.WAITING, flush=True)
            if not _laid_alone(app, place, wheels, tell, _PATIENCE):
                raise OperatorError(words.BEING_SET_UP)
    except OSError as trouble:
        raise OperatorError(words.NOT_WRITABLE.format(folder=app, because=reason_of(trouble))) from None
    return place


def _laid_alone(app: Path, place: Path, wheels: Wheels, tell: Callable[[int], None], seconds: float) -> bool:
    """Lay the libraries unless another window did meanwhile; False where it is still at it after `seconds`."""
    with machine.holding(app / _LOCK, seconds) as is_held:
        if is_held and not is_whole(place, wheels):
            _lay(app, place, wheels, tell)
        return is_held


def _manifest(app: Path) -> Any:
    try:
        told = json.loads((app / MANIFEST).read_text(encoding="utf-8"))
        return {"wheels": dict(told["wheels"]), "longest": int(told["longest"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise OperatorError(words.DAMAGED.format(name=MANIFEST)) from None


def is_whole(place: Path, wheels: Wheels) -> bool:
    """Tell whether a folder of libraries is of these wheels, and nothing of it is missing or cut off."""
    try:
        told = json.loads((place / MADE_OF).read_text(encoding="utf-8"))
        return bool(told["wheels"] == dict(wheels) and told["bytes"] == _bytes_in(place))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _bytes_in(place: Path) -> int:
    """Return the bytes of what was laid: without what Python compiles, and the file that says of what it was made."""
    total = 0
    for folder, below, names in os.walk(place):
        below[:] = [name for name in below if name != "__pycache__"]
        total += sum(Path(folder, name).stat().st_size for name in names if name != MADE_OF)
    return total


def _lay(app: Path, place: Path, wheels: Wheels, tell: Callable[[int], None]) -> None:
    for left in place.parent.glob(f"{_STAGING}*"):
        machine.remove_tree(left, patient=True)
    staging = machine.new_folder(place.parent, _STAGING)
    try:
        sizes = {name: _size(app / WHEELS / name) for name in wheels}
        done = 0
        for name, sha256 in wheels.items():
            _unpack(_checked(app / WHEELS / name, sha256), staging)
            done += sizes[name]
            tell(100 * done // max(sum(sizes.values()), 1))
        made_of = {"wheels": dict(wheels), "bytes": _bytes_in(staging)}
        (staging / MADE_OF).write_text(json.dumps(made_of), encoding="utf-8")
        machine.open_to_others(staging)
        machine.remove_tree(place)
        machine.rename(staging, place)
    finally:
        machine.remove_tree(staging, patient=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _checked(path: Path, sha256: str) -> Path:
    """Return a wheel that is the one that was locked. Raises OperatorError."""
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        found = ""
    if found != sha256:
        raise OperatorError(words.DAMAGED.format(name=path.name))
    return path


def _unpack(wheel: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member, below in laid_of(archive):
                path = target / below
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(member))
    except (zipfile.BadZipFile, EOFError):
        raise OperatorError(words.DAMAGED.format(name=wheel.name)) from None


def laid_of(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield (member, path below the libraries) of what a wheel lays there: what runs, not its tests nor its headers."""
    for member in archive.infolist():
        parts = PurePosixPath(member.filename).parts
        if len(parts) > 1 and parts[0].endswith(".data"):
            if parts[1] not in ("purelib", "platlib"):
                continue
            parts = parts[2:]
        is_inside = parts and not set(parts) & {"..", "/"} and not any(":" in part or "\\" in part for part in parts)
        if member.is_dir() or not is_inside or set(parts[:-1]) & _NOT_NEEDED or parts[-1].endswith(_NOT_RUN):
            continue
        yield member, "/".join(parts)
