"""The district's workbook: the schools added up, in the look of a school's own, sealed and itself fit for a roll-up."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.county.district import District
from pipeline.county.proof import proof_page
from pipeline.county.records import School
from pipeline.publishing.book import Block, Book, Chart, Cover, Out, Page, paragraphs
from pipeline.publishing.cells import Cell, Share, Sum
from pipeline.publishing.counts import verdict
from pipeline.publishing.trend import change
from pipeline.rounding import half_up, percent, share_value
from schemas import bureau_words as b
from schemas import county_words as w
from schemas.bureau_words import COUNT_COLUMNS
from schemas.codes import NO, YES
from schemas.county_words import Sheet
from schemas.figures import BY_KEY, FIGURES


def district_book(district: District) -> Book:
    """Return the workbook of a district's month."""
    line = w.LINE.format(name=district.name, month=district.month, day=district.month.last_day)
    towns, schools, data = _towns(district, line), _schools(district, line), _data(district, line)
    targets = _targets(district, line)
    pages: tuple[Page | Cover, ...] = (
        _cover(district),
        targets,
        towns,
        schools,
        _lacking(district, line),
        _turnout(district, line),
        _scores(district, line),
        proof_page(district, targets, (towns, schools), data, line),
        _quality(district, line),
        _trend(district, line),
        _notes(line),
        data,
    )
    if tuple(page.name for page in pages) != w.ORDER:
        raise AssertionError("the district's sheets are not in their order")
    return Book(w.TITLE, pages, meta=_meta(district))


def _meta(district: District) -> dict[str, str]:
    keys = (*w.COUNTED, *w.MONEY)
    told = [(s.code, s.state, *(f"{s.numbers.get(key, 0):.2f}" for key in keys)) for s in district.gathered.schools]
    values = (
        w.TITLE,
        w.VERSION,
        "",
        district.name,
        str(district.month),
        w.AND.join(sorted({school.basis for school in district.done})),
        YES if district.is_complete else NO,
        hashlib.sha256(repr(told).encode()).hexdigest()[:16],
    )
    own = {
        w.META_LISTED: YES if district.gathered.has_list else NO,
        w.META_LEFT_OVER: str(district.gathered.left_over_count),
    }
    return {**dict(zip(b.META_LABELS, values, strict=True)), **own}


def _notes_below(district: District) -> tuple[str, ...]:
    told = [w.COVERAGE.format(due=len(district.gathered.schools), done=len(district.done))]
    bases = sorted({school.basis for school in district.done})
    told += [] if district.is_complete else [w.NOT_COMPLETE]
    told += [] if district.gathered.has_list else [w.NO_LIST]
    told += [w.MIXED_BASES.format(bases=w.AND.join(bases))] if len(bases) > 1 else []
    return tuple(told)


def _cover(district: District) -> Cover:
    facts = (
        (w.DISTRICT_LABEL, district.name),
        (b.MONTH_LABEL, str(district.month)),
        (b.DAY_LABEL, str(district.month.last_day)),
        (f"{w.SCHOOLS_DUE}：", str(len(district.gathered.schools))),
        (f"{w.SCHOOLS_DONE}：", str(len(district.done))),
    )
    columns = (Out(b.FIGURE, "centred"), Out(b.DONE, "count"), Out(b.DUE, "count"), Out(b.RATE, "rate"))
    rows = [(f.title, *district.share(f.title), percent(*district.share(f.title))) for f in FIGURES if f.is_target]
    return Cover(Sheet.COVER, w.TITLE, facts, b.SIGNATURES, Block(columns, rows))


def _targets(district: District, line: str) -> Page:
    titles = (b.FIGURE, b.DUE, b.DONE, b.RATE, b.TARGET, b.IS_MET, b.LAST_MONTH, b.CHANGE)
    roles = ("text", "count", "count", "rate", "rate", "verdict", "rate", "rate")
    columns = tuple(Out(t, r, 20 if t == b.FIGURE else 11) for t, r in zip(titles, roles, strict=True))
    before = district.earlier.get(max(district.earlier), {}) if district.earlier else {}
    rows: list[tuple[Cell, ...]] = []
    for figure in sorted(FIGURES, key=lambda f: not f.is_target):
        n, due = district.share(figure.title)
        last = before.get(figure.title, (0, 0))
        met = verdict(n, due, is_complete=district.is_complete)
        shown = (percent(*last), change((n, due), last))
        rows.append((figure.title, due, n, Share(percent(n, due), 2, 1), b.FULL, met, *shown))
    block = Block(columns, rows, name="targets")
    return Page(Sheet.TARGETS, Sheet.TARGETS, line, (block,), _notes_below(district), is_landscape=False)


_HEADS = (w.CLASSES_DUE, w.CLASSES_DONE, *COUNT_COLUMNS.values())
_HEAD_COLUMNS = tuple(Out(title, "count", 8) for title in _HEADS)
_FIGURE_COLUMNS = tuple(
    Out(title, role, width)
    for figure in w.MAIN
    for title, role, width in ((f"{figure} n", "count", 7), (f"{figure} N", "count", 7), (figure, "rate", 9))
)


