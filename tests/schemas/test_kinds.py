"""What people type, and what it is read as: drawn tables, one a kind."""

from __future__ import annotations

from datetime import date, datetime
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import codes, days, names, rules
from schemas.cells import CellError
from schemas.class_names import class_name
from schemas.identity import check_digit, has_valid_check_digit, is_well_formed
from schemas.kinds import (
    ClassNumber,
    Code,
    Day,
    IdCard,
    NameList,
    Number,
    PersonName,
    PersonNames,
    Phone,
    StudentNo,
    Text,
)
from schemas.lines import is_same_as_above
from schemas.names import bare_of_marks

T = date(2026, 10, 31)
ID = "52990020160301001" + check_digit("52990020160301001")

READ = [
    # kind, typed, value, what is told
    (Day(), datetime(2026, 10, 8), date(2026, 10, 8), None),
    (Day(), "2026-10-08", date(2026, 10, 8), None),
    (Day(), "2026.10.8", date(2026, 10, 8), rules.REPAIRED),
    (Day(), "2026年10月8日", date(2026, 10, 8), rules.REPAIRED),
    (Day(), "２０２６．１０．８", date(2026, 10, 8), rules.REPAIRED),
    (Day(), "20261008", date(2026, 10, 8), rules.REPAIRED),
    (Day(), 20261008.0, date(2026, 10, 8), rules.REPAIRED),
    (Day(), 46303.0, date(2026, 10, 8), rules.REPAIRED),
    (Day(), "10月8日", date(2026, 10, 8), rules.REPAIRED),
    (Day(), "11月8日", date(2025, 11, 8), rules.REPAIRED),
    (Day(), "26.3.5", None, rules.AMBIGUOUS_DATE),
    (Day(), "3/5/26", None, rules.AMBIGUOUS_DATE),
    (Day(), "2026-02-30", None, rules.NOT_A_DATE),
    (Day(), "下周", None, rules.NOT_A_DATE),
    (Day(), 3.5, None, rules.NOT_A_DATE),
    (Day(), True, None, rules.NOT_A_DATE),
    (Day(is_record=True), 10.12, date(2026, 10, 12), rules.REPAIRED),
    (Day(is_record=True), 10.1, None, rules.NOT_A_DATE),  # it may have been typed as 10.10
    (Day(is_record=True), 10.4, date(2026, 10, 4), rules.REPAIRED),
    (Day(), 10.12, None, rules.NOT_A_DATE),
    *((Day(), typed, date(2026, 10, 8), rules.REPAIRED) for typed in (
        "2026、10、8", "2026,10,8", "2026 10 8", "2026—10—8", "2026−10−8", "2026\\10\\8", "2026-10-8。", "2026.10.8.",
        "2026年10月8日（星期四）", "2026-10-8 周四", "二〇二六年十月八日", "二零二六年十月8号", "2026年十月八日", "十月八日",
    )),
    *((Day(), typed, None, rules.NOT_A_DATE) for typed in ("2026-10-8至2026-10-9", "10月8、9日", "九月初八", "农历九月八日", "3、4", "上周四")),
    (Day(has_own_year=True), "十月八日", None, rules.AMBIGUOUS_DATE),
    (Day(is_record=True), 10.08, date(2026, 10, 8), rules.REPAIRED),
    *((Day(month_is_enough=True), typed, date(2025, 2, 1), rules.REPAIRED) for typed in (2025.2, 2025.02, 202502, "202502", "2025年二月", "2025.2至今")),
    (Day(month_is_enough=True), datetime(1905, 7, 17, 4, 48), date(2025, 2, 1), rules.REPAIRED),  # 2025.2 in a cell for days
    (Day(month_is_enough=True), datetime(2025, 2, 20, 8, 30), date(2025, 2, 20), rules.REPAIRED),
    (Day(month_is_enough=True), 2025.1, None, rules.NOT_A_DATE),  # it may have been typed as 2025.10
    *((PersonName(one_only=True), typed, "李小禾", rules.REPAIRED) for typed in ("李小禾、", "李小禾。", "李小禾.", "，李小禾", "“李小禾”", "1号李小禾")),
    *((PersonName(one_only=True), typed, None, rules.ONE_CHILD_A_ROW) for typed in ("李小禾+钱小河", "李小禾&钱小河", "李小禾|钱小河", "李小禾等三人", "李小禾等几名同学")),
    *((PersonName(), typed, None, rules.UNREADABLE_NAME) for typed in (True, "合计", "平均分", "示例")),
    *((kind, typed, None, rules.CELL_ERROR) for kind in (PersonName(), Text(), Phone()) for typed in ("#N/A", "＃N/A", "#NAME?", "#REF!")),
    (PersonName(), "阿依。古丽", "阿依·古丽", rules.REPAIRED),
    *((NameList(), typed, "李小禾、钱小河", rules.REPAIRED) for typed in ("李小禾 钱小河", "李小禾\t钱小河", "1.李小禾 2.钱小河", "1、李小禾\n2、钱小河", "李小禾+钱小河", "李小禾，钱小河。")),
    (NameList(), "萧 紫、欧阳 紫", "萧紫、欧阳紫", rules.REPAIRED),
    *((NameList(), typed, "全体", rules.REPAIRED) for typed in ("全班学生", "所有同学", "全体同学")),
    (NameList(of_places=True), "三年级(2)班 三年级(3)班", "三年级(2)班、三年级(3)班", rules.REPAIRED),
    *((Phone(), typed, "19900000001", rules.REPAIRED) for typed in ("19900000001 19900000002", "19900000001或19900000002", "19900000001.0", "199—0000—0001", "19900000001。")),
    *((Phone(), typed, None, rules.NO_PHONE) for typed in ("没有电话", "无手机", "已停机", "打不通")),
    *((Number(), typed, 1200.0, rules.REPAIRED) for typed in ("1200本", "1200 双", "¥1,200", "￥1200.00", "1200元整", "1200人次", "1200名学生")),
    *((Number(), typed, None, rules.NOT_A_NUMBER) for typed in ("12万元", "约12", "$12", "12件套", "十二")),
    *((ClassNumber(low=1, high=60), typed, 2.0, rules.REPAIRED) for typed in ("2班", "（2）班", "二", "二班", "②")),
    *((ClassNumber(low=1, high=60), typed, None, rules.NOT_A_NUMBER) for typed in ("三年级2班", "2、3", "我们班")),
    *((Code(codes=codes.YES_NO), typed, "是", rules.REPAIRED) for typed in ("v", "V", "∨", "🗹", "✔️", "是。", "（是）", "是的")),
    *((Code(codes=codes.YES_NO), typed, "否", rules.REPAIRED) for typed in ("✕", "❎", "✖️", "否。")),
    *((Code(codes=codes.CAPABLE), typed, "有", rules.REPAIRED) for typed in (True, "√", "Y", 1)),
    *((Code(codes=codes.GUARDIANSHIP), typed, "祖父母", rules.REPAIRED) for typed in ("爷爷、奶奶", "爷爷/奶奶", "祖父", "爷奶")),
    *((Code(codes=codes.SEX), typed, "女", rules.REPAIRED) for typed in ("f", "Female", "女孩", "♀")),
    *((Code(codes=codes.YES_NO), typed, value, rules.REPAIRED) for typed, value in (("1.0", "是"), ("0.0", "否"), ("1.是", "是"), ("2、否", "否"))),
    *((Code(codes=codes.YES_NO), typed, typed, None) for typed in ("0.1", "2.1", "1、0", "0-1")),  # for `check` to refuse
    (Code(codes=codes.SEX), "1.2", "1.2", None),
    *((PersonName(), typed, "玉·买买提", rules.REPAIRED) for typed in ("玉˙买买提", "玉▪买买提")),
    *((kind, typed, None, rules.DIGITS_LOST) for kind in (IdCard(), StudentNo()) for typed in ("5.299E17", "5.29900201603010E17")),
    (StudentNo(), "G5.299E+17", None, rules.DIGITS_LOST),
    *((Text(), typed, None, rules.NOTHING_SAID) for typed in ("家长未提供", "学生不知道", "尚未登记", "未填写", "待家访", "请填写", "见纸质档案", "暂未提供", "保密")),
    *((Text(), typed, typed, None) for typed in ("没有兄弟姐妹", "不知道怎么和人相处", "同上次一样", "某村一组", "请老师多关心")),
    *((Text(), typed, None, rules.SAME_AS_BESIDE) for typed in ("同上（爷爷）", "同父亲", "同监护人")),
    (PersonName(), "王　芳", "王芳", rules.REPAIRED),
    (PersonName(), "王\u200b芳 ", "王芳", rules.REPAIRED),
    (PersonName(), "玉•买买提", "玉·买买提", rules.REPAIRED),
    (PersonName(), "Anna Li", "Anna Li", None),
    (PersonName(), "\U00020bb7野", "\U00020bb7野", None),
    (PersonName(), "王□", None, rules.UNREADABLE_NAME),
    (PersonName(one_only=True), "王芳、李明", None, rules.ONE_CHILD_A_ROW),
    (PersonName(one_only=True), "王芳等5人", None, rules.ONE_CHILD_A_ROW),
    (Code(codes=codes.ETHNICITY), "汉", "汉族", rules.REPAIRED),
    (Code(codes=codes.RELATION), "爷爷", "祖父", rules.REPAIRED),
    (Code(codes=codes.SEX), "1-男", "男", rules.REPAIRED),
    (Code(codes=codes.YES_NO), "√", "是", rules.REPAIRED),
    (Code(codes=codes.YES_NO), True, "是", rules.REPAIRED),
    (Code(codes=codes.HARDSHIP), "无", "无", None),
    (Code(codes=codes.SEX), "无", None, rules.NOTHING_SAID),
    (Number(high=31), "2次", 2.0, rules.REPAIRED),
    (Number(high=31), "约3次", None, rules.NOT_A_NUMBER),
    (Number(high=31), 1.5, None, rules.OUT_OF_RANGE),
    (IdCard(), ID, ID, None),
    (IdCard(), f" {ID[:6]} {ID[6:]}", ID, rules.REPAIRED),
    (IdCard(), float(529900201603010000), None, rules.DIGITS_LOST),
    (IdCard(), "5.299E+17", None, rules.DIGITS_LOST),
    (IdCard(), ID[:-1] + ("0" if ID[-1] != "0" else "1"), None, rules.BAD_CHECK_DIGIT),
    (IdCard(), "12345", None, rules.BAD_ID),
    (IdCard(), "529900160301001", "529900160301001", rules.NO_REAL_ID),
    (StudentNo(), "G" + ID, "G" + ID, None),
    (StudentNo(), ID, "G" + ID, rules.REPAIRED),
    (StudentNo(), "LG" + ID, None, rules.BAD_STUDENT_NO),
    (Phone(), 19900000001.0, "19900000001", None),
    (Phone(), "199-0000-0001", "19900000001", rules.REPAIRED),
    (Phone(), "+86 19900000001", "19900000001", rules.REPAIRED),
    (Phone(), "19900000001、19900000002", "19900000001", rules.REPAIRED),
    (Phone(), "0850-1234567", "0850-1234567", None),
    (Phone(), "1990000000", None, rules.BAD_PHONE),
    (Phone(), "空号", None, rules.NO_PHONE),
    (Phone(dash=True), "—", "—", None),
    (Text(), "—", None, rules.NOTHING_SAID),
    (Text(), CellError("#REF!"), None, rules.CELL_ERROR),
    (NameList(), "张三，李四;王五", "张三、李四、王五", rules.REPAIRED),
    (NameList(of_places=True), "三年级(2)班、四年级(1)班", "三年级(2)班、四年级(1)班", None),
    (NameList(), "1.王芳、2.李明", "王芳、李明", rules.REPAIRED),
    (NameList(of_places=True), "3年级、初一3班、李四", "三年级、七年级(3)班、李四", rules.REPAIRED),
    (NameList(), "全班", "全体", rules.REPAIRED),
]


