"""The nearest of many names is the one that a search of all of them finds."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from pipeline.children.nearest import Nearest

NAMES = st.text("王李芳小明红", min_size=1, max_size=4)


@given(st.lists(NAMES, max_size=12), NAMES, st.sampled_from((0.5, 0.6)))
def test_the_nearest_name_is_that_of_a_search_of_all(names: list[str], name: str, cutoff: float) -> None:
    """Looking at the names that share characters leaves none out."""
    found = get_close_matches(name, sorted(set(names)), n=1, cutoff=cutoff)
    assert Nearest(names, cutoff).to(name) == (found[0] if found else "")


def test_of_several_that_are_as_near_all_are_told() -> None:
    nearest = Nearest(["王小明", "王小红", "李大山"], 0.5)
    assert sorted(nearest.all_to("王小芳")) == ["王小明", "王小红"]
    assert nearest.all_to("王小明") == ["王小明"] and nearest.all_to("赵钱") == []
