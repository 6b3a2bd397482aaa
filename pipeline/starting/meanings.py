"""Take each column of a table for what it means: by its title, by whose column stands beside it, by its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from pipeline.starting.grids import Head
from pipeline.starting.headings import UNTITLED, Title, bare, title_of
from pipeline.starting.options import answer_of
from pipeline.starting.shapes import age_of, looks_like, owner_alone
from pipeline.starting.tables import SourceTable
from pipeline.starting.values import names_many, shown, told_by
from schemas import start_words as w
from schemas.cells import as_text
from schemas.starting.meanings import LEAVER, MEANINGS, MEMBERS, OTHERWISE, SHAPES_OF_ANYBODY, Sure, Use
from schemas.starting.titles import BARE_ADDRESSES, OF_OWNER
from schemas.starting.values import ADDRESS_PARTS, OLD_COLUMN, OPTIONS

ColumnKey = tuple[str, str, str, str]  # file, sheet, letters, words
_EXAMPLES, _LOOKED_AT = 3, 200
_FIT = 0.5  # of a column's cells that must be readable as what its title says
_PERSONS = frozenset(["father", "mother", "guardian", "parent", "member1", "member2", "member3", "member4", LEAVER])
_OF_ANYBODY = {"age": "age", "health": "health", "address": "home_address"}  # what a child has as well
_GROWN_UP = 19


@dataclass(frozen=True)
class Choice:
    """What one column was taken for. `key`: a meaning, "" for none; only those that are not unsure are filled in."""

    head: Head
    key: str
    sure: str
    because: str = ""
    title: Title = UNTITLED
    examples: tuple[str, ...] = ()
    guess: str = ""  # what an unsure column may be
    is_chosen: bool = False
    answer: str = ""  # what a tick in it says: 住校
    is_part: bool = False  # of an address whose parts stand in columns of their own

    @property
    def is_used(self) -> bool:
        return bool(self.key) and self.sure != Sure.UNSURE


def choose(table: SourceTable, chosen: Mapping[ColumnKey, str], day: date) -> list[Choice]:
    """Return a choice for each column. `chosen`: what the admin said, a meaning or "" for 不用."""
    of = {Use.STAFF: "staff", Use.CLASSES: "class"}.get(table.use, "child")
    cells = {head.place: _cells(table, head.place) for head in table.grid.heads}
    found = [_by_title(head, cells[head.place], of) for head in table.grid.heads]
    if of == "child":
        found = [_of_ticks(choice, cells[choice.head.place], day) for choice in found]
        found = list(_beside(found, cells))
        found = [_fitting(choice, cells[choice.head.place], day) for choice in found]
        found = _by_shape(found, cells, day)
    else:
        found = [_fitting(choice, cells[choice.head.place], day) for choice in found]
    found = list(_no_two(list(_related(found))))
    return [_as_chosen(_with_examples(choice, cells), table, chosen) for choice in found]


def _cells(table: SourceTable, place: int) -> list[Any]:
    found = (line.cells.get(place, "") for line in table.grid.lines[:_LOOKED_AT])
    return [cell for cell in found if as_text(cell)]


def _of_ticks(choice: Choice, cells: Sequence[Any], day: date) -> Choice:
    """Return a choice as one of several answers, where all below it are ticks."""
    key, word = answer_of(choice.head, cells, day) if choice.key not in OPTIONS else ("", "")
    because = w.BY_TICKS.format(word=word)
    return replace(choice, key=key, sure=Sure.LIKELY, because=because, answer=word) if key else choice


def _by_title(head: Head, cells: Sequence[Any], of: str) -> Choice:
    if OLD_COLUMN.search(head.own):
        return Choice(head, "", Sure.CERTAIN, w.NOT_ASKED)
    title = title_of(head.own, head.group, of)
    if of == "child" and bare(head.own) in ADDRESS_PARTS and head.group and title_of(head.group).key == "home_address":
        return Choice(head, "home_address", Sure.LIKELY, w.BY_TITLE, title, is_part=True)
    if title.key:
        return Choice(head, title.key, Sure.CERTAIN, w.BY_TITLE, title)
    is_of_one = title.what == "name" and not title.is_known
    if of == "child" and title.owner and (is_of_one or (title.owner, title.what) == ("guardian", "status")):
        return Choice(head, owner_alone(title.owner, cells), Sure.CERTAIN, w.BY_TITLE_AND_VALUES, title)
    if title.is_known and not title.what:
        return Choice(head, "", Sure.CERTAIN, w.NOT_ASKED, title)
    if title.is_known and title.owner:
        return Choice(head, "", Sure.CERTAIN, w.NOT_ASKED, title)
    return Choice(head, "", Sure.UNSURE, w.WHOSE if title.what else w.UNKNOWN_TITLE, title)


def _owner_of(choice: Choice) -> str:
    owner = LEAVER if choice.key in ("away", "leaver") else choice.title.owner or choice.key.partition("_")[0]
    return owner if owner in _PERSONS else ""


def _beside(found: Sequence[Choice], cells: Mapping[int, list[Any]]) -> Iterator[Choice]:
    """Yield the choices, what stands without whose given to the person whose columns stand before it."""
    owner, length, others = "", 0, 0  # whose columns come before, how many, and how many lone names before those
    is_helper = False  # the columns before tell of the teacher who helps
    has_home = sum(choice.key == "home_address" for choice in found) > 1
    for place, choice in enumerate(found):
        own = _owner_of(choice)
        is_helper = choice.key == "helper_teacher" or (is_helper and not own and not choice.key)
        if own:
            others = 0 if own == owner or length > 1 or owner == LEAVER else others + (1 if owner else 0)
            owner, length = own, length + 1 if own == owner else 1
            yield choice
            continue
        what = choice.title.what if not choice.key else _what_of_anybody(choice, owner, cells, has_home=has_home)
        after = _owner_of(found[place + 1]) if place + 1 < len(found) else ""
        if what == "relation" and not owner and after in _PERSONS:
            owner, length = after, 0
        key = OF_OWNER.get((owner, what), "") if owner and what else ""
        if is_helper and what == "phone":
            label = MEANINGS["helper_teacher_phone"].label
            yield replace(choice, key="helper_teacher_phone", sure=Sure.LIKELY, because=w.BESIDE.format(name=label))
            continue
        if key and (length > 1 or not others or what == "relation"):
            length += 1
            yield replace(choice, key=key, sure=Sure.LIKELY, because=w.BESIDE.format(name=MEANINGS[key].label))
            continue
        if key:
            yield replace(choice, key="", guess=key, sure=Sure.UNSURE, because=w.WHOSE)
            continue
        if choice.key or choice.sure != Sure.UNSURE:
            owner, length, others = "", 0, 0
        yield choice


def _what_of_anybody(choice: Choice, owner: str, cells: Mapping[int, list[Any]], *, has_home: bool) -> str:
    """Return what a column asks of the person before it, where a child has it as well (年龄, 住址), "" for nothing."""
    what = next((what for what, key in _OF_ANYBODY.items() if key == choice.key), "")
    if not what or not owner or choice.head.group:
        return ""
    if what == "age":
        ages = [age for age in map(age_of, cells[choice.head.place]) if age is not None]
        return what if ages and min(ages) > _GROWN_UP else ""
    if what == "address":
        return what if has_home and bare(choice.head.own) in BARE_ADDRESSES else ""
    return what if owner == "guardian" else ""


def _fitting(choice: Choice, cells: Sequence[Any], day: date) -> Choice:
    """Return a choice with its doubt where most cells can't be read as what the title says."""
    if not choice.key or not cells or choice.answer or choice.is_part:
        return choice
    told = [told_by(choice.key, cell, choice.head.own, day) for cell in cells]
    said = [one for one in told if one.facts or one.doubt]
    good = sum(bool(one.facts) for one in said)
    if choice.key == "name":  # a row of many: 李小禾、陈小河, or 全体
        good = max(good, sum(bool(one.facts) or names_many(cell) for one, cell in zip(told, cells, strict=True)))
    is_damaged = MEANINGS[choice.key].kind.is_personal_number and not looks_like(cells, day)
    if said and good < _FIT * len(said) and not is_damaged:
        for other in OTHERWISE.get(choice.key, ()):
            if sum(bool(told_by(other, cell, choice.head.own, day).facts) for cell in cells) >= _FIT * len(cells):
                return replace(choice, key=other, sure=Sure.LIKELY, because=w.BY_TITLE_AND_VALUES)
        return replace(choice, key="", guess=choice.key, sure=Sure.UNSURE, because=w.VALUES_DIFFER)
    return choice


