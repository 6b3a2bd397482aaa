"""Find the tables of a sheet: title rows, heads of one row or two, repeated heads, lines that name a class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.excel.reading import RawSheet
from pipeline.starting.classes import class_in, grade_in
from pipeline.starting.headings import bare, is_title, title_of
from schemas.cells import as_text, clean
from schemas.lines import FOOTNOTE, TOTAL
from schemas.starting.values import DENIED_IN_TEXT, EXAMPLE_ROW, LINE_LABEL, NOT_HERE, SCHOOL_LINE

_FEWEST, _SHARE = 3, 0.5  # titles in a head, and their share of its cells
_FEWEST_OF_LIST = 2
_DEPTHS, _SURE_SHARE = (2, 3), 0.6  # rows of a head with groups, and the share of titles in its lowest
_MERGE_CELLS = 20_000
_LONGEST_GROUP = 30
_WHO = frozenset(["name", "id_card", "student_no", "sex", "birth_date", "class_name", "grade", "number"])
_BANNER_CELLS, _BANNER_LENGTH = 4, 80


@dataclass(frozen=True)
class Head:
    """The title of one column: its place (from 0), its own words and those of the group above it."""

    place: int
    own: str
    group: str = ""

    @property
    def words(self) -> str:
        return f"{self.group}·{self.own}" if self.group and self.group != self.own else self.own


@dataclass(frozen=True)
class Line:
    """One data row: Excel's number, cells by place, and what stood above it about its class."""

    number: int
    cells: Mapping[int, Any]
    banner: str = ""
    is_more: bool = False  # it says more of the child of the row above: the mother below the father
    section: str = ""  # the line above that stands alone: 双亲留守儿童（12人）
    note: str = ""  # a line above that says of all below it that they are not here any more
    school: str = ""  # a line above that names a school, on a sheet that has several such
    spread: frozenset[int] = frozenset()  # places of a cell that is merged across columns: whose it is nobody can tell


@dataclass(frozen=True)
class Grid:
    """One table: heads, data rows, and the text that stood above it. `is_form`: one child a page, heads are labels."""

    sheet: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    heading: str = ""
    is_form: bool = False
    left_out: tuple[int, ...] = field(default=())


class Cells:
    """The cells of a sheet, merged ones put into each place that they cover, as text where they are looked at."""

    def __init__(self, sheet: RawSheet) -> None:
        self.title = sheet.title
        self.raw = [list(row) for row in sheet.rows]
        self.areas = [a for a in sheet.merged if (a[2] - a[0] + 1) * (a[3] - a[1] + 1) <= _MERGE_CELLS]
        self.across: dict[int, list[tuple[int, int]]] = {}
        self.down: set[tuple[int, int]] = set()  # places that a cell above reaches down to
        for top, left, bottom, right in self.areas:
            for row in range(top, min(bottom, len(self.raw) - 1) + 1):
                if right > left:
                    self.across.setdefault(row, []).append((left, right))
                if row > top:
                    self.down.add((row, left))
                if row > top and left < len(self.raw[row]) and top < len(self.raw):
                    self.raw[row][left] = self.raw[top][left] if left < len(self.raw[top]) else ""

    def __len__(self) -> int:
        return len(self.raw)

    def texts(self, row: int) -> list[str]:
        return [as_text(cell) for cell in self.raw[row]] if row < len(self.raw) else []

    def groups(self, row: int) -> list[str]:
        """Return a row's texts, those that are merged across columns in each of these."""
        found = self.texts(row)
        for left, right in self.across.get(row, ()):
            if left < len(found):
                found[left : right + 1] = [found[left]] * (min(right, len(found) - 1) - left + 1)
        return found


def find_grids(sheet: RawSheet) -> list[Grid]:
    """Return the tables of a sheet, in order; none where no row looks like a head."""
    cells = Cells(sheet)
    heads = list(_heads(cells))
    schools = _schools(cells)
    grids = []
    above, banner = 0, ""
    carried: list[str] = []
    for index, (first, last, head) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else len(cells)
        said = [" ".join(filter(None, dict.fromkeys(cells.texts(row)))) for row in range(above, first)]
        heading = [*carried, *filter(None, said)]
        above_class = next((text for text in reversed(heading) if class_in(text) or grade_in(text)), "")
        lines, left_out, banner = _lines(cells, last + 1, end, head, above_class or (banner if index else ""))
        lines = [replace(line, school=schools.get(line.number, "")) for line in lines] if schools else lines
        foot = _foot(cells, left_out)
        lines = [replace(line, banner=f"{line.banner} {foot}") for line in lines] if foot else lines
        above = lines[-1].number if lines else last + 1
        carried = [] if lines or index + 1 == len(heads) else heading
        if carried:
            continue  # a head without rows: what stands above it stands above the next
        grids.append(Grid(sheet.title, head, tuple(lines), " ".join(heading)[-300:], left_out=tuple(left_out)))
    return grids


