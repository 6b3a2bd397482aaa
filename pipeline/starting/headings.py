"""What one title says: a meaning by itself, or whose and what, with the title of the group that stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from schemas.cells import clean
from schemas.kinds import Code
from schemas.starting.meanings import BELOW_GROUP, MEANINGS
from schemas.starting.titles import (
    CHILD_TITLES,
    CLASS_TITLES,
    CODES,
    OF_OWNER,
    OWNERS,
    SHORT_OWNERS,
    STAFF_TITLES,
    UNASKED_TITLES,
    WHAT,
)
from schemas.starting.values import (
    AND_IN_TITLE,
    FAMILY,
    GROUP_OWNERS,
    GROUPS_IN_VAIN,
    HINT,
    NAME_AND_PHONE,
    TITLE_FILLERS,
)

CHILD_OWNERS = ("", "child")
_MARKS = re.compile(r"[\s*＊★☆※:：_\"“”'‘’.。、,，\-—/／|]+")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
# (3)、3.、A07_ before a title.
_NUMBER_IN_FRONT = re.compile(
    r"^\s*(?:[(（]\d{1,2}[)）]|[A-Za-z]{0,4}\d{1,4}\s*[._．、)）:：\-\s]|[A-Z]{2,10}[._\-\s])\s*(?=\D)"
)
_STROKES = re.compile(r"[/／|｜\\]|\n")
_NUMBER_BEHIND = re.compile(r"(\D+)([1-4])")
_OWNER_WORDS = sorted(((word, o) for o, told in OWNERS.items() for word in told.split()), key=lambda x: -len(x[0]))
_WHAT_OF = {title: what for what, told in WHAT.items() for title in told.split()}


class Title(NamedTuple):
    """What a title says. `key`: of a meaning, "" for none; `rank`: among the titles of that meaning, 0 is the best.

    `owner` and `what`: whose and what, where they could be told; `is_known`: a title of the kind that lists have, even
    where our templates do not ask for it.
    """

    key: str = ""
    rank: int = 0
    owner: str = ""
    what: str = ""
    is_known: bool = False


UNTITLED = Title()


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a title without blanks, marks and the hints in brackets; brackets that say whose stay, without marks."""
    plain = _NUMBER_IN_FRONT.sub("", clean(text))
    plain = CODES.get(plain.strip().upper(), plain)
    inside = _BRACKETS.sub(lambda found: "" if HINT.search(found[1]) else found[0], plain)
    return _MARKS.sub("", inside)


@lru_cache(maxsize=8192)
def title_of(own: str, group: str = "", of: str = "child") -> Title:
    """Return what a title says below the title of its group. `of`: child, staff or class, whose list it is."""
    name, above = bare(own), bare(group)
    if of != "child":
        found = (STAFF_TITLES if of == "staff" else CLASS_TITLES).get(_unbracketed(name))
        return Title(*found, is_known=True) if found else Title(is_known=title_of(own, group).is_known)
    owner_above = GROUP_OWNERS.get(above) or _owner(_unbracketed(above))[0]
    if owner_above not in CHILD_OWNERS and (not _owner(name)[0] or _owner(name)[0] in ("child", owner_above)):
        said = _said_of(owner_above, _what(name) or _what(_owner(name)[1]))
        if said.is_known:
            return said
    joined = _alone(_joined(above, name))
    if joined and joined.key and owner_above != "child":
        return joined  # 帮扶教师 above 姓名: not the child's
    return _alone(name) or _alone(_unbracketed(name)) or joined or _of_parts(own) or _answer(above, name)


@lru_cache(maxsize=8192)
def is_title(text: str) -> bool:
    """Tell whether a text is one that stands above columns, of whatever list."""
    name = _unbracketed(bare(text))
    return title_of(text).is_known or name in STAFF_TITLES or name in CLASS_TITLES


def _answer(above: str, name: str) -> Title:
    """Return a title that is known where it is one answer to what the title above it asks: 走读 below 就读方式."""
    key = title_of(above).key if above else ""
    kind = MEANINGS[key].kind if key in BELOW_GROUP else None
    return Title(is_known=isinstance(kind, Code) and (name in kind.words or name in kind.codes.instead))


def _of_parts(own: str) -> Title | None:
    """Return what the first of several titles says that stand in one with a stroke between: 姓名/性别."""
    parts = [part for part in _STROKES.split(own) if part.strip()]
    titles = [title_of(part) for part in parts] if len(parts) > 1 else []
    return titles[0] if titles and titles[0].key and all(title.is_known for title in titles) else None


def owner_in(text: str) -> str:
    """Return whose a text says that it is: father, guardian, member1 …; "" where it says of nobody."""
    return _owner(_unbracketed(bare(text)))[0]


def _joined(above: str, name: str) -> str:
    return GROUPS_IN_VAIN.sub("", above) + name if above else ""


def _unbracketed(name: str) -> str:
    return _BRACKETS.sub("", name)


def _alone(name: str) -> Title | None:
    if not name:
        return None
    if found := CHILD_TITLES.get(name):
        return Title(*found, is_known=True)
    if name in UNASKED_TITLES:
        return Title(is_known=True)
    owner, rest = _owner(name)
    if owner:
        said = _said_of(owner, _what(rest))
        if said.is_known:
            return said
        if owner == "child" and rest and (inner := _alone(rest)) and inner.is_known:
            return inner
        return Title(owner=owner, what="" if rest else "name") if not rest and owner != "child" else None
    what = _what(name)
    return Title(what=what, is_known=True) if what else None


def _said_of(owner: str, what: str) -> Title:
    if not what:
        return Title()
    if owner == "child" and what == "relation":
        return Title(what=what, is_known=True)
    key = OF_OWNER.get((owner, what), "")
    return Title(key, 0, owner, what, is_known=bool(key) or owner not in ("child", "parents") or what == "status")


def _owner(name: str) -> tuple[str, str]:
    """Return whose a title is, and what is left of it without that."""
    if (numbered := _NUMBER_BEHIND.fullmatch(name)) and (what := FAMILY.sub("", numbered[1])) in _WHAT_OF:
        return f"member{numbered[2]}", what
    for word, owner in _OWNER_WORDS:
        if word in name:
            return owner, _BRACKETS.sub(lambda found: found[1], name.replace(word, "", 1))
    for word, owner in SHORT_OWNERS.items():
        for whole in (f"({word})", f"（{word}）"):
            if whole in name:
                return owner, name.replace(whole, "")
        if name.startswith(word) and _what(name[1:]):
            return owner, name[1:]
    return "", name


def _what(rest: str) -> str:
    if rest in _WHAT_OF:
        return _WHAT_OF[rest]
    plain = _unbracketed(rest)
    plain = plain if plain in _WHAT_OF else TITLE_FILLERS.sub("", plain)
    if plain in _WHAT_OF:
        return _WHAT_OF[plain]
    if plain.startswith(("姓", "名")) and NAME_AND_PHONE.fullmatch(plain):
        return "name"
    return next((_WHAT_OF[first] for first, second in _halves(rest) if {first, second} <= _WHAT_OF.keys()), "")


def _halves(title: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each word for and: 姓名 and 与学生关系 of 姓名及与学生关系."""
    for found in AND_IN_TITLE.finditer(title):
        yield title[: found.start()], title[found.end() :]
