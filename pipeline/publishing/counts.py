"""Look up n and N of a figure for the school, a grade or a class, and say how they stand."""

from __future__ import annotations

from functools import lru_cache

from pipeline.result import Result
from schemas.codes import DASH
from schemas.verdicts import MET, NO_VERDICT, NOT_ALL_IN, UNMET

Key = tuple[str, int, int, str, str]


class Counts:
    """n and N by level, grade, class, population and figure; (0, 0) where nothing is counted."""

    def __init__(self, result: Result) -> None:
        self._found = _found(result)

    def school(self, figure: str, over: str = "L") -> tuple[int, int]:
        return self._found.get(("school", 0, 0, over, figure), (0, 0))

    def grade(self, grade: int, figure: str) -> tuple[int, int]:
        return self._found.get(("grade", grade, 0, "L", figure), (0, 0))

    def of_class(self, place: tuple[int, int], figure: str) -> tuple[int, int]:
        return self._found.get(("class", *place, "L", figure), (0, 0))


@lru_cache(maxsize=2)
def _found(result: Result) -> dict[Key, tuple[int, int]]:
    frame = result.measured.measures
    columns = (frame[key].tolist() for key in ("level", "grade", "number", "over", "figure", "n", "N"))
    return {tuple(key): (n, total) for *key, n, total in zip(*columns, strict=True)}


def verdict(n: int, total: int, *, is_complete: bool) -> str:
    """Return 达标 only where n = N and all classes are in, 未交齐 where only that is lacking (contract §5, §8.11)."""
    if not total:
        return NO_VERDICT
    if n < total:
        return UNMET
    return MET if is_complete else NOT_ALL_IN


def fraction_text(n: int, total: int) -> str:
    """Return 12/13, or — where nothing is counted."""
    return f"{n}/{total}" if total else DASH