def _schools(cells: Cells) -> dict[int, str]:
    """Return row (Excel's number) → the school of the last line that names one, where several schools have such lines.

    A school alone is that of the whole sheet, whose name may be written in another way elsewhere.
    """
    found: dict[int, str] = {}
    school = ""
    for row in range(len(cells)):
        said = list(dict.fromkeys(text for text in cells.texts(row) if text))
        if len(said) == 1 and (line := SCHOOL_LINE.fullmatch("".join(said[0].split()))):
            school = line[1]
        found[row + 1] = school
    return found if len(set(found.values()) - {""}) > 1 else {}


def _foot(cells: Cells, left_out: Sequence[int]) -> str:
    """Return what stands below a table about its class: 班主任：王芳."""
    texts = [text for number in left_out for text in dict.fromkeys(cells.texts(number - 1)) if LINE_LABEL.search(text)]
    return " ".join(texts)


def _heads(cells: Cells) -> Iterator[tuple[int, int, tuple[Head, ...]]]:
    row = 0
    while row < len(cells):
        own = cells.texts(row)
        said = [text for text in own if text]
        count = sum(map(is_title, said))
        alone = sum(_is_owner(text) for text in said)
        several = [(found[0], -depth, found[1]) for depth in _DEPTHS if (found := _rows_together(cells, row, depth))]
        best = max(several, key=lambda one: one[:2], default=None)
        if best and best[0] > count and best[0] >= _FEWEST:
            yield row, row - best[1] - 1, best[2]
            row -= best[1]
            continue
        is_few = count >= _FEWEST_OF_LIST and _has_name_or_class(said)
        if (count >= _FEWEST or is_few) and count + alone >= _SHARE * len(said):
            yield row, row, tuple(Head(place, text) for place, text in enumerate(own) if text)
        row += 1


def _is_owner(text: str) -> bool:
    """Tell a title that says whose alone: 监护人."""
    return not is_title(text) and bool(title_of(text).owner)


def _has_name_or_class(said: Sequence[str]) -> bool:
    return bool({title_of(text).key for text in said} & {"name", "class_name", "head_teacher"})


def _rows_together(cells: Cells, row: int, depth: int) -> tuple[int, tuple[Head, ...]] | None:
    """Return how many titles some rows hold together, and the heads; None where the lowest is no row of titles."""
    if row + depth > len(cells):
        return None
    rows = [cells.groups(row + level) for level in range(depth)]
    width = max(map(len, rows))
    rows = [texts + [""] * (width - len(texts)) for texts in rows]
    lowest, above = rows[-1], rows[:-1]
    if any(":" in text[:-1] or len(text) > _LONGEST_GROUP for texts in above for text in texts):
        return None  # a line of labels with their values, or a sentence
    told = [place for place in range(width) if lowest[place] and lowest[place] != above[-1][place]]
    if len(told) < _FEWEST_OF_LIST or any(len(set(filter(None, texts))) < _FEWEST_OF_LIST for texts in above):
        return None
    for level, texts in enumerate(above):  # without merged cells a group stands once, over the first of its columns
        for place in range(1, width):
            is_below = any(lower[place] and lower[place] != texts[place] for lower in rows[level + 1 :])
            is_new = any(upper[place] != upper[place - 1] for upper in above[:level])
            texts[place] = texts[place] or (texts[place - 1] if is_below and not is_new else "")
    heads = []
    for place in range(width):
        levels = list(dict.fromkeys(filter(None, (texts[place] for texts in rows))))
        if levels:
            heads.append(Head(place, levels[-1], " ".join(levels[:-1])))
    known = {head.place for head in heads if title_of(head.own, head.group).is_known}
    is_sure = sum(place in known for place in told) >= _SURE_SHARE * len(told)
    if not is_sure and not _is_grouped(cells, row):
        return None
    return len(known), tuple(heads)


