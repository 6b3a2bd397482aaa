"""Months kept by earlier versions go on being read: a new column forgets nothing, and crashes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest

from helpers.changes import two_classes
from helpers.measuring import measures_of
from helpers.places import KEPT
from helpers.running import month_of, run_month
from pipeline.keeping.snapshot import write_frames
from pipeline.model import Month
from pipeline.months import snapshots
from pipeline.months.history import read_history
from pipeline.months.run_file import digest_of
from pipeline.months.snapshots import FRAMES, MIGRATIONS
from schemas import frames
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.tables import ARCHIVE
from schemas.versions import DATA_VERSION

SEPTEMBER = "2026-09"
Frames = dict[str, pd.DataFrame]


def _october(base: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return the figures of an October that is built on the September beside it, a child of it missing."""

    def change(plain: dict) -> None:
        two_classes(plain)
        for rows in plain["classes"][0]["sheets"].values():
            rows[:] = [row for row in rows if "李小禾" not in (row.get("姓名"), row.get("学生姓名"))]

    result = run_month(base, month_of("2026-10", change))
    assert result.history.damaged == ()
    assert "E311" in {issue.rule.code for issue in result.issues}
    return measures_of(result)


def _changed(base: Path, change: Callable[[Frames], Frames], version: int = DATA_VERSION) -> None:
    """Write September's data again, changed and sealed, as another version of the program would have written it."""
    data = base / "output" / SEPTEMBER / "数据"
    kept = {path.stem: pd.read_parquet(BytesIO(path.read_bytes())) for path in data.glob("*.parquet")}
    own = {name: frame for name, frame in kept.items() if name in FRAMES}
    for name in own:
        (data / f"{name}.parquet").unlink()
    hashes = write_frames(data, change(own))
    facts = json.loads((data / "run.json").read_text(encoding="utf-8"))
    facts |= {"data_version": version, "data": hashes, "data_sha256": digest_of(hashes)}
    (data / "run.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def test_every_version_has_a_month_that_is_kept_here() -> None:
    assert sorted(int(path.name) for path in KEPT.iterdir()) == list(range(1, DATA_VERSION + 1))
    assert sorted(MIGRATIONS) == list(range(1, DATA_VERSION))


def _as_of(version: int) -> Callable[[dict], None]:
    """Return the change that leaves out the 待补 cells of columns that a version did not know: it has nothing to count there."""

    def change(plain: dict) -> None:
        two_classes(plain)
        for table in CLASS_WORKBOOK.tables:
            known = pd.read_parquet(KEPT / str(version) / "数据" / f"{table.key}.parquet").columns
            later = {table.by_key[key].title for key in table.needing(ARCHIVE) if key not in known}
            for row in (row for book in plain["classes"] for row in book["sheets"].get(table.title, [])):
                for title in later & row.keys():
                    del row[title]

    return change


@pytest.mark.parametrize("version", range(1, DATA_VERSION + 1))
def test_a_month_of_every_version_gives_the_figures_that_it_gave(version: int, tmp_path: Path) -> None:
    """September as that version wrote it, against the same September worked out today."""
    run_month(tmp_path / "fresh", month_of(SEPTEMBER, _as_of(version)))
    shutil.copytree(KEPT / str(version), tmp_path / "old" / "output" / SEPTEMBER)
    assert _october(tmp_path / "old") == _october(tmp_path / "fresh")


def _without(table: str, column: str) -> Callable[[Frames], Frames]:
    return lambda kept: {**kept, table: kept[table].drop(columns=column)}


LATER: dict[str, Callable[[Frames], Frames]] = {
    "an optional column": _without("pupils", "remark"),
    "another": _without("pupils", "study_level"),
    "of the children": _without("children", "shown_boarding"),
    "a whole sheet": lambda kept: {name: frame for name, frame in kept.items() if name != "meetings"},
    "one too many": lambda kept: {**kept, "talks": kept["talks"].assign(new="x")},
    "another order": lambda kept: {**kept, "turnout": kept["turnout"][sorted(kept["turnout"].columns)]},
}


def _all_of_them(kept: Frames) -> Frames:
    for change in LATER.values():
        kept = change(kept)
    return kept


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_all_of_them, id="all of them"),
        *(pytest.param(change, id=name, marks=pytest.mark.slow) for name, change in LATER.items()),
    ],
)
def test_a_column_more_or_less_changes_no_figure(change: Callable[[Frames], Frames], tmp_path: Path) -> None:
    for name in ("as it is", "changed"):
        run_month(tmp_path / name, month_of(SEPTEMBER, two_classes))
    _changed(tmp_path / "changed", change)
    assert _october(tmp_path / "changed") == _october(tmp_path / "as it is")


