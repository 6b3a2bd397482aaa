"""A county's batch: schools apart from each other, nothing done twice, killed and gone on with, one machine or many."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest
from openpyxl import load_workbook

from helpers.county import CODES, MONTH, cells_of, do_in_this_process, write_folders, write_list
from helpers.drawing import draw_month
from helpers.places import ROOT
from helpers.running import month_of, sheet
from helpers.sampling import some
from pipeline.cli import main
from pipeline.county import school_run
from pipeline.county.batch import batch
from pipeline.county.engines import chunks, do_here, do_with_dask
from pipeline.county.school_run import Done, Job, run_school
from pipeline.county.storage import run_job
from pipeline.model import Month
from schemas import county_words as w
from schemas.dataset import QUERIES


def _batch(base: Path, out: str = "out", *options: str) -> int:
    run = ["batch", "--month", MONTH, "--input", str(base / "in"), "--output", str(base / out), "--name", "虚构县"]
    return main([*run, *options])


def _workbooks(folder: Path) -> dict[str, str]:
    """Return every workbook below a folder with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.xlsx"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three schools' folders, a batch over them in `out`, and the list of the schools."""
    base = tmp_path_factory.mktemp("county")
    write_folders(base / "in", CODES[:3])
    write_list(base / "应交学校.xlsx", CODES[:3])
    assert _batch(base, "out", "--schools", str(base / "应交学校.xlsx")) == 0
    return base


def test_every_school_has_its_report_and_the_county_its_own(county: Path) -> None:
    for code in CODES[:3]:
        assert len(list((county / "out" / "学校" / code / MONTH / "上报").iterdir())) == 1
    (path,) = (county / "out" / MONTH / "汇总").glob("汇总_*.xlsx")
    values = load_workbook(path, data_only=True)["目标达成"]
    assert [values.cell(4, column).value for column in (1, 2, 3, 4, 6)] == ["建档率", 9, 9, "100.00%", "达标"]


def test_only_what_changed_is_done_again(county: Path, tmp_path: Path) -> None:
    """Untouched schools are left alone; a lock changes nothing; one more file, and one school is done."""
    shutil.copytree(county / "in", tmp_path / "in")
    shutil.copytree(county / "out" / "学校", tmp_path / "out")
    jobs = [Job(code, str(tmp_path / "in" / code), str(tmp_path / "out" / code / MONTH), MONTH) for code in CODES[:3]]
    (tmp_path / "in" / CODES[0] / "~$班级00.xlsx").write_bytes(b"lock")
    assert [run_job(job).is_same for job in jobs] == [True] * 3
    (tmp_path / "in" / CODES[0] / "名单.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert [run_job(job).is_fresh for job in jobs] == [True, False, False]


@pytest.mark.parametrize("harm", some(["cut", "gone", "other"], 3))
def test_a_report_that_is_not_whole_is_done_again(harm: str, county: Path) -> None:
    """A bureau workbook that somebody cut, removed or changed is made anew, the same as before."""
    job = Job(CODES[1], str(county / "in" / CODES[1]), str(county / "out" / "学校" / CODES[1] / MONTH), MONTH)
    (path,) = Path(job.target, "上报").iterdir()
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:100] if harm == "cut" else whole + b"x")
    assert run_job(job).is_fresh
    assert path.read_bytes() == whole


def test_one_schools_trouble_is_its_own(monkeypatch: pytest.MonkeyPatch, county: Path, tmp_path: Path) -> None:
    """An empty folder, a folder of rubbish: their rows say so, the other school's report is as ever."""
    do_in_this_process(monkeypatch)
    write_folders(tmp_path / "in", CODES[:1])
    (tmp_path / "in" / CODES[1]).mkdir()
    (tmp_path / "in" / CODES[2]).mkdir()
    (tmp_path / "in" / CODES[2] / "班.xlsx").write_bytes(Random(1).randbytes(5000))
    listed = write_list(tmp_path / "应交学校.xlsx", CODES[:3])
    district, _, done = batch(
        str(tmp_path / "in"), Month.parse(MONTH), str(tmp_path / "out"), listed=listed, name="虚构县", workers=1
    )
    states = {school.code: school.state for school in district.gathered.schools}
    assert states[CODES[0]] == w.State.ON_TIME
    assert states[CODES[1]] == w.State.MISSING
    assert not district.is_complete
    assert {own.name: own.is_missing for own in done if own.reason}[CODES[1]]
    assert _workbooks(tmp_path / "out" / "学校" / CODES[0]) == _workbooks(county / "out" / "学校" / CODES[0])


