"""Every formula's written value is what a spreadsheet program works out, and the program's copy is read alike."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from drawn.month import random_month
from helpers.county import CODES, MONTH, write_bureau, write_list
from helpers.places import TEMPLATES
from helpers.running import run_month
from helpers.small import small_month
from pipeline.county.bureau_reader import NotTrusted, read_bureau
from pipeline.county.rollup import published, rollup
from pipeline.excel.render import write_book
from pipeline.model import Month
from pipeline.publishing.book import Block, Book, Out, Page
from pipeline.publishing.cells import Calc, Ref, Share, Sum
from pipeline.rounding import percent
from schemas.tables import LIVE_SHEET, SO_FAR_SHEET

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl"),
]

MONTHS = {"small": small_month(), "random": random_month(Random(3), month="2026-10", mess=0.05)}
_ALWAYS, _LOAD = 0, "/org.openoffice.Office.Calc/Formula/Load"
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_LOAD}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{_ALWAYS}</value></prop></item>
</oor:items>"""


def recalculated(paths: Sequence[Path], out: Path) -> list[Path]:
    """Return copies of workbooks, every formula worked out anew by LibreOffice whatever value was beside it."""
    profile, given = out / "profile", out / "given"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    given.mkdir()
    copies = [shutil.copy(path, given / f"{number:03d}.xlsx") for number, path in enumerate(paths)]
    program = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    subprocess.run([*program, "--convert-to", "xlsx", "--outdir", out, *copies], check=True, capture_output=True)
    return [out / copy.name for copy in copies]


def values_of(path: Path) -> dict[str, Any]:
    """Return sheet!cell → value as saved in the file, of all cells that hold one, hidden sheets too.

    The live sheet of a template, and what it goes by, are written without values: what it works out is `test_live`'s.
    """
    book = load_workbook(path, data_only=True)
    sheets = (sheet for sheet in book if sheet.title not in (LIVE_SHEET, SO_FAR_SHEET))
    cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value not in (None, ""))
    return {f"{cell.parent.title}!{cell.coordinate}": cell.value for cell in cells}


