"""A district's month: its schools, their sums, how they stand and rank, and the month before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from pipeline.county.gather import Gathered
from pipeline.county.records import Number, School
from pipeline.county.timeliness import Standing, standing_of
from pipeline.model import Month
from schemas.bureau_layout import due_of, n_of
from schemas.county_layout import MONEY

Shares = Mapping[str, tuple[int, int]]  # figure → (n, N)


@dataclass(frozen=True)
class Before:
    """The latest earlier month of the 学年: its name, and its schools by code."""

    month: str
    schools: Mapping[str, School]


@dataclass(frozen=True, eq=False)
class District:
    """A district's month. `earlier`: month → its shares, of the months before; `before`: the schools of the latest.

    `deadline`: the last day in time; `day`: as of which it is told; `reply_by`: by when what is lacking has to come.
    `folder`: where its workbook will lie.
    """

    name: str
    month: Month
    gathered: Gathered
    earlier: Mapping[str, Shares]
    deadline: date
    day: date
    reply_by: date
    before: Before | None = None
    folder: Path | None = None
    _ranks: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def done(self) -> list[School]:
        return [school for school in self.gathered.schools if school.counts]

    @property
    def is_complete(self) -> bool:
        """Tell whether every school that was due handed in, with every class, and no file is left over."""
        schools = self.gathered.schools
        return bool(schools) and self.gathered.is_whole and all(s.counts and s.is_complete for s in schools)

    @cached_property
    def counties(self) -> list[str]:
        """The counties that have schools here; a province has more than one."""
        return sorted({school.county for school in self.gathered.schools if school.county})

    @property
    def is_province(self) -> bool:
        return len(self.counties) > 1

    def of_county(self, county: str) -> list[School]:
        """Return the schools of a county."""
        return [school for school in self.gathered.schools if school.county == county]

    def of(self, *states: str) -> list[School]:
        """Return the schools in some states."""
        return [school for school in self.gathered.schools if school.state in states]

    def standing(self, schools: Iterable[School] | None = None) -> Standing:
        """Count some schools, or all, by state."""
        own = self.gathered.schools if schools is None else schools
        return standing_of(own, has_list=self.gathered.has_list)

    def sum(self, key: str, schools: Sequence[School] | None = None) -> Number:
        own = self.done if schools is None else schools
        return sum((school.numbers.get(key, 0) for school in own), Decimal(0) if key in MONEY else 0)

    def share(self, key: str, schools: Sequence[School] | None = None) -> tuple[int, int]:
        """Return n and N of a share, over some schools or all that handed in."""
        n, due = (int(self.sum(of(key), schools)) for of in (n_of, due_of))
        return n, due

    def ranks(self, key: str) -> Mapping[str, int]:
        """Return school code → rank by a figure, of the schools with every class in; one without any N has none."""
        if key not in self._ranks:
            self._ranks[key] = ranked({s.code: s.share(key) for s in self.done if s.is_whole})
        return self._ranks[key]

    def county_ranks(self, key: str) -> Mapping[str, int]:
        """Return county → rank by a figure."""
        return ranked({county: self.share(key, self._counted(county)) for county in self.counties})

    def _counted(self, county: str) -> list[School]:
        return [school for school in self.of_county(county) if school.counts]

    @cached_property
    def alike(self) -> list[School]:
        """The schools that handed in the same classes this month and the month before."""
        return [school for school in self.done if self._is_alike(school)]

    @cached_property
    def _alike_codes(self) -> frozenset[str]:
        return frozenset(school.code for school in self.alike)

    def _is_alike(self, school: School) -> bool:
        then = self.before.schools.get(school.code) if self.before else None
        if then is None or not then.counts:
            return False
        if school.classes_in and then.classes_in:
            return school.classes_in == then.classes_in
        return school.count("classes_done") == then.count("classes_done")

    def pair(self, key: str, schools: Sequence[School]) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return (n, N) of a share now and the month before, both over those of the schools that are alike."""
        if self.before is None:
            return (0, 0), (0, 0)
        own = [school for school in schools if school.code in self._alike_codes]
        return self.share(key, own), self.share(key, [self.before.schools[school.code] for school in own])


def ranked(shares: Shares) -> dict[str, int]:
    """Return key → rank by the exact rate, the same for the same rate: 1, 1, 3. What has no N has no rank."""
    rates = {key: Fraction(*share) for key, share in shares.items() if share[1]}
    first: dict[Fraction, int] = {}
    for place, rate in enumerate(sorted(rates.values(), reverse=True), start=1):
        first.setdefault(rate, place)
    return {key: first[rate] for key, rate in rates.items()}
