"""What one cell of a source says: facts by meaning, or a doubt. What is not sure is never a fact."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pipeline.starting.apart import NOTHING, Told, at_work, of_both, of_one, taken_apart
from schemas import days, names, rules
from schemas import start_words as w
from schemas.cells import CellError, as_text
from schemas.codes import DASH, NO, YES, YES_NO, Parent
from schemas.identity import has_valid_check_digit
from schemas.kinds import Code, Day, IdCard, Kind, NameList, Phone, StudentNo, mask_number
from schemas.lines import COUNT, is_same_as_beside
from schemas.starting.meanings import MEANINGS
from schemas.starting.values import (
    ALL_OF_CLASS,
    ASKED,
    ASKED_AT_HOME,
    AWAY,
    DENIED,
    FIRM_OR_PLACE,
    GONE,
    HEAD_OF,
    HUKOU,
    INSTEAD,
    LEDGER,
    LEFT,
    LEFT_BEHIND,
    NAME_AND_SEX,
    NAME_MARKS,
    NO_EMPLOYER,
    NO_NAME,
    NOT_HERE,
    NOT_NAME,
    NUMBER_MARKS,
    ONE_AWAY,
    OPTIONS,
    PARENT_WORDS,
    PHONE,
    PLACED,
    RELATION_CODES,
    SEX_ASKED,
    TICKED,
    TURNED_RELATIONS,
    WHEN_ASKED,
    WORKS_THERE,
)
from schemas.unsaid import says_apart, says_nothing

_CODE_IN_FRONT = re.compile(r"^\d+\s*[-—.、:：]\s*(?=\D)")
_LONGEST_NAME = 6  # characters of a Han name without a dot; what is longer is a sentence
_SHOWN = 6  # digits that may stay to be seen of a number, and of what is written beside it
_LONG_NUMBER = re.compile(r"\d{9,}[Xx]?")
_PARENTS = ("father", "mother")
_PARTED = re.compile(r"[，,;；\n]")
_SERIAL = re.compile(r"(?:3[6-9]|4[0-6])\d{3}")  # from 1998-07 to 2028-09
_PLACE_OR_FIRM = ("work_address", "employer")


_OF_FAULT = {
    rules.DIGITS_LOST: w.DIGITS_LOST,
    rules.BAD_CHECK_DIGIT: w.BAD_CHECK_DIGIT,
    rules.BAD_ID: w.BAD_NUMBER,
    rules.BAD_STUDENT_NO: w.BAD_NUMBER,
    rules.BAD_PHONE: w.BAD_PHONE,
    rules.NOT_A_DATE: w.BAD_DATE,
    rules.AMBIGUOUS_DATE: w.BAD_DATE,
    rules.ONE_CHILD_A_ROW: w.SEVERAL,
}


def told_by(key: str, raw: Any, title: str, day: date) -> Told:
    """Return what a cell says as a meaning. `title`: of its column, it may ask yes or no; `day`: the month's last."""
    if raw is None or raw == "":
        return NOTHING
    if isinstance(raw, CellError):
        return Told(doubt=w.CELL_ERROR)
    text = _ticked(as_text(raw))
    if not text:
        return NOTHING
    if is_same_as_beside(text):
        return Told(doubt=w.SAME_AS_BESIDE)
    if key in ("left_behind", "away", "hukou"):
        return _of_kind_of_child(key, text)
    if key in WHEN_ASKED and ASKED.search(title) and (answer := yes_or_no(text)):
        answers = {YES: Parent.HOME} if ASKED_AT_HOME.search(title) else WHEN_ASKED[key]
        word = answers.get(answer)
        return Told(((key, word),)) if word else NOTHING
    owner, _, what = key.partition("_")
    if owner in _PARENTS and (found := _of_parent(owner, what, text)):
        return found
    if owner in _PARENTS and (found := _of_more(owner, what, text, title, day)):
        return found
    if key == "name" and SEX_ASKED.search(title) and (both := NAME_AND_SEX.fullmatch(text)):
        return Told((*_read_text(key, both[1].strip(), day).facts, ("sex", both[2])))
    if key == "guardian_relation" and (kind := TURNED_RELATIONS.get("".join(text.split()))):
        return Told((("guardianship", kind),))
    if key == "name" and NOT_HERE.search(text):
        return Told((*_read_text(key, NOT_NAME.split(text, maxsplit=1)[0], day).facts, ("gone", text)))
    read = partial(_read_text, day=day)
    if key == "parents":
        return of_both(text, read)
    if key in OPTIONS:
        return _of_option(key, text)
    if MEANINGS[key].is_many and not isinstance(raw, int | float):
        return taken_apart(key, text, read)
    if key == "staff_post" and (of_class := HEAD_OF.fullmatch(text)):
        return Told((("staff_post", w.HEAD_TEACHER), ("staff_head_of", of_class[1])))
    return _read(key, raw if text == as_text(raw) else text, text, day)


