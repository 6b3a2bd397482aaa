"""Many cases of one kind: a few in every test run, all of them in `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some(cases: Iterable[Any], one_in: int) -> list[Any]:
    """Return the cases as parameters: the first and every `one_in`-th after it quick, the others slow."""
    return [pytest.param(case, marks=[pytest.mark.slow] * bool(n % one_in)) for n, case in enumerate(cases)]