def _heads(district: District, schools: Sequence[School]) -> list[int]:
    return [int(district.sum(key, schools)) for key in _HEADS]


def _figures(district: District, schools: Sequence[School], first: int, *, is_total: bool = False) -> tuple[Cell, ...]:
    """Return n, N and the rate of the main figures over some schools; `first`: the column in which they begin."""
    cells: list[Cell] = []
    for title in w.MAIN:
        at = first + len(cells)
        n, due = district.share(title, schools)
        cells += [*((Sum(n), Sum(due)) if is_total else (n, due)), Share(percent(n, due), at, at + 1)]
    return tuple(cells)


def _towns(district: District, line: str) -> Page:
    """Return 乡镇统计: schools and children, then the figures, a row a town each."""
    label = (Out(w.COUNTY, "centred", 12), Out(w.TOWN, "centred", 14))
    schools = (Out(w.SCHOOLS_DUE, "count", 9), Out(w.SCHOOLS_DONE, "count", 9))
    children: list[tuple[Cell, ...]] = []
    figures: list[tuple[Cell, ...]] = []
    for county, town in sorted({(s.county, s.town) for s in district.gathered.schools}):
        own = [s for s in district.gathered.schools if (s.county, s.town) == (county, town)]
        done = [s for s in own if s.counts]
        name = (county or w.DASH, town or w.DASH)
        children.append((*name, len(own), len(done), *_heads(district, done)))
        figures.append((*name, *_figures(district, done, 2)))
    sums = (len(district.gathered.schools), len(district.done), *_heads(district, district.done))
    children.append((w.TOTAL, "", *map(Sum, sums)))
    figures.append((w.TOTAL, "", *_figures(district, district.done, 2, is_total=True)))
    blocks = (
        Block((*label, *schools, *_HEAD_COLUMNS), children, w.CHILDREN_HEADING, total_count=1, name="towns"),
        Block((*label, *_FIGURE_COLUMNS), figures, w.FIGURES_HEADING, total_count=1, name="town_figures"),
    )
    return Page(Sheet.TOWNS, Sheet.TOWNS, line, blocks, _notes_below(district), freeze_columns=2)


def _schools(district: District, line: str) -> Page:
    """Return 学校统计: children, then the figures, a row a school each; a school without a workbook shows —."""
    label = (Out(w.TOWN, "centred", 12), Out(w.NAME, "text", 26))
    children: list[tuple[Cell, ...]] = []
    figures: list[tuple[Cell, ...]] = []
    for school in district.gathered.schools:
        name = (school.town or w.DASH, school.name)
        heads = _heads(district, [school]) if school.counts else [w.DASH] * len(_HEADS)
        rates = _figures(district, [school], 2) if school.counts else (w.DASH,) * len(_FIGURE_COLUMNS)
        children.append((*name, school.state, *heads))
        figures.append((*name, *rates))
    children.append((w.TOTAL, "", "", *map(Sum, _heads(district, district.done))))
    figures.append((w.TOTAL, "", *_figures(district, district.done, 2, is_total=True)))
    columns = (*label, Out(w.STATE, "centred", 8), *_HEAD_COLUMNS)
    blocks = (
        Block(columns, children, w.CHILDREN_HEADING, total_count=1, name="school_children"),
        Block((*label, *_FIGURE_COLUMNS), figures, w.FIGURES_HEADING, total_count=1, name="school_figures"),
    )
    return Page(Sheet.SCHOOLS, Sheet.SCHOOLS, line, blocks, _notes_below(district), freeze_columns=2)


