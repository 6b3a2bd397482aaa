"""Find the child that a row names: by name within the class, by 学籍号 where two share it (contract §5, §8.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from schemas import rules
from schemas.codes import ALL_PUPILS
from schemas.rules import Rule

NOBODY, VOID = -1, -2  # no child can be told; a second row, which counts for nothing


@dataclass(frozen=True)
class Named:
    """One child under one name of a roster."""

    child: int
    student_nos: frozenset[str]


@dataclass(frozen=True)
class Roster:
    """The children of one class (or of the school) by name; built once, asked for every record."""

    by_name: Mapping[str, tuple[Named, ...]]

    @classmethod
    def of(cls, names: Sequence[str], children: Sequence[int], student_nos: Sequence[frozenset[str]]) -> Roster:
        """Build a roster from parallel lists; two rows of one child are one entry, with the numbers of both."""
        found: dict[str, dict[int, frozenset[str]]] = {}
        for name, child, numbers in zip(names, children, student_nos, strict=True):
            under = found.setdefault(name, {})
            under[child] = under.get(child, frozenset()) | numbers
        return cls({name: tuple(Named(c, n) for c, n in under.items()) for name, under in found.items()})

    def find(self, name: str, student_no: str) -> tuple[int, Rule | None, str]:
        """Return (child or NOBODY, the rule that is broken, the column key where it stands)."""
        named = self.by_name.get(name, ())
        if not named:
            return NOBODY, rules.UNKNOWN_CHILD, "pupil"
        if student_no:
            fitting = [entry for entry in named if student_no in entry.student_nos]
            if len(fitting) != 1:
                return NOBODY, rules.WRONG_STUDENT_NO, "student_no"
            return fitting[0].child, None, ""
        if len(named) > 1:
            return NOBODY, rules.NAMESAKES, "student_no"
        return named[0].child, None, ""

    def find_listed(self, entry: str) -> int:
        """Return the child of one entry of a name list, 姓名 or 姓名(学籍号后4位), or NOBODY."""
        match = re.fullmatch(r"(.+?)\(([\dX]{4})\)", entry)
        named = self.by_name.get(match[1] if match else entry, ())
        if match:
            named = tuple(n for n in named if any(no.endswith(match[2]) for no in n.student_nos))
        return named[0].child if len(named) == 1 else NOBODY

    def guess(self, name: str) -> str:
        """Return a question that names the nearest child, or ""."""
        near = get_close_matches(name, self.by_name, n=1, cutoff=0.5)
        return rules.GUESS.format(name=near[0]) if near else ""


def is_everyone(text: str) -> bool:
    """Tell whether a name list says 全体."""
    return text == ALL_PUPILS
