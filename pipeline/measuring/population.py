"""Who is counted: the sets of contract §5, child by child, with the values read for cells in error."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.children.people import birth_dates
from pipeline.filled import Filled
from pipeline.merged import Merged
from pipeline.school_year import SchoolYear
from schemas.codes import BOARDER, DAY_PUPIL, HAS, LEFT_BEHIND, NO, POTENTIAL, YES, Category, Parent, Status
from schemas.figures import BASES, DECIDING
from schemas.policy import Policy

# A cell in error that decides who is counted is read as the value that keeps the child counted (contract §5).
_KEEPS_COUNTED = {
    "category": Category.BOTH,
    "father_status": Parent.AWAY,
    "mother_status": Parent.AWAY,
    "lives_with_parents": NO,
    "rural": YES,
    "status": Status.ENROLLED,
    "focus": YES,
}
assert set(_KEEPS_COUNTED) <= set(DECIDING)
_COLUMN_OF_BASIS = dict(zip(BASES, ("is_enrolment", "is_national_basis", "is_plan_basis"), strict=True))
_LISTED = (Status.ENROLLED, Status.SUSPENDED, Status.SUSPECTED_DROPOUT, Status.DROPOUT, Status.LEFT_UNSETTLED)
_CARED_FOR = (Status.ENROLLED, Status.SUSPECTED_DROPOUT)
_GONE_FOR_GOOD = (Status.LEFT_CONFIRMED, Status.DEAD)


def population(merged: Merged, year: SchoolYear, policy: Policy) -> pd.DataFrame:
    """Return one row per child (index: child id) with the sets that hold him.

    A cell in error is read twice: for the sets as what keeps the child counted, which no last valid value may undo;
    for the counts of kinds and columns as the last valid value of an earlier month, where there is one (contract §5).

    Sets are booleans: `in_l`, `in_a`, `in_q` (L, A, Q), `in_kept` (N of 巩固率), `is_double`, `is_single`,
    `is_national`, `is_planned` (counts over the listed statuses), `is_unmet` (categorised, not meeting the 口径);
    `is_tainted`: a deciding cell is in error, so he is in no n; `is_birth_told`: this month's row tells the birth.
    Dates: `joined_on`, `status_on`, `birth` (NaT unknown).
    """
    pupils = merged.tables["pupils"]
    rows = merged.children["row_index"]
    people = _read_values(pupils).loc[rows].set_axis(merged.children.index)
    where = {key: merged.children[key] for key in ("file", "row_index", "grade", "number")}
    people = people.assign(**where, is_birth_told=people["birth"].notna())
    people, shown = _with_known(people.assign(**_bases(people, year)), merged, year)
    meets = people[_COLUMN_OF_BASIS[policy.basis]]
    categorised = people["category"].isin(LEFT_BEHIND)
    listed = people["status"].isin(list(_LISTED))
    cared_for = people["status"].isin(list(_CARED_FOR))
    in_scope = categorised & meets
    counted = _is_listed(shown)
    return people.assign(
        in_l=in_scope & listed,
        in_a=in_scope & cared_for,
        in_q=people["category"].isin(POTENTIAL) & cared_for,
        in_kept=in_scope & ~people["status"].isin(list(_GONE_FOR_GOOD)),
        is_unmet=counted & ~shown[_COLUMN_OF_BASIS[policy.basis]] & ~(in_scope & listed),
        is_double=counted & shown["away_count"].eq(2) & shown["is_enrolment"],
        is_single=counted & shown["away_count"].eq(1) & shown["is_enrolment"],
        is_national=counted & shown["is_national_basis"],
        is_planned=counted & shown["is_plan_basis"],
        shown_boarding=shown["boarding"],
    )


def _is_listed(people: pd.DataFrame) -> pd.Series[bool]:
    return people["category"].isin(LEFT_BEHIND) & people["status"].isin(list(_LISTED))


def _with_known(people: pd.DataFrame, merged: Merged, year: SchoolYear) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the children with the birth dates that earlier months knew, and as `_as_last_known` reads them."""
    if not merged.known.notna().to_numpy().any():
        return people, people
    births = people["birth"].fillna(merged.known["birth_date"].astype(people["birth"].dtype))
    people = people.assign(birth=births)
    return people, _as_last_known(people, merged, year)


