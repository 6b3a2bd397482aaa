"""Who took part in what: the activities of classes and of the school, child by child (contract §5, §8.9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY, Roster, is_everyone
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.model import Issue, Place, Places
from schemas import frames, names, rules
from schemas.class_names import class_name, class_text, classes_like
from schemas.codes import GRADES, Joined, Scope, Status


@dataclass(frozen=True)
class Attendance:
    """`who`: one row a child in an activity that counts (`child`, `date`, `kind`).

    `reached`: one row a class that an activity reached (`grade`, `number`, `date`, `kind`, `is_own`).
    """

    who: pd.DataFrame
    reached: pd.DataFrame

    def __post_init__(self) -> None:
        frames.ATTENDED.checked(self.who)
        frames.REACHED.checked(self.reached)


def attend(
    tables: Tables,
    pupil_child: pd.Series[int],
    rosters: Mapping[int, Roster],
    place: Places,
    handed_in: Collection[Place],
) -> tuple[dict[str, Filled], Attendance, list[Issue]]:
    """Return the tables with unknown names marked, who took part, and the issues of the lists.

    A class whose workbook does not count (空表) has held nothing of its own.
    """
    pupils = present_pupils(tables["pupils"], pupil_child, place)
    own, marked_own, issues = _class_activities(tables["activities"], pupils, rosters, place)
    classes = {*place.values(), *_listed(tables["classes"])}
    school, marked_school, found = _school_activities(tables["school_activities"], pupils, rosters[NOBODY], classes)
    who = pd.DataFrame([row for part in (own, school) for row in part[0]], columns=["child", "date", "kind"])
    reached = pd.DataFrame(
        [row for row in own[1] if row[:2] in handed_in] + school[1],
        columns=["grade", "number", "date", "kind", "is_own"],
    )
    who = frames.ATTENDED.typed(who)
    reached = frames.REACHED.typed(reached)
    done = {**tables, "activities": marked_own, "school_activities": marked_school}
    done["holiday_checks"], more = mark(done["holiday_checks"], _unknown_checkers(done["holiday_checks"], rosters))
    return done, Attendance(who.drop_duplicates(), reached), issues + found + more


@dataclass(frozen=True)
class Pupil:
    """A row of 学生档案, as far as 全体 asks: `since` None = always, `until` None = still here."""

    child: int
    file: int
    grade: int
    number: int
    is_listed: bool
    since: Any
    until: Any


def present_pupils(pupils: Filled, child: pd.Series[int], place: Places) -> list[Pupil]:
    """Return every pupil with the days on which 全体 holds him (contract §5).

    One whose 入班日期 is asked for and in error is in no 全体, nor one who has left on an unknown day; a second row
    of a child in a class counts for nothing.
    """
    is_second = pd.DataFrame({"file": pupils.values["file"], "child": child}).duplicated()
    since, until = pupils.good("joined_on"), pupils.good("status_on")
    status, how = pupils.good("status"), pupils.good("joined_how")
    date_asked = pupils.faulty["joined_on"] | (how.isna() & since.isna())
    here = status.eq(Status.ENROLLED) | status.isna()
    listed = ~(date_asked & how.ne(Joined.FROM_START)) & ~pupils.faulty["joined_on"] & (here | until.notna())
    listed &= ~is_second
    return [
        Pupil(who, file, *place[file], bool(ok), None if pd.isna(a) else a, None if stays or pd.isna(b) else b)
        for who, file, ok, a, b, stays in zip(
            child, pupils.values["file"], listed.fillna(False), since, until, here, strict=True
        )
    ]


def on_day(pupils: list[Pupil], day: Any) -> list[int]:
    return [
        p.child
        for p in pupils
        if p.is_listed and (p.since is None or p.since <= day) and (p.until is None or p.until > day)
    ]


Found = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


def _sound(filled: Filled, keys: tuple[str, ...]) -> pd.DataFrame:
    return filled.values[~filled.any_wrong(keys)]


def _class_activities(
    filled: Filled, pupils: list[Pupil], rosters: Mapping[int, Roster], place: Places
) -> tuple[Found, Filled, list[Issue]]:
    by_file: dict[int, list[Pupil]] = {}
    for pupil in pupils:
        by_file.setdefault(pupil.file, []).append(pupil)
    who: list[tuple[Any, ...]] = []
    faults: list[Fault] = []
    parts = filled.good("participants")
    sound = set(_sound(filled, ("date", "kind", "title", "organizer")).index)
    for index, row in zip(filled.values.index, filled.values.to_dict("records"), strict=True):
        listed = parts.at[index]
        if pd.isna(listed):
            continue
        roster = rosters.get(row["file"], Roster({}))
        present, unknown = named_in(listed, roster)
        if unknown:
            faults.append((index, "participants", rules.UNKNOWN_IN_LIST, unknown_words(unknown, roster)))
        if is_everyone(listed):  # but for those named; who is left out by a name that nobody has, nobody knows
            everyone = on_day(by_file.get(row["file"], []), row["date"]) if index in sound and not unknown else []
            present = [child for child in everyone if child not in set(present)]
        if index in sound:
            who += [(child, row["date"], row["kind"]) for child in present]
    marked, issues = mark(filled, faults)
    whole = _sound(marked, ("date", "kind", "title", "organizer", "participants"))
    reached = [(*place[f], d, k, True) for f, d, k in zip(whole["file"], whole["date"], whole["kind"], strict=True)]
    return (who, reached), marked, issues


def named_in(listed: str, roster: Roster) -> tuple[list[int], list[str]]:
    """Return whom a list names, or whom 全体（除 …） leaves out, as `_find_all` does."""
    if not is_everyone(listed):
        return _find_all(listed, roster)
    but = names.everyone_but(listed)
    return _find_all(rules.AND.join(but), roster) if but else ([], [])


def unknown_words(unknown: Sequence[str], roster: Roster) -> dict[str, str]:
    """Return what a sentence quotes of the entries of a name list that name nobody."""
    return {"typed": rules.AND.join(unknown), "names": roster.told(unknown)}


def _find_all(listed: str, roster: Roster) -> tuple[list[int], list[str]]:
    """Return the children of a name list, and the entries that name nobody."""
    present, unknown = [], []
    for entry in _rejoined(listed.split(rules.AND), roster):
        child = roster.find_listed(entry)
        if child == NOBODY:
            unknown.append(entry)
        elif child >= 0:
            present.append(child)
    return present, unknown


def _rejoined(entries: list[str], roster: Roster) -> list[str]:
    """Return the entries, one name that a blank parted (阿依 古丽) put together where the roster has it."""
    whole: list[str] = []
    for entry in entries:
        names_of_two = (f"{whole[-1]}{dot}{entry}" for dot in ("", "·")) if whole else ()
        known = next((name for name in names_of_two if name in roster.by_name), "")
        if known and not {whole[-1], entry} & roster.by_name.keys():
            whole[-1] = known
        else:
            whole.append(entry)
    return whole


def _listed(classes: Filled) -> set[tuple[int, int]]:
    """Return the classes of 班级一览: a school activity reaches those that handed nothing in as well."""
    rows = zip(classes.good("grade"), classes.good("number"), strict=True)
    return {(GRADES.index(grade) + 1, int(number)) for grade, number in rows if pd.notna(grade) and pd.notna(number)}


def _school_activities(
    filled: Filled, pupils: list[Pupil], roster: Roster, classes: set[tuple[int, int]]
) -> tuple[Found, Filled, list[Issue]]:
    who: list[tuple[Any, ...]] = []
    reached: list[tuple[Any, ...]] = []
    faults: list[Fault] = []
    sound = set(_sound(filled, ("date", "kind", "title", "organizer", "participants", "scope")).index)
    for index, row in zip(filled.values.index, filled.values.to_dict("records"), strict=True):
        if filled.faulty.at[index, "scope"] or pd.isna(row["scope"]):
            continue
        found, children, unknown = _reach(row["scope"], row["scope_of"], classes, roster)
        if unknown:
            words = unknown_words(unknown, roster)
            if row["scope"] != Scope.NAMES:
                words["names"] = _unknown_places(unknown, row["scope"], classes)
            faults.append((index, "scope_of", rules.UNKNOWN_SCOPE, words))
        if index in sound:
            inside = [pupil for pupil in pupils if (pupil.grade, pupil.number) in found]
            present = on_day(inside, row["date"]) + children
            who += [(child, row["date"], row["kind"]) for child in present]
            reached += [(*where, row["date"], row["kind"], False) for where in sorted(found)]
    marked, issues = mark(filled, faults)
    return (who, reached), marked, issues


def _reach(
    scope: str, scope_of: Any, classes: set[tuple[int, int]], roster: Roster
) -> tuple[set[tuple[int, int]], list[int], list[str]]:
    """Return the classes and children that a school activity reaches, and the entries that name neither."""
    if scope == Scope.SCHOOL:
        return classes, [], []
    entries = [] if pd.isna(scope_of) else str(scope_of).split(rules.AND)
    if scope == Scope.NAMES:
        children = {entry: roster.find_listed(entry) for entry in entries}
        return (
            set(),
            [c for c in children.values() if c >= 0],
            [e for e, c in children.items() if c == NOBODY],
        )
    found: set[tuple[int, int]] = set()
    unknown = []
    for entry in entries:
        inside = _in_grade(entry, classes) if scope == Scope.GRADE else _in_class(entry, classes)
        found |= inside
        if not inside and not _is_place(entry, scope):
            unknown.append(entry)
    return found, [], unknown


def _in_grade(entry: str, classes: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {place for place in classes if GRADES[place[0] - 1] == entry}


def _in_class(entry: str, classes: set[tuple[int, int]]) -> set[tuple[int, int]]:
    name = class_name(entry)
    return {place for place in classes if class_text(place) == name}


def _is_place(entry: str, scope: str) -> bool:
    """Tell whether an entry is a grade or a class at all: one that handed nothing in is no mistake."""
    return entry in GRADES if scope == Scope.GRADE else class_name(entry) is not None


def _unknown_places(entries: Sequence[str], scope: str, classes: Collection[Place]) -> str:
    known = {(grade, 0) for grade, _ in classes} if scope == Scope.GRADE else classes
    return rules.NEXT.join(
        rules.UNKNOWN_ENTRY.format(name=entry, guess=rules.guess_of(*classes_like(entry, known))) for entry in entries
    )


def _unknown_checkers(filled: Filled, rosters: Mapping[int, Roster]) -> list[Fault]:
    faults: list[Fault] = []
    for index, listed in filled.good("participants").dropna().items():
        roster = rosters.get(int(filled.values.at[index, "file"]), Roster({}))
        _, unknown = named_in(listed, roster)
        if unknown:
            faults.append((index, "participants", rules.UNKNOWN_IN_LIST, unknown_words(unknown, roster)))
    return faults
