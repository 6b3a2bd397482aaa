"""What people would check by hand across sheets and files: warnings only, nothing here changes a figure.

Each check returns faults of one table. A group (a copied text, a busy helper) is told once, where it begins to be odd.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.checks.status_checks import destination_differs, status_differs
from pipeline.children.nearest import Nearest
from pipeline.children.people import citizen_numbers
from pipeline.children.roster import NOBODY
from pipeline.children.turnout import Turnout
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Place
from schemas import rules
from schemas.class_names import class_text
from schemas.codes import ALL_PUPILS, GRADES, INSURANCE, Category, Destination, Pairing, Status

PHONE_CHILDREN = 3  # a grandparent's phone for three grandchildren is common, for four it is worth a look
COPIED_CHILDREN = 4  # the same words about more children than this are copied, not spoken
COPIED_LENGTH = 6  # characters; 谈学习 may well be said of everyone
HELPER_CHILDREN = {Pairing.CLASSMATE: 3, Pairing.TEACHER: 20}  # 一帮一 is the rule for classmates (domain P1-1, P4-8)
OTHER_HELPER_CHILDREN = 10
FIRST_GRADE_AGE, AGE_SLACK = 6, 4  # years; domain §2.1
_PRESENT = (Status.ENROLLED, Status.SUSPECTED_DROPOUT, Status.SUSPENDED)
_LEFT_BEHIND, _POTENTIAL = (Category.LEFT_BEHIND, Category.BOTH), (Category.POTENTIAL, Category.BOTH)
_OF_THE_GUARDIAN = ("guardian_age", "guardian_health", "guardian_address")
_TEACHERS = {"contacts_log": "teacher", "activities": "organizer", "school_activities": "organizer", "plans": "owner"}


@dataclass(frozen=True)
class _View:
    """The month as the checks see it. `place`: file → class; `left_behind`: class → 在册留守.

    `handed_in`: the classes that count; `is_complete`: that is all of them.
    """

    merged: Merged
    place: Mapping[int, Place]
    left_behind: Mapping[Place, int]
    first_day: date
    handed_in: frozenset[Place]
    is_complete: bool

    @property
    def tables(self) -> Tables:
        return self.merged.tables

    def counting_pupils(self) -> pd.DataFrame:
        """Return name, category, birth_date and class of each child, by its number."""
        pupils, children = self.tables["pupils"], self.merged.children
        good = pd.DataFrame({key: pupils.good(key) for key in ("name", "category", "birth_date")})
        rows = good.loc[children["row_index"]].set_axis(children.index)
        return rows.assign(grade=children["grade"], number=children["number"])


def cross_check(
    merged: Merged, place: Mapping[int, Place], heads: pd.DataFrame, state: Turnout, month: Month
) -> list[Issue]:
    """Return a warning for everything that does not fit together across sheets, files and rows.

    `heads`: one row a class with `grade`, `number`, `in_l`.
    """
    left_behind = {(g, n): int(count) for g, n, count in heads[["grade", "number", "in_l"]].itertuples(index=False)}
    view = _View(merged, place, left_behind, month.first_day, state.handed_in(), state.is_complete)
    issues: list[Issue] = []
    for key, checks in _CHECKS.items():
        for check in checks:
            issues += mark(merged.tables[key], check(view))[1]
    return issues


def unchecked(tables: Tables, *, has_school: bool, is_complete: bool) -> list[tuple[rules.Rule, str]]:
    """Return the rules that could not be checked this month, and why."""
    if not has_school:
        return [(rule, rules.WITHOUT_SCHOOL_WORKBOOK) for rule in rules.NEED_SCHOOL_WORKBOOK]
    if not len(tables["school_age"].values):
        return [(rules.NOT_ON_ROSTERS, rules.WITHOUT_SCHOOL_AGE)]
    return [] if is_complete else [(rules.NOT_ON_ROSTERS, rules.WITHOUT_ALL_CLASSES)]


# --- contact cards ---------------------------------------------------------------------------------------------


def _siblings_differ(view: _View) -> list[Fault]:
    """Children with the same guardian (name and phone) say the same of him; the later card quotes the earlier."""
    cards = view.tables["contacts"]
    keys = ("guardian_name", "guardian_phone", *_OF_THE_GUARDIAN)
    rows = pd.DataFrame({key: cards.good(key) for key in keys}).assign(child=view.merged.child_of["contacts"])
    rows = rows[rows["child"] >= 0].dropna(subset=["guardian_name", "guardian_phone"])
    families = rows.groupby(["guardian_name", "guardian_phone"], sort=False)
    rows = rows[families["child"].transform("nunique") > 1]
    faults: list[Fault] = []
    for _, family in rows.groupby(["guardian_name", "guardian_phone"], sort=False):
        for key in _OF_THE_GUARDIAN:
            said = family[key].dropna()
            if said.nunique() > 1:
                first = said.iloc[0]
                other = next(index for index in said.index if said.at[index] != first)
                shown = cards.table.by_key[key].kind.masked(f"{first:g}" if isinstance(first, float) else str(first))
                words = {"want": shown, "where": _where(cards, view, int(said.index[0]))}
                faults.append((other, key, rules.SIBLINGS_DIFFER, words))
    return faults


def _where(filled: Filled, view: _View, index: int) -> str:
    file = int(filled.values.at[index, "file"])
    place = class_text(view.place[file]) if file in view.place else ""
    return rules.CARD_OF.format(class_name=place, row=filled.values.at[index, "row"])


def _shared_phones(view: _View) -> list[Fault]:
    cards = view.tables["contacts"]
    rows = pd.DataFrame({"phone": cards.good("guardian_phone"), "child": view.merged.child_of["contacts"]})
    rows = rows[rows["child"] >= 0].dropna()
    counts = rows.groupby("phone")["child"].nunique()
    firsts = rows.drop_duplicates("phone").set_index("phone", append=True)
    return [
        (index, "guardian_phone", rules.SHARED_PHONE, {"count": int(counts[phone])})
        for index, phone in firsts.index
        if counts[phone] > PHONE_CHILDREN
    ]


# --- 学生档案 ---------------------------------------------------------------------------------------------------


def _age_and_grade(view: _View) -> list[Fault]:
    """A child's age fits the grade: six or seven in the first, and so on; four years more or less are told."""
    pupils = view.tables["pupils"]
    births = pupils.good("birth_date")[pupils.is_own].dropna()
    faults: list[Fault] = []
    for index, born in births.items():
        place = view.place.get(int(pupils.values.at[index, "file"]))
        if place is None:
            continue
        age = view.first_day.year - born.year - ((view.first_day.month, 1) < (born.month, born.day))
        usual = (place[0] + FIRST_GRADE_AGE - 1, place[0] + FIRST_GRADE_AGE)
        if not usual[0] - AGE_SLACK <= age <= usual[1] + AGE_SLACK:
            words = {"age": age, "grade": GRADES[place[0] - 1], "want": f"{usual[0]}–{usual[1]}"}
            faults.append((int(index), "birth_date", rules.AGE_AND_GRADE, words))
    return faults


