"""Write what is generated from the declarations: the blank templates and the docs. Kept current by a test."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.excel.filling import write_form
from pipeline.excel.guard import Refused
from pipeline.keeping.placing import place
from pipeline.keeping.targets import is_our_workbook
from pipeline.paper.document import document, is_untouched
from pipeline.paper.pages import paper_pages
from pipeline.reading.cover import read_cover, read_meta
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
from schemas.paper_forms import CLASS_PAPER, FILE_NAME, SCHOOL_PAPER
from schemas.plan_workbook import PLAN_WORKBOOK, plan_rows
from schemas.tables import HEADER_ROW, WorkbookForm

TEMPLATES, DOCS = "input_templates", "docs"
TYPED = "typed"  # the label in the hidden _meta of a template that comes with rows: the hash of what we typed into it
# The hashes of what stands in the templates of ours that come without the label: nothing, or the rows of those days.
_WITHOUT_LABEL = frozenset(
    {
        "3f6e51749ee1dd9307ecf8ae8b625c12",
        "34607539cde41f36b2e815276003352f",
        "dbe2e15409792786c8f6929995bc39be",
    }
)
Rows = dict[str, list[list[str]]]  # sheet's title → what stands below its header


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
        rows = plan_rows() if form is PLAN_WORKBOOK else {}
        out = BytesIO()
        write_form(out, form, rows=rows, meta={TYPED: _hash({}, _laid(form, rows))} if rows else None)
        made[f"{TEMPLATES}/{form.title}.xlsx"] = out.getvalue()
    for paper in (CLASS_PAPER, SCHOOL_PAPER):
        made[f"{TEMPLATES}/{FILE_NAME.format(title=paper.title)}"] = document(paper.title, paper_pages(paper))
    documents = {
        DICTIONARY_FILE: data_dictionary(),
        RULES_FILE: rule_catalogue(),
        DEFECTS_FILE: defect_table(),
        CHAPTERS_FILE: chapter_table(),
        DATASET_FILE: dataset_guide(),
    }
    return made | {f"{DOCS}/{name}": text.encode() for name, text in documents.items()}


def _is_generated(path: Path) -> bool:
    """Tell what we generated, of this or an earlier version, from what somebody has written under the same name.

    A template is compared with what it says itself that we typed into it, never with what we would type today.
    """
    if path.suffix == ".md":
        return GENERATED.strip() in path.read_text("utf-8", "replace").splitlines()[:3]
    if path.suffix == ".docx":
        return is_untouched(path, path.stem)
    form = next(form for form in FORMS if form.title == path.stem)
    if not is_our_workbook(path, form.title):
        return False
    try:
        book = start_reading(path.read_bytes(), is_published=True).take()
    except Refused:
        return False
    cover = {key: cell.text for key, cell in read_cover(book, form).items() if cell.text}
    own = (sheet for sheet in book.sheets if sheet.title not in OWN_SHEETS)
    typed = _hash(cover, {sheet.title: _filled(sheet.rows[HEADER_ROW:]) for sheet in own})
    said = read_meta(book).get(TYPED)
    return typed == said if said else typed in {_hash({}, {}), *_WITHOUT_LABEL}


def _laid(form: WorkbookForm, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Rows:
    """Return rows of key → value as they will stand in their sheets."""
    return {
        table.title: _filled([row.get(column.key, "") for column in table.columns] for row in rows.get(table.key, ()))
        for table in form.tables
    }


def _filled(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """Return the text of the rows in which something stands, each up to its last filled cell."""
    texts = (["" if cell is None else as_text(cell) for cell in row] for row in rows)
    return [row[: max(n for n, text in enumerate(row, start=1) if text)] for row in texts if any(row)]


def _hash(cover: Mapping[str, str], below: Rows) -> str:
    """Return the hash of what is typed into a workbook; a sheet without anything is as good as none."""
    filled = {title: rows for title, rows in sorted(below.items()) if rows}
    told = json.dumps([dict(sorted(cover.items())), filled], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
