"""公示/…: the profile for the notice board. Small numbers are hidden, and whatever they could be worked out from.

The law forbids to publish what points at a child (domain §5); a count of one or two does, in a village where
everybody knows everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.publishing.book import Book, Row, Rows, page_of
from pipeline.publishing.bureau import coverage, line
from pipeline.publishing.cells import Cells
from pipeline.publishing.counts import Counts
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as b
from schemas import public_words as w
from schemas.codes import DASH, GRADES
from schemas.figures import BY_KEY
from schemas.layouts import Sheet
from schemas.school_layout import PUBLIC
from schemas.verdicts import State

Spot = tuple[int, int]  # row, column
Relation = tuple[tuple[Spot, int], ...]  # cells with their signs, which add up to 0
_EPSILON = 1e-9  # below it a number of a few small whole ones is 0


def public_book(result: Result) -> Book:
    """Return the month as it may be shown to everybody; what would mostly be hidden is left out, and said."""
    rates, classes = _rates(result), _classes(result)
    left_out = [BY_KEY[key].title for key, rate in rates.items() if rate == w.HIDDEN]
    kept = [key for key in w.COUNTS if not _is_mostly_hidden([row[key] for row in classes.rows])]
    left_out += [w.COUNTS_OF.format(title=b.COUNT_COLUMNS[key]) for key in w.COUNTS if key not in kept]
    is_hidden = any(row[key] == w.HIDDEN for row in (*classes.rows, *classes.totals) for key in kept)
    notes = (
        coverage(result),
        *([w.LEFT_OUT.format(names=w.AND.join(left_out))] if left_out else []),
        *([w.HIDDEN_NOTE] if is_hidden else []),
        w.NOTE,
    )
    figures: list[Row] = [
        {"figure": BY_KEY[key].title, "rate": rate, "meaning": w.MEANINGS[key]}
        for key, rate in rates.items()
        if rate != w.HIDDEN
    ]
    page = page_of(_sheet(kept), {"public_figures": Rows(figures), "public_classes": classes}, line(result), notes)
    return Book(page.heading, (page,), result.stamp)


def _sheet(kept: Sequence[str]) -> Sheet:
    """Return the sheet with those counts alone."""
    left = set(w.COUNTS) - set(kept)
    grids = (
        replace(grid, fields=tuple(field for field in grid.fields if field.key not in left)) for grid in PUBLIC.grids
    )
    return replace(PUBLIC, grids=tuple(grids))


def _is_mostly_hidden(cells: Sequence[object]) -> bool:
    return sum(cell == w.HIDDEN for cell in cells) > w.MOSTLY * len(cells)


def _rates(result: Result) -> dict[str, str]:
    counts = Counts(result)
    return {key: _rate(*counts.school(key)) for key in w.FIGURES}


def _rate(n: int, total: int) -> str:
    """Return a rate, hidden where few are counted or few are missing or met."""
    is_small = 0 < total < w.LEAST or 0 < n < w.LEAST or 0 < total - n < w.LEAST
    return w.HIDDEN if is_small else percent(n, total)


def _classes(result: Result) -> Rows:
    """Return the counts of every class that handed in, and their sum."""
    heads = result.measured.heads
    done = [c.place for c in result.turnout.classes if c.state == State.HANDED_IN]
    own = [heads[heads["grade"].eq(grade) & heads["number"].eq(number)] for grade, number in done]
    counts = [[int(frame[key].sum()) for key in w.COUNTS] for frame in own]
    counts.append([sum(column) for column in zip(*counts, strict=True)] if counts else [0] * len(w.COUNTS))
    hidden = suppressed(counts)
    labels: list[Cells] = [{"grade": GRADES[grade - 1], "class": number} for grade, number in done]
    labels.append({"grade": b.TOTAL, "class": DASH})
    rows: list[Row] = []
    for number, (label, row) in enumerate(zip(labels, counts, strict=True)):
        shown = {key: w.HIDDEN if (number, at) in hidden else row[at] for at, key in enumerate(w.COUNTS)}
        rows.append({**label, **shown})
    return Rows(rows[:-1], rows[-1:])


def suppressed(counts: Sequence[Sequence[int]]) -> set[Spot]:
    """Return the cells to hide of a table whose last row is the sum of the others.

    Hidden are the counts of one and two, and so many others that no hidden count can be worked out from what is left,
    by any sum of rows and columns.
    """
    value = {(row, at): count for row, own in enumerate(counts) for at, count in enumerate(own)}
    relations = _relations(counts)
    hidden = {spot for spot, count in value.items() if 0 < count < w.LEAST}
    while known := _known(hidden, relations):
        hidden.add(_next(known, hidden, relations, value))
    return hidden


def _relations(counts: Sequence[Sequence[int]]) -> list[Relation]:
    """Return the sums that a reader knows: the last row, and the columns that add up in every row."""
    last = len(counts) - 1
    found: list[Relation] = [
        (((last, at), -1), *(((row, at), 1) for row in range(last))) for at in range(len(w.COUNTS))
    ]
    for row, own in enumerate(counts):
        for parts in w.PARTS:
            places = [w.COUNTS.index(key) for key in parts]
            if sum(own[at] for at in places) == own[0]:  # not so where a child's sex or boarding is in error
                found.append((((row, 0), -1), *(((row, at), 1) for at in places)))
    return found


def _known(hidden: set[Spot], relations: Sequence[Relation]) -> Spot | None:
    """Return a hidden cell that can be worked out from the others, or None."""
    order = {spot: place for place, spot in enumerate(sorted(hidden))}
    touched = [own for relation in relations if (own := [(s, sign) for s, sign in relation if s in order])]
    if not touched:
        return None
    matrix = np.zeros((len(touched), len(order)))
    for number, own in enumerate(touched):
        for spot, sign in own:
            matrix[number, order[spot]] = sign
    _, sizes, vectors = np.linalg.svd(matrix)
    rank = int((sizes > _EPSILON).sum())
    free = np.abs(vectors[rank:])  # what could be otherwise without changing any sum
    fixed = [spot for spot, place in order.items() if not (free[:, place] > _EPSILON).any()]
    return fixed[0] if fixed else None


def _next(spot: Spot, hidden: set[Spot], relations: Sequence[Relation], value: Mapping[Spot, int]) -> Spot:
    """Return the cell that is hidden as well: of a sum in which `spot` alone is hidden, else of any it stands in.

    The smallest part, rather than the sum itself; 0 only where nothing else is, since it hides nothing.
    """
    own = [relation for relation in relations if any(other == spot for other, _ in relation)]
    bare = [relation for relation in own if sum(other in hidden for other, _ in relation) == 1]
    beside = [entry for relation in bare[:1] or own for entry in relation if entry[0] not in hidden]
    beside = beside or [(other, 1) for other in value if other not in hidden]  # it follows from several sums together
    return min(beside, key=lambda entry: (value[entry[0]] == 0, entry[1] < 0, value[entry[0]], entry[0]))[0]
