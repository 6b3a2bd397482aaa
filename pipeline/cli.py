"""The command line. Heavy libraries are imported only when there is work for them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.asked import month_of
from pipeline.county.commands import add_commands
from pipeline.errors import EXIT_DONE, EXIT_NOTHING_DONE, EXIT_PROBLEMS, OperatorError
from schemas import child_words, purge_words
from schemas import next_month_words as next_words
from schemas import operator_words as words

if TYPE_CHECKING:
    from pipeline.model import Month
    from pipeline.result import Result
    from pipeline.snapshots import Snapshot

_NAMED_FILES = 8  # on the screen; the report names them all


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 errors under --strict, 2 nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except OperatorError as trouble:
        print(trouble, file=sys.stderr)
        return EXIT_NOTHING_DONE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guanai", description=words.DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    report = commands.add_parser("report", help=words.REPORT_HELP)
    report.add_argument("--month", help=words.MONTH_HELP)
    report.add_argument("--input", type=Path, help=words.INPUT_HELP)
    report.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    report.add_argument("--strict", action="store_true", help=words.STRICT_HELP)
    report.add_argument("--encrypt", action="store_true", help=words.ENCRYPT_HELP)
    report.set_defaults(run=_report)
    templates = commands.add_parser("templates", help=words.TEMPLATES_HELP)
    templates.add_argument("--output", type=Path, default=Path(), help=words.OUTPUT_HELP)
    templates.set_defaults(run=_templates)
    following = commands.add_parser("next", help=next_words.NEXT_HELP)
    following.add_argument("--month", required=True, help=next_words.NEXT_MONTH_HELP)
    following.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    following.set_defaults(run=_next)
    child = commands.add_parser("child", help=child_words.CHILD_HELP)
    child.add_argument("--name", required=True, help=child_words.NAME_HELP)
    child.add_argument("--class", dest="class_name", default="", help=child_words.CLASS_HELP)
    child.add_argument("--month", help=child_words.CHILD_MONTH_HELP)
    child.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    child.set_defaults(run=_child)
    purge = commands.add_parser("purge", help=purge_words.HELP)
    purge.add_argument("--years", type=int, help=purge_words.YEARS_HELP)
    purge.add_argument("--today", type=date.fromisoformat, help=purge_words.TODAY_HELP)
    purge.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    purge.set_defaults(run=_purge)
    add_commands(commands)
    example = commands.add_parser("example", help=words.EXAMPLE_HELP)
    example.add_argument("--output", type=Path, required=True, help=words.OUTPUT_HELP)
    example.set_defaults(run=_example)
    return parser


def _report(options: argparse.Namespace) -> int:
    from pipeline.model import Month

    month = month_of(options.month) if options.month else None
    if options.input is None and not Path("input").exists():
        print(words.USING_EXAMPLE, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            _write_example(Path(folder))
            chosen = month or Month(2026, 10)
            return _report_on(options, Path(folder) / str(chosen), chosen, is_example=True)
    base: Path = options.input or Path("input")
    chosen = month or _newest(base)
    below = base / str(chosen)
    place = base if options.input and not below.is_dir() else below
    return _report_on(options, place, chosen, is_example=False)


def _newest(base: Path) -> Month:
    """Return the newest month that has a folder below `base`, or that `base` is named by."""
    from pipeline.model import Month

    names = [base.resolve().name, *(path.name for path in base.iterdir() if path.is_dir())] if base.is_dir() else []
    found = []
    for name in names:
        try:
            found.append(Month.parse(name))
        except ValueError:
            continue  # any other folder is no month
    if not found:
        raise OperatorError(words.NO_MONTH.format(folder=base))
    return max(found)


def _report_on(options: argparse.Namespace, folder: Path, month: Month, *, is_example: bool) -> int:
    import gc

    from pipeline.stages.collect import collect

    gc.disable()  # one short run of tables and tuples: collecting cycles costs a fifth of it and frees nothing
    if not folder.is_dir():
        raise OperatorError(words.NO_FOLDER.format(folder=folder, month=month))
    collected = collect(folder)  # the readers are at work while the heavy libraries are imported

    from pipeline.asked import new_password
    from pipeline.report import report
    from schemas.bureau_words import EXAMPLE_STAMP
    from schemas.folders import EXAMPLE_PREFIX
    from schemas.rules import ERROR

    password = new_password() if options.encrypt else ""
    target = options.output / (f"{EXAMPLE_PREFIX}{month}" if is_example else str(month))
    with _progress() as tell:
        stamp = EXAMPLE_STAMP if is_example else ""
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
    from schemas.verdicts import State

    classes = result.turnout.classes
    missing = [class_text(c.place) + c.state for c in classes if c.state != State.HANDED_IN]
    unread = [s.file.name for s in result.submissions if s.state == "unknown"]
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


def _templates(options: argparse.Namespace) -> int:
    from pipeline.generated import write_generated

    written = write_generated(options.output)
    print(words.TEMPLATES_DONE.format(count=len(written)))
    return EXIT_DONE


def _snapshots(output: Path, before: Month | None = None) -> list[Snapshot]:
    """Return the readable months of `output`, the newest first; those before `before` where it is given."""
    from pipeline.history import months_beside
    from pipeline.snapshots import BadSnapshot, read_snapshot

    found = []
    for month, folder in months_beside(output / "0000-00"):
        try:
            found += [read_snapshot(folder, month)] if before is None or month < before else []
        except BadSnapshot:
            continue  # its own report has to be run again, and says so
    return found[::-1]


def _next(options: argparse.Namespace) -> int:
    from pipeline.history import year_start
    from pipeline.next_month import next_month
    from schemas.folders import NEXT_MONTH

    month = month_of(options.month)
    snapshots = _snapshots(options.output, month)
    if not snapshots:
        raise OperatorError(next_words.NEXT_NOTHING.format(folder=options.output, month=month))
    own = [s for s in snapshots if s.month >= year_start(snapshots[0].month)]
    plan = own[0].plan.read_bytes() if own[0].plan else b""
    folder = options.output / f"{NEXT_MONTH}_{month}"
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, content in next_month(own, month, plan):
        (folder / name).write_bytes(content)
        count += 1
    print(next_words.NEXT_DONE.format(month=month, folder=folder, count=count))
    return EXIT_DONE


def _child(options: argparse.Namespace) -> int:
    from pipeline.excel.render import write_book
    from pipeline.history import year_start
    from pipeline.publishing.child import child_book, plain_name
    from schemas.class_names import class_name

    until = month_of(options.month).after if options.month else None
    snapshots = _snapshots(options.output, until)
    if not snapshots:
        raise OperatorError(child_words.NO_DATA.format(folder=options.output))
    own = [s for s in snapshots if s.month >= year_start(snapshots[0].month)]
    book = child_book(own, options.name, class_name(options.class_name) or options.class_name)
    if book is None:
        raise OperatorError(child_words.NOT_FOUND.format(month=own[0].month))
    path = (
        options.output
        / child_words.FOLDER
        / child_words.FILE_NAME.format(name=plain_name(options.name), month=own[0].month)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_book(path, book)
    print(child_words.DONE.format(path=path, count=len(book.pages)))
    return EXIT_DONE


def _purge(options: argparse.Namespace) -> int:
    from pipeline.purge import purge

    snapshots = _snapshots(options.output)
    if not snapshots:
        raise OperatorError(child_words.NO_DATA.format(folder=options.output))
    years = int(snapshots[0].facts.get("years_kept", 3)) if options.years is None else options.years
    done = purge(options.output, years, options.today or date.today())
    if not done.child_count:
        print(purge_words.NOTHING.format(years=years))
        return EXIT_DONE
    told = {"children": done.child_count, "years": years, "months": len(done.months), "rows": done.row_count}
    print(purge_words.DONE.format(**told))
    print(purge_words.WORKBOOKS.format(names=purge_words.AND.join(done.folders)))
    print(purge_words.BY_HAND)
    return EXIT_DONE


def _example(options: argparse.Namespace) -> int:
    _write_example(options.output)
    print(words.EXAMPLE_DONE.format(folder=options.output))
    return EXIT_DONE


def _write_example(folder: Path) -> None:
    from pipeline.example.writing import write_example

    write_example(folder)