def test_a_name_is_suggested_without_its_remark() -> None:
    """李小禾(留守) is 李小禾; of two names none is made."""
    assert [bare_of_marks(name) for name in ("李小禾(留守)", "李老根2", "李老根*", "王芳、李明")] == ["李小禾", "李老根", "李老根", ""]


def test_nobodys_number_is_quoted_from_another_column() -> None:
    """An identity, student or mobile number is hidden in whatever column it was typed; days and file numbers are not."""
    kinds = (Code(codes=codes.SEX), PersonName(one_only=True), Text(), Day(), NameList())
    quoted = {kind.masked(text) for kind in kinds for text in (ID, f"G{ID}", f"李{ID}", f"{ID[:6]} {ID[6:14]} {ID[14:]}", "19900000001")}
    assert not [text for text in quoted if ID[:14] in "".join(text.split()) or "1990000" in text]
    assert [Text().masked(text) for text in ("2026-10-12", "2026-0001", "202610120001")] == ["2026-10-12", "2026-0001", "202610120001"]


@pytest.mark.parametrize("typed", [
    "“同上”", "同上！", "同上，", "同上一格", "如上所述", "和上面一样", "与上相同", "（同上）", "〃", "〃〃", "同上/", "-同上-", "—〃—", "'同上'",
])
def test_knows_what_asks_for_the_cell_above(typed: str) -> None:
    assert is_same_as_above(typed)


