"""The first month of schools with habits: nothing is wrong, nobody stands twice, whom no list means stands nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sampling import some
from starting.layouts import Layout
from starting.measuring import assert_filled
from starting.real_habits import HABITS

QUICK = frozenset("姓名多样 小计栏次 表在中间 划掉转走 两班并排 旧夹旧表 父母电话一格 两校同表".split())


@pytest.mark.parametrize("layout", some([one for one in HABITS if one.name in QUICK], 3), ids=lambda layout: layout.name)
def test_what_a_habit_holds_is_filled_and_nothing_is_wrong(layout: Layout, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, 7, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("layout", HABITS, ids=lambda layout: layout.name)
def test_so_it_is_of_all_habits_and_whole_classes(layout: Layout, seed: int, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, seed, 24)
