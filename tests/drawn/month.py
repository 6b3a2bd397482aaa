"""Random months of invented people that lean on the edges of the contract.

A month is plain data: {"month", "school", "classes", "plan"}, a workbook {"cover", "sheets"}, a row 列名 -> value.
A clean month (mess=0) may still hold the errors that teachers make (an unknown name, a missing 学籍号), but no date
after T except 结束日期 and 跟进日期. Drawn months also hold "cover", "places", "staff" and "serial", to go on with.
"""

from __future__ import annotations

import random

from drawn.classes import new_class, share_child
from drawn.maker import PLACES, TEACHERS, Maker
from drawn.school import plan_book, school_book
from drawn.spoiling import spoil
from helpers.small import completed


def random_month(
    rng: random.Random,
    *,
    month: str = "2026-10",
    classes: int = 3,
    children: int = 6,
    mess: float = 0.0,
    doubles: bool = True,
) -> dict:
    """Make a month of random classes; `mess` is the chance that a cell is spoilt, doubles=False leaves out doubled rows."""
    maker = Maker(rng, month, doubles=doubles)
    maker.staff = rng.sample(TEACHERS, rng.randint(3, 5))
    cover = {"学校名称": "青山坪学校", "学校标识码": "3152990001", "报送月份": month}
    places = sorted(rng.sample(PLACES, min(classes + maker.some(0.25), len(PLACES))), key=PLACES.index)
    handed = sorted(rng.sample(places, min(classes, len(places))), key=PLACES.index)
    books = []
    for grade, number in handed:
        size = 0 if maker.some(0.03) else rng.randint(max(1, children - 2), max(1, children))
        books.append(new_class(maker, grade, number, size, cover))
    if doubles and len(books) > 1 and maker.some(0.3):
        share_child(maker, books)
    made = {
        "month": month,
        "school": school_book(maker, cover, places, books) if maker.some(0.9) else None,
        "classes": books,
    }
    made["plan"] = plan_book(maker, cover) if maker.some(0.5) else None
    made |= {"cover": cover, "places": places, "staff": maker.staff, "serial": maker.serial}
    return spoil(completed(made), rng, mess)
