"""Random text, blanks, numbers and dates in every kind of cell: nothing is changed without a word."""

from __future__ import annotations

import copy
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.running import run_month
from helpers.small import small_month
from schemas import rules
from schemas.cells import as_typed
from schemas.characters import visible
from schemas.forms import FORMS
from schemas.kinds import Kind
from schemas.rules import NOTE

LAST_DAY = date(2026, 10, 31)
KINDS = sorted({column.kind for form in FORMS for table in form.tables for column in table.columns}, key=repr)
_PLANES = st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs",)), max_size=12)
_CHINESE = st.text(
    "王芳李明⻢⼉\ue863\ue854Ａ１２０、，（）()·•. 　\u00a0\u200b\ufe0f✔'‘年月日号0123456789xX-/—无同上待补",
    max_size=12,
)
_NUMBERS = st.one_of(
    st.integers(-10, 60000), st.floats(-10, 60000), st.floats(1e15, 1e19), st.integers(20260101, 20261231)
)
_DAYS = st.one_of(
    st.dates(date(1980, 1, 1), date(2030, 1, 1)), st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1))
)
VALUES = st.one_of(_PLANES, _CHINESE, _CHINESE, _NUMBERS.map(float), _DAYS, st.booleans())


def _check(kind: Kind, raw: Any) -> None:
    """A value that is not what was typed bears a note or a fault; an emptied cell that said something as well."""
    reading = kind.read(raw, LAST_DAY)
    assert reading.fault is None or reading.value is None
    if reading.note is not None:
        assert reading.note.level == NOTE or reading.note.code.startswith("W")
    if isinstance(raw, str) and reading.fault is None and reading.note is None:
        if isinstance(reading.value, str):
            assert reading.value == raw
        if reading.value is None:
            assert (
                not visible(raw).replace("␣", "").replace("↵", "").replace("⇥", "")
                or not raw.strip()
                or _is_unseen(raw)
            )
    if reading.note is rules.REPAIRED and isinstance(raw, str) and isinstance(reading.value, str):
        assert visible(as_typed(raw)) != reading.value  # the note shows two different things


def _is_unseen(raw: str) -> bool:
    from schemas.characters import BLANK, INVISIBLE

    return not INVISIBLE.sub("", BLANK.sub("", raw)).strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
def test_nothing_is_changed_without_a_word(kind: Kind) -> None:
    """Sixty random values a kind."""
    settings(max_examples=60, deadline=None)(given(VALUES)(lambda raw: _check(kind, raw)))()


_TYPED = "王芳李明⻢⼉\ue863\ue854Ａ１２０、，（）()·•. 　\u00a0\u200b\ufe0f✔'‘年月日号0123456789xX-/—无同上待补"


def _drawn(rng: random.Random) -> Any:
    """Return a random cell: what people type, any plane of Unicode, a number, a day."""
    length, choice = rng.randint(1, 12), rng.random()
    if choice < 0.5:
        return "".join(rng.choice(_TYPED) for _ in range(length))
    if choice < 0.7:
        codes = (rng.choice((rng.randrange(0x20, 0xD800), rng.randrange(0xE000, 0x110000))) for _ in range(length))
        return "".join(map(chr, codes))
    if choice < 0.85:
        return rng.choice((float(rng.randint(-10, 60000)), rng.uniform(-10, 60000), rng.uniform(1e15, 1e19)))
    return datetime(2000, 1, 1) + timedelta(seconds=rng.randrange(10**9))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
def test_nothing_is_changed_without_a_word_in_thousands(kind: Kind) -> None:
    """Five thousand random values a kind."""
    rng = random.Random(1)
    for _ in range(5000):
        _check(kind, _drawn(rng))


def _spoilt(rng: random.Random, share: float) -> dict[str, Any]:
    """Return the small month with a share of its cells random, but for the children's 身份证号."""
    month = copy.deepcopy(small_month())
    for book in (*month["classes"], month["school"]):
        for rows in book["sheets"].values():
            for row in rows:
                row |= {title: _drawn(rng) for title in row if title != "身份证号" and rng.random() < share}
    return month


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 40))])
def test_no_month_is_blocked_and_no_two_children_are_one(seed: int, tmp_path: Path) -> None:
    """A whole report is written whatever stands in the cells, and whoever has a number of his own stays a child."""
    rng = random.Random(seed)
    month = _spoilt(rng, rng.choice((0.05, 0.3, 0.9)))
    merged = run_month(tmp_path, month, whole=True).merged
    assert (tmp_path / "output" / "2026-10" / "上报").is_dir()
    assert len(merged.children) == len(month["classes"][0]["sheets"]["学生档案"])
    assert merged.pupil_child.is_unique
    assert set(merged.pupil_child) == set(merged.children.index)
