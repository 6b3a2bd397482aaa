"""What stands in the tables of a district's workbook: sums over towns and schools, and a row of counts a school."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.county.compared import trend_tables
from pipeline.county.district import District
from pipeline.county.levels import level_tables
from pipeline.county.records import School
from pipeline.county.reported import label_of, places_of, reported_tables
from pipeline.county.visits import visits_rows
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.cells import Cell, Cells, Share
from pipeline.publishing.counted import as_sum, figure_cells
from pipeline.publishing.counts import fraction_text, verdict
from pipeline.publishing.trend import change
from pipeline.rounding import half_up, percent
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.bureau_layout import COUNT_COLUMNS
from schemas.codes import NO, YES
from schemas.county_layout import BEST, CLASSES, COUNTED, GROUPS, MONEY, ROWS, VERDICT_COUNTS, keys_of_groups
from schemas.figures import FIGURES

Named = tuple[Cells, Sequence[School]]  # a label and its schools


def tables_of(district: District) -> dict[str, Rows]:
    """Return the rows of every table but the proof, by its key."""
    return {
        "highlights": _highlights(district),
        "targets": _targets(district),
        **reported_tables(district),
        **_towns(district),
        **_schools(district),
        **level_tables(district),
        "lacking": _lacking(district),
        "visits": visits_rows(district),
        "scores": _scores(district),
        "best": _best(district),
        "quality": _quality(district),
        **trend_tables(district),
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
        shown |= {"last_month": percent(*last), "change": change(*district.pair(figure.key, district.done))}
        rows.append({"figure": figure.title, **_parts(n, due), **shown})
    return Rows(rows)


def _parts(n: int, due: int) -> Cells:
    return {"done": n, "due": due, "rate": Share(percent(n, due), "done", "due")}


_HEADS = (*CLASSES, *COUNT_COLUMNS)


def _heads(district: District, schools: Sequence[School]) -> Cells:
    return {key: int(district.sum(key, schools)) for key in _HEADS}


def _summed(cells: Cells) -> Cells:
    return {key: as_sum(cell) for key, cell in cells.items()}


def _groups(district: District, key: str, rows: Sequence[Named], total: Cells) -> dict[str, Rows]:
    """Return the tables of all figures: a row a label and its schools, one a group of figures."""
    found: dict[str, Rows] = {}
    for grid, group in zip(keys_of_groups(key), GROUPS, strict=True):
        told: list[Row] = [{**label, **_rates(district, own, group)} for label, own in rows]
        found[grid] = Rows(told, [{**total, **_summed(_rates(district, district.done, group))}])
    return found


def _rates(district: District, schools: Sequence[School], group: tuple[str, ...]) -> Cells:
    """Return n, N and rate of some figures; — where no school of these handed in."""
    cells = figure_cells(lambda key: district.share(key, schools), group)
    return cells if any(school.counts for school in schools) else dict.fromkeys(cells, w.DASH)


def _towns(district: District) -> dict[str, Rows]:
    """Return schools and children, then the figures, a row a town each."""
    children: list[Row] = []
    figures: list[Named] = []
    for label, own in places_of(district):
        done = [school for school in own if school.counts]
        counts: Cells = {"schools_due": len(own), "schools_done": len(done)}
        children.append({**label, **counts, **_heads(district, done)})
        figures.append((label, done))
    total: Cells = {"county": w.TOTAL, "town": ""}
    every = district.gathered.schools
    sums: Cells = {"schools_due": len(every), "schools_done": len(district.done), **_heads(district, district.done)}
    return {
        "towns": Rows(children, [{**total, **_summed(sums)}]),
        **_groups(district, "town_figures", figures, total),
    }


def _schools(district: District) -> dict[str, Rows]:
    """Return children, then the figures, a row a school each; a school without a workbook shows —."""
    children: list[Row] = []
    for school in district.gathered.schools:
        heads = _heads(district, [school])
        heads = heads if school.counts else dict.fromkeys(heads, w.DASH)
        children.append({**label_of(school), "state": school.state, **heads})
    total: Cells = {"county": w.TOTAL, "town": "", "name": "", "state": ""}
    rows: list[Named] = [(label_of(school), [school]) for school in district.gathered.schools]
    return {
        "school_children": Rows(children, [{**total, **_summed(_heads(district, district.done))}]),
        **_groups(district, "school_figures", rows, total),
    }


def _lacking(district: District) -> Rows:
    rows: list[Cells] = []
    for school in district.done:
        for figure in FIGURES:
            n, due = district.share(figure.key, [school])
            if n < due:
                rows.append({**label_of(school), "figure": figure.title, **_parts(n, due), "short": due - n})
    return Rows(rows)


def _scores(district: District) -> Rows:
    rows: list[Cells] = []
    for school in district.done:
        scored = school.count("scored")
        mean: Cell = half_up(Fraction(school.numbers.get("score_sum", 0)) / scored) if scored else w.DASH
        label: Cells = {"name": school.name, "scored": scored, "average": mean}
        rows.append({**label, **{key: school.count(key) for key in VERDICT_COUNTS}})
    return Rows(rows)


def best_of(district: District) -> list[School]:
    """Return the schools that did all of what matters most for every child, and lost none; the largest first."""
    found = [school for school in district.done if _is_best(school)]
    return sorted(found, key=lambda school: (-school.share(BEST[0])[1], school.code))


def _is_best(school: School) -> bool:
    shares, (kept, due_kept) = [school.share(key) for key in BEST], school.share("kept")
    is_done = all(due and n == due for n, due in shares) and kept == due_kept
    return school.is_complete and school.is_whole and is_done


def _best(district: District) -> Rows:
    rows: list[Cells] = []
    for school in best_of(district):
        shares: Cells = {key: fraction_text(*school.share(key)) for key in BEST}
        rows.append({"name": school.name, **shares, "in_l": school.count("in_l")})
    return Rows(rows)


def _quality(district: District) -> Rows:
    rows = [
        {"name": school.name, "basis": school.basis, **_rows_of({key: school.count(key) for key in ROWS})}
        for school in district.done
    ]
    sums = _rows_of({key: int(district.sum(key)) for key in ROWS})
    return Rows(rows, [{"name": w.TOTAL, "basis": "", **_summed(sums)}])


def _rows_of(counts: dict[str, int]) -> Cells:
    return {**counts, "rate": Share(percent(counts["clean"], counts["rows"]), "clean", "rows")}


def _data(district: District) -> Rows:
    """Return one row a school that handed in, with every count: what a roll-up above reads."""
    rows: list[Row] = []
    for school in district.done:
        label: Cells = {"code": school.code, "name": school.name, "county": school.county, "town": school.town}
        told: Cells = {"basis": school.basis, "is_complete": YES if school.is_complete else NO}
        told["classes_in"] = school.classes_in
        counts = {key: school.count(key) if key in school.numbers else w.DASH for key in COUNTED}
        rows.append({**label, **told, **counts, **{key: Decimal(school.numbers.get(key, 0)) for key in MONEY}})
    return Rows(rows)
