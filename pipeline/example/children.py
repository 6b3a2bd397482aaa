"""The example's left-behind children: one frozen record a child, and how one is made."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.example import words
from pipeline.example.days import random_day
from pipeline.example.people import Home, Registry, make_home
from schemas.codes import FEMALE, MALE, Category, Joined, Status


@dataclass(frozen=True)
class Pairing:
    """One pairing of a child; `unit` is where the helper comes from, `plan` its three cells or nothing."""

    kind: str
    helper: str
    unit: str
    phone: str
    plan: tuple[str, str, str] | None
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Case:
    """A trigger of an individual plan and the day the plan was made."""

    reason: str
    triggered_on: date
    made_on: date
    measures: str


@dataclass(frozen=True)
class Child:
    """One child at a month. `gaps` are the titles of archive cells that the teacher has not filled yet."""

    name: str
    sex: str
    birth_date: date
    id_card: str
    student_no: str
    ethnicity: str
    category: str
    home: Home
    boarding: str
    is_rural: bool
    health: str
    hardship: str
    personality: str
    interests: str
    is_focus: bool
    study_level: str
    archived_on: date
    archive_no: str
    updated_on: date
    joined_how: str = Joined.FROM_START
    joined_on: date | None = None
    status: str = Status.ENROLLED
    status_on: date | None = None
    gaps: tuple[str, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def is_left_behind(self) -> bool:
        return self.category != Category.POTENTIAL

    @property
    def is_cared_for(self) -> bool:
        """Tell whether the child can be cared for now (contract §5, A)."""
        return self.status in (Status.ENROLLED, Status.SUSPECTED_DROPOUT)

    def is_here(self, day: date) -> bool:
        """Tell whether the child had joined by a day and not left yet."""
        has_left = not self.is_cared_for and self.status_on is not None and self.status_on <= day
        return not has_left and (self.joined_on is None or self.joined_on <= day)


# Who is away, and how often: what the example's families look like.
_BOTH, _FATHER, _MOTHER, _RECENT, _TAKEN_ALONG, _AT_HOME = (
    "both",
    "father",
    "mother",
    "recent",
    "taken along",
    "at home",
)
_FAMILIES = ((_BOTH, 57), (_FATHER, 24), (_MOTHER, 13), (_RECENT, 1.6), (_TAKEN_ALONG, 1.6), (_AT_HOME, 2.8))
_OTHER_PARENT = (("在家", 78), ("离异未共同生活", 12), ("死亡", 5), ("失联", 3), ("服刑戒毒", 2))
_ETHNICITIES = (("汉族", 52), ("苗族", 20), ("布依族", 15), ("侗族", 13))
_GAPS = (
    "监护人身体状况",
    "监护人职业",
    "兴趣爱好",
    "性格特征",
    "监护人年龄",
    "健康状况",
    "建档日期",
    "监护人地址",
)


def _weighted(rng: random.Random, choices: tuple[tuple[str, float], ...]) -> str:
    return rng.choices([word for word, _ in choices], [weight for _, weight in choices])[0]


def make_child(registry: Registry, grade: int, care: float, start: date) -> Child:
    """Return a child whose age fits the grade (1–9) in the school year that begins at `start`."""
    rng = registry.rng
    sex, ethnicity = rng.choice((MALE, FEMALE)), _weighted(rng, _ETHNICITIES)
    name, family = registry.child_name(sex, ethnicity), _weighted(rng, _FAMILIES)
    born = _birth_date(rng, grade, start)
    number = registry.id_card(born, sex)
    archived_on = start + timedelta(days=rng.randint(2, 24)) if grade in (1, 7) else _earlier_september(rng, start)
    is_left_behind = family != _AT_HOME
    both = is_left_behind and rng.random() < 0.04
    return Child(
        name=name,
        sex=sex,
        birth_date=born,
        id_card=number,
        student_no=f"G{number}" if rng.random() < 0.97 else "",
        ethnicity=ethnicity,
        category=Category.BOTH if both else Category.LEFT_BEHIND if is_left_behind else Category.POTENTIAL,
        home=_home(registry, name, family, start),
        boarding=_boarding(rng, grade),
        is_rural=rng.random() < 0.96,
        health=rng.choices(("健康或良好", "一般或较弱", "有慢性病", "有生理缺陷", "残疾"), (90, 6, 2, 1, 1))[0],
        hardship=rng.choices(("无", "低保", "脱贫监测户", "特困", "其他", ""), (68, 13, 9, 1, 2, 7))[0],
        personality=rng.choice(words.PERSONALITIES),
        interests=rng.choice(words.INTERESTS),
        is_focus=is_left_behind and rng.random() < 0.085,
        study_level="待提高"
        if both or not is_left_behind
        else rng.choice(("优秀", "良好", "良好", "合格", "合格", "待提高")),
        archived_on=archived_on,
        archive_no=registry.archive_no(start.year),
        updated_on=start + timedelta(days=rng.randint(0, 20)),
        gaps=(rng.choice(_GAPS),) if care < 1 and rng.random() < 0.045 else (),
    )


def _birth_date(rng: random.Random, grade: int, start: date) -> date:
    """Return a birthday of one who entered school at six; one in twelve entered a year later."""
    late = 1 if rng.random() < 0.08 else 0
    first = date(start.year - 6 - grade - late, 9, 1)
    return random_day(rng, first, date(first.year + 1, 8, 31))


def _earlier_september(rng: random.Random, start: date) -> date:
    return date(start.year - 1, 9, rng.randint(2, 28))


def _boarding(rng: random.Random, grade: int) -> str:
    return "住校" if rng.random() < (0.85 if grade >= 6 else 0.12) else "走读"


def _home(registry: Registry, name: str, family: str, start: date) -> Home:
    """Return a family of one of the kinds above."""
    rng = registry.rng
    away = [random_day(rng, date(start.year - 5, 2, 10), date(start.year, 5, 20)) for _ in range(2)]
    other = _weighted(rng, _OTHER_PARENT)
    work = "外出务工"
    if family == _AT_HOME:
        return make_home(registry, name, ("在家", "在家"), (None, None), rng.choice(("父亲", "母亲")))
    if family == _FATHER:
        return make_home(registry, name, (work, other), (away[0], None), _one_at_home(rng, other, "母亲"))
    if family == _MOTHER:
        return make_home(registry, name, (other, work), (None, away[1]), _one_at_home(rng, other, "父亲"))
    if family == _RECENT:
        away = [start - timedelta(days=rng.randint(0, 12))] * 2
    home = make_home(registry, name, (work, work), (away[0], away[1]), _grandparents(rng))
    if family == _TAKEN_ALONG:
        alone = make_home(registry, name, (work, work), (away[0], away[1]), "母亲")
        return replace(alone, lives_with_parents=True)
    return home


def _grandparents(rng: random.Random) -> str:
    return rng.choices(("祖父母", "外祖父母", "其他亲属", "非亲属"), (74, 15, 10, 1))[0]


def _one_at_home(rng: random.Random, status: str, word: str) -> str:
    """Return who looks after a child one of whose parents is away: the other, if at home, more often than not."""
    return word if status == "在家" and rng.random() < 0.6 else _grandparents(rng)
