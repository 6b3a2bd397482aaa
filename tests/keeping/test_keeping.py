"""A child's own page, and forgetting: what the commands show, and what they leave no trace of."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers.changes import moved, without
from helpers.running import month_of, rerun, run_month, school_sheet, sheet
from helpers.small import NAMES, pupil
from pipeline.cli import main
from pipeline.keeping.purge import purge


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months; the first child left in the second."""
    base = tmp_path_factory.mktemp("months")
    run_month(base, month_of("2026-09"), whole=True)
    run_month(base, month_of("2026-10", moved("转出", date(2026, 10, 20), 接收校确认="是")), whole=True)
    run_month(base, month_of("2026-11", without()))
    return base / "output"


@pytest.fixture
def output(months: Path, tmp_path: Path) -> Path:
    """The months again, for one test."""
    return Path(shutil.copytree(months, tmp_path / "output"))


def test_a_childs_page_holds_all_months(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Talks of every month by date, one page wide and large enough to be read, school-only."""
    assert main(["child", "--name", NAMES[1], "--output", str(output)]) == 0
    assert NAMES[1] not in capsys.readouterr().err
    book = load_workbook(output / "档案页" / f"{NAMES[1]}_2026-11.xlsx")
    (sheet,) = book.worksheets
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    for day in ("2026-09-12", "2026-10-12", "2026-11-12"):
        assert texts.count(day) >= 2
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what an absent number means
    assert any("不得外传" in text for text in texts)


def test_a_child_who_left_still_has_a_page(output: Path) -> None:
    assert main(["child", "--name", NAMES[0], "--class", "三(2)班", "--output", str(output)]) == 0


def test_nobody_of_that_name(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that does not repeat the name."""
    assert main(["child", "--name", "无此人", "--output", str(output)]) == 2
    assert "无此人" not in capsys.readouterr().err


def _traces(output: Path, text: str) -> list[str]:
    """Return the files below a folder that hold a text: in parquet cells, in the parts of a workbook, as bytes."""
    found = []
    for path in sorted(output.rglob("*")):
        if path.suffix == ".parquet":
            held = text in pd.read_parquet(path).to_csv()
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                held = any(text.encode() in archive.read(name) for name in archive.namelist())
        else:
            held = path.is_file() and text.encode() in path.read_bytes()
        if held:
            found.append(path.relative_to(output).as_posix())
    return found


def test_nothing_is_forgotten_too_early(output: Path) -> None:
    assert purge(output, 3, date(2029, 10, 19)).child_count == 0
    assert _traces(output, NAMES[0])


def test_no_untied_row_keeps_his_name(tmp_path: Path) -> None:
    """A second card, a talk under a wrong number, a helper, a list in error, his page, a template made for a month."""

    def spread(plain: dict[str, Any]) -> None:
        name = NAMES[0]
        sheet(plain, "联系卡").append(dict(sheet(plain, "联系卡")[0]))
        sheet(plain, "成长记录").append(dict(sheet(plain, "成长记录")[0]))
        talk = dict(sheet(plain, "谈心记录")[0])
        sheet(plain, "谈心记录").extend([talk, talk | {"学籍号": "G529900201603010022"}])
        pair = sheet(plain, "结对帮扶")[4]
        pair.update({"帮扶人": name})
        activity = dict(sheet(plain, "活动记录")[0])
        sheet(plain, "活动记录").append(activity | {"参加学生": f"{name}、不认识"})
        school_sheet(plain, "学校活动").append(activity | {"参加范围": "名单", "参加对象": f"{name}、{NAMES[1]}"})

    run_month(tmp_path, month_of("2026-09", spread), whole=True)
    run_month(tmp_path, month_of("2026-10", moved("转出", date(2026, 10, 20), 接收校确认="是")), whole=True)
    output = tmp_path / "output"
    assert main(["child", "--name", NAMES[0], "--month", "2026-09", "--output", str(output)]) == 0
    assert main(["next", "--month", "2026-12", "--output", str(output)]) == 0
    assert _traces(output, NAMES[0])
    done = purge(output, 3, date(2029, 10, 20))
    assert done.child_count == 1
    assert _traces(output, NAMES[0]) == []


def test_a_namesake_who_stays_keeps_his_rows(tmp_path: Path) -> None:
    """Of two of one name the one who left is forgotten; the other's row of 应入学名册 stays."""

    def joins(plain: dict[str, Any]) -> None:
        row = pupil(NAMES[0], 9) | {"入班方式": "转入", "入班日期": date(2026, 11, 2), "档案编号": "2026-0009"}
        sheet(plain, "学生档案")[0] = row

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", date(2026, 10, 20), 接收校确认="是")))
    run_month(tmp_path, month_of("2026-11", joins))
    assert purge(tmp_path / "output", 3, date(2029, 10, 20)).child_count == 1
    names = pd.read_parquet(tmp_path / "output" / "2026-11" / "数据" / "school_age.parquet")["name"]
    assert NAMES[0] in set(names)


def test_who_left_long_ago_leaves_no_trace(output: Path) -> None:
    """His name is in no file any more; the others' rows and the figures are what they were, and nothing is outdated."""
    before = {p: pd.read_parquet(p) for p in output.rglob("measures.parquet")}
    done = purge(output, 3, date(2029, 10, 20))
    assert (done.child_count, done.months) == (1, ("2026-09", "2026-10", "2026-11"))
    assert _traces(output, NAMES[0]) == []
    assert all(pd.read_parquet(path).equals(frame) for path, frame in before.items())
    assert purge(output, 3, date(2029, 10, 20)).child_count == 0
    run_month(output.parent, month_of("2026-12", without()))
    result = rerun(output.parent, "2026-12")
    assert result.remarks == ()
    assert [issue.rule.code for issue in result.issues if issue.rule.code == "E311"] == []
    assert _traces(output / "2026-09" / "数据", NAMES[1])
