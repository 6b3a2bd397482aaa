"""The settings survive a move of the folder, and hold nobody's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import machine
from pipeline.desk.settings import keep_settings, read_settings, with_last
from pipeline.errors import OperatorError
from schemas.desk_words import SETTINGS_FILE


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Be 王小明, whose home is named after him."""
    home = tmp_path / "用户" / "王小明"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


def test_a_new_folder_has_its_places_beside_the_program(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert (settings.input, settings.output, settings.last) == (tmp_path / "input", tmp_path / "output", "")


def test_a_stick_may_have_another_letter_tomorrow(tmp_path: Path) -> None:
    first, second = tmp_path / "E盘" / "关爱 月报", tmp_path / "F盘" / "关爱 月报"
    first.mkdir(parents=True)
    keep_settings(with_last(replace(read_settings(first), input=first / "交来的表"), "2026-10"))
    first.parent.rename(second.parent)
    moved = read_settings(second)
    assert (moved.input, moved.output, moved.last) == (second / "交来的表", second / "output", "2026-10")


def test_whose_home_it_is_is_not_kept(tmp_path: Path, at_home: Path) -> None:
    program = tmp_path / "程序"
    program.mkdir()
    keep_settings(replace(read_settings(program), input=at_home / "Desktop" / "月报"))
    assert "王小明" not in (program / SETTINGS_FILE).read_text("utf-8")
    assert read_settings(program).input == at_home / "Desktop" / "月报"


def test_a_place_elsewhere_is_kept_as_it_is(tmp_path: Path) -> None:
    program, elsewhere = tmp_path / "程序", tmp_path / "教务处"
    program.mkdir()
    keep_settings(replace(read_settings(program), output=elsewhere))
    assert read_settings(program).output == elsewhere


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"填好的表": 3, "报告": "  "}', "\ufeff{}"])
def test_settings_that_somebody_spoilt_are_those_of_a_new_folder(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path)
    assert (settings.input, settings.output) == (tmp_path / "input", tmp_path / "output")


def test_notepad_may_have_written_them(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text('\ufeff{"填好的表": "甲"}', encoding="utf-8")
    assert read_settings(tmp_path).input == tmp_path / "甲"


def test_settings_that_cannot_be_kept_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(old: Path, new: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(machine, "replace", refuse)
    with pytest.raises(OperatorError, match="只读"):
        keep_settings(read_settings(tmp_path))
