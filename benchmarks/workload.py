"""Workload S: one school, 40 class workbooks of 50 children and 100 talks each, and its school workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.example.writing import write_example

MONTH = "2026-10"


def workload_s() -> Path:
    """Return the folder of S, built once in the system's temporary folder."""
    folder = Path(tempfile.gettempdir()) / "guanai-bench-s"
    if not (folder / MONTH).exists():
        write_example(
            folder,
            months=(MONTH,),
            grades=8,
            classes_per_grade=5,
            children_per_class=(50, 50),
            talks_per_class=100,
            mistakes=False,
        )
    return folder / MONTH
