"""学校月报: its counts, names and sums against what the classes handed in."""

from __future__ import annotations

import pandas as pd

from pipeline.checks.across.view import View, across
from pipeline.children.nearest import Nearest
from pipeline.children.people import citizen_numbers
from pipeline.filled import Fault
from schemas import rules
from schemas.codes import ALL_PUPILS, GRADES, INSURANCE, LEFT_BEHIND, POTENTIAL, Destination, Status

_PRESENT = (Status.ENROLLED, Status.SUSPECTED_DROPOUT, Status.SUSPENDED)


@across("classes")
def declared_counts(view: View, key: str) -> list[Fault]:
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
        for key, among in (("declared_lbc", LEFT_BEHIND), ("declared_potential", POTENTIAL)):
            declared, sure = said[key].at[index], own["category"].isin(list(among))
            least = int((sure & own["is_here"]).sum())
            most = int((sure | own["category"].isna()).sum())
            of_basis = view.left_behind.get(place) if key == "declared_lbc" else None
            if pd.notna(declared) and not least <= declared <= most and declared != of_basis:
                faults.append((index, key, rules.DECLARED_COUNT, {"want": least}))
        total, least = said["pupils"].at[index], int(own["is_here"].sum())
        if pd.notna(total) and int(total) < least:
            faults.append((index, "pupils", rules.DECLARED_COUNT, {"want": least, "remedy": rules.DECLARED_TOTAL}))
    return faults


def _registered(view: View) -> pd.DataFrame:
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


@across("school_age")
def not_on_rosters(view: View, key: str) -> list[Fault]:
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
            words = {"guess": rules.guess_of(*nearest.all_to(name))}
            faults.append((index, "name", rules.NOT_ON_ROSTERS, words))
    return faults


@across("donations")
def donation_sums(view: View, key: str) -> list[Fault]:
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
