"""Screens that are closed or of another encoding, folders that may only be read: one sentence, the same exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.county import MONTH
from helpers.drawing import draw_month
from helpers.faults import is_a_sentence
from helpers.places import ROOT
from helpers.running import month_of
from pipeline.cli import main
from schemas import operator_words as words

Arguments = list[str]


def _run(arguments: Arguments, shell: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = " ".join([sys.executable, "-m", "pipeline", *arguments]) + f" {shell}"
    given = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(["bash", "-c", command], capture_output=True, env=given, check=False)


NOWHERE = ["report", "--input", "/nowhere"]
ENCODINGS: list[tuple[dict[str, str], str]] = [
    ({"LC_ALL": "POSIX"}, "utf-8"),
    ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8"),
    ({"PYTHONIOENCODING": "ascii"}, "utf-8"),
    ({"PYTHONIOENCODING": "cp936"}, "gbk"),
]


@pytest.mark.parametrize(("env", "encoding"), ENCODINGS, ids=lambda item: str(item))
def test_a_console_of_any_encoding_shows_the_sentence(env: dict[str, str], encoding: str) -> None:
    done = _run(NOWHERE, **env)
    assert done.returncode == 2
    assert done.stderr.decode(encoding).strip() == words.NO_INPUT.format(folder="/nowhere")


@pytest.mark.parametrize(
    "shell", [">/dev/full", ">&-", "2>/dev/full", ">&- 2>&- <&-", "| head -0; exit ${PIPESTATUS[0]}"]
)
def test_a_screen_that_takes_nothing_changes_no_exit_code(shell: str) -> None:
    """And Python adds nothing in English at its end."""
    done = _run(NOWHERE, shell)
    assert done.returncode == 2
    assert b"Exception" not in done.stderr
    assert b"Errno" not in done.stderr


@pytest.mark.parametrize("command", [["report"], ["templates"], ["example"]], ids=lambda command: command[0])
def test_a_folder_that_may_only_be_read_is_a_sentence(
    command: Arguments, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and what we know of it. Tests may run as root, so that the refusal is simulated."""
    made, output = os.mkdir, tmp_path / "out"

    def refuse(path: Any, *given: Any) -> None:
        if str(path).startswith(str(output)):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        made(path, *given)

    draw_month(tmp_path / "in" / MONTH, month_of(MONTH))
    monkeypatch.setattr(os, "mkdir", refuse)
    monkeypatch.setattr(
        "pipeline.example.writing.write_example", lambda folder: draw_month(folder / MONTH, month_of(MONTH))
    )
    given = ["--input", str(tmp_path / "in")] if command == ["report"] else []
    assert main([*command, *given, "--output", str(output)]) == 2
    assert is_a_sentence(capsys.readouterr().err)
