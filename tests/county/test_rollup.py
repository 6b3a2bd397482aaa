"""Many schools' workbooks added up: sums of n and N, who is missing, what is not trusted, one level or two."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.county import CODES, MONTH, notice_text, school_result, with_cell, write_bureau, write_list
from pipeline.cli import main
from pipeline.county.bureau_reader import read_bureau
from pipeline.county.district import District
from pipeline.county.rollup import published, rollup
from pipeline.errors import OperatorError
from pipeline.excel.render import write_book
from pipeline.model import Month
from pipeline.publishing.book import Book, Rows, page_of
from pipeline.publishing.bureau import bureau_book
from pipeline.publishing.cells import Cells
from pipeline.publishing.counts import Counts
from schemas import county_words as w
from schemas.bureau_layout import COUNT_COLUMNS, ONES
from schemas.bureau_words import META_LABELS
from schemas.county_layout import QUALITY, SHARES
from schemas.figures import FIGURES
from schemas.layouts import Field, Grid, Sheet
from schemas.ones import FIVE_ONES, TEN_ONES


def _roll(folder: Path, output: Path, listed: Path | None = None) -> tuple[District, Path]:
    return rollup(published(folder), Month.parse(MONTH), output, listed=listed, name="虚构市")


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks")
    write_bureau(folder, CODES)
    return folder


@pytest.fixture
def four(workbooks: Path, tmp_path: Path) -> Path:
    """The workbooks of four schools."""
    return Path(shutil.copytree(workbooks, tmp_path / "in"))


def test_a_district_is_the_sum_of_its_schools(four: Path, tmp_path: Path) -> None:
    """n, N and head counts, against the schools' own results; every row of the proof is 平."""
    district, path = _roll(four, tmp_path / "out", write_list(tmp_path / "应交学校.xlsx", CODES))
    results = [school_result(code) for code in CODES]
    for figure in FIGURES:
        own = [Counts(result).school(figure.key) for result in results]
        assert district.share(figure.key) == tuple(map(sum, zip(*own, strict=True)))
    for key in COUNT_COLUMNS:
        assert district.sum(key) == sum(int(result.measured.heads[key].sum()) for result in results)
    told = read_bureau(path.read_bytes())
    assert {row["in_balance"] for row in told.rows("crossfoot")} == {w.BALANCED}
    assert sum(row["schools_done"] for row in told.rows("towns")) == len(CODES)


def test_two_levels_are_one(four: Path, tmp_path: Path) -> None:
    """Counties first, then the city: the same workbook, cell by cell, as all schools at once; links lead elsewhere."""
    _, once = _roll(four, tmp_path / "once", write_list(tmp_path / "all.xlsx", CODES))
    for number, codes in enumerate((CODES[:2], CODES[2:])):
        write_bureau(tmp_path / f"county{number}", codes)
        listed = write_list(tmp_path / f"list{number}.xlsx", codes)
        _, path = _roll(tmp_path / f"county{number}", tmp_path / f"out{number}", listed)
        (tmp_path / "up").mkdir(exist_ok=True)
        (tmp_path / "up" / f"{number}.xlsx").write_bytes(path.read_bytes())
    _, twice = _roll(tmp_path / "up", tmp_path / "twice")
    assert _cells(twice) == _cells(once)
    assert notice_text(twice.parent) == notice_text(once.parent)


def _cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path, data_only=True)}


def test_who_is_missing_is_called(four: Path, tmp_path: Path) -> None:
    """A school of the list without a workbook: 未交, in the text to send, and no target is met."""
    missing = "5299000009"
    district, path = _roll(four, tmp_path / "out", write_list(tmp_path / "应交学校.xlsx", (*CODES, missing)))
    rows = {row["code"]: row["state"] for row in read_bureau(path.read_bytes()).rows("turnout")}
    assert rows == dict.fromkeys(CODES, w.State.ON_TIME) | {CODES[1]: w.State.PARTIAL, missing: w.State.MISSING}
    assert not district.is_complete
    assert "达标" not in {row["is_met"] for row in read_bureau(path.read_bytes()).rows("targets")}


def test_without_a_list_nothing_is_met(tmp_path: Path) -> None:
    """Who does not know which schools were due can't say that all is done."""
    write_bureau(tmp_path / "in", CODES[:1])
    with_list, _ = _roll(tmp_path / "in", tmp_path / "a", write_list(tmp_path / "list.xlsx", CODES[:1]))
    without, path = _roll(tmp_path / "in", tmp_path / "b")
    assert with_list.gathered.is_whole
    assert not without.is_complete
    assert "达标" not in {row["is_met"] for row in read_bureau(path.read_bytes()).rows("targets")}


