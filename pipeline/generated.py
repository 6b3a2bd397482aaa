"""Write what is generated from the declarations: the blank templates and the docs. Kept current by a test."""

from __future__ import annotations

from pathlib import Path

from pipeline.excel.template import write_form
from schemas.dictionary import (
    CHAPTERS_FILE,
    DATASET_FILE,
    DEFECTS_FILE,
    DICTIONARY_FILE,
    RULES_FILE,
    chapter_table,
    data_dictionary,
    dataset_guide,
    defect_table,
    rule_catalogue,
)
from schemas.forms import FORMS
from schemas.plan_workbook import PLAN_WORKBOOK, plan_rows

TEMPLATES, DOCS = "input_templates", "docs"


def write_generated(root: Path) -> list[Path]:
    """Write the templates and the generated documents below `root` and return their paths."""
    written = []
    for form in FORMS:
        path = root / TEMPLATES / f"{form.title}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_form(path, form, rows=plan_rows() if form is PLAN_WORKBOOK else None)
        written.append(path)
    documents = {
        DICTIONARY_FILE: data_dictionary(),
        RULES_FILE: rule_catalogue(),
        DEFECTS_FILE: defect_table(),
        CHAPTERS_FILE: chapter_table(),
        DATASET_FILE: dataset_guide(),
    }
    for name, text in documents.items():
        path = root / DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
