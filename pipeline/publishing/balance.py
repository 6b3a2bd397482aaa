"""上月在册 + 增加 − 减少 = 本月在册, by person, class by class (contract §5): who came, who went, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from pipeline.model import Place
from pipeline.months.snapshots import Snapshot
from pipeline.result import Result
from schemas.codes import CHANGES_IN, CHANGES_OUT, Change, Joined, Status

_CAME: dict[str, str] = {
    Joined.TRANSFER_IN: Change.TRANSFER_IN,
    Joined.RETURN: Change.RESUMED,
    Joined.NEWLY_FOUND: Change.RECOGNISED,
}
_WENT: dict[str, str] = {
    Status.LEFT_CONFIRMED: Change.TRANSFER_OUT,
    Status.GRADUATED: Change.GRADUATED,
    Status.DEAD: Change.DIED,
}
_BACK_FROM = (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD)


@dataclass(frozen=True)
class Move:
    """One child who came into 在册 of a class, or went out of it. `child`: his number of this month (-1: none)."""

    place: Place
    kind: str
    child: int
    name: str


@dataclass(frozen=True)
class Balance:
    """One class: `before` (None: it had no earlier month), moves by kind, `after`, and what is left unexplained."""

    place: Place
    before: int
    moves: tuple[Move, ...]
    after: int

    def count(self, kind: str) -> int:
        return sum(move.kind == kind for move in self.moves)

    @property
    def difference(self) -> int:
        """What 上月在册 + 增加 − 减少 − 本月在册 leaves; 0 in a balance."""
        came = sum(self.count(kind) for kind in CHANGES_IN)
        went = sum(self.count(kind) for kind in CHANGES_OUT)
        return self.before + came - went - self.after


def balances(result: Result) -> list[Balance]:
    """Return the balance of every class that handed in, against its latest earlier month."""
    carried = result.merged.carried
    people = result.measured.people
    child_at = result.merged.pupil_child.to_dict()
    now_of = {seen: child_at[row] for seen, row in carried.before.items()}
    then_of: dict[int, list[tuple[int, int]]] = {}
    for seen, child in sorted(now_of.items()):  # the newest month first
        then_of.setdefault(child, []).append(seen)
    handed_in = result.turnout.handed_in()
    left_behind = people[people["in_l"]]
    on_roll: dict[Place, set[int]] = {}
    for child, grade, number in zip(left_behind.index, left_behind["grade"], left_behind["number"], strict=True):
        on_roll.setdefault((grade, number), set()).add(int(child))
    names = people["name"].fillna("").to_dict()
    found = []
    for place in sorted(handed_in):
        last = next((i for i, s in enumerate(carried.snapshots) if place in s.classes.values()), None)
        now = on_roll.get(place, set())
        then = _on_roll(carried.snapshots[last], place) if last is not None else []
        moves: list[Move] = []
        stayed: Counter[int] = Counter()
        for child in then:
            current = now_of.get((last or 0, child), -1)
            if current in now:
                stayed[current] += 1
                if stayed[current] > 1:
                    moves.append(Move(place, Change.MERGED, current, names.get(current, "")))
            else:
                moves.append(Move(place, _why_gone(people, current), current, names.get(current, "")))
        moves += [
            Move(
                place,
                _why_here(result, child, then_of.get(child, []), place, is_first=last is None),
                child,
                names.get(child, ""),
            )
            for child in sorted(now - stayed.keys())
        ]
        found.append(Balance(place, len(then), tuple(moves), len(now)))
    return found


def _on_roll(snapshot: Snapshot, place: Place) -> list[int]:
    frame = snapshot.children
    here = frame["in_l"].astype(bool) & frame["grade"].eq(place[0]) & frame["number"].eq(place[1])
    return [int(child) for child in frame.index[here]]


def _why_gone(people: pd.DataFrame, child: int) -> str:
    """Return why a child of last month's 在册 is not in this class's any more."""
    if child not in people.index:
        return Change.UNKNOWN
    if people.at[child, "in_l"]:
        return Change.MOVED_OUT
    return _WENT.get(str(people.at[child, "status"]), Change.NOT_MEETING)


def _why_here(result: Result, child: int, seen: list[tuple[int, int]], place: Place, *, is_first: bool) -> str:
    """Return why a child is in this class's 在册 who was not last month. `seen`: his earlier months, newest first."""
    if seen:
        month, there = seen[0]
        before = result.merged.carried.snapshots[month].children.loc[there]
        if (int(before["grade"]), int(before["number"])) != place and bool(before["in_l"]):
            return Change.MOVED_IN
        return Change.BACK if before["status"] in _BACK_FROM else Change.RECOGNISED
    if is_first:
        return Change.FIRST
    row = int(result.measured.people.at[child, "row_index"])
    how = result.merged.tables["pupils"].good("joined_how").at[row]
    return _CAME.get(str(how), Change.ADDED)