def _is_grouped(cells: Cells, row: int) -> bool:
    """Tell by its merged cells a row of groups: some reach over titles below them, all others down beside these."""
    below = cells.texts(row + 1)
    over = [range(left, right + 1) for left, right in cells.across.get(row, ())]
    down = {left for top, left, bottom, _ in cells.areas if top == row < bottom}
    is_over = [sum(place < len(below) and bool(below[place]) for place in places) > 1 for places in over]
    grouped = {place for places in over for place in places}
    others = {place for place, text in enumerate(cells.texts(row)) if text} - grouped
    return any(is_over) and bool(down) and others <= down


def _lines(
    cells: Cells, first: int, end: int, heads: tuple[Head, ...], banner: str
) -> tuple[list[Line], list[int], str]:
    """Return the data rows between two heads, the numbers of rows that say something else, and the last class named."""
    lines: list[Line] = []
    left_out: list[int] = []
    note = section = ""
    keys = {head.place: title_of(head.own, head.group).key for head in heads}
    names = {place for place, key in keys.items() if key == "name"}
    members = {place for place, key in keys.items() if key == "member1_relation"}
    places = [head.place for head in heads]
    for row in range(first, end):
        raw, texts = cells.raw[row], cells.texts(row)
        said = [text for text in texts if text]
        if not said:
            continue
        is_more = bool(lines) and bool(members) and _is_more(cells, row, members, keys)
        is_named = any(place < len(texts) and texts[place] and not class_in(texts[place]) for place in names)
        if is_more:
            found = {p: raw[p] if p < len(raw) and texts[p] else "" for p in places}
            own = {p: lines[-1].cells[p] for p in places if not found[p] and keys[p] in _WHO}
            lines.append(replace(lines[-1], number=row + 1, cells={**found, **own}, is_more=True))
        elif not is_named and _is_banner(said) and (names or len(set(said)) == 1):
            banner = " ".join(dict.fromkeys(said))
            note = ""
        elif _is_other(said, texts, places, is_named=is_named):
            left_out.append(row + 1)
            section = said[0] if len(set(said)) == 1 else section
            if len(set(said)) == 1 and not FOOTNOTE.match(said[0]):
                note = said[0] if NOT_HERE.search(said[0]) or DENIED_IN_TEXT.search(said[0]) else ""
        else:
            spread = {p for left, right in cells.across.get(row, ()) for p in range(left, right + 1)}
            found = {place: raw[place] if place < len(raw) else "" for place in places}
            lines.append(Line(row + 1, found, banner, section=section, note=note, spread=frozenset(spread)))
    return lines, left_out, banner


def _is_more(cells: Cells, row: int, members: set[int], keys: Mapping[int, str]) -> bool:
    """Tell a row that only has one more of the family: the child's own cells are merged from above, or empty."""
    texts = cells.texts(row)
    own = [place for place, key in keys.items() if key in _WHO and place < len(texts)]
    is_other = all(not texts[place] or (row, place) in cells.down for place in own)
    return is_other and any(place < len(texts) and texts[place] for place in members)


def _is_banner(said: Sequence[str]) -> bool:
    whole = " ".join(dict.fromkeys(said))
    is_short = len(set(said)) <= _BANNER_CELLS and len(whole) <= _BANNER_LENGTH
    return is_short and bool(class_in(whole) or grade_in(whole)) and not any(len(t) >= 11 and t.isdigit() for t in said)


def _is_total(text: str) -> bool:
    """Tell 合计, and 三（1）班小计."""
    bare = "".join(text.split())
    of = class_in(bare) or grade_in(bare)
    return bool(TOTAL.fullmatch(bare) or (of and TOTAL.fullmatch(clean(bare).replace(of, "", 1).strip("()"))))


def _is_other(said: Sequence[str], texts: Sequence[str], places: Sequence[int], *, is_named: bool) -> bool:
    """Tell a total, a note at the foot, or the head once more from a row of data."""
    first = "".join(said[0].split())
    if EXAMPLE_ROW.fullmatch(first):
        return True
    if any(map(_is_total, said[:3])):
        return True
    if FOOTNOTE.match(first) and not (is_named and len(said) > _FEWEST):
        return True
    if len(said) == 1 and len(places) > 1 and (len(first) > 4 or not is_named):
        return True
    return sum(is_title(text) for text in said) > _SHARE * len(said) and bare(said[0]) != ""
