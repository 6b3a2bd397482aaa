"""Stage 4: judge each table by itself: its pandera schema, cells that others ask for, cells that contradict."""

from __future__ import annotations

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
        filled, notes = _birth_from_id(filled) if key == "pupils" else (filled, [])
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


def _birth_from_id(filled: Filled) -> tuple[Filled, list[Issue]]:
    """Fill an empty 出生日期 from a valid 身份证号 (contract §2, §8.7)."""
    numbers = filled.values["id_card"]
    empty = filled.values["birth_date"].isna() & ~filled.faulty["birth_date"] & is_citizen(numbers)
    if not empty.any():
        return filled, []
    days = {i: identity.birth_date(str(numbers.at[i])) for i in filled.values.index[empty]}
    births = filled.values["birth_date"].copy()
    for index, day in days.items():
        births.at[index] = pd.Timestamp(day) if day else pd.NaT
    values = filled.values.assign(birth_date=births)
    repaired = Filled(filled.table, values, filled.faulty, filled.raw, filled.positions, filled.titles)
    _, notes = mark(repaired, [(i, "birth_date", rules.BIRTH_FROM_ID, {"want": str(day)}) for i, day in days.items()])
    return repaired, notes
