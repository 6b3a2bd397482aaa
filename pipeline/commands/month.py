"""`guanai report`: the month's folder found, its report written, and the month in a few lines on the screen."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.asked import month_of
from pipeline.errors import EXIT_DONE, EXIT_PROBLEMS, OperatorError
from pipeline.keeping.targets import lies_in, refuse_file, refuse_foreign, refuse_overlap
from schemas import operator_words as words

if TYPE_CHECKING:
    from pipeline.model import Month
    from pipeline.result import Result

_NAMED_FILES = 8  # on the screen; the report names them all


def report_month(options: argparse.Namespace) -> int:
    """Run a month. Raises OperatorError."""
    month = month_of(options.month) if options.month else None
    base: Path = options.input or Path("input")
    if options.input is None and not base.exists():
        return _example_month(options, month)
    if base.exists() and not base.is_dir():
        raise OperatorError(words.NOT_A_FOLDER.format(place=base))
    if not base.is_dir():
        raise OperatorError(words.NO_INPUT.format(folder=base))

    from pipeline.commands.months_found import choose

    chosen = choose(base, month, date.today(), is_named=options.input is not None)
    target = options.output / str(chosen.month)
    if lies_in(options.output, base) and lies_in(base, options.output):
        raise OperatorError(words.IS_INPUT.format(target=options.output, folder=base))
    refuse_overlap(target, chosen.folder)
    for remark in chosen.remarks:
        print(remark, flush=True)
    return _report_on(options, chosen.folder, chosen.month, target)


def _example_month(options: argparse.Namespace, month: Month | None) -> int:
    from pipeline.model import Month
    from schemas.bureau_words import EXAMPLE_STAMP
    from schemas.folders import EXAMPLE_PREFIX

    print(words.USING_EXAMPLE, flush=True)
    chosen = month or Month(2026, 10)
    target = options.output / f"{EXAMPLE_PREFIX}{chosen}"
    with tempfile.TemporaryDirectory() as folder:
        from pipeline.example.writing import write_example

        write_example(Path(folder))
        return _report_on(options, Path(folder) / str(chosen), chosen, target, stamp=EXAMPLE_STAMP)


def _report_on(options: argparse.Namespace, folder: Path, month: Month, target: Path, stamp: str = "") -> int:
    import gc

    from pipeline.stages.collect import collect

    gc.disable()  # one short run of tables and tuples: collecting cycles costs a fifth of it and frees nothing
    if not folder.is_dir():
        raise OperatorError(words.NO_FOLDER.format(folder=folder, month=month))
    refuse_file(target.parent)
    refuse_foreign(target)
    collected = collect(folder)  # the readers are at work while the heavy libraries are imported

    from pipeline.commands.asked import new_password
    from pipeline.report import report
    from schemas.rules import ERROR

    password = new_password() if options.encrypt else ""
    with _progress() as tell:
        result, sent_back = report(collected, month, target, tell, stamp=stamp, password=password)
    _summarise(result, sent_back, target)
    has_errors = any(issue.rule.level == ERROR for issue in result.issues)
    return EXIT_PROBLEMS if options.strict and has_errors else EXIT_DONE


class _progress:  # noqa: N801 - used as a function
    """Show the stages: a spinner on a terminal, one plain line each in a log."""

    def __enter__(self) -> Callable[[str], None]:
        self._status = None
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("")
            self._status.start()
            return lambda stage: self._status.update(f"{words.STAGES[stage]}……") if self._status else None
        return lambda stage: print(f"{words.STAGES[stage]}……", file=sys.stderr, flush=True)

    def __exit__(self, *trouble: object) -> None:
        if self._status:
            self._status.stop()


def _summarise(result: Result, sent_back: int, target: Path) -> None:
    from pipeline.publishing.counts import Counts, verdict
    from pipeline.rounding import percent
    from schemas.class_names import class_text
    from schemas.figures import FIGURES
    from schemas.rules import LEVELS
    from schemas.verdicts import FileState, State

    classes = result.turnout.classes
    missing = [class_text(c.place) + c.state for c in classes if c.state != State.HANDED_IN]
    unread = [s.file.name for s in result.submissions if s.state is FileState.UNKNOWN]
    errors, warnings, notes = (sum(i.rule.level == level for i in result.issues) for level in LEVELS)
    print(
        words.SUMMARY_TURNOUT.format(
            school=result.school_name, month=result.month, due=len(classes), done=len(classes) - len(missing)
        )
    )
    if missing:
        print(words.SUMMARY_MISSING.format(names=words.AND.join(missing)))
    if unread:
        more = words.AND_MORE if len(unread) > _NAMED_FILES else ""
        print(words.SUMMARY_UNREAD.format(count=len(unread), names=words.AND.join(unread[:_NAMED_FILES]), more=more))
    explained = sum(bool(issue.explained) for issue in result.issues)
    also = words.SUMMARY_EXPLAINED.format(count=explained) if explained else ""
    told = {"errors": errors, "warnings": warnings - explained, "explained": also, "notes": notes}
    print(words.SUMMARY_PROBLEMS.format(**told, sent_back=sent_back))
    for remark in result.remarks:
        print(remark)
    counts = Counts(result)
    for figure in FIGURES:
        if figure.is_target:
            n, total = counts.school(figure.key)
            met = verdict(n, total, is_complete=result.turnout.is_complete)
            print(words.SUMMARY_TARGET.format(title=figure.title, rate=percent(n, total), n=n, N=total, verdict=met))
    print(words.SUMMARY_PLACE.format(folder=target))
    print(words.SUMMARY_FILES)
