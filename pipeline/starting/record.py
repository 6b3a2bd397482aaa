"""One row of a source, as the house speaks of it: facts by meaning, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.model import Place
from pipeline.starting.doubts import Doubt
from pipeline.starting.tables import SourceTable
from schemas import start_words as w
from schemas.class_names import class_text


@dataclass
class Record:
    """One row of a source: facts by meaning. `place`: its class by now, None where it can't be told.

    `grade`: that by now, where it names no class beside it; `line_school`: the school of the line above, "" for none.
    """

    table: SourceTable
    number: int
    facts: dict[str, Any]
    doubts: dict[str, Doubt] = field(default_factory=dict)
    class_words: str = ""
    place: Place | None = None
    banner: str = ""
    day: date = date.max
    is_struck: bool = False
    of: Record | None = None  # the row of the same child that this one says more of
    left_out: tuple[str, ...] | None = None  # of a row of 全体: whom it leaves out; None of a row of one child
    was_promoted: bool = False
    grade: int = 0
    line_school: str = ""

    @property
    def rank(self) -> int:
        """0 for the newest source."""
        return self.table.source.rank

    @property
    def name(self) -> str:
        return str(self.facts.get("name", ""))

    @property
    def school(self) -> str:
        """The school that the row says it is of, "" where it says none."""
        return str(self.facts.get("school_name") or self.line_school)

    @property
    def class_name(self) -> str:
        return class_text(self.place) if self.place else self.class_words

    @property
    def where(self) -> str:
        """The file and row, the sheet too where the file has several."""
        source, sheet = self.table.source, self.table.grid.sheet
        words = w.WHERE_IN_SHEET if sheet and len(source.book.sheets) > 1 else w.WHERE
        return words.format(file=source.name, sheet=sheet, row=self.number)

    def doubt(self, item: str, seen: str, because: str, cells: tuple[str, ...] = (), note: str = "") -> Doubt:
        """Return a doubt about this row."""
        source = self.table.source.name, self.table.grid.sheet
        whose = self.name or str(self.facts.get("staff_name", ""))
        return Doubt(*source, self.number, whose, item, seen, because, self.class_name, cells, note)
