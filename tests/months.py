"""Random months that lean on every edge of the contract: boundaries of dates, every status, doubles, doubtful rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from small import COVER, card, id_card

from pipeline.model import Month
from schemas import codes

Row = dict[str, Any]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", ("小禾", "小河", "小树", "小麦", "小溪", "小石", "小竹", "小燕", "小雨")
STAFF = ("王老师", "陈老师", "刘老师")
NONSENSE = "乱写###"


class Maker:
    """Makes the rows of one random month; `day` draws dates near the edges of the month and its term."""

    def __init__(self, rng: random.Random, month: str) -> None:
        self.rng, self.month = rng, Month.parse(month)
        self.first, self.last = self.month.first_day, self.month.last_day
        self.serial = 0

    def some(self, chance: float) -> bool:
        return self.rng.random() < chance

    def day(self, back: int = 40) -> date:
        """Return a day of the month, now and then an earlier one, never one after it."""
        if self.some(0.15):
            return self.last - timedelta(self.rng.randrange(back))
        edges = (self.first, self.last, self.first + timedelta(6), self.first + timedelta(7))
        return self.rng.choice((*edges, *(self.first + timedelta(self.rng.randrange(self.last.day)) for _ in range(6))))

    def away_since(self) -> date:
        year, number = divmod(self.last.year * 12 + self.last.month - 1 - 3, 12)
        edge = date(year, number + 1, min(self.last.day, 28))
        return self.rng.choice((edge, edge + timedelta(1), edge - timedelta(400), self.last, self.last - timedelta(91)))

    def birth(self) -> date:
        year = self.last.year - self.rng.choice((7, 10, 12))
        leap = self.last.month == 2 and year % 4 == 0
        choices = [
            date(year, self.last.month, 5),
            date(year, 2, 28),
            date(year, 6, 1),
            date(self.last.year - 16, self.last.month, 28),
        ]
        return self.rng.choice([*choices, date(year, 2, 29) if leap else date(year, 9, 9)])

    def pupil(self, name: str) -> Row:
        self.serial += 1
        rng, birth = self.rng, self.birth()
        number = id_card(birth, self.serial % 1000)
        status = rng.choice(codes.PUPIL_STATUS.words) if self.some(0.35) else "在读"
        how = rng.choice(codes.JOINED_HOW.words) if self.some(0.4) else "期初在籍"
        row = {
            "姓名": name, "身份证号": number, "学籍号": "G" + number, "性别": "男" if self.serial % 2 else "女", "出生日期": birth,
            "民族": "苗族", "学生类别": rng.choice((*codes.CATEGORY.words, "留守儿童", "留守儿童", "留守兼潜能")),
            "农村户籍": "是" if self.some(0.85) else "否", "随父母生活": "否" if self.some(0.88) else "是", "监护类型": "祖父母",
            "就读方式": rng.choice(("走读", "住校")), "健康状况": "健康或良好", "性格特征": "开朗", "兴趣爱好": "画画",
            "重点帮扶": "是" if self.some(0.3) else "否", "入班方式": how, "学籍状态": status,
            "建档日期": self.first - timedelta(20), "档案编号": f"D{self.serial:04d}",
        }  # fmt: skip
        for parent in ("父亲", "母亲"):
            row[f"{parent}状况"] = rng.choice(codes.PARENT_STATUS.words) if self.some(0.3) else "外出务工"
            if row[f"{parent}状况"] == "外出务工":
                row[f"{parent}外出日期"] = self.away_since()
        if (row["父亲状况"] == "外出务工") != (row["母亲状况"] == "外出务工"):
            row["在家一方监护能力"] = rng.choice(("有", "无"))
        if how != "期初在籍" or self.some(0.1):
            row["入班日期"] = rng.choice(
                (self.first, self.first + timedelta(1), self.day(60), self.last - timedelta(30))
            )
        if status != "在读":
            row["状态日期"] = self.day(60)
        if self.some(0.15):
            row[rng.choice(("建档日期", "性格特征", "健康状况", "档案编号"))] = None
        if self.some(0.15):
            row[rng.choice(("学籍号", "身份证号"))] = None
        return row

    def class_book(self, grade: str, number: int, size: int) -> Row:
        rng = self.rng
        names = rng.sample([s + g for s in SURNAMES for g in GIVEN], size)
        pupils = [self.pupil(name) for name in names]
        if size > 2 and self.some(0.3):
            pupils[1]["姓名"] = pupils[0]["姓名"]
        named = [(p["姓名"], p["学籍号"] or ("G" + p["身份证号"] if p["身份证号"] else None)) for p in pupils]
        twins = {n for n, _ in named if [m for m, _ in named].count(n) > 1}

        def who() -> Row:
            name, student_no = rng.choice(named)
            if self.some(0.04):
                return {"学生姓名": "查无此人"}
            return {"学生姓名": name} | (
                {"学籍号": student_no} if (name in twins and self.some(0.8)) or self.some(0.05) else {}
            )

        sheets = {
            "学生档案": pupils,
            "联系卡": [self.card(p, student_no, twins) for p, (_, student_no) in zip(pupils, named, strict=True) if self.some(0.9)],
            "结对帮扶": [self.pairing() | who() for _ in range(3 * size)],
            "谈心记录": [
                {"日期": self.day(), "谈心人": rng.choice((*STAFF, "外人")) if self.some(0.1) else rng.choice(STAFF), "主题": "学习",
                 "谈心人身份": rng.choice((*codes.SPEAKER_ROLE.words, "班主任", "班主任")), "方式": "面谈", "主要内容": f"话{n}"} | who()
                for n in range(4 * size)
            ],
            "家校联系": [
                {"日期": self.day(), "形式": rng.choice(codes.CONTACT_KIND.words), "联系对象": "父母"} | who() for _ in range(3 * size)
            ],
            "活动记录": [self.activity([n for n, _ in named if n not in twins]) for _ in range(4)],
            "成长记录": [self.growth(p, no, twins) for p, (_, no) in zip(pupils, named, strict=True) if self.some(0.9)],
            "个别方案": [
                {"触发原因": rng.choice(codes.CASE_REASON.words[:2]), "制订日期": self.day(), "责任人": "王老师", "措施": "谈", "进展": "进行中"}
                | who()
                for _ in range(size)
            ],
            "假期互查": [
                {"日期": self.day(20), "村民组": rng.choice("甲乙"), "组长": "组长", "参加学生": named[0][0], "作业情况": "好"}
                for _ in range(6 if self.last.month in (1, 2, 7, 8) else 0)
            ],
            "关爱服务": [],
        }  # fmt: skip
        return {
            "cover": COVER | {"报送月份": str(self.month), "年级": grade, "班级": number, "班主任": "王老师"},
            "sheets": sheets,
        }

    def card(self, pupil: Row, student_no: str | None, twins: set[str]) -> Row:
        row = card(pupil["姓名"]) | {"更新日期": self.day(60)}
        row |= {"学籍号": student_no} if pupil["姓名"] in twins else {}
        if self.some(0.2):
            row[self.rng.choice(("父亲电话", "母亲姓名"))] = self.rng.choice((None, "—"))
        if self.some(0.2):
            row[self.rng.choice(("母亲务工地址", "监护人职业", "监护人年龄"))] = None
        return row

    def pairing(self) -> Row:
        kind = self.rng.choice(codes.PAIRING_KIND.words)
        row: Row = {"帮扶类型": kind, "帮扶人": self.rng.choice((*STAFF, "李阿姨")), "结对日期": self.day(90)}
        if self.some(0.5):
            row |= {"帮扶内容": "数学", "帮扶时间": "周三", "阶段目标": "合格" if self.some(0.8) else None}
        if self.some(0.2):
            row["结束日期"] = self.last + timedelta(self.rng.choice((-3, 0, 1, 30)))
        if self.some(0.6):
            row |= {"检查日期": self.day(60), "检查结果": "好" if self.some(0.9) else None}
        return row

    def activity(self, names: list[str]) -> Row:
        rng = self.rng
        some = rng.sample(names, min(len(names), 3))
        listed = "全体" if self.some(0.5) or not some else "、".join([*some, *(["无名氏"] if self.some(0.2) else [])])
        kind = rng.choice(("留守儿童会", "生日会", "游览", "主题班会", *codes.FIVE_DEEDS[:1], "法制讲座"))
        return {"日期": self.day(), "活动类型": kind, "活动名称": "活动", "组织人": "王老师", "参加学生": listed}

    def growth(self, pupil: Row, student_no: str | None, twins: set[str]) -> Row:
        row: Row = {"学生姓名": pupil["姓名"], "语文": 80, "学习表现": "良好", "行为习惯": "良好", "心理状态": "良好", "缺勤天数": 0,
                    "成长日记": "有", "进步档案": "有", "个案触发": "无"}  # fmt: skip
        row |= {"学籍号": student_no} if pupil["姓名"] in twins else {}
        if self.some(0.4):
            limit = self.last - timedelta(self.rng.choice((3, 13, 14, 15, 25)))
            row |= {
                "个案触发": self.rng.choice(codes.CASE_REASON.words[:2]),
                "触发日期": limit if self.some(0.9) else None,
            }
        return row

    def school_book(self, books: list[Row]) -> Row:
        rng = self.rng
        places = [(b["cover"]["年级"], b["cover"]["班级"]) for b in books]
        names = [p["姓名"] for b in books for p in b["sheets"]["学生档案"]]
        scopes = (
            ("全校", None),
            ("年级", places[0][0]),
            ("班级", f"{places[-1][0]}({places[-1][1]})班"),
            ("名单", rng.choice(names)),
        )
        acts = [
            {"日期": self.day(), "活动类型": rng.choice(("生日会", "文艺演出", "游览")), "活动名称": "校活动", "组织人": "周校长", "参加学生": "全体",
             "参加范围": scope, "参加对象": of}
            for scope, of in rng.sample(scopes, 2)
        ]  # fmt: skip
        ages = [
            {
                "姓名": f"适龄{n}",
                "村组": rng.choice((None, "甲", "丙")),
                "就学去向": rng.choice((*codes.DESTINATION.words, "本校", "本校")),
            }
            for n in range(rng.randrange(6))
        ]
        return {
            "cover": COVER | {"报送月份": str(self.month)},
            "sheets": {
                "班级一览": [{"年级": g, "班级": n, "班主任": "王老师", "学生总数": 40} for g, n in places],
                "教职工": [{"姓名": name, "岗位": "班主任", "在岗": "是"} for name in STAFF],
                "应入学名册": ages,
                "学校活动": acts,
                "关爱设施": [
                    {"项目": i, "数量": 1, "可用": rng.choice("是否")} for i in rng.sample(codes.FACILITIES, 4)
                ],
            },
        }


def random_month(
    rng: random.Random, *, month: str = "2026-10", classes: int = 3, children: int = 6, mess: float = 0.0
) -> Row:
    """Return a random month as plain data; `mess` is the chance that a cell is nonsense or emptied."""
    maker = Maker(rng, month)
    places = [("三年级", 2), ("三年级", 10), ("九年级", 1), ("一年级", 1)][:classes]
    books = [maker.class_book(grade, number, rng.randrange(1, children + 1)) for grade, number in places]
    if classes > 1 and maker.some(0.4):
        double = dict(rng.choice(books[0]["sheets"]["学生档案"]))
        books[1]["sheets"]["学生档案"].append(double | {"入班方式": "转入", "入班日期": maker.day(), "档案编号": "DX"})
    plan = {"sheets": {"参数": [{"参数": "方案预设", "值": f"篇{rng.choice('一二三四五六七')}"},
                               {"参数": "留守口径", "值": rng.choice(("学籍", "学籍", "国家", "方案"))},
                               {"参数": "休学计入流失", "值": rng.choice("是否")}]}}  # fmt: skip
    made = {
        "month": month,
        "classes": books,
        "school": maker.school_book(books),
        "plan": plan if maker.some(0.6) else None,
    }
    return spoil(made, rng, mess) if mess else made


def spoil(month: Row, rng: random.Random, mess: float) -> Row:
    """Put nonsense into cells, or empty them, over all sheets of the class and school workbooks."""
    for book in (*month["classes"], month["school"]):
        for sheet, rows in book["sheets"].items():
            if sheet in ("班级一览", "教职工"):
                continue
            for row in rows:
                for title in list(row):
                    if rng.random() < mess:
                        row[title] = rng.choice((NONSENSE, None))
    return month
