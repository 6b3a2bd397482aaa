"""More hands that keep lists: kinds of children as sheets, who is away and where, numbers in each other's columns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from starting.columns import Spec, grade_word, head, in_class, line, lines, nothing, relation, word
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW
from starting.systems import BASE, CARE, Columns, Rows, listed
from starting.truth import GRADE_WORDS, Child, Invented, class_text
from starting.village_habits import turns

AWAY_BOTH = ("father_status", "mother_status")


def _kinds_by_sheet(school: Invented, folder: Path) -> None:
    """双亲留守 on one sheet, 单亲留守 on the other."""
    columns = (*BASE, *CARE)
    sheets = {name: [[f"云溪镇中心学校{name}儿童名单"], head(columns), *lines([c for c in school.left if c.kind == kind], columns)] for kind, name in ((2, "双亲留守"), (1, "单亲留守"))}  # fmt: skip
    save(folder / "留守儿童.xlsx", sheets, saved=NEW)


def _kinds_by_line(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE, *CARE)
    rows: Rows = [["留守儿童名单"], head(columns)]
    for kind, name in ((2, "父母双方外出"), (1, "父母一方外出")):
        own = [c for c in school.left if c.kind == kind]
        rows += [[f"{name}（{len(own)}人）"], *lines(own, columns)]
    save(folder / "名单.xlsx", {"Sheet1": rows}, saved=NEW)


def _slips(school: Invented, folder: Path) -> None:
    """The head again before every child, as slips are cut."""
    columns = (*BASE, *CARE)
    rows: Rows = [["留守儿童信息核对条"]]
    for c in school.left:
        rows += [head(columns), line(c, columns), []]
    save(folder / "核对条.xlsx", {"Sheet1": rows}, saved=NEW)


def _who_is_away(school: Invented, folder: Path) -> None:
    """外出务工人员, and of him 地点 and 时间: of 父母 both are there."""
    for c in school.left:
        if c.kind == 2:
            c.truth["mother_work_address"] = c.truth["father_work_address"]
            c.truth["mother_away_since"] = c.truth["father_away_since"]
    columns = (
        *BASE, ("外出务工人员", lambda c: ("", "父亲", "父母")[c.kind]), ("务工地点", "father_work_address"), ("外出时间", lambda c: f"{c.truth['father_away_since']:%Y.%m}"), ("联系电话", lambda c: c.truth["father_phone"] if c.kind == 1 else ""), *CARE,
    )  # fmt: skip
    listed(school, folder, columns)


WHO_HELD = (*ID, *GUARDIAN, "father_status", "mother_status", "father_work_address", "mother_work_address", "father_away_since", "mother_away_since")  # fmt: skip


def _address_in_parts(school: Invented, folder: Path) -> None:
    top = ["序号", "班级", "姓名", "身份证号", "家庭住址", "", "监护人", "", ""]
    low = ["", "", "", "", "乡镇", "村组", "姓名", "关系", "电话"]
    rows: Rows = [["留守儿童台账"], top, low]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        rows.append([n, short(c.place), c.name, t["id_card"], "云溪镇", t["village"], t["guardian_name"], relation(c), t["guardian_phone"]])  # fmt: skip
    save(folder / "台账.xlsx", {"Sheet1": rows}, {"Sheet1": ["E2:F2", "G2:I2", *(f"{c}2:{c}3" for c in "ABCD")]}, NEW)


def _lists_on_their_side(school: Invented, folder: Path) -> None:
    """The classes side by side with their head teachers below; the staff two a row."""
    places = sorted(school.heads)
    rows = [["各班班主任一览表"], ["班级", *map(short, places)], ["班主任", *(school.heads[p] for p in places)], ["学生人数", *(school.counts[p] for p in places)]]  # fmt: skip
    save(folder / "班主任.xlsx", {"Sheet1": rows}, saved=NEW)
    staff = [[t["name"], t["post"], t["phone"]] for t in school.staff]
    pairs = [[*left, *right] for left, right in zip(staff[::2], [*staff[1::2], []], strict=False)]
    save(folder / "教师通讯录.xlsx", {"Sheet1": [["教师通讯录"], ["姓名", "职务", "电话"] * 2, *pairs]}, saved=NEW)
    listed(school, folder, (*BASE, *CARE))


def _swapped(school: Invented, folder: Path) -> None:
    """The identity number below 学籍号, the G number below 身份证号."""
    listed(school, folder, (*BASE[:2], ("学籍号", "id_card"), ("身份证号", "student_no"), *CARE))


def _without_g(school: Invented, folder: Path) -> None:
    listed(school, folder, (*BASE[:2], ("学籍号", lambda c: str(c.truth["student_no"])[1:]), ("性别", "sex"), *CARE))


def _last_six(school: Invented, folder: Path) -> None:
    columns: Columns = (*BASE[:2], ("性别", "sex"), ("身份证后六位", lambda c: str(c.truth["id_card"])[-6:]), *CARE)
    listed(school, folder, columns)


def _words(school: Invented, folder: Path) -> None:
    """Words of one list in the ways of several hands."""

    def of(key: str, told: dict[str, tuple[str, ...]]) -> Spec:
        seen: dict[int, int] = {}

        def written(c: Child) -> str:
            several = told.get(str(c.truth[key]), (str(c.truth[key]),))
            return several[seen.setdefault(id(c), len(seen)) % len(several)]

        return written

    columns: Columns = (
        *BASE, ("民族", of("ethnicity", {"汉族": ("汉", "汉族", "汉 族"), "苗族": ("苗", "苗族"), "彝族": ("彝", "彝族")})), ("就读方式", of("boarding", {"住校": ("住校生", "寄宿", "寄宿生", "住宿生", "住校"), "走读": ("走读生", "走读", "通学", "不住校")})),
        ("身体状况", of("health", {"健康或良好": ("健康", "良好", "正常"), "一般或较弱": ("一般", "较弱", "体弱")})), ("户口性质", of("rural", {"是": ("农村", "农业", "农业户口", "农")})), *CARE,
        ("监护人身体状况", of("guardian_health", {"健康": ("良好", "健康", "身体健康"), "一般": ("一般",), "患病": ("慢性病", "患病", "有病")})),
    )  # fmt: skip
    listed(school, folder, columns)


WORDS_HELD = (*ID, "ethnicity", "boarding", "health", "rural", *GUARDIAN, "guardian_health")


def _numbered_names(school: Invented, folder: Path) -> None:
    """Two of a name in a class told apart by 1 and 2 or 大 and 小, marks of new children, blanks."""
    written = turns(lambda c: c.name, lambda c: f"{c.name}（新）", lambda c: f"★{c.name}", lambda c: f"{c.name} ", lambda c: f"{c.name}（女）" if c.truth["sex"] == "女" else f"{c.name}（男）")  # fmt: skip
    listed(school, folder, (("序号", lambda c: f"{c.place[0]}-{c.truth['id_card'][-3:]}"), BASE[0], ("姓名", written), BASE[2], *CARE))  # fmt: skip


def _moved(school: Invented, folder: Path) -> None:
    """The 学籍 roster of this autumn has some in another class than the spring's 台账, and some have changed a number."""
    old = (("班级", lambda c: short((max(c.place[0] - 1, 1), 2 if c.place == (3, 1) else c.place[1]))), *BASE[1:], *CARE)
    save(folder / "春季台账.xlsx", {"Sheet1": [["2026年春季留守儿童台账"], head(old), *lines(school.left, old)]}, saved=datetime(2026, 4, 10))  # fmt: skip
    columns: Columns = (("年级", grade_word), ("班级", lambda c: f"{c.place[1]}班"), *BASE[1:])
    save(folder / "学籍.xlsx", {"Sheet1": [head(columns), *lines(school.children, columns)]}, saved=NEW)


