"""A form a child: labels with their values to the right, one page or block a child, put together as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from pipeline.excel.reading import RawSheet
from pipeline.starting.classes import class_in, grade_in
from pipeline.starting.grids import Cells, Grid, Head, Line
from pipeline.starting.headings import CHILD_OWNERS, bare, is_title, owner_in, title_of
from schemas.kinds import Code
from schemas.lines import FOOTNOTE
from schemas.starting.meanings import MEANINGS, MEMBERS
from schemas.starting.titles import OWNERS
from schemas.starting.values import SHEET_OF_FORM

_ROWS_ABOVE = 4  # of a block, in which its title and class may stand
_LOOK_BELOW = 4
_FEWEST_BOXES = 15
_LABELS_OF_ROW = 0.67  # of the texts in a row of labels and values
_HEAD_OF_MEMBERS = 3  # titles side by side with nothing said between them
_MEMBER_TITLES = [OWNERS[key].split()[0] for key in MEMBERS[:-1]]
Label = tuple[str, str]  # its words, those of its group


@dataclass(frozen=True)
class _Page:
    """One child's form: label → value, the row where it begins, and the texts that are neither."""

    number: int
    said: dict[Label, Any]
    context: str


def find_forms(sheets: Sequence[RawSheet]) -> tuple[Grid | None, set[int]]:
    """Return all forms of a workbook's sheets as one table, None for none, and which sheets (from 0) they were on."""
    pages: list[tuple[str, _Page]] = []
    used = set()
    for index, sheet in enumerate(sheets):
        found = list(_pages(Cells(sheet)))
        pages += [(sheet.title, page) for page in found]
        used |= {index} if found else set()
    if not pages:
        return None, used
    labels = list(dict.fromkeys(label for _, page in pages for label in page.said))
    heads = tuple(Head(place, own, group) for place, (own, group) in enumerate(labels))
    lines = tuple(
        Line(
            page.number,
            {place: page.said.get(label, "") for place, label in enumerate(labels)},
            f"{title} {page.context}",
        )
        for title, page in pages
    )
    titles = list(dict.fromkeys(title for title, _ in pages))
    return Grid(titles[0] if len(titles) == 1 else "", heads, lines, pages[0][1].context, is_form=True), used


def _pages(cells: Cells) -> Iterator[_Page]:
    anchors = [row for row in range(len(cells)) if _is_anchor(cells, row)]
    starts = [_start(cells, row, anchors[index - 1] + 1 if index else 0) for index, row in enumerate(anchors)]
    for index, row in enumerate(anchors):
        end = starts[index + 1] if index + 1 < len(anchors) else len(cells)
        above = [text for r in range(starts[index], row) for text in dict.fromkeys(cells.texts(r)) if text]
        said: dict[Label, Any] = {}
        for r in range(starts[index], row):
            _read_row(cells, r, said)
        _read_block(cells, row, end, said)
        classed = [text for text in above if class_in(text) or grade_in(text)]
        yield _Page(row + 1, said, " ".join(above[:2] + classed[-1:]))


def _start(cells: Cells, row: int, floor: int) -> int:
    """Return where a child's block begins: at the title above its first label, not with the end of the one before."""
    first = max(floor, row - _ROWS_ABOVE)
    if floor == 0:
        return first
    titles = [r for r in range(first, row) if len(set(filter(None, cells.texts(r)))) == 1 and not _is_foot(cells, r)]
    return titles[-1] if titles else row


def _is_foot(cells: Cells, row: int) -> bool:
    return bool(FOOTNOTE.match(next((text for text in cells.texts(row) if text), "")))


def _is_anchor(cells: Cells, row: int) -> bool:
    texts = cells.texts(row)
    for place, text in enumerate(texts):
        if text and bare(text) in SHEET_OF_FORM and owner_in(_left(texts, place)) in CHILD_OWNERS:
            value = _value(cells, row, place)
            told = [t for t in texts if t]
            titles = [t for before, t in pairwise(["", *told]) if is_title(t) and not _is_word_of(before, "", t)]
            is_alone = bool(value) and not is_title(str(value)) and len(titles) <= _LABELS_OF_ROW * len(told)
            return is_alone and _is_label_below(cells, row, place)
    return False


def _left(texts: Sequence[str], place: int) -> str:
    """Return the nearest text to the left of a place, where it is no title itself."""
    found = next((text for text in reversed(texts[:place]) if text), "")
    return "" if is_title(found) else found


