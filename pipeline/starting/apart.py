"""Take one cell apart that says several things: 爷爷 张大山 138…, or 父：李大田 广东务工 138… 母：吴小云."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from schemas import names
from schemas import start_words as w
from schemas.codes import DASH, Parent
from schemas.starting.values import (
    AGED,
    AT_WORK,
    COUPLES,
    GONE,
    IN_BRACKETS,
    NEAR,
    NOT_NOW,
    NOWHERE,
    OWNER_WORDS,
    PARENT_MARK,
    PARENT_WORDS,
    PHONE,
    PLACED,
    RELATION_CODES,
    RELATION_WORDS,
    UNPLACED,
    WITH_PHONE,
)

_PARENTS = ("father", "mother")
_BETWEEN = re.compile(r"[\s()（）、，,;；:：/]+")
_PAIR = 2


class Told(NamedTuple):
    """What a cell says: facts as (meaning, value), and why something in it is in doubt ("" for nothing)."""

    facts: tuple[tuple[str, Any], ...] = ()
    doubt: str = ""


NOTHING = Told()
PHONE_OF = "phone_of "  # before a meaning: a fact for the row to settle, (meaning, number, who stands beside it)
Read = Callable[[str, str], Told]  # a meaning and a text → what it says


def taken_apart(key: str, text: str, read: Read) -> Told:
    """Return the name, relation and phone that stand in one cell: 爷爷 张大山 138…, 李大田(138…)."""
    owner = key.partition("_")[0]
    phones, rest = _phones(text)
    aged, rest = _age_in(rest) if key.endswith("_name") and owner not in _PARENTS else ("", rest)
    rest = PARENT_MARK.sub("", rest.strip()) if owner in _PARENTS else rest.strip()
    rest = re.sub(r"[:：]", " ", rest)
    relation, rest = _relation_in(rest) if owner not in _PARENTS else ("", _own_word_gone(owner, rest))
    name = rest.strip(" ()（）、，,;；/-—\n")
    if key.endswith("_phone") and phones:
        return _phone_alone(key, phones, relation or "".join(name.split()))
    if (not phones and not relation and not aged) or (not phones and key.endswith("_relation") and not name):
        return read(key, text)
    if relation and (others := [word for word in RELATION_WORDS if word in name]):
        return _couple(owner, phones, {relation, *(RELATION_CODES[word] for word in others)}, name)
    facts: list[tuple[str, Any]] = []
    doubts = [w.TWO_PHONES] if len(phones) > 1 else []
    if len(phones) == 1:
        facts.append((f"{owner}_phone", phones[0]))
    if relation:
        facts.append((f"{owner}_relation", relation))
    facts += read(f"{owner}_age", aged).facts if aged else ()
    if name:
        inner = read(f"{owner}_name", name)
        facts += inner.facts
        doubts += [inner.doubt] if inner.doubt else []
    return Told(tuple(facts), w.AND.join(dict.fromkeys(doubts)))


def _couple(owner: str, phones: list[str], relations: set[str], rest: str) -> Told:
    """Return what 爷爷、奶奶 says: a couple where the two are one, and nothing else where names stand between."""
    both = COUPLES.get(frozenset(relations))
    bare = _BETWEEN.sub("", rest).strip(w.AND_WORDS)
    if both is None or bare not in RELATION_CODES or phones:
        return Told(doubt=w.SEVERAL)
    return Told(((f"{owner}_relation", both),))


def _phone_alone(key: str, phones: list[str], beside: str) -> Told:
    """Return a number whose cell says no more; with somebody's name or word beside it, it may be his."""
    if len(phones) > 1:
        return Told(doubt=w.TWO_PHONES)
    if WITH_PHONE.fullmatch(beside) or beside in w.OWN_LETTERS.get(key.partition("_")[0], ()):
        return Told(((key, phones[0]),))
    return Told(((PHONE_OF + key, (key, phones[0], beside)),))  # whose it is, the row's other cells may tell


def of_both(text: str, read: Read) -> Told:
    """Return what a cell says of father and mother, each behind a word for whom; two names alone stay a pair."""
    if phones := _phones_of_both(text):
        return phones
    marks = list(PARENT_MARK.finditer(text))
    if not marks:
        return _pair(text)
    owners = [_PARENTS[found[2] is not None] for found in marks]
    if len(set(owners)) < len(owners) or text[: marks[0].start()].strip():
        return Told(doubt=w.SEVERAL)
    ends = [*(found.start() for found in marks[1:]), len(text)]
    parts = [text[found.end() : end] for found, end in zip(marks, ends, strict=True)]
    told = [of_one(owner, part, read) for owner, part in zip(owners, parts, strict=True)]
    doubts = dict.fromkeys(one.doubt for one in told if one.doubt)
    return Told(tuple(fact for one in told for fact in one.facts), w.AND.join(doubts))


