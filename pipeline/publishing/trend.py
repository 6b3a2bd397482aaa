"""上月 and 变化, 在册变动: the month beside those before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from pipeline.model import Place
from pipeline.months.snapshots import MEASURES, Snapshot
from pipeline.publishing.balance import Balance, balances, beside_classes
from pipeline.publishing.book import Page, Rows, page_of
from pipeline.publishing.cells import Calc, Cells, Ref, Sum
from pipeline.publishing.counts import Counts
from pipeline.result import Result
from pipeline.rounding import share_value
from schemas import bureau_words as w
from schemas.bureau_layout import came, went
from schemas.class_names import class_text
from schemas.codes import CHANGES_IN, CHANGES_OUT, DASH, GRADES, MOVEMENTS_IN
from schemas.figures import FIGURES
from schemas.school_layout import MOVES
from schemas.verdicts import State

Key = tuple[str, int, int, str]  # level, grade, class, figure


def measures_of(snapshot: Snapshot) -> dict[Key, tuple[int, int]]:
    """Return (level, grade, class, figure) → (n, N) over L."""
    frame = snapshot.frames[MEASURES]
    frame = frame[frame["over"].eq("L")]
    return {
        (level, int(grade), int(number), figure): (int(n), int(total))
        for level, grade, number, figure, n, total in frame[
            ["level", "grade", "number", "figure", "n", "N"]
        ].itertuples(index=False)
    }


def last_month(result: Result) -> dict[str, tuple[int, int]]:
    """Return figure → (n, N) of the school in the latest earlier month of the 学年."""
    if not result.history.snapshots:
        return {}
    found = measures_of(result.history.snapshots[0])
    return {figure: share for (level, _, _, figure), share in found.items() if level == "school"}


Pair = tuple[tuple[int, int], tuple[int, int]]  # (n, N) now, and last month


def like_for_like(result: Result) -> dict[str, Pair]:
    """Return figure → its (n, N) now and last month, both over the classes that handed in in both (contract §5).

    A figure of the school alone is taken as it is; so are all where the classes are the same.
    """
    if not result.history.snapshots:
        return {}
    before, counts = measures_of(result.history.snapshots[0]), Counts(result)
    places = result.turnout.handed_in() & set(result.history.snapshots[0].classes.values())
    is_alike = not _compared_apart(result)
    found: dict[str, Pair] = {}
    for figure in FIGURES:
        if figure.school_only or is_alike:
            found[figure.key] = counts.school(figure.key), before.get(("school", 0, 0, figure.key), (0, 0))
            continue
        now = _sum(counts.of_class(place, figure.key) for place in places)
        found[figure.key] = now, _sum(before.get(("class", *place, figure.key), (0, 0)) for place in places)
    return found


def _sum(shares: Iterable[tuple[int, int]]) -> tuple[int, int]:
    own = list(shares)
    return sum(n for n, _ in own), sum(total for _, total in own)


def _compared_apart(result: Result) -> list[Place]:
    """Return the classes that handed in in one of the two months alone."""
    return sorted(set(result.turnout.handed_in()) ^ set(result.history.snapshots[0].classes.values()))


def change(now: tuple[int, int], before: tuple[int, int]) -> str:
    """Return the difference of two rates as printed, in percentage points: +1.20; — where one has no denominator."""
    one, other = share_value(*now), share_value(*before)
    if one is None or other is None:
        return DASH
    return f"{(one - other) * 100:+.2f}" if one != other else "0.00"


def compared_with(result: Result) -> tuple[str, ...]:
    """Say which month 上月 is, and which months of the 学年 are not there."""
    told = []
    if result.history.snapshots and result.history.snapshots[0].month != result.month.before:
        told.append(w.LAST_IS.format(month=result.history.snapshots[0].month))
    apart = _compared_apart(result) if result.history.snapshots else []
    if apart:
        told.append(w.NOT_COMPARED.format(names=w.AND.join(map(class_text, apart))))
    lacking = [m for m in result.history.missing if m not in result.history.damaged and _is_taught(result, m)]
    if lacking:
        told.append(w.MONTHS_MISSING.format(months=w.AND.join(lacking)))
    if result.history.damaged:
        told.append(w.MONTHS_DAMAGED.format(months=w.AND.join(result.history.damaged)))
    if result.history.outdated:
        told.append(w.MONTHS_OUTDATED.format(months=w.AND.join(result.history.outdated)))
    return tuple(told)


def _is_taught(result: Result, month: str) -> bool:
    return int(month[-2:]) in result.policy.teaching_months


# --- 在册变动 ------------------------------------------------------------------------------------------------------


def balance_rows(result: Result) -> Rows:
    """Return 上月在册 + 增加 − 减少 = 本月在册, class by class, with its proof."""
    found = {balance.place: balance for balance in balances(result)}
    rows: list[Cells] = []
    for c in result.turnout.classes:
        label: Cells = {"grade": GRADES[c.place[0] - 1], "class": c.place[1]}
        balance = found.get(c.place)
        if c.state != State.HANDED_IN or balance is None:
            rows.append({**dict.fromkeys((*_COUNTED, "in_balance"), DASH), **label})
        else:
            rows.append({**label, **_counts(balance), "in_balance": _proof(len(rows), balance.difference)})
    others = beside_classes(result)
    for balance in others:
        label = {"grade": GRADES[balance.place[0] - 1], "class": balance.label}
        rows.append({**label, **_counts(balance), "in_balance": _proof(len(rows), balance.difference)})
    every = [*found.values(), *others]
    counts = [_counts(balance) for balance in every]
    sums = {key: sum(count[key] for count in counts) for key in _COUNTED}
    difference = sum(balance.difference for balance in every)
    total: Cells = {"grade": w.TOTAL, "class": "", "in_balance": _proof(len(rows), difference)}
    return Rows(rows, [total | {key: Sum(count) for key, count in sums.items()}])


_CAME = {came(kind): kind for kind in CHANGES_IN}
_WENT = {went(kind): kind for kind in CHANGES_OUT}
_COUNTED = ("last_roll", *_CAME, *_WENT, "this_roll")


def _counts(balance: Balance) -> dict[str, int]:
    moved = {key: balance.count(kind) for key, kind in (*_CAME.items(), *_WENT.items())}
    return {"last_roll": balance.before, **moved, "this_roll": balance.after}


def _proof(row: int, difference: int) -> Calc:
    """Return 平 or 不平 of a row, worked out from 上月在册, what was added, what was taken off, and 本月在册."""
    last, now = (Ref("balance", row, key) for key in ("last_roll", "this_roll"))
    ins, outs = (tuple(Ref("balance", row, key) for key in keys) for keys in (_CAME, _WENT))
    formula = f'=IF({{0}}+SUM({{1}})-SUM({{2}})-{{3}}=0,"{w.BALANCED}","{w.UNBALANCED}")'
    return Calc(formula, (last, ins, outs, now), w.UNBALANCED if difference else w.BALANCED)


def moves_page(result: Result, line: str) -> Page:
    """Return who came and who went, by name, and whether 学籍异动 says so. School-only. `line`: below its heading."""
    movements = result.merged.tables["movements"]
    over_year = [movements, *(snapshot.filled("movements") for snapshot in result.history.snapshots)]
    names = {str(name) for filled in over_year for name in filled.good("pupil").dropna()}
    rows: list[Cells] = []
    for balance in [*balances(result), *beside_classes(result)]:
        for move in balance.moves:
            is_needed = move.kind in w.TO_BE_REGISTERED
            told = DASH if not is_needed else w.REGISTERED if move.name in names else w.NOT_REGISTERED
            sign = w.CAME if move.kind in CHANGES_IN else w.WENT
            label: Cells = {"grade": GRADES[balance.place[0] - 1], "class": balance.label or balance.place[1]}
            if move.kind != w.FIRST_TIME:
                rows.append({**label, "pupil": move.name, "sign": sign, "kind": move.kind, "registered": told})
    moved = {str(row["pupil"]) for row in rows if row["sign"] == w.CAME}
    rows += [row for row in _registered_apart(result) if row["pupil"] not in moved]
    return page_of(MOVES, {"moves": Rows(rows)}, line, (w.MOVES_NOTE,))


def _registered_apart(result: Result) -> Iterator[Cells]:
    """Yield those who came in by 学籍异动 of this month, and whether a roster of this month holds them."""
    movements, pupils = result.merged.tables["movements"], result.merged.tables["pupils"]
    here = set(pupils.values.loc[pupils.is_own, "name"].dropna())
    handed_in = {class_text(place) for place in result.turnout.handed_in()}
    cells = (movements.good(key) for key in ("pupil", "kind", "class_name"))
    for name, kind, class_name in sorted(set(zip(*cells, strict=True)), key=str):
        if pd.notna(name) and kind in MOVEMENTS_IN:
            is_due = pd.isna(class_name) or class_name in handed_in
            told = w.ON_ROLL if name in here else w.NOT_ON_ROLL if is_due else w.CLASS_NOT_IN
            label = {"grade": DASH, "class": class_name if pd.notna(class_name) else DASH, "pupil": str(name)}
            yield {**label, "sign": w.CAME, "kind": str(kind), "registered": told}
