"""勾稽关系: what must agree between and within the bureau's sheets, as rows that anyone can check by clicking."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.publishing.book import Block, Out, Page
from pipeline.publishing.cells import Calc, Cell, Plain, Ref, plain
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.codes import CHANGES_IN, CHANGES_OUT
from schemas.figures import BY_KEY

Side = tuple[tuple[Ref, ...], tuple[Ref, ...]]  # what is added, what is taken off


def crossfoot_page(pages: tuple[Page, ...], line: str) -> Page:
    """Return one row a relation: left side, right side, difference, 平/不平. `pages`: the sheets it is about."""
    found = {page.name: page for page in pages}
    checks = [*_heads(found), *_figures(found), *_balance(found)]
    block = relations(
        Sheet.CROSSFOOT, [(words, _calc(left, found), _calc(right, found)) for words, left, right in checks]
    )
    return Page(Sheet.CROSSFOOT, Sheet.CROSSFOOT, line, (block,), (w.CROSSFOOT_NOTE,), is_landscape=False)


def relations(page: str, checks: Sequence[tuple[str, Calc, Calc]]) -> Block:
    """Return a row a relation: its words, left and right side, difference, 平/不平; the first table of `page`."""
    columns = (
        Out(w.NUMBER, "centred", 7),
        Out(w.RELATION, "wrapped", 64),
        Out(w.LEFT_SIDE, "count", 12),
        Out(w.RIGHT_SIDE, "count", 12),
        Out(w.DIFFERENCE, "count", 10),
        Out(w.IN_BALANCE, "verdict", 9),
    )
    rows: list[tuple[Cell, ...]] = []
    for number, (words, left, right) in enumerate(checks, start=1):
        difference = int(left.value) - int(right.value)
        here = [Ref(page, 0, number - 1, place) for place in (2, 3, 4)]
        rows.append(
            (
                number,
                words,
                left,
                right,
                Calc("={0}-{1}", (here[0], here[1]), difference),
                Calc(f'=IF({{0}}=0,"{w.BALANCED}","{w.UNBALANCED}")', (here[2],), _verdict(difference)),
            )
        )
    return Block(columns, rows, name="crossfoot")


def _verdict(difference: int) -> str:
    return w.UNBALANCED if difference else w.BALANCED


def _calc(side: Side, pages: dict[str, Page]) -> Calc:
    added, taken = side
    value = sum(_number(ref, pages) for ref in added) - sum(_number(ref, pages) for ref in taken)
    marks = [f"{{{place}}}" for place in range(len(added) + len(taken))]
    formula = "=N(" + ")+N(".join(marks[: len(added)]) + ")"
    formula += "".join(f"-N({mark})" for mark in marks[len(added) :])
    return Calc(formula, (*added, *taken), value)


def _number(ref: Ref, pages: dict[str, Page]) -> int:
    value: Plain = plain(pages[ref.page].blocks[ref.block].rows[ref.row][ref.column])
    return value if isinstance(value, int) else 0  # a class that has not handed in shows —


def _at(pages: dict[str, Page], page: str, row: int, title: str, block: int = 0) -> Ref:
    own = pages[page].blocks[block]
    place = next(at for at, column in enumerate(own.columns) if column.title == title)
    return Ref(page, block, row % len(own.rows), place)


Check = tuple[str, Side, Side]


def _heads(pages: dict[str, Page]) -> list[Check]:
    """在册留守 by sex and boarding, and the same counts on the sheets of classes and grades."""

    def total(title: str, page: str = Sheet.CLASSES) -> Ref:
        return _at(pages, page, -1, title)

    counts = w.COUNT_COLUMNS
    whole, male, female = (total(counts[key]) for key in ("in_l", "is_male", "is_female"))
    boarders, day_pupils = (total(counts[key]) for key in ("is_boarder", "is_day_pupil"))
    checks: list[Check] = [
        (w.FOOT_SEX, ((whole,), ()), ((male, female), ())),
        (w.FOOT_BOARDING, ((whole,), ()), ((boarders, day_pupils), ())),
    ]
    for title in counts.values():
        words = w.FOOT_SHEETS.format(title=title)
        checks.append((words, ((total(title),), ()), ((total(title, Sheet.GRADES),), ())))
    return checks


def _figures(pages: dict[str, Page]) -> list[Check]:
    """n and N of the class figures: 班级统计 against 目标达成, and 在册留守 as the denominator of 建档率."""
    targets = [row[0] for row in pages[Sheet.TARGETS].blocks[0].rows]
    checks: list[Check] = []
    for key in w.CLASS_FIGURES:
        title = BY_KEY[key].title
        row = targets.index(title)
        for suffix, column in (("n", w.DONE), ("N", w.DUE)):
            left = _at(pages, Sheet.CLASSES, -1, f"{title} {suffix}")
            right = _at(pages, Sheet.TARGETS, row, column)
            checks.append((w.FOOT_FIGURE.format(title=title, part=column), ((left,), ()), ((right,), ())))
    archived = BY_KEY["archived"].title
    roll = _at(pages, Sheet.CLASSES, -1, w.COUNT_COLUMNS["in_l"])
    due = _at(pages, Sheet.CLASSES, -1, f"{archived} N")
    return [*checks, (w.FOOT_ARCHIVED, ((roll,), ()), ((due,), ()))]


def _balance(pages: dict[str, Page]) -> list[Check]:
    """上月在册 + 增加 − 减少 = 本月在册, and 本月在册 = 在册留守."""

    def total(title: str) -> Ref:
        return _at(pages, Sheet.MOVEMENTS, -1, title)

    came = tuple(total(w.MORE.format(kind=kind)) for kind in CHANGES_IN)
    went = tuple(total(w.LESS.format(kind=kind)) for kind in CHANGES_OUT)
    roll = _at(pages, Sheet.CLASSES, -1, w.COUNT_COLUMNS["in_l"])
    return [
        (w.FOOT_BALANCE, ((total(w.LAST_ROLL), *came), went), ((total(w.THIS_ROLL),), ())),
        (w.FOOT_ROLL, ((total(w.THIS_ROLL),), ()), ((roll,), ())),
    ]
