"""The invented people of the example: their names, numbers and families. One registry keeps them unique."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from pipeline.example import words
from schemas.codes import FEMALE, MALE
from schemas.identity import check_digit

AREA_CODE = "529900"  # no such place
PHONE_STRIDE = 61_803_399  # coprime with 10**8: consecutive phones look unrelated and never repeat


@dataclass(frozen=True)
class Parent:
    """A father or a mother. `away_since` is None where the parent does not work away."""

    name: str
    status: str
    away_since: date | None
    phone: str
    employer: str
    work_address: str


@dataclass(frozen=True)
class Guardian:
    """Whoever looks after a child; `kind` is the 监护类型, `relation` the 与学生关系."""

    name: str
    kind: str
    relation: str
    age: int
    job: str
    health: str
    phone: str


@dataclass(frozen=True)
class Home:
    """A child's family. `capable` is 在家一方监护能力, empty where it is not asked for."""

    father: Parent
    mother: Parent
    guardian: Guardian
    capable: str
    lives_with_parents: bool
    address: str

    @property
    def parents_away(self) -> tuple[str, ...]:
        """Return the 联系对象 words of the parents who work away."""
        both = (("父亲", self.father), ("母亲", self.mother))
        return tuple(word for word, parent in both if parent.away_since)


class Registry:
    """Hands out names, identity numbers, phones and archive numbers, none of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._taken: set[str] = set()
        self._phone_count = rng.randrange(10**6)
        self._archive_count = 0

    def child_name(self, sex: str, ethnicity: str) -> str:
        """Return a child's name that nobody in the school bears yet."""
        dotted = ethnicity in words.MINORITY_SURNAMES and self.rng.random() < 0.12
        surnames = words.MINORITY_SURNAMES.get(ethnicity, words.SURNAMES)
        first = words.BOY_FIRST if sex == MALE else words.GIRL_FIRST
        second = words.BOY_SECOND if sex == MALE else words.GIRL_SECOND
        while True:
            surname = self.rng.choice(surnames)
            name = surname + self.rng.choice(first) + (self.rng.choice(second) if self.rng.random() < 0.85 else "")
            if dotted:
                name = f"{self.rng.choice(words.MIDDLE_DOT_FIRST)}·{surname}{self.rng.choice(second)}"
            if self._take(name):
                return name

    def adult_name(self, sex: str, surname: str = "") -> str:
        """Return an adult's name; only staff and volunteers, who bear any surname, are kept unique."""
        first = words.BOY_FIRST if sex == MALE else words.GIRL_FIRST
        second = words.BOY_SECOND if sex == MALE else words.GIRL_SECOND
        while True:
            name = (surname or self.rng.choice(words.SURNAMES)) + self.rng.choice(first) + self.rng.choice(second)
            if surname or self._take(name):
                return name

    def elder_name(self, sex: str, surname: str) -> str:
        """Return a grandparent's name."""
        pool = words.ELDER_MAN if sex == MALE else words.ELDER_WOMAN
        start = 2 * self.rng.randrange(len(pool) // 2)
        return (surname or self.rng.choice(words.SURNAMES)) + pool[start : start + 2]

    def id_card(self, born: date, sex: str) -> str:
        """Return a valid identity number (GB 11643) of the invented area."""
        while True:
            order = 2 * self.rng.randint(1, 499) - (sex == MALE)
            first17 = f"{AREA_CODE}{born:%Y%m%d}{order:03d}"
            number = first17 + check_digit(first17)
            if not number.endswith("000") and self._take(number):
                return number

    def phone(self) -> str:
        """Return a mobile number that nobody has."""
        self._phone_count += 1
        return f"199{self._phone_count * PHONE_STRIDE % 10**8:08d}"

    def archive_no(self, year: int) -> str:
        """Return the school's next archive number."""
        self._archive_count += 1
        return f"{year}-{self._archive_count:04d}"

    def _take(self, what: str) -> bool:
        is_new = what not in self._taken
        self._taken.add(what)
        return is_new


def surname_of(name: str) -> str:
    """Return the surname: the first character, or the one after a middle dot."""
    return name.partition("·")[2][:1] or name[0]


def make_home(registry: Registry, child_name: str, statuses: tuple[str, str], since: tuple[date | None, date | None],
              guardianship: str) -> Home:  # fmt: skip
    """Return the family of a child: `statuses` and `since` of father and mother, and who looks after the child."""
    rng, surname = registry.rng, surname_of(child_name)
    father = _parent(registry, registry.adult_name(MALE, surname), statuses[0], since[0])
    mother = _parent(registry, registry.adult_name(FEMALE, rng.choice(words.SURNAMES)), statuses[1], since[1])
    one_away = (statuses[0] == "外出务工") != (statuses[1] == "外出务工")
    at_home = "在家" in statuses
    capable = ("有" if at_home and rng.random() < 0.85 else "无") if one_away else ""
    address = f"示例县云溪镇{rng.choice(words.VILLAGES)}{rng.choice(words.GROUPS)}"
    guardian = _guardian(registry, guardianship, surname, father, mother)
    return Home(father, mother, guardian, capable, False, address)


def _parent(registry: Registry, name: str, status: str, since: date | None) -> Parent:
    """Return a parent; one who is dead or lost has dashes for name and phone."""
    if status in ("死亡", "失联"):
        return Parent("—", status, None, "—", "", "")
    if status != "外出务工":
        return Parent(name, status, None, registry.phone(), "", "")
    rng = registry.rng
    employer = rng.choice(words.EMPLOYERS) if rng.random() < 0.7 else ""
    return Parent(name, status, since, registry.phone(), employer, rng.choice(words.WORK_PLACES))


_RELATIONS = {
    "祖父母": (("祖父", MALE), ("祖母", FEMALE)),
    "外祖父母": (("外祖父", MALE), ("外祖母", FEMALE)),
    "其他亲属": (("伯父", MALE), ("叔父", MALE), ("姑母", FEMALE), ("姨母", FEMALE), ("舅父", MALE)),
    "非亲属": (("非亲属", FEMALE),),
}


def _guardian(registry: Registry, kind: str, surname: str, father: Parent, mother: Parent) -> Guardian:
    rng = registry.rng
    if kind in ("父亲", "母亲"):
        parent = father if kind == "父亲" else mother
        return Guardian(
            parent.name, kind, kind, rng.randint(31, 45), rng.choice(("务农", "打零工")), "健康", parent.phone
        )
    relation, sex = rng.choice(_RELATIONS[kind])
    own = surname if relation in ("祖父", "伯父", "叔父", "姑母") else ""
    is_elder = kind in ("祖父母", "外祖父母")
    name = registry.elder_name(sex, own) if is_elder else registry.adult_name(sex, own or rng.choice(words.SURNAMES))
    age = rng.randint(54, 76) if is_elder else rng.randint(30, 52)
    health = rng.choices(("健康", "一般", "患病", "残疾"), (55, 32, 11, 2))[0]
    return Guardian(name, kind, relation, age, rng.choice(words.GUARDIAN_JOBS), health, registry.phone())
