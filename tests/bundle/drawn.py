"""A bundle of drawn wheels, built without a network."""

from __future__ import annotations

from pathlib import Path

from helpers.wheels import draw_wheel
from pipeline.bundle.layout import Plan, lay
from pipeline.bundle.targets import TARGETS

LIBRARY = {"drawn/__init__.py": "here = 1\n"}


def draw_bundle(
    folder: Path, key: str, versions: tuple[str, ...] = ("3.11", "3.13"), python: Path | None = None
) -> Path:
    """Build a bundle at `folder` of one small wheel a Python."""
    wheels = {
        version: [draw_wheel(folder.parent / "wheels" / version, f"drawn{version[2:]}-1-py3-none-any.whl", LIBRARY)]
        for version in versions
    }
    lay(Plan(TARGETS[key], wheels, python), folder)
    return folder


def pe(machine: int) -> bytes:
    """Return the header of a program of Windows."""
    return b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0" + machine.to_bytes(2, "little") + b"\0" * 20


def elf(machine: int) -> bytes:
    """Return the header of a program of Linux."""
    return b"\x7fELF" + b"\0" * 14 + machine.to_bytes(2, "little") + b"\0" * 20
