"""What people would check by hand across sheets and files: warnings only, nothing here changes a figure.

One small function a rule, in the module of its subject, listed by `@across(table, …)`; the rule itself, with its
example and what the tests plant, stands in `schemas/rules/across.py`. A group (a copied text, a busy helper) is told
once, where it begins to be odd.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.checks.across import cards, pairings, records, registers, status  # noqa: F401 — each lists its checks
from pipeline.checks.across.view import CHECKS, View
from pipeline.children.turnout import Turnout
from pipeline.filled import Tables, mark
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Place
from schemas import rules


def cross_check(
    merged: Merged, place: Mapping[int, Place], heads: pd.DataFrame, state: Turnout, month: Month
) -> list[Issue]:
    """Return a warning for everything that does not fit together across sheets, files and rows.

    `heads`: one row a class with `grade`, `number`, `in_l`.
    """
    left_behind = {(g, n): int(count) for g, n, count in heads[["grade", "number", "in_l"]].itertuples(index=False)}
    view = View(merged, place, left_behind, month.first_day, state.handed_in(), state.is_complete)
    issues: list[Issue] = []
    for key, check in CHECKS:
        issues += mark(merged.tables[key], check(view, key))[1]
    return issues


def unchecked(tables: Tables, *, has_school: bool, is_complete: bool) -> list[tuple[rules.Rule, str]]:
    """Return the rules that could not be checked this month, and why."""
    if not has_school:
        return [(rule, rules.WITHOUT_SCHOOL_WORKBOOK) for rule in rules.NEED_SCHOOL_WORKBOOK]
    if not len(tables["school_age"].values):
        return [(rules.NOT_ON_ROSTERS, rules.WITHOUT_SCHOOL_AGE)]
    return [] if is_complete else [(rules.NOT_ON_ROSTERS, rules.WITHOUT_ALL_CLASSES)]
