"""Rows that came back with an old workbook: of who has left for good, of a class that has not moved up (contract §8.4).

They count as they are typed; whoever typed them is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from pipeline.filled import Fault, Filled, mark
from pipeline.model import Issue, Submission
from pipeline.months.absent import GONE_SILENTLY
from pipeline.months.lineage import Lineage
from pipeline.months.snapshots import Snapshot, latest_of
from pipeline.months.summer import AFTER_SIXTH
from schemas import rules
from schemas.class_names import class_text
from schemas.class_workbook import GRADE
from schemas.codes import MOVEMENTS_IN, Joined, Status
from schemas.tables import COVER_SHEET

_CAME_IN = (Joined.TRANSFER_IN, Joined.RETURN)


def stands_again(pupils: Filled, movements: Filled, lineage: Lineage, snapshots: Sequence[Snapshot]) -> list[Issue]:
    """Warn at the 学籍状态 of each child who had left for good by the last month that knew him, and has not come in.

    He has where 学籍异动 says so, in that month on the day of his departure or later, or his row: 转入 or 复学.
    """
    status = pupils.good("status")
    faults: list[Fault] = []
    for person in lineage.people:
        if not 0 <= person.row < len(pupils.values) or not person.found:
            continue
        place, child = person.found[0]
        then, now = snapshots[place].children.at[child, "status"], status.at[person.row]
        if then not in GONE_SILENTLY or pd.isna(now) or now in GONE_SILENTLY or _goes_on(snapshots[place], child):
            continue
        said = [(movements, None), *((month.filled("movements"), None) for month in snapshots[:place])]
        said.append((snapshots[place].filled("movements"), _left_on(snapshots[place], child)))
        names = {pupils.values.at[person.row, "name"], snapshots[place].children.at[child, "name"]}
        has_come = any(_enters(one, person.number, names, since) for one, since in said)
        if not has_come and not _joined_since(pupils, person.row, snapshots[place]):
            words = {"want": then, "last": str(snapshots[place].month)}
            faults.append((person.row, "status", rules.STANDS_AGAIN, words))
    return mark(pupils, faults)[1]


def _goes_on(last: Snapshot, child: int) -> bool:
    """Tell whether he graduated from 六年级 in the 学年 before, and the school has the next grade as well."""
    grade, _ = last.place_of(child)
    is_graduate = last.children.at[child, "status"] == Status.GRADUATED
    return is_graduate and last.leaving is not None and grade == AFTER_SIXTH and grade not in last.leaving


def _joined_since(pupils: Filled, row: int, last: Snapshot) -> bool:
    how, day = pupils.good("joined_how").at[row], pupils.good("joined_on").at[row]
    return how in _CAME_IN and pd.notna(day) and day >= pd.Timestamp(last.month.first_day)


def _left_on(last: Snapshot, child: int) -> pd.Timestamp:
    """Return the day on which he left by the roster that last had him; the far end of time where it says none."""
    row = last.children.at[child, "row_index"]
    day = last.filled("pupils").good("status_on").get(row)
    return pd.Timestamp.max if day is None or pd.isna(day) else pd.Timestamp(day)


def _enters(movements: Filled, number: str, names: Collection[str], since: pd.Timestamp | None) -> bool:
    """Tell whether a sound row says that he came in: by his number, or by one of his names where it has none.

    `since`: on that day or later, as of the month in which he left he may have come in before it (contract §8.4).
    """
    is_sound = movements.good("kind").isin(MOVEMENTS_IN) & ~movements.faulty.any(axis=1)
    rows = movements.values[is_sound if since is None else is_sound & movements.good("date").ge(since)]
    by_number = rows["id_card"].eq(number) & bool(number)
    return bool((by_number | (rows["id_card"].isna() & rows["pupil"].isin(names))).any())


def not_promoted(
    pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], classes: Sequence[Submission]
) -> Iterator[Issue]:
    """Yield a warning for each class most of whose children were in a class of its very grade and number last 学年."""
    file_at = pupils.values["file"].to_dict()
    names: dict[int, list[str]] = {submission.file.id: [] for submission in classes}
    count = dict.fromkeys(names, 0)
    place_of = {s.file.id: (s.grade, s.number) for s in classes}
    for person in lineage.people:
        file = file_at.get(person.row, -1)
        if file not in names:
            continue
        count[file] += 1
        place, child = person.found[0] if person.found else (-1, -1)
        if place >= 0 and snapshots[place].leaving is not None:
            grade, number = snapshots[place].place_of(child)
            if (grade - 1, number) == place_of[file]:
                names[file].append(pupils.values.at[person.row, "name"])
    for s in classes:
        told, last = names[s.file.id], latest_of(place_of[s.file.id], snapshots)
        is_new = last is None or snapshots[last].leaving is not None
        if is_new and len(told) * 2 > count[s.file.id]:
            words = {"want": count[s.file.id], "count": len(told), "class_name": class_text(place_of[s.file.id])}
            words["names"] = rules.some_of(name for name in told if pd.notna(name))
            cell, typed = s.cover_cells.get(GRADE.key, (0, 0)), s.cover.get(GRADE.key, "")
            yield Issue(s.file.id, rules.NOT_PROMOTED, COVER_SHEET, *cell, GRADE.title, typed, words)
