"""What is known of the right value, said after a remedy: last month's cell, the child's own number, his class.

Nothing here finds a problem or changes one: a hint is a question, whose answer is the teacher's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.checks.days_meant import ambiguous_day, day_of_the_month, no_such_day
from pipeline.checks.known import At, Known
from pipeline.checks.said import NOTHING, Hint, Said, masked, openly
from pipeline.checks.two_classes import last_rosters
from pipeline.checks.whose import (
    in_other_class,
    namesakes,
    other_is_new,
    own_number,
    renamed_in_roster,
    slip_of_roster,
    slip_of_roster_in_list,
    was_in,
    whose_number,
    without_a_row,
)
from pipeline.model import Issue
from schemas import hint_words as w
from schemas import rules
from schemas.class_names import class_text, classes_like
from schemas.class_workbook import HEAD_TEACHER
from schemas.identity import has_valid_check_digit, is_well_formed
from schemas.names import bare_of_marks, could_be, is_readable, names_in
from schemas.rules import Rule


def with_hints(issues: Sequence[Issue], known: Known) -> list[Issue]:
    """Return the issues, each with whose row it is and with what is known of the right value."""
    return [_hinted(issue, known) for issue in issues]


def _hinted(issue: Issue, known: Known) -> Issue:
    at = known.at(issue)
    words = dict(issue.words)
    who = known.who(at) if at else ""
    if who:
        words = {"who": who, **words}
    said = {"hint": _first(known, at, _HINTS.get(issue.rule, ())) if at else _of_cover(known, issue)}
    said["why"] = _first(known, at, _WHYS.get(issue.rule, ())) if at else NOTHING
    for word, (shown, plain) in said.items():
        if shown:
            words |= {word: shown, "own": {**words.get("own", {}), word: plain}}
    return replace(issue, words=words) if words != issue.words else issue


def _first(known: Known, at: At, hints: Sequence[Hint]) -> Said:
    return next((said for hint in hints if (said := hint(known, at)) != NOTHING), NOTHING)


# --- one cell --------------------------------------------------------------------------------------------------


def _last_month(known: Known, at: At) -> Said:
    """Return what the cell held in the latest month that knew the child, where it is not what stands there now."""
    last, value = known.last(at, at.key) if at.key else ("", "")
    if not value or value == at.typed:
        return NOTHING
    masked = at.filled.table.by_key[at.key].kind.masked(value)
    return w.LAST.format(last=last, value=masked), w.LAST.format(last=last, value=value)


def _other_of_last_month(*keys: str) -> Hint:
    """Return the hint that another cell of the row is not what it was: it is that one, perhaps, that is wrong."""

    def hint(known: Known, at: At) -> Said:
        for key in keys:
            last, value = known.last(at, key)
            now = at.cell(key)
            if value and now is not None and str(getattr(now, "date", lambda now=now: now)()) != value:
                return openly(w.LAST_OTHER, last=last, column=at.filled.table.by_key[key].title, value=value)
        return NOTHING

    return hint


def _in_student_no(known: Known, at: At) -> Said:
    number = str(at.cell("student_no") or "")[1:] if str(at.cell("student_no") or "").startswith("G") else ""
    is_sound = is_well_formed(number) and has_valid_check_digit(number)
    return masked(w.IN_STUDENT_NO, value=number) if is_sound and number != at.typed else NOTHING


def _by_id(known: Known, at: At) -> Said:
    number = str(at.cell("id_card") or "")
    return masked(w.BY_ID, value=f"G{number}") if is_well_formed(number) else NOTHING


def _in_school_age(known: Known, at: At) -> Said:
    """Return the number that 应入学名册 has for the one child of that name."""
    if at.table != "pupils":
        return NOTHING
    school_age = known.merged.tables["school_age"]
    names, name = school_age.good("name"), known.who(at)
    found = school_age.good("id_card")[names.eq(name).fillna(False)].dropna()
    is_one = names.eq(name).sum() == 1 and len(known.places.get(name, ())) == 1
    number = str(found.iloc[0]) if is_one and len(found) else ""
    return masked(w.IN_SCHOOL_AGE, value=number) if number and number != at.typed else NOTHING


def _digits(known: Known, at: At) -> Said:
    """Return how many characters a number has, which nobody likes to count."""
    bare = "".join(at.typed.split())
    right = {"id_card": (18,), "student_no": (19,)}.get(at.key, (11,))
    is_number = re.fullmatch(r"[GLJ]{0,2}[\d-]+[xX]?", bare)
    return openly(w.DIGITS, count=str(len(bare))) if is_number and len(bare) not in right else NOTHING


def _readable_name(known: Known, at: At) -> Said:
    """Return the child whose name 李?禾 can be: of the class, or where he is entered, of the class last month."""
    if at.key == "pupil":
        names = set(known.pupils_of(at.issue.file)["name"].dropna())
    else:
        _, value = known.last(at, at.key)
        names = {value} - {""}
    fitting = sorted(name for name in names if could_be(at.typed, name))
    return openly(w.IS_IT, name=fitting[0]) if len(fitting) == 1 else NOTHING


def _without_marks(known: Known, at: At) -> Said:
    name = bare_of_marks(str(at.cell(at.key) or ""))
    return openly(w.IS_IT, name=name) if len(name) > 1 else NOTHING


def _each_alone(known: Known, at: At) -> Said:
    """Say how two names in a cell for one are written: one a row."""
    names = list(dict.fromkeys(names_in(at.typed)))
    others = names[1:]
    if not 0 < len(others) <= w.MOST or not all(map(is_readable, names)):
        return NOTHING
    return openly(w.A_ROW_EACH, one=names[0], others=w.NEXT_NAME.join(others), count=str(len(others)))


def _like(known: Known, at: At) -> Said:
    """Return what the kind of the cell takes a wrong value for."""
    kind = at.filled.table.by_key[at.key].kind if at.key else None
    found = kind.like(at.typed) if kind else []
    if not kind or not 0 < len(found) <= w.MOST:
        return NOTHING
    shown, plain = (w.OR_IS_IT.join(each) for each in (map(kind.masked, found), found))
    return w.IS_IT.format(name=shown), w.IS_IT.format(name=plain)


def _class_of_child(known: Known, at: At) -> Said:
    """Return the class of the one child whom a row of the school names."""
    name = known.who(at)
    places = known.places.get(name, frozenset())
    return openly(w.STANDS_IN, name=name, class_name=class_text(min(places))) if len(places) == 1 else NOTHING


def _like_class(known: Known, at: At) -> Said:
    found = classes_like(at.typed, known.listed.classes)
    return openly(w.IS_IT, name=found[0]) if len(found) == 1 else NOTHING


# --- the cover -------------------------------------------------------------------------------------------------


def _of_cover(known: Known, issue: Issue) -> Said:
    """Return what 班级一览 and the school's own workbook know of a value of 填表说明."""
    if issue.file < 0 or issue.rule not in (rules.COVER_VALUE, rules.CLASS_NOT_LISTED, rules.NO_SCHOOL_CODE):
        return NOTHING
    submission, classes = known.submissions[issue.file], known.listed.classes
    if issue.rule is rules.NO_SCHOOL_CODE:
        codes = {s.cover.get("school_code", "") for s in known.submissions if s.is_used} - {""}
        return openly(w.OF_SCHOOL, value=codes.pop()) if len(codes) == 1 else NOTHING
    teacher, _ = classes.get((submission.grade, submission.number), ("", False))
    if issue.title == HEAD_TEACHER.title:
        return openly(w.LISTED, value=teacher) if teacher else NOTHING
    name = submission.cover.get(HEAD_TEACHER.key, "")
    own = [place for place, (head, _) in classes.items() if name and head == name]
    if len(own) == 1:
        return openly(w.HEADS, name=name, class_name=class_text(own[0]))
    return _of_roster(known, issue.file)


