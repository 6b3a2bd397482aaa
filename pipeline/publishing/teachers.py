"""教师考核 and 教师明细: each teacher's points, with n/N and the children behind what is missing. School-only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.publishing.book import Link, Page, Row, Rows, page_of
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cells
from pipeline.publishing.services import points_cell
from pipeline.result import Result
from pipeline.scoring.teachers import Share
from schemas import bureau_words as w
from schemas.codes import DASH
from schemas.school_layout import TEACHER_DETAIL, TEACHERS


def teacher_pages(result: Result) -> tuple[Page, Page]:
    """Return both sheets; each teacher links to his own lines."""
    detail, first = _detail(result)
    return teacher_scores(result, first), detail


def teacher_scores(result: Result, first: Mapping[str, int] = MappingProxyType({})) -> Page:
    """Return 教师考核. `first`: teacher → the first of his lines on 教师明细, where that sheet stands beside."""
    rows: list[Row] = []
    links: dict[tuple[int, str], Link] = {}
    for number, score in enumerate(result.teacher_scores):
        if score.name in first:
            links[number, "verdict"] = Link("teacher_detail", first[score.name])
        label: Cells = {"rank": score.rank, "teacher": score.name, "children": len(score.children)}
        points = tuple(DASH if p is None else points_cell(p) for p in score.points)
        rows.append({**label, "items": points, "total": score.total, "verdict": score.verdict})
    titles = tuple(item.title for item in result.policy.teacher_rubric)
    return page_of(TEACHERS, {"teachers": Rows(rows, each=titles, links=links)}, line(result), w.TEACHER_NOTE)


def _detail(result: Result) -> tuple[Page, dict[str, int]]:
    names = result.measured.people["name"].to_dict()
    rows: list[Row] = []
    first: dict[str, int] = {}
    for score in result.teacher_scores:
        first[score.name] = len(rows)
        for item, points in zip(result.policy.teacher_rubric, score.points, strict=True):
            share = score.shares.get(item.figure, Share(0, 0))
            rows.append(
                {
                    "teacher": score.name,
                    "item": item.title,
                    "full": float(item.points),
                    "done": share.n,
                    "due": share.total,
                    "points": DASH if points is None else points_cell(points),
                    "lacking": w.AND.join(str(names[child]) for child in share.lacking),
                }
            )
    return page_of(TEACHER_DETAIL, {"teacher_detail": Rows(rows)}, line(result), (w.NAMES_NOTE,)), first
