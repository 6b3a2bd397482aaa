"""A class that its papers name by the grade alone: small schools have one class a grade, and write no number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model import Place
from pipeline.starting.doubts import Doubt
from pipeline.starting.record import Record
from schemas import start_words as w
from schemas.codes import GRADES

_MOST_OF_ONE_CLASS = 65  # children of one list and grade


def settle_grades(records: Sequence[Record], said: Iterable[Place]) -> list[Doubt]:
    """Give each row that names a grade alone its class, and return what is told of it, a line a grade.

    The grade's only class that any source, or the admin (`said`), names; else its first, where no source numbers a
    class of the grade. A grade of several classes, or of too many children, leaves its rows without a class.
    """
    known: dict[int, set[Place]] = {}
    for place in [*(record.place for record in records if record.place), *said]:
        known.setdefault(place[0], set()).add(place)
    alone = [record for record in records if record.place is None and record.grade]
    counts = Counter((id(record.table), record.grade) for record in alone)
    crowded = {grade for (_, grade), count in counts.items() if count > _MOST_OF_ONE_CLASS}
    first: dict[int, Record] = {}
    for record in alone:
        own = known.get(record.grade) or {(record.grade, 1)}
        if len(own) == 1 and record.grade not in crowded:
            record.place = next(iter(own))
            first.setdefault(record.grade, record)
    told = (r.doubt(w.CLASS, GRADES[grade - 1], w.GRADE_ALONE) for grade, r in sorted(first.items()))
    return [replace(doubt, whose="") for doubt in told]
