"""run.json of the reports that lie side by side, named by month: what a month was made of, and whether it still is.

Imports no pandas: what has not changed is told at once.
"""

from __future__ import annotations

import glob
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline import machine
from pipeline.errors import NotWritten, reason_of
from pipeline.model import Month
from schemas import operator_words as words
from schemas.folders import DATA, NEXT_MONTH, RUN_FILE
from schemas.versions import DATA_VERSION

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class BadSnapshot(Exception):
    """The data of a month is damaged, incomplete or of another version."""


def months_beside(target: Path) -> Iterator[tuple[Month, Path]]:
    """Yield (month, folder) of the reports beside `target` that bear its prefix, in order."""
    month = target.name[-len("0000-00") :]
    prefix = target.name.removesuffix(month)
    for folder in sorted(target.parent.glob(f"{glob.escape(prefix)}????-??")):
        try:
            yield Month.parse(folder.name.removeprefix(prefix)), folder
        except ValueError:
            continue  # another folder of that length


def digest_of(hashes: Mapping[str, str]) -> str:
    """Return one hash over the hashes of the data."""
    return hashlib.sha256("".join(f"{name} {sha}\n" for name, sha in sorted(hashes.items())).encode()).hexdigest()


def read_facts(folder: Path) -> dict[str, Any]:
    """Return the run.json of a report's folder. Raises BadSnapshot."""
    try:
        facts = json.loads((folder / DATA / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadSnapshot from None
    if not isinstance(facts, dict) or not isinstance(facts.get("data"), dict):
        raise BadSnapshot
    if facts.get("data_version") not in range(1, DATA_VERSION + 1):
        raise BadSnapshot
    if not _MONTH.fullmatch(str(facts.get("month"))) or digest_of(facts["data"]) != facts.get("data_sha256"):
        raise BadSnapshot
    return facts


def facts_of(folder: Path) -> Mapping[str, Any] | None:
    """Return the run.json of a report's folder; None where there is none that can be trusted."""
    try:
        return read_facts(folder)
    except BadSnapshot:
        return None


def changed_since(facts: Mapping[str, Any], digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return the months that a run was built on and that are others now. `digests`: month → digest, as they are.

    Of the 学年 before those count that it looked at, and the latest, where it looked back so far.
    """
    built_on = facts.get("built_on")
    known = built_on if isinstance(built_on, dict) else {}
    own = str(facts.get("month"))
    start = str(Month.parse(own).september)
    before = [month for month in digests if str(facts.get("looks_back_to", start)) <= month < start]
    now = {
        m: digest for m, digest in digests.items() if start <= m < own or m in before[-1:] or (m in known and m < own)
    }
    return tuple(
        sorted(month for month in known.keys() | now.keys() if month in now and known.get(month) != now[month])
    )


def mark_outdated(target: Path, month: Month) -> list[tuple[str, tuple[str, ...]]]:
    """Mark the later months of the 学年 that were worked out from other data, in their run.json; return them.

    Raises OperatorError where one can't be written.
    """
    digests: dict[str, str] = {}
    marked = []
    for beside, folder in months_beside(target):
        facts = facts_of(folder)
        if facts is None:
            continue
        digests[str(beside)] = str(facts.get("data_sha256"))
        if beside <= month:
            continue
        changed = changed_since(facts, digests)
        if changed:
            marked.append((str(beside), changed))
        if list(changed) != facts.get("outdated_by", []):
            try:
                _rewrite(folder / DATA / RUN_FILE, {**facts, "outdated_by": list(changed)})
            except OSError as trouble:
                told = {"month": month, "later": beside, "because": reason_of(trouble)}
                raise NotWritten(words.NOT_MARKED.format(**told)) from None
    return marked


def old_templates(target: Path, month: Month) -> list[str]:
    """Return the months for which `guanai next` has laid templates that a report of `month` makes old."""
    laid = sorted(folder.name.removeprefix(f"{NEXT_MONTH}_") for folder in target.parent.glob(f"{NEXT_MONTH}_????-??"))
    return [name for name in laid if _MONTH.fullmatch(name) and name > str(month)]


def _rewrite(path: Path, facts: Mapping[str, Any]) -> None:
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        machine.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
