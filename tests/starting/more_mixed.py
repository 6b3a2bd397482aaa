"""More of what schools hold: several sources of one child, the school's own lists, and papers about nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from starting.columns import Spec, day, grade_word, head, in_class, line, lines, nothing, relation, word
from starting.layouts import FROM_ID, MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.truth import GRADE_WORDS, Child, Invented, class_text, invented_school

OLD, NEW = datetime(2025, 9, 20), datetime(2026, 9, 10)
Columns = Sequence[tuple[str, Spec]]


def _short_of_old(c: Child) -> str:
    return short((c.place[0] - 1, c.place[1]))


_ROSTER: Columns = (("姓名", "name"), ("性别", "sex"), ("年级", grade_word), ("班级", lambda c: f"{c.place[1]}班"), ("身份证件号", "id_card"), ("学籍号", "student_no"), ("出生日期", day("%Y%m%d")), ("民族", "ethnicity"))  # fmt: skip


def _roster(school: Invented, folder: Path, *more: tuple[str, Spec]) -> None:
    columns = [*_ROSTER, *more]
    save(folder / "学籍名册.xlsx", {"Sheet1": [head(columns), *lines(school.children, columns)]}, saved=NEW)


# --- a telephone that has changed: the newer file counts ----------------------------------------------------------------


def _two_phones(school: Invented, folder: Path) -> None:
    old: Columns = (("班级", _short_of_old), ("姓名", "name"), ("出生年月", day("%Y年%m月%d日")), ("父亲电话", word("19911112222")), ("监护人", "guardian_name"), ("与监护人关系", relation), ("监护人电话", word("19922223333")))  # fmt: skip
    new: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("父亲电话", "father_phone"), ("监护人电话", "guardian_phone"))  # fmt: skip
    save(folder / "旧台账.xlsx", {"台账": [["2025年秋季留守儿童台账"], head(old), *lines(school.left, old)]}, saved=OLD)
    save(folder / "新台账.xlsx", {"台账": [["2026年秋季留守儿童台账"], head(new), *lines(school.left, new)]}, saved=NEW)


PHONES_HELD = (*ID, "father_phone", *GUARDIAN)

# --- two of a name in a class, names with dots of all kinds, fathers who are dead -----------------------------------------


def _odd_names(school: Invented, folder: Path) -> None:
    def dotted(c: Child) -> str:
        name = str(c.truth["name"])
        return name.replace("·", "•" if c.place[1] == 1 else "．") if "·" in name else " ".join(name)

    def phone(c: Child) -> str:
        return "已故" if c.truth["father_phone"] == "—" else str(c.truth["father_phone"])

    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", dotted), ("学籍号", "student_no"), ("父亲姓名", lambda c: "去世" if c.truth["father_name"] == "—" else c.truth["father_name"]), ("父亲电话", phone), ("母亲姓名", "mother_name"), ("母亲电话", "mother_phone"), ("监护人姓名", "guardian_name"), ("与学生关系", relation))  # fmt: skip
    _roster(school, folder)
    save(folder / "台账.xlsx", {"Sheet1": [["留守儿童台账"], head(columns), *lines(school.left, columns)]})


ODD_HELD = (*ID, "student_no", "ethnicity", *MEMBERS, "guardian_name", "guardian_relation", "guardianship")  # fmt: skip

# --- last year's 台账: a grade lower, with those who are gone by now -----------------------------------------------------


def _last_year(school: Invented, folder: Path) -> None:
    _roster(school, folder, ("家庭住址", "home_address"))
    columns: Columns = (("年级", lambda c: f"{GRADE_WORDS[c.place[0] - 2]}年级"), ("班", lambda c: c.place[1]), ("学生姓名", "name"), ("性别", "sex"), ("年龄", lambda c: 2025 - c.truth["birth_date"].year), ("监护人", "guardian_name"), ("监护人与儿童关系", relation))  # fmt: skip
    gone = [["六年级", 1, "冯立夏", "男", 12, "冯大山", "爷爷"], ["六年级", 1, "褚海棠", "女", 12, "褚小川", "奶奶"]]
    rows = [["云溪镇中心学校留守儿童台账（2025年秋季学期）"], head(columns), *lines(school.left, columns), *gone]
    save(folder / "去年台账.xlsx", {"台账": rows}, saved=OLD)


LAST_HELD = (*ID, "student_no", "ethnicity", "home_address", "guardian_name", "guardian_relation", "guardianship")

# --- a junior school: 初一3, 七(3)班, 2026级3班, 703班 -----------------------------------------------------------------

_JUNIOR = partial(invented_school, places=((7, 1), (7, 3), (8, 2), (9, 10)))


def _junior(school: Invented, folder: Path) -> None:
    spellings = (lambda p: f"初{GRADE_WORDS[p[0] - 7]}{p[1]}", lambda p: f"{GRADE_WORDS[p[0] - 1]}({p[1]})班", lambda p: f"{2033 - p[0]}级{p[1]}班", lambda p: f"初{GRADE_WORDS[p[0] - 7]}（{p[1]}）班")  # fmt: skip
    columns: Columns = (("姓名", "name"), ("学籍号", "student_no"), ("就读方式", "boarding"), ("母亲姓名", "mother_name"), ("母亲手机", "mother_phone"))  # fmt: skip
    sheets = {}
    for spell, place in zip(spellings, sorted(school.heads), strict=True):
        rows = [["留守学生花名册"], ["序号", *head(columns)]]
        rows += [[n, *line(c, columns)] for n, c in enumerate(in_class(school.left, place), 1)]
        sheets[spell(place)] = rows
    save(folder / "初中部留守学生.xlsx", sheets)


# --- the village's list, beside a 台账 -------------------------------------------------------------------------------------


def _village(school: Invented, folder: Path) -> None:
    columns: Columns = (("户主", "father_name"), ("适龄儿童姓名", "name"), ("性别", "sex"), ("身份证号码", "id_card"), ("所在村组", "village"), ("就学情况", word("本校就读")), ("备注", nothing))  # fmt: skip
    rows = [["云溪镇义务教育适龄留守儿童名册"], ["村委会（盖章）"], ["序号", *head(columns)]]
    save(folder / "村委会名册.xlsx", {"Sheet1": [*rows, *([n, *line(c, columns)] for n, c in enumerate(school.left, 1))]})  # fmt: skip
    own: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"))
    save(folder / "台账.xlsx", {"Sheet1": [["留守儿童台账"], head(own), *lines(school.left, own)]})


# --- pairings -----------------------------------------------------------------------------------------------------------


def _paired(school: Invented, folder: Path) -> None:
    for n, c in enumerate(school.left):
        c.truth["helper_teacher"] = school.staff[n % len(school.staff)]["name"]
        c.truth["helper_pupil"] = next(o.name for o in school.children if o.place == c.place and not o.is_left)
    top = ["序号", "班级", "留守儿童基本信息", "", "", "帮扶教师", "", "结对时间", "学习伙伴"]
    low = ["", "", "姓名", "性别", "身份证号", "姓名", "联系电话", "", ""]
    rows: list[list[Any]] = [["教师结对帮扶留守儿童一览表"], top, low]
    for n, c in enumerate(school.left, 1):
        teacher = next(t for t in school.staff if t["name"] == c.truth["helper_teacher"])
        rows.append([n, short(c.place), c.name, c.truth["sex"], c.truth["id_card"], teacher["name"], teacher["phone"], "2026.9.5", c.truth["helper_pupil"]])  # fmt: skip
    save(folder / "结对.xlsx", {"Sheet1": rows}, {"Sheet1": ["C2:E2", "F2:G2"]})


# --- the school's own lists: staff and classes on one sheet ---------------------------------------------------------------


def _staff_sheet(school: Invented, folder: Path) -> None:
    def duty(t: dict[str, Any]) -> str:
        place = next((p for p, h in school.heads.items() if h == t["name"]), None)
        return f"{GRADE_WORDS[place[0] - 1]}({place[1]})班班主任" if place else {"校领导": "校长", "任课教师": "科任教师"}.get(t["post"], t["post"])  # fmt: skip

    for t in school.staff[:2]:
        t["subject"] = "语文、数学"
    rows: list[list[Any]] = [["云溪镇中心学校教职工基本情况表"], ["序号", "姓名", "性别", "职务", "任教学科", "联系电话", "学历"]]  # fmt: skip
    rows += [[n, " ".join(t["name"]) if len(t["name"]) == 2 else t["name"], "女", duty(t), t["subject"], t["phone"], "本科"] for n, t in enumerate(school.staff, 1)]  # fmt: skip
    rows += [["合计", len(school.staff)], [], ["各班人数统计"], ["班级", "班主任", "男", "女", "合计", "其中：留守儿童"]]
    for place in sorted(school.heads):
        own = in_class(school.children, place)
        boys = sum(c.truth["sex"] == "男" for c in own)
        rows.append([short(place), school.heads[place], boys, len(own) - boys, len(own), sum(c.is_left for c in own)])
    rows.append(["总计", "", "", "", len(school.children), len(school.left)])
    save(folder / "学校基本情况.xlsx", {"Sheet1": rows})
    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"))
    save(folder / "台账.xlsx", {"Sheet1": [["留守儿童台账"], head(columns), *lines(school.left, columns)]})


# --- papers about nobody, broken files, beside a 台账 ----------------------------------------------------------------------


def _junk(school: Invented, folder: Path) -> None:
    teachers = [t["name"] for t in school.staff]
    pupils = school.children
    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("监护人", "guardian_name"), ("关系", relation), ("监护人电话", "guardian_phone"))  # fmt: skip
    save(folder / "台账.xlsx", {"Sheet1": [["留守儿童台账"], head(columns), *lines(school.left, columns)]})
    save(folder / "值班表.xlsx", {"9月": [["9月值班安排表"], ["日期", "星期", "值班教师", "值班领导", "联系电话"], *([f"9月{n}日", "一二三四五六日"[n % 7], teachers[n % 8], teachers[4], "19900001111"] for n in range(1, 20))]})  # fmt: skip
    save(folder / "经费.xlsx", {"公用经费": [["公用经费支出明细"], ["序号", "日期", "项目", "金额", "经手人", "备注"], *([n, "2026-09-01", "办公用品", 100.5, teachers[0], ""] for n in range(9)), ["合计", "", "", 904.5]]})  # fmt: skip
    marks: list[list[Any]] = [["三年级（1）班期中考试成绩单"], ["学号", "姓名", "语文", "数学", "英语", "总分", "名次"]]
    marks += [[n, c.name, 88, 90, 77, 255, n] for n, c in enumerate(in_class(pupils, (3, 1)), 1)]
    save(folder / "成绩单.xlsx", {"成绩": [*marks, ["平均分", "", 88, 90, 77]]})
    save(folder / "作息表.xlsx", {"Sheet1": [["秋季作息时间表"], ["节次", "时间", "周一", "周二"], ["早读", "7:50", "语文", "英语"], ["第一节", "8:30", "数学", "语文"]]})  # fmt: skip
    lessons = [[f"第{n}节", *(("语文", "数学", "英语", "体育", "美术")[(n + d) % 5] for d in range(5))] for n in range(1, 7)]  # fmt: skip
    save(folder / "课程表.xlsx", {"五(2)班": [["五年级（2）班课程表"], ["节次", "星期一", "星期二", "星期三", "星期四", "星期五"], *lessons]})  # fmt: skip
    save(folder / "家长会签到.xlsx", {"Sheet1": [["六年级（1）班家长会签到表"], ["序号", "学生姓名", "家长姓名", "签到", "联系电话"], *([n, c.name, c.truth["father_name"], "", c.truth["mother_phone"]] for n, c in enumerate(in_class(pupils, (6, 1)), 1))]})  # fmt: skip
    save(folder / "考勤.xlsx", {"9月": [["四年级（1）班学生考勤表"], ["姓名", *range(1, 31)], *([c.name, *(["√"] * 30)] for c in in_class(pupils, (4, 1)))]})  # fmt: skip
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 torn")
    (folder / "加密.xlsx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))  # fmt: skip
    (folder / "通知.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


# --- nothing but rosters: all children stand on the list to tick -----------------------------------------------------------


def _ticks(school: Invented, folder: Path) -> None:
    for place in sorted(school.heads):
        columns: Columns = (("学号", lambda c: c.truth["id_card"][-2:]), ("学生姓名", "name"), ("性别", "sex"), ("身份证号", "id_card"), ("家庭住址", "home_address"), ("父亲姓名", "father_name"), ("父亲电话", "father_phone"))  # fmt: skip
        rows = [["云溪镇中心学校学生花名册"], [f"班级：{class_text(place)}", "", "", f"班主任：{school.heads[place]}"], head(columns)]  # fmt: skip
        save(folder / f"花名册{place[0]}{place[1]}.xlsx", {"Sheet1": [*rows, *lines(in_class(school.children, place), columns)]})  # fmt: skip


# --- those who left, those who are none, 潜能生 --------------------------------------------------------------------------


def _leavers(school: Invented, folder: Path) -> None:
    _roster(school, folder, ("就读状态", word("在读")))
    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("类别", lambda c: ("非留守", "单亲留守", "双亲留守")[c.kind]), ("备注", nothing))  # fmt: skip
    rows = lines(school.children, columns)
    gone = [["三（1）班", "冯立夏", "", "双亲留守", "2026年3月转出"], ["三(2)班", "褚海棠", "", "双亲留守", "已随父母到临江读书"]]
    save(folder / "台账.xlsx", {"Sheet1": [["留守儿童排查台账"], head(columns), *rows, *gone]})


MIXED = (
    Layout("两处电话", _two_phones, PHONES_HELD),
    Layout("同名异族", _odd_names, ODD_HELD, school=partial(invented_school, is_odd=True)),
    Layout("去年台账", _last_year, LAST_HELD),
    Layout("初中部", _junior, (*ID, "student_no", "boarding", "mother_name", "mother_phone"), school=_JUNIOR),
    Layout("村委会", _village, ID, village=("name", "id_card", "village", "destination")),
    Layout("结对表", _paired, ID, pairs=("helper_teacher", "helper_pupil")),
    Layout("一表两用", _staff_sheet, ID, ("name", "post", "subject", "phone"), has_heads=True, counts=True),
    Layout("杂文件", _junk, (*ID, *GUARDIAN), unread=3),
    Layout("全靠勾选", _ticks, (*ID, "home_address", "father_name", "father_phone"), has_heads=True, has_ticks=True),
    Layout("有走有非", _leavers, (*ID, "student_no", "ethnicity", *FROM_ID)),
)
