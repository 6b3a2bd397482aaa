"""The example's first run tells the whole story: the month before it, what changed since, what was explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.cli import main
from schemas import operator_words as words


def _rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(path, data_only=True, read_only=True)[sheet].iter_rows(values_only=True))


def test_the_first_run_has_a_month_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """上月 and 变化 hold numbers, children came and went, a warning of September is 已说明; run again, it is done at once."""
    monkeypatch.chdir(tmp_path)
    assert main(["report"]) == 0
    out = tmp_path / "output"
    assert {folder.name for folder in out.iterdir() if folder.is_dir()} == {"示例-2026-09", "示例-2026-10"}
    (bureau,) = (out / "示例-2026-10" / "上报").glob("*.xlsx")
    archived = next(row for row in _rows(bureau, "目标达成") if row[0] == "建档率")
    assert str(archived[6]).endswith("%")
    assert str(archived[7]) not in ("—", "0.00")
    own = out / "示例-2026-10" / "校内"
    assert len([row for row in _rows(own / "考核与未达标.xlsx", "在册变动") if row[3] in ("增", "减")]) > 1
    explained = [row for row in _rows(own / "校验报告.xlsx", "问题清单") if row[5] == "W306"]
    assert explained
    assert {row[9] for row in explained} == {"已说明"}
    first = capsys.readouterr().out
    assert first.splitlines()[-1].count("纸质登记表") == 1
    assert first.count("纸质登记表") == 1
    assert main(["report"]) == 0
    told = capsys.readouterr().out
    assert words.NOTHING_CHANGED in told
    assert told.splitlines()[-1] == first.splitlines()[-1]
    assert "2026-09" not in told
