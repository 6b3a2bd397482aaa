"""The bureau's commands: read-bureau, rollup, batch. Heavy libraries are imported only when there is work for them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.commands.asked import known_password, month_of
from pipeline.errors import EXIT_DONE, EXIT_PROBLEMS, OperatorError, reason_of
from pipeline.keeping.targets import refuse_overlap
from schemas import county_notice_words as n
from schemas import county_words, reading_words
from schemas import operator_words as words

if TYPE_CHECKING:
    from pipeline.county.district import District
    from pipeline.county.rollup import Terms


def add_commands(commands: Any) -> None:
    """Add the bureau's commands to the command line."""
    reading = commands.add_parser("read-bureau", help=reading_words.HELP)
    reading.add_argument("file", type=Path, help=reading_words.FILE_HELP)
    reading.add_argument("--output", type=Path, help=reading_words.TO_HELP)
    reading.set_defaults(run=_read_bureau)
    rolling = commands.add_parser("rollup", help=county_words.HELP)
    _add_common(rolling)
    rolling.add_argument("--input", type=Path, required=True, help=county_words.INPUT_HELP)
    rolling.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    rolling.set_defaults(run=_rollup)
    batch = commands.add_parser("batch", help=county_words.BATCH_HELP)
    _add_common(batch)
    batch.add_argument("--input", required=True, help=county_words.BATCH_INPUT_HELP)
    batch.add_argument("--output", default="output", help=words.OUTPUT_HELP)
    batch.add_argument("--workers", type=int, default=0, help=county_words.WORKERS_HELP)
    batch.add_argument(
        "--engine", choices=county_words.ENGINES, default=county_words.ENGINES[0], help=county_words.ENGINE_HELP
    )
    batch.add_argument("--scheduler", default="", help=county_words.SCHEDULER_HELP)
    batch.set_defaults(run=_batch)
    template = commands.add_parser("notice-template", help=n.TEMPLATE_COMMAND_HELP)
    template.add_argument("--output", type=Path, default=Path(n.TEMPLATE_FILE), help=n.TEMPLATE_TO_HELP)
    template.set_defaults(run=_notice_template)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", required=True, help=words.MONTH_HELP)
    command.add_argument("--schools", type=Path, help=county_words.SCHOOLS_HELP)
    command.add_argument("--name", default="", help=county_words.NAME_HELP)
    command.add_argument("--deadline", default="", help=n.DEADLINE_HELP)
    command.add_argument("--date", default="", help=n.DATE_HELP)
    command.add_argument("--reply-by", default="", help=n.REPLY_HELP)
    command.add_argument("--issuer", default="", help=n.ISSUER_HELP)
    command.add_argument("--number", default="", help=n.NUMBER_HELP)
    command.add_argument("--template", type=Path, help=n.TEMPLATE_HELP)


def _terms(options: argparse.Namespace) -> Terms:
    """Return what the bureau says of the month. Raises OperatorError."""
    from pipeline.county.notice import Heading
    from pipeline.county.rollup import Terms

    deadline, day, reply_by = map(_day, (options.deadline, options.date, options.reply_by))
    return Terms(deadline, day, reply_by, Heading(options.issuer, options.number), options.template)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OperatorError(n.BAD_DAY_TYPED.format(text=text)) from None


def _notice_template(options: argparse.Namespace) -> int:
    """Write the notice's template, never over a file that is there. Raises OperatorError."""
    from pipeline.county.notice_template import standard_template
    from pipeline.keeping.placing import place

    target: Path = options.output
    place(target.parent, {target.name: standard_template()})
    print(n.TEMPLATE_DONE.format(path=target))
    return EXIT_DONE


def _read_bureau(options: argparse.Namespace) -> int:
    from pipeline.county.bureau_reader import NotTrusted, read_bureau, why_refused
    from pipeline.excel.guard import Refused
    from pipeline.excel.secret import decrypted

    try:
        found = read_bureau(decrypted(options.file.read_bytes(), known_password()))
    except NotTrusted as trouble:
        raise OperatorError(reading_words.REFUSED.format(name=options.file.name, because=trouble)) from None
    except Refused as refusal:
        told = why_refused(refusal)
        raise OperatorError(reading_words.REFUSED.format(name=options.file.name, because=told)) from None
    except OSError as trouble:
        told = reading_words.UNREADABLE.format(because=reason_of(trouble))
        raise OperatorError(reading_words.REFUSED.format(name=options.file.name, because=told)) from None
    rows = sum(len(table.rows) for table in found.tables.values())
    stated = {"school": found.meta["school_name"], "code": found.meta["school_code"], "month": found.meta["month"]}
    print(reading_words.DONE.format(name=options.file.name, **stated, count=len(found.tables), rows=rows))
    if options.output:
        import pandas as pd

        from pipeline.keeping.placing import place
        from pipeline.keeping.snapshot import parquets

        frames = {
            name: pd.DataFrame(table.rows, columns=list(table.titles)).astype("str")
            for name, table in found.tables.items()
        }
        place(options.output, parquets(frames), remembers=True)
        print(reading_words.WRITTEN.format(folder=options.output))
    return EXIT_DONE


def _rollup(options: argparse.Namespace) -> int:
    from pipeline.commands.months_found import told_closed
    from pipeline.county.rollup import place_of, published, refuse_place, rollup

    month = month_of(options.month)
    if not options.input.is_dir():
        raise OperatorError(words.NO_INPUT.format(folder=options.input))
    refuse_overlap(place_of(options.output, month), options.input)
    refuse_place(options.output, month, options.name)
    for told in told_closed(options.input):
        print(told, flush=True)
    paths, terms = published(options.input), _terms(options)
    found, path = rollup(paths, month, options.output, listed=options.schools, name=options.name, terms=terms)
    _summarise(found, str(path))
    return EXIT_DONE


def _batch(options: argparse.Namespace) -> int:
    from pipeline.county.batch import batch

    month = month_of(options.month)
    found, place, done = batch(
        options.input,
        month,
        options.output,
        listed=options.schools,
        name=options.name,
        workers=options.workers,
        engine=options.engine,
        scheduler=options.scheduler,
        terms=_terms(options),
    )
    told = {"fresh": sum(d.is_fresh for d in done), "same": sum(d.is_same for d in done)}
    failed = [d for d in done if d.reason]
    print(county_words.BATCH_DONE.format(count=len(done), **told, failed=len(failed)))
    _summarise(found, place)
    return EXIT_PROBLEMS if any(d.is_bug for d in done) else EXIT_DONE


def _summarise(found: District, place: str) -> None:
    from pipeline.county.book import call_lines
    from pipeline.county.sentences import left_over_line, standing_line
    from pipeline.publishing.counts import verdict
    from pipeline.rounding import percent
    from schemas.figures import FIGURES

    print(county_words.DONE.format(name=found.name, month=found.month, standing=standing_line(found)))
    for text in (left_over_line(found), *call_lines(found)):
        if text:
            print(text)
    for figure in FIGURES:
        if figure.is_target:
            done, due = found.share(figure.key)
            told = {"rate": percent(done, due), "verdict": verdict(done, due, is_complete=found.is_complete)}
            print(county_words.TARGET.format(title=figure.title, n=done, N=due, **told))
    print(county_words.PLACE_OF_REPORT.format(path=place))
