"""What Excel opens is read, however it was written; what is unpacked or very old is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from helpers.drawing import draw_month
from helpers.oddly_written import ODDLY_WRITTEN
from helpers.small import small_month
from helpers.workbook_parts import parts_of, zip_of
from pipeline.excel.guard import unwrapped
from pipeline.excel.reading import read_book
from pipeline.model import Month
from pipeline.reading.archives import unpacked
from pipeline.reading.fence import Trouble, fenced
from pipeline.report import work_out
from pipeline.stages.collect import collect
from schemas import rules

OCTOBER = Month(2026, 10)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One class's workbook."""
    folder = tmp_path_factory.mktemp("plain")
    draw_month(folder, small_month())
    return (folder / "班级00.xlsx").read_bytes()


@pytest.mark.parametrize("name", ODDLY_WRITTEN)
def test_what_excel_opens_is_read(name: str, workbook: bytes) -> None:
    """The same cells, hidden rows and struck text as of the plain one."""
    found = fenced(lambda: read_book(unwrapped(ODDLY_WRITTEN[name](workbook))))
    assert not isinstance(found, Trouble), found
    assert found.sheets == read_book(workbook).sheets


def test_an_unpacked_workbook_is_one_line(workbook: bytes, tmp_path: Path) -> None:
    """In an archive or in the folder itself; what else lies there is read."""
    draw_month(tmp_path, small_month())
    parts = {f"三年级/{name}": content for name, content in parts_of(workbook).items()}
    (tmp_path / "拆.zip").write_bytes(zip_of({**parts, "三年级/好.csv": b"a,b\n1,2\n"}))
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        archive.extractall(tmp_path / "拆开")
    (tmp_path / "拆开" / "班级00.xlsx").write_bytes((tmp_path / "班级00.xlsx").read_bytes())
    (tmp_path / "班级00.xlsx").unlink()
    files = {file.name: file.refusal for file in collect(tmp_path).files}
    assert files == {
        "拆.zip/三年级": "parts",
        "拆.zip/三年级/好.csv": "",
        "拆开": "parts",
        "拆开/班级00.xlsx": "",
        "学校月报.xlsx": "",
    }
    found = work_out(collect(tmp_path), OCTOBER)
    because = rules.REFUSALS["parts"][1]
    assert [issue.words["because"] for issue in found.issues if issue.rule is rules.DAMAGED] == [because] * 2


def test_an_archive_in_archives_is_unpacked_within_bounds() -> None:
    """Each of forty archives within is small enough; what all of them hold together is not unpacked."""
    inner = zip_of({f"{n}.bin": bytes(15 * 2**20) for n in range(4)})
    found = list(unpacked(zip_of({f"{n}.zip": inner for n in range(40)})))
    assert found[-1] == ("", Trouble("zip_bomb"))
    assert sum(len(content) for _, content in found[:-1] if isinstance(content, bytes)) < 300 * 2**20


@pytest.mark.parametrize("start", ["09000400", "09020600", "09040600"])
def test_a_workbook_of_thirty_years_ago_is_told_as_one(start: str, tmp_path: Path) -> None:
    """Excel 2 to 4 wrote records without a container; the sentence says how old it is and what to do."""
    (tmp_path / "旧.xls").write_bytes(bytes.fromhex(start) + bytes(100))
    (issue,) = (issue for issue in work_out(collect(tmp_path), OCTOBER).issues if issue.rule is rules.DAMAGED)
    assert "三十年前的 Excel" in issue.sentence
    assert "另存为 .xlsx" in issue.remedy
