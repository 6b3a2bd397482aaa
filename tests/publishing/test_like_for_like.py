"""变化 is taken over the classes that handed in in both months; a note names the others (contract §5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.changes import two_classes
from helpers.running import month_of, run_month
from pipeline.publishing.trend import compared_with, like_for_like


def test_a_class_that_came_later_moves_nothing(tmp_path: Path) -> None:
    """October 2/2 of one class, November 2/2 of it and 0/1 of another: no change, and the other is named."""
    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", two_classes))
    now, before = like_for_like(result)["archived"]
    assert now == before == (3, 3)
    assert "三年级(3)班" in " ".join(compared_with(result))


def test_where_the_classes_are_the_same_it_is_the_schools(tmp_path: Path) -> None:
    def unarchived(plain: dict[str, Any]) -> None:
        plain["classes"][0]["sheets"]["学生档案"][0]["建档日期"] = None

    run_month(tmp_path, month_of("2026-10", unarchived))
    result = run_month(tmp_path, month_of("2026-11"))
    assert like_for_like(result)["archived"] == ((3, 3), (2, 3))
    assert not [text for text in compared_with(result) if "变化" in text]
