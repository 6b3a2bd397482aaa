"""How each figure of contract §5 is counted: a function a figure, in the module of its subject, listed by `@counts`.

A figure that is declared and not counted, or counted and not declared, does not start.
"""

from __future__ import annotations

from pipeline.measuring.counting import COUNTS, Counting
from pipeline.measuring.figures import archives, care, duties, pairings, school  # noqa: F401 — each lists its figures
from pipeline.measuring.tally import CHILDREN, POTENTIAL, Tally
from schemas.figures import BY_KEY, FIGURES, IN_CARE, IN_SCOPE

if COUNTS.keys() != BY_KEY.keys():
    raise ImportError(f"declared and not counted, or the reverse: {sorted(COUNTS.keys() ^ BY_KEY.keys())}")


def count_all(counting: Counting) -> list[Tally]:
    """Return the tally of every figure that is owed this month, and of those that are counted of 潜能生 as well."""
    owed = [figure for figure in FIGURES if counting.year.is_teaching or not figure.is_monthly]
    over = {IN_CARE: counting.in_l, IN_SCOPE: counting.in_kept}
    at_school, potential = counting.in_a, counting.in_q
    tallies = [COUNTS[f.key](counting, over.get(f.over, at_school), CHILDREN) for f in owed]
    return tallies + [COUNTS[f.key](counting, potential, POTENTIAL) for f in owed if f.of_potential]
