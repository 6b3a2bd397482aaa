"""Stories that the drawn years came upon, told by hand: two to four months each, the books beside the pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers.sampling import some
from schemas.identity import check_digit
from years.driving import Story, remember_snapshots
from years.paper import Move, Paper, Place, Row

A, B, C = (7, 1), (7, 2), (7, 3)
UP, UP_B, TOP, TOP_UP = (8, 1), (8, 2), (9, 1), (10, 1)
GIVEN = "甲乙丙丁戊己"


def number(who: int, serial: int) -> str:
    body = f"52990020130{who:d}15{serial:03d}"
    return body + check_digit(body)


def child(who: int, serial: int = 0, **cells: object) -> Row:
    """Return a child's row. `serial`: of his identity number."""
    known = number(who, 2 * who + 20 * serial)
    name = f"林{GIVEN[who - 1]}禾"
    row = Row(who, name, "女", date(2013, who, 15), known, f"G{known}", True, "期初在籍", None, "在读", None)
    return replace(row, **cells)  # type: ignore[arg-type]


def move(who: int, day: date, kind: str, place: Place, *, confirmed: str = "", is_named: bool = False) -> Move:
    """Return a row of 学籍异动 (`is_named`: by name and class alone)."""
    row = child(who)
    return Move(who, day, row.name, kind, place, "" if is_named else row.id_card, confirmed)


def paper(month: str, rosters: dict[Place, list[Row]], *moves: Move, listed: tuple[Place, ...] = ()) -> Paper:
    """Return a month's paper; `listed`: further classes of 班级一览, which hand in nothing."""
    kept = {place: tuple(rows) for place, rows in rosters.items()}
    return Paper(month, tuple(sorted({*kept, *listed})), kept, moves)


def corrected(now: Row, then: Row) -> Move:
    """Return the row 信息更正 that says who a row of a roster is."""
    return Move(now.who, date(2026, 10, 5), now.name, "信息更正", A, now.id_card, "", then.id_card)


X, Y, Z, W = child(1), child(2), child(3), child(4)
CALLED, NUMBERED = child(1, name="林申禾"), child(1, 1, name="林申禾")
GONE_IN_MAY, IN_JULY = date(2027, 5, 12), date(2027, 7, 12)
OUT, LEAVE = "转出", "休学"

