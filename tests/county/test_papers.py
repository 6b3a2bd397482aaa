"""A district's files as papers: large enough to read on A4, said in words to those who can't see, proved after a re-save."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.county import MONTH, with_cell
from helpers.printed import printed
from helpers.troubled import BEFORE, drawn, secrets, write_before, write_county, write_due
from pipeline.county.bureau_reader import NotTrusted, read_bureau
from pipeline.county.rollup import published, rollup
from pipeline.model import Month
from schemas.county_layout import DISTRICT
from schemas.layouts import Sheet

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a county of a few schools, with a month before."""
    base, schools = tmp_path_factory.mktemp("papers"), drawn((3, 4, 6, 11, 14))
    write_before(base / "in-before", schools)
    write_county(base / "in", schools)
    listed = write_due(base / "应交学校.xlsx", schools)
    for text, folder in ((BEFORE, "in-before"), (MONTH, "in")):
        _, path = rollup(published(base / folder), Month.parse(text), base / "out", listed=listed, name="虚构县")
    return path.parent


def _book(papers: Path) -> Path:
    return next(papers.glob("汇总_*.xlsx"))


@pytest.mark.slow
def test_nothing_is_printed_below_nine_points(papers: Path) -> None:
    """On A4, at the scale that Excel takes: the district's workbook, and the page of each school."""
    for path in (_book(papers), *papers.glob("返校单_*.xlsx")):
        small = [(own.sheet, own.smallest, own.where) for own in printed(path.read_bytes()) if own.smallest < 9]
        assert not small, path.name


def _wide(sheet: Sheet) -> float:
    """Return the points that a sheet is wide, as Excel counts: the widest of each column of its tables."""
    rows = [[getattr(field, "width", 0) for field in grid.fields] for grid in sheet.grids]
    count = max(map(len, rows), default=0)
    return sum(int(max(row[at] for row in rows if at < len(row)) * 7 + 5) * 0.75 for at in range(count))


def test_every_sheet_is_wide_enough_for_nine_points() -> None:
    """Ten points of a note are nine on paper where the sheet is no wider than this; the hidden one is not printed."""
    for sheet in DISTRICT.sheets:
        if isinstance(sheet, Sheet) and not sheet.is_hidden:
            assert _wide(sheet) <= (770 if sheet.is_landscape else 523) / 0.9, sheet.title


@pytest.mark.slow
def test_it_can_be_read_by_programs_and_without_eyes(papers: Path) -> None:
    """Tables have names, heads and no merged cells; signs stand beside shades; charts and tables are said in words."""
    book = load_workbook(_book(papers))
    named = {name for sheet in book for name in sheet.tables} | set(book.defined_names)
    sealed = {name for name, _ in read_bureau(_book(papers).read_bytes()).tables.items()}
    shown = {name for name in sealed if read_bureau(_book(papers).read_bytes()).rows(name)}
    assert shown <= named
    for sheet in book:
        heads = [int(re.sub(r"\D", "", table.ref.split(":")[0])) for table in sheet.tables.values()]
        for merged in sheet.merged_cells.ranges if sheet.title != "封面" else ():
            assert not any(merged.min_row <= head <= merged.max_row for head in heads), (sheet.title, merged)
    signs = {str(cell.value)[0] for row in book["指标热力图"].iter_rows() for cell in row if "%" in str(cell.value)}
    assert {"√", "×"} <= signs <= set("√○△×率")
    assert book.properties.title == DISTRICT.title
    assert book.properties.creator
    with zipfile.ZipFile(_book(papers)) as archive:
        drawings = [archive.read(n).decode() for n in archive.namelist() if re.match(r"xl/drawings/drawing", n)]
    assert drawings
    assert all('descr="' in text for text in drawings)
    (notice,) = papers.glob("通报_*.docx")
    with zipfile.ZipFile(notice) as archive:
        xml, properties = archive.read("word/document.xml").decode(), archive.read("docProps/core.xml").decode()
    assert xml.count("<w:tblHeader/>") == xml.count("<w:tbl>") == xml.count("<w:tblDescription ") == 2
    assert "通报" in properties
    assert "zh-CN" in properties