@pytest.mark.parametrize("typed", ["同", "↑同", "同样", "同前者", "同上1", "同上 略", "同上同上", "同上×", "同上？"])
def test_nothing_is_called_the_same(typed: str) -> None:
    """What asks for another cell, and nobody can tell for which, is no name and no address."""
    assert not is_same_as_above(typed)
    assert [kind.read(typed, T).value for kind in (Text(), PersonName(dash=True, of_family=True))] == [None, None]


def test_the_same_as_last_time_is_a_word() -> None:
    assert [Text().read(typed, T).value for typed in ("同上次一样", "同上学的表姐")] == ["同上次一样", "同上学的表姐"]


@pytest.mark.parametrize("typed", ["不祥", "无此项", "不愿透露", "家长不说", "见上表", "未收集", "还没问"])
def test_what_says_nothing_counts_as_empty(typed: str) -> None:
    reading = Text().read(typed, T)
    assert (reading.value, reading.note) == (None, rules.NOTHING_SAID)


def test_a_name_left_open_is_none_in_the_family() -> None:
    """李** and 王XX fill no card; in a roster they are told (W104) and kept. 某人 is what people in examples are called."""
    opened = ["李**", "王XX", "欧阳××"]
    assert {PersonName(of_family=True).read(typed, T).value for typed in opened} == {None}
    assert [PersonName(of_roster=True).read(typed, T).value for typed in opened[:1]] == opened[:1]
    kept = ["Max", "武〇", "李某", "某人", "李小禾"]
    assert [PersonName(of_family=True).read(typed, T).value for typed in kept] == kept


