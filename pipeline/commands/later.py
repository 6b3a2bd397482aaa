"""`guanai next`, `child`, `purge`: what is made of the months that are there, and what of them is forgotten."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.asked import month_of
from pipeline.commands.console import agreed
from pipeline.errors import EXIT_DONE, EXIT_NOTHING_DONE, OperatorError
from schemas import child_words, purge_words
from schemas import next_month_words as next_words

if TYPE_CHECKING:
    from pipeline.keeping.purge import Plan
    from pipeline.model import Month
    from pipeline.months.snapshots import Snapshot


def next_templates(options: argparse.Namespace) -> int:
    """Write the templates of a month that does not follow at once. Raises OperatorError."""
    from pipeline.keeping.placing import place
    from pipeline.reading.pool import made
    from pipeline.returning.next_month import next_month
    from schemas.folders import NEXT_MONTH, PAPER

    month = month_of(options.month)
    snapshots = _snapshots(options.output, month)
    if not snapshots:
        raise OperatorError(next_words.NEXT_NOTHING.format(folder=options.output, month=month))
    september = snapshots[0].month.september
    own = [s for s in snapshots if s.month >= september]
    before = [s for s in snapshots if september.before.september <= s.month < september]
    plan = own[0].plan.read_bytes() if own[0].plan else b""
    issued = list(next_month(own, month, plan, last_year=before))
    folders = {folder: options.output / f"{folder}_{month}" for folder in (NEXT_MONTH, PAPER)}
    for folder, target in folders.items():
        place(target, {one.name: made(one.content) for one in issued if one.folder == folder}, remembers=True)
    count = sum(one.folder == NEXT_MONTH for one in issued)
    told = {"month": month, "folder": folders[NEXT_MONTH], "count": count, "papers": folders[PAPER]}
    print(next_words.NEXT_DONE.format(**told))
    return EXIT_DONE


def child_page(options: argparse.Namespace) -> int:
    """Write a child's own page. Raises OperatorError."""
    from pipeline.excel.render import rendered
    from pipeline.keeping.placing import place
    from pipeline.publishing.child import child_book, plain_name
    from schemas.class_names import class_name

    until = month_of(options.month).after if options.month else None
    snapshots = _snapshots(options.output, until)
    if not snapshots:
        raise OperatorError(child_words.NO_DATA.format(folder=options.output))
    book = child_book(snapshots, options.name, class_name(options.class_name) or options.class_name)
    if book is None:
        raise OperatorError(child_words.NOT_FOUND.format(month=snapshots[0].month))
    folder = options.output / child_words.FOLDER
    name = child_words.FILE_NAME.format(name=plain_name(options.name), month=snapshots[0].month)
    place(folder, {name: rendered(book)}, remembers=True)
    print(child_words.DONE.format(path=folder / name, count=len(book.pages)))
    return EXIT_DONE


def forget_the_old(options: argparse.Namespace) -> int:
    """Show what would be removed, ask, and remove it. Raises OperatorError."""
    from pipeline.keeping.purge import carry_out, plan_of

    snapshots = _snapshots(options.output)
    if not snapshots:
        raise OperatorError(child_words.NO_DATA.format(folder=options.output))
    years = int(snapshots[0].facts.get("years_kept", 3)) if options.years is None else options.years
    plan = plan_of(options.output, years, options.today or date.today())
    if not plan.doomed:
        print(purge_words.NOTHING.format(years=years))
        return EXIT_DONE
    _show(plan, years)
    answer = True if options.yes else agreed(purge_words.ASK)
    if answer is None:
        raise OperatorError(purge_words.NEEDS_YES)
    if not answer:
        print(purge_words.DECLINED)
        return EXIT_NOTHING_DONE
    done = carry_out(plan)
    told = {"children": done.child_count, "years": years, "months": len(done.months), "rows": done.row_count}
    print(purge_words.DONE.format(**told))
    if done.folders:
        print(purge_words.WORKBOOKS.format(names=purge_words.AND.join(done.folders)))
    if plan.left:
        print(purge_words.LEFT.format(names=purge_words.AND.join(str(path) for path in plan.left)))
    print(purge_words.BY_HAND)
    return EXIT_DONE


def _show(plan: Plan, years: int) -> None:
    months = purge_words.AND.join(plan.months)
    told = {"children": plan.child_count, "years": years, "months": months, "count": len(plan.files)}
    print(purge_words.PLAN.format(**told))
    for folder, names in plan.folders.items():
        print(purge_words.PLAN_FOLDER.format(folder=folder, names=purge_words.AND.join(names)), flush=True)


def _snapshots(output: Path, before: Month | None = None) -> list[Snapshot]:
    """Return the readable months of `output`, the newest first; those before `before` where it is given."""
    from pipeline.months.run_file import BadSnapshot, months_beside
    from pipeline.months.snapshots import read_snapshot

    found = []
    for month, folder in months_beside(output / "0000-00"):
        try:
            found += [read_snapshot(folder, month)] if before is None or month < before else []
        except BadSnapshot:
            continue  # its own report has to be run again, and says so
    return found[::-1]