STORIES: dict[str, list[Paper]] = {
    # Missing since May, told all along; in September the school writes when he left: in May.
    "the true day of a departure, told after the summer": [
        paper("2027-04", {A: [X, Y]}),
        paper("2027-06", {A: [Y]}),
        paper("2027-09", {UP: [Y]}, move(1, GONE_IN_MAY, OUT, A, confirmed="是")),
    ],
    # The class hands in nothing in June; June's 学籍异动 says that he left in April.
    "a row of a month without the class, over the summer": [
        paper("2027-03", {A: [X, Y], B: [Z]}),
        paper("2027-04", {A: [Y], B: [Z]}),
        paper("2027-06", {B: [Z]}, move(1, date(2027, 4, 20), OUT, A, confirmed="是"), listed=(A,)),
        paper("2027-09", {UP: [Y], UP_B: [Z]}),
    ],
    # Confirmed in July; September's roster still shows him.
    "a departure of July and a roster of September": [
        paper("2027-06", {A: [X, Y]}),
        paper("2027-09", {UP: [X, Y]}, move(1, IN_JULY, OUT, A, confirmed="是")),
    ],
    # 休学 of last spring held to the end of the 学年: asked for in September, and in October as well.
    "last spring's row in the second month of a 学年": [
        paper("2027-04", {A: [X, Y]}),
        paper("2027-06", {A: [Y]}, move(1, GONE_IN_MAY, LEAVE, A)),
        paper("2027-09", {UP: [Y]}),
        paper("2027-10", {UP: [Y]}),
    ],
    # A newcomer whom no roster ever held leaves as well: his row makes the other's own row no worse.
    "a row of someone whom the books never knew": [
        paper("2026-09", {A: [X, Y]}),
        paper(
            "2026-11",
            {A: [Y]},
            move(1, date(2026, 10, 8), OUT, A, confirmed="是"),
            move(3, date(2026, 10, 20), OUT, A, confirmed="是", is_named=True),
        ),
    ],
    # 毕业 of July is written in September: of last year's 九年级(1)班, not of this year's.
    "rows of those who graduated, and a new class of that name": [
        paper("2027-06", {UP: [X, Y], TOP: [Z], A: [W]}),
        paper(
            "2027-09",
            {TOP: [Y], UP: [W]},
            move(1, IN_JULY, OUT, UP, confirmed="是"),
            move(3, IN_JULY, "毕业", TOP, is_named=True),
        ),
    ],
    # Moved inside the school, written as 转出 and 转入 of one day, by name; the old class lists him once more.
    "in two rosters, moved by two rows": [
        paper("2026-09", {A: [X, Y], B: [Z]}),
        paper(
            "2026-10",
            {A: [X, Y], B: [Z, replace(X, joined_on=date(2026, 10, 8))]},
            move(1, date(2026, 10, 8), OUT, A, confirmed="是", is_named=True),
            move(1, date(2026, 10, 8), "转入", B, is_named=True),
        ),
    ],
    # Two numbers, a child kept and a new one; 信息更正 comes in a month in which no roster holds him.
    "a correction in a month without the child": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [child(1, 1), Y]}),
        paper(
            "2026-11",
            {A: [Y]},
            replace(move(1, date(2026, 11, 5), "信息更正", A), id_card=child(1, 1).id_card, old_number=X.id_card),
        ),
    ],
    # Another name by a row, another number by a later one: the months of the first name are his as well.
    "a name corrected, and then the number": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [CALLED, Y]}, corrected(CALLED, X)),
        paper("2026-11", {A: [NUMBERED, Y]}),
        paper("2026-12", {A: [NUMBERED, Y]}, corrected(NUMBERED, X)),
    ],
    # The same, but nobody has written a row of the name: his number and his birth date were the same.
    "a name corrected without a row, and then the number": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [CALLED, Y]}),
        paper("2026-11", {A: [NUMBERED, Y]}, corrected(NUMBERED, X)),
    ],
    # Her class hands in nothing in the month whose row tells the new name.
    "a name corrected without the class, and then the number": [
        paper("2026-09", {A: [X, Y], B: [Z]}),
        paper("2026-10", {B: [Z]}, corrected(CALLED, X), listed=(A,)),
        paper("2026-11", {A: [NUMBERED, Y], B: [Z]}, corrected(NUMBERED, X)),
    ],
    # Gone; somebody of her name, by another number, comes in by a row that has no number.
    "one who has gone, and her name comes in": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [Y]}, move(1, date(2026, 10, 8), OUT, A, confirmed="是")),
        paper(
            "2026-11",
            {A: [child(1, 1, joined_how="转入", joined_on=date(2026, 11, 9)), Y]},
            move(1, date(2026, 11, 9), "返校", A, is_named=True),
        ),
    ],
    # His row has a slip: a class that is not his, or a number that nobody has. Nobody else has the name.
    "a departure with a slip in the class": [
        paper("2026-10", {A: [X, Y], B: [Z]}),
        paper("2026-11", {A: [Y], B: [Z]}, move(1, date(2026, 11, 3), OUT, B, confirmed="是", is_named=True)),
    ],
    "a departure with a slip in the number": [
        paper("2026-10", {A: [X, Y]}),
        paper("2026-11", {A: [Y]}, replace(move(1, date(2026, 11, 3), OUT, A, confirmed="是"), id_card=number(1, 991))),
    ],
    "a departure by the class into which hers was merged": [
        paper("2026-10", {A: [X, Y], B: [Z]}),
        paper("2026-11", {B: [Y, Z]}),
        paper("2026-12", {B: [Y, Z]}, move(1, date(2026, 12, 3), OUT, B, confirmed="是", is_named=True)),
    ],
    # Twice in August, kept in 八年级 by the old number and in 九年级 by the new; she has left with the 九年级.
    "a correction after the summer of one who was there twice": [
        paper("2027-05", {UP: [X, Y], TOP: [Z]}),
        paper("2027-06", {UP: [Y], TOP: [child(1, 1), Z]}),
        paper("2027-09", {TOP: [Y], UP: [W]}, replace(corrected(child(1, 1), X), day=date(2027, 9, 10))),
    ],
    # Missing since the spring of one 学年, told all through the next; a row of its July names the class of that year.
    "a row of last year's class, of one whom it never held": [
        paper("2027-05", {(6, 1): [X, Y], A: [Z]}),
        paper("2027-06", {(6, 1): [Y], A: [Z]}),
        paper("2027-10", {A: [Y], UP: [Z]}),
        paper("2028-09", {UP: [Y], TOP: [Z]}, move(1, date(2028, 7, 25), OUT, A, confirmed="是", is_named=True)),
    ],
    # Two entries of one name, a number corrected and never told; her row names the class of last year, in both months.
    "a bare name that two entries have, the month after": [
        paper("2027-04", {A: [X, Y]}),
        paper("2027-05", {A: [child(1, 1), Y]}),
        paper("2027-09", {UP: [Y]}, move(1, date(2027, 7, 27), "疑似辍学", A, is_named=True)),
        paper("2027-10", {UP: [Y]}, move(1, date(2027, 7, 27), "疑似辍学", A, is_named=True)),
    ],
    # The name was never told, and no roster had it beside the old number: the birth date says who he is.
    "a name corrected in silence, and then the number": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [NUMBERED, Y]}, corrected(NUMBERED, X)),
    ],
    # Both at once, by two rows: no roster ever had the new name beside the old number.
    "a name and a number corrected in one month": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [NUMBERED, Y]}, corrected(CALLED, X), corrected(NUMBERED, X)),
    ],
    # His class is no more, so that his grade has him: the row of September named the class that he would be in.
    "a row of a class that is no more, in the second month": [
        paper("2027-03", {A: [X, Y], B: [Z]}),
        paper("2027-04", {A: [Y], B: [Z]}),
        paper(
            "2027-09",
            {UP_B: [Y, Z]},
            move(1, date(2027, 8, 24), "返校", A, is_named=True),
            move(1, date(2027, 9, 3), OUT, UP, confirmed="是", is_named=True),
        ),
        paper("2027-10", {UP_B: [Y, Z]}),
    ],
    # Shown as 转出未落实 since July; in October the other school confirms it, with the day on which she went.
    "a departure of July that is confirmed in October": [
        paper("2027-06", {A: [X, Y]}),
        paper("2027-09", {UP: [replace(X, status="转出未落实", status_on=IN_JULY), Y]}),
        paper(
            "2027-10",
            {UP: [replace(X, status="转出未落实", status_on=IN_JULY), Y]},
            move(1, IN_JULY, OUT, A, confirmed="是"),
        ),
    ],
    # Gone by her own row; her class is merged into another, and the confirmation still speaks of the old one.
    "a confirmation that names a class that has been merged": [
        paper("2026-10", {A: [X, Y], B: [Z]}),
        paper("2026-11", {B: [replace(X, status="转出未落实", status_on=date(2026, 11, 6)), Y, Z]}),
        paper(
            "2026-12",
            {B: [replace(X, status="转出未落实", status_on=date(2026, 11, 6)), Y, Z]},
            move(1, date(2026, 12, 4), OUT, A, confirmed="是", is_named=True),
        ),
    ],
    # The same of one whom her new class shows as here: she may have gone from the one to the other.
    "a departure from the class before, of one who is here": [
        paper("2026-10", {A: [X, Y], B: [Z]}),
        paper("2026-11", {A: [Y], B: [X, Z]}, move(1, date(2026, 11, 4), OUT, A, confirmed="是", is_named=True)),
    ],
    # 辍学 she stays, although another's row of that class, by a name that nobody knows, may be hers.
    "辍学, and a row of a name that nobody has": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [Y]}, move(1, date(2026, 10, 8), "辍学", A)),
        paper("2027-09", {UP: [Y]}, move(5, date(2027, 9, 8), "疑似辍学", UP, is_named=True)),
    ],
    # The school's 学籍异动 lists all rows of the 学年; he came back without a row, and is there two months.
    "a list of all the year's rows, and one who came back": [
        paper("2026-09", {A: [X, Y]}),
        paper("2026-10", {A: [Y]}, move(1, date(2026, 10, 8), OUT, A, confirmed="是")),
        paper("2026-11", {A: [X, Y]}, move(1, date(2026, 10, 8), OUT, A, confirmed="是")),
        paper("2026-12", {A: [X, Y]}, move(1, date(2026, 10, 8), OUT, A, confirmed="是")),
    ],
    # A class is closed; the one who is in no other has left, confirmed.
    "the balance of a class that is closed, with a leaver": [
        paper("2026-09", {A: [X, Y], B: [Z]}),
        paper("2026-10", {B: [Y, Z]}, move(1, date(2026, 10, 8), OUT, A, confirmed="是")),
    ],
    # Left in spring by the roster; the class hands in nothing after, and over the summer gets another number.
    "the balance of a class that is no more, with one who left long before": [
        paper("2027-03", {A: [X, Y], B: [Z, W]}),
        paper("2027-04", {A: [replace(X, status="转出已确认", status_on=date(2027, 4, 2)), Y]}, listed=(B,)),
        paper("2027-09", {(8, 3): [Y], UP_B: [Z, W]}),
    ],
    # Moved to 九年级 while his old class handed in nothing, and gone with it.
    "the balance of a class whose child left with another": [
        paper("2027-05", {A: [X, Y], TOP: [Z]}),
        paper("2027-06", {TOP: [X, Z]}, listed=(A,)),
        paper("2027-09", {UP: [Y], A: [W]}),
    ],
}


@pytest.mark.parametrize("what", some(STORIES, 5))
def test_the_books_and_the_pipeline_tell_the_same(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember_snapshots(monkeypatch)
    story = Story(tmp_path)
    unlike = [line for one in STORIES[what] for line in story.tell(one)]
    assert not unlike, "\n".join(unlike)
