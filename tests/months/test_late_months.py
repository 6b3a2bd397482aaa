"""Months that come late, are run again, or are damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import told, without
from helpers.running import month_of, run_month, sheet, worked_out
from helpers.sampling import some
from helpers.small import NAMES


def facts(base: Path, text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((base / "output" / text / "数据" / "run.json").read_text(encoding="utf-8"))
    return found


def test_an_earlier_month_run_again_marks_the_later_ones(tmp_path: Path) -> None:
    """They say so themselves, in run.json and at the next run, until they are run again."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10"))
    assert worked_out(tmp_path, "2026-09").remarks == ()  # nothing changed
    assert facts(tmp_path, "2026-10").get("outdated_by", []) == []
    result = run_month(tmp_path, month_of("2026-09", lambda plain: sheet(plain, "谈心记录").clear()))
    assert ["2026-10" in remark for remark in result.remarks] == [True]
    assert facts(tmp_path, "2026-10")["outdated_by"] == ["2026-09"]
    assert ["2026-10" in remark for remark in run_month(tmp_path, month_of("2026-11")).remarks] == [True]
    worked_out(tmp_path, "2026-10")
    assert facts(tmp_path, "2026-10").get("outdated_by", []) == []
    assert worked_out(tmp_path, "2026-11").remarks == ()


@pytest.mark.parametrize("harm", some(["cut", "changed", "gone", "facts", "nameless"], 2))
def test_a_damaged_month_is_said_and_the_run_goes_on(harm: str, tmp_path: Path) -> None:
    """It is not used, whatever is wrong with it."""
    run_month(tmp_path, month_of("2026-09"))
    data = tmp_path / "output" / "2026-09" / "数据"
    table = data / "pupils.parquet"
    if harm == "cut":
        table.write_bytes(table.read_bytes()[:100])
    elif harm == "changed":
        table.write_bytes((data / "talks.parquet").read_bytes())
    elif harm == "gone":
        table.unlink()
    elif harm == "facts":
        (data / "run.json").write_text("{", encoding="utf-8")
    else:
        told_then = json.loads((data / "run.json").read_text("utf-8"))
        del told_then["month"]
        (data / "run.json").write_text(json.dumps(told_then), encoding="utf-8")
    result = run_month(tmp_path, month_of("2026-10", without()))
    assert ["2026-09" in remark for remark in result.remarks] == [True]
    assert told(result) == []
    assert facts(tmp_path, "2026-10")["damaged_months"] == ["2026-09"]


def test_what_changed_since_the_last_run_is_kept(tmp_path: Path) -> None:
    """The facts of the last run on other files stay, however often these are run again."""
    run_month(tmp_path, month_of("2026-10", without(NAMES[2])))
    assert facts(tmp_path, "2026-10")["previous"] is None
    for _ in range(2):
        run_month(tmp_path, month_of("2026-10"))
        assert facts(tmp_path, "2026-10")["previous"]["figures"]["archived"] == [2, 2]


def test_templates_laid_for_a_later_month_are_told_to_be_old(tmp_path: Path) -> None:
    """`guanai next` laid September's in July; August changes what they were made of."""
    run_month(tmp_path, month_of("2026-07"))
    (tmp_path / "output" / "下月模板_2026-09").mkdir()
    (tmp_path / "output" / "下月模板_2026-07").mkdir()
    result = run_month(tmp_path, month_of("2026-08"), whole=True)
    assert [remark for remark in result.remarks if "下月模板_" in remark] == [
        "“下月模板_2026-09”是用以前的数据做的，请重新运行 guanai next --month 2026-09。"
    ]
