"""Cells that another cell of their row asks for or contradicts: rules of one table by itself (contract §2, §8.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.children.people import is_citizen
from pipeline.filled import Fault, Filled
from pipeline.school_year import SchoolYear
from schemas import identity, rules
from schemas.codes import LACKS, Joined, Movement, Parent, Scope, Status
from schemas.kinds import mask_number


def _asked_for(
    key: str, asks: Callable[[Filled], pd.Series[bool]], by: str = ""
) -> Callable[[Filled, SchoolYear], list[Fault]]:
    """Return the rule that a cell is asked for. `by`: the key of the cell whose word asks, which is quoted."""

    def rule(filled: Filled, year: SchoolYear) -> list[Fault]:
        lacking = asks(filled) & filled.values[key].isna() & ~filled.faulty[key]
        told = {"column": filled.table.by_key[by].title} if by else {}
        return [
            (
                index,
                key,
                rules.MISSING_CONDITIONAL,
                {"because": rules.BECAUSE.format(value=filled.values.at[index, by], **told)} if by else {},
            )
            for index in filled.values.index[lacking]
        ]

    return rule


def _is(key: str, word: str) -> Callable[[Filled], pd.Series[bool]]:
    return lambda filled: filled.good(key).eq(word).fillna(False).astype(bool)


def _is_given_but(key: str, *words: str) -> Callable[[Filled], pd.Series[bool]]:
    return lambda filled: filled.good(key).notna() & ~filled.good(key).isin(list(words))


def _exactly_one_away(filled: Filled) -> pd.Series[bool]:
    both_known = filled.good("father_status").notna() & filled.good("mother_status").notna()
    one = _is("father_status", Parent.AWAY)(filled) ^ _is("mother_status", Parent.AWAY)(filled)
    return both_known & one


def _identity_given(filled: Filled, year: SchoolYear) -> list[Fault]:
    """学籍号、身份证号至少填一个; an unreadable one has its own error."""
    bare = filled.values["student_no"].isna() & filled.values["id_card"].isna()
    bare &= ~filled.faulty["student_no"] & ~filled.faulty["id_card"]
    return [(index, "student_no", rules.NO_IDENTITY, {}) for index in filled.values.index[bare]]


def _provisional_needs_student_no(filled: Filled, year: SchoolYear) -> list[Fault]:
    """An old 15-digit or 999… number stands only beside a 学籍号 of another kind (domain §6.6)."""
    numbers = filled.values["id_card"]
    lone = numbers.notna() & ~is_citizen(numbers) & filled.good("student_no").isna()
    return [(index, "id_card", rules.BAD_ID, {}) for index in filled.values.index[lone]]


def _id_against_birth(filled: Filled, year: SchoolYear) -> list[Fault]:
    """身份证号 against 出生日期: the error stands at 身份证号, the other stands (contract §8.6)."""
    numbers, births = filled.values["id_card"], filled.good("birth_date")
    differ = is_citizen(numbers) & births.notna() & numbers.str[6:14].ne(births.dt.strftime("%Y%m%d"))
    return [
        (
            index,
            "id_card",
            rules.ID_BIRTH,
            {"typed_other": str(births.at[index].date()), "want": str(identity.birth_date(str(numbers.at[index])))},
        )
        for index in filled.values.index[differ]
    ]


def _id_against_sex(filled: Filled, year: SchoolYear) -> list[Fault]:
    numbers, sexes = filled.values["id_card"], filled.good("sex")
    by_id = numbers.where(is_citizen(numbers)).map(lambda number: identity.sex(str(number)), na_action="ignore")
    differ = by_id.notna() & sexes.notna() & by_id.ne(sexes)
    return [
        (index, "id_card", rules.ID_SEX, {"typed_other": str(sexes.at[index]), "want": by_id.at[index]})
        for index in filled.values.index[differ]
    ]


def _g_number(filled: Filled, year: SchoolYear) -> list[Fault]:
    """A G number carries the 身份证号: the error stands at 学籍号."""
    numbers, student_nos = filled.values["id_card"], filled.values["student_no"]
    differ = student_nos.str.startswith("G").fillna(False).astype(bool) & is_citizen(numbers)
    differ &= student_nos.str[1:] != numbers
    wanted = {index: f"G{numbers.at[index]}" for index in filled.values.index[differ]}
    return [
        (index, "student_no", rules.G_NUMBER, {"want": mask_number(want), "own": {"want": want}})
        for index, want in wanted.items()
    ]


def _g_number_alone(filled: Filled, year: SchoolYear) -> list[Fault]:
    """A G number without an 身份证号 beside it can be held against nothing but its own check digit: told, counted."""
    alone = filled.good("student_no").where(filled.values["id_card"].isna() & ~filled.faulty["id_card"]).dropna()
    of_cards = alone[alone.str.startswith("G")].str[1:].astype(str)
    return [
        (index, "student_no", rules.G_DIGIT, {})
        for index, number in of_cards.items()
        if not (identity.is_well_formed(number) and identity.has_valid_check_digit(number))
        and not identity.is_provisional(number)
    ]


def _in_order(later: str, earlier: str) -> Callable[[Filled, SchoolYear], list[Fault]]:
    def rule(filled: Filled, year: SchoolYear) -> list[Fault]:
        wrong = filled.good(later) < filled.good(earlier)
        other = filled.table.by_key[earlier].title
        days = filled.values[earlier]
        return [
            (index, later, rules.DATE_ORDER, {"other": other, "want": str(days.at[index].date())})
            for index in filled.values.index[wrong]
        ]

    return rule


def _within_term(filled: Filled, year: SchoolYear) -> list[Fault]:
    """A row before the term is an error (not in holiday months); one of an earlier month is late (contract §8.2)."""
    days = filled.good("date")
    faults: list[Fault] = []
    if not year.is_holiday:
        early = filled.values.index[days < pd.Timestamp(year.term_start)]
        faults += [(index, "date", rules.BEFORE_TERM, {"want": str(year.term_start)}) for index in early]
    late = days < pd.Timestamp(year.month.first_day)
    late &= ~filled.values.index.isin([index for index, *_ in faults])
    return faults + [(index, "date", rules.LATE_RECORD, {}) for index in filled.values.index[late]]


CELL_RULES: Mapping[str, tuple[Callable[[Filled, SchoolYear], list[Fault]], ...]] = {
    "pupils": (
        _asked_for("father_away_since", _is("father_status", Parent.AWAY)),
        _asked_for("mother_away_since", _is("mother_status", Parent.AWAY)),
        _asked_for("home_parent_capable", _exactly_one_away),
        _asked_for("joined_on", _is_given_but("joined_how", Joined.FROM_START), "joined_how"),
        _asked_for("status_on", _is_given_but("status", Status.ENROLLED, Status.LEFT_UNSETTLED), "status"),
        _identity_given,
        _provisional_needs_student_no,
        _id_against_birth,
        _id_against_sex,
        _g_number,
        _g_number_alone,
    ),
    "movements": (_asked_for("old_number", _is("kind", Movement.CORRECTION)),),
    "pairings": (
        _asked_for("check_result", lambda filled: filled.good("checked_on").notna()),
        _in_order("until", "since"),
    ),
    "talks": (_within_term, _in_order("follow_up_on", "date")),
    "contacts_log": (_within_term,),
    "activities": (_within_term,),
    "growth": (_asked_for("triggered_on", _is_given_but("trigger", LACKS), "trigger"),),
    "plans": (_in_order("reviewed_on", "made_on"),),
    "school_activities": (
        _within_term,
        _asked_for("scope_of", _is_given_but("scope", Scope.SCHOOL), "scope"),
    ),
}