def test_what_is_denied_is_never_suggested() -> None:
    """非留守儿童 is no 留守儿童, 转出未确认 no 转出已确认."""
    assert Code(codes=codes.CATEGORY).like("非留守儿童") == []
    assert Code(codes=codes.CATEGORY).like("留守学生") == ["留守儿童"]
    assert Code(codes=codes.PUPIL_STATUS).like("转出未确认") == ["转出未落实"]


@pytest.mark.parametrize(("kind", "typed", "value", "told"), READ, ids=lambda item: repr(item)[:40])
def test_reads_what_people_type(kind: object, typed: object, value: object, told: object) -> None:
    """Each form that people write becomes its one value, or the rule that says why not."""
    reading = kind.read(typed, T)  # type: ignore[attr-defined]
    assert (reading.value, reading.fault or reading.note) == (value, told)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("三年级(2)班", "三年级(2)班"),
        ("三(2)班", "三年级(2)班"),
        ("三（2）班", "三年级(2)班"),
        ("三年级2班", "三年级(2)班"),
        ("三年级二班", "三年级(2)班"),
        ("302班", "三年级(2)班"),
        ("3.2班", "三年级(2)班"),
        ("三2", "三年级(2)班"),
        ("初一3班", "七年级(3)班"),
        ("七(3)班", "七年级(3)班"),
        ("十年级(1)班", None),
        ("3.2", None),
    ],
)
def test_reads_every_spelling_of_a_class(typed: str, name: str | None) -> None:
    """A class has one name, however it is spelt; what may be a number or a date is refused."""
    assert class_name(typed) == name


def test_check_digit_finds_every_changed_digit() -> None:
    """Any single changed digit of an identity number is found."""
    for place in range(17):
        for digit in "0123456789":
            changed = ID[:place] + digit + ID[place + 1 :]
            if changed != ID and is_well_formed(changed):
                assert not has_valid_check_digit(changed)


@pytest.mark.parametrize("number", (1e-05, -3.0, 0.5, 1e300, float("inf"), float("nan"), 46000.0))
def test_a_number_that_is_no_month_is_none(number: float) -> None:
    assert days.of_month_number(number) is None


@settings(max_examples=300)
@given(st.text(alphabet="王欧阳小禾等人全体所有除无班一二三号老师李", min_size=1, max_size=5))
def test_a_name_as_nearly_all_are_written_reads_as_it_would_if_everything_were_looked_for(text: str) -> None:
    kinds = (PersonName(), PersonName(one_only=True), PersonNames())
    short = [kind.read(text, T) for kind in kinds]
    with mock.patch.object(names, "is_plain", return_value=False):
        assert [kind.read(text, T) for kind in kinds] == short
