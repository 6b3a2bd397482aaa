"""A month just worked out, as the months after it will read it: its clean tables as parquet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipeline.filled import Filled
from pipeline.months.snapshots import ATTENDED, CHILDREN, FRAMES, MEASURES, REACHED, TURNOUT, Frames, Snapshot
from pipeline.parquet import parquet_of
from pipeline.result import Result
from schemas.cells import as_text
from schemas.class_workbook import CLASS_WORKBOOK


def snapshot_frames(result: Result) -> dict[str, pd.DataFrame]:
    """Return the month's clean tables: one row a data row, `child` its child, `errors` its cells in error as typed."""
    merged = result.merged
    made: Frames = {}
    for key, filled in merged.tables.items():
        child = merged.pupil_child if key == "pupils" else merged.child_of.get(key)
        frame = filled.values if child is None else filled.values.assign(child=child)
        made[key] = frame.assign(errors=pd.Series(_told(filled), filled.values.index, dtype="str"))
    people = result.measured.people.reset_index()
    rows, kept = people["row_index"], merged.carried.rows.to_dict("series")
    month = str(result.month)
    made[CHILDREN] = people.assign(
        last_seen=pd.Series([kept["last_seen"].get(row, month) for row in rows], people.index, dtype="str"),
        is_settled=pd.Series([kept["is_settled"].get(row, True) for row in rows], people.index, dtype="bool"),
    )
    made[MEASURES] = result.measured.measures
    made[ATTENDED], made[REACHED] = merged.own_attendance.who, merged.own_attendance.reached
    made[TURNOUT] = _turnout(result)
    return {name: FRAMES[name].checked(frame) for name, frame in made.items()}


def _told(filled: Filled) -> list[str]:
    """Return the cells in error of each row as JSON, key → as typed; "" for a row without."""
    keys = filled.table.keys
    told = [""] * len(filled.values)
    if not told:
        return told
    rows = filled.faulty[list(keys)].to_numpy()
    for index in rows.any(axis=1).nonzero()[0]:
        typed = {key: as_text(filled.raw[key][index]) for key, wrong in zip(keys, rows[index], strict=True) if wrong}
        told[index] = json.dumps(typed, ensure_ascii=False)
    return told


def _turnout(result: Result) -> pd.DataFrame:
    """Return one row a class: its state, its head teacher and the file that counts (-1: none)."""
    used = {(s.grade, s.number): s.file.id for s in result.used(CLASS_WORKBOOK)}
    rows = [(*c.place, c.state, c.head_teacher, used.get(c.place, -1)) for c in result.turnout.classes]
    frame = pd.DataFrame(rows, columns=["grade", "number", "state", "head_teacher", "file"])
    return frame.astype({"grade": "int64", "number": "int64", "state": "str", "head_teacher": "str", "file": "int64"})


def as_snapshot(result: Result, frames: Mapping[str, pd.DataFrame]) -> Snapshot:
    """Return a month just worked out as the snapshot that it will be; it is not sealed yet."""
    facts = {"school_code": result.school_code, "school_name": result.school_name}
    return Snapshot(result.month, {**frames, CHILDREN: frames[CHILDREN].set_index("child")}, facts, "")


def write_frames(folder: Path, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Write each frame as parquet and return file name → SHA-256."""
    hashes = {}
    for name, content in parquets(frames).items():
        (folder / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    return hashes


def parquets(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return file name → its bytes, a frame each."""
    return {f"{name}.parquet": parquet_of(frame) for name, frame in sorted(frames.items())}
