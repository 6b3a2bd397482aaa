"""Another layout of the bureau's workbook is a declaration: it is written, sealed, read back and rolled up by key."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from helpers.county import MONTH, cells_of, with_cell
from pipeline.county.book import district_book
from pipeline.county.bureau_reader import BureauReport, NotTrusted, read_bureau
from pipeline.county.rollup import rollup
from pipeline.example.writing import write_example
from pipeline.excel.render import write_book
from pipeline.model import Month
from pipeline.publishing.book import Book
from pipeline.publishing.bureau import bureau_book
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas.bureau_layout import BUREAU, COUNT_COLUMNS, CROSSFOOT, MOVEMENTS, TARGETS, shares
from schemas.county_layout import DISTRICT
from schemas.layout_in_force import BUREAU_IN_FORCE
from schemas.layouts import CoverSheet, Field, Grid, Layout, Sheet

_TITLES = {**COUNT_COLUMNS, "in_l": "留守儿童人数", "is_male": "男生", "is_female": "女生"}
_COUNTS = tuple(Field(key, title, "count", 9) for key, title in reversed(_TITLES.items()))
_OWN = {
    "classes": Sheet("classes", "分班情况", (
        Grid("classes", (
            Field("class", "班", "centred", 6), Field("grade", "年级", "centred", 8), *shares(("called", "talked", "archived")), *_COUNTS,
            Field("head_teacher", "班主任姓名", "centred", 10), Field("turnout", "是否交表", "centred", 9),
            Field("remark", "县局批注", "text", 20, is_blank=True),
        ), "各班情况"),
    ), freeze=1),
    "targets": Sheet("targets", "指标完成情况", (
        Grid("targets", (
            Field("rate", "完成率（%）", "rate", 12), Field("figure", "指标名称", "text", 18), Field("done", "完成数", "count", 10),
            Field("due", "应完成数", "count", 10), Field("is_met", "达标情况", "verdict", 11),
        )),
    )),
    "movements": replace(MOVEMENTS, title="异动", grids=tuple(replace(g, fields=g.fields[::-1]) for g in MOVEMENTS.grids)),
    "crossfoot": replace(CROSSFOOT, title="勾稽"),
}  # fmt: skip
PROVINCE = replace(
    BUREAU,
    name="example-province-1",
    title="示例省农村留守儿童月报",
    sheets=(BUREAU.sheets[0], *(_OWN.get(sheet.key, sheet) for sheet in reversed(BUREAU.sheets[1:]))),
)


def _barest() -> Layout:
    """Return the standard layout with nothing in its sealed tables but what it says a roll-up needs."""

    def bare(grid: Grid) -> Grid:
        needed = BUREAU.needed.get(grid.key)
        kept = grid.fields if needed is None else tuple(field for field in grid.fields if field.key in needed)
        return replace(grid, fields=kept)

    sheets = tuple(
        sheet if isinstance(sheet, CoverSheet) else replace(sheet, grids=tuple(map(bare, sheet.grids)))
        for sheet in BUREAU.sheets
    )
    return replace(BUREAU, name="barest", sheets=sheets)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("example")
    write_example(folder)
    return work_out(collect(folder / MONTH), Month.parse(MONTH))


def _written(folder: Path, book: Book) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "上报.xlsx"
    write_book(path, book)
    return path


@pytest.fixture(scope="module")
def workbooks(example: Result, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example's month by the standard layout, and by the province's."""
    base = tmp_path_factory.mktemp("layouts")
    return _written(base / "own", bureau_book(example)), _written(base / "theirs", bureau_book(example, PROVINCE))


@pytest.fixture(scope="module")
def reports(workbooks: tuple[Path, Path]) -> tuple[BureauReport, BureauReport]:
    standard, other = (read_bureau(path.read_bytes()) for path in workbooks)
    return standard, other


@pytest.mark.parametrize("layout", [PROVINCE, BUREAU_IN_FORCE], ids=["province", "in force"])
def test_a_workbook_reads_as_the_standard_one(
    layout: Layout, example: Result, reports: tuple[BureauReport, BureauReport], tmp_path: Path
) -> None:
    """Other titles, orders and sheets: every cell that both show is the same by key, in every table, totals too."""
    standard, other = reports[0], read_bureau(_written(tmp_path, bureau_book(example, layout)).read_bytes())
    assert "layout" not in standard.meta
    assert other.meta.get("layout", "") == layout.name
    assert set(other.tables) == set(standard.tables)
    for name in set(standard.tables) - {"crossfoot"}:  # it has a relation more for each figure more
        for one, two in zip(standard.rows(name, totals=True), other.rows(name, totals=True), strict=True):
            shared = one.keys() & two.keys()
            assert {key: one[key] for key in shared} == {key: two[key] for key in shared}