@pytest.mark.slow
def test_no_childs_name_leaves(papers: Path) -> None:
    """No name, number, telephone or word of the drawn children stands in any file of the district."""
    known = secrets()
    assert len(known) > 50
    for path in sorted(p for p in papers.rglob("*") if p.is_file() and p.suffix != ".json"):
        if path.suffix == ".txt":
            text = path.read_text("utf-8-sig")
        else:
            with zipfile.ZipFile(path) as archive:
                text = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
        assert not [secret for secret in known if secret in text], path.name


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed: a re-save can't be tried")
def test_a_resave_by_another_program_still_verifies(papers: Path, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and saves it: its seal holds; a cell that is changed is named."""
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [str(SOFFICE), home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(_book(papers))], check=True, capture_output=True, timeout=300)
    saved = tmp_path / _book(papers).name
    assert saved.read_bytes() != _book(papers).read_bytes()
    one, two = (read_bureau(path.read_bytes()) for path in (_book(papers), saved))
    assert one.rows("targets") == two.rows("targets")
    above, _ = rollup([saved], Month.parse(MONTH), tmp_path / "above", name="虚构市")
    assert above.share("talked") == rollup([_book(papers)], Month.parse(MONTH), tmp_path / "a2")[0].share("talked")
    saved.write_bytes(with_cell(_book(papers), "报送情况", "C4", 31))
    with pytest.raises(NotTrusted, match="报送情况!C4"):
        read_bureau(saved.read_bytes())


@pytest.mark.slow
def test_links_lead_to_the_files(papers: Path) -> None:
    """Relative ones, from the county's workbook to the schools' beside it."""
    with zipfile.ZipFile(_book(papers)) as archive:
        rels = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/_rels"))
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', rels)
    assert len(targets) == 4
    for target in targets:
        assert (papers / target.replace("\\", "/")).is_file()


@pytest.mark.slow
def test_a_province_leads_to_its_counties(tmp_path: Path) -> None:
    """Two counties' workbooks beside each other: a row a county with its link, a page for each, the sums of both."""
    schools = drawn((3, 14, 19))
    write_county(tmp_path / "各校", schools)
    for number, county in enumerate(("甲县", "乙县")):
        own = schools[:2] if number else schools[2:]
        listed = write_due(tmp_path / f"{county}.xlsx", own, county=county)
        paths = [path for school in own for path in (tmp_path / "各校").glob(f"{school.code}_*")]
        _, path = rollup(paths, Month.parse(MONTH), tmp_path / "县" / county, listed=listed, name=county)
    found, path = rollup(
        sorted((tmp_path / "县").rglob("汇总_*.xlsx")), Month.parse(MONTH), tmp_path / "省", name="虚构省"
    )
    assert found.counties == ["乙县", "甲县"]
    sheet = load_workbook(path)["区县统计"]
    links = {cell.value: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links.keys() == {"乙县", "甲县"}
    assert all((path.parent / target.replace("\\", "/")).is_file() for target in links.values())
    rows = {row["county"]: (row["due"], row["whole"]) for row in read_bureau(path.read_bytes()).rows("counties")}
    assert rows == {"甲县": (1, 1), "乙县": (2, 2)}
    pages = sorted(p.name for p in path.parent.glob("返校单_*/*"))
    assert pages == [f"乙县_{MONTH}.xlsx", f"甲县_{MONTH}.xlsx"]
    county = load_workbook(path.parent / f"返校单_虚构省_{MONTH}" / pages[0]).active
    ranks = {row[0]: row[6] for row in county.iter_rows(values_only=True) if row[0] in ("谈心达标率", "建档率")}
    assert ranks == {"谈心达标率": "2/2", "建档率": "1/2"}
