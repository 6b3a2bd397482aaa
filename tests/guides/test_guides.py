"""The guides of teachers and admins: their pictures show what is written today, and what they name is there."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from guides import kept
from guides.books import write_books
from guides.drawing import lacking, to_pdf
from guides.kept import GUIDES, PICTURES_AT, PRINTED
from guides.pictures import ENDING, KEPT, PICTURES
from guides.printing import write_document
from guides.shown import hash_of, hashes
from helpers.places import ROOT
from pipeline import cli

HINT = "运行 make guides 重画（需要 LibreOffice），看过新图再提交"
LARGEST = 120 * 1024


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example's workbooks as they are written now."""
    return write_books(tmp_path_factory.mktemp("books"))


def test_the_pictures_show_what_is_written_today(books: dict[str, Path]) -> None:
    """A cell, width, colour, comment, list or formula of what a picture shows is another: the picture is drawn again."""
    now, drawn = hashes(books), kept.read()
    assert [name for name in now if drawn.get(name) != now[name]] == [], HINT


def _widened(sheet: Any) -> None:
    sheet.column_dimensions["B"].width += 1


def _reworded(sheet: Any) -> None:
    sheet["B7"].comment.text += "。"


def _coloured(sheet: Any) -> None:
    sheet["B7"].fill = PatternFill("solid", fgColor="FFFFFF")


def _typed(sheet: Any) -> None:
    sheet["A8"] = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("returned", [(_reworded, {"标好的格"}), (_coloured, {"标好的格"})]),
        ("typed", [(_widened, {"备好的行"}), (_typed, {"备好的行", "随填随算"})]),
    ],
)
def test_what_a_picture_shows_has_a_say_in_its_hash(
    key: str, changes: list[tuple[Callable[[Any], None], set[str]]], books: dict[str, Path]
) -> None:
    """The watch can fail: by a width, a comment, a colour; and the live sheet's by what is typed on another."""
    book = openpyxl.load_workbook(books[key])
    own = [picture for picture in PICTURES if picture.book == key]
    for change, told in changes:
        before = {picture.name: hash_of(picture, book) for picture in own}
        change(book["谈心记录"])
        assert {picture.name for picture in own if hash_of(picture, book) != before[picture.name]} == told


def test_the_printed_guide_is_of_this_text_and_these_pictures() -> None:
    assert kept.read().get(PRINTED.name) == kept.hash_of_printed(), HINT
    assert PRINTED.read_bytes().startswith(b"%PDF")


def test_every_picture_that_a_guide_shows_is_there_and_each_is_shown() -> None:
    shown = [name for guide in GUIDES for name in kept.pictures_of(kept.guide(guide))]
    drawn = {path.name for path in PICTURES_AT.iterdir()} - {KEPT}
    assert sorted(shown) == sorted({f"{picture.name}{ENDING}" for picture in PICTURES}) == sorted(drawn)
    assert kept.read().keys() == {picture.name for picture in PICTURES} | {PRINTED.name}
    assert not [path.name for path in PICTURES_AT.iterdir() if path.stat().st_size > LARGEST]


# --- what the guides name ---------------------------------------------------------------------------------------------


def _options(parser: argparse.ArgumentParser) -> dict[str, set[str]]:
    """Return command → its options."""
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {name: {o for a in own._actions for o in a.option_strings} for name, own in commands.choices.items()}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_that_a_guide_names_is_there(guide: str) -> None:
    """Each `guanai …` is a command with these options, each `make …` a target with variables that the Makefile knows."""
    text, known = kept.guide(guide), _options(cli._parser())
    for command, rest in re.findall(r"guanai ([a-z][a-z-]*)([^`\n]*)", text):
        assert command in known
        assert set(re.findall(r"--[a-z-]+", rest)) <= known[command], command
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target, rest in re.findall(r"`make ([a-z][a-z-]*)([^`\n]*)`", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        assert all(re.search(rf"^{name} \?=", makefile, re.MULTILINE) for name in re.findall(r"([A-Z]+)=", rest)), rest


# What a school has of its own, or what stands before the first run: no run writes it.
ITS_OWN = {"input", "output", "dist", "app", "已有的表", "运行记录.txt", "设置.json"}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_that_a_guide_names_is_written_by_a_run_or_lies_in_the_house(
    guide: str, books: dict[str, Path]
) -> None:
    """Each path between backticks, part by part: a folder or file of the example's report, or of the house."""
    base = books["typed"].parent
    written = {path.name for path in base.rglob("*")} | {path.stem for path in base.rglob("*")} | ITS_OWN
    house = {path.name for folder in ("docs", "input_templates") for path in (ROOT / folder).rglob("*")}
    house |= {"docs", "input_templates", "explanations.parquet"}
    for told in re.findall(r"`([^`\s]*(?:/|\.xlsx|\.pdf|\.txt|\.json|\.parquet)[^`\s]*)`", kept.guide(guide)):
        parts = [part for part in told.strip("/").split("/") if not re.match(r"\d{4}-\d\d|月份|~\$", part)]
        assert set(parts) <= written | house, told


@pytest.mark.parametrize("guide", GUIDES)
def test_every_sheet_that_a_caption_names_is_that_of_its_picture(guide: str) -> None:
    """A picture's words begin with the name of what it shows, for those who can't see it."""
    for told, name in re.findall(r"!\[([^\]]*)\]\(图/([^)]+)\)", kept.guide(guide)):
        (picture,) = (own for own in PICTURES if f"{own.name}{ENDING}" == name)
        assert picture.sheet in told or picture.name in told


@pytest.mark.slow
def test_the_teacher_s_guide_is_two_pages(tmp_path: Path) -> None:
    """Needs LibreOffice and poppler on the machine."""
    if lacking() or not shutil.which("pdfinfo"):
        pytest.skip("LibreOffice or poppler is not installed")
    document = tmp_path / "老师.docx"
    write_document(kept.guide("老师"), kept.DOCS, document)
    for pdf in (*to_pdf([document], tmp_path), PRINTED):
        told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
        assert re.search(r"^Pages: +2$", told, re.MULTILINE), pdf.name
        assert re.search(r"^Page size: .*\(A4\)$", told, re.MULTILINE), pdf.name
