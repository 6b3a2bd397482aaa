"""What the processes that read can do besides: writing workbooks from plain data, while the main process goes on.

What is given and what comes back holds nothing of pandas, which these processes do not import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any


def render_book(book: Any) -> bytes:
    """Return a published book as a workbook."""
    from pipeline.excel.render import rendered

    return rendered(book)


def fill_form(
    key: str, cover: Any, rows: Any, meta: Any, lines: Any, staff: Any = (), so_far: Any = None, marks: Any = ()
) -> bytes:
    """Return the workbook of a form with its entries: see `write_form`. `marks`: the comments of cells."""
    from pipeline.excel.annotate import commented
    from pipeline.excel.filling import write_form
    from pipeline.excel.live import NOTHING_KNOWN
    from schemas.forms import FORMS

    out = BytesIO()
    write_form(
        out,
        next(form for form in FORMS if form.key == key),
        cover=cover,
        rows=rows,
        meta=meta,
        lines=lines,
        staff=staff,
        so_far=so_far or NOTHING_KNOWN,
    )
    return commented(out.getvalue(), marks) if marks else out.getvalue()


def write_paper(rows: Any, who: str, is_teaching: bool) -> bytes:
    """Return the .docx of a class's form to write on, with what its template holds ready: see `paper_pages`."""
    from pipeline.paper.document import document
    from pipeline.paper.pages import paper_pages
    from schemas.paper_forms import HOLIDAY_PAPER, MONTH_PAPER

    form = MONTH_PAPER if is_teaching else HOLIDAY_PAPER
    return document(form.title, paper_pages(form, rows, who))


def make_ready() -> bytes:
    """Load and draw what workbooks are written with, so that it is there when the first one is asked for."""
    from pipeline.excel import annotate, render  # noqa: F401
    from pipeline.excel.filling import draw_ahead
    from pipeline.paper import document, pages  # noqa: F401

    draw_ahead()
    return b"ready"


_ALL = (render_book, fill_form, write_paper, make_ready)
JOBS: Mapping[str, Callable[..., bytes]] = {job.__name__: job for job in _ALL}
