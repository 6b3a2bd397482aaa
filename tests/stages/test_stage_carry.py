"""carry: who was there last month and stands in no 学生档案 now is kept, as he was; who is there is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.changes import two_classes
from helpers.places import KEPT
from helpers.running import drop_child, month_of, school_sheet
from helpers.small import NAMES
from helpers.staged import Staged
from pipeline.filled import Filled
from pipeline.model import Month
from pipeline.months.carried import Carried
from pipeline.months.snapshots import Snapshot, read_snapshot
from pipeline.stages.carry import carry
from schemas import rules


@pytest.fixture(scope="module")
def september() -> Snapshot:
    """The September of two classes that is kept for good."""
    return read_snapshot(KEPT / "1", Month(2026, 9))


def _carried(september: Snapshot, *changes: Any) -> tuple[dict[str, Filled], Carried, list[Any]]:
    plain = month_of("2026-10", two_classes)
    for change in changes:
        change(plain)
    staged = Staged(plain)
    intake, carried = carry(staged.intake, Month(2026, 10), [september])
    return dict(intake.tables), carried, list(intake.issues)


def _names(filled: Filled) -> list[str]:
    return sorted(filled.values["name"].dropna())


def test_nobody_is_missing_and_nothing_is_added(september: Snapshot) -> None:
    tables, carried, issues = _carried(september)
    assert tables["pupils"].is_own.all()
    assert carried.rows.empty
    assert issues == []
    assert len(carried.known_last) == 4


def test_who_vanished_is_kept_below_the_rows_of_the_month(september: Snapshot) -> None:
    """One row more, from no file's row, with his cards and pairings; he is told, and his class is asked."""
    tables, carried, issues = _carried(september, lambda plain: drop_child(plain, NAMES[0]))
    pupils = tables["pupils"]
    (row,) = pupils.values.index[~pupils.is_own]
    assert pupils.values["name"].at[row] == NAMES[0]
    assert list(carried.rows.index) == [row]
    assert list(carried.rows["last_seen"]) == ["2026-09"]
    assert not carried.rows["is_settled"].any()
    assert [issue.rule for issue in issues] == [rules.VANISHED]
    for key, count in (("contacts", 1), ("pairings", 3)):
        kept = carried.kept[key]
        assert len(kept) == count
        assert set(kept.values()) == {row}
        assert not tables[key].is_own.loc[list(kept)].any()


def test_what_is_registered_settles_him(september: Snapshot) -> None:
    """A confirmed 转出 of the month: kept as 转出已确认, nobody has to be asked, nothing is told."""

    def left(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        row = {
            "日期": "2026-10-15",
            "学生姓名": NAMES[0],
            "异动类型": "转出",
            "班级": "三年级(2)班",
            "接收校确认": "是",
        }
        school_sheet(plain, "学籍异动").append(row)

    tables, carried, issues = _carried(september, left)
    (row,) = carried.rows.index
    assert tables["pupils"].values["status"].at[row] == "转出已确认"
    assert carried.rows["is_settled"].all()
    assert issues == []


def test_a_first_month_carries_nothing() -> None:
    staged = Staged(month_of("2026-10"))
    intake, carried = carry(staged.intake, Month(2026, 10), [])
    assert intake is staged.intake
    assert carried.rows.empty
    assert carried.before == {}


def test_every_child_keeps_what_he_was(september: Snapshot) -> None:
    """Whoever of the three is missing, it is he who is kept, and the others stay as typed."""
    for name in NAMES:
        tables, carried, _ = _carried(september, lambda plain, name=name: drop_child(plain, name))
        kept = tables["pupils"].values.loc[carried.rows.index]
        assert _names(tables["pupils"]) == sorted((*NAMES, "周小溪"))
        assert list(kept["name"]) == [name]
        assert list(kept["status"]) == ["转出未落实"]
