"""How a school stands beside others: ranks, levels, movers as counts."""

from __future__ import annotations

import pytest

from pipeline.county.bureau_reader import BureauReport
from pipeline.county.district import ranked
from pipeline.county.levels import level_text
from pipeline.county.records import school_of
from pipeline.excel.seal import SealedTable
from schemas.bureau_layout import COUNT_COLUMNS
from schemas.bureau_words import UNBALANCED
from schemas.county_layout import MOVED


def test_equal_rates_share_a_rank() -> None:
    """1, 1, 3, by the exact rate; what has no N has none."""
    shares = {"甲": (1, 2), "乙": (50, 100), "丙": (1, 3), "丁": (0, 0), "戊": (33, 100)}
    assert ranked(shares) == {"甲": 1, "乙": 1, "丙": 3, "戊": 4}


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ((0, 0), "—"),
        ((7, 7), "√ 100.00%"),
        ((99_999, 100_000), "○ 99.99%"),
        ((9, 10), "○ 90.00%"),
        ((8_999, 10_000), "△ 89.99%"),
        ((6, 10), "△ 60.00%"),
        ((5_999, 10_000), "× 59.99%"),
        ((0, 3), "× 0.00%"),
    ],
)
def test_a_level_is_a_sign_and_a_number(share: tuple[int, int], shown: str) -> None:
    """Decided on whole numbers: what prints as 100% is all, and nothing else is."""
    assert level_text(*share) == shown


def _table(name: str, *rows: dict[str, object], totals: int = 0) -> SealedTable:
    keys = tuple(rows[0])
    return SealedTable(name, keys, tuple(tuple(row[key] for key in keys) for row in rows), totals, keys)


def test_a_schools_workbook_as_a_row() -> None:
    """Classes in and out, what does not add up, problems that this program knows, movers: no text of the file's own."""
    heads = dict.fromkeys(COUNT_COLUMNS, 0)
    classes = [
        {"grade": "三年级", "class": 2.0, "turnout": "已交", **heads},
        {"grade": "四年级", "class": 1.0, "turnout": "退回", **heads},
        {"grade": "合计", "class": "", "turnout": "1/2", **heads},
    ]
    problems = [("E311", 3), ("N303", 2), ("W324", 1), ("E999 李小禾", 9), ("E101", 5)]
    feet = [("甲 = 乙", 1.0, 2.0, UNBALANCED), ("丙 = 丁", 1.0, 1.0, "平")]
    tables = (
        _table("classes", *classes, totals=1),
        _table("problems", *({"rule": rule, "count": float(count)} for rule, count in problems)),
        _table(
            "crossfoot", *(dict(zip(("relation", "left", "right", "in_balance"), foot, strict=True)) for foot in feet)
        ),
    )
    found = school_of(BureauReport({"school_code": "5299000001"}, {table.name: table for table in tables}))
    assert (found.classes_in, found.classes_lacking) == ("三年级(2)班", ("四年级(1)班（退回）",))
    assert (found.faults, found.fault_count) == (("甲 = 乙：左边 1，右边 2",), 1)
    assert found.problems == (("E101", 5), ("E311", 3), ("W324", 1))
    assert {key: found.count(key) for key in MOVED} == {"moved_found": 2, "moved_missing": 3, "moved_double": 1}