def _of_more(owner: str, what: str, text: str, title: str, day: date) -> Told | None:
    """Return what a parent's cell says that holds more than its title's first word; None where it does not."""
    read = partial(_read_text, day=day)
    if what == "employer" and FIRM_OR_PLACE.search(title) and PLACED.search(text):
        return read(f"{owner}_work_address", text)
    if what == "name" and WORKS_THERE.search(title):
        return of_one(owner, text, read, has_place=True)
    if what == "name" and _PARTED.search(text):
        told = of_one(owner, text, read)
        if len(told.facts) > 1 and not told.doubt:  # 李大田，在临江打工，199…: each part is one that is known
            return told
    return None


def is_no_left_behind(raw: Any) -> bool:
    """Tell a cell that says, whatever its column, that a child is not left-behind: 非留守儿童."""
    return isinstance(raw, str) and bool(DENIED.fullmatch(_CODE_IN_FRONT.sub("", "".join(raw.split()))))


def names_many(raw: Any) -> bool:
    """Tell a cell that names 全体, or several children."""
    said = str(NameList().read(as_text(raw), date.max).value or "") if isinstance(raw, str) else ""
    return bool(said) and (bool(ALL_OF_CLASS.match(said)) or len(names.parted(said)) > 1)


def shown(key: str, raw: Any) -> str:
    """Return a cell as it may be quoted: every long number hidden but for its last four digits."""
    text = as_text(raw)
    if key in MEANINGS and MEANINGS[key].kind.is_personal_number:
        hidden = _LONG_NUMBER.sub(lambda found: mask_number(found[0]), text)
        is_all_hidden = hidden != text and sum(char.isdigit() for char in hidden) < 2 * _SHOWN
        return hidden if is_all_hidden else mask_number(text)
    return _LONG_NUMBER.sub(lambda found: mask_number(found[0]), text)[:30]


def _ticked(text: str) -> str:
    """Return the option that is ticked in a cell of boxes, else the text as it is."""
    found = TICKED.findall(text)
    return str(found[0]).strip() if len(found) == 1 else text


def yes_or_no(text: str) -> str:
    """Return 是 or 否 for a tick or a word that says so, "" for any other."""
    bare = _CODE_IN_FRONT.sub("", "".join(text.split()))
    return bare if bare in (YES, NO) else YES_NO.instead.get(bare, "")


def _of_option(key: str, text: str) -> Told:
    """Return what a tick says in a column whose title is one option of several."""
    answer = yes_or_no(text)
    if answer == YES:
        return Told(OPTIONS[key])
    return NOTHING if answer == NO or says_nothing(text) else Told(doubt=w.NOT_LISTED)


def _of_kind_of_child(key: str, text: str) -> Told:
    bare = _CODE_IN_FRONT.sub("", "".join(text.split()))
    if key == "left_behind":
        found = LEFT_BEHIND.get(bare)
        single = (("is_single", YES),) if bare in ONE_AWAY else ()
        return Told(((key, found), *single)) if found else Told(doubt=w.NOT_LISTED)
    listed = (AWAY if key == "away" else HUKOU).get(bare)
    if listed:
        return Told(((key, listed),))
    return NOTHING if says_nothing(bare) else Told(doubt=w.NOT_LISTED)


def _of_parent(owner: str, what: str, text: str) -> Told | None:
    """Return what a parent's cell says of the parent instead of what was asked; None where it says nothing such."""
    bare = "".join(text.split()).strip("()（）")
    if bare in GONE:
        status = (f"{owner}_status", GONE[bare])
        return Told((status,)) if what == "status" else Told((status, (f"{owner}_{what}", DASH)))
    if what == "status" and (away := at_work(owner, bare)):
        return Told(away)
    if what == "work_address" and PARENT_WORDS.get(bare) == Parent.HOME:
        return Told(((f"{owner}_status", Parent.HOME),))
    if what in _PLACE_OR_FIRM and (bare in NO_EMPLOYER or bare in PARENT_WORDS):
        return Told(doubt=w.NO_PLACE)
    return None


