"""`guanai rollup`: many schools' workbooks (or roll-ups of them) to a district's one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.bureau_reader import NotTrusted, read_bureau
from pipeline.county.book import District, Shares, district_book
from pipeline.county.gather import gather
from pipeline.county.records import whole
from pipeline.excel.book import write_book
from pipeline.history import year_start
from pipeline.model import Month
from pipeline.store import replacing
from schemas import bureau_words as b
from schemas import county_words as w


def rollup(
    folder: Path, month: Month, output: Path, *, listed: Path | None = None, name: str = ""
) -> tuple[District, Path]:
    """Write a district's month below `output` and return it with the path. Raises OperatorError."""
    own = name or w.NAMELESS
    file = w.FILE_NAME.format(name=_in_file_name(own), month=month)
    target = output / str(month) / w.FOLDER
    district = District(own, month, gather(folder, month, listed), _earlier(output, own, month))
    with replacing(target) as staging:
        write_book(staging / file, district_book(district))
    return district, target / file


def _in_file_name(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())[:40] or w.NAMELESS


def _earlier(output: Path, name: str, month: Month) -> Mapping[str, Shares]:
    """Return the shares of the earlier months of the 学年 beside it; what is damaged is left out."""
    found: dict[str, Shares] = {}
    start = year_start(month)
    while start < month:
        path = output / str(start) / w.FOLDER / w.FILE_NAME.format(name=_in_file_name(name), month=start)
        if path.is_file():
            try:
                rows = read_bureau(path.read_bytes()).rows("targets")
            except NotTrusted:
                rows = []
            if rows:
                found[str(start)] = {str(row[b.FIGURE]): (whole(row[b.DONE]), whole(row[b.DUE])) for row in rows}
        start = start.after
    return found
