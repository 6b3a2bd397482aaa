"""The heat map of a district: how each school, town and county stands with every figure, by sign, shade and number."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.county.district import District
from pipeline.county.records import School
from pipeline.county.reported import label_of, places_of
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.cells import Cells
from pipeline.rounding import percent
from schemas import county_words as w
from schemas.county_layout import HEAT_GROUPS
from schemas.figures import FIGURES

Named = tuple[Cells, Sequence[School]]


def level_of(n: int, due: int) -> str:
    """Return the sign of a rate: all, at least 90%, at least 60%, less; — of none. Decided on whole numbers."""
    if not due:
        return w.DASH
    if n == due:
        return w.LEVEL_FULL
    return next((sign for sign, least in w.LEVELS.items() if 100 * n >= least * due), w.LEVEL_LOW)


def level_text(n: int, due: int) -> str:
    """Return sign and rate, so that colour is never the only sign: △ 85.00%."""
    return f"{level_of(n, due)} {percent(n, due)}" if due else w.DASH


def level_tables(district: District) -> dict[str, Rows]:
    """Return 指标热力图 of schools, towns and counties, and 指标名次, by the keys of their tables."""
    total: Cells = {"county": w.TOTAL, "town": "", "name": ""}
    schools: list[Named] = [(label_of(school), [school]) for school in district.gathered.schools]
    towns: list[Named] = [({**label, "name": ""}, own) for label, own in places_of(district)]
    counties: list[Named] = [({"county": county}, district.of_county(county)) for county in district.counties]
    return {
        **_heat(district, "school_heat", schools, total),
        **_heat(district, "town_heat", towns, total),
        **_heat(district, "county_heat", counties, {"county": w.TOTAL}),
        "ranks": _ranks(district),
    }


def _heat(district: District, key: str, rows: Sequence[Named], total: Cells) -> dict[str, Rows]:
    return {
        f"{key}_{number}": Rows(
            [{**label, **_levels(district, own, group)} for label, own in rows],
            [{**total, **_levels(district, district.done, group)}],
        )
        for number, group in enumerate(HEAT_GROUPS, start=1)
    }


def _levels(district: District, schools: Sequence[School], group: tuple[str, ...]) -> Cells:
    own = [school for school in schools if school.counts]
    return {key: level_text(*district.share(key, own)) for key in group}


def _ranks(district: District) -> Rows:
    """Return each school's rank by every figure; — where it has none, or not every class is in."""
    rows: list[Row] = [
        {**label_of(school), **{f.key: district.ranks(f.key).get(school.code, w.DASH) for f in FIGURES}}
        for school in district.gathered.schools
    ]
    return Rows(rows)
