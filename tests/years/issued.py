"""What the templates of a later month have to hold, by the books: who stands in which, as what (contract §1, §8.4)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from years.books import DOUBT, GONE, Books, Entry, Month, Now, Told, school_year
from years.paper import Paper, Place, Row


@dataclass(frozen=True)
class Issued:
    """The templates of a month, handed back as they are. `paper`: what they say; `told`: what it leaves to tell.

    `empty`: classes whose template holds nobody; `doubted`: whose 学籍状态 nobody can say, so that the cell is empty.
    """

    paper: Paper
    told: Told
    books: Books
    empty: frozenset[Place]
    doubted: frozenset[int]


def issued(books: Books, paper: Paper, told: Told, to: str, *, is_ticked: bool) -> Issued:
    """Return the templates that the report of `paper` gives for the month `to`. `is_ticked`: 本月名册无变化=是."""
    is_new = school_year(to) > school_year(paper.month)
    up = int(is_new)
    due = {*paper.listed, *paper.rosters, *told.lost}
    leaving = {9} if 7 in {grade for grade, _ in due} else {6, 9}
    rows: dict[Place, list[Row]] = {
        (grade + up, number): [] for grade, number in due if not (is_new and grade in leaving)
    }
    for one in standing(books, paper):
        place = (one.place[0] + up, one.place[1])
        if place in rows:
            rows[place].append(row_of(one))
    zero = {(grade + up, number) for (grade, number), own in paper.rosters.items() if not own}
    listed = tuple(sorted(p for p in {(grade + up, number) for grade, number in paper.listed} if p in rows))
    empty = {place for place, own in rows.items() if not own}
    silent = empty - zero
    if is_ticked:  # such a roster stands for the last one, if a month knows one (DECISIONS 60)
        silent -= {one.place for month in books.past(to) for one in month.entries}
    rosters = {place: tuple(own) for place, own in sorted(rows.items()) if place not in silent}
    handed = Paper(to, listed, rosters, ())
    later = deepcopy(books)
    doubted = frozenset(row.who for own in rosters.values() for row in own if row.status == DOUBT)
    return Issued(handed, later.report(handed), later, frozenset(empty), doubted)


def standing(books: Books, paper: Paper) -> list[Entry]:
    """Return everybody who is to stand in a template, once, where he was last, as what he goes on.

    A child of a class that was silent goes by what newer months say of him. One who looks like a corrected number
    stands in no template of his own: he is asked for beside the row that looks like him, until somebody says who it is.
    """
    past = books.past(paper.month)
    known = books.known(past)
    now = Now(Paper(paper.month, paper.listed, {}, ()), past, known, books.same)
    found = []
    for person, (month, last) in known.items():
        status = last.status
        if month is not past[0]:
            said = now.said(person, month, last)
            status = said.status if said.status and not said.is_open else status
        was_settled = last.settled and last.seen != month.month
        if status not in GONE and (was_settled or not _has_twin(person[1], last, past[0])):
            found.append(Entry(**{**vars(last), "status": status}))
    return found


def _has_twin(number: str, last: Entry, month: Month) -> bool:
    """Tell whether one who is missing looks like a row of a roster: the same name, another number."""
    return last.seen != month.month and any(
        one.who == last.who and one.name == last.name and one.number != number and one.seen == month.month
        and one.status not in GONE
        for one in month.entries
    )


def row_of(one: Entry) -> Row:
    """Return a child's row as far as the books read one."""
    return Row(one.who, one.name, "", None, one.number, "", one.is_left_behind, "期初在籍", None, one.status, None)  # type: ignore[arg-type]
