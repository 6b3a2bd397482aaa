"""What the values of a column look like, whatever stands above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from pipeline.starting.classes import place_in
from pipeline.starting.values import told_by
from schemas.cells import as_text
from schemas.codes import ETHNICITY, SEX
from schemas.identity import birth_date
from schemas.starting.titles import OF_OWNER
from schemas.starting.values import PARENT_WORDS, RELATION_CODES

_MOST = 0.8
_YOUNGEST, _OLDEST = 3, 20
_AGE = re.compile(r"(\d{1,3})\s*(?:周?岁)?")


def looks_like(cells: Sequence[Any], day: date) -> str:
    """Return the meaning that most values of a column can only have, "" where they may be anything."""
    if not cells:
        return ""
    tests: dict[str, Callable[[Any], bool]] = {
        "id_card": partial(_is_child_id, day=day),
        "student_no": lambda cell: as_text(cell)[:1] in "GLJ" and _is_read("student_no", cell, day),
        "birth_date": partial(_is_birthday, day=day),
        "guardian_phone": lambda cell: (
            _is_read("guardian_phone", cell, day) and any(c.isdigit() for c in as_text(cell))
        ),
        "class_name": lambda cell: place_in(as_text(cell), day) is not None,
        "sex": lambda cell: as_text(cell) in SEX.words,
        "ethnicity": lambda cell: as_text(cell) in ETHNICITY.words or as_text(cell) in ETHNICITY.instead,
        "guardian_relation": lambda cell: as_text(cell) in RELATION_CODES and not as_text(cell).isdigit(),
    }
    return next((key for key, test in tests.items() if sum(map(test, cells)) >= _MOST * len(cells)), "")


def owner_alone(owner: str, cells: Sequence[Any]) -> str:
    """Return what a column says whose title is 父亲 or 监护人 alone: a status, a relation, or a name."""
    texts = ["".join(as_text(cell).split()) for cell in cells]
    if texts and owner in ("father", "mother") and sum(text in PARENT_WORDS for text in texts) >= _MOST * len(texts):
        return f"{owner}_status"
    if texts and owner == "guardian" and sum(text in RELATION_CODES for text in texts) >= _MOST * len(texts):
        return "guardian_relation"
    return OF_OWNER.get((owner, "name"), "")


def age_of(raw: Any) -> int | None:
    """Return the years that a cell says, None where it says none."""
    found = _AGE.fullmatch(as_text(raw))
    return int(found[1]) if found else None


def _is_read(key: str, cell: Any, day: date) -> bool:
    return bool(told_by(key, cell, "", day).facts)


def _is_child_id(cell: Any, day: date) -> bool:
    number = as_text(cell).upper()
    born = birth_date(number) if len(number) == 18 and number[:17].isdigit() else None
    return born is not None and _is_young(born, day) and _is_read("id_card", cell, day)


def _is_birthday(cell: Any, day: date) -> bool:
    facts = told_by("birth_date", cell, "", day).facts
    return bool(facts) and _is_young(facts[0][1], day)


def _is_young(born: date, day: date) -> bool:
    return _YOUNGEST <= (day - born).days / 365.25 <= _OLDEST