# --- talks and other records -----------------------------------------------------------------------------------


def _copied_texts(view: _View) -> list[Fault]:
    """The same words about many children of a class, their own names apart."""
    talks = view.tables["talks"]
    texts = [
        "" if pd.isna(text) else str(text).replace("" if pd.isna(name) else str(name), "")
        for text, name in zip(talks.good("content"), talks.values["pupil"], strict=True)
    ]
    rows = talks.values[["file"]].assign(
        text=pd.Series(texts, talks.values.index, dtype="str"), child=view.merged.child_of["talks"]
    )
    rows = rows[(rows["child"] >= 0) & (rows["text"].str.len() >= COPIED_LENGTH)]
    counts = rows.groupby(["file", "text"])["child"].nunique()
    firsts = rows.drop_duplicates(["file", "text"])
    return [
        (index, "content", rules.COPIED_TEXT, {"count": int(counts[file, text])})
        for index, file, text in firsts[["file", "text"]].itertuples()
        if counts[file, text] > COPIED_CHILDREN
    ]


def _before_birth(key: str, column: str) -> Callable[[_View], list[Fault]]:
    def check(view: _View) -> list[Fault]:
        filled = view.tables[key]
        births = view.counting_pupils()["birth_date"]
        child = view.merged.pupil_child if key == "pupils" else view.merged.child_of[key]
        born = births.reindex(child).set_axis(child.index)
        early = filled.good(column) < born
        return [(i, column, rules.BEFORE_BIRTH, {"want": str(born.at[i].date())}) for i in filled.values.index[early]]

    return check