def _of_roster(known: Known, file: int) -> Said:
    """Return the one class of 班级一览 whose children most of a file's were, the month that it last handed in."""
    now = set(known.pupils_of(file)["name"].dropna())
    own = [
        (place, last)
        for place, (last, then) in last_rosters(known.merged.carried.snapshots).items()
        if place in known.listed.classes and 2 * len(now & then) > len(now)
    ]
    return openly(w.LIKE_ROSTER, last=own[0][1], class_name=class_text(own[0][0])) if len(own) == 1 else NOTHING


_OF_LAST_MONTH = (
    rules.MISSING, rules.OUT_OF_RANGE, rules.CELL_ERROR,
    rules.MISSING_CONDITIONAL, rules.UNSURE, rules.SAME_AS_BESIDE, rules.TURNED_INTO_DATE,
    rules.NO_PHONE, rules.TO_COMPLETE, rules.NOTHING_ABOVE, rules.NOTHING_SAID,
    rules.ID_ENDS_000, rules.NO_REAL_ID, rules.AGE_AND_GRADE, rules.NOT_A_DATE, rules.G_DIGIT, rules.NOT_STAFF,
    rules.HELPS_HIMSELF,
)  # fmt: skip
_OUTSIDE_THE_MONTH = (
    rules.AFTER_MONTH_END, rules.TOO_EARLY, rules.BEFORE_TERM, rules.LATE_RECORD, rules.BEFORE_BIRTH,
)  # fmt: skip
_NUMBER = (_last_month, _in_student_no, _by_id, _in_school_age)
_HINTS: Mapping[Rule, tuple[Hint, ...]] = {  # the first that knows something is said
    **dict.fromkeys(_OF_LAST_MONTH, (_last_month,)),
    **dict.fromkeys(_OUTSIDE_THE_MONTH, (_last_month, day_of_the_month)),
    rules.NOT_LISTED: (_like, _last_month),
    rules.NOT_A_NUMBER: (_like, _last_month),
    rules.BAD_PHONE: (_last_month, _like),
    rules.DIGITS_LOST: _NUMBER,
    rules.BAD_ID: _NUMBER,
    rules.BAD_CHECK_DIGIT: _NUMBER,
    rules.NO_IDENTITY: _NUMBER,
    rules.BAD_STUDENT_NO: (_last_month, _by_id),
    rules.AMBIGUOUS_DATE: (_last_month, ambiguous_day),
    rules.UNREADABLE_NAME: (_readable_name, _last_month),
    rules.ONE_CHILD_A_ROW: (_each_alone,),
    rules.MARKS_IN_NAME: (_without_marks,),
    rules.BAD_CLASS: (_class_of_child, _like_class),
    rules.ID_BIRTH: (_other_of_last_month("birth_date"), _last_month),
    rules.ID_SEX: (_other_of_last_month("sex"), _last_month),
    rules.NAMESAKES: (renamed_in_roster, namesakes),
    rules.DOUBLE_ARCHIVE_NO: (_last_month, other_is_new),
    rules.SECOND_ROW: (without_a_row,),
    rules.UNKNOWN_IN_LIST: (slip_of_roster_in_list,),
    rules.WRONG_STUDENT_NO: (own_number,),
    rules.UNKNOWN_CHILD: (slip_of_roster, in_other_class),
    rules.TWO_CLASSES: (was_in,),
}
_WHYS: Mapping[Rule, tuple[Hint, ...]] = {
    rules.BAD_ID: (_digits, no_such_day),
    rules.BAD_STUDENT_NO: (_digits,),
    rules.BAD_PHONE: (_digits,),
    rules.NOT_A_DATE: (no_such_day,),
    rules.WRONG_STUDENT_NO: (whose_number,),
}
