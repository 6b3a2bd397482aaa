"""The first month: what an invented school holds in ten layouts, put into its workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.sampling import some
from starting.layouts import LAYOUTS, Layout
from starting.measuring import assert_filled


@pytest.mark.parametrize("layout", some(LAYOUTS, 3), ids=lambda layout: layout.name)
def test_what_a_layout_holds_is_filled_and_nothing_is_wrong(layout: Layout, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, 7, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_so_it_is_of_whole_classes(layout: Layout, seed: int, tmp_path: Path) -> None:
    assert_filled(layout, tmp_path, seed, 24)
