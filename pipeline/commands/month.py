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
from schemas.folders import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pipeline.model import Month

_NAMED_FILES = 8  # on the screen; the report names them all


def report_month(options: argparse.Namespace) -> int:
    """Run a month. Raises OperatorError."""
    month = month_of(options.month) if options.month else None
    base: Path = options.input or Path("input")
    if options.input is None and not base.exists():
        print(words.USING_EXAMPLE, flush=True)
        return example_month(options, month)
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
    if options.watch:
        return _watched(chosen.folder, chosen.month, target)
    return _report_on(options, chosen.folder, chosen.month, target)


def example_month(options: argparse.Namespace, month: Month | None) -> int:
    """Run a month of the invented school, and those before it; every page says so. Raises OperatorError."""
    from pipeline.model import Month
    from schemas.bureau_words import EXAMPLE_STAMP
    from schemas.folders import EXAMPLE_PREFIX

    chosen = month or Month(2026, 10)
    target = options.output / f"{EXAMPLE_PREFIX}{chosen}"
    with tempfile.TemporaryDirectory() as temporary:
        from pipeline.example.writing import write_example
        from pipeline.keeping.unchanged import made_of

        folder = Path(temporary)
        write_example(folder, has_warning=True)
        months = sorted(own.name for own in folder.iterdir())
        if str(chosen) in months and not made_of(target, _key_of(folder / str(chosen), target, EXAMPLE_STAMP)):
            refuse_foreign(target)
            for earlier in months[: months.index(str(chosen))]:
                _example_before(folder / earlier, options.output / f"{EXAMPLE_PREFIX}{earlier}")
        return _report_on(options, folder / str(chosen), chosen, target, stamp=EXAMPLE_STAMP)


def _example_before(folder: Path, target: Path) -> None:
    """Run an earlier month of the example twice, as a school does: the second time its warnings are explained."""
    from pipeline.example.explained import hand_in_replies
    from pipeline.model import Month
    from pipeline.report import report
    from pipeline.stages.collect import collect
    from schemas.bureau_words import EXAMPLE_STAMP
    from schemas.folders import SENT_BACK

    refuse_file(target.parent)
    refuse_foreign(target)
    print(words.EXAMPLE_BEFORE.format(month=folder.name), flush=True)
    month = Month.parse(folder.name)
    report(collect(folder), month, target, stamp=EXAMPLE_STAMP)
    if hand_in_replies(target / SENT_BACK, folder):
        report(collect(folder), month, target, stamp=EXAMPLE_STAMP)


def _key_of(folder: Path, target: Path, stamp: str) -> str:
    """Return what stands for all that a run is given."""
    from pipeline.keeping.unchanged import given_files, key_of, passed_over

    return key_of([stamp, str(passed_over(folder)), *given_files(folder)], target)


def _report_on(options: argparse.Namespace, folder: Path, month: Month, target: Path, stamp: str = "") -> int:
    import gc

    from pipeline.keeping.unchanged import made_of
    from pipeline.stages.collect import collect

    gc.disable()  # one short run of tables and tuples: collecting cycles costs a fifth of it and frees nothing
    if not folder.is_dir():
        raise OperatorError(words.NO_FOLDER.format(folder=folder, month=month))
    refuse_file(target.parent)
    refuse_foreign(target)
    key = "" if options.encrypt else _key_of(folder, target, stamp)
    same = made_of(target, key) if key else None
    if same:
        return _said_again(same, target, month, is_strict=options.strict)
    collected = collect(folder)  # the readers are at work while the heavy libraries are imported

    from pipeline.commands.asked import new_password
    from pipeline.publishing.told import told_of
    from pipeline.report import report
    from schemas.rules import ERROR

    password = new_password() if options.encrypt else ""
    with _progress() as tell:
        result, sent_back = report(collected, month, target, tell, stamp=stamp, password=password, key=key)
    _say(told_of(result, sent_back), target)
    has_errors = any(issue.rule.level == ERROR for issue in result.issues)
    return EXIT_PROBLEMS if options.strict and has_errors else EXIT_DONE


def _watched(folder: Path, month: Month, target: Path) -> int:
    """Report the month, then each time that something changes in its folder, until Ctrl-C. Raises OperatorError."""
    import gc

    from pipeline.commands.watching import Watch
    from pipeline.publishing.told import told_of
    from pipeline.report import report
    from pipeline.result import Result
    from pipeline.stages.collect import collect

    is_first = True

    def run() -> Result:
        nonlocal is_first
        if not folder.is_dir():
            raise OperatorError(words.NO_FOLDER.format(folder=folder, month=month))
        refuse_file(target.parent)
        refuse_foreign(target)
        key = _key_of(folder, target, "")
        result, sent_back = report(collect(folder), month, target, key=key)
        if is_first:
            _say(told_of(result, sent_back), target)
            is_first = False
        return result

    gc.disable()  # as of one run; what it left is collected while the folder is watched
    return Watch(folder, target, run).go()


def _said_again(facts: Mapping[str, Any], target: Path, month: Month, *, is_strict: bool) -> int:
    """Say what the last run said: it was given the very same, and its report stands."""
    from pipeline.months.run_file import mark_outdated
    from schemas.rules import ERROR

    print(words.NOTHING_CHANGED)
    outdated = mark_outdated(target, month)
    later = [words.LATER_IS_OLD.format(month=name, old=words.AND.join(old)) for name, old in outdated]
    _say([*facts["told"], *later], target)
    return EXIT_PROBLEMS if is_strict and facts["problems"].get(ERROR) else EXIT_DONE


def _say(told: Iterable[str], target: Path) -> None:
    paper = words.SUMMARY_PAPER.format(folder=PAPER) if (target / PAPER).is_dir() else ""
    for line in (*told, words.SUMMARY_PLACE.format(folder=target), words.SUMMARY_FILES.format(paper=paper)):
        print(line)


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
