"""Who is in time, late, there in part, sent back or missing: one state a school, and counts that add up."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from helpers.county import CODES, MONTH, came, write_bureau, write_list
from pipeline.cli import main
from pipeline.county.gather import Failed
from pipeline.county.listed import read_list
from pipeline.county.records import School
from pipeline.county.rollup import Terms, published, rollup
from pipeline.county.timeliness import deadline_of, judged, standing_of, working_day
from pipeline.model import Month
from schemas import county_words as w

DEADLINE = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("received", "classes", "state", "late"),
    [
        ("2026-11-05", (4, 4), "按时", 0),
        ("2026-11-06", (4, 4), "迟交", 1),
        ("", (4, 4), "日期不明", 0),
        ("2026-11-05", (2, 4), "部分班级未交", 0),
        ("2026-11-07", (2, 4), "部分班级未交", 2),
        ("2026-11-05", (0, 4), "未交", 0),
    ],
)
def test_a_school_has_one_state(received: str, classes: tuple[int, int], state: str, late: int) -> None:
    """The day of the deadline is in time; a class that lacks is a state of its own; no class at all is no report."""
    numbers = dict(zip(("classes_done", "classes_due"), classes, strict=True))
    found = judged(School("1", "甲", received=received, numbers=numbers), DEADLINE)
    assert (found.state, found.late_days) == (state, late)


def test_counts_add_up_and_what_is_late_is_no_timely_report() -> None:
    states = ["按时", "按时", "迟交", "日期不明", "部分班级未交", "退回", "重复", "未交"]
    found = standing_of([School(str(n), "", state=state) for n, state in enumerate(states)], has_list=True)
    assert sum(found.of.values()) == found.due == len(states)
    assert (found.reporting, found.timely) == ((4, 8), (2, 8))
    unlisted = standing_of([School("1", "", state="按时")], has_list=False)
    assert (unlisted.reporting, unlisted.timely) == ((0, 0), (0, 0)), "nobody knows what was due"


def test_days_of_the_calendar() -> None:
    assert deadline_of(Month(2026, 12)) == date(2027, 1, 5)
    assert working_day(date(2026, 11, 14)) == date(2026, 11, 16)
    assert working_day(date(2026, 11, 13)) == date(2026, 11, 13)


def test_the_list_says_when_a_school_handed_in(tmp_path: Path) -> None:
    """Days as clerks write them; one that can't be read is told and not used."""
    path = tmp_path / "应交学校.xlsx"
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    typed = ["2026/11/3", "11月4日", 46330, datetime(2026, 11, 6), "2026-11-07 16:30", "上周五", ""]
    sheet.write_row(0, 0, ["学校标识码", "学校名称", "收到日期"])
    for row, value in enumerate(typed, start=1):
        sheet.write_row(row, 0, [f"529900000{row}", "甲"])
        sheet.write(row, 2, value)
    book.close()
    found = read_list(path, DEADLINE)
    days = ["2026-11-03", "2026-11-04", "2026-11-04", "2026-11-06", "2026-11-07", "", ""]
    assert [school.received for school in found] == days
    assert [bool(school.reason) for school in found] == [False] * 5 + [True, False]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    write_bureau(folder / "in", (CODES[0], CODES[2]))
    return folder


def test_what_is_no_schools_is_no_school(two: Path, tmp_path: Path) -> None:
    """Stray folders and files are told beside the schools; the counts are those of the list."""
    failed = [Failed("临时", "文件夹里没有表", is_missing=True), Failed("备份", "打不开")]
    listed = write_list(tmp_path / "应交学校.xlsx", (CODES[0], CODES[2], CODES[3]))
    paths = published(two / "in")
    found, _ = rollup(paths, Month.parse(MONTH), tmp_path / "out", listed=listed, failed=failed)
    assert [school.code for school in found.gathered.schools] == [CODES[2], CODES[3], CODES[0]]
    assert [name for name, _ in found.gathered.strays] == ["备份", "临时"]
    assert found.gathered.left_over_count == 1, "an empty folder keeps nothing back"
    unlisted, _ = rollup(paths, Month.parse(MONTH), tmp_path / "out2", failed=failed)
    assert unlisted.standing().due == 2


def test_the_console_adds_up(two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deadline of one's own, and a day that is none."""
    listed = write_list(tmp_path / "应交学校.xlsx", (CODES[0], CODES[2], CODES[3]))
    (two / "in" / "说明.txt").write_text("x", encoding="utf-8")
    run = ["rollup", "--month", MONTH, "--input", str(two / "in"), "--output", str(tmp_path / "out")]
    run += ["--schools", str(listed), "--name", "虚构县"]
    assert main([*run, "--deadline", "2026-11-03"]) == 0
    told = capsys.readouterr().out
    assert "应交 3 所学校：按时 0，迟交 2，未交 1；报送率 66.67%（2/3），按时率 0.00%（0/3）。" in told
    assert "另有 1 个文件（夹）没有用上，没有算作学校：说明.txt。" in told
    (two / "in" / "说明.txt").unlink()
    assert main([*run, "--deadline", "11.3"]) == 2


def test_twice_the_same_bytes_and_what_somebody_edited_stays(two: Path, tmp_path: Path) -> None:
    """Every file of a second run is as before; a notice that was edited is not touched, and a new one lies beside it."""
    came(two / "in")

    def run() -> dict[str, str]:
        _, path = rollup(published(two / "in"), Month.parse(MONTH), tmp_path / "out", name="虚构县", terms=Terms())
        files = sorted(p for p in path.parent.rglob("*") if p.is_file())
        return {p.relative_to(path.parent).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    first = run()
    assert run() == first
    assert {name for name in first if "/" not in name} == {
        f"汇总_虚构县_{MONTH}.xlsx", f"通报_虚构县_{MONTH}.docx", f"返校单_虚构县_{MONTH}.xlsx", f"发送文字_虚构县_{MONTH}.txt", ".guanai.json",
    }  # fmt: skip
    notice = tmp_path / "out" / MONTH / "汇总" / f"通报_虚构县_{MONTH}.docx"
    notice.write_bytes(notice.read_bytes() + b"edited")
    os.utime(notice)
    again = run()
    assert notice.read_bytes().endswith(b"edited")
    assert again[f"通报_虚构县_{MONTH}_新生成.docx"] == first[notice.name]
    assert run() == again


def test_words_of_states() -> None:
    """Every state has a key, a sentence and a place in the table."""
    assert set(w.STATES.values()) == set(w.KEY_OF_STATE)
    assert set(w.WHOLE) < set(w.COUNTING)
