"""What happens after a double-click, each way it may go: done and shown, asked, or one sentence and a key."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.drawing import draw_month
from helpers.small import small_month
from helpers.wheels import draw_app
from pipeline import machine
from pipeline.desk import actions, starting
from pipeline.desk.asking import as_path, month_named
from pipeline.desk.log import note, where_of
from pipeline.desk.settings import read_settings
from pipeline.desk.unpacking import own_tag
from pipeline.model import Month
from schemas import desk_words as words

CHILD = "周小溪"  # of the small month
MONTH = Month(2026, 10)


class Desk:
    """A program's folder at which somebody sits: what is typed, what was opened, how often a key was waited for."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._patch, self._capsys = home, monkeypatch, capsys
        self.opened: list[Path] = []
        self.keys = 0
        draw_app(home / "app", {"nothing-1-py3-none-any.whl": {"nothing_at_all.py": ""}}, own_tag())
        monkeypatch.setattr(machine, "open_folder", lambda folder: self.opened.append(folder) or True)
        monkeypatch.setattr(machine, "wait_for_key", self._wait)
        monkeypatch.setattr(sys, "path", list(sys.path))
        for name in ("PYTHONPATH", "PYTHONNOUSERSITE"):
            monkeypatch.setenv(name, "")

    def _wait(self) -> None:
        self.keys += 1

    def types(self, *lines: str) -> None:
        """Sit somebody down who types lines; without any, nobody sits there."""
        keyboard = io.StringIO("".join(f"{line}\n" for line in lines))
        keyboard.isatty = lambda: True  # type: ignore[method-assign]
        self._patch.setattr(sys, "stdin", keyboard)

    def start(self, action: str) -> tuple[int, str]:
        """Return the exit code, and all that was said."""
        code = starting.start(action, self.home)
        out, err = self._capsys.readouterr()
        return code, out + err

    @property
    def log(self) -> str:
        return (self.home / "app" / words.LOG_FILE).read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "关爱 月报 (1)&%", monkeypatch, capsys)


def test_the_first_run_sets_itself_up_and_says_where_the_sheets_go(desk: Desk) -> None:
    code, said = desk.start("report")
    assert code == 2
    assert said.index(words.SETTING_UP) < said.index(words.SET_UP_DONE) < said.index("还没有填好的表")
    assert desk.opened == [desk.home / "input"]
    assert desk.keys == 1
    assert words.SETTING_UP not in desk.start("report")[1]


def test_a_month_is_reported_shown_and_remembered(desk: Desk) -> None:
    draw_month(desk.home / "input" / "2026年10月", small_month())
    desk.types()
    code, said = desk.start("report")
    assert code == 0
    assert "读取工作簿" in said
    assert "按 2026-10 读取" in said
    assert words.PRESS_KEY in said
    assert desk.opened == [desk.home / "output" / "2026-10"]
    assert (desk.home / "output" / "2026-10" / "上报").is_dir()
    assert read_settings(desk.home).last == "2026-10"
    assert desk.keys == 1


def test_a_month_that_nothing_says_is_asked_for(desk: Desk) -> None:
    """The workbook lies straight in the folder, and its cover states no month."""
    plain = small_month()
    for book in (plain["school"], *plain["classes"]):
        book["cover"] = {**book["cover"], "报送月份": ""}
    draw_month(desk.home / "input", plain)
    desk.types("十三月", "2026年10月")
    code, said = desk.start("report")
    assert (code, desk.opened) == (0, [desk.home / "output" / "2026-10"])
    assert "看不出是哪个月" in said
    assert "月份“十三月”不对" in said
    desk.types("")
    assert "2026-11" in desk.start("report")[1], "the month after the last one is offered"


def test_where_nobody_sits_nothing_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.home / "input").mkdir(parents=True)
    (desk.home / "input" / "一.xlsx").write_bytes(b"none of ours")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, said = desk.start("report")
    assert code == 2
    assert "看不出是哪个月" in said
    assert words.ASK_MONTH[:8] not in said.split("看不出是哪个月")[0]


def test_the_templates_of_the_next_month_are_shown(desk: Desk) -> None:
    assert "空白的模板" in desk.start("next")[1]
    assert desk.opened.pop() == desk.home / "input_templates"
    draw_month(desk.home / "input" / "2026-10", small_month())
    desk.start("report")
    desk.types("")
    assert desk.start("next")[0] == 0
    assert desk.opened.pop() == desk.home / "output" / "2026-10" / "下月模板"
    desk.types("3月")
    assert desk.start("next")[0] == 0
    assert desk.opened.pop() == desk.home / "output" / "下月模板_2027-03"
    assert list((desk.home / "output" / "下月模板_2027-03").glob("*.xlsx"))


