"""The libraries are laid once, whole and as they were locked, or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from helpers.wheels import draw_app, draw_wheel
from pipeline import machine
from pipeline.desk import unpacking
from pipeline.desk.unpacking import MADE_OF, is_whole, make_ready
from pipeline.errors import OperatorError
from schemas import desk_words as words

TWO = {
    "one-1-py3-none-any.whl": {"one/__init__.py": "a = 1\n", "one-1.dist-info/METADATA": "Name: one\n"},
    "two-2-cp312-cp312-win_amd64.whl": {"two/two.pyd": "binary", "two.libs/x.dll": "binary"},
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    return draw_app(tmp_path / "关爱 月报" / "app", TWO, "cp312")


def files_in(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != MADE_OF)


def test_what_the_wheels_hold_is_laid_and_told(app: Path) -> None:
    told: list[int] = []
    place = make_ready(app, told.append, "cp312")
    assert files_in(place) == ["one-1.dist-info/METADATA", "one/__init__.py", "two.libs/x.dll", "two/two.pyd"]
    assert told[-1] == 100
    assert told == sorted(told)


def test_the_second_time_nothing_is_done(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ready(app, tag="cp312")
    monkeypatch.setattr(unpacking, "_lay", lambda *_: pytest.fail("laid again"))
    assert files_in(make_ready(app, tag="cp312"))


def test_what_python_compiles_there_changes_nothing(app: Path) -> None:
    place = make_ready(app, tag="cp312")
    (place / "one" / "__pycache__").mkdir()
    (place / "one" / "__pycache__" / "x.pyc").write_bytes(b"compiled")
    assert make_ready(app, lambda percent: pytest.fail("laid again"), "cp312") == place


@pytest.mark.parametrize("spoil", ["cut", "gone", "more", "unmarked", "marked badly"])
def test_what_is_not_whole_is_laid_again(app: Path, spoil: str) -> None:
    """A power cut leaves files of no length; a virus scanner takes one away."""
    place = make_ready(app, tag="cp312")
    match spoil:
        case "cut":
            (place / "two" / "two.pyd").write_bytes(b"")
        case "gone":
            (place / "one" / "__init__.py").unlink()
        case "more":
            (place / "one" / "more.py").write_text("1", encoding="utf-8")
        case "unmarked":
            (place / MADE_OF).unlink()
        case _:
            (place / MADE_OF).write_text("[", encoding="utf-8")
    told: list[int] = []
    make_ready(app, told.append, "cp312")
    assert told
    assert files_in(place) == ["one-1.dist-info/METADATA", "one/__init__.py", "two.libs/x.dll", "two/two.pyd"]


def test_a_run_that_was_killed_in_the_middle_leaves_nothing(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The half of it never stands where it is looked for, and is swept away."""

    def killed(percent: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as only, pytest.raises(KeyboardInterrupt):
        only.setattr(machine, "remove_tree", lambda *_, **__: None)  # nobody is left to sweep
        make_ready(app, killed, "cp312")
    assert [p.name for p in (app / "lib").iterdir() if p.name.startswith(".making-")]
    assert not (app / "lib" / "cp312").exists()
    make_ready(app, tag="cp312")
    assert [p.name for p in (app / "lib").iterdir()] == ["cp312"]


def test_two_windows_lay_it_once(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[Path] = []
    real = unpacking._lay
    monkeypatch.setattr(unpacking, "_lay", lambda *given: (laid.append(given[1]), real(*given)))
    both = [threading.Thread(target=make_ready, args=(app, lambda percent: None, "cp312")) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(laid) == 1


def test_a_window_that_waits_too_long_says_so(
    app: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(unpacking, "_PATIENCE", 0)
    with machine.holding(app / unpacking._LOCK, 0) as is_held, pytest.raises(OperatorError, match="另一个窗口"):
        assert is_held
        make_ready(app, tag="cp312")
    assert words.WAITING in capsys.readouterr().out


@pytest.mark.parametrize("spoil", ["changed", "cut", "gone"])
def test_a_wheel_that_is_not_the_locked_one_is_not_laid(app: Path, spoil: str) -> None:
    path = app / "wheels" / "one-1-py3-none-any.whl"
    if spoil == "changed":
        draw_wheel(path.parent, path.name, {"one/__init__.py": "evil = 1\n"})
    elif spoil == "cut":
        path.write_bytes(path.read_bytes()[:50])
    else:
        path.unlink()
    with pytest.raises(OperatorError, match=r"one-1-py3-none-any\.whl.*重新解压"):
        make_ready(app, tag="cp312")
    assert not is_whole(app / "lib" / "cp312", {})
    assert not list((app / "lib").iterdir())


@pytest.mark.parametrize("text", ["", "[]", '{"wheels": 1}'])
def test_a_manifest_that_is_damaged(app: Path, text: str) -> None:
    (app / "wheels.json").write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match=r"wheels\.json"):
        make_ready(app, tag="cp312")


def test_a_python_without_wheels_is_told_its_version(app: Path) -> None:
    with pytest.raises(OperatorError, match="不能用电脑上的这个 Python"):
        make_ready(app, tag="cp399")


def test_names_that_lead_out_and_what_does_not_run_stay_in_the_wheel(tmp_path: Path) -> None:
    odd = {
        "../out.py": "",
        "a/../../out.py": "",
        "/abs.py": "",
        "c:/abs.py": "",
        "a/tests/test_a.py": "",
        "a/include/a.h": "",
        "a/a.pyi": "",
        "a-1.data/scripts/a.exe": "",
        "a-1.data/platlib/a/b.py": "",
        "a/__init__.py": "",
    }
    app = draw_app(tmp_path / "app", {"a-1-py3-none-any.whl": odd}, "cp312")
    assert files_in(make_ready(app, tag="cp312")) == ["a/__init__.py", "a/b.py"]
    assert not (tmp_path / "app" / "lib" / "out.py").exists()


def test_a_folder_that_lies_too_deep_is_told_before_anything_is_laid(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = app / "lib" / "cp312"
    monkeypatch.setattr(machine, "longest_path", lambda: len(str(place)) + 1 + 20)
    make_ready(app, tag="cp312")
    monkeypatch.setattr(machine, "longest_path", lambda: len(str(place)) + 1 + 13)
    machine.remove_tree(place)
    with pytest.raises(OperatorError, match="多了 7 个字"):
        make_ready(app, tag="cp312")
    assert not place.exists()


def test_a_place_that_cannot_be_written_to(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(machine, "new_folder", full)
    with pytest.raises(OperatorError, match="磁盘已满"):
        make_ready(app, tag="cp312")
