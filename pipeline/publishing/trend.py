"""上月 and 变化, 学年走势, 在册变动, and what changed since the last run: the month beside those before it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.months.snapshots import MEASURES, Snapshot
from pipeline.publishing.balance import Balance, balances
from pipeline.publishing.book import Block, Chart, Out, Page
from pipeline.publishing.cells import Calc, Cell, Ref, Sum
from pipeline.publishing.counts import Counts
from pipeline.result import Result
from pipeline.rounding import percent, share_value
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.class_names import class_text
from schemas.codes import CHANGES_IN, CHANGES_OUT, DASH, GRADES, MOVEMENTS_IN
from schemas.figures import BY_KEY, FIGURES
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


def balance_block(result: Result) -> Block:
    """Return 上月在册 + 增加 − 减少 = 本月在册, class by class, with its proof."""
    found = {balance.place: balance for balance in balances(result)}
    columns = (
        Out(w.GRADE, "centred", 10),
        Out(w.CLASS, "centred", 8),
        Out(w.LAST_ROLL, "count", 9),
        *(Out(w.MORE.format(kind=kind), "count", 8) for kind in CHANGES_IN),
        *(Out(w.LESS.format(kind=kind), "count", 8) for kind in CHANGES_OUT),
        Out(w.THIS_ROLL, "count", 9),
        Out(w.IN_BALANCE, "centred", 8),
    )
    rows: list[tuple[Cell, ...]] = []
    for c in result.turnout.classes:
        label = (GRADES[c.place[0] - 1], c.place[1])
        balance = found.get(c.place)
        if c.state != State.HANDED_IN or balance is None:
            rows.append((*label, *([DASH] * (len(columns) - len(label)))))
        else:
            proof = Calc(_balance_formula(), _row_refs(len(rows)), _verdict(balance.difference))
            rows.append((*label, *_counts(balance), proof))
    sums = [sum(cells) for cells in zip(*(_counts(balance) for balance in found.values()), strict=True)]
    sums = sums or [0] * (len(columns) - 3)
    came, went = sums[1 : 1 + len(CHANGES_IN)], sums[1 + len(CHANGES_IN) : -1]
    whole = Calc(_balance_formula(), _row_refs(len(rows)), _verdict(sums[0] + sum(came) - sum(went) - sums[-1]))
    rows.append((w.TOTAL, "", *(Sum(total) for total in sums), whole))
    return Block(columns, rows, w.BALANCE_HEADING, total_count=1, name="balance")


def _balance_formula() -> str:
    return f'=IF({{0}}+SUM({{1}}:{{2}})-SUM({{3}}:{{4}})-{{5}}=0,"{w.BALANCED}","{w.UNBALANCED}")'


def _row_refs(row: int) -> tuple[Ref, ...]:
    """Return 上月在册, the first and last of 增加, the first and last of 减少, and 本月在册 of a row."""
    first_out = 3 + len(CHANGES_IN)
    places = (2, 3, first_out - 1, first_out, first_out + len(CHANGES_OUT) - 1, first_out + len(CHANGES_OUT))
    return tuple(Ref(Sheet.MOVEMENTS, 0, row, place) for place in places)


def _counts(balance: Balance) -> list[int]:
    kinds = [balance.count(kind) for kind in (*CHANGES_IN, *CHANGES_OUT)]
    return [balance.before, *kinds, balance.after]


def _verdict(difference: int) -> str:
    return w.BALANCED if difference == 0 else w.UNBALANCED


def moves_page(result: Result) -> Page:
    """Return who came and who went, by name, and whether 学籍异动 says so. School-only."""
    movements = result.merged.tables["movements"]
    registered = set(zip(movements.good("pupil"), movements.good("kind"), strict=True))
    names = {name for name, _ in registered}
    rows: list[tuple[Cell, ...]] = []
    for balance in balances(result):
        label = (GRADES[balance.place[0] - 1], balance.place[1])
        for move in balance.moves:
            is_needed = move.kind in w.TO_BE_REGISTERED
            told = DASH if not is_needed else w.REGISTERED if move.name in names else w.NOT_REGISTERED
            rows.append((*label, move.name, w.CAME if move.kind in CHANGES_IN else w.WENT, move.kind, told))
    rows = [row for row in rows if row[4] != w.FIRST_TIME]
    columns = tuple(Out(t, "centred", x) for t, x in zip(w.MOVES_COLUMNS, (10, 8, 14, 10, 14, 20), strict=True))
    on_roster = {str(row[2]) for row in rows if row[3] == w.CAME}
    unseen = [
        (DASH, DASH, str(name), w.CAME, str(kind), w.NOT_ON_ROLL)
        for name, kind in sorted({pair for pair in registered if pair[1] in MOVEMENTS_IN}, key=str)
        if not pd.isna(name) and str(name) not in on_roster
    ]
    notes = (w.MOVES_NOTE,)
    return Page(Sheet.MOVES, Sheet.MOVES, "", (Block(columns, [*rows, *unseen]),), notes, is_landscape=False)


# --- 学年走势 ------------------------------------------------------------------------------------------------------


def trend_page(result: Result) -> Page:
    """Return the school's figures and each class's over the months of the 学年, with a chart of each table."""
    counts = Counts(result)
    months = [*reversed(result.history.snapshots)]
    past = [measures_of(snapshot) for snapshot in months]
    heads = [*(str(snapshot.month) for snapshot in months), str(result.month)]
    columns = (Out(w.FIGURE, "text", 20), *(Out(head, "share", 11) for head in heads))
    school: list[tuple[Cell, ...]] = []
    for figure in FIGURES:
        shares = [found.get(("school", 0, 0, figure.key), (0, 0)) for found in past] + [counts.school(figure.key)]
        school.append((figure.title, *_cells(shares)))
    by_class: list[tuple[Cell, ...]] = []
    titles = (Out(w.CLASS_AND_FIGURE, "text", 20), *columns[1:])
    for c in result.turnout.classes:
        for key in w.CLASS_FIGURES:
            shares = [found.get(("class", *c.place, key), (0, 0)) for found in past] + [counts.of_class(c.place, key)]
            by_class.append((f"{class_text(c.place)} {BY_KEY[key].title}", *_cells(shares)))
    shown = [place for place, figure in enumerate(FIGURES) if figure.key in w.TREND_FIGURES]
    chart = Chart(w.TREND_CHART, w.TREND_ALT.format(months=w.AND.join(heads)), rows=tuple(shown), is_share=True)
    scores = _scores_block(result, heads)
    return Page(
        Sheet.TREND,
        Sheet.TREND,
        "",
        (Block(columns, school, w.TREND_SCHOOL), scores, Block(titles, by_class, w.TREND_CLASSES)),
        compared_with(result),
        charts=(chart,) if months else (),  # one month is no line
        is_landscape=False,
    )


def _cells(shares: list[tuple[int, int]]) -> tuple[Cell, ...]:
    values: list[Decimal | None] = [share_value(*share) for share in shares]
    return tuple(DASH if value is None else value for value in values)


def _scores_block(result: Result, heads: list[str]) -> Block:
    """Return one row a class: its total score month by month."""
    from pipeline.scoring.standings import standings_of
    from schemas.codes import TARGET_CLASS

    months = [result.history.standings.get(head, {}) for head in heads[:-1]] + [
        standings_of(result.scores, result.teacher_scores)
    ]
    columns = (Out(w.CLASS, "text", 20), *(Out(head, "score", 11) for head in heads))
    rows: list[tuple[Cell, ...]] = []
    for c in result.turnout.classes:
        found = [month.get((TARGET_CLASS, class_text(c.place))) for month in months]
        rows.append((class_text(c.place), *(DASH if one is None else one.total for one in found)))
    return Block(columns, rows, w.TREND_SCORES)


# --- since the last run ----------------------------------------------------------------------------------------------


def again_page(result: Result, previous: Mapping[str, Any]) -> Page:
    """Return what changed since the last run of this month on other files: files, rows, figures."""
    then = {file["name"]: file["sha256"] for file in previous.get("files") or ()}
    now = {s.file.name: s.file.sha256 for s in result.submissions}
    files: list[tuple[Cell, ...]] = [
        (name, w.FILE_NEW if name not in then else w.FILE_GONE if name not in now else w.FILE_CHANGED)
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]
    rows_then: Mapping[str, int] = previous.get("rows") or {}
    rows: list[tuple[Cell, ...]] = []
    for key, filled in result.merged.tables.items():
        before, after = int(rows_then.get(key, 0)), int(filled.is_own.sum())
        if before != after:
            rows.append((filled.table.title, before, after, after - before))
    counts, figures_then = Counts(result), previous.get("figures") or {}
    figures: list[tuple[Cell, ...]] = []
    for figure in FIGURES:
        share = counts.school(figure.key)
        before_n, before_total = figures_then.get(figure.key, (0, 0))
        if (before_n, before_total) != share:
            shown = [f"{percent(n, total)}（{n}/{total}）" for n, total in ((before_n, before_total), share)]
            figures.append((figure.title, *shown, change(share, (before_n, before_total))))
    blocks = (
        Block((Out(w.FILE, "text", 40), Out(w.WHAT, "centred", 20)), files, w.AGAIN_FILES),
        _compared(w.SHEET_TITLE, rows, w.AGAIN_ROWS),
        _compared(w.FIGURE, figures, w.AGAIN_FIGURES),
    )
    return Page(Sheet.AGAIN, Sheet.AGAIN, "", blocks, is_landscape=False)


def _compared(title: str, rows: list[tuple[Cell, ...]], heading: str) -> Block:
    columns = (
        Out(title, "text", 40),
        Out(w.BEFORE, "centred", 20),
        Out(w.NOW, "centred", 20),
        Out(w.CHANGE, "centred", 12),
    )
    return Block(columns, rows, heading)
