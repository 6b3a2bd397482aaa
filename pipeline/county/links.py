"""Links from a roll-up to the workbooks that it was made of, where they lie beside it: they can be moved together."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.county.district import District
from pipeline.publishing.book import FileLink

_UP = 3  # from the folder of a roll-up (output/2026-10/汇总) to the one in which output and input lie side by side


def link_to(district: District, file: Path | None) -> FileLink | None:
    """Return a relative link from the district's workbook to a file; None where the file lies somewhere else."""
    if district.folder is None or file is None:
        return None
    here, there = district.folder.resolve(), file.resolve()
    if len(here.parents) < _UP or "#" in file.name or not there.is_relative_to(here.parents[_UP - 1]):
        return None
    return FileLink(Path(os.path.relpath(there, here)).as_posix())