def _near_staff(key: str) -> Callable[[_View], list[Fault]]:
    """A name that is not on the staff list but nearly like one of it: a slip of the pen, told as a question."""

    def check(view: _View) -> list[Fault]:
        staff = sorted(set(view.tables["staff"].good("name").dropna()))
        names = view.tables[key].good(_TEACHERS[key]).dropna()
        nearest = Nearest(staff)
        near = {name: nearest.to(name) for name in set(names) - set(staff)}
        return [
            (index, _TEACHERS[key], rules.NEARLY_STAFF, {"want": near[name]})
            for index, name in names.items()
            if near.get(name)
        ]

    return check


# --- pairings --------------------------------------------------------------------------------------------------


def _left_behind_helpers(view: _View) -> list[Fault]:
    """A 学习帮手 is not left-behind himself (domain P1-1)."""
    pairings, pupils = view.tables["pairings"], view.counting_pupils()
    own = pupils[pupils["category"].isin(list(_LEFT_BEHIND))]
    named = {(g, n, name) for g, n, name in own[["grade", "number", "name"]].itertuples(index=False)}
    classmates = pairings.good("kind").eq(Pairing.CLASSMATE).fillna(False).astype(bool)
    helpers = pairings.good("helper")[classmates].dropna()
    files, children = pairings.values["file"], view.merged.child_of["pairings"]
    himself = pairings.good("pupil")
    return [
        (index, "helper", rules.HELPER_LEFT_BEHIND, {})
        for index, name in helpers.items()
        if (*view.place.get(int(files.at[index]), (0, 0)), name) in named
        and himself.at[index] != name
        and children.at[index] != NOBODY
    ]


def _busy_helpers(view: _View) -> list[Fault]:
    pairings = view.tables["pairings"]
    active = pairings.good("until").isna() & ~pairings.faulty["until"]
    rows = pd.DataFrame({key: pairings.good(key) for key in ("kind", "helper")})
    rows = rows.assign(child=view.merged.child_of["pairings"], file=pairings.values["file"])[active]
    rows = rows[rows["child"] >= 0].dropna()
    rows = rows.drop_duplicates(["kind", "helper", "file", "child"])
    keys = ["kind", "helper", "file"]
    counts = rows.groupby(keys)["child"].transform("size")
    limits = [HELPER_CHILDREN.get(kind, OTHER_HELPER_CHILDREN) for kind in rows["kind"]]
    most = pd.Series(limits, rows.index, dtype="int64")
    first_too_many = (counts > most) & rows.groupby(keys).cumcount().eq(most)
    return [
        (int(index), "helper", rules.HELPER_BUSY, {"count": int(counts.at[index]), "most": int(most.at[index])})
        for index in rows.index[first_too_many]
    ]


# --- the school workbook ---------------------------------------------------------------------------------------


def _declared_counts(view: _View) -> list[Fault]:
    """The counts of 班级一览 against the class's own 学生档案: children registered and still here, or 在册留守.

    A child whose 学生类别 or 学籍状态 is in error, or who left this month, may be counted or not.
    """
    classes, rows = view.tables["classes"], _registered(view)
    places = zip(classes.good("grade"), classes.good("number"), strict=True)
    said = {key: classes.good(key) for key in ("declared_lbc", "declared_potential", "pupils")}
    faults: list[Fault] = []
    for index, (grade, number) in zip(classes.values.index, places, strict=True):
        place = (0, 0) if pd.isna(grade) or pd.isna(number) else (GRADES.index(grade) + 1, int(number))
        if place not in view.handed_in:
            continue
        own = rows[(rows["grade"] == place[0]) & (rows["number"] == place[1])]
        for key, among in (("declared_lbc", _LEFT_BEHIND), ("declared_potential", _POTENTIAL)):
            declared, sure = said[key].at[index], own["category"].isin(list(among))
            least = int((sure & own["is_here"]).sum())
            most = int((sure | own["category"].isna()).sum())
            of_basis = view.left_behind.get(place) if key == "declared_lbc" else None
            if pd.notna(declared) and not least <= declared <= most and declared != of_basis:
                faults.append((index, key, rules.DECLARED_COUNT, {"want": least}))
        total, least = said["pupils"].at[index], int(own["is_here"].sum())
        if pd.notna(total) and int(total) < least:
            faults.append((index, "pupils", rules.DECLARED_COUNT, {"want": least}))
    return faults


