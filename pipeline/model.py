"""What passes between the stages: the month, files, sheets as typed, filled tables, issues."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pipeline.addresses import column_letters
from schemas.class_names import FIRST_MONTH
from schemas.rules import LEVELS, NOTE, SEE_OTHER, THIS_CHILD, Rule
from schemas.tables import Table
from schemas.verdicts import FileState

Place = tuple[int, int]  # a class: its grade, 1 to 9, and its number
Places = Mapping[int, Place]  # file → the class whose workbook it is
# Who is missing and whose class is no more belongs to his grade (contract §8.4): the file and place of its rows.
GRADE_PLACES: Places = {-100 - grade: (grade, 0) for grade in range(1, 10)}
GRADE_FILES: Mapping[int, int] = {grade: file for file, (grade, _) in GRADE_PLACES.items()}


@dataclass(frozen=True, order=True)
class Month:
    """A report month. `last_day` is T of the contract."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read 2026-10. Raises ValueError."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not match or not 1 <= int(match[2]) <= 12:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def after(self) -> Month:
        """The month that follows."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> Month:
        """The month that came before."""
        return Month(self.year - (self.number == 1), self.number - 1 or 12)

    @property
    def september(self) -> Month:
        """The first month of its 学年."""
        return Month(self.year - (self.number < FIRST_MONTH), FIRST_MONTH)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])


@dataclass(frozen=True)
class Issue:
    """One problem of someone's sheet. `row`, `column` count from 1 (0: the whole sheet or file); `typed` is masked.

    `words`: what the sentences quote. Of these `remedy` stands for the rule's own where that would lead astray, `why`
    is said after the sentence, `hint` (the right value, as far as known) after the remedy; `own`: the masked, plain.
    `key` says what it is about, whatever row it stands in; `explained`: the words that settle a warning;
    `is_settled_elsewhere`: a note at a cell that has to be mended or filled all the same.
    """

    file: int
    rule: Rule
    sheet: str = ""
    row: int = 0
    column: int = 0
    title: str = ""
    typed: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    explained: str = ""
    is_settled_elsewhere: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether someone has to do something: an error, or a warning that nobody has explained."""
        return self.rule.level != NOTE and not self.explained

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def sentence(self) -> str:
        return self._say(self.rule.sentence) + str(self.words.get("why", ""))

    @property
    def remedy(self) -> str:
        if self.is_settled_elsewhere:
            return SEE_OTHER
        return self._say(self.words.get("remedy") or self.rule.remedy) + str(self.words.get("hint", ""))

    def _say(self, template: str) -> str:
        own = {"column": self.title, "typed": self.typed, "sheet": self.sheet, "who": THIS_CHILD}
        try:
            return template.format(**{**own, **self.words})
        except KeyError as missing:
            raise KeyError(f"{self.rule.code} “{template}”: what finds it gives no word for {missing}") from None

    @property
    def order(self) -> tuple[Any, ...]:
        return (self.file, self.sheet, self.row, self.column, LEVELS.index(self.rule.level), self.rule.code)


class Opening(Protocol):
    """A workbook that is being read: its content is given away once."""

    def take(self) -> Any: ...


@dataclass(frozen=True)
class SubmittedFile:
    """One file of the month's folder. `name` is its path below that folder, `id` its place in the run.

    `refusal` says why it is not to be opened; else `book` is being read already, and is given away once.
    """

    id: int
    path: Path
    name: str
    sha256: str = ""
    refusal: str = ""
    book: Opening | None = field(repr=False, compare=False, default=None)


@dataclass(frozen=True)
class Sheet:
    """One data sheet as typed. `columns`: column key → zero-based position; `rows`: (Excel row, cells).

    `struck`: zero-based (row, column) of cells that are struck out; `held`: marks of the rows with which it was
    issued and that hold more ready than others (`schemas.held`).
    """

    table: Table
    file: int
    title: str
    columns: Mapping[str, int]
    rows: list[tuple[int, list[Any]]] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()
    held: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Submission:
    """What a file turned out to be: its form, cover, class, sheets and state.

    `cover_cells`: key → (row, column)
    of the cover's value; `content`: what the bytes are (ooxml, ole2 …); `saved_at`: when the file itself says that it
    was saved; `explanations`: key of a problem → what is typed beside it on 退回说明.
    """

    file: SubmittedFile
    form: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    cover_cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    grade: int = 0
    number: int = 0
    sheets: tuple[Sheet, ...] = ()
    content: str = ""
    saved_at: str = ""
    explanations: Mapping[str, str] = field(repr=False, default_factory=dict)
    state: FileState = FileState.USED

    @property
    def is_used(self) -> bool:
        return self.state is FileState.USED