def _lacking(district: District, line: str) -> Page:
    titles = (w.COUNTY, w.TOWN, w.NAME, b.FIGURE, b.DONE, b.DUE, w.SHORT_BY, b.RATE)
    roles = ("centred", "centred", "text", "text", "count", "count", "count", "rate")
    widths = (10, 10, 24, 16, 9, 9, 9, 10)
    columns = tuple(Out(t, r, x) for t, r, x in zip(titles, roles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = []
    for school in district.done:
        for title in w.FIGURE_TITLES:
            n, due = district.share(title, [school])
            if n < due:
                label = (school.county or w.DASH, school.town or w.DASH, school.name, title)
                rows.append((*label, n, due, due - n, Share(percent(n, due), 4, 5)))
    block = Block(columns, rows, name="lacking")
    return Page(Sheet.LACKING, Sheet.LACKING, line, (block,), has_filter=True, is_landscape=False)


def _turnout(district: District, line: str) -> Page:
    widths = (14, 26, 12, 12, 9, 60)
    titles = (*w.PLACE, w.STATE, w.REASON)
    columns = tuple(Out(t, "wrapped" if x > 20 else "centred", x) for t, x in zip(titles, widths, strict=True))
    rows: list[tuple[Cell, ...]] = [
        (s.code, s.name, s.county, s.town, s.state, s.reason) for s in district.gathered.schools
    ]
    stray = tuple(f"{name}：{because}" for name, because in district.gathered.strays)
    call = paragraphs(w.CALL_HEADING, call_lines(district))
    return Page(Sheet.TURNOUT, Sheet.TURNOUT, line, (Block(columns, rows, name="turnout"), call), stray)


def call_lines(district: District) -> list[str]:
    """Return the text for the schools that are missing, a paragraph a line."""
    told = []
    for state, words in w.CALLS.items():
        names = [s.name or s.code for s in district.gathered.schools if s.state == state]
        told += [words.format(count=len(names), names=w.AND.join(names), month=district.month)] if names else []
    return told or [w.CALL_NONE if district.gathered.has_list else w.NO_LIST]


def _scores(district: District, line: str) -> Page:
    verdicts = tuple(w.VERDICT_OF.format(verdict=v) for v in w.VERDICTS)
    columns = (
        Out(w.NAME, "text", 26),
        Out(w.SCORED, "count", 10),
        Out(w.AVERAGE, "score", 10),
        *(Out(title, "count", 11) for title in verdicts),
        Out(w.BEST, "centred", 11),
    )
    rows: list[tuple[Cell, ...]] = []
    for school in district.done:
        scored = school.count(w.SCORED)
        mean = half_up(Fraction(school.numbers.get(w.SCORE_SUM, 0)) / scored) if scored else w.DASH
        best = w.BEST if _is_best(district, school) else ""
        rows.append((school.name, scored, mean, *(school.count(key) for key in verdicts), best))
    block = Block(columns, rows, name="scores")
    return Page(Sheet.SCORES, Sheet.SCORES, line, (block,), (w.BEST_NOTE,))


def _is_best(district: District, school: School) -> bool:
    shares = [district.share(title, [school]) for title in w.PERFECT]
    return school.is_complete and all(due and n == due for n, due in shares)


def _quality(district: District, line: str) -> Page:
    keys = (w.ROWS, w.CLEAN, w.ERRORS, w.WARNINGS, w.NOTED)
    columns = (Out(w.NAME, "text", 26), Out(w.BASIS, "centred", 10), *(Out(key, "count", 11) for key in keys),
               Out(BY_KEY["rows_clean"].title, "rate", 11))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for school in district.done:
        counts = [school.count(key) for key in keys]
        rows.append((school.name, school.basis, *counts, Share(percent(counts[1], counts[0]), 3, 2)))
    sums = [int(district.sum(key)) for key in keys]
    rows.append((w.TOTAL, "", *map(Sum, sums), Share(percent(sums[1], sums[0]), 3, 2)))
    notes = tuple(
        w.NOT_REPORTED.format(name=school.name, figures=w.AND.join(school.not_reported))
        for school in district.done
        if school.not_reported
    )
    return Page(Sheet.QUALITY, Sheet.QUALITY, line, (Block(columns, rows, total_count=1, name="quality"),), notes)


def _trend(district: District, line: str) -> Page:
    months = [*sorted(district.earlier), str(district.month)]
    columns = (Out(b.FIGURE, "text", 20), *(Out(month, "share", 11) for month in months))

    def cell(n: int, due: int) -> Cell:
        value = share_value(n, due)
        return w.DASH if value is None else value

    rows: list[tuple[Cell, ...]] = [
        (title, *(cell(*district.earlier[m].get(title, (0, 0))) for m in months[:-1]), cell(*district.share(title)))
        for title in w.FIGURE_TITLES
    ]
    shown = tuple(place for place, title in enumerate(w.FIGURE_TITLES) if title in w.MAIN)
    chart = Chart(b.TREND_CHART, b.CHART_TREND_ALT, rows=shown, is_share=True)
    block = Block(columns, rows, name="trend")
    return Page(Sheet.TREND, Sheet.TREND, line, (block,), (w.TREND_NOTE,), charts=(chart,), is_landscape=False)


def _notes(line: str) -> Page:
    return Page(Sheet.NOTES, Sheet.NOTES, line, (paragraphs(w.NOTE_COLUMN, w.NOTES),), is_landscape=False)


def _data(district: District, line: str) -> Page:
    """Return one row a school that handed in, with every count: what a roll-up above reads."""
    text = [Out(title, "text", 16) for title in w.PLACE]
    columns = (
        *text,
        Out(w.BASIS, "centred", 9),
        Out(w.IS_COMPLETE, "centred", 9),
        *(Out(title, "count", 9) for title in w.COUNTED),
        *(Out(title, "money", 12) for title in w.MONEY),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *(school.code, school.name, school.county, school.town),
            school.basis,
            YES if school.is_complete else NO,
            *(school.count(key) if key in school.numbers else w.DASH for key in w.COUNTED),
            *(Decimal(school.numbers.get(key, 0)) for key in w.MONEY),
        )
        for school in district.done
    ]
    block = Block(columns, rows, name="schools")
    return Page(Sheet.DATA, Sheet.DATA, line, (block,), freeze_columns=2, is_hidden=True)


def states(district: District) -> Counter[str]:
    """Return state → schools."""
    return Counter(school.state for school in district.gathered.schools)
