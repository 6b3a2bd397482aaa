"""What changes in the example school from month to month: who comes, goes, drops out, returns, needs a plan."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.example import words
from pipeline.example.children import Case, Child, make_child
from pipeline.example.days import school_days
from pipeline.example.founding import School, SchoolClass
from pipeline.example.pairing import ended_pairings, pair_child, replaced_helper
from schemas.codes import CASE_REASON, GRADES, Joined, Movement, Status


@dataclass(frozen=True)
class Moved:
    """One change of a child's enrolment, as 学籍异动 tells it."""

    day: date
    child: Child
    kind: str
    class_name: str
    place: str = ""
    confirmed: str = ""
    reason: str = ""


def first_month(school: School, month: str, rng: random.Random) -> School:
    """Return the school with one child suspended since the spring (where it has a careless class), and its cases."""
    since = date(school.year_start.year, 3, 16)
    places = _places(school, 1, rng, lambda child: child.birth_date.year < school.year_start.year - 7)
    for place in places:
        school = _put(school, place, replace(_child(school, place), status=Status.SUSPENDED, status_on=since))
    return with_cases(school, month, rng, one_late=True)


def next_month(school: School, month: str, rng: random.Random, *, is_second: bool) -> tuple[School, list[Moved]]:
    """Return the school a month later and who moved; only the second month brings every kind of change."""
    school, moved = _transfer_in(school, month, rng)
    if is_second:
        school, found = _return_suspended(school, month, rng)
        moved += found
        school, found = _leave(school, month, rng)
        moved += found
        school = _new_helpers(_mended(school), month, rng)
    return with_cases(school, month, rng, one_late=False), sorted(moved, key=lambda move: (move.day, move.class_name))