def _by_shape(found: list[Choice], cells: Mapping[int, list[Any]], day: date) -> list[Choice]:
    """Return the choices, a column of unknown title taken for what its values can only be, where no other is that."""
    taken = {choice.key for choice in found if choice.key}
    guesses = [
        looks_like(cells[c.head.place], day) if not c.key and c.sure == Sure.UNSURE and not c.guess else ""
        for c in found
    ]
    out = []
    for choice, guess in zip(found, guesses, strict=True):
        if (
            guess
            and guess not in SHAPES_OF_ANYBODY
            and guess not in taken
            and guesses.count(guess) == 1
            and not choice.title.what
        ):
            out.append(replace(choice, key=guess, sure=Sure.LIKELY, because=w.BY_VALUES))
        else:
            out.append(replace(choice, guess=choice.guess or guess))
    return out


def _related(found: Sequence[Choice]) -> Iterator[Choice]:
    """Yield the choices; what a 家长 or 成员 says is nobody's where no column says who that is."""
    told = {choice.key.removesuffix("_relation") for choice in found if choice.key.endswith("_relation")}
    for choice in found:
        owner = choice.key.partition("_")[0]
        is_lost = owner in MEMBERS and owner not in told
        yield replace(choice, key="", guess="", sure=Sure.UNSURE, because=w.WHOSE) if is_lost else choice


