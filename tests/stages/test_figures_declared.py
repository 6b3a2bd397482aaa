"""A figure that is declared and not counted, or counted and not declared, does not start."""

from __future__ import annotations

import importlib

import pytest

from pipeline.measuring import figures
from pipeline.measuring.counting import COUNTS, counts
from schemas.figures import BY_KEY


def test_a_figure_that_nothing_counts_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(COUNTS, "talked")
    with pytest.raises(ImportError, match="talked"):
        importlib.reload(figures)


def test_a_count_that_no_figure_declares_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(BY_KEY, "growth")
    with pytest.raises(ImportError, match="growth"):
        importlib.reload(figures)


def test_a_figure_is_counted_once() -> None:
    with pytest.raises(ValueError, match="archived"):
        counts("archived")(COUNTS["archived"])
