"""`guanai templates`, `example`: the blank workbooks and the generated docs, and the invented school to try it on."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import EXIT_DONE, OperatorError
from schemas import operator_words as words
from schemas.file_endings import HANDED_IN


def templates(options: argparse.Namespace) -> int:
    """Write what is generated. Raises OperatorError."""
    from pipeline.returning.generated import write_generated

    written = write_generated(options.output)
    print(words.TEMPLATES_DONE.format(count=len(written)))
    return EXIT_DONE


def example(options: argparse.Namespace) -> int:
    """Write the invented school's workbooks, never among others. Raises OperatorError."""
    from pipeline.example.writing import write_example
    from pipeline.keeping.placing import replace_files
    from pipeline.keeping.targets import named, refuse_file

    target: Path = options.output
    refuse_file(target)
    with tempfile.TemporaryDirectory() as made:
        write_example(Path(made))
        files = sorted(path for path in Path(made).rglob("*") if path.is_file())
        contents = {path.relative_to(made).as_posix(): path.read_bytes() for path in files}
    others = _others(target, contents)
    if others:
        raise OperatorError(words.FULL_FOLDER.format(folder=target, names=named(others)))
    replace_files(target, contents)
    print(words.EXAMPLE_DONE.format(folder=target))
    return EXIT_DONE


def _others(target: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Return the months and workbooks of a folder that are not the example's own, as it would be written now."""
    from pipeline.commands.months_found import read_name
    from pipeline.keeping.targets import entries

    found = []
    for name in entries(target) if target.is_dir() else []:
        path = target / name
        if path.is_dir() and read_name(name):
            files = (p.relative_to(target).as_posix() for p in sorted(path.rglob("*")) if p.is_file())
            found += [file for file in files if (target / file).read_bytes() != contents.get(file)]
        elif name.lower().endswith(HANDED_IN) or (not path.is_dir() and read_name(name)):
            found.append(name)
    return found
