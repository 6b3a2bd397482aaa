"""勾稽 of a district: what is printed against what the schools' own rows add up to, as formulas to click on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.county.district import District
from pipeline.publishing.book import Rows
from pipeline.publishing.cells import Calc, Cells, Ref
from pipeline.publishing.crossfoot import number_at, relations, total_of
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.bureau_layout import due_of, n_of
from schemas.county_layout import keys_of_groups
from schemas.figures import BY_TITLE
from schemas.layouts import Layout

Check = tuple[str, Calc, Calc]
Tables = Mapping[str, Rows]


def proof_tables(district: District, layout: Layout, tables: Tables) -> dict[str, Rows]:
    """Return 勾稽: district = Σ schools, towns = schools, and how each school's own printed totals foot."""
    own: list[Cells] = [
        {
            "name": s.name,
            "unbalanced": s.fault_count,
            "in_balance": w.NOT_BALANCED if s.fault_count else w.BALANCED,
        }
        for s in district.done
    ]
    checks = [*_figures(layout, tables), *_towns(layout, tables)]
    return {"crossfoot": relations(checks), "own_balance": Rows(own)}


def _figures(layout: Layout, tables: Tables) -> Iterator[Check]:
    """Yield n and N of every figure: 目标达成 against the sum over 学校数据."""
    last = max(len(tables["schools"].rows) - 1, 0)
    for row, printed in enumerate(tables["targets"].rows):
        figure = BY_TITLE[str(printed["figure"])]
        for part, of, word in (("done", n_of, b.DONE), ("due", due_of, b.DUE)):
            left, column = Ref("targets", row, part), of(figure.key)
            if layout.shows("targets", part) and layout.shows("schools", column):
                total = sum(number_at(Ref("schools", at, column), tables) for at in range(len(tables["schools"].rows)))
                span = (Ref("schools", 0, column), Ref("schools", last, column))
                words = w.PROOF_FIGURE.format(title=figure.title, part=word)
                yield words, Calc("=N({0})", (left,), number_at(left, tables)), Calc("=SUM({0}:{1})", span, total)


def _towns(layout: Layout, tables: Tables) -> Iterator[Check]:
    """Yield the totals that the sheets of towns and of schools share."""
    groups = zip(keys_of_groups("town_figures"), keys_of_groups("school_figures"), strict=True)
    for one, other in (("towns", "school_children"), *groups):
        for field in layout.fields(one):
            if field.role == "count" and layout.shows(other, field.key):
                sides = [total_of(table, field.key, tables) for table in (one, other)]
                left, right = (Calc("=N({0})", (ref,), number_at(ref, tables)) for ref in sides)
                yield w.PROOF_TOWNS.format(title=field.title), left, right
