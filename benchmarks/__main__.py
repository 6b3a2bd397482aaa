"""Time the report against an honest afternoon script and against the floor, in one run: `make bench`.

Each run adds a line of its ratios to `history.csv`, with the commit (＋ where the tree differs from it).
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import annotating
from benchmarks.floor import cell_count
from benchmarks.workload import MONTH, workload_s

ROUNDS = 5
HISTORY = Path(__file__).with_name("history.csv")
HEAD = ("commit", "date", "naive/guanai", "guanai/floor", "peak MiB", "cells")


def timed(arguments: list[str]) -> tuple[float, float]:
    """Run a command and return (seconds, peak memory in MiB of its process)."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{arguments} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def remember(naive: float, floor: float, peak: float, cells: int) -> None:
    """Add a line to the history: ratios, which say the same on every machine, and never seconds."""
    asked = ["git", "describe", "--always", "--exclude=*", "--dirty=＋"]
    told = subprocess.run(asked, cwd=HISTORY.parent, capture_output=True, encoding="utf-8", check=False)
    ratios = (f"{naive:.2f}", f"{floor:.2f}", f"{peak:.0f}", cells)
    is_new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(HEAD)
        writer.writerow((told.stdout.strip(), time.strftime("%Y-%m-%d"), *ratios))


def main() -> None:
    """Print seconds, ratios, stages and peak memory."""
    folder = workload_s()
    with tempfile.TemporaryDirectory() as out:
        report = ["-m", "pipeline", "report", "--month", MONTH, "--input", str(folder), "--output", out]
        timed(report)
        cells = cell_count(Path(out) / MONTH)
        contenders = {
            "guanai": report,
            "naive": ["-m", "benchmarks.naive", str(folder), f"{out}/naive"],
            "floor": ["-m", "benchmarks.floor", str(folder), f"{out}/floor.xlsx", str(cells)],
        }
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for _ in range(ROUNDS):
            for name, arguments in contenders.items():
                shutil.rmtree(Path(out) / MONTH, ignore_errors=True)  # over its own report a run has nothing to do
                runs[name].append(timed(arguments))
        timed(report)
        again = [timed(report) for _ in range(ROUNDS)]
        seconds = {name: statistics.median(second for second, _ in found) for name, found in runs.items()}
        facts = json.loads(next(Path(out).rglob("run.json")).read_text("utf-8"))
    print(f"S: {len(list(folder.glob('*.xlsx')))} workbooks, {sum(facts['rows'].values())} rows, {cells} cells written")
    for name, found in runs.items():
        print(f"{name:8}{seconds[name]:8.2f} s   peak {max(peak for _, peak in found):6.0f} MiB")
    print(f"again   {statistics.median(second for second, _ in again):8.2f} s   (on the same files)")
    print(f"naive / guanai  {seconds['naive'] / seconds['guanai']:5.1f} x   (aim at least 5, stretch 8)")
    print(f"guanai / floor  {seconds['guanai'] / seconds['floor']:5.1f} x   (aim at most 3, stretch 2)")
    peak = max(peak for _, peak in runs["guanai"])
    remember(seconds["naive"] / seconds["guanai"], seconds["guanai"] / seconds["floor"], peak, cells)
    annotating.main(folder)
    for stage, spent in sorted(facts["seconds"].items(), key=lambda item: -item[1]):
        print(f"  {stage:12}{spent:8.3f} s  {100 * spent / seconds['guanai']:5.1f} %")


if __name__ == "__main__":
    main()
