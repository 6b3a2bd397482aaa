"""How much is too much: told, never worked on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.running import month_of, run_month, sheet
from helpers.small import pupil
from pipeline.stages import read
from schemas import rules


@pytest.mark.parametrize(("count", "is_sent_back"), [(3, False), (4, True)])
def test_a_roster_that_no_class_has_is_sent_back(
    count: int, is_sent_back: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "PUPIL_LIMIT", 3)

    def more(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").extend(pupil("周小溪", serial) for serial in range(4, count + 1))

    result = run_month(tmp_path, month_of("2026-10", more))
    found = [issue.sentence for issue in result.issues if issue.rule is rules.TOO_MANY_PUPILS]
    assert len(found) == is_sent_back
    assert all("3 行" in sentence for sentence in found)
    assert [c.state for c in result.turnout.classes] == ["退回" if is_sent_back else "已交"]