def test_the_menu_does_one_thing_after_another_until_nothing_is_chosen(desk: Desk) -> None:
    sources = desk.home / "旧 表"
    sources.mkdir(parents=True)
    desk.types("9", "2", "5", f'"{sources}"', "", "1", "")
    code, said = desk.start("start")
    assert code == 0
    assert "没有“9”这一项" in said
    assert said.count(words.MENU_END) == 4
    assert read_settings(desk.home).input == sources
    assert "还没有填好的表" in said
    assert desk.keys == 0, "the menu itself was the last word"


def test_the_first_months_workbooks(desk: Desk) -> None:
    desk.types("3", "2026-09", "", "")
    code, said = desk.start("start")
    assert code == 0, said
    assert desk.opened == [desk.home / "output" / "2026-09-开始"]


@pytest.mark.slow
def test_the_example_is_said_to_be_one(desk: Desk) -> None:
    desk.types("4", "")
    code, said = desk.start("start")
    assert code == 0
    assert desk.opened == [desk.home / "output" / "示例-2026-10"]
    assert words.EXAMPLE in said
    assert "没有 input" not in said


def test_a_stick_that_is_not_there_is_one_sentence(desk: Desk) -> None:
    desk.start("report")
    (desk.home / words.SETTINGS_FILE).write_text('{"填好的表": "E盘/表"}', encoding="utf-8")
    code, said = desk.start("report")
    assert code == 2
    assert "U 盘没有插上" in said
    assert "Traceback" not in said


def _raising(trouble: BaseException) -> Callable[[Any], Any]:
    def act(settings: Any) -> Any:
        raise trouble

    return act


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (ValueError(f"{CHILD} 13900001111"), "没有料到"),
        (ImportError("DLL load failed"), "没能装载起来"),
        (MemoryError(), "内存不够"),
        (KeyboardInterrupt(), "已经停下"),
        (PermissionError(13, "Permission denied", f"C:/{CHILD}.xlsx"), "正在 Excel 里打开"),
        (OSError(28, "No space left on device"), "磁盘已满"),
    ],
)
def test_any_trouble_is_one_sentence_a_key_and_a_line_without_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, said: str
) -> None:
    desk.start("report")
    monkeypatch.setitem(actions.ACTIONS, "report", _raising(trouble))  # type: ignore[arg-type]
    code, told = desk.start("report")
    assert (code, desk.keys) == (2, 2)
    sentences = [line for line in told.splitlines() if line and line != words.PRESS_KEY]
    assert len(sentences) == 1
    assert said in sentences[0]
    assert "Traceback" not in told
    assert CHILD not in desk.log
    assert "1390000" not in desk.log
    assert desk.log.count("\n") == 2


def test_an_error_in_the_log_says_where_and_not_what() -> None:
    try:
        int(CHILD)
    except ValueError as trouble:
        told = where_of(trouble)
    assert told.startswith("ValueError < test_desk.py:")
    assert CHILD not in told


def test_a_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(40):
        log.write_bytes(log.read_bytes() * 2 if log.exists() and log.stat().st_size < 300_000 else b"old line\n" * 9)
        note(log, "report", "done", 1)
    log.write_bytes(b"old line\n" * 40_000)
    note(log, "report", "done", 1.25)
    text = log.read_text("utf-8")
    assert len(text) < 110_000
    assert text.startswith("old line\n")
    assert "report: done, 1.2 s" in text.splitlines()[-1]
    note(tmp_path / "missing" / "log", "report", "done", 1)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('"D:\\月 报"', "D:\\月 报"),
        ("'/home/月 报' ", "/home/月 报"),
        ("& 'D:\\月报'", "D:\\月报"),
        ("file:///home/%E6%9C%88%20a", "/home/月 a"),
        ("", ""),
        ('"', '"'),
    ],
)
def test_a_folder_that_was_dragged_in(text: str, path: str) -> None:
    assert as_path(text) == path


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-10", "2026-10"), ("2026年9月", "2026-09"), ("12", "2026-12"), ("1月", "2027-01"), ("202703", "2027-03")],
)
def test_a_month_as_people_write_it(text: str, month: str) -> None:
    assert str(month_named(text, Month(2026, 11))) == month


def test_a_path_that_is_too_long_for_a_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_month(desk.home / "input" / "2026-10", small_month())
    monkeypatch.setattr(
        actions.machine, "longest_path", lambda: 259 if "x" * 200 in str(read_settings(desk.home).output) else 999
    )
    desk.start("next")
    (desk.home / words.SETTINGS_FILE).write_text(f'{{"报告": "{"x" * 200}"}}', encoding="utf-8")
    code, said = desk.start("report")
    assert code == 2
    assert "路径太长" in said


def test_the_set_up_imports_nothing_that_has_to_be_installed(tmp_path: Path) -> None:
    """Before the libraries are laid only Python itself is there."""
    import subprocess

    from helpers.places import ROOT

    code = "import sys; before = set(sys.modules); import pipeline.desk.starting; print(sorted(m.split('.')[0] for m in set(sys.modules) - before))"
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]
    done = subprocess.run(bare, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "pipeline" in done.stdout
    assert not [name for name in ("pandas", "openpyxl", "rich", "filelock") if f"'{name}'" in done.stdout]
