"""结对帮扶: who helps whom, and how many."""

from __future__ import annotations

import pandas as pd

from pipeline.checks.across.view import View, across
from pipeline.children.roster import NOBODY
from pipeline.filled import Fault
from schemas import rules
from schemas.codes import LEFT_BEHIND, POTENTIAL, Pairing

HELPER_CHILDREN = {Pairing.CLASSMATE: 3, Pairing.TEACHER: 20}  # 一帮一 is the rule for classmates (domain P1-1, P4-8)
OTHER_HELPER_CHILDREN = 10


@across("pairings")
def left_behind_helpers(view: View, key: str) -> list[Fault]:
    """A 学习帮手 is not left-behind himself (domain P1-1), but where he helps a 潜能生 (P3-12)."""
    pairings, pupils = view.tables["pairings"], view.counting_pupils
    own = pupils[pupils["category"].isin(list(LEFT_BEHIND))]
    named = {(g, n, name) for g, n, name in own[["grade", "number", "name"]].itertuples(index=False)}
    classmates = pairings.good("kind").eq(Pairing.CLASSMATE).fillna(False).astype(bool)
    helpers = pairings.good("helper")[classmates].dropna()
    files, children = pairings.values["file"], view.merged.child_of["pairings"]
    himself = pairings.good("pupil")
    potential = set(pupils.index[pupils["category"].isin(list(POTENTIAL))])
    return [
        (index, "helper", rules.HELPER_LEFT_BEHIND, {})
        for index, name in helpers.items()
        if (*view.place.get(int(files.at[index]), (0, 0)), name) in named
        and himself.at[index] != name
        and children.at[index] not in {NOBODY, *potential}
    ]


@across("pairings")
def busy_helpers(view: View, key: str) -> list[Fault]:
    """A helper has no more children than he can help: told at the first of his that is too many."""
    pairings = view.tables["pairings"]
    is_open = pairings.good("until").isna() & ~pairings.faulty["until"]
    values = pairings.values
    cells = (pairings.good("kind"), pairings.good("helper"), values["file"], view.merged.child_of["pairings"])
    columns = (values.index, is_open, *cells)
    helped: dict[tuple[str, str, int], dict[int, int]] = {}
    for index, active, kind, helper, file, child in zip(*(column.tolist() for column in columns), strict=True):
        if active and child >= 0 and pd.notna(kind) and pd.notna(helper):
            helped.setdefault((kind, helper, file), {}).setdefault(child, index)
    faults: list[Fault] = []
    for (kind, *_), children in helped.items():
        most = HELPER_CHILDREN.get(kind, OTHER_HELPER_CHILDREN)
        if len(children) > most:
            rows = list(children.values())
            words = {"count": len(rows), "most": most, "names": rules.some_of(values["pupil"].loc[rows].dropna())}
            faults.append((rows[most], "helper", rules.HELPER_BUSY, words))
    return sorted(faults, key=lambda fault: fault[0])
