"""The month's tables of all schools as parquet, partitioned by month and county: what analysts may see, and no more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.keeping.store import replacing
from pipeline.keeping.targets import Kind, entries
from pipeline.model import Month
from pipeline.months.snapshots import CHILDREN
from schemas import dataset as d
from schemas.folders import RUN_FILE

_MADE = ".made-{month}.json"
_PARTITION = Kind(lambda folder: all(map(_is_county, entries(folder))), lambda name: _is_county(name))
Bring = Callable[[], AbstractContextManager[Path]]


def write_dataset(
    schools: Sequence[tuple[str, Bring]], county_of: Mapping[str, str], month: Month, output: Path
) -> None:
    """Write the partitions of a month anew; nothing where they were made of the same data.

    `schools`: the digest of a school's data, and what gives its folder; `county_of`: school code → county. One school
    is in memory at a time.
    """
    root, made = output / d.FOLDER, output / d.FOLDER / _MADE.format(month=month)
    told = json.dumps([[digest for digest, _ in schools], sorted(county_of.items())], ensure_ascii=False)
    key = hashlib.sha256((told + repr(d.TABLES)).encode()).hexdigest()
    if made.is_file() and made.read_text("utf-8") == key:
        return
    coded = sorted((_county(bring, county_of), number) for number, (_, bring) in enumerate(schools))
    made.unlink(missing_ok=True)
    with ExitStack() as stack:  # all tables are written before the first of them is moved in
        for table in d.TABLES:
            staging = stack.enter_context(replacing(root / table.key / f"{d.MONTH}={month}", kind=_PARTITION))
            for county, own in groupby(coded, key=lambda entry: entry[0][0]):
                _write_county(table, [schools[number][1] for _, number in own], staging / f"{d.COUNTY}={county}")
    root.mkdir(parents=True, exist_ok=True)
    made.write_text(key, encoding="utf-8")


def _is_county(name: str) -> bool:
    """Tell a folder of a partition from what somebody has laid there."""
    return name.startswith(f"{d.COUNTY}=")


def _county(bring: Bring, county_of: Mapping[str, str]) -> tuple[str, str]:
    with bring() as folder:
        code = _code(folder)
    return "".join(c for c in county_of.get(code, "") if c.isalnum()) or d.NO_COUNTY, code


def _code(folder: Path) -> str:
    return str(json.loads((folder / RUN_FILE).read_text("utf-8"))["school_code"])


def _write_county(table: d.DataTable, schools: Sequence[Bring], folder: Path) -> None:
    folder.mkdir(parents=True)
    writer: Any = None
    try:
        for bring in schools:
            with bring() as data:
                part = _part(table, data)
            writer = writer or pq.ParquetWriter(folder / "data.parquet", part.schema, compression="zstd")
            writer.write_table(part.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()


def _part(table: d.DataTable, folder: Path) -> Any:
    """Return one school's rows of a table, with the columns that may leave it."""
    wanted = [*table.columns, *(["errors"] if table.has_errors else [])]
    found = pq.ParquetFile(folder / f"{table.key}.parquet").read(columns=[*wanted, *_filters(table)])
    if "over" in found.column_names:
        found = found.filter(pc.equal(found["over"], "L"))
    if "child" in table.columns:
        found = found.filter(pc.is_in(found["child"], value_set=_left_behind(folder)))
    if table.has_errors:
        found = found.append_column(d.IS_SOUND, pc.equal(found["errors"], ""))
    kept = found.select([*table.columns, *([d.IS_SOUND] if table.has_errors else [])])
    codes = pa.array([_code(folder)] * len(kept), pa.string())
    return kept.add_column(0, d.SCHOOL_CODE, codes).replace_schema_metadata(None)


def _left_behind(folder: Path) -> Any:
    """Return the children who are counted as left behind by any 口径: the others are there as 潜能生 alone."""
    children = pq.ParquetFile(folder / f"{CHILDREN}.parquet").read(columns=["child", *d.SHOWN])
    is_shown = pc.or_kleene(children[d.SHOWN[0]], children[d.SHOWN[1]])
    for key in d.SHOWN[2:]:
        is_shown = pc.or_kleene(is_shown, children[key])
    return children.filter(is_shown)["child"].combine_chunks()


def _filters(table: d.DataTable) -> list[str]:
    return ["over"] if table.key == "measures" else []
