"""七篇对照: every line of the seven plans with what was found for it, and who lacks it by name. School-only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.measuring.tally import Tally
from pipeline.model import Place
from pipeline.publishing.book import Page, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from schemas import bureau_words as w
from schemas.chapters.checks import Check, Heads
from schemas.class_names import class_text
from schemas.codes import GRADES
from schemas.figures import NOT_YET_DONE
from schemas.school_layout import CHAPTERS, OWED

_LONGEST = 60  # letters of names in a cell
_LEAST = 2  # children who are a whole class


class _Lacking(NamedTuple):
    """Who lacks something: `name` is a child's, else "" (the class, or the school)."""

    grade: int
    number: int
    name: str
    lack: str


def chapters_pages(result: Result) -> tuple[Page, Page]:
    """Return 七篇对照, one line a check, and 对照名单, one line a child (or class) that lacks something."""
    found = sorted(
        _checked(result), key=lambda c: c.item.chapter != result.policy.preset
    )  # the school's own plan first
    lacking: dict[Check, list[_Lacking]] = {}  # many items share a check
    for checked in found:
        if checked.check not in lacking:
            lacking[checked.check] = _lacking(checked, result)
    lines: list[Row] = [
        {
            "code": c.item.code,
            "in_force": w.IN_FORCE if c.item.chapter == result.policy.preset else w.FOR_COMPARISON,
            "matter": c.item.matter,
            "evidence": c.item.evidence,
            "how": c.check.text,
            "done": c.n,
            "due": c.total,
            "state": _state(c),
            "lacking": _in_short(lacking[c.check], is_listed=c.item.chapter == result.policy.preset),
            "printed": c.item.printed,
        }
        for c in found
    ]
    page = page_of(CHAPTERS, {"chapters": Rows(lines)}, line(result), (w.CHAPTERS_NOTE,))
    return page, page_of(OWED, {"owed": _owed(found, lacking, result)}, line(result), (w.OWED_NOTE, w.NAMES_NOTE))


def _owed(found: Sequence[Checked], lacking: Mapping[Check, list[_Lacking]], result: Result) -> Rows:
    """Return one row a child, a class or the school, with all that it lacks of the plan that is in force."""
    of_all: dict[tuple[int, int, str], dict[str, list[str]]] = {}  # whom → line → what is lacking
    for checked in found:
        if checked.item.chapter == result.policy.preset:
            for own in _together(lacking[checked.check], checked.tally):
                lines = of_all.setdefault((own.grade, own.number, own.name), {})
                lines.setdefault(checked.item.code, []).append(own.lack)
    rows: list[Row] = [
        {
            "grade": GRADES[grade - 1] if grade else w.WHOLE_SCHOOL,
            "class": number or "",
            "name": name,
            "lack": w.AND_THEN.join(
                w.ONE_OWED.format(code=code, lack=_said_once(told)) for code, told in lines.items()
            ),
        }
        for (grade, number, name), lines in sorted(of_all.items())
    ]
    return Rows(rows)


def _said_once(lacks: list[str]) -> str:
    """Join what one line lacks; “还没有：” is said once for all that is not there yet."""
    begun, end = NOT_YET_DONE.split("{what}")
    told = [lack for lack in dict.fromkeys(lacks) if not lack.startswith(begun)]
    things = [lack.removeprefix(begun).removesuffix(end) for lack in dict.fromkeys(lacks) if lack.startswith(begun)]
    yet = [NOT_YET_DONE.format(what=w.AND.join(things))] if things else []
    return w.AND_ALSO.join([*told, *yet])


@lru_cache(maxsize=1)
def _checked(result: Result) -> list[Checked]:
    measured = result.measured
    return check_chapters(measured.counting, measured.tally, result.scores, result.teacher_scores)


def _lacking(checked: Checked, result: Result) -> list[_Lacking]:
    """Return who lacks a line, by class and name; of the school itself nobody is named."""
    if isinstance(checked.check, Heads) or checked.is_met:
        return []
    short = checked.tally.where(checked.tally.n < checked.tally.N)
    names = _names(result)
    return sorted(
        {_Lacking(grade, number, names.get(child, ""), lack) for grade, number, child, *_, lack in short.rows()}
    )


@lru_cache(maxsize=1)
def _names(result: Result) -> dict[int, str]:
    return {int(str(child)): str(name) for child, name in result.measured.people["name"].items()}


def _together(lacking: list[_Lacking], tally: Tally) -> list[_Lacking]:
    """Return who lacks a line, a class (the school) once where all its children (its classes) lack it alike."""
    asked = {(grade, number, child) for grade, number, child, *_ in tally.rows() if child >= 0}
    sizes = Counter(own[:2] for own in asked)
    alike = Counter((own.grade, own.number, own.lack) for own in lacking if own.name)
    whole = {key for key, count in alike.items() if count >= _LEAST and count == sizes[key[:2]]}
    found = {own for own in lacking if (own.grade, own.number, own.lack) not in whole}
    for lack in sorted({lack for _, _, lack in whole}):
        classes = {key[:2] for key in whole if key[2] == lack}
        is_school = len(classes) > 1 and classes == sizes.keys()
        found |= {
            _Lacking(*place, "", w.ALL_OF_THEM.format(lack=lack)) for place in ([(0, 0)] if is_school else classes)
        }
    return sorted(found)


def _in_short(lacking: list[_Lacking], *, is_listed: bool) -> str:
    """Name those who lack a line, class by class, as far as a cell holds them."""
    by_class: dict[Place, list[str]] = {}
    for own in lacking:
        by_class.setdefault((own.grade, own.number), []).append(own.name or ("" if own.number else own.lack))
    told = (
        (class_text(place) if place[0] else w.WHOLE_SCHOOL, w.AND.join(dict.fromkeys(filter(None, own))))
        for place, own in by_class.items()
    )
    text = w.AND_THEN.join(w.OF_CLASS.format(place=place, names=names) if names else place for place, names in told)
    if len(text) <= _LONGEST:
        return text
    ends = [place for place, letter in enumerate(text[:_LONGEST]) if letter in w.AND + w.AND_THEN]
    more = w.AND_MORE + (w.SEE_OWED if is_listed else "")
    return text[: max(ends, default=_LONGEST)] + more.format(count=len(lacking))


def _state(checked: Checked) -> str:
    if isinstance(checked.check, Heads):
        return w.NOTHING_DUE
    if not checked.total:
        return w.NO_MINIMUM.format(n=checked.n) if checked.is_count else w.NOTHING_DUE
    return w.IN_PLACE if checked.is_met else w.PARTLY if checked.n else w.NOT_YET
