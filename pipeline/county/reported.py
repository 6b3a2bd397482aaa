"""How the schools handed in, as tables: by town and county, school by school, and who changed school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.county.district import District
from pipeline.county.links import link_to
from pipeline.county.records import School
from pipeline.county.timeliness import Standing, class_counts
from pipeline.publishing.book import FileLink, Row, Rows
from pipeline.publishing.cells import Cells, Share, Sum
from pipeline.rounding import percent
from schemas import county_words as w
from schemas.county_layout import MOVED


def reported_tables(district: District) -> dict[str, Rows]:
    """Return 报送情况, 区县统计, 交表情况, 县内转学 by the keys of their tables."""
    return {
        "reporting": _reporting(district),
        "counties": _counties(district),
        "turnout": _turnout(district),
        "movers": _movers(district),
    }


def places_of(district: District) -> Iterator[tuple[Cells, list[School]]]:
    """Yield every town with its schools, in order of county and town."""
    every = district.gathered.schools
    for county, town in sorted({(s.county, s.town) for s in every}):
        label: Cells = {"county": county or w.DASH, "town": town or w.DASH}
        yield label, [s for s in every if (s.county, s.town) == (county, town)]


def label_of(school: School) -> Cells:
    """Return the cells that say which school a row is about."""
    return {"county": school.county or w.DASH, "town": school.town or w.DASH, "name": school.name}


def _cells(standing: Standing) -> Cells:
    """Return the counts and rates of some schools; rates are — where nobody knows what was due."""
    counts: Cells = {"due": standing.due, **standing.of, "whole": standing.whole}
    if not standing.has_list:
        return {**counts, "reporting": w.DASH, "timely": w.DASH}
    rates: Cells = {
        "reporting": Share(percent(*standing.reporting), "whole", "due"),
        "timely": Share(percent(*standing.timely), "on_time", "due"),
    }
    return {**counts, **rates}


def _total(standing: Standing) -> Cells:
    return {key: Sum(cell) if isinstance(cell, int) else cell for key, cell in _cells(standing).items()}


def _reporting(district: District) -> Rows:
    rows: list[Row] = [{**label, **_cells(district.standing(own))} for label, own in places_of(district)]
    return Rows(rows, [{"county": w.TOTAL, "town": "", **_total(district.standing())}])


def _counties(district: District) -> Rows:
    """Return a row a county, with a link to its own workbook where there is one."""
    rows: list[Row] = []
    links: dict[tuple[int, str], FileLink] = {}
    for number, county in enumerate(district.counties):
        own = district.of_county(county)
        rows.append({"county": county, **_cells(district.standing(own)), "in_l": _in_l(district, own)})
        link = _of_all(district, own)
        links |= {(number, "county"): link} if link else {}
    total: Cells = {"county": w.TOTAL, **_total(district.standing()), "in_l": Sum(_in_l(district, district.done))}
    return Rows(rows, [total], links=links)


def _in_l(district: District, schools: Sequence[School]) -> int:
    return int(district.sum("in_l", [school for school in schools if school.counts]))


def _of_all(district: District, schools: Sequence[School]) -> FileLink | None:
    """Return a link to the roll-up that all of these schools come from."""
    files = {school.file for school in schools if school.is_below}
    return link_to(district, files.pop()) if len(files) == 1 else None


def _turnout(district: District) -> Rows:
    rows: list[Row] = []
    links: dict[tuple[int, str], FileLink] = {}
    for number, s in enumerate(district.gathered.schools):
        place: Cells = {"code": s.code, "name": s.name, "county": s.county, "town": s.town}
        came: Cells = {"received": s.received or w.DASH, "received_by": s.received_by or w.DASH}
        came |= {"late_days": s.late_days, "classes": class_counts(s), "missing": w.AND.join(s.classes_lacking)}
        rows.append({**place, "state": s.state, **came, "reason": s.reason})
        link = link_to(district, s.file)
        links |= {(number, "name"): link} if link else {}
    return Rows(rows, links=links)


def _movers(district: District) -> Rows:
    """Return the schools that children left for, or came from, another of the county: counts alone."""
    own = [school for school in district.done if any(school.count(key) for key in MOVED)]
    rows: list[Row] = [{**label_of(school), **{key: school.count(key) for key in MOVED}} for school in own]
    sums: Cells = {key: Sum(int(district.sum(key))) for key in MOVED}
    return Rows(rows, [{"county": w.TOTAL, "town": "", "name": "", **sums}])
