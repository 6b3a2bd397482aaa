"""Three years of a school, September to July and over two summers: nobody is lost, nobody counts twice (contract §5).

What happens is drawn; what has to be told of it, the books say by themselves. See `world`, `events`, `books`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from years.driving import Story, months_of, remember_snapshots
from years.world import World


def _go(base: Path, world: World, share: float) -> None:
    story = Story(base)
    for paper in months_of(world, share):
        unlike = story.tell(paper)
        assert not unlike, "\n".join([*story.lines, *unlike])


@pytest.mark.parametrize("seed", (3, pytest.param(4, marks=pytest.mark.slow)))
def test_three_years(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of the months are reported."""
    remember_snapshots(monkeypatch)
    _go(tmp_path, World(seed), 0.3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_many_schools(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of the months are reported, and everything happens."""
    remember_snapshots(monkeypatch)
    _go(tmp_path, World(seed), 0.8)
