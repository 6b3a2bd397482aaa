"""`guanai rollup`: many schools' workbooks (or roll-ups of them) to a district's one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.county.book import district_book
from pipeline.county.bureau_reader import NotTrusted, read_bureau
from pipeline.county.district import District, Shares
from pipeline.county.gather import Failed, gather
from pipeline.county.records import KEY_OF_TITLE, shares_of
from pipeline.excel.render import write_book
from pipeline.keeping.store import replacing
from pipeline.keeping.targets import Kind, is_our_workbook, refuse_file, refuse_foreign
from pipeline.model import Month
from pipeline.publishing.names import in_file_name
from pipeline.reading.file_names import is_passed_over
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
    own, file, target = name or w.NAMELESS, _file(name, month), place_of(output, month)
    district = District(own, month, gather(paths, month, listed, failed), _earlier(output, own, month))
    with replacing(target, kind=_kind(file, month)) as staging:
        write_book(staging / file, district_book(district))
    return district, target / file


def place_of(output: Path, month: Month) -> Path:
    """Return where a district's month goes."""
    return output / str(month) / w.FOLDER


def refuse_place(output: Path, month: Month, name: str) -> None:
    """Let nothing be replaced that is no roll-up of ours. Raises OperatorError."""
    target = place_of(output, month)
    refuse_file(target.parent)
    refuse_foreign(target, _kind(_file(name, month), month))


def _file(name: str, month: Month) -> str:
    return w.FILE_NAME.format(name=in_file_name(name or w.NAMELESS) or w.NAMELESS, month=month)


def _kind(file: str, month: Month) -> Kind:
    """Return what may be replaced: roll-ups of ours. Only that of the same name is; another district's stays."""

    def is_ours(folder: Path) -> bool:
        pattern = w.FILE_NAME.format(name="*", month=month)
        own = [path for path in folder.glob(pattern) if is_our_workbook(path, w.TITLE)]
        return bool(own) and ((folder / file) in own or not (folder / file).exists())

    return Kind(is_ours, {file}.__contains__)


def _earlier(output: Path, name: str, month: Month) -> Mapping[str, Shares]:
    """Return the shares of the earlier months of the 学年 beside it; what is damaged is left out."""
    found: dict[str, Shares] = {}
    start = month.september
    while start < month:
        path = place_of(output, start) / _file(name, start)
        if path.is_file():
            try:
                rows = read_bureau(path.read_bytes()).rows("targets")
            except NotTrusted:
                rows = []
            if rows:
                found[str(start)] = shares_of(rows, KEY_OF_TITLE, "figure")
        start = start.after
    return found
