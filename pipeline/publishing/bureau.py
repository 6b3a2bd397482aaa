"""The bureau workbook: what stands in the tables of its layout, nothing that names a child (contract §7)."""

from __future__ import annotations

import hashlib

from pipeline.publishing import counted, services
from pipeline.publishing.book import Book, Contents, Row, Rows, pages_of
from pipeline.publishing.counts import Counts
from pipeline.publishing.crossfoot import crossfoot_rows
from pipeline.publishing.lacking import lacking_tables
from pipeline.publishing.pictures import charts_of, picture_tables
from pipeline.publishing.trend import compared_with
from pipeline.result import Result
from schemas import bureau_words as w
from schemas.bureau_layout import BUREAU
from schemas.class_names import class_text
from schemas.codes import DASH, GRADES, NO, YES
from schemas.figures import BASES
from schemas.layouts import Layout
from schemas.verdicts import FileState, State
from schemas.versions import BUREAU_VERSION


def bureau_book(result: Result, layout: Layout = BUREAU) -> Book:
    """Return the month's workbook for the bureau, by the standard layout or another of the same keys."""
    counts = Counts(result)
    tables = {
        **counted.tables(result, counts),
        "scores": score_rows(result),
        **lacking_tables(result),
        **services.tables(result, counts),
        **picture_tables(result),
    }
    tables["crossfoot"] = crossfoot_rows(layout, tables)
    contents = Contents(line(result), tables, _notes(result), charts=charts_of(result), facts=_facts(result))
    return Book(layout.title, pages_of(layout, contents), result.stamp, _meta(result), layout.name)


def _notes(result: Result) -> dict[str, tuple[str, ...]]:
    """Return the closing notes by the key of their sheet."""
    covered = coverage(result)
    return {
        "targets": (covered, bases(result), *compared_with(result)),
        "grades": (covered, bases(result)),
        "classes": (covered, bases(result)),
        "care": (covered,),
        "ones": (w.ONES_NOTE.format(start=result.year.term_start, end=result.year.counted_to),),
        "scores": score_notes(result),
        "lacking": (w.LACKING_NOTE, w.SHORT_WORDS),
        "movements": (*_over_summer(result), w.BALANCE_NOTE, w.MOVED_IN_NOTE, *compared_with(result)),
        "notes": services.closing_notes(result),
        "crossfoot": (w.CROSSFOOT_NOTE,),
    }


def _over_summer(result: Result) -> tuple[str, ...]:
    """Say what stands for last month's 在册 in the first month of a 学年."""
    last_year = () if result.history.snapshots else result.history.last_year[:1]
    return tuple(w.SUMMER_NOTE.format(month=snapshot.month) for snapshot in last_year)


def _facts(result: Result) -> dict[str, str]:
    return {
        "school": result.school_name,
        "code": result.school_code,
        "month": str(result.month),
        "day": str(result.month.last_day),
        "basis": BASES[result.policy.basis],
    }


def _meta(result: Result) -> dict[str, str]:
    """Return what a program asks before it reads: whose, of what month, over which classes, from which files."""
    files = sorted(submission.file.sha256 for submission in result.submissions)
    values = (
        w.TITLE,
        BUREAU_VERSION,
        result.school_code,
        result.school_name,
        str(result.month),
        result.policy.basis,
        YES if result.turnout.is_complete else NO,
        hashlib.sha256("".join(files).encode()).hexdigest()[:16],
    )
    return dict(zip(w.META_LABELS, values, strict=True))


def line(result: Result) -> str:
    """Return the line below every heading: school, month, day, 口径."""
    return w.LINE.format(
        school=result.school_name,
        code=result.school_code,
        month=result.month,
        day=result.month.last_day,
        basis=BASES[result.policy.basis],
    )


def coverage(result: Result) -> str:
    """Say over which classes the figures are computed."""
    missing = [class_text(c.place) + c.state for c in result.turnout.classes if c.state != State.HANDED_IN]
    told = w.NOT_IN.format(names=w.AND.join(missing)) if missing else ""
    unread = sum(1 for s in result.submissions if s.state is FileState.UNKNOWN)
    told += w.UNREAD_FILES.format(count=unread) if unread else ""
    due = len(result.turnout.classes)
    return w.COVERAGE.format(due=due, done=due - len(missing), missing=told)


def bases(result: Result) -> str:
    """Put the three 口径 beside each other, and the children who meet none of the chosen one."""
    heads = result.measured.heads
    sums = {key: int(heads[key].sum()) for key in ("is_double", "is_single", "is_national", "is_planned", "is_unmet")}
    text = w.THREE_BASES.format(
        enrolment=sums["is_double"] + sums["is_single"],
        double=sums["is_double"],
        single=sums["is_single"],
        national=sums["is_national"],
        plan=sums["is_planned"],
    )
    return text + (w.LISTED_APART.format(count=sums["is_unmet"]) if sums["is_unmet"] else "")


def score_rows(result: Result) -> Rows:
    """Return 班级考核: points before rescaling, the total rescaled to 100."""
    rows: list[Row] = [
        {
            "rank": DASH if score.rank is None else score.rank,
            "grade": GRADES[score.place[0] - 1],
            "class": score.place[1],
            "items": tuple(DASH if p is None else services.points_cell(p) for p in score.points),
            "total": DASH if score.total is None else score.total,
            "verdict": score.verdict,
        }
        for score in result.scores
    ]
    return Rows(rows, each=tuple(item.title for item in result.policy.rubric))


def score_notes(result: Result) -> tuple[str, ...]:
    """Return the notes below 班级考核: full marks, and what the verdicts mean."""
    full = w.AND.join(f"{item.title} {float(item.points):g}" for item in result.policy.rubric)
    return (
        *(() if result.year.is_teaching else (w.HOLIDAY_NOTE,)),
        w.SCORE_NOTE.format(full=full),
        w.VERDICT_NOTE.format(top=float(result.policy.top_score), low=float(result.policy.pass_score)),
    )