def _as_last_known(people: pd.DataFrame, merged: Merged, year: SchoolYear) -> pd.DataFrame:
    """Return the children with cells in error read as the last valid value of an earlier month, where there is one."""
    pupils, rows = merged.tables["pupils"], merged.children["row_index"]
    column_of = {key: key for key in (*_KEEPS_COUNTED, "boarding")}
    column_of |= {"home_parent_capable": "capable", "father_away_since": "father_since"}
    column_of |= {"mother_away_since": "mother_since"}
    read = {}
    for key, column in column_of.items():
        own = pupils.good(key).loc[rows].set_axis(people.index)
        last_known = own.fillna(merged.known[key].astype(own.dtype))
        read[column] = last_known.fillna(people[column])
    for parent in ("father", "mother"):  # a day beside a status that nobody knows says nothing of three months
        status = f"{parent}_status"
        is_unknown = pupils.good(status).loc[rows].set_axis(people.index).isna() & merged.known[status].isna()
        read[f"{parent}_since"] = read[f"{parent}_since"].mask(is_unknown, people[f"{parent}_since"])
    return people.assign(**read).pipe(lambda frame: frame.assign(**_bases(frame, year)))


def _read_values(pupils: Filled) -> pd.DataFrame:
    """Return the rows of 学生档案 with deciding cells in error read as what keeps the child counted."""
    read = {key: pupils.good(key).fillna(value) for key, value in _KEEPS_COUNTED.items()}
    joined, status_on = pupils.good("joined_on"), pupils.good("status_on")
    joining_unknown = pupils.faulty["joined_on"] | (pupils.good("joined_how").isna() & joined.isna())
    values: dict[str, Any] = {
        **read,
        "name": pupils.values["name"],
        "sex": pupils.good("sex"),
        "boarding": pupils.good("boarding"),
        "capable": pupils.good("home_parent_capable"),
        "birth": birth_dates(pupils),
        "joined_on": joined,
        "status_on": status_on,
        "is_joining_unknown": joining_unknown,
        "is_change_unknown": joining_unknown
        | pupils.faulty["status_on"]
        | (pupils.good("status").isna() & status_on.isna()),
        "is_tainted": pupils.any_wrong(DECIDING),
    }
    for parent in ("father", "mother"):
        status, since = f"{parent}_status", f"{parent}_away_since"
        unknown = pupils.faulty[status] | pupils.good(since).isna()
        values[f"{parent}_since"] = pupils.good(since).mask(unknown)
    return pd.DataFrame(values)


def _bases(people: pd.DataFrame, year: SchoolYear) -> dict[str, pd.Series[Any]]:
    """Return who meets each of the three 口径, and how many parents have been away for three months."""
    last = pd.Timestamp(year.month.last_day)
    away = {p: people[f"{p}_status"].eq(Parent.AWAY) for p in ("father", "mother")}
    long_since = {p: people[f"{p}_since"].isna() | _three_months_on(people[f"{p}_since"]).le(last) for p in away}
    away_now = {p: away[p] & (people[f"{p}_since"].isna() | people[f"{p}_since"].le(last)) for p in away}
    long_away = {p: away[p] & long_since[p] for p in away}
    away_count = long_away["father"].astype(int) + long_away["mother"].astype(int)
    apart = people["lives_with_parents"].eq(NO)
    rural = people["rural"].eq(YES)
    exactly_one = away["father"] ^ away["mother"]
    incapable = exactly_one & ~people["capable"].eq(HAS) & (away_now["father"] | away_now["mother"])
    return {
        "away_count": away_count,
        "is_enrolment": away_count.gt(0) & apart & people["grade"].between(1, 9),
        "is_national_basis": rural & _under_16(people["birth"], last) & apart
        & ((away_now["father"] & away_now["mother"]) | incapable),
        "is_plan_basis": rural & away_count.eq(2) & apart,
    }  # fmt: skip


def _three_months_on(days: pd.Series[Any]) -> pd.Series[Any]:
    """Return each day three calendar months later (30 November → 28 February)."""
    return days + pd.DateOffset(months=3)


def _under_16(births: pd.Series[Any], last: pd.Timestamp) -> pd.Series[bool]:
    """Tell who is not sixteen on the last day; a child without any valid birth date counts as under."""
    return births.isna() | (births + pd.DateOffset(years=16)).gt(last)


def is_boarder(people: pd.DataFrame) -> pd.Series[bool]:
    """Tell who owes boarders' duties: an unknown 就读方式 owes both kinds."""
    return people["boarding"].eq(BOARDER) | people["boarding"].isna()


def is_day_pupil(people: pd.DataFrame) -> pd.Series[bool]:
    """Tell who owes day pupils' duties: an unknown 就读方式 owes both kinds."""
    return people["boarding"].eq(DAY_PUPIL) | people["boarding"].isna()