def test_what_the_province_shows_besides(reports: tuple[BureauReport, BureauReport]) -> None:
    """A figure more is there by class, and foots; a column to be filled in by hand is empty."""
    standard, other = reports
    assert other.tables["classes"].titles != standard.tables["classes"].titles
    called = next(row for row in other.rows("targets") if row["figure"] == "亲情联络率")
    assert other.rows("classes", totals=True)[-1]["called_n"] == called["done"] > 0
    assert {row["remark"] for row in other.rows("classes")} == {""}
    assert "called_n" not in standard.rows("classes")[0]
    relations = {row["relation"]: row["in_balance"] for row in other.rows("crossfoot")}
    assert set(relations.values()) == {"平"}
    assert "亲情联络率的达成数：班级统计合计 = 目标达成" in relations


def test_its_formulas_point_at_its_own_cells(workbooks: tuple[Path, Path]) -> None:
    """A rate from its own n and N, the proof of 在册 over columns that stand in another order."""
    book = load_workbook(workbooks[1])
    assert book["指标完成情况"]["A4"].value.startswith("=IF(D4=0,")
    assert book["异动"]["A5"].value == ('=IF(P5+SUM(O5,N5,M5,L5,K5,J5,I5)-SUM(H5,G5,F5,E5,D5,C5)-B5=0,"平","不平")')


def test_its_seal_finds_a_changed_cell(workbooks: tuple[Path, Path]) -> None:
    """The cell is named as the province's people see it."""
    with pytest.raises(NotTrusted, match="指标完成情况!C4"):
        read_bureau(with_cell(workbooks[1], "指标完成情况", "C4", 987))


def test_its_keys_are_sealed(workbooks: tuple[Path, Path]) -> None:
    """Who changes the key of a column in the hidden sheet gets no other figures, but a refusal."""
    out = io.BytesIO()
    with zipfile.ZipFile(workbooks[1]) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(
                info, data.replace(b'"is_male", "in_l"', b'"in_l", "is_male"').replace(b"called_n", b"cAlled_n")
            )
    with pytest.raises(NotTrusted):
        read_bureau(out.getvalue())


@pytest.mark.parametrize("layout", [PROVINCE, _barest(), BUREAU_IN_FORCE], ids=["province", "barest", "in force"])
def test_it_rolls_up_alike(layout: Layout, example: Result, workbooks: tuple[Path, Path], tmp_path: Path) -> None:
    """The district's workbook is the same, cell by cell, of whichever layout its schools' workbooks are."""
    other = _written(tmp_path / "in", bureau_book(example, layout))
    (_, one), (_, two) = (
        rollup([path], Month.parse(MONTH), tmp_path / name) for path, name in ((workbooks[0], "a"), (other, "b"))
    )
    assert cells_of(one) == cells_of(two)


def test_a_district_of_another_layout_rolls_up_alike(workbooks: tuple[Path, Path], tmp_path: Path) -> None:
    """A city adds up counties' workbooks whose columns and sheets stand the other way round."""
    district, own = rollup([workbooks[0]], Month.parse(MONTH), tmp_path / "county")
    turned = (
        replace(sheet, grids=tuple(replace(grid, fields=grid.fields[::-1]) for grid in sheet.grids))
        for sheet in reversed(DISTRICT.sheets[1:])
        if isinstance(sheet, Sheet)
    )
    layout = replace(DISTRICT, name="turned", sheets=(DISTRICT.sheets[0], *turned))
    other = _written(tmp_path / "other", district_book(district, layout))
    assert read_bureau(other.read_bytes()).tables["schools"].titles[0] == "总保额"
    (_, one), (_, two) = (
        rollup([path], Month.parse(MONTH), tmp_path / name) for path, name in ((own, "a"), (other, "b"))
    )
    assert cells_of(one) == cells_of(two)


@pytest.mark.parametrize("layout", [BUREAU, BUREAU_IN_FORCE, DISTRICT], ids=["bureau", "in force", "district"])
def test_a_layout_that_lacks_what_a_roll_up_reads_is_refused(layout: Layout) -> None:
    """When it is declared, not when the first county opens it."""
    targets = replace(TARGETS, grids=(Grid("targets", (Field("figure", "指标"), Field("rate", "完成率", "rate"))),))
    with pytest.raises(ValueError, match=r"targets\.d"):
        replace(layout, sheets=tuple(targets if sheet.key == "targets" else sheet for sheet in layout.sheets))


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        (lambda: Field("应计数", "应计数"), "identifier"),
        (lambda: Grid("x", (Field("n", "n"), Field("n", "N"))), "twice"),
        (lambda: Layout("x", (Sheet("a", "页"), Sheet("b", "页"))), "twice"),
    ],
)
def test_a_wrong_declaration_is_no_layout(wrong: Any, because: str) -> None:
    """Keys and titles are one each, and a key is no title."""
    with pytest.raises(ValueError, match=because):
        wrong()


def test_a_column_that_nobody_fills_is_an_error(example: Result) -> None:
    """A key that no row knows is never an empty column by accident."""
    more = replace(
        TARGETS, grids=(replace(TARGETS.grids[0], fields=(*TARGETS.grids[0].fields, Field("rank", "名次"))),)
    )
    sheets = tuple(more if sheet.key == "targets" else sheet for sheet in BUREAU.sheets)
    with pytest.raises(KeyError, match="rank"):
        bureau_book(example, replace(BUREAU, name="x", sheets=sheets))
