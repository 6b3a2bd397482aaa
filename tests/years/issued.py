"""What the templates of a later month have to hold, by the books: who stands in which, as what (contract §1, §8.4)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

from years.books import DOUBT, GONE, Books, Entry, Month, Now, Told, school_year
from years.paper import Paper, Place, Row


@dataclass(frozen=True)
class Issued:
    """The templates of a month, handed back as they are. `paper`: what they say; `told`: what it leaves to tell.

    `declared`: classes that declare nobody of a kind, while their template holds some: (class, kind).
    `doubted`: whose 学籍状态 nobody can say, so that the cell is empty; `twins`: who is asked for beside a row that looks
    like him; `unsettled`: of whom nobody could say what has become of him when the templates were written.
    """

    paper: Paper
    told: Told
    books: Books
    declared: frozenset[tuple[Place, str]]
    doubted: frozenset[int]
    unsettled: frozenset[int]
    twins: frozenset[int]


def issued(books: Books, paper: Paper, told: Told, to: str, *, is_ticked: bool) -> Issued:
    """Return the templates that the report of `paper` gives for the month `to`. `is_ticked`: 本月名册无变化=是."""
    is_new = school_year(to) > school_year(paper.month)
    up = int(is_new)
    due = {*paper.listed, *paper.rosters, *told.lost}
    leaving = {9} if 7 in {grade for grade, _ in due} else {6, 9}
    rows: dict[Place, list[Row]] = {
        (grade + up, number): [] for grade, number in due if not (is_new and grade in leaving)
    }
    here, twins = standing(books, paper)
    for one in here:
        place = (one.place[0] + up, one.place[1])
        if place in rows:
            rows[place].append(row_of(one))
    zero = {(grade + up, number) for (grade, number), own in paper.rosters.items() if not own}
    listed = tuple(sorted(p for p in {(grade + up, number) for grade, number in paper.listed} if p in rows))
    declared = {(place, "留守儿童数" if row.is_left_behind else "潜能生数") for place in zero & {*rows} for row in rows[place]}
    empty = {place for place, own in rows.items() if not own}
    silent = empty - zero
    if is_ticked:  # such a roster stands for the last one, be it of nobody, if a month has one (DECISIONS 60)
        silent -= {place for month in books.past(to) for place in month.handed}
    rosters = {place: tuple(own) for place, own in sorted(rows.items()) if place not in silent}
    handed = Paper(to, listed, rosters, ())
    later = deepcopy(books)
    doubted = frozenset(row.who for own in rosters.values() for row in own if row.status == DOUBT)
    last = later.report(handed)
    shown = {row.who for own in rosters.values() for row in own}  # who belongs to his grade alone stands in no template
    asked = frozenset(one.who for one in twins if last.asked[one.who] and one.who in shown)
    unsettled = frozenset(one.who for one in here if not one.settled)
    return Issued(handed, last, later, frozenset(declared), doubted, unsettled, asked)


def standing(books: Books, paper: Paper) -> tuple[list[Entry], list[Entry]]:
    """Return everybody who is to stand in a template, once, where he was last, as what he goes on; and the twins.

    A child of a class that was silent goes by what newer months say of him. A twin looks like a corrected number: he
    stands in no template, and is asked for beside the row that looks like him, until somebody says who it is.
    """
    past = books.past(paper.month)
    known = books.known(past)
    now = Now(Paper(paper.month, paper.listed, {}, ()), past, known, books.same)
    found = []
    for person, (month, last) in known.items():
        status = last.status
        if month.is_past and status in GONE:  # as `absent` has it: who had left then is nobody's child any more
            continue
        if month is not past[0]:
            said = now.said(person, month, last)
            status = said.status if said.status and not said.is_open else status
        if status not in GONE:
            found.append((month, replace(last, status=status)))
    twins = [one for month, one in found if _has_twin(one, month, found)]
    return [one for _, one in found if one not in twins], twins


def _has_twin(one: Entry, month: Month, found: list[tuple[Month, Entry]]) -> bool:
    """Tell whether one who is missing, or whose class is silent, looks like a newer one: his name, another number."""
    if one.settled and one.seen != month.month:
        return False
    return any(
        other.who == one.who and other.name == one.name and other.number != one.number and other.seen > one.seen
        for _, other in found
    )


def row_of(one: Entry) -> Row:
    """Return a child's row as far as the books read one."""
    return Row(one.who, one.name, "", None, one.number, "", one.is_left_behind, "期初在籍", None, one.status, None)  # type: ignore[arg-type]
