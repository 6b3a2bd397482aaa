"""What stands in the tables of a district's workbook: sums over towns and schools, and a row of counts a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.county.district import District
from pipeline.county.records import School
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.cells import Cell, Cells, Share
from pipeline.publishing.counted import as_sum, figure_cells
from pipeline.publishing.counts import verdict
from pipeline.publishing.trend import change
from pipeline.rounding import half_up, percent, share_value
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.bureau_layout import COUNT_COLUMNS
from schemas.codes import NO, YES
from schemas.county_layout import CLASSES, COUNTED, MONEY, ROWS, VERDICT_COUNTS
from schemas.figures import BY_KEY, FIGURES


def tables_of(district: District) -> dict[str, Rows]:
    """Return the rows of every table but the proof, by its key."""
    return {
        "highlights": _highlights(district),
        "targets": _targets(district),
        **_towns(district),
        **_schools(district),
        "lacking": _lacking(district),
        "turnout": _turnout(district),
        "scores": _scores(district),
        "quality": _quality(district),
        "trend": _trend(district),
        "schools": _data(district),
    }


def _highlights(district: District) -> Rows:
    rows: list[Cells] = []
    for figure in FIGURES:
        if figure.is_target:
            n, due = district.share(figure.key)
            rows.append({"figure": figure.title, "done": n, "due": due, "rate": percent(n, due)})
    return Rows(rows)


def _targets(district: District) -> Rows:
    before = district.earlier.get(max(district.earlier), {}) if district.earlier else {}
    rows: list[Cells] = []
    for figure in sorted(FIGURES, key=lambda f: not f.is_target):
        n, due = district.share(figure.key)
        last = before.get(figure.key, (0, 0))
        shown: Cells = {"target": b.FULL, "is_met": verdict(n, due, is_complete=district.is_complete)}
        shown |= {"last_month": percent(*last), "change": change((n, due), last)}
        rows.append({"figure": figure.title, **_parts(n, due), **shown})
    return Rows(rows)


def _parts(n: int, due: int) -> Cells:
    return {"done": n, "due": due, "rate": Share(percent(n, due), "done", "due")}


_HEADS = (*CLASSES, *COUNT_COLUMNS)


def _heads(district: District, schools: Sequence[School]) -> Cells:
    return {key: int(district.sum(key, schools)) for key in _HEADS}


def _figures(district: District, schools: Sequence[School]) -> Cells:
    """Return n, N and the rate of every figure over some schools."""
    return figure_cells(lambda key: district.share(key, schools), tuple(BY_KEY))


def _summed(cells: Cells) -> Cells:
    return {key: as_sum(cell) for key, cell in cells.items()}


def _label(school: School) -> Cells:
    return {"county": school.county or w.DASH, "town": school.town or w.DASH, "name": school.name}


def _towns(district: District) -> dict[str, Rows]:
    """Return schools and children, then the figures, a row a town each."""
    children: list[Row] = []
    figures: list[Row] = []
    every = district.gathered.schools
    for county, town in sorted({(s.county, s.town) for s in every}):
        own = [s for s in every if (s.county, s.town) == (county, town)]
        done = [s for s in own if s.counts]
        label: Cells = {"county": county or w.DASH, "town": town or w.DASH}
        counts: Cells = {"schools_due": len(own), "schools_done": len(done)}
        children.append({**label, **counts, **_heads(district, done)})
        figures.append({**label, **_figures(district, done)})
    total: Cells = {"county": w.TOTAL, "town": ""}
    sums: Cells = {"schools_due": len(every), "schools_done": len(district.done), **_heads(district, district.done)}
    return {
        "towns": Rows(children, [{**total, **_summed(sums)}]),
        "town_figures": Rows(figures, [{**total, **_summed(_figures(district, district.done))}]),
    }


def _schools(district: District) -> dict[str, Rows]:
    """Return children, then the figures, a row a school each; a school without a workbook shows —."""
    children: list[Row] = []
    figures: list[Row] = []
    for school in district.gathered.schools:
        heads, rates = _heads(district, [school]), _figures(district, [school])
        if not school.counts:
            heads, rates = dict.fromkeys(heads, w.DASH), dict.fromkeys(rates, w.DASH)
        children.append({**_label(school), "state": school.state, **heads})
        figures.append({**_label(school), **rates})
    total: Cells = {"county": "", "town": w.TOTAL, "name": "", "state": ""}
    return {
        "school_children": Rows(children, [{**total, **_summed(_heads(district, district.done))}]),
        "school_figures": Rows(figures, [{**total, **_summed(_figures(district, district.done))}]),
    }


def _lacking(district: District) -> Rows:
    rows: list[Cells] = []
    for school in district.done:
        for figure in FIGURES:
            n, due = district.share(figure.key, [school])
            if n < due:
                rows.append({**_label(school), "figure": figure.title, **_parts(n, due), "short": due - n})
    return Rows(rows)


def _turnout(district: District) -> Rows:
    return Rows(
        [
            {
                "code": s.code,
                "name": s.name,
                "county": s.county,
                "town": s.town,
                "state": s.state,
                "reason": s.reason,
            }
            for s in district.gathered.schools
        ]
    )


def _scores(district: District) -> Rows:
    rows: list[Cells] = []
    for school in district.done:
        scored = school.count("scored")
        mean = half_up(Fraction(school.numbers.get("score_sum", 0)) / scored) if scored else w.DASH
        label: Cells = {"name": school.name, "scored": scored, "average": mean}
        best = w.BEST if _is_best(district, school) else ""
        rows.append({**label, **{key: school.count(key) for key in VERDICT_COUNTS}, "best": best})
    return Rows(rows)


def _is_best(district: District, school: School) -> bool:
    shares = [district.share(key, [school]) for key in w.PERFECT]
    return school.is_complete and all(due and n == due for n, due in shares)


def _quality(district: District) -> Rows:
    rows = [
        {"name": school.name, "basis": school.basis, **_rows_of({key: school.count(key) for key in ROWS})}
        for school in district.done
    ]
    sums = _rows_of({key: int(district.sum(key)) for key in ROWS})
    return Rows(rows, [{"name": w.TOTAL, "basis": "", **_summed(sums)}])


def _rows_of(counts: dict[str, int]) -> Cells:
    return {**counts, "rate": Share(percent(counts["clean"], counts["rows"]), "clean", "rows")}


def _trend(district: District) -> Rows:
    months = sorted(district.earlier)
    rows: list[Row] = []
    for figure in FIGURES:
        shares = [district.earlier[month].get(figure.key, (0, 0)) for month in months]
        shown = tuple(_share_cells([*shares, district.share(figure.key)]))
        rows.append({"figure": figure.title, "months": shown})
    return Rows(rows, each=(*months, str(district.month)))


def _share_cells(shares: Iterable[tuple[int, int]]) -> Iterable[Cell]:
    values = [share_value(*share) for share in shares]
    return [w.DASH if value is None else value for value in values]


def _data(district: District) -> Rows:
    """Return one row a school that handed in, with every count: what a roll-up above reads."""
    rows: list[Row] = []
    for school in district.done:
        label: Cells = {"code": school.code, "name": school.name, "county": school.county, "town": school.town}
        told: Cells = {"basis": school.basis, "is_complete": YES if school.is_complete else NO}
        counts = {key: school.count(key) if key in school.numbers else w.DASH for key in COUNTED}
        rows.append({**label, **told, **counts, **{key: Decimal(school.numbers.get(key, 0)) for key in MONEY}})
    return Rows(rows)
