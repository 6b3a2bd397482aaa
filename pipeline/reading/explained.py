"""What teachers wrote beside the problems of their 退回说明."""

from __future__ import annotations

from pipeline.excel.reading import RawBook
from schemas import letter_words as w
from schemas.cells import as_text
from schemas.tables import RETURN_SHEET


def read_explanations(book: RawBook) -> dict[str, str]:
    """Return key → words ("" where none are typed) of every line of a workbook's 退回说明."""
    sheet = next((sheet for sheet in book.sheets if sheet.title == RETURN_SHEET), None)
    found: dict[str, str] = {}
    places: tuple[int, int] | None = None
    for row in sheet.rows if sheet else ():
        texts = [as_text(cell) for cell in row]
        if w.KEY in texts and w.EXPLANATION in texts:
            places = texts.index(w.KEY), texts.index(w.EXPLANATION)
        elif places and max(places) < len(texts) and texts[places[0]]:
            found[texts[places[0]]] = texts[places[1]]
    return found
