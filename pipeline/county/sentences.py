"""A district's month in sentences: the same numbers on the console, in the workbook, the notice, the texts to send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from pipeline.county.added import best_of
from pipeline.county.district import District
from pipeline.county.records import School
from pipeline.county.timeliness import Standing, class_counts, told_reason
from pipeline.county.visits import is_low, visits_of
from pipeline.publishing.counts import fraction_text, verdict
from pipeline.publishing.trend import change
from pipeline.rounding import percent
from schemas import county_notice_words as w
from schemas import county_words
from schemas.codes import DASH
from schemas.county_layout import BEST, MOVED
from schemas.figures import BY_KEY, FIGURES

Tell = Callable[[School], str]


def standing_line(district: District) -> str:
    """Say how many schools were due and how many stand in each state: the counts add up to what was due."""
    line = told_standing(district.standing())
    outside = district.gathered.outside_count
    return line + (county_words.OUTSIDE.format(count=outside) if outside else "")


def told_standing(own: Standing) -> str:
    """Say how many of some schools stand in each state, and the rates where it is known what was due."""
    told = {key: own.of[key] for key in county_words.STATES if own.of[key] or key in ("on_time", "missing")}
    words = county_words.JOIN.join(
        county_words.STATE_COUNT.format(state=county_words.STATES[key], count=count) for key, count in told.items()
    )
    if not own.has_list:
        return county_words.STANDING_UNLISTED.format(due=own.due, states=words)
    shown = {"reporting": percent(*own.reporting), "timely": percent(*own.timely), "whole": own.whole}
    return county_words.STANDING.format(due=own.due, states=words, on_time=own.of["on_time"], **shown)


def left_over_line(district: District) -> str:
    """Name the files and folders that are no school's; "" where there are none."""
    names = [name for name, _ in district.gathered.strays]
    shown = w.AND.join(names[: w.NAMED])
    return county_words.LEFT_OVER.format(count=len(names), names=shown) if names else ""


def long_day(day: date) -> str:
    """Return 2026年11月5日."""
    return w.DAY.format(day=day)


def short_day(day: date | str) -> str:
    """Return 11月5日."""
    return w.SHORT_DAY.format(day=date.fromisoformat(day) if isinstance(day, str) else day)


def _named(schools: Sequence[School], tell: Tell) -> str:
    """Return the first schools as they are told, and how many there are where these are not all."""
    names = w.AND.join(tell(school) for school in schools[: w.NAMED])
    return names + (w.MORE.format(count=len(schools)) if len(schools) > w.NAMED else "")


def _late(school: School) -> str:
    return w.NAMED_LATE.format(name=school.name, day=short_day(school.received), days=school.late_days)


def _partial(school: School) -> str:
    names = w.AND.join(school.classes_lacking)
    return w.NAMED_PARTIAL.format(name=school.name, classes=class_counts(school), names=names)


def _because(school: School) -> str:
    reason = told_reason(school)
    return w.NAMED_BECAUSE.format(name=school.name, reason=reason) if reason else _name(school)


def _name(school: School) -> str:
    return school.name or school.code


_TELL: dict[str, Tell] = {
    "late": _late,
    "partial": _partial,
    "refused": _because,
    "double": _because,
    "missing": _because,
}


def _of_share(key: str) -> Tell:
    def tell(school: School) -> str:
        n, due = school.share(key)
        return w.NAMED_SHARE.format(name=school.name, n=n, due=due)

    return tell


def _lowest(schools: Iterable[School], key: str) -> list[School]:
    """Return schools by a rate, the lowest first, of the same rate the largest."""
    return sorted(schools, key=lambda s: (Fraction(*s.share(key)), -s.share(key)[1], s.code))


def behind_of(district: District, key: str) -> list[School]:
    """Return the schools that lack some of a figure, the lowest rate first."""
    return _lowest((s for s in district.done if s.share(key)[0] < s.share(key)[1]), key)


def _share(n: int, due: int) -> str:
    return w.SHARE.format(rate=percent(n, due), n=n, due=due)


# --- the findings, by the name of their placeholder -------------------------------------------------------------------


def findings(district: District) -> dict[str, list[str]]:
    """Return the paragraphs of the notice by the name of the list that they stand for."""
    return dict(
        zip(
            w.LISTS,
            map(
                list,
                (
                    _standing(district),
                    _targets(district),
                    _low(district),
                    _quality(district),
                    _moved(district),
                    _best(district),
                    _visits(district),
                    _demands(district),
                ),
            ),
            strict=True,
        )
    )


def state_sentences(schools: Sequence[School]) -> Iterator[str]:
    """Yield a sentence for each state in which a school of these is, but for those that are in time."""
    for key, sentence in w.STATE_SENTENCES.items():
        own = [school for school in schools if school.state == county_words.STATES[key]]
        if own:
            yield sentence.format(count=len(own), names=_named(own, _TELL.get(key, _name)))


def _standing(district: District) -> Iterator[str]:
    yield standing_line(district)
    yield from state_sentences(district.gathered.schools)
    if district.gathered.has_list and len(district.of(county_words.State.ON_TIME)) == len(district.gathered.schools):
        yield w.ALL_IN_TIME
    by_file = [s for s in district.gathered.schools if s.received_by == county_words.BY_FILE]
    if by_file:
        yield w.BY_FILE_NOTE.format(count=len(by_file))
    if district.gathered.strays:
        yield county_words.LEFT_OVER_COUNT.format(count=len(district.gathered.strays))


def change_of(district: District, key: str) -> str:
    """Return the change of a figure against the month before, like for like: +1.20; — where there is none."""
    return change(*district.pair(key, district.done))


