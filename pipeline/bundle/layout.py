"""How a bundle lies: launchers and guides on top, the program and its wheels in `app`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path

from pipeline.bundle.embedded import Embedded, unpack_python, write_path_file
from pipeline.bundle.targets import Target, tag_of
from pipeline.bundle.wheels import longest_of, sha256_of
from pipeline.desk.unpacking import LIBRARIES, MANIFEST, WHEELS
from pipeline.errors import OperatorError
from schemas import bundle_words as words

ROOT = Path(__file__).parents[2]
LAUNCHERS = Path(__file__).parent / "launchers"
APP, PROGRAM, PYTHON = "app", "program", "python"
_METADATA = "Metadata-Version: 2.1\nName: guanai\nVersion: {version}\n"
_WITHOUT = frozenset({"bundle"})  # rooms that nobody needs at a school


@dataclass(frozen=True)
class Plan:
    """What is built: for which machine, and the wheels of each Python (version → files)."""

    target: Target
    wheels: Mapping[str, Sequence[Path]]
    python: Path | None = None  # laid into it, where it is given


def lay(plan: Plan, folder: Path) -> None:
    """Build a bundle at `folder`, where nothing stands yet. Raises OperatorError."""
    app = folder / APP
    app.mkdir(parents=True)
    laid = _lay_python(plan, app / PYTHON) if plan.python else None
    _lay_program(app)
    _lay_wheels(plan, app)
    for name in ("input_templates", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("~$*", ".*"))
    _lay_launchers(plan, folder, laid)


def _lay_python(plan: Plan, place: Path) -> Embedded:
    assert plan.python is not None
    laid = unpack_python(plan.python, place)
    if laid.target != plan.target:
        raise OperatorError(words.OTHER_MACHINE.format(path=plan.python, target=plan.target.key))
    if plan.target.is_windows:
        write_path_file(place, laid.version, [f"../{PROGRAM}", f"../{LIBRARIES}/{tag_of(laid.version)}"])
    return laid


def _lay_program(app: Path) -> None:
    for room in ("pipeline", "schemas"):
        for path in sorted((ROOT / room).rglob("*.py")):
            below = path.relative_to(ROOT)
            if below.parts[1] not in _WITHOUT:
                _copy(path, app / PROGRAM / below)
    version = version_of("guanai")
    told = app / PROGRAM / f"guanai-{version}.dist-info" / "METADATA"  # by which the program knows its own version
    told.parent.mkdir()
    told.write_text(_METADATA.format(version=version), encoding="utf-8", newline="\n")
    _copy(LAUNCHERS / "run.py", app / "run.py")
    _copy(ROOT / "LICENSE", app / "LICENSE")


def _lay_wheels(plan: Plan, app: Path) -> None:
    wheels = {tag_of(version): {path.name: sha256_of(path) for path in paths} for version, paths in plan.wheels.items()}
    for path in {path.name: path for paths in plan.wheels.values() for path in paths}.values():
        _copy(path, app / WHEELS / path.name)
    longest = max(longest_of(paths) for paths in plan.wheels.values())
    told = {"platform": plan.target.own_name, "longest": longest, "wheels": wheels}
    (app / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


def _lay_launchers(plan: Plan, folder: Path, laid: Embedded | None) -> None:
    versions = sorted(plan.wheels, key=lambda version: int(version.split(".")[1]), reverse=True)
    told = {"versions": words.OR.join(versions)}
    no_python = words.SAYS_NO_PYTHON if plan.target.is_windows else words.SAYS_NO_PYTHON_LINUX
    spelt = {
        "@VERSIONS@": " ".join(versions),
        "@NOT_UNPACKED@": words.SAYS_NOT_UNPACKED,
        "@NO_PYTHON@": no_python.format(**told),
        "@CRASHED@": words.SAYS_CRASHED,
        "@PRESS_ENTER@": words.PRESS_ENTER,
        "@COMMENT@": words.COMMENT,
    }
    for action, name in words.LAUNCHERS.items():
        own = {**spelt, "@ACTION@": action, "@NAME@": name}
        if plan.target.is_windows:
            _write(folder / f"{name}.bat", _spelt("windows.bat", own), "\r\n")
        else:
            _write(folder / f"{name}.sh", _spelt("linux.sh", own), "\n").chmod(0o755)
            _write(folder / f"{name}.desktop", _spelt("linux.desktop", own), "\n").chmod(0o755)
    needs = words.HAS_PYTHON if laid else words.NEEDS_PYTHON.format(**told)
    page = words.PAGE.format(target=plan.target.key, needs=needs, **words.LAUNCHERS)
    _write(folder / words.READ_FIRST, f"\ufeff{page}", "\r\n")  # the mark, so that every editor reads it as UTF-8


def _spelt(name: str, words_of: Mapping[str, str]) -> str:
    text = (LAUNCHERS / name).read_text(encoding="utf-8")
    for mark, word in words_of.items():
        text = text.replace(mark, word)
    return text


def _write(path: Path, text: str, ending: str) -> Path:
    path.write_text(text, encoding="utf-8", newline=ending)
    return path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
