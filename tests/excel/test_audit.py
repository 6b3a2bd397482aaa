"""Every kind of workbook that we write keeps the standard, by a validator that shares no code with us."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.changes import two_classes
from helpers.running import month_of, rerun, run_month, sheet
from pipeline import cli

validator = pytest.importorskip("openxml_audit").OpenXmlValidator

KINDS = ("上报", "校内", "退回", "回执", "下月模板", "公示")
ROOT = Path(__file__).parent.parent.parent


def _findings(path: Path) -> list[str]:
    return [str(found) for found in validator().validate(path).errors]


def _spoil(plain: dict[str, object]) -> None:
    two_classes(plain)
    sheet(plain, "谈心记录")[0]["日期"] = "乱写###"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("school")
    run_month(base, month_of("2026-10", _spoil), whole=True)
    run_month(base, month_of("2026-11", _spoil), whole=True)
    return base / "output" / "2026-11"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_has_no_finding(kind: str, month: Path) -> None:
    found = {path.name: _findings(path) for path in sorted((month / kind).glob("*.xlsx"))}
    assert found
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.slow
def test_a_return_marked_once_more_has_none(month: Path) -> None:
    """It is handed in as it came back, and comes back again."""
    base = month.parent.parent
    for path in (month / "退回").glob("*.xlsx"):
        shutil.copy(path, base / "input" / "2026-11" / path.name)
    rerun(base, "2026-11")
    assert [told for path in (month / "退回").glob("*.xlsx") for told in _findings(path)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ("班级月报", "学校月报", "考核方案"))
def test_a_blank_template_has_none(name: str) -> None:
    assert _findings(ROOT / "input_templates" / f"{name}.xlsx") == []


@pytest.mark.slow
def test_the_first_month_has_none(tmp_path: Path) -> None:
    """Not even with comments, at cells of which too much or too little was known."""
    sources = tmp_path / "sources"
    sources.mkdir()
    ledger = (
        "班级,姓名,身份证号,监护人电话,班主任",
        "三2班,李小禾,5299002017,19900000001,王芳",
        "三2班,王小麦,,1,李强",
    )
    (sources / "留守儿童台账.csv").write_text("\n".join(ledger), "utf-8")
    told = ["--from", str(sources), "--output", str(tmp_path / "first")]
    assert cli.main(["start", "--month", "2026-09", *told]) == 0
    issued = [path.read_bytes() for path in (tmp_path / "first").glob("*.xlsx")]
    assert sum(b"xl/comments" in data for data in issued) == 2
    found = {path.name: _findings(path) for path in (tmp_path / "first").glob("*.xlsx")}
    assert found
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.slow
def test_a_workbook_that_breaks_the_standard_is_found(tmp_path: Path) -> None:
    """Else no finding would say nothing."""
    import zipfile

    broken = tmp_path / "broken.xlsx"
    with (
        zipfile.ZipFile(ROOT / "input_templates" / "班级月报.xlsx") as whole,
        zipfile.ZipFile(broken, "w") as target,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            target.writestr(
                name, data.replace(b"<sheetData>", b"<wrong/><sheetData>", 1) if name.endswith("sheet2.xml") else data
            )
    assert _findings(broken)