def test_an_older_version_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Had version 1 called the column 学籍状态 otherwise, one small function would make it good."""
    run_month(tmp_path, month_of(SEPTEMBER, two_classes))
    expected = read_history(tmp_path / "output" / "2026-10", Month(2026, 10)).snapshots[0].frames["pupils"]
    _changed(tmp_path, lambda kept: {**kept, "pupils": kept["pupils"].rename(columns={"status": "state"})}, 1)
    monkeypatch.setattr(snapshots, "DATA_VERSION", 2)
    rename = {1: lambda kept: {**kept, "pupils": kept["pupils"].rename(columns={"state": "status"})}}
    monkeypatch.setattr(snapshots, "MIGRATIONS", rename)
    (september,) = read_history(tmp_path / "output" / "2026-10", Month(2026, 10)).snapshots
    pd.testing.assert_frame_equal(september.frames["pupils"], expected)


@pytest.mark.parametrize("version", [0, DATA_VERSION + 1, "1", None])
def test_a_version_that_nobody_knows_is_no_snapshot(version: int, tmp_path: Path) -> None:
    run_month(tmp_path, month_of(SEPTEMBER))
    _changed(tmp_path, lambda kept: kept, version)
    assert read_history(tmp_path / "output" / "2026-10", Month(2026, 10)).damaged == (SEPTEMBER,)


# --- frames of one month -----------------------------------------------------------------------------------------


def _drawn(frame: frames.Frame) -> list[pd.DataFrame]:
    """Return a frame of one row that is whole, then such as are not."""
    one = frame.fitted(pd.DataFrame(index=pd.Index([1], dtype="int64", name=frame.index or None)))
    one = one.fillna(
        {name: pd.Timestamp("2026-10-01") if kind == frames.DAY else "x" for name, kind in frame.columns.items()}
    )
    first = next(iter(frame.columns))
    broken = [one.assign(more=1), one.drop(columns=first), one.assign(**{first: 0.5})]
    broken += [
        one.assign(**{name: pd.Series([None], one.index, dtype=kind)})
        for name, kind in frame.columns.items()
        if name not in frame.nullable and kind in (frames.DAY, frames.TEXT)
    ]
    broken += [pd.concat([one, one], ignore_index=not frame.index)] if frame.key or frame.index else []
    return [one, *broken]


@pytest.mark.parametrize("frame", frames.FRAMES, ids=lambda frame: frame.name)
def test_a_frame_knows_what_it_is(frame: frames.Frame) -> None:
    """A column more, less or of another type, an empty cell where none may be, a doubled key: each is found."""
    one, *broken = _drawn(frame)
    assert frame.checked(one) is one
    assert frame.checked(frame.empty()).empty
    for bad in broken:
        with pytest.raises(frames.BrokenFrame, match=frame.name):
            frame.checked(bad)


def _by_pandera(frame: frames.Frame, given: pd.DataFrame) -> bool:
    try:
        frame.schema.validate(given)
    except (pa.errors.SchemaError, pa.errors.SchemaErrors):
        return False
    return True


def _by_us(frame: frames.Frame, given: pd.DataFrame) -> bool:
    try:
        frame.checked(given)
    except frames.BrokenFrame:
        return False
    return True


@pytest.mark.parametrize("frame", frames.FRAMES, ids=lambda frame: frame.name)
def test_a_frame_is_judged_as_pandera_judges_it(frame: frames.Frame) -> None:
    """Whole, a column more or less, a number as a fraction, a cell emptied, a row doubled: the same verdict."""
    for given in _drawn(frame):
        assert _by_us(frame, given) == _by_pandera(frame, given)
