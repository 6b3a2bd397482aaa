"""Who helps whom: the pairings of a child of the example school."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.example import words
from pipeline.example.children import Child, Pairing
from schemas import codes


@dataclass(frozen=True)
class Helpers:
    """Who can help in a class: teachers, classmates who are not left behind, volunteers (name, phone)."""

    class_name: str
    teachers: tuple[str, ...]
    classmates: tuple[str, ...]
    volunteers: tuple[tuple[str, str], ...]


def pair_child(child: Child, helpers: Helpers, care: float, first: date, rng: random.Random) -> Child:
    """Return the child with its pairings, begun within twelve days from `first`; a careful class leaves none out."""
    since = first + timedelta(days=rng.randint(1, 12))
    pairings = [
        pairing
        for pairing, likely in (
            (_teacher(helpers, since, care, rng), care),
            (_classmate(helpers, since, care, rng), care - 0.02),
            (_volunteer(helpers, since, rng), care - 0.08),
        )
        if care == 1 or rng.random() < likely
    ]
    if child.is_focus and (care == 1 or rng.random() < 0.9):
        pairings.append(Pairing(codes.Pairing.PARENT, rng.choice(helpers.teachers), "本校", "", None, since))
    return replace(child, pairings=tuple(pairings))


def replaced_helper(child: Child, helpers: Helpers, day: date, rng: random.Random) -> Child:
    """Return the child with its 帮扶教师 followed by another from a day on."""
    old = next((p for p in child.pairings if p.kind == codes.Pairing.TEACHER), None)
    others = [name for name in helpers.teachers if old and name != old.helper]
    if old is None or not others:
        return child
    successor = replace(old, helper=rng.choice(others), since=day)
    ended = tuple(replace(p, until=day) if p is old else p for p in child.pairings)
    return replace(child, pairings=(*ended, successor))


def ended_pairings(child: Child, day: date) -> tuple[Pairing, ...]:
    """Return the child's pairings, all ended on a day."""
    return tuple(p if p.until else replace(p, until=day) for p in child.pairings)


def _plan(care: float, rng: random.Random) -> tuple[str, str, str] | None:
    if care < 1 and rng.random() > care - 0.05:
        return None
    return rng.choice(words.PLAN_CONTENTS), rng.choice(words.PLAN_TIMES), rng.choice(words.PLAN_GOALS)


def _teacher(helpers: Helpers, since: date, care: float, rng: random.Random) -> Pairing:
    return Pairing(codes.Pairing.TEACHER, rng.choice(helpers.teachers), "本校", "", _plan(care, rng), since)


def _classmate(helpers: Helpers, since: date, care: float, rng: random.Random) -> Pairing:
    """Return a 学习帮手: a classmate who is not left behind."""
    helper = rng.choice(helpers.classmates)
    plan = _plan(care, rng) if rng.random() < 0.4 else None
    return Pairing(codes.Pairing.CLASSMATE, helper, helpers.class_name, "", plan, since)


def _volunteer(helpers: Helpers, since: date, rng: random.Random) -> Pairing:
    name, phone = rng.choice(helpers.volunteers)
    return Pairing(codes.Pairing.MOTHER, name, "云溪镇爱心妈妈小队", phone, None, since)
