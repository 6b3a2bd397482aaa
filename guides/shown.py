"""What a picture shows, as plain data with a hash: cells, widths, colours, comments, lists, formulas of its part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl

from guides.pictures import DRAWN_BY, PICTURES, Picture
from schemas.tables import COVER_SHEET, FIRST_DATA_ROW, LISTS_SHEET


def hashes(books: Mapping[str, Path]) -> dict[str, str]:
    """Return picture → the hash of what it shows, from the workbooks as they are written now."""
    opened = {key: openpyxl.load_workbook(path) for key, path in books.items()}
    return {picture.name: hash_of(picture, opened[picture.book]) for picture in PICTURES}


def hash_of(picture: Picture, book: Any) -> str:
    """Return the hash of what a picture shows of a workbook that is open."""
    text = json.dumps(_shown(picture, book), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shown(picture: Picture, book: Any) -> dict[str, Any]:
    sheet = book[picture.sheet]
    cells = [cell for row in sheet[picture.area] for cell in row]
    told = {
        "picture": asdict(picture),
        "drawn_by": DRAWN_BY,
        "cells": [_cell(cell) for cell in cells if cell.has_style or cell.value is not None],
        "widths": {letter: sheet.column_dimensions[letter].width for letter in sorted(sheet.column_dimensions)},
        "height": sheet.sheet_format.defaultRowHeight,
        "heights": [sheet.row_dimensions[row].height for row in range(1, sheet[picture.area][-1][0].row + 1)],
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "colours": list(_colours(sheet)),
        "lists": {balloon.cell: words_of_list(book, sheet, balloon.cell) for balloon in picture.balloons},
    }
    return told | ({"typed": list(_typed(book))} if picture.is_live else {})


def _cell(cell: Any) -> tuple[Any, ...]:
    font, fill, side = cell.font, cell.fill, cell.border.bottom
    look = (font.sz, font.b, _colour(font.color), _colour(fill.fgColor) if fill.fill_type else None, side.style)
    said = cell.comment.text if cell.comment else None
    return cell.coordinate, cell.value, cell.number_format, look, cell.alignment.horizontal, said


def _colour(colour: Any) -> Any:
    return colour and (colour.rgb if colour.type == "rgb" else (colour.type, colour.value, colour.tint))


def _colours(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the conditional formats of a sheet: where, when, which colour."""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            look = rule.dxf and rule.dxf.fill and _colour(rule.dxf.fill.bgColor)
            yield str(area.sqref), rule.type, rule.operator, rule.text, rule.formula, look


def _typed(book: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what the other sheets of a class's workbook hold: its data, and what it was told of earlier months."""
    for sheet in book:
        first = 1 if sheet.title.startswith("_") else FIRST_DATA_ROW
        if sheet.title not in (COVER_SHEET, LISTS_SHEET):
            cells = (cell for row in sheet.iter_rows(min_row=first) for cell in row if cell.value is not None)
            yield from ((sheet.title, cell.coordinate, cell.value) for cell in cells)


def words_of_list(book: Any, sheet: Any, cell: str) -> list[str]:
    """Return the words that a cell's drop-down offers; none where it has none."""
    for found in sheet.data_validations.dataValidation:
        if found.type == "list" and cell in found.sqref and found.formula1.startswith(LISTS_SHEET):
            area = found.formula1.partition("!")[2].replace("$", "")
            return [str(own.value) for row in book[LISTS_SHEET][area] for own in row]
    return []
