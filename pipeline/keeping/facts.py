"""run.json: what ran on what, and what the last run of the same month said. Nothing about a person."""

from __future__ import annotations

from importlib.metadata import version

from pipeline.publishing.last_run import built_on, files_of, previous_run
from pipeline.result import Result


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
        "files": files_of(result),
        "built_on": built_on(result),
        "looks_back_to": str(result.month.september.before.september),
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
        "rows": {key: filled.row_count for key, filled in result.merged.tables.items()},
        "seconds": {stage: round(seconds, 4) for stage, seconds in result.timings.items()},
    }
