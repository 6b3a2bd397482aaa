"""The first month of schools whose papers are like none of the ten: nothing is wrong, nobody is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sampling import some
from starting.layouts import Layout
from starting.measuring import assert_filled
from starting.more_files import FILES
from starting.more_layouts import LISTS
from starting.more_mixed import MIXED
from starting.more_odd import ODD
from starting.more_pages import PAGES

ALL = (*LISTS, *PAGES, *MIXED, *ODD, *FILES)
QUICK = frozenset("编码导出 打印页 左右两栏 同格标签 横表 父母一格 有走有非 去年台账 两行不合并 两期台账 两类儿童".split())


@pytest.mark.parametrize("layout", some([one for one in ALL if one.name in QUICK], 3), ids=lambda layout: layout.name)
def test_what_another_layout_holds_is_filled_and_nothing_is_wrong(layout: Layout, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, 7, 6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.name)
def test_so_it_is_of_all_layouts_and_whole_classes(layout: Layout, seed: int, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, seed, 24)
