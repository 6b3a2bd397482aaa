"""One file never costs the school its month: whatever a step on its bytes raises, the other class's figures stand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.drawing import draw_month
from helpers.odd_troubles import ODD
from helpers.ods import as_ods
from helpers.small import small_month
from pipeline.model import Month
from pipeline.publishing.book import Book
from pipeline.reading.pool import start_reading
from pipeline.report import report, work_out
from pipeline.result import Result
from pipeline.stages.collect import bytes_again, collect
from pipeline.stages.hand_back import hand_back
from pipeline.stages.read import read
from schemas import letter_words as w

OCTOBER = Month(2026, 10)
Returned = dict[str, bytes | Book]
Results = Callable[[str], Result]
# Every step that touches one file's bytes on its way in or back.
STEPS_IN = (
    "pipeline.stages.collect.safe_bytes",
    "pipeline.stages.collect.is_archive",
    "pipeline.stages.collect.unpacked",
    "pipeline.stages.collect.start_reading",
    "pipeline.reading.archives.content_type",
    "pipeline.reading.archives.member_name",
    "pipeline.stages.read.read_cover",
    "pipeline.stages.read.read_meta",
    "pipeline.stages.read.read_explanations",
    "pipeline.stages.read.form_of",
    "pipeline.reading.columns.read_sheets",
)
STEPS_BACK = (
    "pipeline.stages.hand_back.annotate",
    "pipeline.stages.hand_back.fresh_copy",
    "pipeline.excel.annotate.Patch",
    "pipeline.excel.annotate.Styles",
    "pipeline.excel.annotate.mark_sheet",
    "pipeline.excel.annotate.unmark_sheet",
    "pipeline.excel.annotate.letter_xml",
    "pipeline.excel.annotate.reads_alike",
    "pipeline.excel.marking.Cells",
    "pipeline.excel.comments.add_comments",
    "pipeline.excel.comments.with_boxes",
    "pipeline.excel.patching.parse",
    "pipeline.excel.patching.to_bytes",
    "pipeline.excel.patching.stored",
    "pipeline.excel.patching.deflated",
    "pipeline.excel.patching.zipped",
    "pipeline.returning.fresh.start_reading",
    "pipeline.returning.fresh.form_of",
    "pipeline.returning.fresh.read_sheets",
    "pipeline.returning.fresh.data_block",
    "pipeline.returning.fresh.read_cover",
    "pipeline.returning.fresh.write_form",
)


def _two_classes() -> dict[str, Any]:
    """The small month with a second class beside the first, in which one cell is wrong."""
    month = small_month()
    [first] = month["classes"]
    second = {"cover": first["cover"] | {"班级": 3}, "sheets": small_month()["classes"][0]["sheets"]}
    for rows in second["sheets"].values():
        for row in rows:
            for key, value in row.items():
                if value in ("李小禾", "钱小河", "孙小树"):
                    row[key] = "周" + value[1:]
    for number, pupil in enumerate(second["sheets"]["学生档案"], start=1):
        pupil.update({"学籍号": "", "身份证号": "", "档案编号": f"b{number}"})
    month["classes"].append(second)
    return month


@pytest.fixture(scope="module")
def drawn_month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of two classes on the disk; 班级01.xlsx goes back to its teacher."""
    folder = tmp_path_factory.mktemp("month")
    draw_month(folder, _two_classes())
    return folder


def _as_xls(path: Path) -> Path:
    """Put the old format's first bytes in place of the workbook: nothing that anyone can read."""
    out = path.with_suffix(".xls")
    out.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    path.unlink()
    return out


def _as_csv(path: Path) -> Path:
    out = path.with_suffix(".csv")
    out.write_bytes("姓名,性别\n李小禾,男\n".encode())
    path.unlink()
    return out


def _as_zip(path: Path) -> Path:
    out = path.with_suffix(".zip")
    with zipfile.ZipFile(out, "w") as archive:
        archive.write(path, "三年级3班.xlsx")
    path.unlink()
    return out


MADE: dict[str, Callable[[Path], Path]] = {
    "ooxml": lambda path: path,
    "xls": _as_xls,
    "ods": as_ods,
    "csv": _as_csv,
    "zip": _as_zip,
}