def errors_of(path: Path) -> list[str]:
    """Return sheet!cell of the cells that hold an error value."""
    book = load_workbook(path, data_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [f"{cell.parent.title}!{cell.coordinate}" for cell in cells if cell.data_type == "e"]


def differences(path: Path, again: Path) -> dict[str, tuple[Any, Any]]:
    """Return sheet!cell → values as written and as worked out anew, where they differ beyond a double's last bits."""
    ours, theirs = values_of(path), values_of(again)
    return {
        at: (ours.get(at), theirs.get(at))
        for at in sorted(ours.keys() | theirs.keys())
        if not _alike(ours.get(at), theirs.get(at))
    }


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return one == pytest.approx(other, rel=1e-12, abs=1e-12)
    return bool(one == other)


@pytest.fixture(scope="module", params=MONTHS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every workbook that the report of a month writes; the small month is clean, nothing of it is handed back."""
    base = tmp_path_factory.mktemp(request.param)
    run_month(base, MONTHS[request.param], whole=True)
    paths = sorted((base / "output" / MONTHS[request.param]["month"]).rglob("*.xlsx"))
    folders = {path.parent.name for path in paths}
    assert folders >= {"上报", "校内", "下月模板"} | ({"退回"} if request.param == "random" else set())
    return paths


def test_every_value_is_what_its_formula_gives(written: list[Path], tmp_path: Path) -> None:
    """All workbooks of a month, worked out anew by LibreOffice, hold the values that we wrote and no error."""
    for path, again in zip(written, recalculated(written, tmp_path), strict=True):
        assert differences(path, again) == {}, path.name
        assert errors_of(again) == [], path.name


def test_a_district_s_workbook_is_worked_out_alike(tmp_path: Path) -> None:
    """The sums over schools and their proof are what their formulas give, and the saved copy is read alike."""
    write_bureau(tmp_path / "in", CODES)
    listed = write_list(tmp_path / "应交学校.xlsx", CODES)
    _, path = rollup(published(tmp_path / "in"), Month.parse(MONTH), tmp_path / "out", listed=listed, name="虚构市")
    (again,) = recalculated([path], tmp_path / "again")
    assert differences(path, again) == {}
    assert read_bureau(again.read_bytes()) == read_bureau(path.read_bytes())


def test_the_blank_templates_hold_no_error(tmp_path: Path) -> None:
    """The templates as committed keep every value and give no error when a program works them out."""
    paths = sorted(TEMPLATES.glob("*.xlsx"))
    for path, again in zip(paths, recalculated(paths, tmp_path), strict=True):
        assert differences(path, again) == {}, path.name
        assert errors_of(again) == [], path.name


SHARE = (Out("n", "count", key="n"), Out("N", "count", key="N"), Out("%"))


def _book(*blocks: Block) -> Book:
    return Book("S", (Page("S", "S", blocks=blocks),))


def test_a_wrong_value_beside_a_formula_is_found(tmp_path: Path) -> None:
    """A sum, a rate and a formula written with another value than they give are each caught: this module can fail."""
    path = tmp_path / "wrong.xlsx"
    rows = ((2, 4, Share("50.01%", "n", "N")), (1, 1, "—"), (Sum(3), Sum(6), ""))
    sums = Block(SHARE, rows, total_count=1, key="sums")
    calc = Block((Out("n", "count"),), ((Calc("={0}/0", (Ref("sums", 0, "n"),), 0),),))
    write_book(path, _book(sums, calc))
    (again,) = recalculated([path], tmp_path / "again")
    assert differences(path, again) == {"S!C4": ("50.01%", "50.00%"), "S!B6": (6, 5), "S!A9": (0, "#DIV/0!")}
    assert errors_of(again) == ["S!A9"]


def test_a_rate_s_formula_rounds_as_we_do(tmp_path: Path) -> None:
    """Half up to two decimals, 100.00% only where n = N, — where N is 0, for small numbers and large."""
    pairs = [(n, total) for total in range(33) for n in range(total + 1)]
    pairs += [
        (n, total) for total in (800, 9999, 20_000, 99_999) for n in (1, total // 3, total // 2 + 1, total - 1, total)
    ]
    path = tmp_path / "rates.xlsx"
    rows = [(n, total, Share(percent(n, total), "n", "N")) for n, total in pairs]
    write_book(path, _book(Block(SHARE, rows)))
    (again,) = recalculated([path], tmp_path / "again")
    assert differences(path, again) == {}


@pytest.fixture(scope="module")
def bureau(written: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The bureau's workbook as we wrote it, and as LibreOffice saved it again."""
    (path,) = [path for path in written if path.parent.name == "上报"]
    (again,) = recalculated([path], tmp_path_factory.mktemp("again"))
    return path, again


def test_the_bureau_s_workbook_saved_again_reads_alike(bureau: tuple[Path, Path]) -> None:
    """Opened and saved by a program, the workbook gives the same labels and tables: nobody typed into it."""
    path, again = bureau
    assert read_bureau(again.read_bytes()) == read_bureau(path.read_bytes())


PLACES = ("目标达成!C14", "班级统计!E4", "年级统计!C4", "十个一!C5", "学籍异动!C5")


def test_a_cell_changed_after_saving_is_named(bureau: tuple[Path, Path], tmp_path: Path) -> None:
    """A number typed over in the saved copy, and what hangs on it worked out anew: refused, the typed cell named."""
    changed = []
    for number, place in enumerate(PLACES):
        book = load_workbook(bureau[1])
        sheet, cell = place.split("!")
        book[sheet][cell] = 987
        changed.append(tmp_path / f"changed{number}.xlsx")
        book.save(changed[-1])
    for place, path in zip(PLACES, recalculated(changed, tmp_path / "again"), strict=True):
        with pytest.raises(NotTrusted, match=place):
            read_bureau(path.read_bytes())
