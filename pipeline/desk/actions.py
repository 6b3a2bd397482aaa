"""What can be done from the desk, a function each: what must be asked is asked, the command does it, it is shown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import machine
from pipeline.desk.asking import asked, asked_folder, asked_month, month_before
from pipeline.desk.settings import Settings, keep_settings, with_last
from pipeline.errors import OperatorError
from schemas import desk_words as words

if TYPE_CHECKING:
    from pipeline.model import Month

_BELOW_OUTPUT = 110  # characters that the longest path of a report needs below it


def make_report(settings: Settings) -> Settings:
    """Write the report of the month whose sheets lie there, and show it. Raises OperatorError."""
    from pipeline.commands.month import report_month

    _refuse_deep(settings.output)
    month = _month_of(settings)
    report_month(_options(month=str(month), input=settings.input, output=settings.output))
    settings = keep_settings(with_last(settings, month))
    _show(settings.output / str(month))
    return settings


def _month_of(settings: Settings) -> Month:
    """Return the month to run: as its folder or its workbooks say, else as somebody says. Raises OperatorError."""
    from pipeline.commands.console import is_asked
    from pipeline.commands.months_found import MonthUnknown, choose

    if not settings.input.is_dir():
        raise OperatorError(words.INPUT_GONE.format(folder=settings.input))
    usual = _last(settings)
    if not _has_files(settings.input):
        machine.open_folder(settings.input)
        raise OperatorError(words.EMPTY.format(folder=settings.input, month=usual))
    try:
        return choose(settings.input, None, date.today(), is_named=True).month
    except MonthUnknown:
        if not is_asked():
            raise
        return asked_month(words.ASK_MONTH, usual)


def _last(settings: Settings) -> Month:
    """Return the month that is probably meant: the one after the last one reported, else the one before today's."""
    from pipeline.model import Month

    try:
        return Month.parse(settings.last).after
    except ValueError:
        return month_before(date.today())


def _has_files(folder: Path) -> bool:
    from pipeline.reading.file_names import is_passed_over

    return any(path.is_file() and not is_passed_over(path.name) for path in folder.rglob("*"))


def show_next(settings: Settings) -> Settings:
    """Show the next month's templates, or write those of a later month. Raises OperatorError."""
    from pipeline.commands.later import next_templates
    from pipeline.months.run_file import months_beside
    from schemas.folders import NEXT_MONTH

    done = [month for month, _ in months_beside(settings.output / "0000-00")]
    if not done:
        print(words.NEXT_NONE)
        _show(settings.home / "input_templates")
        return settings
    newest = max(done)
    month = asked_month(words.ASK_NEXT, newest.after)
    ready = settings.output / str(newest) / NEXT_MONTH
    if month == newest.after and ready.is_dir():
        print(words.NEXT_THERE.format(month=month, folder=ready))
        _show(ready)
        return settings
    next_templates(_options(month=str(month), output=settings.output))
    _show(settings.output / f"{NEXT_MONTH}_{month}")
    return settings


def start_first(settings: Settings) -> Settings:
    """Write the first month's workbooks from what the school has. Raises OperatorError."""
    from pipeline.commands.first import start_month
    from pipeline.model import Month
    from schemas import start_words

    today = date.today()
    month = asked_month(words.ASK_FIRST, Month(today.year, today.month))
    sources = asked_folder(words.ASK_SOURCES)
    target = settings.output / start_words.FOLDER.format(month=month)
    start_month(_options(month=str(month), sources=sources, output=target))
    _show(target)
    return settings


def try_example(settings: Settings) -> Settings:
    """Write the invented school's report. Raises OperatorError."""
    from pipeline.commands.month import example_month
    from pipeline.model import Month
    from schemas.folders import EXAMPLE_PREFIX

    print(words.EXAMPLE, flush=True)
    month = Month(2026, 10)
    example_month(_options(output=settings.output), month)
    _show(settings.output / f"{EXAMPLE_PREFIX}{month}")
    return settings


def change_folders(settings: Settings) -> Settings:
    """Ask where the sheets and the reports are, and keep it. Raises OperatorError."""
    given = asked_folder(words.ASK_INPUT) or settings.input
    written = asked_folder(words.ASK_OUTPUT) or settings.output
    _refuse_deep(written)
    settings = keep_settings(replace(settings, input=given, output=written))
    print(words.CHANGED)
    return settings


ACTIONS: Mapping[str, Callable[[Settings], Settings]] = {
    "report": make_report,
    "next": show_next,
    "first": start_first,
    "example": try_example,
    "folders": change_folders,
}


def ask_action(settings: Settings) -> str:
    """Return what somebody wants done, "" for nothing any more."""
    told = [words.MENU_LINE.format(number=number, words=line) for number, (_, line) in enumerate(words.MENU, 1)]
    places = words.PLACES.format(input=settings.input, output=settings.output)
    print("", words.TITLE, places, "", *told, words.MENU_END, sep="\n", flush=True)
    while text := asked(words.MENU_ASK):
        if text.isdecimal() and 1 <= int(text) <= len(words.MENU):
            return words.MENU[int(text) - 1][0]
        print(words.MENU_UNKNOWN.format(text=text), flush=True)
    return ""


def _options(**given: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"strict": False, "encrypt": False, "watch": False, **given})


def _refuse_deep(output: Path) -> None:
    if len(str(output.absolute())) + _BELOW_OUTPUT > machine.longest_path():
        raise OperatorError(words.TOO_DEEP_OUTPUT.format(folder=output))


def _show(folder: Path) -> None:
    if machine.open_folder(folder):
        print(words.OPENED.format(folder=folder))
