"""Which classes hold a figure back, the most first."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Place
from pipeline.publishing.counts import Counts
from pipeline.result import Result
from schemas import bureau_words as w
from schemas.class_names import class_text

Short = tuple[Place, int]  # a class, and by how many it is short


def held_back(result: Result, counts: Counts, figure: str) -> list[Short]:
    """Return the classes with n < N, the one that is short by most first; none of a figure of the school alone."""
    shares = ((c.place, counts.of_class(c.place, figure)) for c in result.turnout.classes)
    short = [(place, total - n) for place, (n, total) in shares if n < total]
    return sorted(short, key=lambda own: (-own[1], own[0]))


def names_of(short: Sequence[Short], named: int = 1, unit: str = "") -> str:
    """Name the first of them with their numbers, and say how many there are."""
    first = [w.CLASS_SHORT.format(place=class_text(place), short=count, unit=unit) for place, count in short[:named]]
    told = w.AND.join(first)
    return told + (w.MORE_CLASSES.format(count=len(short)) if len(short) > named else "")
