"""勾稽关系: what must agree between and within the bureau's sheets, as rows that anyone can check by clicking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.publishing.book import Rows
from pipeline.publishing.cells import Calc, Cells, Ref, plain
from schemas import bureau_words as w
from schemas.bureau_layout import came, due_of, n_of, went
from schemas.codes import CHANGES_IN, CHANGES_OUT
from schemas.figures import FIGURES
from schemas.layouts import Layout

Refs = tuple[Ref, ...]
Side = tuple[Refs, Refs]  # what is added, what is taken off
Check = tuple[str, Side, Side]
Tables = Mapping[str, Rows]


def crossfoot_rows(layout: Layout, tables: Tables) -> Rows:
    """Return one row a relation whose cells a layout shows: left side, right side, difference, 平/不平."""
    checks = [*_heads(tables), *_figures(tables), *_balance(tables)]
    shown = [check for check in checks if all(layout.shows(ref.table, ref.column) for ref in _refs(check))]
    return relations([(words, _calc(left, tables), _calc(right, tables)) for words, left, right in shown])


def relations(checks: Sequence[tuple[str, Calc, Calc]]) -> Rows:
    """Return a row a relation of the table `crossfoot`: its words, left and right side, difference, 平/不平."""
    rows: list[Cells] = []
    for number, (words, left, right) in enumerate(checks):
        difference = int(left.value) - int(right.value)
        of = {key: Ref("crossfoot", number, key) for key in ("left", "right", "difference")}
        verdict = Calc(f'=IF({{0}}=0,"{w.BALANCED}","{w.UNBALANCED}")', (of["difference"],), balanced(difference))
        rows.append(
            {
                "number": number + 1,
                "relation": words,
                "left": left,
                "right": right,
                "difference": Calc("={0}-{1}", (of["left"], of["right"]), difference),
                "in_balance": verdict,
            }
        )
    return Rows(rows)


def balanced(difference: int) -> str:
    """Return 平 where nothing is left over."""
    return w.UNBALANCED if difference else w.BALANCED


def number_at(ref: Ref, tables: Tables) -> int:
    """Return the count in a cell; a class that has not handed in shows —, which is 0."""
    content = tables[ref.table]
    value = (*content.rows, *content.totals)[ref.row][ref.column]
    count = value if isinstance(value, tuple) else plain(value)
    return count if isinstance(count, int) else 0


def total_of(table: str, column: str, tables: Tables) -> Ref:
    """Return the cell of a column in the last row of a table: its total."""
    return Ref(table, len(tables[table].rows) + len(tables[table].totals) - 1, column)


def _refs(check: Check) -> Refs:
    _, *sides = check
    return tuple(ref for side in sides for own in side for ref in own)


def _calc(side: Side, tables: Tables) -> Calc:
    added, taken = side
    value = sum(number_at(ref, tables) for ref in added) - sum(number_at(ref, tables) for ref in taken)
    marks = [f"{{{place}}}" for place in range(len(added) + len(taken))]
    formula = "=N(" + ")+N(".join(marks[: len(added)]) + ")"
    formula += "".join(f"-N({mark})" for mark in marks[len(added) :])
    return Calc(formula, (*added, *taken), value)


def _heads(tables: Tables) -> Iterator[Check]:
    """Yield 在册留守 by sex and boarding, and the same counts on the sheets of classes and grades."""
    total = {key: total_of("classes", key, tables) for key in w.COUNT_COLUMNS}
    whole = ((total["in_l"],), ())
    yield w.FOOT_SEX, whole, ((total["is_male"], total["is_female"]), ())
    yield w.FOOT_BOARDING, whole, ((total["is_boarder"], total["is_day_pupil"]), ())
    for key, title in w.COUNT_COLUMNS.items():
        yield w.FOOT_SHEETS.format(title=title), ((total[key],), ()), ((total_of("grades", key, tables),), ())


def _figures(tables: Tables) -> Iterator[Check]:
    """Yield n and N of the class figures: 班级统计 against 目标达成, and 在册留守 as the denominator of 建档率."""
    row_of = {row["figure"]: number for number, row in enumerate(tables["targets"].rows)}
    for figure in FIGURES:
        if not figure.school_only:
            for key, part, column in ((n_of(figure.key), "done", w.DONE), (due_of(figure.key), "due", w.DUE)):
                left, right = total_of("classes", key, tables), Ref("targets", row_of[figure.title], part)
                yield w.FOOT_FIGURE.format(title=figure.title, part=column), ((left,), ()), ((right,), ())
    roll, due = (total_of("classes", key, tables) for key in ("in_l", due_of("archived")))
    yield w.FOOT_ARCHIVED, ((roll,), ()), ((due,), ())


def _balance(tables: Tables) -> Iterator[Check]:
    """Yield 上月在册 + 增加 − 减少 = 本月在册, and 本月在册 = 在册留守."""

    def total(key: str) -> Ref:
        return total_of("balance", key, tables)

    ins, outs = (tuple(map(total, map(of, kinds))) for of, kinds in ((came, CHANGES_IN), (went, CHANGES_OUT)))
    now = ((total("this_roll"),), ())
    yield w.FOOT_BALANCE, ((total("last_roll"), *ins), outs), now
    yield w.FOOT_ROLL, now, ((total_of("classes", "in_l", tables),), ())
