"""An invented school over several years, in truth: its children and classes, and what its papers say of them.

No line here asks the pipeline. What happens month by month stands in `events`, what September brings in `september`.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from schemas.identity import check_digit
from years.paper import Move, Paper, Place, Row, unit

SCHOOLS = ((5, 6), (4, 6), (6, 7), (5, 7), (8, 9), (7, 9), (2, 3))  # first and last grade; (2, 3): a 教学点
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "禾河树溪山石云月星霞松柏竹梅兰菊荷桃杏枫"
ONCE, NEVER, ALWAYS = "once", "never", "always"


@dataclass
class Child:
    """One child in truth. `place`: his class, or the last one; `is_gone`: truly away.

    `shown`: whether his class's roster holds him: always, never, or once more; `known`: the class in which one has last;
    `also`: the class that he
    has left, and its row that still shows him; `loose`: what the books do not know yet and somebody may tell them later.
    """

    who: int
    name: str
    sex: str
    birth: date
    id_card: str
    student_no: str
    place: Place
    is_left_behind: bool = True
    joined_how: str = "期初在籍"
    joined_on: date | None = None
    status: str = "在读"
    status_on: date | None = None
    is_gone: bool = False
    shown: str = ALWAYS
    known: Place | None = None
    also: tuple[Place, Row] | None = None
    corrected: int = 0
    loose: dict[str, Move] = field(default_factory=dict)

    def row(self) -> Row:
        """Return his row of 学生档案."""
        return Row(
            self.who, self.name, self.sex, self.birth, self.id_card, self.student_no, self.is_left_behind,
            self.joined_how, self.joined_on, self.status, self.status_on,
        )  # fmt: skip


class World:
    """The school. `month`: the one that goes on; `without`: kinds of events that do not happen here."""

    def __init__(self, seed: int, without: Collection[str] = ()) -> None:
        self.rng = random.Random(seed)
        self.without = frozenset(without)
        self.first, self.last = self.rng.choice(SCHOOLS)
        self.month = (2026, 9)
        self.children: list[Child] = []
        self.classes: list[Place] = []
        self.silent: dict[Place, int] = {}
        self.moves: list[Move] = []
        self.year_moves: list[Move] = []
        self.told: list[str] = []
        self.names: set[str] = set()
        self.serial = 0
        self.is_cumulative = self.may("cumulative") and self.some(0.25)
        for grade in range(self.first, self.last + 1):
            self.open_classes(grade)

    # --- chance ---

    def some(self, share: float) -> bool:
        return self.rng.random() < share

    def may(self, kind: str) -> bool:
        return kind not in self.without

    def happens(self, kind: str, share: float) -> bool:
        """Tell whether an event of a kind happens now."""
        return self.some(share) and self.may(kind)

    def day(self) -> date:
        """Return a day of this month."""
        return date(*self.month, self.rng.randint(1, 28))

    # --- children and classes ---

    def open_classes(self, grade: int) -> None:
        """Open one or two classes of a grade with new children."""
        numbers = self.rng.choice(((1,), (1,), (1, 2), (2, 3))) if self.last - self.first < 2 else (1,)
        for number in numbers:
            self.classes.append((grade, number))
            for _ in range(self.rng.randint(2, 3)):
                self.born((grade, number))

    def born(self, place: Place) -> Child:
        """Make a child of a class."""
        who = len(self.children) + 1
        birth = date(self.school_year() - 6 - place[0], self.rng.randint(1, 12), self.rng.randint(1, 28))
        sex, number = self.rng.choice("男女"), ""
        if self.some(0.8):
            number = self.number(birth, sex)
        student_no = f"G{number}" if number else f"J{52990012340000 + who:018d}"
        child = Child(who, self.name(), sex, birth, number, student_no, place, is_left_behind=self.some(0.88))
        self.children.append(child)
        return child

    def number(self, birth: date, sex: str) -> str:
        """Return a valid identity number that nobody has or had."""
        self.serial += 1
        serial = 2 * self.serial + (sex == "男")
        first = f"529900{birth:%Y%m%d}{serial:03d}"
        return first + check_digit(first)

    def name(self) -> str:
        """Return a name that nobody has or had."""
        while True:
            name = self.rng.choice(FAMILY) + self.rng.choice(GIVEN) + self.rng.choice(GIVEN)
            if name not in self.names:
                self.names.add(name)
                return name

    def school_year(self) -> int:
        year, number = self.month
        return year if number >= 9 else year - 1

    def here(self) -> list[Child]:
        """Return the children who are truly at the school and whom its rosters show as learning."""
        return [
            child for child in self.children if not child.is_gone and child.shown == ALWAYS and child.status == "在读"
        ]

    def in_class(self, place: Place) -> list[Child]:
        return [child for child in self.children if not child.is_gone and child.place == place]

    def beside(self, place: Place) -> list[Place]:
        """Return the other classes of a class's grade."""
        return [other for other in self.classes if other[0] == place[0] and other != place]

    # --- what is written ---

    def tell(self, text: str, *children: Child) -> None:
        """Note what happens, for whoever reads a failure."""
        whom = "、".join(f"{child.name}@{unit(child.place)}" for child in children)
        self.told.append(f"{self.month[0]}-{self.month[1]:02d} {text} {whom}".rstrip())

    def register(self, child: Child, kind: str, day: date, *, confirmed: str = "", old_number: str = "") -> Move:
        """Write a row of 学籍异动."""
        number = child.id_card if self.some(0.5) or kind == "信息更正" or not self.may_name(child) else ""
        move = Move(child.who, day, child.name, kind, child.place, number, confirmed, old_number)
        if number or self.may_name(child):
            self.write(move)
        return move

    def may_name(self, child: Child) -> bool:
        """Tell whether a row may speak of a child by his name and class alone: by the class that the books know."""
        return child.known == child.place if child.known else self.may("unknown")

    def write(self, move: Move) -> None:
        self.moves.append(move)
        self.tell(f"row {move.kind}{move.confirmed} {move.day:%m-%d} {move.name} of {unit(move.place)}")

    def paper(self) -> Paper:
        """Return what is handed in now; what was to be shown once more is shown no more after."""
        rosters = {place: tuple(self._roster(place)) for place in sorted(self.classes) if not self.silent.get(place)}
        for place in self.silent:
            self.silent[place] = max(0, self.silent[place] - 1)
        self.year_moves += self.moves
        moves = tuple(self.year_moves if self.is_cumulative else self.moves)
        told, self.told, self.moves = tuple(self.told), [], []
        silent = tuple(f"silent {unit(place)}" for place in sorted(self.classes) if place not in rosters)
        return Paper(f"{self.month[0]}-{self.month[1]:02d}", tuple(sorted(self.classes)), rosters, moves, told + silent)

    def _roster(self, place: Place) -> Iterator[Row]:
        for child in self.children:
            if child.also is not None and child.also[0] == place != child.place:
                child.known = child.known or place
                yield child.also[1]
                child.also = None
            elif child.place == place and child.shown != NEVER:
                child.known = place
                yield child.row()
                child.shown = NEVER if child.shown == ONCE else child.shown
