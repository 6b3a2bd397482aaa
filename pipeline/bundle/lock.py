"""The lock read for another machine than this one: pip itself would answer its markers with what it runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import Requirement

from pipeline.bundle.targets import Target

_NOT_AT_RUN_TIME = frozenset({"setuptools"})  # it only puts the program into a virtual environment


@dataclass(frozen=True)
class Pin:
    """A locked package: its exact requirement, and the hashes of all its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """Return the pin without its marker, as pip reads it."""
        told = " ".join(f"--hash=sha256:{digest}" for digest in self.hashes)
        return f"{self.requirement.name}{self.requirement.specifier} {told}"


def read_lock(text: str) -> list[Pin]:
    """Return the pins of a lock with hashes. Raises ValueError for one that is not exact or has none."""
    pins = []
    for line in re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text)).splitlines():
        if not line.strip():
            continue
        requirement = Requirement(re.split(r"\s--hash", line, maxsplit=1)[0])
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
        if not hashes or not str(requirement.specifier).startswith("=="):
            raise ValueError(requirement.name)
        pins.append(Pin(requirement, hashes))
    return pins


def pins_for(pins: list[Pin], target: Target, version: str) -> list[Pin]:
    """Return the pins that hold on a machine, under a Python, when the program runs."""
    wanted = [pin for pin in pins if pin.requirement.name not in _NOT_AT_RUN_TIME]
    environment = target.environment(version)
    return [pin for pin in wanted if not pin.requirement.marker or pin.requirement.marker.evaluate(environment)]
