"""The wheels of a bundle: fetched for another machine by pip, each checked against the lock, and their manifest."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.bundle.lock import Pin
from pipeline.bundle.targets import Target, tag_of
from pipeline.desk.unpacking import laid_of
from pipeline.errors import OperatorError
from schemas import bundle_words as words


def fetch(pins: Sequence[Pin], target: Target, version: str, folder: Path) -> list[Path]:
    """Return the wheels of pins for a machine and a Python, fetched into `folder`. Raises OperatorError.

    What lies there already and is what was locked is not fetched again; nothing else is left there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    locked = {digest for pin in pins for digest in pin.hashes}
    for path in folder.iterdir():
        if sha256_of(path) not in locked:
            path.unlink()
    if len(list(folder.iterdir())) != len(pins):
        _download(pins, target, version, folder)
    found = sorted(folder.glob("*.whl"))
    strange = next((path for path in found if sha256_of(path) not in locked), None)
    if strange:
        raise OperatorError(words.NOT_LOCKED.format(name=strange.name))
    return found


def _download(pins: Sequence[Pin], target: Target, version: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place, "pins.txt")
        wanted.write_text("".join(f"{pin.line}\n" for pin in pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--require-hashes", "--dest", str(folder), "-r", str(wanted)]
        command += ["--implementation", "cp", "--abi", tag_of(version), "--python-version", version]
        for platform in target.platforms:
            command += ["--platform", platform]
        if subprocess.run(command, check=False).returncode:
            raise OperatorError(words.NOT_FETCHED.format(target=target.key, version=version))


def sha256_of(path: Path) -> str:
    """Return the hash of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def longest_of(wheels: Iterable[Path]) -> int:
    """Return how long the longest path is that wheels lay below the libraries."""
    longest = 0
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            longest = max([longest, *(len(below) for _, below in laid_of(archive))])
    return longest
