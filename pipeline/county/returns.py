"""What goes back to each school: a page that says where it stands, what is lacking and by when; the texts to send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.county.district import District
from pipeline.county.levels import level_text
from pipeline.county.outputs import Files
from pipeline.county.records import School
from pipeline.county.sentences import (
    group_text,
    long_day,
    school_text,
    state_sentences,
    state_text,
    told_standing,
)
from pipeline.county.timeliness import class_counts
from pipeline.excel.render import write_book
from pipeline.publishing.book import Book, Page, Row, Rows, block_of, page_of, paragraphs
from pipeline.publishing.cells import Cells
from pipeline.publishing.names import in_file_name
from pipeline.publishing.trend import change
from pipeline.rounding import percent
from schemas import county_notice_words as w
from schemas import county_return as layout
from schemas import county_words, rules
from schemas.county_layout import MOVED
from schemas.figures import FIGURES

Ranked = tuple[Mapping[str, int], str]

_SHEETS = 250  # schools whose pages are also in one workbook, to be printed at once
_NAME_LENGTH = 31  # of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # in its name


def write_returns(folder: Path, files: Files, district: District) -> None:
    """Write a workbook a school, and one with the pages of all where they are not too many. Raises OSError.

    Schools that a roll-up below answers for get theirs from there; each county of a province gets a page here.
    """
    own = [school for school in district.gathered.schools if not school.is_below]
    pages = {_file(district, school): _page(district, school) for school in own}
    counties = district.counties if district.is_province else []
    pages |= {_file_of_county(district, county): _county_page(district, county) for county in counties}
    place = folder / files.returns_folder
    place.mkdir()
    for name, page in pages.items():
        write_book(place / name, Book(_title(district), (page,)))
    if pages and len(pages) <= _SHEETS:
        every = (_contents(district, own, counties), *_numbered(pages.values()))
        write_book(folder / files.returns, Book(_title(district), every))


def _file(district: District, school: School) -> str:
    return "_".join(filter(None, (in_file_name(school.code), in_file_name(school.name), f"{district.month}.xlsx")))


def _file_of_county(district: District, county: str) -> str:
    return f"{in_file_name(county)}_{district.month}.xlsx"


def _title(district: District) -> str:
    return w.RETURN_TITLE.format(month=district.month)


def _page(district: District, school: School) -> Page:
    """Return the page of a school."""
    day = long_day(district.day)
    line = w.RETURN_LINE.format(name=school.name, code=school.code, district=district.name, day=day)
    lacking = [w.RETURN_ITEM.format(number=number, **told) for number, told in enumerate(_lacking(school), start=1)]
    ranks = {figure.key: district.ranks(figure.key) for figure in FIGURES}
    figures = _figures(
        district, [school] if school.counts else [], {key: (own, school.code) for key, own in ranks.items()}
    )
    blocks = [
        paragraphs(w.RETURN_STATE, _facts(district, school)),
        paragraphs(w.RETURN_LACKS, lacking or [w.LACK_NOTHING]),
        *([block_of(layout.FIGURES, figures)] if school.counts else []),
    ]
    heading = f"{school.name} {_title(district)}"
    return Page(_name_of(school), heading, line, tuple(blocks), w.RETURN_NOTES, is_landscape=False)


def _county_page(district: District, county: str) -> Page:
    """Return the page of a county: how its schools stand, whom it has to call, its figures beside the province's."""
    own = district.of_county(county)
    done = [school for school in own if school.counts]
    line = w.COUNTY_LINE.format(county=county, district=district.name, day=long_day(district.day))
    ranks = {figure.key: (district.county_ranks(figure.key), county) for figure in FIGURES}
    calls = [*state_sentences(own)]
    by = w.RETURN_FACTS["reply_by"].format(text=long_day(district.reply_by))
    blocks = [
        paragraphs(w.RETURN_STATE, [told_standing(district.standing(own)), by]),
        paragraphs(w.RETURN_LACKS, calls or [w.LACK_NOTHING]),
        block_of(layout.FIGURES, _figures(district, done, ranks)),
    ]
    name = _FORBIDDEN.sub("", county)[:_NAME_LENGTH].strip(" '")
    return Page(name, f"{county} {_title(district)}", line, tuple(blocks), w.RETURN_NOTES, is_landscape=False)


