"""Stage 4: judge each table by itself: its pandera schema, cells that others ask for, cells that contradict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from pipeline.checks.cells import CELL_RULES
from pipeline.children.people import is_citizen
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.model import Issue
from pipeline.school_year import SchoolYear
from schemas import identity, rules
from schemas.checks import failures
from schemas.kinds import EARLIEST_DAY


def validate(tables: Tables, year: SchoolYear) -> tuple[dict[str, Filled], list[Issue]]:
    """Return the tables with every cell in error marked, and the issues. At most one error a cell, the first found."""
    judged, issues = {}, []
    for key, filled in tables.items():
        filled, notes = _from_id(filled, year.month.last_day) if key == "pupils" else (filled, [])
        filled, found = mark(filled, _listed_faults(filled, year.month.last_day))
        for rule in CELL_RULES.get(key, ()) if len(filled.values) else ():
            filled, more = mark(filled, rule(filled, year))
            found += more
        judged[key] = filled
        issues += notes + found
    return judged, issues


def _listed_faults(filled: Filled, last_day: date) -> list[Fault]:
    """Return what the table's pandera schema does not accept, with what each sentence quotes."""
    wants = {rules.AFTER_MONTH_END: last_day.isoformat(), rules.TOO_EARLY: EARLIEST_DAY.isoformat()}
    found = failures(filled.table, filled.values, last_day)
    return [(index, key, rule, {"want": wants[rule]} if rule in wants else {}) for index, key, rule in found]


def _from_id(filled: Filled, last_day: date) -> tuple[Filled, list[Issue]]:
    """Fill an empty 出生日期 or 性别 from an 身份证号 without an error of its own (contract §2, §8.7).

    A day that can be nobody's birth has an error of its own and speaks against no number.
    """
    numbers, births, sexes = (filled.values[key] for key in ("id_card", "birth_date", "sex"))
    empty = {key: filled.values[key].isna() & ~filled.faulty[key] for key in ("birth_date", "sex")}
    asked = numbers[(empty["birth_date"] | empty["sex"]) & is_citizen(numbers)]
    if asked.empty:
        return filled, []
    born, told = births.copy(), sexes.copy()
    births = births.where(births.between(pd.Timestamp(EARLIEST_DAY), pd.Timestamp(last_day)))
    faults: list[Fault] = []
    for index, number in asked.items():
        day, sex = pd.Timestamp(identity.birth_date(str(number))), identity.sex(str(number))
        if (pd.isna(births.at[index]) or births.at[index] == day) and (
            pd.isna(sexes.at[index]) or sexes.at[index] == sex
        ):
            if empty["birth_date"].at[index]:
                born.at[index] = day
                faults.append((int(str(index)), "birth_date", rules.BIRTH_FROM_ID, {"want": str(day.date())}))
            if empty["sex"].at[index]:
                told.at[index] = sex
                faults.append((int(str(index)), "sex", rules.SEX_FROM_ID, {"want": sex}))
    repaired = replace(filled, values=filled.values.assign(birth_date=born, sex=told))
    return mark(repaired, faults)
