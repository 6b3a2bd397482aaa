"""教师结对率, 学习帮手率, 爱心妈妈率, 重点结对率, 学习帮扶计划率, 结对检查率 (contract §5, §8.8)."""

from __future__ import annotations

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.measuring.counting import Counting, counts
from pipeline.measuring.pairs import MOTHERS, has_one
from pipeline.measuring.tally import Tally, Unit, per_child, units
from schemas.codes import YES, Pairing
from schemas.figures import AND, LACKS, TAINTED, UNSETTLED


@counts("teacher_paired")
def teacher_paired(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """教师结对率: an active 帮扶教师."""
    return _paired("teacher_paired", c, people, (Pairing.TEACHER,), over)


@counts("classmate_paired")
def classmate_paired(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """学习帮手率: an active 学习帮手."""
    return _paired("classmate_paired", c, people, (Pairing.CLASSMATE,), over)


@counts("mother_paired")
def mother_paired(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """爱心妈妈率: an active 爱心妈妈 or 爱心爸爸."""
    return _paired("mother_paired", c, people, MOTHERS, over)


def _paired(figure: str, c: Counting, people: pd.DataFrame, kinds: tuple[str, ...], over: str) -> Tally:
    return per_child(figure, people, has_one(people, c.pairs, kinds), LACKS[figure], over=over)


@counts("focus_paired")
def focus_paired(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """重点结对率: of those with 重点帮扶=是, an active 帮扶教师 and an active 代理家长."""
    focus = people[people["focus"].eq(YES)]
    teacher, parent = has_one(focus, c.pairs, (Pairing.TEACHER,)), has_one(focus, c.pairs, (Pairing.PARENT,))
    lacks = [
        AND.join(kind for kind, has in ((Pairing.TEACHER, t), (Pairing.PARENT, p)) if not has)
        for t, p in zip(teacher, parent, strict=True)
    ]
    words = pd.Series([LACKS["focus_paired"].format(detail=lack) for lack in lacks], focus.index, dtype="str")
    return per_child("focus_paired", focus, teacher & parent, words, over=over)


@counts("study_plan")
def study_plan(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """学习帮扶计划率: an active 帮扶教师 or 学习帮手 pairing with all three plan cells."""
    active = c.pairs.active
    planned = active[active["kind"].isin([Pairing.TEACHER, Pairing.CLASSMATE]) & active["has_plan"]]
    met = pd.Series(people.index.isin(planned["child"]), people.index)
    return per_child("study_plan", people, met, LACKS["study_plan"], over=over)


@counts("pairing_checked")
def pairing_checked(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """结对检查率: one unit an active pairing of A, or a pairing in error that may be active (contract §8.8, §8.20)."""
    of, place = c.pairs, c.places
    active = of.active[of.active["child"].isin(people.index)]
    whose = people.loc[active["child"], ["grade", "number", "is_tainted"]]
    told = zip(*(whose[key] for key in whose), *(active[key] for key in ("child", "is_checked", "kind")), strict=True)
    found: list[Unit] = []
    for grade, number, is_tainted, child, is_checked, kind in told:
        n = int(is_checked and not is_tainted)
        lack = TAINTED if is_tainted else LACKS["pairing_checked"].format(detail=kind)
        found.append((grade, number, child, n, 1, "" if n else lack))
    doubtful = of.doubtful[of.doubtful["child"].eq(NOBODY) | of.doubtful["child"].isin(people.index)]
    found += [
        (*place[file], child, 0, 1, UNSETTLED)
        for file, child in zip(doubtful["file"], doubtful["child"], strict=True)
        if file in place
    ]
    return units("pairing_checked", found, over)
