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
    pairings, pupils = view.tables["pairings"], view.counting_pupils()
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
    pairings = view.tables["pairings"]
    active = pairings.good("until").isna() & ~pairings.faulty["until"]
    rows = pd.DataFrame({key: pairings.good(key) for key in ("kind", "helper")}).assign(name=pairings.values["pupil"])
    rows = rows.assign(child=view.merged.child_of["pairings"], file=pairings.values["file"])[active]
    rows = rows[rows["child"] >= 0].dropna()
    rows = rows.drop_duplicates(["kind", "helper", "file", "child"])
    keys = ["kind", "helper", "file"]
    groups = rows.groupby(keys)
    counts, names = groups["child"].transform("size"), groups["name"].transform(rules.some_of)
    limits = [HELPER_CHILDREN.get(kind, OTHER_HELPER_CHILDREN) for kind in rows["kind"]]
    most = pd.Series(limits, rows.index, dtype="int64")
    first_too_many = (counts > most) & groups.cumcount().eq(most)
    told = {"count": counts, "most": most, "names": names}
    return [
        (int(index), "helper", rules.HELPER_BUSY, {word: own.at[index] for word, own in told.items()})
        for index in rows.index[first_too_many]
    ]
