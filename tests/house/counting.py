"""Count what the example month takes, as JSON: in a process of its own, where nothing is warm from another test."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
from collections import Counter
from pathlib import Path

os.environ["GUANAI_READERS"] = "1"  # one reader: what others would write is written here, where it is counted

from pipeline.example.writing import write_example
from pipeline.model import Month
from pipeline.report import report
from pipeline.stages.collect import collect

FUNCTIONS = {
    "sheets drawn (add_worksheet)": ("xlsxwriter/workbook.py", "add_worksheet"),
    "rows drawn (_write_row)": ("xlsxwriter/worksheet.py", "_write_row"),
    "cells drawn (_write_cell)": ("xlsxwriter/worksheet.py", "_write_cell"),
    "cells filled in (_cell)": ("excel/filling.py", "_cell"),
    "archives opened (ZipFile)": ("zipfile", "_RealGetContents"),
    "parts parsed (fromstring)": ("excel/parts.py", "parse"),
    "patterns compiled (compile)": ("re/_compiler.py", "compile"),
    "frames made (DataFrame)": ("pandas/core/frame.py", "__init__"),
    "frames checked (checked)": ("schemas/frames.py", "checked"),
    "groupings (groupby)": ("pandas/core/frame.py", "groupby"),
}


def counted(folder: Path) -> Counter[str]:
    """Return how often each function was called, by its words in the budget."""
    write_example(folder / "in", months=("2026-10",))
    watch = cProfile.Profile()
    watch.enable()
    report(collect(folder / "in" / "2026-10"), Month(2026, 10), folder / "out" / "2026-10")
    watch.disable()
    calls = pstats.Stats(watch)
    found = Counter({"calls in all": calls.total_calls})  # type: ignore[attr-defined]
    for (path, _, function), (_, count, *_) in calls.stats.items():  # type: ignore[attr-defined]
        for name, (where, called) in FUNCTIONS.items():
            if function == called and where in path.replace("\\", "/"):
                found[name] += count
    return found


if __name__ == "__main__":
    print(json.dumps(counted(Path(sys.argv[1]))))
