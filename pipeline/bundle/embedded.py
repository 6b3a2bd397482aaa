"""A Python laid into a bundle: an embeddable one of Windows, a whole one of Windows or Linux, packed or not."""

from __future__ import annotations

import re
import shutil
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.bundle.targets import TARGETS, Target
from pipeline.errors import OperatorError
from schemas import bundle_words as words

_PROGRAMS = ("python.exe", "bin/python3")
_PE, _ELF = b"MZ", b"\x7fELF"
_MACHINES = {(_PE, 0x8664): "windows-x64", (_ELF, 62): "linux-x64", (_ELF, 183): "linux-arm64"}


@dataclass(frozen=True)
class Embedded:
    """A Python that was laid. `version`: as 3.12."""

    target: Target
    version: str


def unpack_python(source: Path, place: Path) -> Embedded:
    """Lay a Python at `place`. Raises OperatorError where there is none in it, or it is of no machine of ours."""
    raw = place.with_name(f"{place.name}.raw")
    try:
        if source.is_dir():
            shutil.copytree(source, raw, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.name.endswith(".zip"):
            with zipfile.ZipFile(source) as packed:
                packed.extractall(raw)
        else:
            with tarfile.open(source) as packed_up:
                packed_up.extractall(raw, filter="tar")
        return _laid(source, raw, place)
    except (zipfile.BadZipFile, tarfile.TarError, FileNotFoundError, EOFError):
        raise OperatorError(words.NOT_PYTHON.format(path=source)) from None
    finally:
        shutil.rmtree(raw, ignore_errors=True)


def _laid(source: Path, raw: Path, place: Path) -> Embedded:
    roots = [raw, *sorted(path for path in raw.glob("*") if path.is_dir())]  # some are packed in a folder of their own
    found = next(((root, root / name) for root in roots for name in _PROGRAMS if (root / name).is_file()), None)
    if not found:
        raise OperatorError(words.NOT_PYTHON.format(path=source))
    root, program = found
    key, version = machine_of(program.read_bytes()), _version_in(root)
    if not key or not version:
        raise OperatorError(words.NOT_PYTHON.format(path=source))
    shutil.move(root, place)
    return Embedded(TARGETS[key], version)


def machine_of(program: bytes) -> str:
    """Return the key of the machine that a program is for, by its header; "" for any other."""
    if program.startswith(_PE) and len(program) > 64:
        start = int.from_bytes(program[60:64], "little") + 4
        return _MACHINES.get((_PE, int.from_bytes(program[start : start + 2], "little")), "")
    return _MACHINES.get((_ELF, int.from_bytes(program[18:20], "little")), "") if program.startswith(_ELF) else ""


def _version_in(root: Path) -> str:
    names = [path.name for path in (*root.glob("python3*.dll"), *root.glob("lib/python3.*"))]
    found = [re.fullmatch(r"python3\.?(\d{2,})(\.dll)?", name) for name in sorted(names)]
    return next((f"3.{match[1]}" for match in found if match), "")


def write_path_file(python: Path, version: str, found: list[str]) -> None:
    """Say in the `._pth` of a Python of Windows where it finds modules: it looks nowhere else, whatever is installed.

    `found`: as seen from the Python's folder.
    """
    name = f"python{version.replace('.', '')}"
    own = [f"{name}.zip", "."] if (python / f"{name}.zip").exists() else ["Lib", "DLLs", "."]
    for path in python.glob("python*._pth"):
        path.unlink()
    lines = [*own, *(path.replace("/", "\\") for path in found)]
    (python / f"{name}._pth").write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