def _three_sources(school: Invented, folder: Path) -> None:
    """A roster with numbers, a 台账 by name and birthday, a list of telephones by name and class."""
    roster: Columns = (("班级", lambda c: class_text(c.place)), *BASE[1:], ("学籍号", "student_no"))
    ledger: Columns = (("姓名", "name"), ("出生日期", lambda c: f"{c.truth['birth_date']:%Y.%m.%d}"), ("监护人", "guardian_name"), ("与学生关系", relation))  # fmt: skip
    phones: Columns = (("班级", lambda c: f"{c.place[0]}({c.place[1]})"), ("学生姓名", "name"), ("父亲电话", "father_phone"), ("母亲电话", "mother_phone"), ("监护人电话", "guardian_phone"))  # fmt: skip
    save(folder / "全校学生名册.xlsx", {"1": [head(roster), *lines(school.children, roster)]}, saved=NEW)
    save(folder / "留守台账.xlsx", {"1": [["留守儿童台账"], head(ledger), *lines(school.left, ledger)]}, saved=NEW)
    save(folder / "家长电话.xlsx", {"1": [["学生家长通讯录"], head(phones), *lines(school.children, phones)]}, saved=NEW)


THREE_HELD = (*ID, "student_no", *GUARDIAN, "father_phone", "mother_phone")


