"""The archive (contract §5 建档率, 档案完整率, 联系卡更新率), in plain loops."""

from __future__ import annotations

from datetime import timedelta

from oracle.remembered import rows_of
from oracle.sheets import CLASS_SHEETS
from oracle.words import DASH


def card_of(person, classes):
    """Return the child's 联系卡 row, the counting class's first."""
    cards = [r for cls in classes for r in rows_of(cls, "联系卡") if r["person"] is person and not r["void"]]
    here = [r for r in cards if any(r is own for own in rows_of(person["class"], "联系卡"))]
    return (here or cards or [None])[0]


def archive_cells(person, classes):
    """List (filled and free of error) for each applicable 档 cell of 学生档案 and 联系卡."""
    row, card, cells = person["home"], card_of(person, classes), []
    for column, (need, _) in CLASS_SHEETS["学生档案"].items():
        if need == "档":
            cells.append(row["v"][column] is not None and column not in row["bad"])
    for column, (need, _) in CLASS_SHEETS["联系卡"].items():
        parent = column[:2]
        status = None if f"{parent}状况" in row["bad"] else row["v"].get(f"{parent}状况")
        if need != "档" or (column.endswith("务工地址") and status not in ("外出务工", None)):
            continue
        value = card["v"][column] if card else None
        if value == DASH and status not in ("死亡", "失联"):
            value = None
        cells.append(value is not None and column not in card["bad"])
    return cells


def has_archive(person, classes):
    """Tell whether a child's archive is set up: dated, numbered, and every 是/条件/档 cell filled and free of error."""
    row, card = person["home"], card_of(person, classes)
    if not person["sure"] or card is None or not all(archive_cells(person, classes)):
        return False
    wrong = [c for c in row["bad"] if CLASS_SHEETS["学生档案"][c][0] != "否"]
    wrong += [c for c in card["bad"] if CLASS_SHEETS["联系卡"][c][0] in ("是", "条件")]
    return not wrong


def card_update(person, classes, env):
    """Return (counted, updated in time) of 联系卡更新率 (contract §8.14, §8.20)."""
    row, days = person["home"], []
    for column in ("入班日期", "状态日期"):
        day = row["v"][column]
        if day and env["start"] <= day <= env["end"] and day + timedelta(days=env["plan"]["card_days"]) <= env["last"]:
            days.append(day)
    if "入班日期" in row["bad"] or "状态日期" in row["bad"]:
        return True, False
    card = card_of(person, classes)
    updated = card["v"]["更新日期"] if card else None
    return bool(days), bool(days) and person["sure"] and updated is not None and updated >= max(days)