def _name_of(school: School) -> str:
    """Return the name of the sheet of a school's own file."""
    return _FORBIDDEN.sub("", school.name or school.code)[:_NAME_LENGTH].strip(" '") or school.code


def _facts(district: District, school: School) -> list[str]:
    """Return how a school stands, in two lines."""
    came = w.RECEIVED_BY.format(day=school.received, by=school.received_by) if school.received else county_words.DASH
    told = {"state": state_text(school), "received": came, "deadline": str(district.deadline)}
    told |= {"classes": class_counts(school), "reply_by": long_day(district.reply_by)}
    lines = {key: w.RETURN_FACTS[key].format(text=text) for key, text in told.items()}
    first = ("state", "reply_by")
    return [
        w.FACTS_JOIN.join(lines[key] for key in first),
        w.FACTS_JOIN.join(line for key, line in lines.items() if key not in first),
    ]


def _lacking(school: School) -> Iterator[dict[str, str]]:
    """Yield what a school has to do, the most pressing first."""
    key = county_words.KEY_OF_STATE[school.state]
    if key in w.DO_STATE:
        yield _lack("state", state_text(school), w.DO_STATE[key])
    if school.classes_lacking:
        yield _lack("class", w.LACK_CLASS.format(names=w.AND.join(school.classes_lacking)), w.DO_CLASS)
    if not school.counts:
        return
    for fault in school.faults:
        yield _lack("fault", fault, w.DO_FAULT)
    for moved in MOVED:
        if school.count(moved):
            yield _lack("mover", w.LACK_MOVER[moved].format(count=school.count(moved)), w.DO_MOVER)
    short = sum(n < due for n, due in (school.share(figure.key) for figure in FIGURES))
    if short:
        yield _lack("figure", w.LACK_FIGURES.format(count=short), w.DO_FIGURE)
    for code, count in school.problems[: w.MOST_PROBLEMS]:
        what = w.LACK_PROBLEM.format(code=code, title=rules.BY_CODE[code].title, count=count)
        yield _lack("problem", what, w.DO_PROBLEM)


def _lack(kind: str, what: str, do: str) -> dict[str, str]:
    return {"kind": w.LACK_KINDS[kind], "what": what, "do": do}


def _figures(district: District, schools: list[School], ranks: Mapping[str, Ranked]) -> Rows:
    """Return every figure that is due at some schools: theirs, the district's, their rank, what has changed.

    `ranks`: figure → the ranks of all, and whose of them is to be told.
    """
    rows: list[Row] = []
    for figure in FIGURES:
        n, due = district.share(figure.key, schools)
        if due:
            all_ranks, key = ranks[figure.key]
            rank = f"{all_ranks[key]}/{len(all_ranks)}" if key in all_ranks else county_words.DASH
            now, then = district.pair(figure.key, schools)
            cells: Cells = {"figure": figure.title, "done": n, "due": due, "short": due - n}
            cells |= {"level": level_text(n, due), "district": percent(*district.share(figure.key)), "rank": rank}
            rows.append({**cells, "change": change(now, then), "last": percent(*then)})
    return Rows(rows)


def _contents(district: District, schools: list[School], counties: list[str]) -> Page:
    rows: list[Row] = [
        {
            "town": school.town or county_words.DASH,
            "name": school.name or school.code,
            "state": school.state,
            "count": sum(1 for _ in _lacking(school)),
        }
        for school in schools
    ]
    for county in counties:
        calls = sum(1 for _ in state_sentences(district.of_county(county)))
        rows.append({"town": county_words.DASH, "name": county, "state": county_words.DASH, "count": calls})
    line = county_words.LINE.format(name=district.name, month=district.month, day=district.month.last_day)
    return page_of(layout.EVERY, {"contents": Rows(rows)}, line)


def _numbered(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages under names that a workbook can hold: numbered, so that none is there twice."""
    for number, page in enumerate(pages, start=1):
        yield replace(page, name=f"{number} {_FORBIDDEN.sub('', page.name)}"[:_NAME_LENGTH].rstrip(" '"))


def texts_of(district: District) -> str:
    """Return the text for the group, then one a school, each a line of its own."""
    each = [school_text(district, school) for school in district.gathered.schools if not school.is_below]
    return "\n".join((w.TO_GROUP, group_text(district), "", w.TO_EACH, *each, ""))
