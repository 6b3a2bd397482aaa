"""What was seen in a source and not filled in: one line of 没有填的, and the comment of the cell that stays empty."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """A cell of a source that was not filled in: where it stands, whose it is, what was seen (masked), and why.

    `cells`: the columns of ours that stay empty for it; `note`: what is said there, "" where they do not.
    """

    file: str
    sheet: str
    row: int
    whose: str
    item: str
    seen: str
    because: str
    class_name: str = ""
    cells: tuple[str, ...] = ()
    note: str = ""
