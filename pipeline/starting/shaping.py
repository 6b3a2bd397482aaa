"""Bring the sheets of a source into the shape in which tables and forms are looked for.

A page of two halves becomes two sheets, a list that lies on its side is turned, cells that hold label and value
together (姓名：李小禾) are parted, and labels that stand above their values are put before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.excel.reading import RawSheet
from pipeline.starting.classes import class_in
from pipeline.starting.headings import bare, is_title, owner_in, title_of
from schemas.cells import as_text
from schemas.starting.values import COUNTING_TITLES, LABEL_AND_VALUE, SHEET_OF_FORM

_MANY, _FEW = 4, 2  # titles down the side of a list that lies on its side; children on it
_FEWEST_LABELS = 3  # cells with label and value on a sheet that is made of them
_LOOKED_AT = 60  # rows in which the shape of a sheet is told
_OF_CHILD = frozenset(
    ["sex", "id_card", "student_no", "birth_date", "class_name", "grade", "number", "ethnicity", "left_behind", "age"]
)
_OF_STAFF = frozenset(["staff_post", "staff_subject", "staff_staff_no"])
_BETWEEN = " \t\n\u3000,，;；、"  # what stands between a value and the next label
Row = list[Any]


def shaped(sheet: RawSheet) -> Iterator[RawSheet]:
    """Yield a sheet as one of the usual shape, or as several with the same title."""
    for half in _panes(_turned(sheet)):
        for pane in _side_by_side_tables(half):
            yield _unstacked(_parted(pane))


def _texts(row: Sequence[Any]) -> list[str]:
    return [as_text(cell) for cell in row]


def _is_name(text: str) -> bool:
    return bare(text) in SHEET_OF_FORM


# --- halves of a page ----------------------------------------------------------------------------------------------


def _panes(sheet: RawSheet) -> list[RawSheet]:
    """Return the halves of a sheet whose row of titles says the same again and again, or the sheet as it is."""
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        texts = _texts(row)
        places = [place for place, text in enumerate(texts) if text and is_title(text)]
        if not any(_is_name(texts[place]) for place in places):
            continue
        starts = _blocks([bare(texts[place]) for place in places])
        if not starts or _has_owners(sheet.rows[number - 1] if number else []):
            return [sheet]
        edges = [0, *(places[start] for start in starts[1:]), max(map(len, sheet.rows))]
        return [_pane(sheet, number, edges[n], edges[n + 1]) for n in range(len(starts))]
    return [sheet]


def _side_by_side_tables(sheet: RawSheet) -> list[RawSheet]:
    """Return the tables of a sheet that stand side by side, an empty column between, each with what a table is by."""
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        texts = _texts(row)
        places = [place for place, text in enumerate(texts) if text]
        if len(places) < 2 * _FEW or not all(is_title(texts[place]) for place in places):
            continue
        gaps = [
            p
            for p in range(places[0] + 1, places[-1])
            if not any(p < len(r) and as_text(r[p]) for r in sheet.rows[number:])
        ]
        for gap in gaps:
            sides = [[texts[p] for p in places if p < gap], [texts[p] for p in places if p > gap]]
            if all(map(_is_of_a_table, sides)):
                return [_pane(sheet, number, 0, gap), _pane(sheet, number, gap, max(map(len, sheet.rows)))]
        return [sheet]
    return [sheet]


def _is_of_a_table(titles: Sequence[str]) -> bool:
    """Tell titles with a name, or with a class and what is said of classes: they stand for themselves."""
    keys = {title_of(title, of="class").key for title in titles}
    is_of_classes = bool(keys & {"class_class_name", "class_grade"}) and bool(
        keys & {"class_head_teacher", "class_pupils"}
    )
    return len(titles) > 1 and (is_of_classes or any(title_of(title).key == "name" for title in titles))


def _blocks(titles: Sequence[str]) -> list[int]:
    """Return where each repetition of a run of titles begins, that has one child's name and more of him."""
    for length in range(_FEW, len(titles) // _FEW + 1):
        block = titles[:length]
        if len(titles) % length or list(block) * (len(titles) // length) != list(titles):
            continue
        told = [title for title in block if title_of(title).key in _OF_CHILD or title in COUNTING_TITLES]
        told += [title for title in block if title_of(title, of="staff").key in _OF_STAFF]
        return list(range(0, len(titles), length)) if told and sum(map(_is_name, block)) == 1 else []
    return []


def _has_owners(above: Sequence[Any]) -> bool:
    """Tell a row of groups: 学生 | 父亲 | 母亲; what names a class is the title of a whole half."""
    several = {text for text in _texts(above) if text and not class_in(text)}
    return len(several) > 1 and any(map(owner_in, several))


def _pane(sheet: RawSheet, first: int, left: int, right: int) -> RawSheet:
    """Return what stands from `left` to `right`, and what stands above the titles (`first`).

    Of a row above in which this side names a class of its own, the other's is left out.
    """
    rows = []
    for number, row in enumerate(sheet.rows):
        own = [cell if left <= place < right else "" for place, cell in enumerate(row)]
        rows.append(own if number >= first or any(map(class_in, _texts(own))) else row)
    merged = [area for area in sheet.merged if area[0] < first or left <= area[1] < right]
    return replace(sheet, rows=rows, merged=tuple(merged))


# --- a list on its side --------------------------------------------------------------------------------------------


def _turned(sheet: RawSheet) -> RawSheet:
    """Return a sheet with its titles down one side turned round, any other as it is."""
    for side in range(_FEW):
        column = [as_text(row[side]) if side < len(row) else "" for row in sheet.rows]
        titled = [number for number, text in enumerate(column) if text and is_title(text)]
        named = [number for number in titled if _is_name(column[number])]
        is_of_classes = _is_of_classes(sheet, side, titled)
        if not is_of_classes and (
            len(titled) < _MANY or len(named) != 1 or not _is_of_several(sheet.rows[named[0]], side)
        ):
            continue
        first, last = titled[0], titled[-1]
        others = [text for n in range(first, last + 1) for text in _texts(sheet.rows[n][side + 1 :]) if text]
        if sum(map(is_title, others)) * _MANY > len(others):
            continue
        return _on_its_feet(sheet, first, last)
    return sheet


def _is_of_classes(sheet: RawSheet, side: int, titled: Sequence[int]) -> bool:
    """Tell the classes of a school in one row, and in the rows below it who leads them or how many they are."""
    keys = [title_of(as_text(sheet.rows[number][side]), of="class").key for number in titled]
    if len(keys) < _FEW or keys[0] != "class_class_name" or not {"class_head_teacher", "class_pupils"} & set(keys):
        return False
    said = [text for text in _texts(sheet.rows[titled[0]][side + 1 :]) if text]
    return len(said) >= _FEW and sum(bool(class_in(text)) for text in said) >= len(said) - 1  # and 合计


def _is_of_several(row: Sequence[Any], side: int) -> bool:
    said = [text for text in _texts(row[side + 1 :]) if text]
    return len(set(said)) >= _FEW and not any(map(is_title, said))


def _on_its_feet(sheet: RawSheet, first: int, last: int) -> RawSheet:
    body = sheet.rows[first : last + 1]
    width = max(map(len, body))
    turned = [[row[place] if place < len(row) else "" for row in body] for place in range(width)]
    inside = [area for area in sheet.merged if first <= area[0] and area[2] <= last]
    merged = tuple((left + first, top - first, right + first, bottom - first) for top, left, bottom, right in inside)
    return replace(sheet, rows=[*sheet.rows[:first], *turned], merged=merged, struck=frozenset())


# --- label and value in one cell -----------------------------------------------------------------------------------


def _parted(sheet: RawSheet) -> RawSheet:
    """Return a form whose cells hold label and value together (姓名：李小禾) with each in a cell of its own."""
    found = {n: parts for n, row in enumerate(sheet.rows) if (parts := _parts_of(row))}
    labels = [part for parts in found.values() for part in parts]
    has_name = any(_is_name(label) and value and not is_title(value) for label, value in labels)
    if not has_name or sum(bool(label and value) for label, value in labels) < _FEWEST_LABELS:
        return sheet
    rows = [[text for part in found[n] for text in part] if n in found else row for n, row in enumerate(sheet.rows)]
    merged = [area for area in sheet.merged if not any(n in found for n in range(area[0], area[2] + 1))]
    return replace(sheet, rows=rows, merged=tuple(merged))


def _parts_of(row: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return (label, value) of all that a row says in this way, () where no cell of it does so."""
    out: list[tuple[str, Any]] = []
    is_any = False
    texts = [(cell, as_text(cell)) for cell in row if as_text(cell)]
    for cell, text in texts:
        labels = [found for found in LABEL_AND_VALUE.finditer(text) if is_title(found[1]) or owner_in(found[1])]
        if not labels or labels[0].start() or (len(labels) == 1 and not text[labels[0].end() :].strip()):
            out.append((text, "") if is_title(text) else ("", cell))
            continue
        is_any = True
        ends = [*(found.start() for found in labels[1:]), len(text)]
        values = [text[found.end() : end].strip(_BETWEEN) for found, end in zip(labels, ends, strict=True)]
        out += [(found[1], value) for found, value in zip(labels, values, strict=True)]
    return out if is_any else []


# --- labels above their values -------------------------------------------------------------------------------------


def _unstacked(sheet: RawSheet) -> RawSheet:
    """Return a form in which each row of labels has its values below it with these beside them."""
    rows = list(sheet.rows)
    number, is_any = 0, False
    while number < len(rows):
        pairs = _pairs_below(rows, number)
        for label, value in pairs:
            rows[label] = _side_by_side(rows[label], rows[value])
            rows[value] = []
        is_any = is_any or bool(pairs)
        number += 2 * len(pairs) or 1
    return replace(sheet, rows=rows, merged=()) if is_any else sheet


def _pairs_below(rows: Sequence[Row], first: int) -> list[tuple[int, int]]:
    """Return the rows of labels and of values of one child's form that begins in a row; none where it is no form."""
    if not any(map(_is_name, filter(None, _texts(rows[first])))):
        return []
    pairs: list[tuple[int, int]] = []
    number = first
    while number + 1 < len(rows) and _is_of_titles(rows[number]) and _is_of_values(rows[number + 1], rows[number]):
        if pairs and any(map(_is_name, filter(None, _texts(rows[number])))):
            break
        pairs.append((number, number + 1))
        number += 2
    return pairs if len(pairs) > 1 else []


def _is_of_titles(row: Row) -> bool:
    said = [text for text in _texts(row) if text]
    return len(said) >= _FEW and all(map(is_title, said))


def _is_of_values(row: Row, labels: Row) -> bool:
    places = [place for place, text in enumerate(_texts(row)) if text]
    titled = {place for place, text in enumerate(_texts(labels)) if text}
    is_below = bool(places) and titled.issuperset(places)
    return is_below and sum(is_title(as_text(row[place])) for place in places) * _FEW < len(places)


def _side_by_side(labels: Row, values: Row) -> Row:
    places = [place for place, label in enumerate(labels) if as_text(label)]
    said = [(labels[place], values[place] if place < len(values) else "") for place in places]
    return [cell for pair in said for cell in pair]
