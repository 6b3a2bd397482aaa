"""Everything that we publish comes out on A4 at nine points or more, and is as wide as its pages (no block cut)."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.printed import Printed, printed
from helpers.running import rerun, worked_out
from pipeline.cli import main
from pipeline.example.writing import write_example
from pipeline.excel.render import rendered
from pipeline.publishing.book import Block, Book, Out, Page
from schemas import child_words
from schemas.figures import BY_TITLE
from schemas.layout_in_force import BUREAU_IN_FORCE
from schemas.layouts import Sheet

LEAST = 9.0
BOOKS = ("上报", "校内", "公示", "档案页")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return file → content of what the example's second month publishes, and a child's page."""
    base = tmp_path_factory.mktemp("printed")
    write_example(base / "input")
    worked_out(base, "2026-09")
    rerun(base, "2026-10")
    book = load_workbook(next((base / "output/2026-10/校内").glob("考核*")), read_only=True)
    rows = book["未达标名单"].iter_rows(values_only=True)
    names = [row[2] for row in rows if row[2] and row[0] == "三年级" and row[2] not in BY_TITLE]
    assert main(["child", "--name", names[0], "--output", str(base / "output")]) == 0
    return {path.name: path.read_bytes() for path in sorted((base / "output").rglob("*.xlsx")) if _is_ours(path, base)}


def _is_ours(path: Path, base: Path) -> bool:
    parts = path.relative_to(base / "output").parts
    return "2026-09" not in parts and any(part in BOOKS for part in parts)


def _sheets(published: dict[str, bytes]) -> Iterator[tuple[str, Printed]]:
    for name, data in published.items():
        for own in printed(data):
            yield name, own


def test_nothing_is_printed_below_nine_points(published: dict[str, bytes]) -> None:
    """Cells, pictures, headers and footers of every sheet, at the scale that Excel prints it."""
    assert len(published) >= 7
    found = {(name, own.sheet): own for name, own in _sheets(published)}
    print(
        *(
            f"{own.smallest:5.2f} (cells {own.smallest_cell:5.2f}) at {own.scale:.2f} {sheet} ({name})"
            for (name, sheet), own in found.items()
        ),
        sep="\n",
    )
    assert not [own for own in found.values() if own.smallest < LEAST]
    broken = {sheet.title for sheet in BUREAU_IN_FORCE.sheets if isinstance(sheet, Sheet) and sheet.breaks}
    assert {own.sheet for own in found.values() if own.across > 1} == broken, "all others are one page wide"


def test_a_sheet_that_is_too_wide_is_told_by_the_measure() -> None:
    """The measure itself: a table of 40 wide columns goes on over pages; forced on one it would be too small."""
    columns = tuple(Out(f"列{at}", "text", 20, f"c{at}") for at in range(40))
    page = Page("表", "表", "", (Block(columns, [tuple("字" for _ in columns)], key="t"),), main="t", freeze_columns=1)
    data = rendered(Book("书", (page,)))
    (own,) = printed(data)
    assert own.smallest >= LEAST
    assert own.across > 1
    book = load_workbook(io.BytesIO(data))
    book.active.sheet_properties.pageSetUpPr.fitToPage = True
    book.active.page_setup.fitToWidth, book.active.page_setup.fitToHeight = 1, 0
    out = io.BytesIO()
    book.save(out)
    (forced,) = printed(out.getvalue())
    assert forced.smallest < LEAST


def test_a_number_is_never_cut_nor_read_together_with_words(published: dict[str, bytes]) -> None:
    """Where a font is wider than ours it shrinks: 100.00% was printed as 00.00%. Words behind it stand apart."""
    numbers, words = 0, 0
    for data in published.values():
        for sheet in load_workbook(io.BytesIO(data)).worksheets:
            for row in sheet.iter_rows():
                for cell, after in itertools.pairwise([*row, None]):
                    if cell.alignment.horizontal != "right" or cell.alignment.wrap_text or not cell.border.left.style:
                        continue
                    numbers += 1
                    assert cell.alignment.shrink_to_fit, (sheet.title, cell.coordinate)
                    if after is not None and after.border.left.style and after.alignment.horizontal == "left":
                        words += 1
                        assert after.alignment.indent, (sheet.title, after.coordinate)
    assert min(numbers, words) > 100


def test_no_data_are_merged_and_heads_stand_on_every_page(published: dict[str, bytes]) -> None:
    """Below the title, only notes and paragraphs are merged (each alone in its row); each sheet repeats its head."""
    for name, data in published.items():
        for sheet in load_workbook(io.BytesIO(data)).worksheets:
            if sheet.sheet_state != "visible" or sheet.title == "封面":
                continue
            assert sheet.print_title_rows, (name, sheet.title)
            for area in sheet.merged_cells.ranges:
                beside = [cell.value for cell in sheet[area.min_row] if cell.value is not None]
                assert area.min_row == area.max_row
                assert len(beside) <= 1, (name, sheet.title, area.coord)


def test_what_eyes_see_is_told_to_those_who_hear(published: dict[str, bytes]) -> None:
    """Every picture has words, every table with a head a name, every workbook a title, a subject and an author."""
    pictures = 0
    for name, data in published.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            drawings = [archive.read(part).decode() for part in archive.namelist() if "drawings/drawing" in part]
        for drawing in drawings:
            pictures += len(re.findall("<xdr:graphicFrame", drawing))
            assert len(re.findall(r'<xdr:cNvPr[^>]* descr="[^"]{10,}"', drawing)) == drawing.count("<xdr:cNvPr"), name
        book = load_workbook(io.BytesIO(data))
        about = book.properties
        assert about.title, name
        assert about.creator, name
        named = [*book.defined_names, *(table for sheet in book for table in sheet.tables)]
        assert named or about.title == child_words.TITLE, name  # a child's page has no table with a head
    assert pictures


def test_a_rate_is_never_told_by_colour_alone(published: dict[str, bytes]) -> None:
    """Where a cell of a verdict is filled, its word says the same."""
    data = next(data for name, data in published.items() if name[0].isdigit())
    title = next(sheet.title for sheet in BUREAU_IN_FORCE.sheets if sheet.key == "targets")
    sheet = load_workbook(io.BytesIO(data))[title]
    filled = [c for row in sheet.iter_rows(min_row=13) for c in row if c.fill.fgColor.rgb in ("FFF8D7DA", "FFE2F0D9")]
    assert filled
    assert {cell.value for cell in filled} <= {"达标", "未达标"}


def test_a_class_has_a_line_for_each_figure_that_it_has_this_month(published: dict[str, bytes]) -> None:
    """Seventeen classes handed in: their total and five figures; the eighteenth has none."""
    with zipfile.ZipFile(io.BytesIO(published["考核与未达标.xlsx"])) as archive:
        parts = [archive.read(part).decode() for part in archive.namelist() if part.startswith("xl/worksheets/sheet")]
    assert sum(part.count("<x14:sparkline>") for part in parts) == 17 * 6