def _read_text(key: str, text: str, day: date) -> Told:
    return _read(key, text, text, day)


def _read(key: str, raw: Any, text: str, day: date) -> Told:
    kind = MEANINGS[key].kind
    bare = "".join(text.split())
    instead = INSTEAD.get("guardian_health" if key.endswith("_health") else key.replace("guardian_", "", 1), {})
    if key.endswith("_relation"):
        instead = RELATION_CODES
    word = instead.get(bare) or instead.get(_CODE_IN_FRONT.sub("", bare))
    if word:
        return Told(((key, word),))
    if kind.is_name and isinstance(raw, str):
        raw = text = NAME_MARKS.sub("", text).strip()
    if isinstance(kind, IdCard | StudentNo) and isinstance(raw, str):
        raw = text = NUMBER_MARKS.sub("", text)  # its check digit tells whether it is whole
    if isinstance(kind, Day):
        kind = replace(kind, has_own_year=True)  # no year is ever guessed here
        if isinstance(raw, str) and _SERIAL.fullmatch(text):
            raw = int(text)  # a day that was kept as the number by which Excel counts days
        if isinstance(raw, float) and re.fullmatch(r"(19|20)\d\d\.[2-9]", text):
            raw = text  # 2024.2 that Excel took for a number; 2024.1 may have been 2024.10
    reading = kind.read(raw, day)
    if reading.fault is not None:
        return Told(doubt=_OF_FAULT.get(reading.fault, w.UNREADABLE))
    if reading.value is None or reading.value == DASH:
        return NOTHING
    return _judged(key, kind, reading.value, text, day)


def _judged(key: str, kind: Kind, value: Any, text: str, day: date) -> Told:
    """Return a value that was read as a fact, or why it is in doubt all the same."""
    if isinstance(kind, IdCard | StudentNo):
        number = value.lstrip("GLJ")
        if len(number) < 18:  # as cards had it until 1999: no child of today has one
            return Told(doubt=w.BAD_NUMBER)
        if number.endswith("000"):
            return Told(doubt=w.ENDS_000)
        if value.startswith("G") and not has_valid_check_digit(number):
            return Told(doubt=w.BAD_CHECK_DIGIT)
    if isinstance(kind, Phone) and len(PHONE.findall(text)) > 1:
        return Told(doubt=w.TWO_PHONES)
    if kind.is_name and (doubt := _doubt_of_name(value, text)):
        return Told(doubt=doubt)
    if key == "remark":
        return Told(((key, value), *_of_remark(text)))
    if not is_accepted(kind, value, day):
        return Told(doubt=w.NOT_LISTED if isinstance(kind, Code) else w.OUT_OF_RANGE)
    return Told(((key, value),))


def _of_remark(text: str) -> tuple[tuple[str, Any], ...]:
    """Return what a remark says besides: that a child may be gone, or is left-behind."""
    if NOT_HERE.search(text):
        return (("gone", text),)
    if LEDGER.search(text):
        found = LEFT_BEHIND.get("".join(text.split()), ("", ""))
        return (("remarked", found),) if found[0] == LEFT else (("perhaps_left", text),)
    return ()


def _doubt_of_name(value: str, text: str) -> str:
    if names.is_several(text) or _is_of_two(text):
        return w.SEVERAL
    if names.has_marks(value) or says_apart(value) or value in RELATION_CODES:
        return w.NO_NAME
    if NO_NAME.search(value) or COUNT.fullmatch(text):
        return w.NO_NAME
    is_latin = any(c.isascii() for c in value)
    return w.NO_NAME if len(value) > _LONGEST_NAME and "·" not in value and not is_latin else ""


def _is_of_two(text: str) -> bool:
    """Tell two names with one blank between: each has two characters at least, and the first is no surname of two."""
    parts = text.split()
    is_han = not any(c.isascii() and c.isalpha() for c in text)
    return is_han and len(parts) == 2 and all(len(part) > 1 for part in parts) and not names.is_surname(parts[0])


def is_accepted(kind: Kind, value: Any, day: date) -> bool:
    """Tell whether a value that was read counts in the month that ends on `day`, as the month's checks do."""
    compared = days.midnight(value) if isinstance(value, date) else value
    for limit in kind.accepts(day):
        low = limit.arguments[0]
        if limit.check == "isin" and value not in low:
            return False
        if limit.check == "ge" and compared < low:
            return False
        if limit.check == "le" and compared > low:
            return False
        if limit.check == "in_range" and not low <= value <= limit.arguments[1]:
            return False
    return True
