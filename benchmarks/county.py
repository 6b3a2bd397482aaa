"""A county's month: `make bench-county`. Time and memory by schools, by processes and by Dask; the roll-up.

The schools are made by the example generator, once, in the system's temporary folder (some minutes). Trust the ratios.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

from benchmarks.workload import MONTH
from pipeline.example.writing import write_example
from pipeline.returning.generated import TEMPLATES
from schemas.plan_workbook import PLAN_WORKBOOK

SCHOOLS, STEPS, ROLLED = 200, (50, 100, 200), (1000, 2000, 4000)
HOME = Path(tempfile.gettempdir())


def _school(number: int) -> None:
    """Write one school: 18 class workbooks, its own, and the plan."""
    code = f"52990{number:05d}"
    folder = HOME / "guanai-bench-county" / code
    if not (folder / MONTH / f"{PLAN_WORKBOOK.title}.xlsx").exists():
        write_example(folder, months=(MONTH,), seed=number, school_code=code, school_name=f"虚构第{number + 1}学校")
        shutil.copy(Path(TEMPLATES, f"{PLAN_WORKBOOK.title}.xlsx"), folder / MONTH)


def county(count: int) -> Path:
    """Return a folder with links to the first `count` schools."""
    with ProcessPoolExecutor() as pool:
        list(pool.map(_school, range(SCHOOLS)))
    folder = HOME / f"guanai-bench-county-{count}"
    if not folder.exists():
        folder.mkdir()
        for number in range(count):
            code = f"52990{number:05d}"
            shutil.copytree(HOME / "guanai-bench-county" / code, folder / code)
    return folder


def measured(arguments: list[str]) -> tuple[float, float]:
    """Run a command and return (seconds, peak resident MiB of it and all below it together)."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(0.2):
            peak[0] = max(peak[0], _resident(process.pid))

    watcher = Thread(target=watch)
    watcher.start()
    status = process.wait()
    ended.set()
    watcher.join()
    if status:
        raise SystemExit(f"{arguments} ended with {status}")
    return time.perf_counter() - start, peak[0]


def _resident(root: int) -> float:
    """Return the resident memory of a process and all below it, in MiB; shared pages count where they are mapped."""
    parents, sizes = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                sizes[int(entry.name)] = int(fields[21]) * 4096 / 2**20
                parents[int(entry.name)] = int(fields[1])
            except OSError:
                continue  # it has ended
    total, todo = 0.0, [root]
    while todo:
        one = todo.pop()
        total += sizes.get(one, 0)
        todo += [child for child, parent in parents.items() if parent == one]
    return total


def bench_batch() -> None:
    """Print time and memory of `guanai batch` by schools and by engine, and of a second run."""
    print("guanai batch          schools   seconds   s/school   peak MiB")
    for name, options, steps in (
        ("1 process", ["--workers", "1"], STEPS),
        ("2 processes", ["--workers", "2"], STEPS),
        ("Dask, 2 workers", ["--workers", "2", "--engine", "dask"], STEPS),
    ):
        for count in steps:
            with tempfile.TemporaryDirectory() as out:
                run = ["batch", "--month", MONTH, "--input", str(county(count)), "--output", out, *options]
                seconds, peak = measured(run)
                print(f"{name:20}{count:9}{seconds:10.1f}{seconds / count:11.3f}{peak:11.0f}", flush=True)
                if name == "2 processes":
                    again, peak = measured(run)
                    print(f"  unchanged, again  {count:9}{again:10.1f}{again / seconds:10.1%}{peak:11.0f}", flush=True)


def _workbooks(count: int) -> Path:
    """Return a folder of as many bureau workbooks: schools' months under other codes, each sealed anew."""
    folder = HOME / f"guanai-bench-rollup-{count}"
    if len(list(folder.glob("*.xlsx"))) < count:
        folder.mkdir(exist_ok=True)
        with ProcessPoolExecutor() as pool:
            list(pool.map(_write_some, [(str(folder), start, count) for start in range(0, count, 100)]))
    return folder


def _write_some(span: tuple[str, int, int]) -> None:
    from pipeline.excel.render import write_book
    from pipeline.model import Month
    from pipeline.publishing.bureau import bureau_book
    from pipeline.report import work_out
    from pipeline.stages.collect import collect

    folder, start, count = span
    base = start // 100 % SCHOOLS
    result = work_out(collect(HOME / "guanai-bench-county" / f"52990{base:05d}" / MONTH), Month.parse(MONTH))
    for number in range(start, min(start + 100, count)):
        code = f"52{number:08d}"
        own = replace(result, school_code=code, school_name=f"虚构第{number + 1}学校")
        write_book(Path(folder, f"{code}_{MONTH}.xlsx"), bureau_book(own))


def bench_rollup() -> None:
    """Print time and memory of `guanai rollup` by schools."""
    print("guanai rollup         schools   seconds  ms/school   peak MiB")
    for count in ROLLED:
        folder = _workbooks(count)
        with tempfile.TemporaryDirectory() as out:
            seconds, peak = measured(["rollup", "--month", MONTH, "--input", str(folder), "--output", out])
        print(f"{'':20}{count:9}{seconds:10.1f}{1000 * seconds / count:11.1f}{peak:11.0f}", flush=True)


def main() -> None:
    """Run one part or both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="?", choices=("batch", "rollup"))
    part = parser.parse_args().part
    county(STEPS[0])
    if part != "rollup":
        bench_batch()
    if part != "batch":
        bench_rollup()


if __name__ == "__main__":
    main()
