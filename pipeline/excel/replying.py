"""Type what a teacher replies beside the problems of a returned workbook: for the example, which has no teachers."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from schemas.letter_words import EXPLANATION, RULE
from schemas.tables import RETURN_SHEET


def replied(data: bytes, words: Mapping[str, str]) -> bytes | None:
    """Return a returned workbook with words (rule → words) typed on 退回说明; None where no line asks for them."""
    from openpyxl import load_workbook  # it takes a while, and nobody else needs it

    book = load_workbook(BytesIO(data))
    if RETURN_SHEET not in book.sheetnames:
        return None
    places: dict[str, int] = {}
    is_told = False
    for row in book[RETURN_SHEET].iter_rows():
        titles = {str(cell.value): at for at, cell in enumerate(row) if cell.value is not None}
        if {RULE, EXPLANATION} <= titles.keys():
            places = titles
        elif places and row[places[RULE]].value in words:
            row[places[EXPLANATION]].value = words[str(row[places[RULE]].value)]
            is_told = True
    if not is_told:
        return None
    out = BytesIO()
    book.save(out)
    return out.getvalue()
