"""Three years of a school, September to July and over two summers: nobody is lost, nobody counts twice (contract §5).

What happens is drawn; what has to be told of it, the books say by themselves. See `world`, `events`, `books`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from years.driving import Story, months_of, remember_snapshots
from years.untouched import Save, as_issued, by_office, by_openpyxl, templates_by_hand, templates_of, unlike
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


# --- what we issue, handed back as it is (contract §8.5) ------------------------------------------------------------


def _hand_back(base: Path, world: World, share: float, one_in: int, save: Save = as_issued) -> None:
    """Beside every month (one in some): its 下月模板, those of the month after, those of September, none of it kept.

    `save`: opens the workbooks of a folder, and saves them as they are.
    """
    story = Story(base)
    for number, paper in enumerate(months_of(world, share)):
        assert not story.tell(paper)
        if number % one_in:
            continue
        month = story.last[2].month
        issued = {str(month.after): templates_of(base, story.last[2])}
        later = f"{month.year}-09" if month.number in (6, 7) else str(month.after.after)
        if number % 2 or month.number in (6, 7):
            issued[later] = templates_by_hand(base, later)
        for to, folder in issued.items():
            for is_ticked in (False, True):
                found = unlike(story, to, folder, is_ticked=is_ticked, save=save)
                assert not found, "\n".join([*story.lines, *found])


def test_what_we_issue_tells_nothing_when_it_is_handed_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No error and no warning but those that truly still stand; nobody is lost, nobody stands in two rows."""
    remember_snapshots(monkeypatch)
    _hand_back(tmp_path, World(3), 0.1, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_so_it_is_over_all_months(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every month of three years, every one that is reported."""
    remember_snapshots(monkeypatch)
    _hand_back(tmp_path, World(seed), 0.8, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1005))
def test_so_it_is_when_another_program_has_saved_them(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every workbook that we issue is opened, and saved as it is."""
    remember_snapshots(monkeypatch)
    _hand_back(tmp_path, World(seed), 0.8, 1, by_openpyxl)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_so_it_is_when_an_office_has_saved_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some months of three years."""
    remember_snapshots(monkeypatch)
    _hand_back(tmp_path, World(3), 0.1, 3, by_office)