def _registered(view: _View) -> pd.DataFrame:
    """Return category, class and whether surely here, of each child of each 学生档案 who did not leave before."""
    pupils = view.tables["pupils"]
    status, left = pupils.good("status"), pupils.good("status_on")
    is_here = status.isin(list(_PRESENT)).astype(bool)
    maybe = is_here | status.isna() | left.isna() | (left >= pd.Timestamp(view.first_day))
    places = [view.place.get(int(file), (0, 0)) for file in pupils.values["file"]]
    rows = pd.DataFrame(
        {
            "category": pupils.good("category"),
            "is_here": is_here,
            "child": view.merged.pupil_child,
            "grade": pd.Series([grade for grade, _ in places], pupils.values.index, dtype="int64"),
            "number": pd.Series([number for _, number in places], pupils.values.index, dtype="int64"),
        }
    )
    return rows[maybe].drop_duplicates(["grade", "number", "child"])


def _not_on_rosters(view: _View) -> list[Fault]:
    """A child of 应入学名册 who is said to be in this school stands in a class's 学生档案; only if all are here."""
    school_age, pupils = view.tables["school_age"], view.tables["pupils"]
    if not view.is_complete or pupils.faulty["name"].any():
        return []
    names, numbers = set(pupils.values["name"].dropna()), {n for n in citizen_numbers(pupils.values) if n}
    here = school_age.good("destination").eq(Destination.HERE).fillna(False).astype(bool)
    nearest = Nearest(names)
    faults: list[Fault] = []
    ids = school_age.good("id_card")
    for index, name in school_age.good("name")[here].dropna().items():
        if name not in names and (pd.isna(ids.at[index]) or ids.at[index] not in numbers):
            near = nearest.to(name)
            words = {"guess": rules.GUESS.format(name=near) if near else ""}
            faults.append((index, "name", rules.NOT_ON_ROSTERS, words))
    return faults


def _donation_sums(view: _View) -> list[Fault]:
    donations, classes = view.tables["donations"], view.tables["classes"]
    pupils = classes.good("pupils")
    school = int(pupils.sum()) if len(pupils) and pupils.notna().all() else None
    counts = pd.DataFrame({key: donations.good(key) for key in ("kind", "count", "beneficiaries", "names")})
    faults: list[Fault] = []
    for index, kind, count, people, names in counts.itertuples():
        if kind == INSURANCE and pd.notna(count) and pd.notna(people) and count != people:
            faults.append((index, "count", rules.POLICIES, {"want": int(people)}))
        if pd.notna(people) and school is not None and kind != INSURANCE and people > school:
            faults.append((index, "beneficiaries", rules.BENEFICIARIES, {"want": school}))
        listed = 0 if pd.isna(names) or names == ALL_PUPILS else len(set(str(names).split(rules.AND)))
        if pd.notna(people) and listed > people:
            faults.append((index, "names", rules.NAMES_AND_COUNT, {"count": listed, "want": int(people)}))
    return faults


Check = Callable[[_View], Sequence[Fault]]
_CHECKS: Mapping[str, tuple[Callable[[_View], list[Fault]], ...]] = {
    "pupils": (
        _age_and_grade,
        _before_birth("pupils", "joined_on"),
        _before_birth("pupils", "archived_on"),
        lambda view: status_differs(view.merged),
    ),
    "contacts": (_siblings_differ, _shared_phones),
    "pairings": (_before_birth("pairings", "since"), _left_behind_helpers, _busy_helpers),
    "talks": (_copied_texts, _before_birth("talks", "date")),
    "contacts_log": (_before_birth("contacts_log", "date"), _near_staff("contacts_log")),
    "activities": (_near_staff("activities"),),
    "plans": (_near_staff("plans"),),
    "services": (_before_birth("services", "date"),),
    "classes": (_declared_counts,),
    "school_age": (_not_on_rosters, lambda view: destination_differs(view.merged)),
    "school_activities": (_near_staff("school_activities"),),
    "donations": (_donation_sums,),
}
