"""Who lacks what, a line a child; what a whole class or the whole school lacks stands once (contract §7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.model import Place
from pipeline.publishing.names import mask_name
from pipeline.result import Result
from schemas.bureau_words import NUMBERED
from schemas.codes import DASH
from schemas.figures import FIGURES, TAINTED

_OF_OTHERS = ("in_school", "holiday_checked", "rows_clean")  # of the school's list, of village groups, of rows
_LISTED = tuple(figure.key for figure in FIGURES if figure.key not in _OF_OTHERS)
_LEAST = 2  # children who are a whole class: one alone has a line of his own
SCHOOL: Place = (0, 0)
_PLACE = ("grade", "number")


@dataclass(frozen=True)
class Child:
    """A child that lacks something. `order`: his place in his class's roster; `lacks`: figure → sentences.

    `masked`: his name as it may leave the school, numbered where his class has another that looks like it.
    """

    place: Place
    order: int
    name: str
    masked: str
    lacks: Mapping[str, tuple[str, ...]]


class Common(NamedTuple):
    """What all children of a class (`SCHOOL`: of all classes) lack alike; `child_count`: 0 where it is of no child."""

    place: Place
    figure: str
    lack: str
    child_count: int


@dataclass(frozen=True)
class ByChild:
    """Both lists, by class, then child (figure)."""

    children: tuple[Child, ...]
    common: tuple[Common, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the figures that a child lacks, in their order."""
        lacking = {figure for child in self.children for figure in child.lacks}
        return tuple(figure.key for figure in FIGURES if figure.key in lacking)


@dataclass
class _Unit:
    """A figure of a class while it is gathered: who owes it, and which sentences each lacks it by."""

    owed: set[int] = field(default_factory=set)
    lacks: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


@lru_cache(maxsize=1)
def by_child(result: Result) -> ByChild:
    """Return who lacks what of the figures over the children of classes."""
    in_care, units = _in_care(result), _units(result)
    common: list[Common] = []
    lacks: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for (place, figure), unit in units.items():
        alike = _alike(unit, in_care[place])
        common += [Common(place, figure, lack, count) for lack, count in alike.items()]
        for child, told in unit.lacks.items():
            own = tuple(lack for lack in told if lack not in alike)
            if own:
                lacks[child][figure] = own
    order = {figure.key: at for at, figure in enumerate(FIGURES)}
    ordered = sorted(_of_school(common, units), key=lambda one: (one.place, order[one.figure], one.lack))
    return ByChild(tuple(_children(result.measured.people, lacks)), tuple(ordered))


def _in_care(result: Result) -> Mapping[Place, set[int]]:
    """Return the children of A, class by class."""
    people = result.measured.people
    found: dict[Place, set[int]] = defaultdict(set)
    for child, grade, number in people.loc[people["in_a"], list(_PLACE)].itertuples():
        found[grade, number].add(child)
    return found


def _units(result: Result) -> dict[tuple[Place, str], _Unit]:
    tally = result.measured.tally
    shown = tally[(tally["over"] == "L") & (tally["N"] > 0) & (tally["grade"] > 0) & tally["figure"].isin(_LISTED)]
    units: dict[tuple[Place, str], _Unit] = defaultdict(_Unit)
    columns = (shown[key].tolist() for key in ("figure", *_PLACE, "child", "n", "N", "lack"))
    for figure, grade, number, child, n, due, lack in zip(*columns, strict=True):
        unit = units[(grade, number), figure]
        unit.owed.add(child)
        if n < due:
            unit.lacks[child][lack] = None
    return units


def _alike(unit: _Unit, in_care: set[int]) -> dict[str, int]:
    """Return sentence → children, of what stands once for a class: that of no child, and what all of them lack alike.

    A child whose own data are in error does not break the rule, and keeps his line.
    """
    found = dict.fromkeys(unit.lacks.get(NOBODY, ()), 0)
    sound = {child: set(told) for child, told in unit.lacks.items() if child != NOBODY and TAINTED not in told}
    tainted = unit.lacks.keys() - sound.keys()
    sentences = {lack for told in sound.values() for lack in told}
    is_whole = len(sound) >= _LEAST and (in_care | unit.owed) - tainted - {NOBODY} == sound.keys()
    return found | ({sentences.pop(): len(sound)} if is_whole and len(sentences) == 1 else {})


def _of_school(common: Iterable[Common], units: Mapping[tuple[Place, str], _Unit]) -> list[Common]:
    """Return what classes lack, taken together where every class that owes a figure lacks it alike."""
    owing: dict[str, set[Place]] = defaultdict(set)
    for place, figure in units:
        owing[figure].add(place)
    alike: dict[tuple[str, str], list[Common]] = defaultdict(list)
    for one in common:
        alike[one.figure, one.lack].append(one)
    found: list[Common] = []
    for (figure, lack), own in alike.items():
        is_whole = len(own) > 1 and {one.place for one in own} == owing[figure]
        found += [Common(SCHOOL, figure, lack, sum(one.child_count for one in own))] if is_whole else own
    return found


def _children(people: pd.DataFrame, lacks: Mapping[int, Mapping[str, tuple[str, ...]]]) -> list[Child]:
    """Return the children, by class and in the order of its roster."""
    found: list[Child] = []
    rosters: dict[Place, list[int]] = defaultdict(list)
    for child, grade, number in people.sort_values("row_index")[list(_PLACE)].itertuples():
        rosters[grade, number].append(child)
    for place in sorted({place for place, roster in rosters.items() if not lacks.keys().isdisjoint(roster)}):
        names = [DASH if pd.isna(name) else str(name) for name in people.loc[rosters[place], "name"]]
        masked = [mask_name(name) if name != DASH else name for name in names]
        shown = _numbered(masked)
        own = enumerate(rosters[place])
        found += [Child(place, at, names[at], shown[at], lacks[child]) for at, child in own if child in lacks]
    return found


def _numbered(names: Sequence[str]) -> list[str]:
    """Return names with a number each where several look alike."""
    count, seen = Counter(names), Counter[str]()
    shown = []
    for name in names:
        seen[name] += 1
        shown.append(NUMBERED.format(name=name, number=seen[name]) if count[name] > 1 else name)
    return shown
