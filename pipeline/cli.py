"""The command line. Heavy libraries are imported only when there is work for them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.commands.blank import example, templates
from pipeline.commands.console import speaking
from pipeline.commands.first import start_month
from pipeline.commands.later import child_page, forget_the_old, next_templates
from pipeline.commands.month import report_month
from pipeline.commands.usage import Parser
from pipeline.county.commands import add_commands
from pipeline.errors import EXIT_NOTHING_DONE, OperatorError, not_written
from schemas import child_words, purge_words, start_words, usage_words, watch_words
from schemas import next_month_words as next_words
from schemas import operator_words as words
from schemas.versions import BUREAU_VERSION, DATA_VERSION, TEMPLATE_VERSION


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 errors under --strict, 2 nothing could be done."""
    with speaking():
        options = argparse.Namespace()
        try:
            options = _parser().parse_args(arguments)
            code: int = options.run(options)
        except OperatorError as trouble:
            print(trouble, file=sys.stderr)
            return EXIT_NOTHING_DONE
        except OSError as trouble:  # a fact about the machine, wherever it showed
            place = trouble.filename or getattr(options, "output", None) or Path()
            print(not_written(trouble, place), file=sys.stderr)
            return EXIT_NOTHING_DONE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="guanai", description=words.DESCRIPTION)
    parser.add_argument("--version", action="version", version=_version(), help=usage_words.VERSION_HELP)
    commands = parser.add_subparsers(required=True, metavar=usage_words.COMMAND, parser_class=Parser)
    report = commands.add_parser("report", help=words.REPORT_HELP)
    report.add_argument("--month", help=words.MONTH_HELP)
    report.add_argument("--input", type=Path, help=words.INPUT_HELP)
    report.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    report.add_argument("--strict", action="store_true", help=words.STRICT_HELP)
    report.add_argument("--watch", action="store_true", help=watch_words.HELP)
    report.add_argument("--encrypt", action="store_true", help=words.ENCRYPT_HELP)
    report.set_defaults(run=report_month)
    blank = commands.add_parser("templates", help=words.TEMPLATES_HELP)
    blank.add_argument("--output", type=Path, default=Path(), help=words.OUTPUT_HELP)
    blank.set_defaults(run=templates)
    _add_later(commands)
    add_commands(commands)
    invented = commands.add_parser("example", help=words.EXAMPLE_HELP)
    invented.add_argument("--output", type=Path, required=True, help=words.OUTPUT_HELP)
    invented.set_defaults(run=example)
    return parser


def _version() -> str:
    versions = {"template": TEMPLATE_VERSION, "data": DATA_VERSION, "bureau": BUREAU_VERSION}
    return usage_words.VERSION.format(version=version("guanai"), **versions)


def _add_later(commands: Any) -> None:
    first = commands.add_parser("start", help=start_words.HELP)
    first.add_argument("--month", required=True, help=start_words.START_MONTH_HELP)
    first.add_argument("--from", dest="sources", type=Path, metavar="DIR", help=start_words.FROM_HELP)
    first.add_argument("--output", type=Path, help=start_words.START_OUTPUT_HELP)
    first.set_defaults(run=start_month)
    following = commands.add_parser("next", help=next_words.NEXT_HELP)
    following.add_argument("--month", required=True, help=next_words.NEXT_MONTH_HELP)
    following.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    following.set_defaults(run=next_templates)
    child = commands.add_parser("child", help=child_words.CHILD_HELP)
    child.add_argument("--name", required=True, help=child_words.NAME_HELP)
    child.add_argument("--class", dest="class_name", default="", help=child_words.CLASS_HELP)
    child.add_argument("--month", help=child_words.CHILD_MONTH_HELP)
    child.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    child.set_defaults(run=child_page)
    purge = commands.add_parser("purge", help=purge_words.HELP)
    purge.add_argument("--years", type=int, help=purge_words.YEARS_HELP)
    purge.add_argument("--today", type=date.fromisoformat, help=purge_words.TODAY_HELP)
    purge.add_argument("--yes", action="store_true", help=purge_words.YES_HELP)
    purge.add_argument("--output", type=Path, default=Path("output"), help=words.OUTPUT_HELP)
    purge.set_defaults(run=forget_the_old)