def with_cases(school: School, month: str, rng: random.Random, *, one_late: bool) -> School:
    """Return the school with new cases, each with a plan within 14 days, but for one that comes after 19."""
    child_count = sum(len(own.children) for own in school.classes)
    for n, place in enumerate(_places(school, 1 + child_count // 85, rng, lambda child: not child.cases)):
        triggered_on = school_days(month)[rng.randint(1, 6)]
        days = 19 if one_late and n == 0 else rng.randint(2, 10)
        reason = rng.choice(CASE_REASON.words[:3])
        case = Case(reason, triggered_on, triggered_on + timedelta(days=days), rng.choice(words.CASE_MEASURES))
        child = _child(school, place)
        school = _put(school, place, replace(child, cases=(*child.cases, case)))
    return school


Place = tuple[int, int]


def _places(school: School, count: int, rng: random.Random, fits: Callable[[Child], bool]) -> list[Place]:
    """Return the class and row of `count` enrolled children who fit, each of another class, none of a perfect one."""
    found: list[Place] = []
    classes = [n for n, own in enumerate(school.classes) if not own.is_perfect]
    for n in rng.sample(classes, len(classes)):
        rows = [row for row, child in enumerate(school.classes[n].children) if _is_free(child) and fits(child)]
        if rows and len(found) < count:
            found.append((n, rng.choice(rows)))
    return found


def _is_free(child: Child) -> bool:
    """Tell whether a child is one to whom something can happen: left behind, enrolled from the start, archived."""
    is_settled = child.status == Status.ENROLLED and child.joined_on is None and not child.gaps
    return child.is_left_behind and not child.home.lives_with_parents and is_settled


def _child(school: School, place: Place) -> Child:
    return school.classes[place[0]].children[place[1]]


def _put(school: School, place: Place, child: Child) -> School:
    """Return the school with a child put in the place of another state of it."""
    n, row = place
    own = school.classes[n]
    return _with_class(school, n, replace(own, children=(*own.children[:row], child, *own.children[row + 1 :])))


def _with_class(school: School, n: int, own: SchoolClass) -> School:
    return replace(school, classes=(*school.classes[:n], own, *school.classes[n + 1 :]))


def _early(month: str, rng: random.Random) -> date:
    """Return a school day of the month's second or third week."""
    return rng.choice([day for day in school_days(month) if 8 <= day.day <= 16])


def _transfer_in(school: School, month: str, rng: random.Random) -> tuple[School, list[Moved]]:
    n = rng.randrange(len(school.classes))
    own, day = school.classes[n], _early(month, rng)
    child = make_child(school.registry, GRADES.index(own.grade) + 1, 1.0, school.year_start)
    child = replace(
        child,
        student_no=f"L{child.id_card}",
        joined_how=Joined.TRANSFER_IN,
        joined_on=day,
        archived_on=day + timedelta(days=3),
        updated_on=day + timedelta(days=3),
    )
    child = pair_child(child, own.helpers, 1.0, day, rng)
    place = rng.choice(words.OTHER_SCHOOLS)
    moved = Moved(day, child, Movement.IN, own.name, place, reason="随祖父母回乡就读")
    grown = replace(own, children=(*own.children, child), pupil_count=own.pupil_count + 1)
    return _with_class(school, n, grown), [moved]


def _return_suspended(school: School, month: str, rng: random.Random) -> tuple[School, list[Moved]]:
    """Return everyone who was suspended to class."""
    moved: list[Moved] = []
    for n, own in enumerate(school.classes):
        for row, child in enumerate(own.children):
            if child.status == Status.SUSPENDED:
                day = _early(month, rng)
                back = replace(child, status=Status.ENROLLED, status_on=None, joined_how=Joined.RETURN, joined_on=day,
                               updated_on=day + timedelta(days=2))  # fmt: skip
                school = _put(school, (n, row), back)
                moved.append(Moved(day, back, Movement.RESUME, own.name, reason="身体康复"))
    return school, moved


# New status, kind of movement, 去向, 接收校确认, 原因.
_LEAVING: Sequence[tuple[str, str, str, str, str]] = (
    (Status.LEFT_CONFIRMED, Movement.OUT, words.OTHER_SCHOOLS[2], "是", "随父母就读"),
    (Status.LEFT_UNSETTLED, Movement.OUT, words.OTHER_SCHOOLS[0], "否", "家中搬迁，接收学校尚未回复"),
    (Status.SUSPENDED, Movement.SUSPEND, "家中休养", "", "骨折住院"),
    (Status.SUSPECTED_DROPOUT, Movement.SUSPECT, "", "", "连续多日未到校，正在劝返"),
)


def _leave(school: School, month: str, rng: random.Random) -> tuple[School, list[Moved]]:
    """Let one child go in each of the ways above; whoever has left has no helper any more."""
    moved: list[Moved] = []
    places = _places(school, len(_LEAVING), rng, lambda child: not child.cases)
    for place, (status, kind, where, confirmed, reason) in zip(places, _LEAVING, strict=False):
        day, own, child = _early(month, rng), school.classes[place[0]], _child(school, place)
        gone = replace(child, status=status, status_on=day, updated_on=day + timedelta(days=1))
        if not gone.is_cared_for:
            gone = replace(gone, pairings=ended_pairings(child, day))
        school = _put(school, place, gone)
        if kind == Movement.OUT:
            left = school.classes[place[0]]
            school = _with_class(school, place[0], replace(left, pupil_count=left.pupil_count - 1))
        moved.append(Moved(day, gone, kind, own.name, where, confirmed, reason))
    return school, moved


def _mended(school: School) -> School:
    """Fill every second gap in the archives."""
    for n, own in enumerate(school.classes):
        children = tuple(replace(c, gaps=()) if row % 2 else c for row, c in enumerate(own.children))
        school = _with_class(school, n, replace(own, children=children))
    return school


def _new_helpers(school: School, month: str, rng: random.Random) -> School:
    """Give three children another 帮扶教师."""
    for place in _places(school, 3, rng, lambda child: bool(child.pairings)):
        helpers = school.classes[place[0]].helpers
        school = _put(school, place, replaced_helper(_child(school, place), helpers, _early(month, rng), rng))
    return school
