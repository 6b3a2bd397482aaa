"""A run on the very same files says what the last one said and touches nothing; after any change it is a whole run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.drawing import draw_month
from helpers.running import month_of
from helpers.sampling import some
from pipeline import cli
from pipeline.keeping import unchanged
from schemas import operator_words as words

MONTH = "2026-11"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months, both reported."""
    base = tmp_path_factory.mktemp("reported")
    for text in ("2026-10", MONTH):
        draw_month(base / "input" / text, month_of(text))
        _run(base, text)
    return base


@pytest.fixture
def base(reported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same, for a test to change."""
    shutil.copytree(reported, tmp_path / "base")
    capsys.readouterr()
    return tmp_path / "base"


def _run(base: Path, text: str = MONTH, *more: str) -> int:
    folders = ("--input", str(base / "input"), "--output", str(base / "output"))
    return cli.main(["report", "--month", text, *folders, *more])


def _written(base: Path) -> dict[str, tuple[int, bytes]]:
    paths = (path for path in (base / "output" / MONTH).rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def test_the_same_files_say_the_same_and_touch_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(base / "output" / MONTH)
    _run(base)  # what it says of the place is this one
    first, before = capsys.readouterr().out, _written(base)
    assert _run(base) == 0
    assert capsys.readouterr().out == f"{words.NOTHING_CHANGED}\n{first}"
    assert _written(base) == before


def _change(path: str) -> Callable[[Path], None]:
    def work(base: Path) -> None:
        found = next(base.glob(path))
        found.write_bytes(found.read_bytes() + b" ")

    return work


def _remove(path: str) -> Callable[[Path], None]:
    return lambda base: next(base.glob(path)).unlink()


def _lock(base: Path) -> None:
    (base / "input" / MONTH / "~$班级00.xlsx").write_bytes(b"")


def _other_october(base: Path) -> None:
    shutil.rmtree(base / "input" / "2026-10")
    month = month_of("2026-10")
    month["classes"][0]["sheets"]["谈心记录"].pop()
    draw_month(base / "input" / "2026-10", month)
    _run(base, "2026-10")


CHANGES = {
    "a file that was handed in": _change(f"input/{MONTH}/班级00.xlsx"),
    "a file that is gone": _remove(f"input/{MONTH}/学校月报.xlsx"),
    "a file that came": lambda base: shutil.copy(next((base / "input").glob("*/*.xlsx")), base / "input" / MONTH / "a.xlsx"),
    "an open workbook": _lock,
    "an edited report": _change(f"output/{MONTH}/校内/*.xlsx"),
    "a template that is gone": _remove(f"output/{MONTH}/下月模板/*.xlsx"),
    "damaged data": _change(f"output/{MONTH}/数据/children.parquet"),
    "a month before": _other_october,
}  # fmt: skip


@pytest.mark.parametrize("what", some(CHANGES, 3))
def test_after_any_change_it_is_a_whole_run(what: str, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    CHANGES[what](base)
    capsys.readouterr()
    _run(base)
    assert words.NOTHING_CHANGED not in capsys.readouterr().out
    _run(base)
    assert words.NOTHING_CHANGED in capsys.readouterr().out


def test_another_program_makes_it_anew(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_program", lambda: "another")
    _run(base)
    assert words.NOTHING_CHANGED not in capsys.readouterr().out