def _statuses(school: Invented, folder: Path) -> None:
    """父亲是否外出, 母亲是否外出, and what they do."""

    def asked(parent: str) -> Spec:
        return lambda c: "是" if c.truth[f"{parent}_status"] == "外出务工" else "否"

    columns: Columns = (*BASE, ("父亲姓名", "father_name"), ("父亲是否外出务工", asked("father")), ("父亲务工单位及地址", "father_work_address"), ("母亲姓名", "mother_name"), ("母亲是否外出务工", asked("mother")), ("母亲务工单位及地址", "mother_work_address"), *CARE)  # fmt: skip
    listed(school, folder, columns)


def _one_line_titles(school: Invented, folder: Path) -> None:
    """Titles with what has to be written, as forms of a bureau have them."""
    columns: Columns = (
        ("*班级（如：三年级1班）", lambda c: f"{grade_word(c)}{c.place[1]}班"), ("*学生姓名（与户口本一致）", "name"), ("*身份证号码（18位，X大写）", "id_card"), ("民族（填全称，如汉族）", "ethnicity"), ("*父亲姓名（已故填“已故”）", "father_name"), ("父亲联系方式（手机号）", "father_phone"),
        ("*母亲姓名（已故填“已故”）", "mother_name"), ("母亲联系方式（手机号）", "mother_phone"), ("*实际监护人姓名（指现在照顾孩子的人）", "guardian_name"), ("*实际监护人与孩子的关系（如爷爷）", relation), ("*实际监护人联系方式（手机号）", "guardian_phone"), ("现居住地址（详细到门牌号或村组）", "home_address"),
    )  # fmt: skip
    listed(school, folder, columns)


TITLES_HELD = (*ID, "ethnicity", *MEMBERS, *GUARDIAN, "home_address")


def _class_blocks(school: Invented, folder: Path) -> None:
    """Each class's head teacher in the line above its children, with his telephone, who helps in the last column."""
    columns: Columns = (("序号", nothing), ("姓名", "name"), ("身份证号", "id_card"), *CARE, ("帮扶责任人", lambda c: school.heads[c.place]))  # fmt: skip
    for c in school.left:
        c.truth["helper_teacher"] = school.heads[c.place]
    rows: Rows = [["2026年秋季留守儿童关爱帮扶台账"]]
    for place in sorted(school.heads):
        rows += [[f"班级：{class_text(place)}", "", f"班主任：{school.heads[place]}", "", "电话：19900005555"], head(columns), *lines(in_class(school.left, place), columns), []]  # fmt: skip
    save(folder / "台账.xlsx", {"Sheet1": rows}, saved=NEW)


