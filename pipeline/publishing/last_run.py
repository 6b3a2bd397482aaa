"""What this run and the last one of the same month were given, and what the last one said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.result import Result

_COMPARED = ("files", "rows", "problems", "figures")


def files_of(result: Result) -> list[dict[str, str]]:
    return [
        {"name": s.file.name, "sha256": s.file.sha256, "form": s.form, "state": s.state} for s in result.submissions
    ]


def built_on(result: Result) -> dict[str, str]:
    """Return the earlier months that the run read: month → digest of its data."""
    history = result.history
    months = (*history.snapshots, *history.last_year, *history.corrected)
    return {str(snapshot.month): snapshot.digest for snapshot in months}


def previous_run(result: Result) -> Mapping[str, Any] | None:
    """Return the facts of the last run of this month that was on other files; one on the same passes its own on."""
    last = result.history.last_run
    if last is None:
        return None
    if last.get("files") == files_of(result) and last.get("built_on") == built_on(result):
        found: Mapping[str, Any] | None = last.get("previous")
        return found
    return {key: last.get(key) for key in _COMPARED}
