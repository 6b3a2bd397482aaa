"""Writes that fail below a command: the old or the new is there whole, and what can not go back is kept."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from helpers.county import MONTH
from helpers.faults import Faults, is_a_sentence, tree
from pipeline.errors import NotWritten, OperatorError, reason_of
from pipeline.keeping.placing import place
from pipeline.keeping.store import replacing
from schemas import operator_words as words

DISK = (errno.ENOSPC, errno.EIO)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Faults:
    return Faults(monkeypatch, tmp_path)


def _mark(folder: Path, text: str) -> None:
    """Make a folder that looks like a report of ours."""
    (folder / "数据").mkdir(parents=True, exist_ok=True)
    (folder / "数据" / "run.json").write_text('{"versions": {"guanai": "0.1.0"}}', encoding="utf-8")
    (folder / "校内").mkdir(exist_ok=True)
    for number in range(3):
        (folder / "校内" / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_every_write_of_a_swap_may_fail(number: int, faults: Faults, tmp_path: Path) -> None:
    """Whatever fails, the old folder or the new one is there whole, and nothing half made beside it."""
    target, struck = tmp_path / "out" / MONTH, 0
    _mark(target, "old")
    (target / "老师的.txt").write_text("own", encoding="utf-8")
    _mark(tmp_path / "new", "new")
    (tmp_path / "new" / "老师的.txt").write_text("own", encoding="utf-8")
    old, new = tree(target), tree(tmp_path / "new")
    for fail_at in range(100):
        faults.arm(fail_at, number)
        told = ""
        try:
            with replacing(target) as staging:
                _mark(staging, "new")
        except NotWritten as trouble:
            told = str(trouble)
        has_struck = faults.has_struck
        faults.arm(-1, 0)
        if not has_struck:
            break
        struck += 1
        assert is_a_sentence(told)
        if str(words.LEFT_BEHIND[:3]) in told:  # the new one is there; what somebody laid into the old one is beside it
            assert tree(target) | {"老师的.txt": old["老师的.txt"]} == new
            continue
        assert tree(target) == old
        assert [path.name for path in target.parent.iterdir() if path.name.startswith((".making", ".old"))] == []
    assert struck > 10
    with replacing(target) as staging:
        _mark(staging, "new")
    assert tree(target) == new


def test_a_disk_that_dies_between_the_renames_says_where_the_old_report_is(faults: Faults, tmp_path: Path) -> None:
    """The next run puts it back."""
    target = tmp_path / MONTH
    _mark(target, "old")
    old = tree(target)
    faults.arm(-1, errno.EIO)
    with replacing(target) as staging:
        _mark(staging, "old")
    writes = faults.count
    faults.arm(writes - 1, errno.EIO, lasts=True)
    with pytest.raises(NotWritten, match=r"\.old-"), replacing(target) as staging:
        _mark(staging, "new")
    faults.arm(-1, 0)
    assert not target.exists()
    with pytest.raises(RuntimeError), replacing(target):
        raise RuntimeError
    assert tree(target) == old


@pytest.mark.parametrize("number", DISK)
def test_every_write_of_files_put_beside_others_may_fail(number: int, faults: Faults, tmp_path: Path) -> None:
    """All files are new or all are as they were; what lies there besides is never touched."""
    root = tmp_path / "下月模板_2027-03"
    place(root, {"a.xlsx": b"1", "b.xlsx": b"2"}, remembers=True)
    (root / "别人的.xlsx").write_bytes(b"own")
    old, struck = tree(root), 0
    new = {"a.xlsx": b"3", "b.xlsx": b"4", "深/c.xlsx": b"5"}
    for fail_at in range(100):
        faults.arm(fail_at, number)
        told = ""
        try:
            place(root, new, remembers=True)
        except OperatorError as trouble:
            told = str(trouble)
        has_struck = faults.has_struck
        faults.arm(-1, 0)
        if not has_struck:
            break
        struck += 1
        assert is_a_sentence(told)
        assert tree(root) == old
    assert struck > 8
    assert {name: (root / name).read_bytes() for name in new} == new
    assert (root / "别人的.xlsx").read_bytes() == b"own"


def test_files_that_can_not_go_back_are_kept(faults: Faults, tmp_path: Path) -> None:
    """The disk dies while the second file moves in: the sentence says where the first one's old bytes are."""
    place(tmp_path, {"a": b"1", "b": b"2"})
    old = tree(tmp_path)
    faults.arm(-1, errno.EIO)
    place(tmp_path, {"a": b"1", "b": b"2"})
    faults.arm(faults.count - 1, errno.EIO)
    faults.lasts = True
    with pytest.raises(OperatorError) as told:
        place(tmp_path, {"a": b"3", "b": b"4"}, is_ours=lambda path: True)
    faults.arm(-1, 0)
    assert is_a_sentence(str(told.value))
    assert old["a"] in tree(tmp_path).values()


def test_reasons_are_chinese() -> None:
    """Known or not, no errno is told in English."""
    for number in (*range(1, 134), 9999):
        assert not set("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") & set(reason_of(OSError(number, "No space left on device")))
