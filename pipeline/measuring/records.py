"""The sound records of a table over the 学年 to date."""

from __future__ import annotations

import pandas as pd

from pipeline.filled import is_whole
from pipeline.merged import Merged


def records(merged: Merged, key: str, role: str, form: str) -> pd.DataFrame:
    """Return the sound records of the 学年 to date of a table, one row each: `child`, `date`, `by`, `role`, `form`."""
    filled, child = merged.so_far[key], merged.so_far_child[key]
    sound = is_whole(filled) & child.ge(0)
    none = pd.Series(pd.NA, filled.values.index, dtype="str")
    frame = pd.DataFrame(
        {
            "child": child,
            "date": filled.good("date"),
            "by": filled.good("speaker") if "speaker" in filled.table.keys else none,
            "role": filled.good(role) if role else none,
            "form": filled.good(form) if form else none,
        }
    )
    return frame[sound]