def _no_two(found: Sequence[Choice]) -> Iterator[Choice]:
    """Yield the choices: of two columns of one meaning the better title is taken; of two as good, neither.

    Where one alone of these stands with the names, and the other beyond an empty column, it is that one.
    """
    own_side = _side_of_names(found)
    for choice in found:
        same = [other for other in found if other.key == choice.key and other is not choice] if choice.key else []
        same = [
            other for other in same if not (choice.answer and other.answer) and not (choice.is_part and other.is_part)
        ]
        better = [o for o in same if _weight(o) < _weight(choice)]
        equal = [o for o in same if _weight(o) == _weight(choice)]
        beside = [one for one in (choice, *equal) if one.head.place in own_side]
        if equal and len(beside) == 1:  # 班级 of a table of counts that stands beside, an empty column between
            better, equal = better + [one for one in beside if one is not choice], []
        if better:
            yield replace(choice, key="", guess=choice.key, because=w.BETTER.format(title=better[0].head.words))
        elif equal and not (choice.key == "name" and choice is min([choice, *equal], key=lambda c: c.head.place)):
            yield replace(choice, key="", guess=choice.key, sure=Sure.UNSURE, because=w.TWO_COLUMNS)
        else:
            yield choice


def _side_of_names(found: Sequence[Choice]) -> frozenset[int]:
    """Return the places of the columns that stand with the names, no empty column between."""
    places = {choice.head.place for choice in found}
    name = next((choice.head.place for choice in found if choice.key == "name"), None)
    if name is None:
        return frozenset(places)
    left = next(p for p in count(name, -1) if p - 1 not in places)
    right = next(p for p in count(name) if p + 1 not in places)
    return frozenset(range(left, right + 1))


def _weight(choice: Choice) -> tuple[bool, int]:
    return choice.sure == Sure.LIKELY, choice.title.rank


def _with_examples(choice: Choice, cells: Mapping[int, list[Any]]) -> Choice:
    several = dict.fromkeys(shown(choice.key or choice.guess, cell) for cell in cells[choice.head.place][:_LOOKED_AT])
    return replace(choice, examples=tuple(several)[:_EXAMPLES])


def _as_chosen(choice: Choice, table: SourceTable, chosen: Mapping[ColumnKey, str]) -> Choice:
    key = (table.source.name, table.grid.sheet, table.letters(choice.head), choice.head.words)
    if key not in chosen:
        return choice
    return replace(
        choice, key=chosen[key], sure=Sure.CERTAIN, because=w.CHOSEN, is_chosen=True, answer="", is_part=False
    )
