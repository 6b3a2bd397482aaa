"""Found the example school: its staff, its classes and their children, made once and carried over the months."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.example import words
from pipeline.example.children import Child, make_child
from pipeline.example.days import school_year_start
from pipeline.example.pairing import Helpers, pair_child
from pipeline.example.people import Registry
from schemas.codes import FEMALE, GRADES, MALE


@dataclass(frozen=True)
class Teacher:
    """One of the staff."""

    name: str
    staff_no: str
    post: str
    subject: str
    classes: str
    phone: str
    is_active: bool = True


@dataclass(frozen=True)
class SchoolClass:
    """One class. `care` is how likely its teacher does what is owed; a class with `care` 1 forgets nothing."""

    grade: str
    number: int
    head_teacher: str
    subject_teachers: tuple[str, ...]
    helpers: Helpers
    pupil_count: int
    care: float
    children: tuple[Child, ...]

    @property
    def name(self) -> str:
        return self.helpers.class_name

    @property
    def is_perfect(self) -> bool:
        return self.care == 1


@dataclass(frozen=True)
class School:
    """The school at a month: `registry` goes on handing out numbers to those who join."""

    name: str
    code: str
    year_start: date
    staff: tuple[Teacher, ...]
    classes: tuple[SchoolClass, ...]
    registry: Registry


def found_school(
    name: str,
    code: str,
    month: str,
    rng: random.Random,
    *,
    grades: int,
    classes_per_grade: int,
    sizes: tuple[int, int],
) -> School:
    """Return the school as it is in its first month."""
    registry, start = Registry(rng), school_year_start(month)
    places = [(grade, number) for grade in GRADES[:grades] for number in range(1, classes_per_grade + 1)]
    staff = _staff(registry, [f"{grade}({number})班" for grade, number in places])
    cares = _cares(rng, len(places))
    classes = tuple(
        _found_class(registry, place, care, staff, start, _size(rng, *sizes))
        for place, care in zip(places, cares, strict=True)
    )
    return School(name, code, start, staff, classes, registry)


def _size(rng: random.Random, smallest: int, largest: int) -> int:
    """Return how many children a class has: more often near the largest."""
    return round(rng.triangular(smallest, largest, largest))


def _cares(rng: random.Random, count: int) -> list[float]:
    """Return how careful each class is: one in six perfect, the others between 0.84 and 0.99."""
    perfect = set(rng.sample(range(count), max(1, count // 6)))
    return [1.0 if n in perfect else round(rng.triangular(0.84, 0.99, 0.96), 3) for n in range(count)]


# Post, how many, and their subject ("" = any): beside one 班主任 a class.
_OTHER_POSTS = (
    ("校领导", 3, ""),
    ("任课教师", 16, ""),
    ("心理教师", 1, "心理健康"),
    ("生活教师", 3, "无"),
    ("学籍管理员", 1, "无"),
    ("其他", 3, "无"),
)


def _staff(registry: Registry, class_names: Sequence[str]) -> tuple[Teacher, ...]:
    """Return the staff: leaders, a head teacher for every class, the others; two of them are on leave."""
    posts = [("班主任", "", name) for name in class_names]
    posts += [(post, subject, "") for post, count, subject in _OTHER_POSTS for _ in range(count)]
    staff = [_teacher(registry, n, *post, class_names) for n, post in enumerate(posts, start=1)]
    leave = {n for n, teacher in enumerate(staff) if teacher.post == "任课教师"}
    on_leave = set(sorted(leave)[-2:])
    return tuple(
        Teacher(t.name, t.staff_no, t.post, t.subject, t.classes, t.phone, is_active=n not in on_leave)
        for n, t in enumerate(staff)
    )


def _teacher(registry: Registry, n: int, post: str, subject: str, own: str, class_names: Sequence[str]) -> Teacher:
    rng = registry.rng
    name = registry.adult_name(rng.choice((MALE, FEMALE)))
    taught = own
    if post == "任课教师":
        taught = "、".join(rng.sample(class_names, min(3, len(class_names))))
    shown = "" if subject == "无" else subject or rng.choice(words.SUBJECTS)
    return Teacher(name, f"T{n:03d}", post, shown, taught, registry.phone())


def _found_class(
    registry: Registry, place: tuple[str, int], care: float, staff: Sequence[Teacher], start: date, size: int
) -> SchoolClass:
    grade, number = place
    rng, helpers = registry.rng, _helpers(registry, f"{grade}({number})班", staff, size)
    children = [make_child(registry, GRADES.index(grade) + 1, care, start) for _ in range(size)]
    return SchoolClass(
        grade=grade,
        number=number,
        head_teacher=next(t.name for t in staff if t.post == "班主任" and t.classes == helpers.class_name),
        subject_teachers=tuple(rng.sample([t.name for t in staff if t.post == "任课教师" and t.is_active], 4)),
        helpers=helpers,
        pupil_count=max(size, 24) + rng.randint(8, 20),
        care=care,
        children=tuple(pair_child(child, helpers, care, start, rng) for child in children),
    )


def _helpers(registry: Registry, class_name: str, staff: Sequence[Teacher], size: int) -> Helpers:
    """Return who can help in a class: its head teacher and some of the staff, classmates, volunteers of the town."""
    rng = registry.rng
    own = [t.name for t in staff if t.classes == class_name]
    can_help = [t.name for t in staff if t.is_active and t.post in ("校领导", "任课教师", "心理教师", "生活教师")]
    return Helpers(
        class_name,
        tuple(own + rng.sample([name for name in can_help if name not in own], 5)),
        tuple(registry.child_name(rng.choice((MALE, FEMALE)), "汉族") for _ in range(size * 2)),
        tuple((registry.adult_name(FEMALE), registry.phone()) for _ in range(max(3, size // 4))),
    )
