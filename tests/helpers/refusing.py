"""A command that is refused: one sentence, and nothing touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.county import MONTH
from helpers.drawing import draw_month
from helpers.faults import is_a_sentence, tree
from helpers.running import month_of
from pipeline.cli import main

Arguments = list[str]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a month in X/2026-10."""
    draw_month(tmp_path / "X" / MONTH, month_of(MONTH))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_refused(arguments: Arguments, base: Path, capsys: pytest.CaptureFixture[str], *named: str) -> None:
    """Exit 2, one sentence with what was seen, and nothing touched: no lock, no folder, no byte."""
    before, places = tree(base), sorted(base.rglob("*"))
    assert main(arguments) == 2
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    assert is_a_sentence(told)
    assert all(name in told for name in named)
    assert (tree(base), sorted(base.rglob("*"))) == (before, places)
