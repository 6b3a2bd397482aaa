"""What each table of a source is, and what each of its columns was taken for, how sure, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.addresses import column_letters
from pipeline.starting.classes import all_parted, in_words
from pipeline.starting.forms import find_forms
from pipeline.starting.grids import Grid, Head, find_grids
from pipeline.starting.headings import title_of
from pipeline.starting.shaping import shaped
from pipeline.starting.sources import Source
from schemas import start_words as w
from schemas.cells import as_text
from schemas.starting.meanings import OF_CHILDREN, Use
from schemas.starting.values import (
    AUTUMN,
    CLASS_LIST,
    DATED,
    DENIED_IN_TEXT,
    LEDGER,
    MIXED_LIST,
    NOT_LEDGER,
    PART_LIST,
    POTENTIAL_LIST,
    SCHOOL_YEAR,
    STAFF_LIST,
    TERM,
    VILLAGE_LIST,
    WHOLE_LIST,
    WITH_OTHERS,
)
from schemas.tables import LISTS_SHEET, META_SHEET

_SECOND_TERM = range(2, 8)  # months
_OWN_SHEETS = (META_SHEET, LISTS_SHEET)
TableKey = tuple[str, str, str]  # file, sheet, the text above
_OF_A_CHILD = ("father", "mother", "guardian", "member1", "member2", "parent")
_STAFF_ONLY = frozenset(["staff_staff_no", "staff_subject", "staff_classes"])
_STAFF_PERHAPS = frozenset(["staff_post", "staff_active"])
_CHILD_ONLY = frozenset(
    [
        "student_no",
        "boarding",
        "left_behind",
        "guardianship",
        "personality",
        "helper_teacher",
        "helper_pupil",
        "helper_mother",
        "potential",
        "away",
    ]
)


@dataclass(frozen=True)
class SourceTable:
    """One table of a source. `use`: what it is read as; `year`: the first year of the 学年 that it says, 0 for none."""

    source: Source
    grid: Grid
    use: str
    because: str = ""
    year: int = 0
    is_chosen: bool = field(default=False)
    is_part: bool = False  # it lists some of its class's children: 寄宿生, 成绩
    is_whole: bool = False  # it says that it lists all of them: 花名册
    is_denied: bool = False  # it is headed 非留守儿童
    sheet_class: str = ""  # the sheet's name as it may name a class: 3.2 in words, where all sheets are named so

    @property
    def key(self) -> TableKey:
        return self.source.name, self.grid.sheet, self.grid.heading[-40:]

    @property
    def is_of_children(self) -> bool:
        return self.use in OF_CHILDREN

    def letters(self, head: Head) -> str:
        """Return the letters of a column; a label of a form has none."""
        return "" if self.grid.is_form else column_letters(head.place + 1)


@dataclass(frozen=True)
class Passed:
    """A sheet in which no table was found."""

    source: Source
    sheet: str
    because: str = w.NO_TABLE


def find_tables(
    source: Source, chosen: Mapping[TableKey, str], start: int = 0
) -> tuple[list[SourceTable], list[Passed]]:
    """Return the tables of a workbook, and its sheets with content but none.

    `chosen`: uses that the admin set; `start`: the year in which the 学年 begins.
    """
    seen = [sheet for sheet in source.book.sheets if sheet.has_content and sheet.is_visible]
    sheets = [part for sheet in seen for part in shaped(sheet)]
    forms, used = find_forms(sheets)
    grids = [grid for index, sheet in enumerate(sheets) if index not in used for grid in find_grids(sheet)]
    found = {grid.sheet for grid in grids} | {sheets[index].title for index in used}
    tables = [_table(source, grid, chosen, start) for grid in _merged([*([forms] if forms else []), *grids])]
    if _are_classes(tables):
        tables = [replace(table, sheet_class=in_words(table.grid.sheet)) for table in tables]
    passed = [Passed(source, sheet.title) for sheet in seen if sheet.title not in found]
    hidden = [sheet for sheet in source.book.sheets if sheet.has_content and not sheet.is_visible]
    passed += [Passed(source, sheet.title, w.HIDDEN_SHEET) for sheet in hidden if sheet.title not in _OWN_SHEETS]
    return tables, passed


def _are_classes(tables: Sequence[SourceTable]) -> bool:
    """Tell sheets 3.1, 3.2, 4.1 that are classes: days would have the same children again and again."""
    of_children = [table for table in tables if table.is_of_children]
    if not all_parted(table.grid.sheet for table in of_children):
        return False
    names = Counter(name for table in of_children for name in _names(table.grid))
    return bool(names) and sum(count > 1 for count in names.values()) * 4 < len(names)


def _names(grid: Grid) -> set[str]:
    place = next((head.place for head in grid.heads if title_of(head.own, head.group).key == "name"), -1)
    return {name for line in grid.lines if (name := "".join(as_text(line.cells.get(place, "")).split()))}


def _merged(grids: list[Grid]) -> Iterator[Grid]:
    """Yield the tables, those that a sheet goes on with below the same head as one."""
    last: Grid | None = None
    for grid in grids:
        if last and not grid.is_form and grid.sheet == last.sheet and grid.heads == last.heads:
            last = Grid(
                last.sheet, last.heads, last.lines + grid.lines, last.heading, left_out=last.left_out + grid.left_out
            )
            continue
        if last:
            yield last
        last = grid
    if last:
        yield last


def _table(source: Source, grid: Grid, chosen: Mapping[TableKey, str], start: int) -> SourceTable:
    use, because = _use(grid, source.name)
    table = SourceTable(source, grid, use, because, _year(grid, source.name, start))
    above = f"{grid.sheet} {grid.heading}"
    where = above if PART_LIST.search(above) or _kind(above) else source.name
    is_denied = use == Use.ROSTER and _is_denied(grid.heading)
    table = replace(
        table,
        is_part=use == Use.ROSTER and (is_denied or bool(PART_LIST.search(where))),
        is_whole=_kind(where) == Use.ROSTER and not is_denied,
        is_denied=is_denied,
    )
    if table.key in chosen:
        return replace(table, use=chosen[table.key], because=w.CHOSEN, is_chosen=True)
    return table


def _is_denied(heading: str) -> bool:
    """Tell a list of those who are not left-behind: 二、非留守儿童; not 全校学生（含非留守）."""
    rest = DENIED_IN_TEXT.sub("", heading)
    return rest != heading and not LEDGER.search(rest) and not WITH_OTHERS.search(rest)


def _use(grid: Grid, file: str) -> tuple[str, str]:
    """Return what a table is, and by what it was told."""
    above = f"{grid.sheet} {grid.heading}"
    keys = {title_of(head.own, head.group).key for head in grid.heads}
    owners = {title_of(head.own, head.group).owner for head in grid.heads} & set(_OF_A_CHILD)
    of_staff = {title_of(head.own, of="staff").key for head in grid.heads}
    of_class = {title_of(head.own, of="class").key for head in grid.heads}
    is_of_children = bool(keys & _CHILD_ONLY) or bool(owners)
    has_class = bool(of_class & {"class_class_name", "class_grade", "class_number"})
    if not is_of_children or not {"name"} & keys:
        if has_class and "name" not in keys and of_class & {"class_head_teacher", "class_pupils"}:
            return Use.CLASSES, w.BY_COLUMNS
        if _is_staff(of_staff, above, file):
            return Use.STAFF, w.BY_COLUMNS
        if (
            has_class
            and "name" in keys
            and CLASS_LIST.search(above)
            and len(grid.lines) <= 60
            and not keys & {"id_card", "sex"}
        ):
            return Use.CLASSES, w.BY_HEADING
    if "name" not in keys:
        return Use.NONE, w.NO_NAME_COLUMN
    return _use_of_children(grid, above, file, keys)


def _use_of_children(grid: Grid, above: str, file: str, keys: set[str]) -> tuple[str, str]:
    where = next((text for text in (above, file) if _kind(text)), "")
    kind = _kind(where)
    if kind == Use.LEDGER and MIXED_LIST.search(where) and not keys & {"left_behind", "category"}:
        return Use.ROSTER, w.MIXED
    if kind == Use.LEDGER:
        return Use.LEDGER, w.BY_HEADING
    if kind in (Use.VILLAGE, Use.POTENTIAL):
        return kind, w.BY_HEADING
    return Use.ROSTER, w.BY_COLUMNS


def _kind(text: str) -> str:
    if VILLAGE_LIST.search(text):
        return Use.VILLAGE
    if LEDGER.search(text) and not NOT_LEDGER.search(text):
        return Use.LEDGER
    if POTENTIAL_LIST.search(text):
        return Use.POTENTIAL
    return Use.ROSTER if NOT_LEDGER.search(text) or WHOLE_LIST.search(text) else ""


def _is_staff(of_staff: set[str], above: str, file: str) -> bool:
    if "staff_name" not in of_staff:
        return False
    if of_staff & _STAFF_ONLY:
        return True
    is_told = STAFF_LIST.search(above) or (STAFF_LIST.search(file) and not LEDGER.search(file))
    return bool(is_told) or of_staff >= _STAFF_PERHAPS


def _year(grid: Grid, file: str, start: int) -> int:
    """Return the first year of the 学年 that a table's own words, else its file's name, say; 0 where they say none."""
    for text in (f"{grid.heading} {grid.sheet}", file):
        for pattern in SCHOOL_YEAR:
            if found := pattern.search(text):
                return int(found[1])
        if found := TERM.search(text):
            return int(found[1]) - (found[2] not in AUTUMN)
    return _year_of_date(grid.heading, start)


def _year_of_date(heading: str, start: int) -> int:
    """Return the first year of the last 学年, where a heading bears a day of its second term; 0 for any other."""
    days = [(int(found[1]), int(found[2])) for found in DATED.finditer(heading)]
    return start - 1 if days and all(year == start and month in _SECOND_TERM for year, month in days) else 0
