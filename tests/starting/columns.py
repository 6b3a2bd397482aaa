"""Draw a list of children by its columns: a title and what stands below it, a key of the truth or a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from starting.layouts import nickname
from starting.truth import GRADE_WORDS, Child

Spec = str | Callable[[Child], Any]
EPOCH = date(1899, 12, 30)


def cell(child: Child, spec: Spec) -> Any:
    found = child.truth[spec] if isinstance(spec, str) else spec(child)
    return "" if found is None else found


def head(columns: Sequence[tuple[str, Spec]]) -> list[str]:
    return [title for title, _ in columns]


def line(child: Child, columns: Sequence[tuple[str, Spec]]) -> list[Any]:
    return [cell(child, spec) for _, spec in columns]


def lines(children: Iterable[Child], columns: Sequence[tuple[str, Spec]]) -> list[list[Any]]:
    return [line(child, columns) for child in children]


def nothing(_: Child) -> str:
    return ""


def word(text: Any) -> Spec:
    return lambda _: text


def relation(child: Child) -> str:
    return nickname(child.truth["guardian_relation"])


def grade_word(child: Child) -> str:
    return f"{GRADE_WORDS[child.place[0] - 1]}年级"


def dashed(number: str, mark: str = "-") -> str:
    return f"{number[:3]}{mark}{number[3:7]}{mark}{number[7:]}"


def day(form: str, key: str = "birth_date") -> Spec:
    """Return a column of days as a form of strftime writes them; %-m and %-d without a nought."""

    def written(child: Child) -> str:
        born = child.truth[key]
        return f"{born:{form}}" if born else ""

    return written


def serial(child: Child) -> int:
    return (child.truth["birth_date"] - EPOCH).days


def in_class(children: Iterable[Child], place: tuple[int, int]) -> list[Child]:
    return [child for child in children if child.place == place]


def tick(key: str, word_of_yes: str) -> Spec:
    return lambda child: "√" if child.truth[key] == word_of_yes else ""
