"""上月在册 + 增加 − 减少 = 本月在册, by person, class by class (contract §5): who came, who went, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from pipeline.model import Place
from pipeline.months.snapshots import Snapshot
from pipeline.result import Result
from schemas import bureau_words as w
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
    """One class: `before` (None: it had no earlier month), moves by kind, `after`, and what is left unexplained.

    `label`: what stands in the column of the class where it is none of this month's.
    """

    place: Place
    before: int
    moves: tuple[Move, ...]
    after: int
    label: str = ""

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(move.kind for move in self.moves)

    def count(self, kind: str) -> int:
        return self._counts[kind]

    @property
    def difference(self) -> int:
        """What 上月在册 + 增加 − 减少 − 本月在册 leaves; 0 in a balance."""
        came = sum(self.count(kind) for kind in CHANGES_IN)
        went = sum(self.count(kind) for kind in CHANGES_OUT)
        return self.before + came - went - self.after


def balances(result: Result) -> list[Balance]:
    """Return the balance of every class that handed in, against its latest earlier month."""
    rolls = _Rolls(result)
    return [rolls.of_class(place) for place in sorted(result.turnout.handed_in())]


def beside_classes(result: Result) -> list[Balance]:
    """Return the balances of the children of no class, of classes that are no more, and of those who left the school.

    A child is in the balance of a class that is no more if that is where he was last counted.
    """
    rolls = _Rolls(result)
    return [*rolls.of_grades(), *rolls.of_classes_no_more(), *rolls.of_leavers()]


class _Rolls:
    """在册 of this month beside the last that each class had: who is who in both."""

    def __init__(self, result: Result) -> None:
        self._result, self._people = result, result.measured.people
        self._snapshots = result.merged.carried.snapshots
        child_at = result.merged.pupil_child.to_dict()
        self._now_of = {seen: child_at[row] for seen, row in result.merged.carried.before.items()}
        self._then_of: dict[int, list[tuple[int, int]]] = {}
        for seen, child in sorted(self._now_of.items()):  # the newest month first
            self._then_of.setdefault(child, []).append(seen)
        self._names = self._people["name"].fillna("").to_dict()
        self._now: dict[Place, set[int]] = {}
        own = self._people[self._people["in_l"]]
        for child, grade, number in zip(own.index, own["grade"], own["number"], strict=True):
            self._now.setdefault((int(grade), int(number)), set()).add(int(child))

    def of_class(self, place: Place) -> Balance:
        last = next((i for i, s in enumerate(self._snapshots) if place in s.classes.values()), None)
        then = [] if last is None else [(last, child) for child in _on_roll(self._snapshots[last], place)]
        return self._balance(place, then, is_first=last is None)

    def of_grades(self) -> Iterator[Balance]:
        """Yield the children of a grade whose class is no more, and nobody knows where they are (contract §8.4)."""
        before = self._snapshots[0].places if self._snapshots else set()
        for place in sorted(place for place in before | self._now.keys() if not place[1]):
            then = [(0, child) for child in _on_roll(self._snapshots[0], place)]
            here = {self._now_of.get(seen) for seen in then}
            then += [self._then_of[child][0] for child in sorted(self._now.get(place, set()) - here)]
            yield replace(self._balance(place, then, is_first=False), label=w.NO_CLASS_YET)

    def of_classes_no_more(self) -> Iterator[Balance]:
        due = {c.place for c in self._result.turnout.classes}
        for place, then in sorted(self._last_counted().items()):
            settled = [seen for seen in then if self._place_now(seen) != (place[0], 0)]
            if place not in due and place[1] and not self._has_left(place, then) and settled:
                label = w.CLASS_NO_MORE.format(number=place[1])
                yield replace(self._balance(place, settled, is_first=False), label=label)

    def of_leavers(self) -> Iterator[Balance]:
        """Yield the classes that have left the school over the summer: in the first month of the 学年."""
        if not self._snapshots or self._snapshots[0].leaving is None:
            return
        for place, then in sorted(self._last_counted().items()):
            if self._has_left(place, then):
                label = w.CLASS_LEFT.format(number=place[1])
                yield replace(self._balance(place, then, is_first=False), place=(place[0] - 1, place[1]), label=label)

    def _has_left(self, place: Place, then: Sequence[tuple[int, int]]) -> bool:
        return any(place[0] in (self._snapshots[at].leaving or ()) for at, _ in then)

    def _last_counted(self) -> dict[Place, list[tuple[int, int]]]:
        """Return class → those on roll whom it was the last to count, each as (snapshot, child there)."""
        found: dict[Place, list[tuple[int, int]]] = {}
        carried = self._result.merged.carried
        for at, snapshot in enumerate(self._snapshots):
            for child in snapshot.children.index[snapshot.children["in_l"].astype(bool)]:
                now = self._now_of.get((at, int(child)))
                newest = carried.newest.get((at, int(child))) if now is None else self._then_of[now][0]
                if newest in (None, (at, int(child))):
                    found.setdefault(snapshot.place_of(child), []).append((at, int(child)))
        return found

    def _place_now(self, seen: tuple[int, int]) -> Place | None:
        child = self._now_of.get(seen)
        return next((place for place, own in self._now.items() if child in own), None)

    def _balance(self, place: Place, then: Sequence[tuple[int, int]], *, is_first: bool) -> Balance:
        now = self._now.get(place, set())
        moves: list[Move] = []
        stayed: Counter[int] = Counter()
        for seen in then:
            current = self._now_of.get(seen, -1)
            if current in now:
                stayed[current] += 1
                if stayed[current] > 1:
                    moves.append(self._move(place, Change.MERGED, current))
            else:
                moves.append(self._gone(place, seen, current))
        for child in sorted(now - stayed.keys()):
            why = _why_here(self._result, child, self._then_of.get(child, []), place, is_first=is_first)
            moves.append(self._move(place, why, child))
        return Balance(place, len(then), tuple(moves), len(now))

    def _move(self, place: Place, kind: str, child: int) -> Move:
        return Move(place, kind, child, self._names.get(child, ""))

    def _gone(self, place: Place, seen: tuple[int, int], current: int) -> Move:
        """Return why a child of last month's 在册 is not in this class's any more."""
        snapshot = self._snapshots[seen[0]]
        if current in self._people.index:
            is_here = bool(self._people.at[current, "in_l"])
            status = str(self._people.at[current, "status"])
            return self._move(place, Change.MOVED_OUT if is_here else _WENT.get(status, Change.NOT_MEETING), current)
        at, there = self._result.merged.carried.newest.get(seen, seen)
        if self._snapshots[at].place_of(there) != place:  # another class has counted him since
            kind = Change.MOVED_OUT
        else:
            status = self._result.merged.carried.left.get(seen, "")
            is_leaver = place[0] in (snapshot.leaving or ())
            kind = Change.GRADUATED if is_leaver else _WENT.get(status, Change.UNKNOWN)
        name = snapshot.children.at[seen[1], "name"]
        return Move(place, kind, -1, "" if pd.isna(name) else str(name))


def _on_roll(snapshot: Snapshot, place: Place) -> list[int]:
    frame = snapshot.children
    here = frame["in_l"].astype(bool) & frame["grade"].eq(place[0]) & frame["number"].eq(place[1])
    return [int(child) for child in frame.index[here]]


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
