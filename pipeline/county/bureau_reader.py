"""Read a published workbook back: its tables, proved to be as they were written, or the cell that is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.excel.guard import Refused
from pipeline.excel.seal import Broken, SealedTable, read_seal
from pipeline.reading.pool import Reading, start_reading
from schemas import reading_words as w
from schemas.bureau_layout import BUREAU
from schemas.county_layout import DISTRICT
from schemas.rules import REFUSALS
from schemas.tables import META_SHEET
from schemas.versions import BUREAU_VERSION


class NotTrusted(Exception):
    """A workbook that can't be used; its text says why, for the people of the bureau."""


@dataclass(frozen=True)
class BureauReport:
    """A published workbook as data. `meta`: label → value; `tables`: key → table, cells as read."""

    meta: Mapping[str, str]
    tables: Mapping[str, SealedTable]

    def rows(self, name: str, *, totals: bool = False) -> list[dict[str, Any]]:
        """Return a table's rows as column key → cell, without its totals unless asked; none where it is not there."""
        table = self.tables.get(name)
        if table is None:
            return []
        kept = table.rows if totals else table.rows[: len(table.rows) - table.total_count]
        return [dict(zip(table.keys, row, strict=True)) for row in kept]


def why_refused(refusal: Refused) -> str:
    """Say why a file can't be opened."""
    return w.UNREADABLE.format(because=REFUSALS[refusal.reason][1].format(guess=""))


def read_bureau(data: bytes | Reading) -> BureauReport:
    """Return the tables of a published workbook given as bytes, or being read already. Raises NotTrusted.

    A workbook of an older version is read by the names that its tables have; a newer one is refused.
    """
    try:
        book = (data if isinstance(data, Reading) else start_reading(data, is_published=True)).take()
    except Refused as refusal:
        raise NotTrusted(why_refused(refusal)) from None
    try:
        meta, tables = read_seal(book)
    except Broken as broken:
        if broken.where == META_SHEET:
            raise NotTrusted(w.NO_META) from None
        raise NotTrusted(w.CHANGED.format(where=broken.where)) from None
    version = meta.get("version", "")
    if not version.isdigit() or int(version) > int(BUREAU_VERSION):
        raise NotTrusted(w.NEWER.format(version=version))
    return BureauReport(meta, {name: _with_keys(table, meta) for name, table in tables.items()})


def _with_keys(table: SealedTable, meta: Mapping[str, str]) -> SealedTable:
    """Return a table with the keys of its columns: those it states, else those that the standard layout tells."""
    standard = DISTRICT if meta.get("template") == DISTRICT.title else BUREAU
    return table if table.keys else replace(table, keys=standard.keys_of(table.name, table.titles))
