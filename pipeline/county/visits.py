"""Which schools somebody should visit, and why: reasons by rule, points that only put them in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.county.district import District
from pipeline.county.records import School
from pipeline.county.reported import label_of
from pipeline.county.timeliness import class_counts, told_reason
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.counts import fraction_text
from pipeline.rounding import half_up, share_value
from schemas import county_notice_words as w
from schemas import county_words
from schemas.figures import BY_KEY

Reason = tuple[int, str]  # points, sentence


@dataclass(frozen=True)
class Visit:
    """A school to visit: its points, why, and how much of the main figures it lacks."""

    school: School
    points: int
    why: tuple[str, ...]
    short: int


def visits_of(district: District) -> list[Visit]:
    """Return the schools that need a visit, most urgent first: at most ten, none for a trifle."""
    found = []
    for school in district.gathered.schools:
        reasons = list(_reasons(district, school))
        points = sum(points for points, _ in reasons)
        if points >= w.VISIT_LEAST:
            short = sum(due - n for n, due in map(school.share, w.VISIT_MAIN))
            found.append(Visit(school, points, tuple(text for _, text in reasons), short))
    return sorted(found, key=lambda visit: (-visit.points, -visit.short, visit.school.code))[: w.VISITS]


def visits_rows(district: District) -> Rows:
    """Return 建议走访: a row a school, in order."""
    rows: list[Row] = [
        {**label_of(v.school), "number": number, "points": v.points, "why": w.SEMICOLON.join(v.why)}
        for number, v in enumerate(visits_of(district), start=1)
    ]
    return Rows(rows)


def _reasons(district: District, school: School) -> Iterator[Reason]:
    yield from _of_state(district, school)
    if not school.counts:
        return
    n, due = school.share("kept")
    if n < due:
        yield _reason("lost", count=due - n, share=fraction_text(n, due))
    if school.fault_count:
        yield _reason("fault", count=school.fault_count)
    yield from _of_figures(district, school)
    clean, rows = school.share("rows_clean")
    if 100 * clean < w.ERRORS * rows:
        yield _reason("errors", share=fraction_text(clean, rows))


def _of_state(district: District, school: School) -> Iterator[Reason]:
    key = county_words.KEY_OF_STATE.get(school.state, "")
    if key in w.REASONS:
        told = {"reason": told_reason(school) or w.NO_REASON, "days": school.late_days, "classes": class_counts(school)}
        yield _reason(key, **told, names=w.AND.join(school.classes_lacking))
    then = district.before.schools.get(school.code) if district.before else None
    if then is not None and not (school.is_whole or then.is_whole):
        yield _reason("again")


def is_low(n: int, due: int) -> bool:
    """Tell whether a rate is so low that it is a trouble of its own."""
    return 100 * n < w.LOW * due


def _of_figures(district: District, school: School) -> Iterator[Reason]:
    for key in w.VISIT_MAIN:
        n, due = school.share(key)
        title = BY_KEY[key].title
        if is_low(n, due):
            yield _reason("low", figure=title, share=fraction_text(n, due))
        now, then = district.pair(key, [school])
        if now[1] and then[1] and Fraction(*then) - Fraction(*now) >= Fraction(w.FALL, 100):
            fall = (share_value(*then) or 0) - (share_value(*now) or 0)
            yield _reason("fall", figure=title, points=half_up(Fraction(fall) * 100))


def _reason(key: str, **told: object) -> Reason:
    points, text = w.REASONS[key]
    return points, text.format(**told)
