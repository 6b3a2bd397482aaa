"""与上次运行相比: what changed since the last run of this month on other files. School-only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.publishing.book import Page, Row, Rows, page_of
from pipeline.publishing.counts import Counts
from pipeline.publishing.trend import change
from pipeline.result import Result
from pipeline.rounding import percent
from schemas import bureau_words as w
from schemas.figures import FIGURES
from schemas.school_layout import AGAIN


def again_page(result: Result, previous: Mapping[str, Any]) -> Page:
    """Return files, rows and figures that are not as they were."""
    tables = {
        "again_files": Rows(_files(result, previous)),
        "again_rows": Rows(_rows(result, previous)),
        "again_figures": Rows(_figures(result, previous)),
    }
    return page_of(AGAIN, tables)


def _files(result: Result, previous: Mapping[str, Any]) -> list[Row]:
    then = {file["name"]: file["sha256"] for file in previous.get("files") or ()}
    now = {s.file.name: s.file.sha256 for s in result.submissions}
    return [
        {"file": name, "what": w.FILE_NEW if name not in then else w.FILE_GONE if name not in now else w.FILE_CHANGED}
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]


def _rows(result: Result, previous: Mapping[str, Any]) -> list[Row]:
    then: Mapping[str, int] = previous.get("rows") or {}
    found: list[Row] = []
    for key, filled in result.merged.tables.items():
        before, after = int(then.get(key, 0)), int(filled.is_own.sum())
        if before != after:
            found.append({"sheet": filled.table.title, "before": before, "now": after, "change": after - before})
    return found


def _figures(result: Result, previous: Mapping[str, Any]) -> list[Row]:
    counts, then = Counts(result), previous.get("figures") or {}
    found: list[Row] = []
    for figure in FIGURES:
        now = counts.school(figure.key)
        n, total = then.get(figure.key, (0, 0))
        if (n, total) != now:
            before = {"before": _shown(n, total), "now": _shown(*now)}
            found.append({"figure": figure.title, **before, "change": change(now, (n, total))})
    return found


def _shown(n: int, total: int) -> str:
    return f"{percent(n, total)}（{n}/{total}）"
