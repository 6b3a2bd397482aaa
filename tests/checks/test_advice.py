"""Our advice, followed to the letter within a month: the problem goes, and no other comes of it.

What takes the month before stands in tests/months/test_remedies.py, what takes another school in tests/county.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from helpers.changes import two_classes
from helpers.running import RunMonth, school_sheet, sheet
from helpers.sampling import some
from helpers.small import NAMES, card, id_card, pupil, small_month
from pipeline.result import Result
from schemas import rules

Change = Callable[[dict[str, Any]], None]
CLASS, SCHOOL = "class", "school"
PUPILS, CARDS, PAIRS, TALKS, HOME, GROWTH = "学生档案", "联系卡", "结对帮扶", "谈心记录", "家校联系", "成长记录"
ACTS, CARE, REGISTER, STAFF = "活动记录", "关爱服务", "应入学名册", "教职工"
MEETING = {"日期": date(2026, 10, 12), "活动类型": "留守儿童会", "活动名称": "十月留守儿童会", "组织人": "王老师"}
NUMBERS = ["G" + str(pupil(name, serial)["身份证号"]) for serial, name in enumerate(NAMES, start=1)]
DAY = date(2026, 10, 12)


@dataclass(frozen=True)
class Advice:
    """A slip, and what our sentence says to do about it. `alone`: it speaks of rows that others change."""

    rule: rules.Rule
    trouble: Change
    remedy: Change
    alone: bool = False


def _all(*changes: Change) -> Change:
    def change(plain: dict[str, Any]) -> None:
        for one in changes:
            one(plain)

    return change


def put(title: str, row: int, of: str = CLASS, **cells: Any) -> Change:
    """Return the change that types cells of a row; None empties one."""

    def change(plain: dict[str, Any]) -> None:
        own = (sheet if of == CLASS else school_sheet)(plain, title)[row]
        own.update(cells)
        for key in [key for key, value in own.items() if value is None]:
            del own[key]

    return change


def add(title: str, of: str = CLASS, **cells: Any) -> Change:
    return lambda plain: (sheet if of == CLASS else school_sheet)(plain, title).append(dict(cells))


def drop(title: str, row: int = -1, of: str = CLASS) -> Change:
    def change(plain: dict[str, Any]) -> None:
        (sheet if of == CLASS else school_sheet)(plain, title).pop(row)

    return change


def say(**cells: Any) -> Change:
    return lambda plain: plain["classes"][0]["cover"].update(cells)


def _growth(name: str, **cells: Any) -> dict[str, Any]:
    own = next(row for row in small_month()["classes"][0]["sheets"][GROWTH] if row["学生姓名"] == NAMES[0])
    return own | {"学生姓名": name} | cells


def _again(plain: dict[str, Any]) -> None:
    """Another class has the first child as well, with his card and a talk."""
    two_classes(plain)
    sheet(plain, PUPILS, 1).append(pupil(NAMES[0], 1) | {"入班日期": date(2026, 9, 1)})
    sheet(plain, CARDS, 1).append(card(NAMES[0]))
    sheet(plain, TALKS, 1).append(sheet(plain, TALKS)[0] | {"主要内容": "聊了聊家里的事"})


def _moved_over(plain: dict[str, Any]) -> None:
    """Take him out of the other class; its talk with him goes where he is."""
    sheet(plain, PUPILS, 1).pop()
    sheet(plain, CARDS, 1).clear()
    sheet(plain, TALKS).append(sheet(plain, TALKS, 1).pop())


def _namesakes(plain: dict[str, Any]) -> None:
    """Let two children have one name, told apart by 学籍号 everywhere but in the first talk and in the meeting."""
    for title, rows in plain["classes"][0]["sheets"].items():
        for row in rows:
            key = "姓名" if title == PUPILS else "学生姓名"
            who = NAMES.index(row[key]) if row.get(key) in NAMES[:2] else None
            if who is not None and title != PUPILS:
                row["学籍号"] = NUMBERS[who]
            if who == 1:
                row[key] = NAMES[0]
    del sheet(plain, TALKS)[0]["学籍号"]
    for who in (0, 1):
        school_sheet(plain, REGISTER)[who].update({"姓名": NAMES[0], "身份证号": NUMBERS[who][1:]})


def _uncounted(plain: dict[str, Any]) -> None:
    """More children come: let 班级一览 say no number."""
    school_sheet(plain, "班级一览")[0].pop("留守儿童数", None)


def _one_phone(plain: dict[str, Any]) -> None:
    sheet(plain, PUPILS).append(pupil("周小溪", 9))
    sheet(plain, CARDS).append(card("周小溪"))
    _uncounted(plain)


def _own_phones(plain: dict[str, Any]) -> None:
    for number, row in enumerate(sheet(plain, CARDS), start=11):
        row["监护人电话"] = f"199000000{number}"


def _copied(plain: dict[str, Any]) -> None:
    for number, name in enumerate(("吴小溪", "吴小河", "吴小川"), start=10):
        sheet(plain, PUPILS).append(pupil(name, number))
        sheet(plain, TALKS).append(sheet(plain, TALKS)[0] | {"学生姓名": name})
    for row in sheet(plain, TALKS):
        row["主要内容"] = "聊了最近的作业情况"
    _uncounted(plain)


def _own_words(plain: dict[str, Any]) -> None:
    for row in sheet(plain, TALKS):
        row["主要内容"] = f"聊了最近的作业情况，他写到第{sheet(plain, TALKS).index(row)}课"


def _busy(plain: dict[str, Any]) -> None:
    sheet(plain, PUPILS).append(pupil("郑小溪", 15))
    sheet(plain, PAIRS).append(sheet(plain, PAIRS)[1] | {"学生姓名": "郑小溪"})
    _uncounted(plain)


LEFT = put(PUPILS, 0, 学籍状态="转出已确认", 状态日期=date(2026, 10, 10))
GONE = _all(LEFT, put(REGISTER, 0, SCHOOL, 就学去向="外校有学籍"))
CAME = put(PUPILS, 0, 入班方式="转入", 入班日期=date(2026, 10, 20))
GIVEN = {"日期": DAY, "捐助方": "云溪爱心协会", "品名": "书包"}
THINGS = GIVEN | {"类别": "物资", "受益人数": 2}
INSURED = GIVEN | {"类别": "保险", "人均保额": 10000, "受益人数": 2}
FLAG = {"日期": DAY, "对象类型": "班级", "情形": "弄虚作假", "确认": "否", "确认人": "王老师"}
ITEM = {"日期": DAY, "对象类型": "班级", "对象": "三年级(2)班", "分值": 2, "依据": "检查", "检查人": "王老师"}
ACT = {"日期": DAY, "活动类型": "法制讲座", "活动名称": "法制课", "组织人": "王老师", "参加学生": "全体"}
_PAIR = {"帮扶内容": "数学", "帮扶时间": "周三", "阶段目标": "合格", "结对日期": date(2026, 9, 5)}


def _of_the_first(title: str, **cells: Any) -> Change:
    def change(plain: dict[str, Any]) -> None:
        for row in sheet(plain, title):
            if row.get("学生姓名") == NAMES[0]:
                row.update(cells)

    return change


def _dates_of_the_first(day: date) -> Change:
    return _all(*(_of_the_first(title, 日期=day) for title in (TALKS, HOME, CARE)))


ADVICE: dict[str, Advice] = {
    "出生日期改对": Advice(rules.ID_BIRTH, put(PUPILS, 0, 出生日期=date(2016, 3, 9)), put(PUPILS, 0, 出生日期=date(2016, 3, 1))),
    "性别改对": Advice(rules.ID_SEX, put(PUPILS, 0, 性别="女"), put(PUPILS, 0, 性别="男")),
    "学籍号照身份证号填": Advice(
        rules.G_NUMBER, put(PUPILS, 1, 学籍号="G" + id_card(date(2016, 3, 2), 22)), put(PUPILS, 1, 学籍号=NUMBERS[1])
    ),
    "补学籍号": Advice(rules.NO_IDENTITY, put(PUPILS, 2, 学籍号=None, 身份证号=None), put(PUPILS, 2, 学籍号=NUMBERS[2])),
    "补身份证号": Advice(rules.NO_IDENTITY, put(PUPILS, 2, 学籍号=None, 身份证号=None), put(PUPILS, 2, 身份证号=NUMBERS[2][1:])),
    "改结束日期": Advice(rules.DATE_ORDER, put(PAIRS, 0, 结束日期=date(2026, 9, 1)), put(PAIRS, 0, 结束日期=date(2026, 9, 30))),
    "改结对日期": Advice(
        rules.DATE_ORDER, put(PAIRS, 0, 结束日期=date(2026, 9, 4)), put(PAIRS, 0, 结对日期=date(2026, 9, 2))
    ),
    "合并后删去一行": Advice(rules.SECOND_ROW, add(GROWTH, **_growth(NAMES[0], 语文=88)), drop(GROWTH)),
    "只留在一个班": Advice(rules.TWO_CLASSES, _again, _moved_over, alone=True),
    "改档案编号": Advice(rules.DOUBLE_ARCHIVE_NO, put(PUPILS, 0, 档案编号="2026-0002"), put(PUPILS, 0, 档案编号="2026-0009")),
    "填学籍号": Advice(rules.NAMESAKES, _namesakes, put(TALKS, 0, 学籍号=NUMBERS[0]), alone=True),
    "改年份": Advice(
        rules.AGE_AND_GRADE,
        put(PUPILS, 0, 出生日期=date(2006, 3, 1), 身份证号=None, 学籍号="L529900200603010014"),
        put(PUPILS, 0, 出生日期=date(2016, 3, 1)),
    ),
    "改姓名": Advice(rules.UNKNOWN_CHILD, put(TALKS, 0, 学生姓名="李小和"), put(TALKS, 0, 学生姓名=NAMES[0])),
    "先登记学生": Advice(
        rules.UNKNOWN_CHILD,
        _all(add(CARE, 日期=DAY, 学生姓名="冯小溪", 类别="学习辅导", 经办人="陈老师"), _uncounted),
        add(PUPILS, **pupil("冯小溪", 16)),
    ),
    "改学籍号": Advice(rules.WRONG_STUDENT_NO, put(TALKS, 1, 学籍号=NUMBERS[0]), put(TALKS, 1, 学籍号=NUMBERS[1])),
    "学籍号空着": Advice(rules.WRONG_STUDENT_NO, put(TALKS, 1, 学籍号=NUMBERS[0]), put(TALKS, 1, 学籍号=None)),
    "改老师姓名": Advice(rules.NOT_STAFF, put(PAIRS, 3, 帮扶人="陈老实"), put(PAIRS, 3, 帮扶人="陈老师")),
    "补进教职工表": Advice(rules.NOT_STAFF, put(PAIRS, 3, 帮扶人="赵建国"), add(STAFF, SCHOOL, 姓名="赵建国", 岗位="任课教师", 在岗="是")),
    "改填同学": Advice(rules.HELPS_HIMSELF, put(PAIRS, 4, 帮扶人=NAMES[1]), put(PAIRS, 4, 帮扶人="周小山")),
    "名单里改姓名": Advice(
        rules.UNKNOWN_IN_LIST, put(ACTS, 0, 参加学生="李小禾、钱小何、孙小树"), put(ACTS, 0, 参加学生="李小禾、钱小河、孙小树")
    ),
    "从名单中删去": Advice(rules.UNKNOWN_IN_LIST, put(ACTS, 0, 参加学生="李小禾、郑一丁"), put(ACTS, 0, 参加学生="李小禾")),
    "名单里写后4位": Advice(
        rules.UNKNOWN_IN_LIST,
        _all(_namesakes, put(TALKS, 0, 学籍号=NUMBERS[0]), put(ACTS, 0, 参加学生=NAMES[0])),
        put(ACTS, 0, 参加学生=f"{NAMES[0]}({NUMBERS[1][-4:]})"),
        alone=True,
    ),
    "改日期": Advice(rules.BEFORE_TERM, put(HOME, 3, 日期=date(2026, 8, 20)), put(HOME, 3, 日期=DAY)),
    "删去上学期的": Advice(rules.BEFORE_TERM, put(HOME, -1, 日期=date(2026, 8, 20)), drop(HOME)),
    "改班级": Advice(rules.CLASS_NOT_LISTED, say(班级=5), say(班级=2), alone=True),
    "补登这个班": Advice(
        rules.CLASS_NOT_LISTED,
        say(班级=5),
        put("班级一览", 0, SCHOOL, 班级=5),
        alone=True,
    ),
    "填年级": Advice(
        rules.UNKNOWN_SCOPE, add("学校活动", SCHOOL, **ACT, 参加范围="年级", 参加对象="高年级"), put("学校活动", 0, SCHOOL, 参加对象="三年级")
    ),
    "填班级": Advice(
        rules.UNKNOWN_SCOPE,
        add("学校活动", SCHOOL, **ACT, 参加范围="班级", 参加对象="我们班"),
        put("学校活动", 0, SCHOOL, 参加对象="三年级(2)班"),
    ),
    "填学生姓名": Advice(
        rules.UNKNOWN_SCOPE,
        add("学校活动", SCHOOL, **ACT, 参加范围="名单", 参加对象="李小和"),
        put("学校活动", 0, SCHOOL, 参加对象=NAMES[0]),
    ),
    "对象写成本校的班": Advice(
        rules.UNKNOWN_TARGET, add("预警确认", SCHOOL, **FLAG, 对象="九年级(9)班"), put("预警确认", 0, SCHOOL, 对象="三年级(2)班")
    ),
    "对象写成本校的教师": Advice(
        rules.UNKNOWN_TARGET,
        add("预警确认", SCHOOL, **FLAG | {"对象类型": "教师"}, 对象="赵老师"),
        put("预警确认", 0, SCHOOL, 对象="陈老师"),
    ),
    "删去考核登记": Advice(rules.UNKNOWN_ITEM, add("考核登记", SCHOOL, **ITEM, 考核项目="跳高"), drop("考核登记", 0, SCHOOL)),
    "补报改日期": Advice(rules.LATE_RECORD, put(HOME, 6, 日期=date(2026, 9, 20)), put(HOME, 6, 日期=DAY)),
    "离校前的日期": Advice(rules.AFTER_LEAVING, GONE, _dates_of_the_first(date(2026, 10, 9))),
    "没有离校": Advice(
        rules.AFTER_LEAVING,
        LEFT,
        put(PUPILS, 0, 学籍状态="在读"),
    ),
    "换了老师": Advice(
        rules.NOT_ON_DUTY,
        _all(add(STAFF, SCHOOL, 姓名="赵建国", 岗位="任课教师", 在岗="否"), put(PUPILS, 2, 责任教师="赵建国")),
        put(PUPILS, 2, 责任教师="陈老师"),
    ),
    "改在岗": Advice(rules.NOT_ON_DUTY, put(STAFF, 1, SCHOOL, 在岗="否"), put(STAFF, 1, SCHOOL, 在岗="是")),
    "入班后的日期": Advice(rules.BEFORE_JOINING, CAME, _dates_of_the_first(date(2026, 10, 21))),
    "改入班日期": Advice(rules.BEFORE_JOINING, CAME, put(PUPILS, 0, 入班日期=date(2026, 9, 1))),
    "改成一致": Advice(rules.SIBLINGS_DIFFER, put(CARDS, 1, 监护人年龄=70), put(CARDS, 1, 监护人年龄=66)),
    "各填自己的电话": Advice(rules.SHARED_PHONE, _one_phone, _own_phones),
    "各写各的": Advice(rules.COPIED_TEXT, _copied, _own_words),
    "改记录的年份": Advice(rules.BEFORE_BIRTH, put(PAIRS, 6, 结对日期=date(2015, 9, 5)), put(PAIRS, 6, 结对日期=date(2026, 9, 5))),
    "照班级月报改填": Advice(
        rules.DECLARED_COUNT, put("班级一览", 0, SCHOOL, 留守儿童数=5), put("班级一览", 0, SCHOOL, 留守儿童数=3)
    ),
    "全班人数不能再少": Advice(
        rules.DECLARED_COUNT, put("班级一览", 0, SCHOOL, 学生总数=2), put("班级一览", 0, SCHOOL, 学生总数=3), alone=True
    ),
    "改名册的姓名": Advice(rules.NOT_ON_ROSTERS, put(REGISTER, 1, SCHOOL, 姓名="钱小何"), put(REGISTER, 1, SCHOOL, 姓名=NAMES[1])),
    "改就学去向": Advice(
        rules.NOT_ON_ROSTERS,
        add(REGISTER, SCHOOL, 姓名="周大海", 村组="清水村一组", 就学去向="本校"),
        put(REGISTER, 3, SCHOOL, 就学去向="外校有学籍"),
    ),
    "补进学生档案": Advice(
        rules.NOT_ON_ROSTERS,
        _all(
            add(REGISTER, SCHOOL, 姓名="许小溪", 村组="清水村一组", 就学去向="本校"), _uncounted
        ),
        add(PUPILS, **pupil("许小溪", 17)),
    ),
    "换非留守的同学": Advice(rules.HELPER_LEFT_BEHIND, put(PAIRS, 7, 帮扶人=NAMES[1]), put(PAIRS, 7, 帮扶人="周小山")),
    "结束一个结对": Advice(rules.HELPER_BUSY, _busy, put(PAIRS, -1, 结束日期=date(2026, 10, 20))),
    "份数改一致": Advice(rules.POLICIES, add("捐助登记", SCHOOL, **INSURED, 数量=3), put("捐助登记", 0, SCHOOL, 数量=2)),
    "人数改对": Advice(
        rules.BENEFICIARIES, add("捐助登记", SCHOOL, **THINGS | {"受益人数": 50}), put("捐助登记", 0, SCHOOL, 受益人数=40)
    ),
    "照名单改人数": Advice(
        rules.NAMES_AND_COUNT, add("捐助登记", SCHOOL, **THINGS, 受益名单="、".join(NAMES)), put("捐助登记", 0, SCHOOL, 受益人数=3)
    ),
    "删去多写的": Advice(
        rules.NAMES_AND_COUNT,
        add("捐助登记", SCHOOL, **THINGS, 受益名单="、".join(NAMES)),
        put("捐助登记", 0, SCHOOL, 受益名单="、".join(NAMES[:2])),
    ),
    "改组织人": Advice(rules.NEARLY_STAFF, put(HOME, 1, 组织教师="王老帅"), put(HOME, 1, 组织教师="王老师")),
    "改成登记的状态": Advice(
        rules.STATUS_DIFFERS,
        add("学籍异动", SCHOOL, 日期=date(2026, 10, 20), 学生姓名=NAMES[2], 异动类型="休学", 班级="三年级(2)班"),
        put(PUPILS, 2, 学籍状态="休学", 状态日期=date(2026, 10, 20)),
    ),
    "改正学籍异动": Advice(
        rules.STATUS_DIFFERS,
        add("学籍异动", SCHOOL, 日期=date(2026, 10, 20), 学生姓名=NAMES[2], 异动类型="休学", 班级="三年级(2)班"),
        drop("学籍异动", 0, SCHOOL),
    ),
    "已离校的改去向": Advice(
        rules.DESTINATION_DIFFERS,
        put(PUPILS, 1, 学籍状态="辍学", 状态日期=date(2026, 10, 20)),
        put(REGISTER, 1, SCHOOL, 就学去向="辍学"),
    ),
    "仍在校的改状态": Advice(
        rules.DESTINATION_DIFFERS,
        put(PUPILS, 1, 学籍状态="辍学", 状态日期=date(2026, 10, 20)),
        put(PUPILS, 1, 学籍状态="在读", 状态日期=None),
    ),
    "改班主任姓名": Advice(rules.OTHER_HEAD, say(班主任="陈老师"), say(班主任="王老师")),
    "改班级一览": Advice(rules.OTHER_HEAD, say(班主任="陈老师"), put("班级一览", 0, SCHOOL, 班主任="陈老师")),
}


def _groups(names: Iterable[str]) -> list[list[str]]:
    """Put advice of different rules into one month where no two of them type into the same row."""
    groups: list[tuple[list[str], set[tuple[str, Any]]]] = []
    for name in names:
        rows = _rows(name)
        fitting = [g for g in groups if g[1] and not g[1] & rows and not ADVICE[name].alone]
        if fitting:
            fitting[0][0].append(name)
            fitting[0][1].update(rows)
        else:
            groups.append(([name], set() if ADVICE[name].alone else rows))
    return [own for own, _ in groups]


def _rows(name: str) -> set[tuple[str, Any]]:
    """Return the rows that a slip and its remedy change: sheet and place, or the name in a row that is added."""
    plain = copy.deepcopy(small_month())
    clean, changed = _sheets(small_month()), set[tuple[str, Any]]()
    for change in (ADVICE[name].trouble, ADVICE[name].remedy):
        change(plain)
        for title, rows in _sheets(plain).items():
            then = clean.get(title, [])
            changed |= {(title, n) for n, (row, was) in enumerate(zip(rows, then, strict=False)) if row != was}
            changed |= {(title, _added(title, row)) for row in rows[len(then) :]}
    return changed


def _added(title: str, row: dict[str, Any]) -> str:
    return row.get("姓名", row.get("学生姓名", "")) if title in (PUPILS, CARDS, TALKS, CARE) else ""


def _sheets(plain: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    book = plain["classes"][0]
    return {**book["sheets"], **plain["school"]["sheets"], "填表说明": [book["cover"]]}


def _told(result: Result) -> set[str]:
    return {f"{issue.rule.code} {issue.sheet}!{issue.cell} {issue.sentence}" for issue in result.issues if issue.rule.level != rules.NOTE}


def _follow(names: list[str], month: dict[str, Any], run: RunMonth) -> None:
    for name in names:
        ADVICE[name].trouble(month)
    told = {issue.rule for issue in run(copy.deepcopy(month)).issues}
    assert told >= {ADVICE[name].rule for name in names}
    for name in names:
        ADVICE[name].remedy(month)
    assert _told(run(month)) == set()


def _quick() -> list[list[str]]:
    """Return the months of every test run: one that follows a second way out of a rule by itself is for test-all."""
    groups = _groups(ADVICE)
    together = {ADVICE[name].rule for own in groups if len(own) > 1 for name in own}
    firsts = {ADVICE[own[0]].rule: own for own in reversed(groups)}
    return [own for own in groups if len(own) > 1 or (ADVICE[own[0]].rule not in together and own in firsts.values())]


@pytest.mark.parametrize("names", some(_quick(), 2))
def test_followed_to_the_letter_it_ends_the_matter(names: list[str], month: dict[str, Any], run: RunMonth) -> None:
    """Advice on different rows is followed in one month."""
    _follow(names, month, run)


@pytest.mark.slow
@pytest.mark.parametrize("name", ADVICE)
def test_followed_alone_as_well(name: str, month: dict[str, Any], run: RunMonth) -> None:
    _follow([name], month, run)
