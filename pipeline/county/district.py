"""A district's month: its schools, and their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.county.gather import Gathered
from pipeline.county.records import Number, School
from pipeline.model import Month
from schemas.bureau_layout import due_of, n_of
from schemas.county_layout import MONEY

Shares = Mapping[str, tuple[int, int]]  # figure → (n, N)


@dataclass(frozen=True)
class District:
    """A district's month. `earlier`: month → its shares, of the months before."""

    name: str
    month: Month
    gathered: Gathered
    earlier: Mapping[str, Shares]

    @property
    def done(self) -> list[School]:
        return [school for school in self.gathered.schools if school.counts]

    @property
    def is_complete(self) -> bool:
        """Tell whether every school that was due handed in, with every class, and no file is left over."""
        schools = self.gathered.schools
        return bool(schools) and self.gathered.is_whole and all(s.counts and s.is_complete for s in schools)

    def sum(self, key: str, schools: Sequence[School] | None = None) -> Number:
        own = self.done if schools is None else schools
        return sum((school.numbers.get(key, 0) for school in own), Decimal(0) if key in MONEY else 0)

    def share(self, key: str, schools: Sequence[School] | None = None) -> tuple[int, int]:
        """Return n and N of a share, over some schools or all that handed in."""
        n, due = (int(self.sum(of(key), schools)) for of in (n_of, due_of))
        return n, due