def test_a_bug_says_where_and_nothing_of_the_data(
    monkeypatch: pytest.MonkeyPatch, county: Path, tmp_path: Path
) -> None:
    """The words of an exception may hold a child's name: only its kind and place are told."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("李小禾")

    monkeypatch.setattr(school_run, "report", fail)
    job = Job("甲校", str(county / "in" / CODES[0]), str(tmp_path / MONTH), MONTH)
    done = run_school(job, Path(job.source), Path(job.target))
    assert done.is_bug
    assert "ValueError" in done.reason
    assert "李小禾" not in done.reason


def _die_at(name: str, job: Job) -> Done:
    if job.name == name:
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(job.name)


def _die_once(mark: str, job: Job) -> Done:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(job.name)


def test_a_process_that_dies_costs_one_school(tmp_path: Path) -> None:
    """Killed in the middle of one school, the others are done."""
    jobs = [Job(str(number), "", "", MONTH) for number in range(6)]
    done = {own.name: own.reason for own in do_here(jobs, partial(_die_at, "3"), workers=2)}
    assert done == {str(number): w.DIED if number == 3 else "" for number in range(6)}


def test_chunks_are_few_and_small() -> None:
    """Some for every worker, none larger than twenty, nothing lost."""
    jobs = [Job(str(number), "", "", MONTH) for number in range(1000)]
    for workers in (1, 2, 64, 5000):
        parts = chunks(jobs, workers)
        assert [job for part in parts for job in part] == jobs
        assert max(map(len, parts)) <= 20


def test_queries_of_the_guide_run(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of docs/数据集.md, as they stand; and no column of the data set names anybody."""
    monkeypatch.chdir(county / "out")
    told = [duckdb.sql(query).fetchall() for _, query in QUERIES]
    assert set(told[0]) == {("甲县", 6, 6, 100.0), ("乙县", 3, 3, 100.0)}
    assert told[1] == [(3, 9, 0)]
    assert told[2] == []
    for path in Path("数据集").rglob("*.parquet"):
        text = repr(duckdb.read_parquet(str(path)).fetchall())
        assert not any(secret in text for secret in ("李小禾", "钱小河", "529900201603", "1990000000", "清水村"))


def test_who_is_behind_in_learning_is_not_in_the_data_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A 潜能生 who is not left behind has no row, and none of his records: nobody can be told by what is missing."""
    do_in_this_process(monkeypatch)
    plain = month_of(MONTH, lambda own: sheet(own, "学生档案")[0].update({"学生类别": "潜能生"}))
    draw_month(tmp_path / "in" / CODES[0], plain)
    assert _batch(tmp_path) == 0
    for table, rows in (("children", 2), ("talks", 2), ("pairings", 6)):
        (path,) = (tmp_path / "out" / "数据集" / table).rglob("*.parquet")
        assert len(duckdb.read_parquet(str(path))) == rows


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own, about ports and clocks
def test_dask_gives_the_same_bytes(county: Path) -> None:
    """A local cluster and the processes of one machine."""
    assert _batch(county, "dask", "--schools", str(county / "应交学校.xlsx"), "--engine", "dask") == 0
    assert _workbooks(county / "dask") == _workbooks(county / "out")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_dask_workers_may_die(tmp_path: Path) -> None:
    """A worker killed once changes nothing; a school that kills every worker costs its own row."""
    jobs = [Job(str(number), "", "", MONTH) for number in range(40)]
    once = do_with_dask(jobs, partial(_die_once, str(tmp_path / "mark")), 2, "")
    assert sorted(own.name for own in once if not own.reason) == sorted(job.name for job in jobs)
    always = {own.name: own.reason for own in do_with_dask(jobs, partial(_die_at, "17"), 2, "")}
    assert always == {job.name: w.DIED if job.name == "17" else "" for job in jobs}


@pytest.mark.slow
def test_shared_storage_gives_the_same_bytes(county: Path) -> None:
    """Through fsspec, here and back, twice; the second time nothing is done. The county's workbook has no links there."""
    for fresh in (3, 0):
        _, _, done = batch(
            f"file://{county / 'in'}",
            Month.parse(MONTH),
            f"file://{county / 'away'}",
            listed=county / "应交学校.xlsx",
            name="虚构县",
        )
        assert sum(own.is_fresh for own in done) == fresh
    book = f"{MONTH}/汇总/汇总_虚构县_{MONTH}.xlsx"
    away, out = (_workbooks(county / folder) for folder in ("away", "out"))
    assert {**away, book: ""} == {**out, book: ""}
    assert cells_of(county / "away" / book) == cells_of(county / "out" / book)


@pytest.mark.slow
def test_killed_ten_times_it_goes_on(county: Path) -> None:
    """kill -9 of the whole batch at random moments; then one run ends it, with the same result as an undisturbed one."""
    rng = Random(7)
    run = ["batch", "--month", MONTH, "--input", str(county / "in"), "--output", str(county / "killed")]
    run += ["--name", "虚构县", "--schools", str(county / "应交学校.xlsx")]
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *run],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(rng.uniform(0.3, 8))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert main(run) == 0
    assert _workbooks(county / "killed") == _workbooks(county / "out")
    assert not list((county / "killed").rglob(".making-*"))
