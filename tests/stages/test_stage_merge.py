"""merge: every record is tied to the child that it names, or told why it is not."""

from __future__ import annotations

import random
from typing import Any

import pytest

from helpers.beside import beside
from helpers.small import NAMES, id_card, pupil, small_month
from helpers.staged import Staged, codes
from pipeline.children.roster import NOBODY
from schemas import rules


def _with_two_of_a_name() -> dict[str, Any]:
    month = small_month()
    month["classes"][0]["sheets"]["学生档案"].append(pupil(NAMES[0], 4))
    return month


NUMBER = {name: "G" + id_card(pupil(name, serial)["出生日期"], serial) for serial, name in enumerate(NAMES, start=1)}
SECOND = pupil(NAMES[0], 4)["学籍号"]

# what a talk names, whose it is (row of 学生档案, None: nobody's), what is told; 李小禾 is there twice
NAMED: tuple[tuple[str, str, int | None, str], ...] = (
    (NAMES[1], "", 1, ""),
    (NAMES[1], NUMBER[NAMES[1]], 1, ""),
    (NAMES[0], NUMBER[NAMES[0]], 0, ""),
    (NAMES[0], SECOND, 3, ""),
    (NAMES[0], "", None, rules.NAMESAKES.code),
    (NAMES[1], NUMBER[NAMES[2]], None, rules.WRONG_STUDENT_NO.code),
    ("查无此人", "", None, rules.UNKNOWN_CHILD.code),
)


@pytest.mark.parametrize(("name", "number", "whose", "code"), NAMED)
def test_a_record_is_the_childs_whom_it_names(name: str, number: str, whose: int | None, code: str) -> None:
    month = _with_two_of_a_name()
    talks = month["classes"][0]["sheets"]["谈心记录"]
    del talks[1:]
    talks[0] |= {"学生姓名": name, "学籍号": number}
    merged, issues = Staged(month).merged
    child = merged.child_of["talks"].at[0]
    assert child == (NOBODY if whose is None else merged.pupil_child.at[whose])
    assert {told for told, sheet, _ in codes(issues) if sheet == "谈心记录"} == ({code} if code else set())


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_records_is_nothing_to_whose_they_are(seed: int) -> None:
    """Each record, known by its words, is the same child's wherever it stands."""
    whose = []
    for shuffled in (False, True):
        month = _with_two_of_a_name()
        rows = month["classes"][0]["sheets"]["家校联系"]
        for number, row in enumerate(rows):
            row |= {"情况摘要": f"第{number}次", "学籍号": NUMBER[row["学生姓名"]]}
        if shuffled:
            random.Random(seed).shuffle(rows)
        merged, _ = Staged(month).merged
        numbers = merged.tables["pupils"].values["student_no"].loc[merged.children["row_index"]]
        by_child = dict(zip(merged.children.index, numbers, strict=True))
        words = merged.tables["contacts_log"].values["summary"]
        whose.append(
            {word: by_child[child] for word, child in zip(words, merged.child_of["contacts_log"], strict=True)}
        )
    assert whose[0] == whose[1]
    assert len(set(whose[0].values())) == 3


def test_one_row_a_child_and_a_child_of_two_classes_once() -> None:
    """A second row counts for nothing; a child on two rosters is one, in error on both."""
    month = beside([small_month(), small_month()])
    first, second = (book["sheets"]["学生档案"] for book in month["classes"])
    second.append(dict(first[0]))
    merged, issues = Staged(month).merged
    assert len(merged.children) == 6
    assert merged.children.index.is_unique
    assert merged.pupil_child.nunique() == 6
    assert [issue.rule for issue in issues if issue.rule is rules.TWO_CLASSES] == [rules.TWO_CLASSES] * 2


def test_a_list_of_names_is_who_took_part() -> None:
    """全体 is everyone, names are those, an unknown one is told and costs nobody else."""
    month = small_month()
    acts = month["classes"][0]["sheets"]["活动记录"]
    acts.append(acts[0] | {"活动类型": "主题班会", "活动名称": "班会", "参加学生": f"{NAMES[1]}、查无此人"})
    merged, issues = Staged(month).merged
    assert {code for code, sheet, _ in codes(issues) if sheet == "活动记录"} == {rules.UNKNOWN_IN_LIST.code}
    attended = merged.own_attendance.who
    assert sorted(attended.groupby("kind")["child"].nunique().items()) == [("主题班会", 1), ("留守儿童会", 3)]
