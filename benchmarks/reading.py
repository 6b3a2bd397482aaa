"""Time the reading of class workbooks against pandas with openpyxl and against the bare reader: `make bench-read`."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.workload import MONTH, workload_s

ROUNDS = 5
TIMES = (25, 50, 100)  # the folder of 40 over and over: 1,000, 2,000, 4,000 workbooks


def by_guanai(folder: Path) -> int:
    """Guard, read in processes of their own, normalise with all repairs; return the rows."""
    from pipeline.intake import Intake
    from pipeline.model import Month
    from pipeline.stages.collect import collect
    from pipeline.stages.normalise import normalise
    from pipeline.stages.read import read
    from schemas.class_workbook import CLASS_WORKBOOK

    month = Month.parse(MONTH)
    submissions, issues = read(collect(folder).files, month)
    tables, _ = normalise(Intake(submissions, issues).classes, CLASS_WORKBOOK, month)
    return sum(len(filled.values) for filled in tables.values())


def by_pandas(folder: Path) -> int:
    """Open every sheet with openpyxl through pandas; return the rows."""
    import pandas as pd

    books = (pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl") for path in folder.glob("*.xlsx"))
    return sum(len(frame) for book in books for frame in book.values())


def by_calamine(folder: Path) -> int:
    """Parse every sheet with the bare reader; return the rows."""
    import python_calamine

    rows = 0
    for path in folder.glob("*.xlsx"):
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows


READERS: dict[str, Callable[[Path], int]] = {"guanai": by_guanai, "pandas": by_pandas, "calamine": by_calamine}


def _in_this_process(name: str, times: int) -> None:
    """Print (seconds, peak MiB) of reading the folder `times` times, after a first reading that loads the libraries."""
    import pandas as pd

    import pipeline.report  # noqa: F401 - loaded before the clock runs

    pd.DataFrame()
    folder, work = workload_s(), READERS[name]
    work(folder)
    start = time.perf_counter()
    for _ in range(times):
        work(folder)
    spent = time.perf_counter() - start
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _timed(name: str, times: int = 1) -> tuple[float, float]:
    """Return (seconds, peak MiB) of a reader in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.reading", name, str(times)]
    spent, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(spent), float(peak)


def main() -> None:
    """Print the time of a workbook in each way, the ratios, and how time and memory grow."""
    count = len(list(workload_s().glob("*.xlsx")))
    rounds = [{name: _timed(name)[0] for name in READERS} for _ in range(ROUNDS)]
    seconds = {name: statistics.median(found[name] for found in rounds) for name in READERS}
    for name, spent in seconds.items():
        print(f"{name:10}{1000 * spent / count:8.1f} ms a workbook")
    print(f"pandas / guanai    {seconds['pandas'] / seconds['guanai']:5.1f} x   (aim at least 12)")
    print(f"guanai / calamine  {seconds['guanai'] / seconds['calamine']:5.1f} x   (aim at most 3)")
    for times in TIMES:
        spent, peak = _timed("guanai", times)
        each = 1000 * spent / times / count
        print(f"{times * count:6} workbooks  {spent:7.1f} s  {each:6.1f} ms each  peak {peak:5.0f} MiB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _in_this_process(sys.argv[1], int(sys.argv[2]))
    else:
        main()
