"""Stories of a class over some months, told side by side: all of them are one school, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.beside import beside, issues_beside, measures_beside, place
from helpers.changes import TOLD, Change
from helpers.running import month_of, run_month
from pipeline.model import Issue
from pipeline.result import Result

MONTHS = ("2026-09", "2026-10", "2026-11")
Story = Sequence[Change]  # how the class differs from the small one: in September, in October, in November


def as_ever(plain: dict[str, Any]) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class Seen:
    """What a month says of the class of one story."""

    result: Result
    number: int

    @property
    def issues(self) -> list[Issue]:
        """What is told of the class and its children."""
        return issues_beside(self.result, self.number)

    @property
    def told(self) -> list[str]:
        """The codes of what is told of earlier months."""
        return sorted(issue.rule.code for issue in self.issues if issue.rule.code in TOLD)

    @property
    def errors(self) -> list[str]:
        """The codes of the errors."""
        return sorted(issue.rule.code for issue in self.issues if issue.rule.level == "错误")

    @property
    def heads(self) -> Mapping[str, int]:
        """The head counts."""
        heads = self.result.measured.heads
        own: Mapping[str, int] = heads[heads["number"] == self.number + 1].iloc[0]
        return own

    @property
    def shares(self) -> dict[str, tuple[int, int]]:
        """Figure → (n, N)."""
        return measures_beside(self.result, self.number)

    @property
    def place(self) -> str:
        """The class."""
        return place(self.number)


class Stories:
    """The months of all stories."""

    def __init__(self, base: Path, stories: Mapping[str, Story]) -> None:
        self._numbers = {key: number for number, key in enumerate(stories)}
        self._results = []
        for order, text in enumerate(MONTHS[: max(map(len, stories.values()))]):
            changes = [story[order] if order < len(story) else as_ever for story in stories.values()]
            self._results.append(run_month(base, beside(month_of(text, change) for change in changes)))

    def __call__(self, key: str, month: int) -> Seen:
        """Return what the month of this number says of a story."""
        return Seen(self._results[MONTHS_OF[month]], self._numbers[key])


MONTHS_OF = {int(text[5:]): order for order, text in enumerate(MONTHS)}
