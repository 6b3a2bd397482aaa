"""A fence holds whatever is raised, and lets a wish to stop through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from helpers.odd_troubles import ODD
from pipeline.reading.fence import Trouble, fenced, fenced_each


@pytest.mark.parametrize("raised", ODD, ids=lambda raised: type(raised).__name__)
def test_a_fence_holds_whatever_is_raised(raised: BaseException) -> None:
    """The trouble is a reason that can be told; what was given before it stays given."""

    def step() -> Any:
        raise type(raised)(*raised.args)

    def items() -> Iterator[int]:
        yield 1
        step()

    assert isinstance(fenced(step), Trouble)
    assert [type(found) for found in fenced_each(step)] == [Trouble]
    first, second = fenced_each(items)
    assert first == 1
    assert isinstance(second, Trouble)


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit])
def test_a_wish_to_stop_goes_through(raised: type[BaseException]) -> None:
    """Control-C ends the run."""

    def step() -> None:
        raise raised

    with pytest.raises(raised):
        fenced(step)