@pytest.fixture(scope="module")
def inboxes(drawn_month: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Kind → a folder in which the second class's file is of that kind."""
    made = {}
    for kind, change in MADE.items():
        made[kind] = tmp_path_factory.mktemp(kind)
        for path in drawn_month.iterdir():
            (made[kind] / path.name).write_bytes(path.read_bytes())
        change(made[kind] / "班级01.xlsx")
    return made


@pytest.fixture(scope="module")
def results(inboxes: dict[str, Path]) -> Callable[[str], Result]:
    """Give the month worked out with a file of a kind, nothing raising."""
    return cache(lambda kind: work_out(collect(inboxes[kind]), OCTOBER))


@pytest.fixture(scope="module")
def returns(inboxes: dict[str, Path], results: Results) -> Callable[[str], Returned]:
    """Give what goes back then."""
    return cache(lambda kind: _returned(results(kind), inboxes[kind])[0])


def _owner(step: str) -> tuple[Any, str]:
    """Return the module or class that a step belongs to, and its name there."""
    module, _, name = step.rpartition(".")
    package, _, last = module.rpartition(".")
    return (getattr(import_module(package), last), name) if last[0].isupper() else (import_module(module), name)


def _raising(step: str, patch: pytest.MonkeyPatch, about: Callable[[Any], bool] = lambda argument: True) -> None:
    """Let a step raise, for arguments that are about the odd file; each step another oddity."""
    owner, name = _owner(step)
    real, raised = getattr(owner, name), ODD[len(step) % len(ODD)]

    def odd(*arguments: Any, **named: Any) -> Any:
        if any(map(about, arguments)):
            raise type(raised)(*raised.args)
        return real(*arguments, **named)

    patch.setattr(owner, name, odd)


def _about(folder: Path) -> Callable[[Any], bool]:
    """Tell whether an argument is the second class's file, its bytes, or what was read of it."""
    [path] = [path for path in folder.iterdir() if path.stem == "班级01"]
    contents = [path.read_bytes()]
    if path.suffix == ".zip":
        contents += [zipfile.ZipFile(path).read("三年级3班.xlsx")]
    return lambda argument: argument in contents or "班级01" in str(argument) or "周小禾" in repr(argument)


def _returned(result: Result, folder: Path) -> tuple[Returned, list[str]]:
    told: list[str] = []
    return dict(hand_back(result, partial(bytes_again, folder=folder), told.append)), told


BACK = [
    pytest.param(step, kind, marks=() if kind == "ooxml" or (kind == "ods" and "fresh" in step) else pytest.mark.slow)
    for step in STEPS_BACK
    for kind in MADE
]


@pytest.mark.parametrize(("step", "kind"), BACK)
def test_a_return_that_fails_is_less_and_never_nothing(
    step: str,
    kind: str,
    inboxes: dict[str, Path],
    results: Results,
    returns: Callable[[str], Returned],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Marked, else fresh, else the letter alone: every file that is to go back does, and what is less is told."""
    result, folder = results(kind), inboxes[kind]
    before = returns(kind)
    _raising(step, monkeypatch)
    after, told = _returned(result, folder)
    assert set(after) == set(before) != set()
    for name, content in after.items():
        is_less = isinstance(content, Book) and isinstance(before[name], bytes)
        assert not is_less or any(sentence.endswith(w.ALONE_INSTEAD.format(name="")) for sentence in told)
        assert isinstance(content, Book) or zipfile.ZipFile(io.BytesIO(content)).testzip() is None


IN = [pytest.param(step, kind, marks=() if kind == "zip" else pytest.mark.slow) for step in STEPS_IN for kind in MADE]


@pytest.mark.parametrize(("step", "kind"), IN)
def test_a_file_that_fails_is_refused_alone(
    step: str, kind: str, inboxes: dict[str, Path], results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with a sentence; every other file is read as ever."""
    folder = inboxes[kind]
    _raising(step, monkeypatch, _about(folder))
    done, issues = read(collect(folder).files, OCTOBER)
    others = [s for s in done if "班级01" not in s.file.name]
    assert [s.state for s in others] == ["", ""]
    assert [s.cover for s in others] == [s.cover for s in results(kind).submissions if "班级01" not in s.file.name]
    odd = [s for s in done if "班级01" in s.file.name]
    assert odd
    assert all(s.state != "unknown" or [i for i in issues if i.file == s.file.id and i.sentence] for s in odd)


WHOLE = [
    pytest.param(step, kind, marks=() if (kind, step) == ("ooxml", STEPS_BACK[0]) else pytest.mark.slow)
    for step in ("pipeline.reading.pool.Reading.take", *STEPS_BACK[:2])
    for kind in MADE
]


@pytest.mark.parametrize(("step", "kind"), WHOLE)
def test_the_report_is_whole_and_the_other_class_as_ever(
    step: str,
    kind: str,
    inboxes: dict[str, Path],
    results: Results,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The figures of the class whose file is well stand, and the run says what it could not do."""
    if step.endswith("take"):
        monkeypatch.setattr("pipeline.stages.collect.start_reading", _reading_badly(_about(inboxes[kind])))
    else:
        _raising(step, monkeypatch)
    result, _ = report(collect(inboxes[kind]), OCTOBER, tmp_path / "2026-10")
    assert _of_class(result, 2) == _of_class(results(kind), 2)
    assert (tmp_path / "2026-10" / "数据" / "run.json").is_file()
    if step.endswith("annotate") and kind in ("ooxml", "ods", "zip"):
        less = tuple(words.format(name="") for words in (w.ALONE_INSTEAD, w.FRESH_INSTEAD))
        assert any(remark.endswith(less) for remark in result.remarks)
        book = openpyxl.load_workbook(tmp_path / "2026-10" / "校内" / "校验报告.xlsx")
        shown = {str(cell.value) for row in book["交表情况"].iter_rows() for cell in row}
        assert any(remark in text for remark in result.remarks for text in shown)


def _of_class(result: Result, number: int) -> Any:
    own = result.measured.measures
    return own[(own["level"] == "class") & (own["grade"] == 3) & (own["number"] == number)].to_dict("records")


def _reading_badly(about: Callable[[Any], bool]) -> Callable[[bytes], Any]:
    """Return a reader whose answer for one file can't be taken."""

    class Broken:
        def take(self) -> None:
            raise EOFError

    return lambda data: Broken() if about(data) else start_reading(data)
