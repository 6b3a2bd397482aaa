"""勾稽 of a district: what is printed against what the schools' own rows add up to, as formulas to click on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.county.district import District
from pipeline.publishing.book import Block, Out, Page
from pipeline.publishing.cells import Calc, Cell, Ref, plain
from pipeline.publishing.crossfoot import relations
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.county_words import Sheet

Check = tuple[str, Calc, Calc]


def proof_page(district: District, targets: Page, sums: tuple[Page, Page], data: Page, line: str) -> Page:
    """Return 勾稽: district = Σ schools, towns = schools, and how each school's own printed totals foot.

    `sums`: the sheets of towns and of schools.
    """
    block = relations(Sheet.CROSSFOOT, [*_figures(targets, data), *_towns(*sums)])
    own: list[tuple[Cell, ...]] = [
        ("", s.name, s.count(w.UNBALANCED), "", "", w.NOT_BALANCED if s.count(w.UNBALANCED) else w.BALANCED)
        for s in district.done
    ]
    heads = ("", w.NAME, w.RELATION_COUNT, "", "", w.IN_BALANCE)
    columns = tuple(Out(title, of.role, of.width) for title, of in zip(heads, block.columns, strict=True))
    blocks = (block, Block(columns, own, w.BY_SCHOOL))
    return Page(Sheet.CROSSFOOT, Sheet.CROSSFOOT, line, blocks, (w.PROOF_SCHOOLS,), is_landscape=False)


def _figures(targets: Page, data: Page) -> Iterator[Check]:
    """Yield n and N of every figure: 目标达成 against the sum over 学校数据."""
    (printed,), (rows,) = targets.blocks, data.blocks
    titles = [column.title for column in rows.columns]
    places = [column.title for column in printed.columns]
    last = max(len(rows.rows) - 1, 0)
    for at, row in enumerate(printed.rows):
        for part, word in ((w.DONE_OF, b.DONE), (w.DUE_OF, b.DUE)):
            column, place = titles.index(part.format(title=row[0])), places.index(word)
            total = sum(_number(own[column]) for own in rows.rows)
            left = Calc("=N({0})", (Ref(Sheet.TARGETS, 0, at, place),), _number(row[place]))
            span = (Ref(Sheet.DATA, 0, 0, column), Ref(Sheet.DATA, 0, last, column))
            yield w.PROOF_FIGURE.format(title=row[0], part=word), left, Calc("=SUM({0}:{1})", span, total)


def _towns(towns: Page, schools: Page) -> Iterator[Check]:
    """Yield the totals that the sheets of towns and of schools share."""
    for block, (one, other) in enumerate(zip(towns.blocks, schools.blocks, strict=True)):
        titles = [column.title for column in other.columns]
        for place, column in enumerate(one.columns):
            if column.role == "count" and column.title in titles:
                sides = (
                    (towns, one, place),
                    (schools, other, titles.index(column.title)),
                )
                left, right = (
                    Calc("=N({0})", (Ref(page.name, block, len(own.rows) - 1, at),), _number(own.rows[-1][at]))
                    for page, own, at in sides
                )
                yield w.PROOF_TOWNS.format(title=column.title), left, right


def _number(cell: Cell) -> int:
    value = plain(cell)
    return value if isinstance(value, int) else 0