def test_one_bad_workbook_costs_its_school_its_row(four: Path, tmp_path: Path) -> None:
    """Tampered, cut short, of another month, twice with other numbers: the row says why; the others count as before."""
    listed = write_list(tmp_path / "应交学校.xlsx", CODES)
    (own,) = four.glob(f"{CODES[0]}_*")
    whole = own.read_bytes()
    alone = [Counts(school_result(code)).school("talked") for code in CODES[1:]]
    for data, because in (
        (with_cell(own, "班级统计", "E5", 987), "班级统计!E5"),
        (whole[: len(whole) // 2], "打不开"),
        (random.Random(1).randbytes(3000), "打不开"),
    ):
        own.write_bytes(data)
        district, _ = _roll(four, tmp_path / "out", listed)
        school = next(s for s in district.gathered.schools if s.code == CODES[0])
        assert (school.state, because in school.reason) == (w.State.REFUSED, True)
        assert district.share("talked") == tuple(map(sum, zip(*alone, strict=True)))
        assert not district.is_complete


def test_a_school_that_sent_two_different_workbooks(four: Path, tmp_path: Path) -> None:
    """Undecidable: neither counts. The same one twice is one."""
    (own,) = four.glob(f"{CODES[0]}_*")
    (four / f"{CODES[0]}_再.xlsx").write_bytes(own.read_bytes())
    district, _ = _roll(four, tmp_path / "out")
    assert len(district.done) == len(CODES)
    (other,) = write_bureau(tmp_path / "other", CODES[1:2])
    numbers = read_bureau(other.read_bytes())
    assert numbers.meta["school_code"] == CODES[1]
    write_book(four / f"{CODES[0]}_再.xlsx", bureau_book(replace(school_result(CODES[1]), school_code=CODES[0])))
    district, _ = _roll(four, tmp_path / "out")
    assert next(s.state for s in district.gathered.schools if s.code == CODES[0]) == w.State.DOUBLE


def test_a_workbook_of_an_older_version(four: Path, tmp_path: Path) -> None:
    """It lacks a table: what it has is counted, what it lacks is said, also one level up."""
    (own,) = four.glob(f"{CODES[0]}_*")
    book = bureau_book(school_result(CODES[0]))
    pages = tuple(p for p in book.pages if p.name != ONES.title)
    write_book(own, replace(book, pages=pages, meta={**book.meta, "version": "0"}))
    district, path = _roll(four, tmp_path / "out")
    school = next(s for s in district.gathered.schools if s.code == CODES[0])
    assert school.not_reported == tuple(SHARES[key] for key in (*(f"one_{n}" for n in TEN_ONES), *FIVE_ONES))
    assert district.share("archived")[1] == sum(Counts(school_result(code)).school("archived")[1] for code in CODES)
    above, _ = rollup([path], Month.parse(MONTH), tmp_path / "above", name="虚构市")
    assert next(s for s in above.gathered.schools if s.code == CODES[0]).not_reported == school.not_reported
    values = load_workbook(path)[QUALITY.title]
    assert any("旧版程序" in str(row[0]) for row in values.iter_rows(values_only=True))


def test_a_provinces_workbook_can_be_read(tmp_path: Path) -> None:
    """More rows than any roster may have: a roll-up lists what each of its schools lacks."""
    path = tmp_path / "省.xlsx"
    rows: list[Cells] = [{"name": f"虚构第{number}学校", "short": number} for number in range(30_000)]
    grid = Grid("lacking", (Field("name", "学校名称", "text", 20), Field("short", "差", "count", 9)))
    meta = dict(zip(META_LABELS, (w.TITLE, w.VERSION, "", "虚构省", MONTH, "", "", ""), strict=True))
    write_book(
        path, Book(w.TITLE, (page_of(Sheet("lacking", "未达标学校", (grid,)), {"lacking": Rows(rows)}),), meta=meta)
    )
    assert len(read_bureau(path.read_bytes()).rows("lacking")) == len(rows)


def test_another_month_is_refused(four: Path, tmp_path: Path) -> None:
    """A September workbook in October's folder."""
    district, _ = rollup(published(four), Month.parse("2026-11"), tmp_path / "out")
    assert {s.state for s in district.gathered.schools} == {w.State.REFUSED}
    assert {s.reason for s in district.gathered.schools} == {w.OTHER_MONTH.format(month=MONTH)}


def test_the_command(four: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary names counts and targets; an empty folder and a bad list are one sentence each."""
    run = ["rollup", "--month", MONTH, "--output", str(tmp_path / "out"), "--input"]
    assert main([*run, str(four), "--name", "虚构县"]) == 0
    assert "没有应交学校名单，收到 4 所学校：按时 3，部分班级未交 1，未交 0。" in capsys.readouterr().out
    (tmp_path / "empty").mkdir()
    assert main([*run, str(tmp_path / "empty")]) == 2
    bad = tmp_path / "名单.xlsx"
    bad.write_bytes(b"nothing")
    assert main([*run, str(four), "--schools", str(bad)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_nothing_is_left_where_the_list_is_unreadable(four: Path, tmp_path: Path) -> None:
    """An operator's error leaves no half-written roll-up."""
    bad = tmp_path / "名单.xlsx"
    bad.write_bytes(b"nothing")
    with pytest.raises(OperatorError):
        _roll(four, tmp_path / "out", bad)
    assert not list((tmp_path / "out").rglob("*.xlsx"))