def _change(district: District, key: str) -> str:
    told = change_of(district, key)
    if told == DASH:
        return ""
    sentence = {"+": w.RISE, "-": w.FALL_BY}.get(told[0], w.LEVEL)
    return sentence.format(points=told[1:])


def _targets(district: District) -> Iterator[str]:
    yield w.COUNTED_OVER.format(done=len(district.done), classes=district.sum("classes_done"))
    for figure in FIGURES:
        if figure.is_target:
            n, due = district.share(figure.key)
            own = behind_of(district, figure.key)
            names = w.BEHIND.format(count=len(own), names=_named(own, _of_share(figure.key))) if own else ""
            told = {"verdict": verdict(n, due, is_complete=district.is_complete), "share": _share(n, due)}
            yield w.TARGET.format(figure=figure.title, change=_change(district, figure.key), behind=names, **told)
    yield w.OTHER_FIGURES.format(count=sum(not figure.is_target for figure in FIGURES))


def _low(district: District) -> Iterator[str]:
    is_any = False
    for key in w.VISIT_MAIN:
        own = _lowest((s for s in district.done if is_low(*s.share(key))), key)
        if own:
            is_any = True
            names = _named(own, _of_share(key))
            yield w.LOW_FIGURE.format(figure=BY_KEY[key].title, count=len(own), names=names)
    if not is_any:
        yield w.NO_LOW


def _quality(district: District) -> Iterator[str]:
    key = "rows_clean"
    poor = _lowest((s for s in district.done if 100 * s.share(key)[0] < w.ERRORS * s.share(key)[1]), key)
    names = w.OF_NAMES.format(names=_named(poor, _of_share(key))) if poor else ""
    yield w.QUALITY.format(share=_share(*district.share(key)), count=len(poor), names=names)
    wrong = [school for school in district.done if school.fault_count]
    told = w.OF_NAMES.format(names=_named(wrong, _faulty)) if wrong else ""
    yield w.FAULTS.format(count=len(wrong), names=told)


def _faulty(school: School) -> str:
    return w.NAMED_FAULTS.format(name=school.name, count=school.fault_count)


def _moved(district: District) -> Iterator[str]:
    told = {key.removeprefix("moved_"): int(district.sum(key)) for key in MOVED}
    yield w.MOVED.format(**told) if any(told.values()) else w.NO_MOVED


def _best(district: District) -> Iterator[str]:
    own = best_of(district)
    yield w.BEST.format(names=_named(own, _praised)) if own else w.NO_BEST


def _praised(school: School) -> str:
    return w.NAMED_BEST.format(name=school.name, **{key: fraction_text(*school.share(key)) for key in BEST})


def _visits(district: District) -> Iterator[str]:
    found = visits_of(district)
    place = w.PLACE_OF_COUNTY if district.is_province else w.PLACE
    for number, visit in enumerate(found, start=1):
        own = visit.school
        where = place.format(county=own.county, town=own.town) if own.county or own.town else ""
        yield w.VISIT.format(number=number, place=where, name=_name(own), why=w.SEMICOLON.join(visit.why))
    if not found:
        yield w.NO_VISIT


def _demands(district: District) -> Iterator[str]:
    states = county_words.State
    own = {
        "missing": len(district.of(states.MISSING)),
        "partial": len(district.of(states.PARTIAL)),
        "back": len(district.of(states.REFUSED, states.DOUBLE)),
        "faults": sum(bool(school.fault_count) for school in district.done),
    }
    for key, sentence in w.DEMANDS.items():
        if own.get(key, 1):
            yield sentence.format(count=own.get(key, 0), day=short_day(district.reply_by))


# --- the texts to send ------------------------------------------------------------------------------------------------


def group_text(district: District) -> str:
    """Return the text for the group of all schools."""
    parts = [
        sentence.format(count=len(own), names=w.AND.join(map(_name, own)))
        for key, sentence in w.STATE_SENTENCES.items()
        if (own := district.of(county_words.STATES[key]))
    ]
    told = {"standing": standing_line(district), "parts": "".join(parts), "day": short_day(district.reply_by)}
    return w.GROUP.format(month=district.month, **told)


def school_text(district: District, school: School) -> str:
    """Return the text for one school: how it stands, what is lacking, by when."""
    key = county_words.KEY_OF_STATE[school.state]
    short = [(f, *school.share(f.key)) for f in FIGURES if school.share(f.key)[0] < school.share(f.key)[1]]
    names = w.AND.join(w.NAMED_FIGURE.format(figure=f.title, n=n, due=due) for f, n, due in short)
    is_clear = school.counts and not short and not school.fault_count and key in ("on_time", "late", "undated")
    day = short_day(district.reply_by)
    return w.EACH.format(
        name=_name(school),
        month=district.month,
        state=state_text(school),
        lacking=w.EACH_LACKING.format(names=w.AND.join(school.classes_lacking)) if school.classes_lacking else "",
        behind=w.EACH_BEHIND.format(names=names) if short else w.EACH_DONE if school.counts else "",
        faults=w.EACH_FAULTS.format(count=school.fault_count) if school.counts and school.fault_count else "",
        by=w.EACH_THANKS if is_clear else w.EACH_BY.get(key, w.EACH_BY_REST).format(day=day),
    )


def state_text(school: School) -> str:
    """Return the state of a school with what explains it: 迟交（11月8日 收到，迟 3 天）."""
    key = county_words.KEY_OF_STATE[school.state]
    if key in w.STATE_DETAIL:
        day = short_day(school.received) if school.received else ""
        detail = w.STATE_DETAIL[key].format(day=day, days=school.late_days, classes=class_counts(school))
    else:
        detail = told_reason(school)
    return w.STATE_WITH.format(state=school.state, detail=detail) if detail else school.state
