"""`guanai rollup`: many schools' workbooks, or roll-ups of them, to a district's month.

It has a workbook, a notice, a page for each school, and texts to send.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.county.book import district_book
from pipeline.county.bureau_reader import BureauReport, NotTrusted, read_bureau
from pipeline.county.district import Before, District, Shares
from pipeline.county.gather import Failed, gather
from pipeline.county.notice import NO_HEADING, Heading
from pipeline.county.notice_file import notice_of, refuse_template
from pipeline.county.outputs import edited, files_of, kind_of, remember
from pipeline.county.records import KEY_OF_TITLE, schools_of, shares_of
from pipeline.county.returns import texts_of, write_returns
from pipeline.county.timeliness import deadline_of, latest_day, working_day
from pipeline.excel.render import write_book
from pipeline.keeping.store import replacing
from pipeline.keeping.targets import refuse_file, refuse_foreign
from pipeline.model import Month
from pipeline.reading.file_names import is_passed_over
from schemas import county_words as w

_DAYS_TO_REPLY = 5


@dataclass(frozen=True)
class Terms:
    """What the bureau says of a month: the last day in time, the day of the notice, by when to reply; its head.

    None: the usual day. `template`: the notice's, where the bureau has its own.
    """

    deadline: date | None = None
    day: date | None = None
    reply_by: date | None = None
    heading: Heading = NO_HEADING
    template: Path | None = None


USUAL = Terms()


def published(folder: Path) -> list[Path]:
    """Return the files of a folder of workbooks, locks and hidden files passed over."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not is_passed_over(p.name))


def rollup(
    paths: Sequence[Path],
    month: Month,
    output: Path,
    *,
    listed: Path | None = None,
    name: str = "",
    failed: Sequence[Failed] = (),
    received: Mapping[Path, str] | None = None,
    terms: Terms = USUAL,
) -> tuple[District, Path]:
    """Write a district's month below `output` and return it with the path of its workbook. Raises OperatorError.

    `paths`: the schools' workbooks, or roll-ups of them; `listed`: the list of the schools that are due; `failed`,
    `received`: see `gather`. All files of the month are written or none is; a notice that somebody has edited stays.
    """
    refuse_template(terms.template)
    skipped = {path.resolve() for path in (listed, terms.template) if path}
    paths = [path for path in paths if path.resolve() not in skipped]
    target, files = place_of(output, month), files_of(name, month)
    deadline = terms.deadline or deadline_of(month)
    gathered = gather(paths, month, listed, failed, deadline=deadline, received=received)
    day = terms.day or latest_day(gathered.schools, deadline)
    reply_by = terms.reply_by or working_day(day + timedelta(days=_DAYS_TO_REPLY))
    earlier, before = _earlier(output, name, month)
    own = name or w.NAMELESS
    district = District(own, month, gathered, earlier, deadline, day, reply_by, before, target.absolute())
    notice = notice_of(district, terms.heading, terms.template)
    kept = edited(target, files)
    with replacing(target, kind=kind_of(name, month, kept)) as staging:
        write_book(staging / files.book, district_book(district))
        write_returns(staging, files, district)
        (staging / files.texts).write_text(texts_of(district), encoding="utf-8-sig", newline="\r\n")
        free = [file for file in (files.notice, files.notice_again) if file not in kept]
        for file in free[:1]:
            (staging / file).write_bytes(notice)
        remember(staging, target, notice)
    return district, target / files.book


def place_of(output: Path, month: Month) -> Path:
    """Return where a district's month goes."""
    return output / str(month) / w.FOLDER


def refuse_place(output: Path, month: Month, name: str) -> None:
    """Let nothing be replaced that is no roll-up of ours. Raises OperatorError."""
    target = place_of(output, month)
    refuse_file(target.parent)
    refuse_foreign(target, kind_of(name, month))


def _earlier(output: Path, name: str, month: Month) -> tuple[Mapping[str, Shares], Before | None]:
    """Return the shares of the earlier months of the 学年 beside it, and the schools of the latest.

    What is damaged is left out.
    """
    found: dict[str, Shares] = {}
    before = None
    start = month.september
    while start < month:
        report = _report(place_of(output, start) / files_of(name, start).book)
        rows = report.rows("targets") if report else []
        if report and rows:
            found[str(start)] = shares_of(rows, KEY_OF_TITLE, "figure")
            before = Before(str(start), {school.code: school for school in schools_of(report)})
        start = start.after
    return found, before


def _report(path: Path) -> BureauReport | None:
    try:
        return read_bureau(path.read_bytes()) if path.is_file() else None
    except (NotTrusted, OSError):
        return None
