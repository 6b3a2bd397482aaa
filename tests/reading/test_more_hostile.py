"""A post full of hostile files, one of each kind: all are told in Chinese, and the class beside them is as if alone."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers.drawing import draw, draw_month
from helpers.hostile import HOSTILE
from helpers.oddly_written import OURS
from helpers.sheet_xml import STRINGS
from helpers.small import COVER, id_card, pupil, small_month
from helpers.workbook_parts import BOOK, parts_of, zip_of
from pipeline.cli import main
from pipeline.model import Issue, Month
from pipeline.report import report, work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules

OCTOBER = Month(2026, 10)
SECONDS = 60  # for all of them together, on a busy machine; alone it takes a tenth


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One class's workbook."""
    folder = tmp_path_factory.mktemp("plain")
    draw_month(folder, small_month())
    return (folder / "班级00.xlsx").read_bytes()


def other_class(path: Path, number: int) -> None:
    """Write the workbook of another class, of one child."""
    cover = COVER | {"年级": "四年级", "班级": number, "班主任": "王老师"}
    birth = date(2016, 3, 3)
    row = {
        **pupil("某甲", 3),
        "档案编号": f"2026-{500 + number}",
        "身份证号": id_card(birth, 100 + 2 * number),
        "学籍号": f"G{id_card(birth, 100 + 2 * number)}",
    }
    draw(path, "班级月报", {"cover": cover, "sheets": {"学生档案": [row]}})


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, workbook: bytes) -> Path:
    """A month of one good class, all that is hostile, and a class for everything odd that a sheet of ours can hold."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "input" / "2026-10"
    draw_month(folder, small_month())
    generic = not_ours(workbook)
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make(generic))
    for number, (name, odd) in enumerate(OURS.items(), start=1):
        path = folder / f"四年级{number}班{name}.xlsx"
        other_class(path, number)
        path.write_bytes(odd(path.read_bytes()))
    return folder


def not_ours(data: bytes) -> bytes:
    """Return a workbook with other words in it, so that what can be read of it is nobody's."""
    parts = parts_of(data)
    parts[BOOK] = re.sub(rb'(<sheet name=")[^"]*(" sheetId=")(\d+)', rb"\1x\3\2\3", parts[BOOK])
    parts[STRINGS] = re.sub(rb"<t[^>]*>[^<]*</t>", b"<t>x</t>", parts[STRINGS])
    return zip_of(parts)


class Ran(NamedTuple):
    """The program's run over the month: its exit code, what it said, where it wrote, and what it had worked out."""

    code: int
    said: str
    target: Path
    result: Result


@pytest.fixture(scope="module")
def ran(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The whole program, in a bounded time."""
    start, target, said = time.monotonic(), tmp_path_factory.mktemp("hostile_output"), io.BytesIO()
    results: list[Result] = []

    def kept(*given: Any, **more: Any) -> tuple[Result, int]:
        done = report(*given, **more)
        results.append(done[0])
        return done

    screen = io.TextIOWrapper(said, encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen), redirect_stderr(screen):
        patch.setattr("pipeline.report.report", kept)
        code = main(["report", "--month", "2026-10", "--input", str(inbox), "--output", str(target)])
    yield Ran(code, said.getvalue().decode(), target, results[0])
    assert time.monotonic() - start < SECONDS


@pytest.fixture
def result(ran: Ran) -> Result:
    """What the month gives."""
    return ran.result


def by_file(result: Result) -> Mapping[str, list[Issue]]:
    names = {submission.file.id: submission.file.name for submission in result.submissions}
    found: dict[str, list[Issue]] = {name: [] for name in names.values()}
    for issue in result.issues:
        if issue.file in names:
            found[names[issue.file]].append(issue)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_is_told(name: str, result: Result) -> None:
    """It has a sentence, in Chinese; no member of it has one of its own, unless it is an archive."""
    found = [issues for own, issues in by_file(result).items() if own == name or own.startswith(f"{name}/")]
    assert found
    assert all(found)
    assert len(found) == 1 or name.endswith(".zip")
    assert all(issue.rule in {rule for rule, _ in rules.REFUSALS.values()} for issues in found for issue in issues)


def test_no_sentence_is_an_exception(result: Result) -> None:
    """Every sentence is Chinese, and quotes no program."""
    for issue in result.issues:
        assert re.search("[\u4e00-\u9fff]{4}", issue.sentence)
        assert not re.search(r"Error|Exception|Traceback|[a-z]+ [a-z]+ [a-z]+|/tmp/", issue.sentence)


def test_the_class_beside_them_is_as_if_alone(result: Result, tmp_path: Path) -> None:
    """Its figures and what is said of its workbook are those of a month without any of them."""
    draw_month(tmp_path, small_month())
    alone = work_out(collect(tmp_path), OCTOBER)
    assert measures_of(result) == measures_of(alone)
    assert by_file(result)["班级00.xlsx"] == []


def measures_of(result: Result) -> list[Any]:
    measures = result.measured.measures
    rows = measures[(measures.level == "class") & (measures.grade == 3)]
    return sorted(tuple(map(str, row)) for row in rows.itertuples(index=False))


@pytest.mark.parametrize("name", OURS)
def test_what_stands_in_a_sheet_of_ours_ends_no_reader(name: str, result: Result) -> None:
    """It is read, or refused for what it is; the reader neither died nor was late."""
    found = next(issues for own, issues in by_file(result).items() if own.endswith(f"班{name}.xlsx"))
    ended = {rules.REFUSALS[reason][1] for reason in ("crashed", "too_slow")}
    assert not {issue.words.get("because") for issue in found} & ended


def test_the_program_ends_well(ran: Ran) -> None:
    """Exit code 0, and everything is written."""
    assert ran.code == 0
    assert ran.said and "Traceback" not in ran.said
    assert list(ran.target.rglob("*.xlsx"))


NO_NUMBERS = ("大数", "非数", "无穷", "负无穷", "日期无穷")


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_a_number_that_is_none_is_a_cell_in_error(name: str, result: Result) -> None:
    """It can't be counted with, and Excel would show an error."""
    found = next(issues for own, issues in by_file(result).items() if own.endswith(f"班{name}.xlsx"))
    assert any(issue.row == 4 and "#NUM!" in issue.sentence for issue in found)