def _mixed_grades(school: Invented, folder: Path) -> None:
    """Titles and lines that say several grades: 一至六年级, 三、四年级; the class stands in the sheet's name."""
    columns = (("序号", nothing), *BASE[1:], *CARE)
    sheets = {f"{GRADE_WORDS[p[0] - 1]}{p[1]}": [["云溪镇中心学校一至六年级留守儿童名册"], head(columns), *lines(in_class(school.left, p), columns)] for p in sorted(school.heads)}  # fmt: skip
    save(folder / "一至六年级名册.xlsx", sheets, saved=NEW)


def _of_spring(school: Invented, folder: Path) -> None:
    """Talks and scores of last term beside: whoever is on them is no more left-behind for it."""
    talks = [[f"2026.4.{n % 28 + 1}", c.name, short((max(c.place[0] - 1, 1), c.place[1])), "学习", school.heads[c.place]] for n, c in enumerate(school.children)]  # fmt: skip
    save(folder / "谈心记录.xlsx", {"Sheet1": [["2026年春季谈心记录"], ["日期", "姓名", "班级", "内容", "谈心教师"], *talks]}, saved=NEW)  # fmt: skip
    marks = [[n, c.name, short(c.place), 80, 75, 155] for n, c in enumerate(school.children, 1)]
    save(folder / "成绩.xlsx", {"Sheet1": [["期末成绩"], ["考号", "姓名", "班级", "语文", "数学", "总分"], *marks]}, saved=NEW)  # fmt: skip
    listed(school, folder, (*BASE, *CARE))


def _teaching_points(school: Invented, folder: Path) -> None:
    """Classes with the school's name in the cell, and a column of the village point."""
    columns: Columns = (("学校", word("云溪镇中心学校")), ("年级", lambda c: c.place[0]), ("班", lambda c: f"（{c.place[1]}）班"), *BASE[1:], *CARE)  # fmt: skip
    listed(school, folder, columns, title="示例县2026年秋季农村留守儿童基本情况统计表（学校用表）")


HANDS: tuple[Any, ...] = (
    Layout("两类两表", _kinds_by_sheet, (*ID, *GUARDIAN)),
    Layout("两类两段", _kinds_by_line, (*ID, *GUARDIAN)),
    Layout("核对条", _slips, (*ID, *GUARDIAN)),
    Layout("外出的人", _who_is_away, WHO_HELD),
    Layout("地址分列", _address_in_parts, (*ID, "home_address", *GUARDIAN)),
    Layout("横排班主任", _lists_on_their_side, (*ID, *GUARDIAN), ("name", "phone"), has_heads=True),
    Layout("号码互换", _swapped, (*ID, "student_no", *GUARDIAN)),
    Layout("学籍号无G", _without_g, ("name", "sex", "category", *GUARDIAN)),
    Layout("只有后六位", _last_six, ("name", "sex", "category", *GUARDIAN)),
    Layout("各人用词", _words, WORDS_HELD),
    Layout("姓名带号", _numbered_names, (*ID, *GUARDIAN)),
    Layout("春季台账秋季学籍", _moved, (*ID, *GUARDIAN)),
    Layout("三处拼成", _three_sources, THREE_HELD),
    Layout("问是否外出", _statuses, (*ID, "father_name", "mother_name", "father_status", *GUARDIAN)),
    Layout("列名带要求", _one_line_titles, TITLES_HELD),
    Layout("班级分块", _class_blocks, (*ID, *GUARDIAN), has_heads=True, pairs=("helper_teacher",)),
    Layout("一至六年级", _mixed_grades, (*ID, *GUARDIAN)),
    Layout("谈心成绩在旁", _of_spring, (*ID, *GUARDIAN)),
    Layout("学校年级班", _teaching_points, (*ID, *GUARDIAN)),
)  # fmt: skip
