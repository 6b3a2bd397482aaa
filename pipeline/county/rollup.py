"""`guanai rollup`: many schools' workbooks (or roll-ups of them) to a district's one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.bureau_reader import NotTrusted, read_bureau
from pipeline.county.book import district_book
from pipeline.county.district import District, Shares
from pipeline.county.gather import Failed, gather
from pipeline.county.records import whole
from pipeline.excel.render import write_book
from pipeline.history import year_start
from pipeline.model import Month
from pipeline.publishing.names import in_file_name
from pipeline.stages.collect import is_passed_over
from pipeline.store import replacing
from schemas import bureau_words as b
from schemas import county_words as w


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
) -> tuple[District, Path]:
    """Write a district's month below `output` and return it with the path. Raises OperatorError.

    `paths`: the schools' workbooks, or roll-ups of them; `listed`: the list of the schools that are due; `failed`: see
    `gather`.
    """
    skipped = listed.resolve() if listed else None
    paths = [path for path in paths if path.resolve() != skipped]
    own = name or w.NAMELESS
    file = w.FILE_NAME.format(name=in_file_name(own) or w.NAMELESS, month=month)
    target = output / str(month) / w.FOLDER
    district = District(own, month, gather(paths, month, listed, failed), _earlier(output, own, month))
    with replacing(target) as staging:
        write_book(staging / file, district_book(district))
    return district, target / file


def _earlier(output: Path, name: str, month: Month) -> Mapping[str, Shares]:
    """Return the shares of the earlier months of the 学年 beside it; what is damaged is left out."""
    found: dict[str, Shares] = {}
    start = year_start(month)
    while start < month:
        path = output / str(start) / w.FOLDER / w.FILE_NAME.format(name=in_file_name(name) or w.NAMELESS, month=start)
        if path.is_file():
            try:
                rows = read_bureau(path.read_bytes()).rows("targets")
            except NotTrusted:
                rows = []
            if rows:
                found[str(start)] = {str(row[b.FIGURE]): (whole(row[b.DONE]), whole(row[b.DUE])) for row in rows}
        start = start.after
    return found
