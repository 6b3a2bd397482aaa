"""The district's workbook: the schools added up, in the look of a school's own, sealed and itself fit for a roll-up."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pipeline.county.added import tables_of
from pipeline.county.compared import alike_note
from pipeline.county.district import District
from pipeline.county.proof import proof_tables
from pipeline.county.reported import label_of
from pipeline.county.sentences import group_text, school_text, standing_line
from pipeline.publishing.book import Book, Chart, Contents, Row, Rows, pages_of, paragraphs
from pipeline.rounding import percent
from schemas import bureau_words as b
from schemas import county_notice_words as n
from schemas import county_words as w
from schemas.bureau_layout import TREND_CHART
from schemas.codes import NO, YES
from schemas.county_layout import COUNTED, DISTRICT, MAIN, MONEY
from schemas.figures import FIGURES
from schemas.layouts import Layout


def district_book(district: District, layout: Layout = DISTRICT) -> Book:
    """Return the workbook of a district's month, by the standard layout or another of the same keys."""
    shown = layout if district.is_province else _without(layout, "counties")
    tables = tables_of(district)
    tables["messages"] = _messages(district)
    tables |= proof_tables(district, shown, tables)
    below = {
        "turnout": paragraphs(w.CALL_HEADING, call_lines(district)),
        "messages": paragraphs(n.TO_GROUP, [group_text(district)]),
        "notes": paragraphs(w.NOTE_COLUMN, w.NOTES),
    }
    charts = (_chart(),) if district.earlier else ()  # one month is no line
    line = w.LINE.format(name=district.name, month=district.month, day=district.month.last_day)
    contents = Contents(line, tables, _notes(district), below, charts, _facts(district))
    return Book(layout.title, pages_of(shown, contents), meta=_meta(district), layout=layout.name)


def _without(layout: Layout, key: str) -> Layout:
    return replace(layout, sheets=tuple(sheet for sheet in layout.sheets if sheet.key != key))


def _messages(district: District) -> Rows:
    """Return the text for each school."""
    rows: list[Row] = [
        {**label_of(school), "text": school_text(district, school)} for school in district.gathered.schools
    ]
    return Rows(rows)


def _meta(district: District) -> dict[str, str]:
    keys = (*COUNTED, *MONEY)
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


def _facts(district: District) -> dict[str, str]:
    own = district.standing()
    behind = [
        w.STATE_COUNT.format(state=w.STATES[key], count=own.of[key])
        for key in ("partial", "refused", "double", "missing")
        if own.of[key]
    ]
    return {
        "name": district.name,
        "month": str(district.month),
        "day": str(district.month.last_day),
        "deadline": str(district.deadline),
        "schools_due": str(own.due),
        "reporting": _fact(*own.reporting),
        "timely": _fact(*own.timely),
        "behind": w.JOIN.join(behind) or w.DASH,
        "schools_done": str(len(district.done)),
    }


def _fact(part: int, whole: int) -> str:
    return n.SHARE.format(rate=percent(part, whole), n=part, due=whole) if whole else w.DASH


def _notes(district: District) -> dict[str, tuple[str, ...]]:
    """Return the closing notes by the key of their sheet."""
    below = _notes_below(district)
    return {
        "targets": (*below, *alike_note(district)),
        "reporting": (standing_line(district), w.REPORTING_NOTE.format(day=district.deadline)),
        "counties": (w.LEVEL_NOTE,),
        "towns": below,
        "schools": below,
        "town_figures": below,
        "school_figures": below,
        "heat": (w.LEVEL_NOTE,),
        "ranks": (w.RANK_NOTE,),
        "turnout": tuple(f"{name}：{because}" for name, because in district.gathered.strays),
        "visits": (n.VISIT_NOTE,),
        "scores": (w.BEST_NOTE,),
        "movers": (w.MOVED_NOTE,),
        "crossfoot": (w.PROOF_SCHOOLS,),
        "quality": tuple(
            w.NOT_REPORTED.format(name=school.name, figures=w.AND.join(school.not_reported))
            for school in district.done
            if school.not_reported
        ),
        "trend": (w.TREND_NOTE, *alike_note(district)),
    }


def _notes_below(district: District) -> tuple[str, ...]:
    told = [w.COVERAGE.format(standing=standing_line(district), done=len(district.done))]
    bases = sorted({school.basis for school in district.done})
    told += [] if district.is_complete else [w.NOT_COMPLETE]
    told += [] if district.gathered.has_list else [w.NO_LIST]
    told += [w.MIXED_BASES.format(bases=w.AND.join(bases))] if len(bases) > 1 else []
    return tuple(told)


def _chart() -> Chart:
    shown = tuple(place for place, figure in enumerate(FIGURES) if figure.key in MAIN)
    return Chart(TREND_CHART, b.CHART_TREND_ALT, "trend", "figure", rows=shown, across="months", is_share=True)


def call_lines(district: District) -> list[str]:
    """Return the text for the schools that are missing, a paragraph a line."""
    told = []
    for state, words in w.CALLS.items():
        names = [s.name or s.code for s in district.gathered.schools if s.state == state]
        told += [words.format(count=len(names), names=w.AND.join(names), month=district.month)] if names else []
    return told or [w.CALL_NONE if district.gathered.has_list else w.NO_LIST]