def _is_label_below(cells: Cells, row: int, place: int) -> bool:
    for below in range(row + 1, min(row + _LOOK_BELOW, len(cells))):
        texts = cells.texts(below)
        if place < len(texts) and texts[place]:
            return is_title(texts[place]) or bool(owner_in(texts[place]))
    return True


def _read_block(cells: Cells, first: int, end: int, said: dict[Label, Any]) -> None:
    row, members = first, 0
    while row < end:
        titles = _head_of_members(cells, row)
        if titles:
            row += 1
            while row < end and members < len(_MEMBER_TITLES) and _is_member(cells, row, titles):
                texts = cells.raw[row]
                for place, title in titles.items():
                    if place < len(texts):
                        said.setdefault((title, _MEMBER_TITLES[members]), texts[place])
                members, row = members + 1, row + 1
            continue
        _read_row(cells, row, said)
        row += 1


def _read_row(cells: Cells, row: int, said: dict[Label, Any]) -> None:
    texts, group = cells.texts(row), ""
    if texts and FOOTNOTE.match(next((t for t in texts if t), "")) and sum(map(bool, texts)) == 1:
        return
    persons, taken = _Persons(), -1
    for place, text in enumerate(texts):
        if not text or place == taken:
            continue
        beside = _value(cells, row, place)
        if owner_in(text) and beside and is_title(str(beside)) and not title_of(text).is_known:
            group = text
            continue
        if not is_title(text) and not (owner_in(text) and len(text) <= len(max(OWNERS["guardian"].split(), key=len))):
            continue
        if beside is not None and beside != "" and (not is_title(str(beside)) or _is_word_of(text, group, str(beside))):
            said.setdefault((text, group or persons.of(text)), beside)
            taken = _place_of_value(cells, row, place)
        persons.see(text)


class _Persons:
    """Of whom a row of labels tells: 父亲 | … | 电话 | … is his, where no other came between."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.is_asked = False

    def see(self, label: str) -> None:
        """Note a label that says whose."""
        owner = owner_in(label)
        if owner in CHILD_OWNERS or (self.labels and owner == owner_in(self.labels[-1])):
            return
        self.labels = [label] if self.is_asked else [*self.labels, label]
        self.is_asked = False

    def of(self, label: str) -> str:
        """Return the label of him of whom 电话, 关系 or 务工地点 is asked, "" where nobody can tell."""
        title = title_of(label)
        if not title.what or title.key or title.owner or len(self.labels) != 1:
            return ""
        self.is_asked = True
        return self.labels[0]


def _is_word_of(own: str, group: str, text: str) -> bool:
    """Tell whether a text that may be a title is a word that the label before it asks for: 学生类别 | 留守儿童."""
    key = title_of(own, group).key
    kind = MEANINGS[key].kind if key else None
    return isinstance(kind, Code) and (text in kind.words or text in kind.codes.instead)


def _value(cells: Cells, row: int, place: int) -> Any:
    """Return what stands to the right of a cell, beyond the places over which it is merged."""
    after = _place_of_value(cells, row, place)
    boxes = list(takewhile(lambda text: len(text) == 1, cells.texts(row)[after:]))
    if len(boxes) >= _FEWEST_BOXES and all(text.isdigit() for text in boxes[:-1]):
        return "".join(boxes)  # a number with a box for each digit
    return cells.raw[row][after] if after < len(cells.raw[row]) else ""


def _place_of_value(cells: Cells, row: int, place: int) -> int:
    return next((right for left, right in cells.across.get(row, ()) if left == place), place) + 1


def _head_of_members(cells: Cells, row: int) -> dict[int, str]:
    """Return the titles of a table inside a form, by their places; nothing where a row is none."""
    texts = cells.texts(row)
    found = {place: text for place, text in enumerate(texts) if text and is_title(text)}
    others = [text for place, text in enumerate(texts) if text and place not in found and not owner_in(text)]
    whats = {title_of(text).what or title_of(text).key for text in found.values()}
    is_head = len(found) >= _HEAD_OF_MEMBERS and len(others) <= 1 and {"relation", "name"} <= whats
    return found if is_head else {}


def _is_member(cells: Cells, row: int, titles: dict[int, str]) -> bool:
    texts = cells.texts(row)
    said = [texts[place] for place in titles if place < len(texts) and texts[place]]
    return bool(said) and not any(map(is_title, said[1:])) and not FOOTNOTE.match(said[0])
