"""A hint: words as they may be quoted anywhere, and as the teacher may see them in his own workbook."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.checks.known import At, Known
from schemas.kinds import mask_number

Said = tuple[str, str]  # as it may be quoted, and in full
Hint = Callable[[Known, At], Said]
NOTHING: Said = ("", "")


def masked(template: str, **values: str) -> Said:
    """Return a hint; `value` is a personal number, which is masked where it is quoted."""
    shown = {key: mask_number(text) if key == "value" else text for key, text in values.items()}
    return template.format(**shown), template.format(**values)


def openly(template: str, **values: str) -> Said:
    """Return a hint that holds nobody's number."""
    told = template.format(**values)
    return told, told
