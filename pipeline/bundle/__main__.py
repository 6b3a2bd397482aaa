"""`python -m pipeline.bundle`: build the bundles into `dist/`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline import machine
from pipeline.bundle.embedded import Embedded, unpack_python
from pipeline.bundle.layout import ROOT, Plan, lay
from pipeline.bundle.lock import pins_for, read_lock
from pipeline.bundle.packing import pack
from pipeline.bundle.targets import PYTHONS, TARGETS, Target, tag_of
from pipeline.bundle.wheels import fetch
from pipeline.errors import EXIT_DONE, EXIT_NOTHING_DONE, OperatorError, not_written
from schemas import bundle_words as words

_MB = 2**20


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is asked for; return 0, or 2 with a sentence."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.bundle", description=words.DESCRIPTION)
    parser.add_argument("--for", dest="targets", nargs="*", choices=TARGETS, metavar="TARGET", help=words.FOR_HELP)
    parser.add_argument("--pythons", nargs="*", metavar="3.12", help=words.PYTHONS_HELP)
    parser.add_argument("--embed", type=Path, metavar="PYTHON", help=words.EMBED_HELP)
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help=words.OUTPUT_HELP)
    options = parser.parse_args(arguments)
    try:
        laid = _look_into(options.embed) if options.embed else None
        for key in options.targets or ([laid.target.key] if laid else TARGETS):
            versions = [laid.version] if laid else options.pythons or list(PYTHONS)
            build(TARGETS[key], versions, options.output, options.embed)
    except OperatorError as trouble:
        print(trouble, file=sys.stderr)
        return EXIT_NOTHING_DONE
    except OSError as trouble:
        print(not_written(trouble, trouble.filename or options.output), file=sys.stderr)
        return EXIT_NOTHING_DONE
    return EXIT_DONE


def _look_into(source: Path) -> Embedded:
    with tempfile.TemporaryDirectory() as place:
        return unpack_python(source, Path(place, "python"))


def build(target: Target, versions: Sequence[str], output: Path, python: Path | None = None) -> Path:
    """Build a machine's bundle and its zip below `output`; return its folder. Raises OperatorError and OSError."""
    tags = {version: tag_of(version) for version in versions}
    pins = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    wheels = {}
    for version, tag in tags.items():
        print(words.FETCHING.format(target=target.key, version=version), flush=True)
        own = pins_for(pins, target, version)
        wheels[version] = fetch(own, target, version, output / ".wheels" / target.key / tag)
    folder = output / words.FOLDER.format(target=target.key)
    staging = machine.new_folder(output, ".making-")
    try:
        lay(Plan(target, wheels, python), staging / folder.name)
        pack(staging / folder.name, folder.with_name(f"{folder.name}.zip"))
        machine.remove_tree(folder)
        machine.rename(staging / folder.name, folder)
    finally:
        machine.remove_tree(staging, patient=True)
    _tell(target, folder)
    return folder


def _tell(target: Target, folder: Path) -> None:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    archive = folder.with_name(f"{folder.name}.zip")
    told = {"folder": folder, "folder_mb": sum(sizes) / _MB, "files": len(sizes), "archive": archive.name}
    print(words.DONE.format(target=target.key, archive_mb=archive.stat().st_size / _MB, **told))


if __name__ == "__main__":
    sys.exit(main())
