"""The names nearest to one that nobody bears: which of many it may have been meant to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches

from schemas.names import called


class Nearest:
    """Names to choose from, found by the characters that they share: as fast among a thousand as among ten."""

    def __init__(self, names: Iterable[str], cutoff: float = 0.6) -> None:
        self._cutoff = cutoff
        self._by_character: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for character in set(name):
                self._by_character.setdefault(character, []).append(name)
        self._known: dict[str, list[str]] = {}

    def to(self, name: str) -> str:
        """Return the nearest name, "" where none is near enough."""
        return next(iter(self.all_to(name)), "")

    def all_to(self, name: str) -> list[str]:
        """Return the nearest names, of several that are equally near all; what difflib says of them, told sooner."""
        if name not in self._known:
            shared = Counter(other for character in set(name) for other in self._by_character.get(character, ()))
            doubled = len(name) - len(set(name))
            close = [o for o, n in shared.items() if n + doubled >= self._cutoff * (len(name) + len(o)) / 2]
            near = get_close_matches(name, sorted(close), n=len(close) or 1, cutoff=self._cutoff)
            self._known[name] = [other for other in near if _ratio(other, name) == _ratio(near[0], name)]
        return self._known[name]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


class NearestTeacher:
    """Teachers to choose from. 赵老师 is whoever is called 赵; nobody of another surname is meant by it."""

    def __init__(self, names: Iterable[str], cutoff: float = 0.6) -> None:
        self._names = sorted(set(names))
        self._nearest = Nearest(self._names, cutoff)

    def to(self, name: str, known: Collection[str] = ()) -> list[str]:
        """Return who may be meant, nobody where none is near enough. `known`: of several those rather."""
        surname = called(name)
        if surname:
            found = [other for other in self._names if other.startswith(surname)]
        else:
            found = [near for near in self._nearest.all_to(name) if not called(near) or near[0] == name[0]]
        return [other for other in found if other in known] or found
