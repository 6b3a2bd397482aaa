"""What leaves for other eyes: the notice board, the principal's page, workbooks with a password."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from helpers.measuring import result_of
from helpers.running import rerun, run_month
from helpers.small import NAMES
from pipeline.cli import main
from pipeline.county.bureau_reader import read_bureau
from pipeline.excel.guard import Refused
from pipeline.excel.render import write_book
from pipeline.excel.secret import decrypted, encrypted
from pipeline.keeping.privacy import Gate
from pipeline.publishing.brief import brief_book
from pipeline.publishing.public import _is_mostly_hidden, public_book, suppressed
from schemas import public_words


def _text(path: Path) -> str:
    book = load_workbook(path, data_only=True)
    return "\n".join(
        str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c is not None
    )


# --- 公示 ------------------------------------------------------------------------------------------------------------

_CLASS = st.integers(0, 14).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.integers(0, whole)).map(
        lambda parts: [whole, parts[0], whole - parts[0], parts[1], whole - parts[1]]
    )
)


def _readings(counts: list[list[int]], hidden: set[tuple[int, int]], spot: tuple[int, int]) -> bool:
    """Tell whether a reader who knows every sum can find another number for a hidden cell (fractions allowed)."""
    from fractions import Fraction

    unknown = sorted(hidden)
    last = len(counts) - 1
    sums = [[(last, at), *((row, at) for row in range(last))] for at in range(5)]
    sums += [[(row, 0), (row, a), (row, b)] for row in range(len(counts)) for a, b in ((1, 2), (3, 4))]
    rows = [[Fraction(0 if u not in cells else -1 if u == cells[0] else 1) for u in unknown] for cells in sums]
    place = unknown.index(spot)
    order = [*(at for at in range(len(unknown)) if at != place), place]  # the asked one last
    rows = [[row[at] for at in order] for row in rows]
    done = 0
    for at in range(len(unknown)):
        pivot = next((r for r in range(done, len(rows)) if rows[r][at]), None)
        if pivot is None:
            continue
        if at == len(unknown) - 1:
            return False  # an equation is left that has the asked cell alone
        rows[done], rows[pivot] = rows[pivot], rows[done]
        for r in range(len(rows)):
            if r != done and rows[r][at]:
                factor = rows[r][at] / rows[done][at]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[done], strict=True)]
        done += 1
    return True


@settings(max_examples=60, deadline=None)
@given(st.lists(_CLASS, min_size=1, max_size=5))
def test_no_small_number_can_be_worked_out(classes: list[list[int]]) -> None:
    """Every count of one or two is hidden, and no hidden one follows from the sums: by elimination, not by our code."""
    counts = [*classes, [sum(column) for column in zip(*classes, strict=True)]]
    hidden = suppressed(counts)
    small = {(r, c) for r, row in enumerate(counts) for c, value in enumerate(row) if 0 < value < 3}
    assert small <= hidden
    assert all(_readings(counts, hidden, spot) for spot in hidden)


def test_the_notice_board_names_nobody(month: dict[str, Any], tmp_path: Path) -> None:
    """Three children: no name, no rate that points at one; the one girl of three, and the boys with her, are left out."""
    month["classes"][0]["sheets"]["谈心记录"].pop()
    result = result_of(month)
    path = tmp_path / "公示.xlsx"
    write_book(path, public_book(result))
    text = _text(path)
    assert Gate(result).leaks(path.read_bytes()) == []
    assert not any(name in text for name in (*NAMES, "王老师"))
    rows = {row[0]: row for row in load_workbook(path).active.iter_rows(values_only=True) if row[0]}
    assert "谈心达标率" not in rows  # two of three: one child would be pointed at
    assert rows["建档率"][1] == "100.00%"
    assert rows["三年级"][2:] == (3, 0, 3)
    assert public_words.HIDDEN not in text
    assert "没有公布：谈心达标率、各班男、各班女" in text


@pytest.mark.parametrize(
    ("cells", "is_left_out"),
    [([], False), ([1, 2, public_words.HIDDEN, 4], False), ([public_words.HIDDEN] * 2 + [3, 4], False),
     ([public_words.HIDDEN] * 3 + [4], True)],
)  # fmt: skip
def test_a_column_is_left_out_where_most_of_it_is_hidden(cells: list[object], is_left_out: bool) -> None:
    """A few hidden numbers keep their mark and the column; more than half of them take it away."""
    assert _is_mostly_hidden(cells) is is_left_out


# --- 简报 ------------------------------------------------------------------------------------------------------------


def _brief(month: dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "简报.xlsx"
    write_book(path, brief_book(result_of(month)))
    return _text(path)


def test_a_quiet_month_has_nothing_urgent(month: dict[str, Any], tmp_path: Path) -> None:
    text = _brief(month, tmp_path)
    assert "没有特别紧急的事" in text
    assert "1 个班全部交表" in text


def test_the_most_urgent_stands_first_with_names(month: dict[str, Any], tmp_path: Path) -> None:
    """A drop-out before a missing talk; a child who needs a specialist between them."""
    sheets = month["classes"][0]["sheets"]
    sheets["学生档案"][0] |= {"学籍状态": "疑似辍学", "状态日期": sheets["谈心记录"][0]["日期"]}
    sheets["成长记录"][1]["心理状态"] = "需转介"
    sheets["谈心记录"] = sheets["谈心记录"][:2]
    told = re.findall(r"\d\. .*", _brief(month, tmp_path))
    assert [NAMES[n] in told[n] for n in range(3)] == [True] * 3
    assert [word in text for word, text in zip(("疑似辍学", "需转介", "谈心"), told, strict=True)] == [True] * 3


def test_what_went_up_and_down(month: dict[str, Any], tmp_path: Path) -> None:
    """Against the month before: the talks that are missing now."""
    from helpers.running import month_of

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", lambda plain: plain["classes"][0]["sheets"]["谈心记录"].pop()), whole=True)
    text = _text(tmp_path / "output" / "2026-10" / "校内" / "简报.xlsx")
    assert "与 2026-09 相比" in text
    assert "谈心达标率 100.00%→66.67%" in text


# --- a password ------------------------------------------------------------------------------------------------------


def test_an_encrypted_workbook_opens_with_its_password_only(month: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_book(path, public_book(result_of(month)))
    locked = encrypted(path.read_bytes(), "秘密 1")
    assert decrypted(locked, "秘密 1") == path.read_bytes()
    with pytest.raises(Refused):
        decrypted(locked, "秘密 2")
    with pytest.raises(ValueError, match="empty"):
        encrypted(path.read_bytes(), "")


def test_the_bureau_reads_an_encrypted_report(
    month: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--encrypt takes the password from the environment; read-bureau and rollup open it with the same one."""
    run_month(tmp_path, month, whole=True)
    run = ["report", "--month", "2026-10", "--input", str(tmp_path / "input"), "--output", str(tmp_path / "output")]
    (path,) = (tmp_path / "output" / "2026-10" / "上报").iterdir()
    plain = read_bureau(path.read_bytes())
    monkeypatch.delenv("GUANAI_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main([*run, "--encrypt"]) == 2  # nobody to ask: the old report stays
    assert read_bureau(path.read_bytes()).tables == plain.tables
    monkeypatch.setenv("GUANAI_PASSWORD", "secret")
    assert main([*run, "--encrypt"]) == 0
    assert main(["read-bureau", str(path)]) == 0
    roll = ["rollup", "--month", "2026-10", "--input", str(path.parent), "--output", str(tmp_path / "roll")]
    assert main(roll) == 0
    assert "收到 1 所学校" in capsys.readouterr().out
    monkeypatch.delenv("GUANAI_PASSWORD")
    assert main(["read-bureau", str(path)]) == 2
    assert "密码" in capsys.readouterr().err
    rerun(tmp_path, "2026-10")
    assert main(["read-bureau", str(path)]) == 0
