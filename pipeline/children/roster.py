"""Find the child that a row names: by name within the class, by 学籍号 where two share it (contract §5, §8.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.children.nearest import Nearest
from schemas import rules
from schemas.codes import ALL_PUPILS
from schemas.names import BUT
from schemas.rules import Rule

# No child can be told; a second row, which counts for nothing; a child of a class that has not handed in.
NOBODY, VOID, AWAY = -1, -2, -3


@dataclass(frozen=True)
class Named:
    """One child under one name of a roster.

    `is_here`: he stands in the workbook; else he is kept from an earlier month, or has gone to another class, and is
    nobody's namesake: a bare name means who is here. `was_here_last`: the class held him in its latest month; of one
    who stayed and one who has just gone a bare name may mean either.
    """

    child: int
    student_nos: frozenset[str]
    is_here: bool = True
    was_here_last: bool = False


@dataclass(frozen=True)
class Roster:
    """The children of one class (or of the school) by name; built once, asked for every record."""

    by_name: Mapping[str, tuple[Named, ...]]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Named]]) -> Roster:
        """Build a roster of (name, child); two rows of one child are one entry, with the numbers of both."""
        found: dict[str, dict[int, Named]] = {}
        for name, one in entries:
            under = found.setdefault(name, {})
            known = under.get(one.child, one)
            numbers, is_here = known.student_nos | one.student_nos, known.is_here or one.is_here
            under[one.child] = replace(known, student_nos=numbers, is_here=is_here)
        return cls({name: tuple(under.values()) for name, under in found.items()})

    def find(self, name: str, student_no: str) -> tuple[int, Rule | None, str]:
        """Return (child, AWAY or NOBODY, the rule that is broken, the column key where it stands)."""
        named = self.by_name.get(name, ())
        if not named:
            return NOBODY, rules.UNKNOWN_CHILD, "pupil"
        if student_no:
            fitting = [entry for entry in named if student_no in entry.student_nos]
            if len(fitting) != 1:
                return NOBODY, rules.WRONG_STUDENT_NO, "student_no"
            return fitting[0].child, None, ""
        meant = _meant(named)
        return (NOBODY, rules.NAMESAKES, "student_no") if meant is None else (meant.child, None, "")

    def find_listed(self, entry: str) -> int:
        """Return the child of one entry of a name list, 姓名 or 姓名(学籍号后4位), or AWAY, or NOBODY."""
        match = re.fullmatch(r"(.+?)\(([\dX]{4})\)", entry)
        named = self.by_name.get(match[1] if match else entry, ())
        if match:
            fitting = tuple(n for n in named if any(no.endswith(match[2]) for no in n.student_nos))
            return fitting[0].child if len(fitting) == 1 else NOBODY
        meant = _meant(named)
        return NOBODY if meant is None else meant.child

    def told(self, entries: Iterable[str]) -> str:
        """Return what is wrong with the entries of a name list that name nobody: of each, and whom it may mean."""
        return rules.NEXT.join(self._told(entry) for entry in entries)

    def _told(self, entry: str) -> str:
        bare = entry.partition("(")[0]
        named = self.by_name.get(bare, ())
        if not named:
            return rules.UNKNOWN_ENTRY.format(name=entry, guess=self.guess(entry))
        tails = sorted({no[-4:] for one in named for no in one.student_nos}) or [rules.ANY_TAIL]
        ways = rules.OR.join(rules.WITH_TAIL.format(name=bare, tail=tail) for tail in tails)
        return rules.DOUBLED_ENTRY.format(name=entry, ways=ways)

    def guess(self, name: str) -> str:
        """Return a question that names the nearest child, or ""."""
        return rules.guess_of(*self._nearest.all_to(name))

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self.by_name, cutoff=0.5)


def _meant(named: Sequence[Named]) -> Named | None:
    """Return whom a bare name means, or None."""
    here = [entry for entry in named if entry.is_here] or list(named)
    if len(here) != 1:
        return None
    is_either = here[0].was_here_last and any(entry.was_here_last for entry in named if entry is not here[0])
    return None if is_either else here[0]


def is_everyone(text: str) -> bool:
    """Tell whether a name list says 全体, be it but for some."""
    return text == ALL_PUPILS or text.startswith(f"{ALL_PUPILS}({BUT} ")
