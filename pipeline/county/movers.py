"""Who changed school inside the county: children whose number stands in the rosters of two schools in one month."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.months.elsewhere import AT_SCHOOL, Elsewhere, numbers_of
from schemas.folders import RUN_FILE

_PUPILS, _COLUMNS = "pupils.parquet", ["id_card", "student_no", "status"]


def shared_numbers(schools: Mapping[str, AbstractContextManager[Path]]) -> dict[str, Elsewhere]:
    """Return, for each school, the numbers in its roster that another school has at school → that school's name.

    `schools`: the name of each school's folder → what gives its data of the month. One without data shares nothing;
    two folders of one school are not two schools.
    """
    rosters, at = {}, dict[str, list[tuple[str, str]]]()
    for key, given in schools.items():
        with given as folder:
            read = _read(folder)
        if read is None:
            continue
        code, name, numbers = read
        rosters[key] = (code, frozenset(numbers) - {""})
        for number in sorted(set(numbers[numbers.index.isin(AT_SCHOOL)]) - {""}):
            at.setdefault(number, []).append((code, name))
    found: dict[str, Elsewhere] = {key: {} for key in schools}
    for key, (code, own) in rosters.items():
        others = ((number, [name for other, name in at.get(number, ()) if other != code]) for number in sorted(own))
        found[key] = {number: names[0] for number, names in others if names}
    return found


def _read(folder: Path) -> tuple[str, str, pd.Series[str]] | None:
    """Return a school's code, its name and its children's numbers by 学籍状态; None where there are none to read."""
    try:
        facts = json.loads((folder / RUN_FILE).read_text("utf-8"))
        values = pd.read_parquet(folder / _PUPILS, columns=_COLUMNS)
        names = str(facts["school_code"]), str(facts["school_name"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None  # not worked out yet, or damaged: then it is worked out anew, and asked again
    return *names, pd.Series(numbers_of(values), values["status"].fillna(""), dtype="str")