def _phones_of_both(text: str) -> Told | None:
    """Return two telephones, before or behind each a word for whose it is: 138…（父）139…（母）, 爸138…/妈139…"""
    found = [re.sub(r"[\s-]", "", one[0] or one[1]) for one in PHONE.findall(text)]
    beside = [word for word in _BETWEEN.split(PHONE.sub(" ", text)) if word]
    owners = [OWNER_WORDS.get(word, "") for word in beside]
    if len(found) != _PAIR or sorted(owners) != sorted(_PARENTS):
        return None
    return Told(tuple((f"{owner}_phone", phone) for owner, phone in zip(owners, found, strict=True)))


def _pair(text: str) -> Told:
    """Return the two names of a cell, which are the father's and the mother's only where a surname says so."""
    several = names.parted(text) if len(names.parted(text)) > 1 else text.split()
    is_pair = len(several) == _PAIR and all(names.is_readable(name) and not names.has_marks(name) for name in several)
    return Told((("parents_pair", tuple(map(names.plain_name, several))),)) if is_pair else Told(doubt=w.SEVERAL)


def at_work(owner: str, text: str) -> tuple[tuple[str, Any], ...]:
    """Return what 在广东务工 says of a parent: that he is away, and where; nothing where he may be home every evening.

    Nor of one who has not gone (未外出务工), has come back, or only means to go.
    """
    found = AT_WORK.fullmatch(text)
    if not found or NEAR.search(found[1]) or NOT_NOW.search(text):
        return ()
    is_place = not (found[1] in NOWHERE or UNPLACED.search(found[1]))
    return ((f"{owner}_status", Parent.AWAY), *([(f"{owner}_work_address", found[1])] if is_place else []))


def of_one(owner: str, text: str, read: Read, *, has_place: bool = False) -> Told:
    """Return what a cell says of one parent: name, telephone, what has become of him, where he works (`has_place`)."""
    phones, rest = _phones(text)
    facts: list[tuple[str, Any]] = [(f"{owner}_phone", phones[0])] if len(phones) == 1 else []
    doubts = [w.TWO_PHONES] if len(phones) > 1 else []
    is_named = False
    for word in filter(None, _BETWEEN.split(rest)):
        if word in GONE:
            facts += [(f"{owner}_status", GONE[word])]
        elif PARENT_WORDS.get(word):
            facts += [(f"{owner}_status", PARENT_WORDS[word])]
        elif away := at_work(owner, word):
            facts += away
        elif not is_named:
            inner = read(f"{owner}_name", word)
            facts += [fact for fact in inner.facts if fact[1] != DASH]
            doubts += [inner.doubt] if inner.doubt else []
            is_named = True
        elif has_place and PLACED.search(word):
            facts += read(f"{owner}_work_address", word).facts
            has_place = False
        else:
            doubts.append(w.UNREADABLE)
    return Told(tuple(facts), w.AND.join(dict.fromkeys(doubts)))


def _phones(text: str) -> tuple[list[str], str]:
    """Return the telephone numbers in a text, each once, and the text without them."""
    found = [re.sub(r"[\s-]", "", one[0] or one[1]) for one in PHONE.findall(text)]
    return list(dict.fromkeys(found)), PHONE.sub(" ", text)


def _age_in(text: str) -> tuple[str, str]:
    """Return the years that stand in a text, "" for none or several, and the text without them."""
    found = AGED.findall(text)
    return (found[0], AGED.sub(" ", text)) if len(found) == 1 else ("", text)


def _own_word_gone(owner: str, rest: str) -> str:
    for word in w.OWN_WORDS[owner]:
        if rest.startswith(word) and len(rest) > len(word) + 1:
            return rest[len(word) :]
    return rest


def _relation_in(text: str) -> tuple[str, str]:
    """Return the word of relation at the beginning or end of a text, in our list's words, and the rest."""
    bare = text.strip(" ()（）")
    first, _, rest = bare.partition(" ")
    if first in RELATION_CODES:
        return RELATION_CODES[first], rest
    for found in IN_BRACKETS.finditer(text):
        if found[1].strip() in RELATION_CODES:
            return RELATION_CODES[found[1].strip()], text.replace(found[0], " ")
    parts = [part for part in _BETWEEN.split(bare) if part]
    if len(parts) > 1 and len(own := [part for part in parts if part in RELATION_CODES]) == 1:
        return RELATION_CODES[own[0]], " ".join(part for part in parts if part != own[0])
    for word in RELATION_WORDS:
        official = RELATION_CODES[word]
        if bare == word:
            return official, ""
        if bare.startswith(word) and len(bare) > len(word) + 1:
            return official, bare[len(word) :]
        if bare.endswith(f" {word}"):
            return official, bare[: -len(word)]
    return "", text
