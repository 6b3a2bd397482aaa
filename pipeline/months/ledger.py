"""The ledger of explanations: what was explained so far, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from schemas import frames


@dataclass(frozen=True)
class Explained:
    """One explanation: the rule's code, the class and the month that gave it, and the words ("" withdrawn)."""

    rule: str
    place: str
    month: str
    words: str


Ledger = Mapping[str, Explained]  # key of the problem → its explanation


def ledger_frame(ledger: Ledger) -> pd.DataFrame:
    """Return the ledger as it is kept: one row an explanation."""
    rows = [(key, e.rule, e.place, e.month, e.words) for key, e in sorted(ledger.items())]
    return frames.LEDGER.checked(pd.DataFrame(rows, columns=list(frames.LEDGER.columns), dtype="str"))
