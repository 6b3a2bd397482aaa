"""The machines that a bundle is built for: how pip, Python and the lock's markers call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import OperatorError
from schemas import bundle_words as words

OLDEST = (3, 11)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class Target:
    """A kind of machine. `platforms`: of wheels, as pip calls them; `own_name`: as Python calls it (sysconfig)."""

    key: str
    own_name: str
    platforms: tuple[str, ...]
    system: Mapping[str, str]  # markers of the lock

    @property
    def is_windows(self) -> bool:
        return self.key.startswith("windows")

    def environment(self, version: str) -> dict[str, str]:
        """Return what the lock's markers ask, as the Python of this machine would answer."""
        return {
            **self.system,
            "implementation_name": "cpython",
            "implementation_version": f"{version}.0",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "python_full_version": f"{version}.0",
            "python_version": version,
            "extra": "",
        }


def _linux(machine: str) -> tuple[str, ...]:
    """Return the platforms of Linux from glibc 2.28 on, which UOS 20 and 麒麟 V10 have, down to the oldest wheels."""
    return (*(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)), f"manylinux2014_{machine}")


_WINDOWS = {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"}
_LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
TARGETS = {
    target.key: target
    for target in (
        Target("windows-x64", "win-amd64", ("win_amd64",), _WINDOWS),
        Target("linux-x64", "linux-x86_64", _linux("x86_64"), {**_LINUX, "platform_machine": "x86_64"}),
        Target("linux-arm64", "linux-aarch64", _linux("aarch64"), {**_LINUX, "platform_machine": "aarch64"}),
    )
}


def tag_of(version: str) -> str:
    """Return the tag of a Python: cp312 of 3.12. Raises OperatorError."""
    found = re.fullmatch(r"(\d+)\.(\d+)", version)
    if not found or (int(found[1]), int(found[2])) < OLDEST:
        raise OperatorError(words.BAD_VERSION.format(text=version))
    return f"cp{found[1]}{found[2]}"
