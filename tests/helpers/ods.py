"""Save workbooks as another office program does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl


def as_ods(path: Path) -> Path:
    """Save the visible sheets of a workbook as the plainest ODS there is."""
    from xml.sax.saxutils import escape

    book = openpyxl.load_workbook(path)
    tables = []
    for sheet in book:
        rows = []
        for row in sheet.iter_rows(values_only=True):
            texts = ("" if value is None else str(value).removesuffix(" 00:00:00") for value in row)
            cells = (
                f'<table:table-cell office:value-type="string"><text:p>{escape(t)}</text:p></table:table-cell>'
                for t in texts
            )
            rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        tables.append(f'<table:table table:name="{sheet.title}">{"".join(rows)}</table:table>')
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    out = path.with_suffix(".ods")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
    path.unlink()
    return out
