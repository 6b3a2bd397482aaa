"""The first month of systems, bureaus and village schools: nothing is wrong, nobody stands twice, nobody is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sampling import some
from starting.free_words import WORDS
from starting.hand_habits import HANDS
from starting.layouts import Layout
from starting.measuring import assert_filled
from starting.systems import SYSTEMS
from starting.village_habits import VILLAGES

ALL = (*SYSTEMS, *VILLAGES, *HANDS, *WORDS)
QUICK = frozenset(
    "第一第二监护人 打勾矩阵 一校一节 班级写年级 文件夹年级 甲班乙班 教师合并结对 上下两类 外出时间多样 电话多样 关系倒写 斜线分格 父母三行 左注右数 处处隐藏 两类两表 外出的人 地址分列 横排班主任 问是否外出 班级分块 父母写成话 2601班 台账带帮扶".split()
)


@pytest.mark.parametrize("layout", some([one for one in ALL if one.name in QUICK], 3), ids=lambda layout: layout.name)
def test_what_such_a_layout_holds_is_filled_and_nothing_is_wrong(layout: Layout, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, 7, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.name)
def test_so_it_is_of_all_of_them_and_whole_classes(layout: Layout, seed: int, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, seed, 24)
