"""Names of returned files: safe on every system, short enough, and no two the same anywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.file_names import STEM_BYTES, UniqueNames, readable, safe_stem

NAMES = [
    # as handed in, as given back
    ("三年级2班", "三年级2班"),
    ("CON", "_CON"),
    ("nul.备份", "_nul.备份"),
    ("COM1 ", "_COM1"),
    ("console", "console"),
    ("三班. . ", "三班"),
    ('三<班>:"2"|?*', "三_班___2____"),
    ("三班\u202egnp\x07", "三班gnp"),
    ("~$三班", "_~$三班"),
    (".三班", "_.三班"),
    ("...", "_"),
    (" ", "未填"),
    ("", "未填"),
    ("e\u0301", "\u00e9"),
]


@pytest.mark.parametrize(("name", "want"), NAMES)
def test_a_name_is_made_safe(name: str, want: str) -> None:
    """Reserved, invisible and forbidden characters go; the rest stays as it was."""
    assert safe_stem(name) == want


def test_a_long_name_is_cut_between_characters() -> None:
    """Three hundred characters become 150 bytes, none of them half a character."""
    found = safe_stem("年" * 300)
    assert found == "年" * (STEM_BYTES // 3)
    assert safe_stem("a" + "𠮷" * 300) == "a" + "𠮷" * ((STEM_BYTES - 1) // 4)


SAME = [
    ["x", "x", "x(2)"],
    ["x(2)", "x", "x", "x(2)"],
    ["X", "x"],
    ["\u00e9", "e\u0301", "E\u0301"],
    ["年" * 300, "年" * 301, "年" * 299 + "级"],
    ["三/班", "三:班", "三?班"],
    ["ß", "SS", "ss"],
]


@pytest.mark.parametrize("names", SAME)
def test_no_two_are_one_file_anywhere(names: list[str]) -> None:
    """Blind to case and to how accents are composed, all differ."""
    unique = UniqueNames()
    found = [unique(name) for name in names]
    assert len({_as_compared(name) for name in found}) == len(names)
    assert found[0] == safe_stem(names[0])


@given(st.lists(st.sampled_from(["x", "X", "x(2)", "x(2)(2)", "x(3)", "é", "e\u0301"]), max_size=12))
def test_whatever_the_order_no_two_are_one_file(names: list[str]) -> None:
    """Numbers that we give never meet numbers that someone else gave."""
    unique = UniqueNames()
    assert len({_as_compared(unique(name)) for name in names}) == len(names)


def _as_compared(name: str) -> str:
    return unicodedata.normalize("NFD", name.casefold())


def test_bytes_of_chinese_windows_are_read_as_such() -> None:
    """A file name in GBK on a disk of another code reads as it was typed."""
    assert readable("三年级.xlsx".encode("gb18030").decode("utf-8", "surrogateescape")) == "三年级.xlsx"
    assert readable("坏\udcff.xlsx").endswith(".xlsx")
