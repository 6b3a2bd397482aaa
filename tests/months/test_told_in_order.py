"""Stories over some months in which a row of 学籍异动 takes another back, comes late, or speaks of whom nothing is known."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers.changes import share
from helpers.running import look, run_month
from helpers.sampling import some
from pipeline.result import Result
from schemas import rules
from schemas.identity import check_digit
from years.paper import Move, Paper, Place, Row, as_plain

FIRST, SECOND = (7, 1), (7, 2)
MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12")


def _id(serial: int) -> str:
    first = f"52990020130115{serial:03d}"
    return first + check_digit(first)


def _row(who: int, name: str, serial: int = 0) -> Row:
    number = _id(serial or who * 2)
    return Row(who, name, "女", date(2013, 1, 15), number, "G" + number, True, "期初在籍", None, "在读", None)


A, B, C = _row(1, "林甲禾"), _row(2, "林乙禾"), _row(3, "林丙禾")
OLD, NEW = A.id_card, _id(20)
RENUMBERED = replace(A, id_card=NEW, student_no="G" + NEW)
BARE = replace(A, id_card="", student_no="", birth=None)  # type: ignore[arg-type]
DAYS = {month: date(int(month[:4]), int(month[5:]), 8) for month in MONTHS}


def _paper(month: str, rosters: dict[Place, tuple[Row, ...]], *moves: Move, late: tuple[Place, ...] = ()) -> Paper:
    return Paper(month, (*rosters, *late), rosters, moves)


def _corrects(month: str, old: str, new: str, name: str = A.name) -> Move:
    return Move(1, DAYS[month], name, "信息更正", FIRST, new, "", old)


def _leaves(month: str, kind: str = "转出", confirmed: str = "", number: str = "") -> Move:
    return Move(1, DAYS[month], A.name, kind, FIRST, number, confirmed)


LOST = replace(A, status="转出未落实", status_on=DAYS["2026-10"])
TWIN = replace(_row(4, "林孪禾"), id_card=OLD, student_no="G" + OLD)
OWN_NUMBER = replace(TWIN, id_card=_id(30), student_no="G" + _id(30))
SEPTEMBER = _paper(MONTHS[0], {FIRST: (A, B), SECOND: (C,)})
STORIES: dict[str, tuple[list[Paper], tuple[int, int]]] = {  # what is handed in → 巩固率 in the last of the months
    "a transfer is confirmed in the row that told it": (
        [
            SEPTEMBER,
            _paper(MONTHS[1], {FIRST: (LOST, B), SECOND: (C,)}, _leaves(MONTHS[1], confirmed="否")),
            _paper(MONTHS[2], {FIRST: (LOST, B), SECOND: (C,)}, _leaves(MONTHS[1], confirmed="是")),
            _paper(MONTHS[3], {FIRST: (B,), SECOND: (C,)}),
        ],
        (2, 2),
    ),
    "an old confirmation told again settles nobody who was seen since": (
        [
            _paper(MONTHS[0], {FIRST: (A, B), SECOND: (C,)}, _leaves(MONTHS[0], confirmed="是")),
            _paper(MONTHS[1], {FIRST: (A, B), SECOND: (C,)}),
            _paper(MONTHS[2], {FIRST: (B,), SECOND: (C,)}),
            _paper(MONTHS[3], {FIRST: (B,), SECOND: (C,)}, _leaves(MONTHS[0], confirmed="是")),
        ],
        (2, 3),
    ),
    "a correction is taken back": (
        [
            SEPTEMBER,
            _paper(MONTHS[1], {FIRST: (RENUMBERED, B), SECOND: (C,)}, _corrects(MONTHS[1], OLD, NEW)),
            _paper(MONTHS[2], {FIRST: (A, B), SECOND: (C,)}, _corrects(MONTHS[2], NEW, OLD)),
        ],
        (3, 3),
    ),
    "a correction by name holds when he has moved": (
        [
            SEPTEMBER,
            _paper(MONTHS[1], {FIRST: (RENUMBERED, B), SECOND: (C,)}, _corrects(MONTHS[1], OLD, "")),
            _paper(MONTHS[2], {FIRST: (B,), SECOND: (C, RENUMBERED)}),
        ],
        (3, 3),
    ),
    "one of two who bore a number is corrected": (
        [
            _paper(MONTHS[0], {FIRST: (A, TWIN)}),
            _paper(MONTHS[1], {FIRST: (A, OWN_NUMBER)}, _corrects(MONTHS[1], OLD, _id(30), TWIN.name)),
        ],
        (2, 2),
    ),
    "whose number it truly is comes later": (
        [
            SEPTEMBER,
            _paper(MONTHS[1], {FIRST: (RENUMBERED, B), SECOND: (C,)}, _corrects(MONTHS[1], OLD, NEW)),
            _paper(MONTHS[2], {FIRST: (RENUMBERED, B), SECOND: (C, TWIN)}),
        ],
        (4, 4),
    ),
    "nothing is known but a name, month after month": (
        [_paper(month, {FIRST: (BARE, B)}) for month in MONTHS],
        (2, 2),
    ),
    "nothing was known but a name of one who has left": (
        [
            _paper(MONTHS[0], {FIRST: (BARE, B)}),
            _paper(MONTHS[1], {FIRST: (B,)}, _leaves(MONTHS[1], confirmed="是")),
            _paper(MONTHS[2], {FIRST: (B,)}),
        ],
        (1, 1),
    ),
}


def _asked(result: Result) -> list[str]:
    asked = (rules.VANISHED, rules.VANISHED_DOUBTFUL, rules.NUMBER_CORRECTED, rules.TWO_CLASSES, rules.SECOND_ROW)
    return [issue.rule.code for issue in result.issues if issue.rule in asked]


@pytest.mark.parametrize("what", some(STORIES, 3))
def test_nobody_is_asked_for_nor_counted_twice(what: str, tmp_path: Path) -> None:
    papers, kept = STORIES[what]
    for paper in papers:
        result = run_month(tmp_path, as_plain(paper))
    asked = ["E311"] if "seen since" in what else []
    assert (_asked(result), share(result, "巩固率")) == (asked, kept)


LATE: dict[str, tuple[Paper, tuple[int, int]]] = {
    "he dropped out": (_paper(MONTHS[1], {SECOND: (C,)}, _leaves(MONTHS[1], "辍学"), late=(FIRST,)), (2, 3)),
    "he left": (_paper(MONTHS[1], {SECOND: (C,)}, _leaves(MONTHS[1], confirmed="否"), late=(FIRST,)), (2, 3)),
    "he died": (_paper(MONTHS[1], {SECOND: (C,)}, _leaves(MONTHS[1], "死亡"), late=(FIRST,)), (2, 2)),
    "he moved": (_paper(MONTHS[1], {SECOND: (C, A)}, late=(FIRST,)), (3, 3)),
}


@pytest.mark.parametrize("what", some(LATE, 2))
def test_a_late_class_is_given_a_template_that_knows_what_was_said_meanwhile(what: str, tmp_path: Path) -> None:
    """Handed back untouched it brings nobody back as 在读, and doubles nobody."""
    paper, kept = LATE[what]
    run_month(tmp_path, as_plain(SEPTEMBER))
    run_month(tmp_path, as_plain(paper), whole=True)
    shutil.copytree(tmp_path / "output" / MONTHS[1] / "下月模板", tmp_path / "input" / MONTHS[2])
    result = look(tmp_path, MONTHS[2])
    assert (_asked(result), share(result, "巩固率")) == ([], kept)
