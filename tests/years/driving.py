"""Drive a school through its years: what the pipeline makes of its papers beside what the books have to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.measuring import measures_of
from helpers.running import run_month
from pipeline.months import history
from pipeline.publishing.balance import balances, beside_classes
from pipeline.result import Result
from schemas.class_names import class_text
from schemas.codes import GRADES
from years.books import LOST, Books, Entry, Told
from years.events import pass_month
from years.paper import Paper, as_plain, unit
from years.september import september
from years.world import World

LAST_MONTH = (2029, 7)
HOLIDAYS = (2, 7, 8)
ASKED, CLASS_LOST = ("E311", "E312"), "E313"
TOLD = (*ASKED, CLASS_LOST, "W323", "N302")


def months_of(world: World, share: float) -> Iterator[Paper]:
    """Let the years go by; yield what is handed in of each month that is reported: of teaching months this share."""
    is_first = True
    while world.month <= LAST_MONTH:
        if world.month[1] == 9 and not is_first:
            september(world)
        pass_month(world)
        if is_first or world.some(0.2 if world.month[1] in HOLIDAYS else share):
            yield world.paper()
        is_first = False
        year, number = world.month
        world.month = (year + number // 12, number % 12 + 1)


def remember_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each month's snapshot once: no month is made anew here."""
    monkeypatch.setattr(history, "read_snapshot", cache(history.read_snapshot))


class Story:
    """One school's years, month by month. `names`: whose each name is."""

    def __init__(self, base: Path) -> None:
        self.base, self.books = base, Books()
        self.names: dict[str, int] = {}
        self.lines: list[str] = []
        self.last: tuple[Paper, Told, Result]

    def tell(self, paper: Paper) -> list[str]:
        """Report a month; return where the pipeline and the books differ."""
        self.lines += [*paper.told, f"REPORT {paper.month}"]
        rows = [row for roster in paper.rosters.values() for row in roster]
        self.names |= {row.name: row.who for row in rows} | {move.name: move.who for move in paper.moves}
        told = self.books.report(paper)
        result = run_month(self.base, as_plain(paper))
        self.last = paper, told, result
        found = self.unlike(result, told)
        found += [f"lost: {o.name} of {unit(o.place)}, {o.status}" for o in self.lost(result, told, paper, self.books)]
        said = [f"{i.rule.code} {i.sentence}" for i in result.issues if i.rule.code in TOLD] if found else []
        return [f"{paper.month} {line}" for line in [*found, *said]]

    def unlike(self, result: Result, told: Told) -> list[str]:
        """Return where what the pipeline says of a month and what the books say are not the same."""
        both = self._beside(result, told)
        return [f"{what}: {self._unlike(own, want)}" for what, own, want in both if own != want]

    def _beside(self, result: Result, told: Told) -> Iterator[tuple[str, Any, Any]]:
        """Yield what the pipeline says and what the books say."""
        yield "asked for by name", self._asked(result), told.asked
        lost = {i.typed for i in result.issues if i.rule.code == CLASS_LOST}
        yield "classes that are no more", lost, {unit(place) for place in told.lost}
        missing = {c.place for c in result.turnout.classes} - result.turnout.handed_in()
        yield "classes that handed nothing in", missing, told.missing
        yield "在册", self._roll(result), told.roll()
        yield "巩固率", _kept(result), _kept_in(told)
        heads = {
            (int(r["grade"]), int(r["number"])): int(r["in_l"])
            for r in result.measured.heads.to_dict("records")
            if r["number"] and r["in_l"]
        }
        yield "在册留守", heads, {place: after for place, (_, after) in told.rolls.items() if after}
        rolls = {own.place: (own.before, own.after) for own in balances(result)}
        yield "上月在册, 本月在册", rolls, told.rolls
        both = [*balances(result), *beside_classes(result)]
        yield "balances that leave something", [b for b in both if b.difference], []
        yield "在册 of all balances", sum(b.after for b in both), sum(told.roll().values())

    def _unlike(self, own: Any, want: Any) -> str:
        names = {who: name for name, who in self.names.items()}
        if isinstance(own, Counter):
            both = [
                [names.get(key, (names.get(key[0]), *key[1:]) if isinstance(key, tuple) else key) for key in left]
                for left in (own - want, want - own)
            ]
            return f"pipeline alone {both[0]}, books alone {both[1]}"
        if isinstance(own, dict):
            keys = [key for key in {**own, **want} if own.get(key) != want.get(key)]
            return f"pipeline {[(k, own.get(k)) for k in keys]}, books {[(k, want.get(k)) for k in keys]}"
        return f"pipeline {own}, books {want}"

    def _asked(self, result: Result) -> Counter[int]:
        return Counter(self.names[str(i.words["name"])] for i in result.issues if i.rule.code in ASKED)

    def _roll(self, result: Result) -> Counter[tuple[int, tuple[int, int], str]]:
        people = result.measured.people[result.measured.people["in_l"]]
        status = result.merged.tables["pupils"].good("status")
        found = people[["row_index", "name", "grade", "number"]].itertuples(index=False)
        return Counter((self.names[name], (g, n), _word(status.at[row])) for row, name, g, n in found)

    def lost(self, result: Result, told: Told, paper: Paper, books: Books) -> Iterator[Entry]:
        """Yield who is lost: in no roster, of no class that owes one, and named in no error (contract §5)."""
        missing = {c.place for c in result.turnout.classes} - result.turnout.handed_in()
        there = {row.who for rows in paper.rosters.values() for row in rows}
        settled = {one.who for one in told.entries if one.settled} | told.gone
        asked = set(self._asked(result))
        for one in books.months[1].entries if len(books.months) > 1 else ():
            grade, number = one.place
            may_be_missing = {(grade, number), (grade + 1, number)} & missing
            if one.who not in there | settled | asked and not may_be_missing:
                yield one


def _word(value: Any) -> str:
    """Return a status; one in doubt counts as 转出未落实 does."""
    return LOST if pd.isna(value) else str(value)


def _kept(result: Result) -> dict[str, tuple[int, int]]:
    return {unit or level: share for (level, unit, figure), share in measures_of(result).items() if figure == "巩固率"}


def _kept_in(told: Told) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for (grade, number), (n, count) in told.kept().items():
        for name in ["school", GRADES[grade - 1], *([class_text((grade, number))] if number else [])]:
            old = found.get(name, (0, 0))
            found[name] = (old[0] + n, old[1] + count)
    return found
