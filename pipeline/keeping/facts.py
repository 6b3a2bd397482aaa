"""run.json: what ran on what, and what the last run of the same month said. Nothing about a person."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pipeline.result import Result

_COMPARED = ("files", "rows", "problems", "figures")


def run_facts(result: Result) -> dict[str, object]:
    """Return what ran on what: files with their hashes, versions, counts, timings; nothing about a person."""
    levels: dict[str, int] = {}
    by_rule: dict[str, int] = {}
    for issue in result.issues:
        levels[issue.rule.level] = levels.get(issue.rule.level, 0) + 1
        by_rule[issue.rule.code] = by_rule.get(issue.rule.code, 0) + 1
    frame = result.measured.measures
    whole = frame[frame["level"].eq("school") & frame["over"].eq("L")]
    figures = {key: [int(n), int(total)] for key, n, total in whole[["figure", "n", "N"]].itertuples(index=False)}
    return {
        "month": str(result.month),
        "school_code": result.school_code,
        "school_name": result.school_name,
        "versions": {name: version(name) for name in ("guanai", "pandas", "pandera", "python-calamine", "XlsxWriter")},
        "files": _files(result),
        "built_on": _built_on(result),
        "missing_months": list(result.history.missing),
        "damaged_months": list(result.history.damaged),
        "figures": figures,
        "previous": previous_run(result),
        "years_kept": result.policy.years_kept,
        "preset": result.policy.preset,
        "basis": result.policy.basis,
        "masked": result.policy.masked,
        "problems": levels,
        "problems_by_rule": by_rule,
        "rows": {key: int(filled.is_own.sum()) for key, filled in result.merged.tables.items()},
        "seconds": {stage: round(seconds, 4) for stage, seconds in result.timings.items()},
    }


def _files(result: Result) -> list[dict[str, str]]:
    return [
        {"name": s.file.name, "sha256": s.file.sha256, "form": s.form, "state": s.state} for s in result.submissions
    ]


def _built_on(result: Result) -> dict[str, str]:
    """Return the earlier months that the run read: month → digest of its data."""
    return {str(snapshot.month): snapshot.digest for snapshot in result.history.snapshots}


def previous_run(result: Result) -> Mapping[str, Any] | None:
    """Return the facts of the last run of this month that was on other files; one on the same passes its own on."""
    last = result.history.last_run
    if last is None:
        return None
    if last.get("files") == _files(result) and last.get("built_on") == _built_on(result):
        found: Mapping[str, Any] | None = last.get("previous")
        return found
    return {key: last.get(key) for key in _COMPARED}
