"""The notice (通报) of a district's month: what stands at each placeholder of its template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.county.district import District
from pipeline.county.records import School
from pipeline.county.sentences import behind_of, change_of, findings, long_day, short_day
from pipeline.rounding import percent
from schemas import county_notice_words as w
from schemas import county_words
from schemas.codes import DASH
from schemas.figures import FIGURES

_MOST_ROWS = 300  # of the table in the notice; a longer one is in the workbook alone


@dataclass(frozen=True)
class Heading:
    """The head of a notice: who issues it ("": the bureau of the district) and its number ("": left open)."""

    issuer: str = ""
    number: str = ""


NO_HEADING = Heading()


@dataclass(frozen=True)
class NoticeTable:
    """A table of a notice: heads and rows of texts; a line break inside a cell is \\n. `title`, `note`: around it.

    `widths`: of the columns, in parts of the width between the margins; `means`: for those who can't see it;
    `is_first`: it begins a page.
    """

    title: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    note: str
    means: str
    is_first: bool = False


@dataclass(frozen=True)
class Notice:
    """What a template is filled with: placeholder → text, placeholder → paragraphs, placeholder → table."""

    scalars: dict[str, str]
    lists: dict[str, list[str]]
    tables: dict[str, NoticeTable]


def notice(district: District, heading: Heading) -> Notice:
    """Return what the notice of a district says."""
    name = "" if district.name == county_words.NAMELESS else district.name
    issuer = heading.issuer or w.ISSUER.format(name=name)
    month = {"year": district.month.year, "month": district.month.number}
    days = {"last": long_day(district.month.last_day), "deadline": long_day(district.deadline)}
    scalars = (
        issuer,
        heading.number or w.NUMBER.format(year=district.day.year),
        w.TITLE.format(**month),
        w.TO_COUNTIES if district.is_province else w.TO_SCHOOLS,
        w.LEAD.format(**month, **days),
        w.MONTH.format(**month),
        short_day(district.reply_by),
        long_day(district.day),
    )
    tables = {w.TABLE: _table(district), w.FIGURE_TABLE: _figure_table(district)}
    return Notice(dict(zip(w.SCALARS, scalars, strict=True)), findings(district), tables)


def _table(district: District) -> NoticeTable:
    means = w.TABLES[w.TABLE]
    if district.is_province:
        rows = [*_county_rows(district)]
        return NoticeTable(w.TABLE_TITLE, w.COUNTY_HEADS, w.COUNTY_WIDTHS, rows, w.TABLE_NOTE, means)
    schools = district.gathered.schools
    more = w.TABLE_MORE.format(count=len(schools) - _MOST_ROWS) if len(schools) > _MOST_ROWS else ""
    rows = [*_school_rows(schools[:_MOST_ROWS])]
    return NoticeTable(w.TABLE_TITLE, w.TABLE_HEADS, w.TABLE_WIDTHS, rows, w.TABLE_NOTE + more, means)


def _figure_table(district: District) -> NoticeTable:
    rows = []
    for number, figure in enumerate(FIGURES, start=1):
        n, due = district.share(figure.key)
        behind = len(behind_of(district, figure.key))
        told = (str(number), figure.title, str(n), str(due), percent(n, due), change_of(district, figure.key))
        rows.append([*told, w.SCHOOLS.format(count=behind) if behind else DASH])
    heads, means = w.FIGURE_HEADS, w.TABLES[w.FIGURE_TABLE]
    return NoticeTable(w.FIGURE_TITLE, heads, w.FIGURE_WIDTHS, rows, w.FIGURE_NOTE, means, is_first=True)


def _school_rows(schools: Sequence[School]) -> Iterable[list[str]]:
    for number, school in enumerate(schools, start=1):
        came = w.TABLE_DAY.format(day=date.fromisoformat(school.received)) if school.received else DASH
        label = [str(number), school.town or DASH, school.name or school.code, school.state, came]
        yield [*label, *(_share(*school.share(key)) for key in w.TABLE_FIGURES)]


def _county_rows(district: District) -> Iterable[list[str]]:
    for number, county in enumerate(district.counties, start=1):
        own = district.of_county(county)
        standing = district.standing(own)
        done = [school for school in own if school.counts]
        told = [str(number), county, str(standing.due), str(standing.whole)]
        told += [_share(*standing.reporting), _share(*standing.timely)]
        yield [*told, *(_share(*district.share(key, done)) for key in w.COUNTY_FIGURES)]


def _share(n: int, due: int) -> str:
    """Return the rate with n/N below it; — where nothing is due."""
    return f"{percent(n, due)}\n{n}/{due}" if due else DASH
