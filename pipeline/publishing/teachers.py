"""教师考核 and 教师明细: each teacher's points, with n/N and the children behind what is missing. School-only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.publishing.book import Block, Out, Page, link_to
from pipeline.publishing.bureau import line
from pipeline.publishing.cells import Cell
from pipeline.publishing.services import points_cell
from pipeline.result import Result
from pipeline.scoring.teachers import Share
from schemas import bureau_words as w
from schemas.bureau_words import Sheet
from schemas.codes import DASH


def teacher_pages(result: Result) -> tuple[Page, Page]:
    """Return both sheets; each teacher links to his own lines."""
    detail, first = _detail(result)
    return teacher_scores(result, first), detail


def teacher_scores(result: Result, first: Mapping[str, int] = MappingProxyType({})) -> Page:
    """Return 教师考核. `first`: teacher → the first of his lines on 教师明细, where that sheet stands beside."""
    rank, name, count = w.TEACHER_COLUMNS
    columns = (
        Out(rank, "centred", 6),
        Out(name, "text", 18),
        Out(count, "count", 10),
        *(Out(item.title, "score", 10) for item in result.policy.teacher_rubric),
        Out(w.SUM, "score", 9),
        Out(w.VERDICT, "centred", 10),
    )
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], str] = {}
    for score in result.teacher_scores:
        if score.name in first:
            links[len(rows), len(columns) - 1] = link_to(Sheet.TEACHER_DETAIL, first[score.name])
        points = tuple(DASH if p is None else points_cell(p) for p in score.points)
        rows.append((score.rank, score.name, len(score.children), *points, score.total, score.verdict))
    block = Block(columns, rows, links=links)
    return Page(Sheet.TEACHERS, Sheet.TEACHERS, line(result), (block,), w.TEACHER_NOTE, freeze_columns=2)


def _detail(result: Result) -> tuple[Page, dict[str, int]]:
    roles = ("text", "text", "count", "count", "count", "score", "wrapped")
    widths = (12, 14, 8, 9, 9, 9, 90)
    columns = tuple(Out(t, r, x) for t, r, x in zip(w.TEACHER_DETAIL_COLUMNS, roles, widths, strict=True))
    names = result.measured.people["name"]
    rows: list[tuple[Cell, ...]] = []
    first: dict[str, int] = {}
    for score in result.teacher_scores:
        first[score.name] = len(rows)
        for item, points in zip(result.policy.teacher_rubric, score.points, strict=True):
            share = score.shares.get(item.figure, Share(0, 0))
            got = DASH if points is None else points_cell(points)
            lacking = w.AND.join(str(names.at[child]) for child in share.lacking)
            rows.append((score.name, item.title, float(item.points), share.n, share.total, got, lacking))
    page = Page(
        Sheet.TEACHER_DETAIL,
        Sheet.TEACHER_DETAIL,
        line(result),
        (Block(columns, rows),),
        (w.NAMES_NOTE,),
        freeze_columns=2,
        has_filter=True,
    )
    return page, first
