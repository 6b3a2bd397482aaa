"""Write what is generated from the declarations: the blank templates and the docs. Kept current by a test."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pipeline.excel.filling import write_form
from pipeline.excel.guard import Refused
from pipeline.keeping.placing import place
from pipeline.keeping.targets import is_our_workbook
from pipeline.reading.cover import read_cover
from pipeline.reading.pool import start_reading
from pipeline.reading.sheets import OWN_SHEETS
from schemas.cells import as_text
from schemas.dictionary import (
    CHAPTERS_FILE,
    DATASET_FILE,
    DEFECTS_FILE,
    DICTIONARY_FILE,
    GENERATED,
    RULES_FILE,
    chapter_table,
    data_dictionary,
    dataset_guide,
    defect_table,
    rule_catalogue,
)
from schemas.forms import FORMS
from schemas.plan_workbook import PLAN_WORKBOOK, plan_rows
from schemas.tables import HEADER_ROW, WorkbookForm

TEMPLATES, DOCS = "input_templates", "docs"


def write_generated(root: Path) -> list[Path]:
    """Write the templates and the generated documents below `root`, all or none, and return their paths.

    Raises OperatorError, also where a template of that name has been filled in.
    """
    contents = generated()
    place(root, contents, is_ours=_is_generated)
    return [root / name for name in contents]


def generated() -> dict[str, bytes]:
    """Return what is generated: path → bytes."""
    made = {}
    for form in FORMS:
        out = BytesIO()
        write_form(out, form, rows=plan_rows() if form is PLAN_WORKBOOK else None)
        made[f"{TEMPLATES}/{form.title}.xlsx"] = out.getvalue()
    documents = {
        DICTIONARY_FILE: data_dictionary(),
        RULES_FILE: rule_catalogue(),
        DEFECTS_FILE: defect_table(),
        CHAPTERS_FILE: chapter_table(),
        DATASET_FILE: dataset_guide(),
    }
    return made | {f"{DOCS}/{name}": text.encode() for name, text in documents.items()}


def _is_generated(path: Path) -> bool:
    """Tell what we generated, of this or an earlier version, from what somebody has written under the same name."""
    if path.suffix == ".md":
        return GENERATED.strip() in path.read_text("utf-8", "replace").splitlines()[:3]
    form = next(form for form in FORMS if form.title == path.stem)
    if not is_our_workbook(path, form.title):
        return False
    return _content(path.read_bytes(), form) == _content(generated()[f"{TEMPLATES}/{path.name}"], form)


def _content(data: bytes, form: WorkbookForm) -> object:
    """Return what is typed into a workbook: its cover and, sheet by sheet, what stands below the header."""
    try:
        book = start_reading(data, is_published=True).take()
    except Refused:
        return None
    cover = {key: cell.text for key, cell in read_cover(book, form).items() if cell.text}
    below = {
        sheet.title: [cells for row in sheet.rows[HEADER_ROW:] if (cells := [as_text(cell) for cell in row if cell])]
        for sheet in book.sheets
        if sheet.title not in OWN_SHEETS
    }
    return cover, {title: rows for title, rows in below.items() if rows}
