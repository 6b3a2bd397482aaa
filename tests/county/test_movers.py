"""Children who change school inside the county: found by number, or named (contract §5: nobody is lost)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from helpers.county import CODES, MONTH, as_school
from helpers.drawing import draw_month
from helpers.measuring import measures_of
from helpers.running import drop_child, month_of, school_sheet, sheet
from helpers.small import card, id_card, pupil
from pipeline.county.batch import batch
from pipeline.county.movers import shared_numbers
from pipeline.keeping.snapshot import snapshot_frames
from pipeline.keeping.store import put_data, put_facts, replacing
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules
from schemas.county_layout import MOVED

BEFORE = "2026-09"
DAY = date(2026, 10, 8)
KINDS = ("shown", "registered", "unsaid", "both")  # how the old school tells of one who has moved
NAMES = [f"{family}{given}" for family in "赵陈褚卫蒋沈韩杨" for given in ("云生", "冬梅", "晓峰", "阿果", "念念")]


def _schools(codes: tuple[str, ...], movers: int, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a month of each school, to the next of which `movers` children have gone since last month."""
    for place, code in enumerate(codes):
        plain = as_school(month_of(text), code)
        for number in range(movers):
            _add(plain, place * movers + number)
            if text == MONTH:
                _leave(plain, place * movers + number, KINDS[number % len(KINDS)])
                _add(plain, (place - 1) % len(codes) * movers + number, 入班方式="转入", 入班日期=DAY)
        yield code, plain


def _add(plain: dict[str, Any], who: int, **cells: Any) -> None:
    """Let a child of all the county be in a school's class."""
    row = pupil(NAMES[who], who % 28 + 1)
    number = id_card(row["出生日期"], 601 + who)
    sheet(plain, "学生档案").append(row | {"身份证号": number, "学籍号": "G" + number, "档案编号": f"甲-{who}"} | cells)
    sheet(plain, "联系卡").append(card(NAMES[who]))


def _leave(plain: dict[str, Any], who: int, how: str) -> None:
    if how == "shown":
        sheet(plain, "学生档案")[-1].update({"学籍状态": "转出未落实"})
    elif how != "both":
        drop_child(plain, NAMES[who])
    if how == "registered":
        row = {"日期": DAY, "学生姓名": NAMES[who], "异动类型": "转出", "班级": "三年级(2)班", "接收校确认": "否"}
        school_sheet(plain, "学籍异动").append(row)


def _left(base: Path, code: str, text: str, elsewhere: dict[str, str]) -> Result:
    """Leave a school's data as its report does; return the month."""
    target, month = base / code / text, Month.parse(text)
    history = replace(read_history(target, month), elsewhere=elsewhere)
    with replacing(target) as staging:
        result = work_out(collect(base / "in" / code / text), month, history=history)
        put_facts(staging, result, put_data(staging, result, snapshot_frames(result)))
    return result


def _rules(result: Result, *wanted: rules.Rule) -> list[str]:
    return sorted(i.rule.code for i in result.issues if i.rule in wanted)


def test_who_went_to_another_school_is_found_or_named(tmp_path: Path) -> None:
    """Two schools, four children to and fro: what is registered is settled, what is not is asked with the place."""
    codes = CODES[:2]
    for text in (BEFORE, MONTH):
        for code, plain in _schools(codes, len(KINDS), text):
            draw_month(tmp_path / "in" / code / text, plain)
            alone = _left(tmp_path, code, text, {})
    assert measures_of(alone)["school", "", "巩固率"] == (8, 11), "three of four are not settled: 转出未落实"
    folders = {code: nullcontext(tmp_path / code / MONTH / "数据") for code in codes}
    shared = shared_numbers(folders)
    assert [len(shared[code]) for code in codes] == [5, 5], "four who went, and the one who came and is at both"
    found = _left(tmp_path, codes[1], MONTH, dict(shared[codes[1]]))
    _assert_told(found, [1] * len(KINDS))
    assert shared_numbers(folders) == shared, "what was found changes no roster: a second look finds the same"


def _assert_told(found: Result, movers: list[int]) -> None:
    """Each kind of mover is told by its own rule: two are settled and leave N, one is asked for, one is at both."""
    shown, registered, unsaid, both = movers
    settled = shown + registered
    assert _rules(found, rules.FOUND_ELSEWHERE) == [rules.FOUND_ELSEWHERE.code] * settled
    asked = [i for i in found.issues if i.rule is rules.VANISHED]
    assert len(asked) == unsaid
    assert all("虚构第" in i.sentence for i in asked), "asked for with the school that has him"
    assert _rules(found, rules.AT_TWO_SCHOOLS) == [rules.AT_TWO_SCHOOLS.code] * 2 * both, "who came, and who went"
    here = 3 + sum(movers) + both
    assert measures_of(found)["school", "", "巩固率"] == (here, here + unsaid)


@pytest.mark.slow
def test_forty_children_of_five_schools(tmp_path: Path) -> None:
    """By `guanai batch` itself: all forty are settled or named; a batch again does nothing."""
    codes = (*CODES, "5299000005")
    for text in (BEFORE, MONTH):
        for code, plain in _schools(codes, 8, text):
            draw_month(tmp_path / "in" / code / text, plain)
        found, _, done = batch(str(tmp_path / "in"), Month.parse(text), str(tmp_path / "out"), workers=2)
        assert not [own.reason for own in done if own.reason]
    assert [int(found.sum(key)) for key in MOVED] == [20, 10, 20], "as counts, in the district's workbook"
    for place, code in enumerate(codes):
        _assert_by_rule(tmp_path / "out" / "学校" / code / MONTH / "数据" / "run.json")
        _assert_named(tmp_path / "out" / "学校" / code / MONTH / "校内" / "校验报告.xlsx", place * 8)
    _, _, done = batch(str(tmp_path / "in"), Month.parse(MONTH), str(tmp_path / "out"), workers=2)
    assert [own.is_same for own in done] == [True] * 5


def _assert_by_rule(run_file: Path) -> None:
    facts = json.loads(run_file.read_text("utf-8"))
    counts = [
        facts["problems_by_rule"].get(r.code) for r in (rules.FOUND_ELSEWHERE, rules.VANISHED, rules.AT_TWO_SCHOOLS)
    ]
    assert counts == [4, 2, 4]
    assert facts["figures"]["kept"] == [13, 15]


def _assert_named(report: Path, first: int) -> None:
    """Each of the eight who left the school stands in its list of problems by name, by the rule of his kind."""
    rows = load_workbook(report, read_only=True)["问题清单"].iter_rows(values_only=True)
    told = [(str(row[5]), str(row[7])) for row in rows]
    by_kind = dict(
        zip(KINDS, (rules.FOUND_ELSEWHERE, rules.FOUND_ELSEWHERE, rules.VANISHED, rules.AT_TWO_SCHOOLS), strict=True)
    )
    for number in range(8):
        wanted, name = by_kind[KINDS[number % len(KINDS)]], NAMES[first + number]
        (sentence,) = [text for code, text in told if code == wanted.code and name in text]
        assert "虚构第" in sentence, "with the school that has him"
