"""Every defect of `schemas.defects`, planted into the filled templates of a clean month, and what must be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from helpers.small import NAMES, card, pupil
from plants.base import CARDS, HOME, PAIRS, PUPILS, TALKS, Plant, cell, row_of, typed
from plants.cells import cells_typed, dates
from plants.files import files_changed
from plants.names import names
from plants.numbers import numbers
from plants.registers import registers
from plants.sheets import sheets_changed
from schemas import rules


def _declared() -> Iterator[Plant]:
    """The examples of rules across sheets, as they are declared (schemas/rules/across.py)."""
    for rule in rules.ACROSS:
        example = rule.example
        sheet, _, title = example.place.partition("·")
        if rule.slip and title:
            beside = {(*place.split("·"), example.row): text for place, text in example.beside}
            told = ((rule, sheet, cell(sheet, title, example.row)),)
            yield Plant(rule.slip.key, told, {(sheet, title, example.row): example.wrong} | beside)


def _cross() -> Iterator[Plant]:
    yield from typed("siblings", CARDS, "监护人身体状况", "患病", row=2)
    yield from typed("before_birth", PAIRS, "结对日期", date(2015, 5, 1))
    yield from typed("before_birth", PUPILS, "建档日期", date(2015, 5, 1))
    yield from typed("declared_count", "班级一览", "学生总数", 2)
    yield from typed("declared_count", "班级一览", "潜能生数", 1)
    yield from typed("not_on_rosters", "应入学名册", "姓名", "李小乐")
    paused = row_of("学籍异动", 0, 日期=date(2026, 10, 8), 学生姓名=NAMES[0], 异动类型="休学", 班级="三年级(2)班")
    yield Plant("status_differs", ((rules.STATUS_DIFFERS, PUPILS, cell(PUPILS, "学籍状态")),), paused)
    gone = row_of(PUPILS, 1, 学籍状态="辍学", 状态日期=date(2026, 10, 31))
    there = (rules.DESTINATION_DIFFERS, "应入学名册", cell("应入学名册", "就学去向", 1))
    yield Plant("destination_differs", (there,), gone)
    yield from typed("nearly_staff", HOME, "组织教师", "陈老帅", row=2)
    one, two = _potential("周一一", 4), _potential("周二二", 5)
    told = (rules.SHARED_PHONE, CARDS, cell(CARDS, "监护人电话"))
    yield Plant("phone_shared", (told,), {**one, **row_of(CARDS, 3, **card("周一一"))})
    texts = {(TALKS, "主要内容", row): "聊了最近的作业情况" for row in range(5)}
    talks = {**_talk_of("周一一", 3), **_talk_of("周二二", 4), **texts}
    yield Plant("text_copied", ((rules.COPIED_TEXT, TALKS, cell(TALKS, "主要内容")),), {**one, **two, **talks})
    helper = row_of(PAIRS, 9, 学生姓名="周一一", 帮扶类型="学习帮手", 帮扶人="周小山", 结对日期=date(2026, 9, 5))
    told = (rules.HELPER_BUSY, PAIRS, cell(PAIRS, "帮扶人", 9))
    yield Plant("helper_busy", (told,), {**one, **helper})


def _potential(name: str, serial: int) -> dict[tuple[str, str, int], Any]:
    """Return the row of one more child, who is no left-behind one."""
    return row_of(PUPILS, serial - 1, **pupil(name, serial) | {"学生类别": "潜能生"})


def _talk_of(name: str, row: int) -> dict[tuple[str, str, int], Any]:
    day = date(2026, 10, 12)
    return row_of(TALKS, row, 日期=day, 学生姓名=name, 谈心人="王老师", 谈心人身份="班主任", 方式="面谈", 主题="学习")


_PARTS = (numbers, names, dates, cells_typed, sheets_changed, files_changed, registers, _declared, _cross)
PLANTS = tuple(plant for part in _PARTS for plant in part())
