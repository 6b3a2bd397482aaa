"""Random months of invented people that lean on the edges of the contract, and their spoilt copies.

A month is plain data: {"month", "school", "classes", "plan"}, a workbook {"cover", "sheets"}, a row 列名 -> value.
A clean month (mess=0) may still hold the errors that teachers make (an unknown name, a missing 学籍号), but no date
after T except 结束日期 and 跟进日期. Drawn months also hold "cover", "places", "staff" and "serial", to go on with.
"""

from __future__ import annotations

import calendar
import copy
import random
from datetime import date, timedelta

from oracle.cells import add_months, blank, unit_of
from oracle.sheets import (
    ACTIVITIES,
    CLASS_SHEETS,
    LEVELS,
    MARKS,
    REASONS,
    RELATIONS,
    SCHOOL_SHEETS,
)

NONSENSE = "乱写###"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "小明",
    "小红",
    "小花",
    "小军",
    "丽",
    "芳",
    "强",
    "静",
    "雨桐",
    "子涵",
    "浩",
    "思源",
    "春燕",
    "志远",
    "小溪",
    "冬梅",
    "晓峰",
    "文静",
    "佳乐",
    "阳",
)
PLACES = (("一年级", 1), ("三年级", 1), ("三年级", 2), ("五年级", 1), ("六年级", 1), ("九年级", 1), ("九年级", 2))
AGES = {"一年级": 7, "三年级": 9, "五年级": 11, "六年级": 12, "九年级": 15}
TEACHERS = ("方老师", "谢老师", "邓老师", "许老师", "韩老师")
LOVERS = ("冯阿姨", "曾叔叔", "彭阿姨")
VILLAGES = ("东坡组", "西河组", "石桥组")


class Maker:
    """Draws the rows of one month from one random generator."""

    def __init__(self, rng, month, *, doubles):
        """Fix the month's days and its term by the default parameters."""
        self.rng, self.doubles = rng, doubles
        year, number = (int(p) for p in month.split("-"))
        self.month, self.number = month, number
        self.first, self.last = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
        self.holiday = number in (1, 2, 7, 8)
        if number >= 9:
            self.start, self.end = date(year, 9, 1), date(year + 1, 1, 20)
        elif (number, self.last.day) < (2, 20):
            self.start, self.end = date(year - 1, 9, 1), date(year, 1, 20)
        else:
            self.start, self.end = date(year, 2, 20), date(year, 7, 5)
        self.ids, self.names, self.staff, self.serial = set(), set(), [], 0

    def some(self, chance):
        """Toss a coin."""
        return self.rng.random() < chance

    def any(self, words, weights=None):
        """Pick one word."""
        return self.rng.choices(list(words), weights)[0]

    def between(self, start, end):
        """Pick a day between two days."""
        return start + timedelta(days=self.rng.randint(0, max(0, (end - start).days)))

    def in_month(self):
        """Pick a day of the month, near its own and its weeks' edges."""
        mondays = [
            self.first + timedelta(days=i)
            for i in range(self.last.day)
            if (self.first + timedelta(days=i)).weekday() == 0
        ]
        edges = [
            self.first,
            self.first + timedelta(days=1),
            self.last,
            self.last - timedelta(days=1),
            *mondays,
            *(d - timedelta(days=1) for d in mondays[1:]),
        ]
        return self.any(edges) if self.some(0.5) else self.between(self.first, self.last)

    def day(self, late=0.2):
        """Pick a record's day: mostly in the month, at times earlier in the term (补报)."""
        if not self.some(late):
            return self.in_month()
        edges = [
            self.start,
            min(self.end, self.last),
            self.first - timedelta(days=1),
            self.between(self.start, self.last),
        ]
        if self.holiday or self.some(0.1):
            edges.append(self.start - timedelta(days=1))
        day = min(self.last, self.any(edges))
        return day if day >= self.start or self.holiday or self.some(0.05) else self.first

    def phone(self):
        """Make a phone number."""
        return f"1{self.rng.randint(30, 99)}{self.rng.randint(0, 99999999):08d}" if self.some(0.9) else "0827-5123456"

    def name(self):
        """Make a name that no one else in the school has."""
        while True:
            name = self.any(SURNAMES) + self.any(GIVEN)
            if name not in self.names:
                self.names.add(name)
                return name

    def id_number(self, born, sex):
        """Make a valid ID number of the fictitious area 529900, unique in the month."""
        while True:
            body = f"529900{born:%Y%m%d}{self.rng.randint(0, 99):02d}{self.rng.choice('13579' if sex == '男' else '02468')}"
            if body not in self.ids and not body.endswith("00"):
                self.ids.add(body)
                weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
                return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]

    def born(self, grade):
        """Pick a birth date: in the month, the 16th birthday on T or the day after, 29 February, or any."""
        year = self.last.year - AGES[grade]
        pick = self.rng.random()
        if pick < 0.25:
            return date(year, self.number, self.rng.randint(1, 28))
        if pick < 0.35:
            return add_months(self.last, -192)
        if pick < 0.42:
            return add_months(self.last, -192) + timedelta(days=1)
        if pick < 0.5:
            return date(2012 if grade == "九年级" else 2016, 2, 29)
        return date(year, self.rng.randint(1, 12), self.rng.randint(1, 28))

    def away_since(self):
        """Pick a day of leaving: exactly 3 months before T, the day after, T itself, or long ago."""
        edge = add_months(self.last, -3)
        return self.any(
            [
                edge,
                edge + timedelta(days=1),
                edge - timedelta(days=1),
                self.last,
                self.first,
                self.between(self.last - timedelta(days=900), edge),
            ],
            [2, 2, 1, 1, 1, 9],
        )

    def joined(self):
        """Pick a day of joining on the edges of months, weeks, 15 and 30 days."""
        days = [
            self.first,
            self.first + timedelta(days=1),
            self.start,
            self.last,
            self.last - timedelta(days=30),
            self.last - timedelta(days=29),
            self.last - timedelta(days=15),
            self.last - timedelta(days=14),
            self.first - timedelta(days=1),
            self.start - timedelta(days=40),
            self.in_month(),
        ]
        return self.any(days)

    # --- pupils --------------------------------------------------------------------------------------------------------

    def pupil(self, grade, name):
        """Make a row of 学生档案."""
        sex, born = self.any("男女"), self.born(grade)
        number = self.id_number(born, sex)
        how = self.rng.random()
        row = {"姓名": name, "性别": sex, "出生日期": born, "民族": self.any(("汉族", "藏族", "彝族"), [8, 1, 1])}
        if how < 0.75:
            row["身份证号"] = number
            row["学籍号"] = self.any(("G" + number, None, f"L{self.rng.randint(10**17, 10**18 - 1)}"), [6, 2, 1])
        else:
            row["学籍号"] = f"{self.any('JL')}{self.rng.randint(10**17, 10**18 - 1)}" if how < 0.93 else "G" + number
        if row.get("身份证号") and self.some(0.06):
            row["出生日期"] = None  # filled from the ID
        row["学生类别"] = self.any(("留守儿童", "潜能生", "留守兼潜能"), [6, 2, 3])
        row["农村户籍"], row["随父母生活"] = self.any("是否", [8, 1]), self.any("是否", [1, 9])
        for parent in ("父亲", "母亲"):
            row[f"{parent}状况"] = self.any(
                ("在家", "外出务工", "死亡", "失联", "服刑戒毒", "离异未共同生活", "其他"), [3, 12, 1, 1, 1, 1, 1]
            )
            if row[f"{parent}状况"] == "外出务工":
                row[f"{parent}外出日期"] = self.away_since() if self.some(0.96) else None
        if sum(row[f"{p}状况"] == "外出务工" for p in ("父亲", "母亲")) == 1:
            row["在家一方监护能力"] = self.any(("有", "无", None), [10, 10, 1])
        row |= {
            "监护类型": self.any(("祖父母", "外祖父母", "父亲", "其他亲属", "无人监护")),
            "就读方式": self.any(("走读", "住校")),
            "重点帮扶": self.any("是否", [1, 2]),
        }
        row |= {"入班方式": "期初在籍", "学籍状态": "在读"}
        if self.some(0.3):
            row |= {
                "入班方式": self.any(("转入", "复学", "新认定", "期初在籍")),
                "入班日期": self.joined() if self.some(0.93) else None,
            }
        if self.some(0.3):
            row["学籍状态"] = self.any(
                ("休学", "转出已确认", "转出未落实", "疑似辍学", "辍学", "毕业", "死亡"), [2, 1, 1, 3, 1, 1, 1]
            )
            row["状态日期"] = self.joined() if self.some(0.95) else None
        self.serial += 1
        if self.some(0.9):
            row |= {"建档日期": min(self.last, self.joined()), "档案编号": f"D{self.serial:03d}"}
        for column, value in (("健康状况", "健康或良好"), ("性格特征", "内向"), ("兴趣爱好", "画画")):
            if self.some(0.95):
                row[column] = value
        if self.some(0.3):
            row |= {
                "责任教师": self.any(self.staff),
                "学习分类": self.any(LEVELS),
                "困难类别": self.any(("无", "低保")),
                "备注": "家里有奶奶",
            }
        if self.some(0.02):
            row[self.any(("民族", "监护类型", "就读方式", "重点帮扶"))] = None
        return row

    def card(self, row, named):
        """Make a child's 联系卡, most of them complete."""
        card = dict(named)
        card["家庭地址"] = "东坡村"
        for parent in ("父亲", "母亲"):
            gone = row[f"{parent}状况"] in ("死亡", "失联") or self.some(0.03)
            card |= {f"{parent}姓名": "—" if gone else "某人", f"{parent}电话": "—" if gone else self.phone()}
            if row[f"{parent}状况"] == "外出务工" and self.some(0.95):
                card |= {f"{parent}务工地址": "广东", f"{parent}务工单位": "某厂"}
        card |= {
            "监护人姓名": "某老人",
            "与学生关系": self.any(RELATIONS[:6]),
            "监护人年龄": self.any((16, 66, 72, 110)),
            "监护人职业": "务农",
            "监护人身体状况": "健康",
        }
        card |= {
            "监护人电话": self.phone(),
            "监护人地址": "东坡村",
            "更新日期": self.any((self.joined(), self.last, row.get("入班日期") or self.first)),
        }
        if self.some(0.15):
            card[self.any(["家庭地址", "父亲电话", "母亲姓名", "监护人年龄", "监护人地址", "更新日期"])] = None
        return card

    # --- records -------------------------------------------------------------------------------------------------------

    def named(self, row, pupils, *, slip=0.02):
        """Name a child: with 学籍号 where the class has two of the name; rarely an unknown name or another's number."""
        named = {"学生姓名": row["姓名"]}
        number = row.get("学籍号") or ("G" + row["身份证号"] if row.get("身份证号") else None)
        if sum(r["姓名"] == row["姓名"] for r in pupils) > 1 or self.some(0.1):
            named["学籍号"] = number
        if self.some(slip):
            return {"学生姓名": "查无此人"} if self.some(0.6) else {"学生姓名": row["姓名"], "学籍号": "J" + "1" * 18}
        return named

    def pairings(self, row, pupils):
        """Make a child's pairings: of every kind, some ended, some alike, some checked in the month."""
        rows = []
        for kind, chance in (
            ("帮扶教师", 0.75),
            ("学习帮手", 0.6),
            ("爱心妈妈", 0.45),
            ("爱心爸爸", 0.15),
            ("代理家长", 0.4),
        ):
            if not self.some(chance):
                continue
            since = min(self.last, self.any((self.start, self.first, self.last, self.joined())))
            pair = self.named(row, pupils) | {"帮扶类型": kind, "结对日期": since}
            pair["帮扶人"] = (
                self.any(self.staff) if kind == "帮扶教师" else "好同学" if kind == "学习帮手" else self.any(LOVERS)
            )
            if kind == "帮扶教师" and self.some(0.04):
                pair["帮扶人"] = "外校老师"
            if self.some(0.6):
                pair |= {"帮扶内容": "数学", "帮扶时间": "周三", "阶段目标": "及格" if self.some(0.85) else None}
            if self.some(0.2):
                pair["结束日期"] = max(
                    since, self.any((self.last, self.last + timedelta(days=1), self.last - timedelta(days=1), since))
                )
            if self.some(0.5):
                pair |= {
                    "检查日期": self.any((self.first, self.last, self.in_month(), self.first - timedelta(days=1))),
                    "检查结果": self.any(MARKS) if self.some(0.95) else None,
                }
            if self.some(0.1):
                pair["联系电话"] = self.phone()
            rows.append(pair)
            if self.doubles and self.some(0.07):
                rows.append(copy.deepcopy(pair) | {"检查日期": self.in_month(), "检查结果": "好"})
        return rows

    def talks(self, row, pupils):
        """Make a child's talks by every role, at times one every week by 爱心妈妈."""
        rows = []

        def talk(role, day):
            teacher = role in ("班主任", "帮扶教师", "任课教师", "心理教师", "校领导")
            speaker = ("外校老师" if self.some(0.03) else self.any(self.staff)) if teacher else self.any(LOVERS)
            made = {
                "日期": day,
                **self.named(row, pupils),
                "谈心人": speaker,
                "谈心人身份": role,
                "方式": self.any(("面谈", "电话", "视频", "书面")),
                "主题": self.any(("思想", "学习", "安全")),
            }
            made["主要内容"] = "说说近况" if self.some(0.98) else None
            if self.some(0.15):
                made |= {
                    "采取措施": "多关心",
                    "需跟进": self.any("是否"),
                    "跟进日期": day + timedelta(days=self.rng.randint(0, 60)),
                }
            rows.append(made)

        for role, weight in (
            ("班主任", 0.7),
            ("帮扶教师", 0.4),
            ("任课教师", 0.5),
            ("爱心妈妈", 0.15),
            ("爱心爸爸", 0.08),
            ("代理家长", 0.1),
            ("心理教师", 0.1),
            ("校领导", 0.05),
        ):
            while self.some(weight):
                talk(role, self.day(0.15))
                weight /= 2
        if self.some(0.35):
            for i in range(self.last.day):
                day = self.first + timedelta(days=i)
                if day.weekday() == self.rng.choice((0, 6)) and self.some(0.95):
                    talk(self.any(("爱心妈妈", "爱心爸爸")), day)
        if self.some(0.35):
            monday = self.first - timedelta(days=self.first.weekday())
            while monday <= self.last:
                day = monday + timedelta(days=self.rng.randint(0, 6))
                if self.first <= day <= self.last:
                    talk("爱心妈妈", day)
                monday += timedelta(days=7)
        return rows

    def contacts(self, row, pupils):
        """Make a child's 家校联系."""
        rows = []
        for kind, chance, late in (
            ("家访", 0.6, 0.6),
            ("亲情电话", 0.5, 0.2),
            ("视频通话", 0.3, 0.2),
            ("亲情书信", 0.2, 0.3),
            ("到校面谈", 0.1, 0.3),
            ("监护人会", 0.3, 0.5),
            ("座谈会", 0.2, 0.5),
        ):
            if self.some(chance):
                made = {
                    "日期": self.day(late),
                    **self.named(row, pupils),
                    "形式": kind,
                    "联系对象": self.any(("父母", "祖父母", "父亲")),
                }
                rows.append(
                    made | ({"组织教师": self.any(self.staff), "情况摘要": "通话良好"} if self.some(0.3) else {})
                )
        return rows

    def listing(self, people, pupils):
        """Write a name list; same names with the last 4 of 学籍号."""
        words = []
        for row in people:
            tail = (row.get("学籍号") or row.get("身份证号") or "")[-4:]
            words.append(
                f"{row['姓名']}({tail})"
                if sum(r["姓名"] == row["姓名"] for r in pupils) > 1 or self.some(0.05)
                else row["姓名"]
            )
        if self.some(0.04):
            words.append("查无此人")
        return "、".join(words)

    def activity(self, kind=None):
        """Make the common cells of an activity."""
        kinds = [
            *ACTIVITIES,
            *("生日会", "留守儿童会", "主题班会", "法制讲座", "安全讲座", "心理讲座", "游览", "做一件有意义的事") * 2,
        ]
        kind = kind or self.any(kinds)
        return {
            "日期": self.day(0.3),
            "活动类型": kind,
            "活动名称": kind + "一次",
            "组织人": self.any(self.staff) if self.some(0.98) else None,
        }

    def activities(self, pupils):
        """Make a class's activities, some for 全体, some for named children."""
        kinds = [self.any((None, "生日会", "留守儿童会")) for _ in range(self.rng.randint(0, 6))]
        if self.some(0.3):
            kinds += ["改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生"]
        rows = []
        for kind in kinds:
            who = self.rng.sample(pupils, self.rng.randint(1, len(pupils))) if pupils else []
            text = "全体" if self.some(0.5) or not who else self.listing(who, pupils)
            rows.append(self.activity(kind) | {"参加学生": text})
        return rows

    def growth(self, row, pupils):
        """Make a child's 成长记录, with cases younger and older than the limit."""
        made = self.named(row, pupils) | {
            "学习表现": self.any(LEVELS),
            "行为习惯": "良好",
            "心理状态": "良好",
            "缺勤天数": self.rng.randint(0, 3),
            "成长日记": "有",
            "进步档案": "无",
            "个案触发": "无",
        }
        for column in ("语文", "数学", "英语"):
            if self.some(0.5):
                made[column] = self.any((0, 88.5, 150, 61))
        if self.some(0.35):
            days = self.any((13, 14, 15, 16, 5, 40, 0))
            made |= {
                "个案触发": self.any(REASONS),
                "触发日期": self.last - timedelta(days=days) if self.some(0.93) else None,
            }
        if self.some(0.04):
            made[self.any(("学习表现", "成长日记", "缺勤天数"))] = None
        return made

    def plans(self, row, case, pupils):
        """Make the plans of a case: in time, on the limit's day, too late, too early, or for another reason."""
        since = case.get("触发日期") or self.first
        rows = []
        for shift in self.any(((), (0,), (14,), (15,), (-1,), (3,), (20, 3))):
            made = min(self.last, since + timedelta(days=shift))
            plan = self.named(row, pupils) | {
                "触发原因": case["个案触发"] if self.some(0.85) else self.any(REASONS),
                "制订日期": made,
                "责任人": self.any(self.staff),
                "措施": "谈话" if self.some(0.96) else None,
                "进展": "进行中",
            }
            if self.some(0.4):
                plan["最近复查"] = self.any((made, self.last, made - timedelta(days=1)))
            rows.append(plan)
        return rows

    def checks(self, pupils):
        """Make 假期互查: every 3 days, with a gap at times."""
        rows = []
        holiday = [
            d for d in (self.first + timedelta(days=i) for i in range(self.last.day)) if not self.start <= d <= self.end
        ]
        if self.number == 2:
            holiday = [d for d in holiday if d.day < 20]
        for group in VILLAGES:
            if holiday and pupils and self.some(0.6):
                day = holiday[0] + timedelta(days=self.rng.randint(0, 3))
                step = self.any((2, 3, 3, 3, 4))
                while day <= holiday[-1]:
                    who = self.rng.sample(pupils, min(2, len(pupils)))
                    rows.append(
                        {
                            "日期": day,
                            "村民组": group,
                            "组长": "小组长",
                            "参加学生": self.listing(who, pupils),
                            "作业情况": self.any(MARKS),
                        }
                    )
                    day += timedelta(days=step if self.some(0.9) else 3)
        return rows

    def klass(self, grade, number, size, cover):
        """Make a class workbook."""
        pupils = [self.pupil(grade, self.name()) for _ in range(size)]
        if size > 1 and self.some(0.3):
            pupils[1]["姓名"] = pupils[0]["姓名"]
            for row in pupils[:2]:
                row["学籍号"] = row.get("学籍号") or "G" + row["身份证号"]
            if pupils[0]["出生日期"] == pupils[1]["出生日期"] or any(r["学籍号"][0] != "G" for r in pupils[:2]):
                while pupils[1]["出生日期"] == pupils[0]["出生日期"] or not pupils[1]["出生日期"]:
                    pupils[1]["出生日期"] = self.born(grade)
                pupils[1].pop("身份证号", None)
                pupils[1]["学籍号"] = f"J{self.rng.randint(10**17, 10**18 - 1)}"
        return self.book(grade, number, pupils, cover)

    def book(self, grade, number, pupils, cover):
        """Make the workbook of a class with these pupils: every other sheet anew."""
        sheets = {
            "学生档案": pupils,
            "联系卡": [],
            "结对帮扶": [],
            "谈心记录": [],
            "家校联系": [],
            "成长记录": [],
            "个别方案": [],
            "关爱服务": [],
        }
        for row in pupils:
            if self.some(0.9):
                sheets["联系卡"].append(self.card(row, self.named(row, pupils, slip=0.01)))
            sheets["结对帮扶"] += self.pairings(row, pupils)
            sheets["谈心记录"] += self.talks(row, pupils)
            sheets["家校联系"] += self.contacts(row, pupils)
            if self.some(0.88):
                case = self.growth(row, pupils)
                sheets["成长记录"].append(case)
                if case["个案触发"] != "无" or self.some(0.04):
                    sheets["个别方案"] += self.plans(
                        row, case if case["个案触发"] != "无" else {"个案触发": self.any(REASONS)}, pupils
                    )
            if self.some(0.15):
                sheets["关爱服务"].append(
                    {
                        "日期": self.in_month(),
                        **self.named(row, pupils),
                        "类别": self.any(("安全教育", "学习辅导", "资助")),
                        "经办人": self.any(self.staff),
                    }
                )
        sheets["活动记录"] = self.activities(pupils)
        if self.holiday:
            sheets["假期互查"] = self.checks(pupils)
        if self.doubles and pupils and self.some(0.15):  # a second row in a one-row-a-child sheet
            sheet = self.any([s for s in ("学生档案", "联系卡", "成长记录") if sheets[s]])
            again = copy.deepcopy(self.any(sheets[sheet]))
            if not (sheet == "学生档案" and sum(r["姓名"] == again["姓名"] for r in pupils) > 1):
                sheets[sheet].append(again)
        for sheet in ("关爱服务", "个别方案"):
            if not sheets[sheet] and self.some(0.5):
                del sheets[sheet]
        return {"cover": cover | {"年级": grade, "班级": number, "班主任": self.staff[0]}, "sheets": sheets}

    # --- the school and the plan -----------------------------------------------------------------------------------------

    def school(self, cover, places, books):
        """Make the school workbook."""
        sheets = {
            "班级一览": [],
            "应入学名册": [],
            "学校活动": [],
            "关爱设施": [],
            "考核登记": [],
            "预警确认": [],
            "学籍异动": [],
        }
        full = {unit_of(b["cover"]["年级"], b["cover"]["班级"]): b["sheets"]["学生档案"] for b in books}
        for grade, number in places:
            zero = full.get(unit_of(grade, number)) == [] and self.some(0.5)
            sheets["班级一览"].append(
                {
                    "年级": grade,
                    "班级": number,
                    "班主任": self.any(self.staff),
                    "学生总数": 0 if zero else 40,
                    "留守儿童数": 0 if zero else 9,
                    "潜能生数": 0 if zero else None,
                }
            )
        sheets["教职工"] = [
            {
                "姓名": n,
                "工号": f"T{i}",
                "岗位": "班主任" if i == 0 else "任课教师",
                "在岗": "否" if self.some(0.1) else "是",
            }
            for i, n in enumerate(self.staff)
        ]
        everyone = [r for rows in full.values() for r in rows]
        for row in self.rng.sample(everyone, len(everyone) // 2) if self.some(0.8) else []:
            going = self.any(
                ("本校", "外校有学籍", "特教或送教", "高一级学校", "休学", "未入学", "辍学", "去向不明"),
                [9, 1, 1, 1, 1, 1, 1, 1],
            )
            sheets["应入学名册"].append(
                {
                    "姓名": row["姓名"],
                    "身份证号": row.get("身份证号"),
                    "村组": self.any((*VILLAGES, "南山组", None)),
                    "就学去向": going,
                }
            )
        for _ in range(self.rng.randint(0, 6)):
            scope = self.any(("全校", "年级", "班级", "名单"))
            words = {
                "全校": None,
                "年级": "、".join(sorted({self.any(places)[0] for _ in range(2)})),
                "班级": "、".join(sorted({unit_of(*self.any(places)) for _ in range(2)})),
            }
            words["名单"] = (
                self.listing(self.rng.sample(everyone, min(4, len(everyone))), everyone) if everyone else None
            )
            row = self.activity(self.any((None, None, "法制讲座", "安全讲座", "心理讲座", "生日会"))) | {
                "参加范围": scope,
                "参加对象": words[scope],
            }
            sheets["学校活动"].append(row | ({"参加学生": "全体"} if self.some(0.9) else {}))
        for item in SCHOOL_SHEETS["关爱设施"]["项目"][1]:
            if self.some(0.7):
                sheets["关爱设施"].append(
                    {"项目": item, "数量": self.rng.randint(0, 9), "可用": self.any("是否", [3, 1])}
                )
        for grade, number in places:
            if self.some(0.4):
                sheets["考核登记"].append(
                    {
                        "日期": self.in_month(),
                        "对象类型": self.any(("班级", "教师"), [6, 1]),
                        "对象": unit_of(grade, number),
                        "考核项目": self.any(("卫生", "纪律")),
                        "分值": self.any((3, 5, -2, 2.5, 40, -60)),
                        "依据": "检查表",
                        "检查人": self.staff[-1],
                    }
                )
            if self.some(0.15):
                sheets["预警确认"].append(
                    {
                        "日期": self.in_month(),
                        "对象类型": "班级",
                        "对象": unit_of(grade, number),
                        "情形": "弄虚作假",
                        "确认": self.any("是否"),
                        "确认人": self.staff[-1] if self.some(0.9) else None,
                    }
                )
        sheets["领导小组"] = [{"姓名": self.staff[0], "组内职务": "组长", "职责": "统筹"}]
        if self.some(0.5):
            sheets["捐助登记"] = [
                {
                    "日期": self.in_month(),
                    "捐助方": "某公司",
                    "类别": "物资",
                    "品名": "书包",
                    "数量": 30,
                    "受益人数": 30,
                }
            ]
            sheets["会议记录"] = [
                {"日期": self.in_month(), "类型": "座谈会", "范围": "学校", "应到": 40, "实到": 30, "教师到会": "是"}
            ]
            sheets["工作材料"] = [{"日期": self.in_month(), "种类": "年度计划", "范围": "学校", "名称": "计划"}]
        return {"cover": dict(cover), "sheets": sheets}

    def plan(self, cover):
        """Make 考核方案: a preset, some parameters, at times duties and a rubric of its own."""
        rows = [{"参数": "方案预设", "值": "篇" + self.any("一二三四五六七")}]
        choices = {
            "留守口径": ("学籍", "国家", "方案"),
            "休学计入流失": "是否",
            "个案期限天数": (7, 14, 30),
            "联系卡更新天数": (10, 15, 20),
            "先进班比例": (0.2, 0.5, 1),
            "先进最低分": (90, 40, 20),
            "不得参评分": (60, 30, 10),
            "教学月份": ("9、10、11、12、1、3、4、5、6", "9、10", "2、7、8"),
            "下学期结束": ("07-05", "07-10"),
            "上学期开始": ("09-01", "08-28"),
        }
        rows += [{"参数": name, "值": self.any(values)} for name, values in choices.items() if self.some(0.3)]
        sheets = {"参数": rows}
        if self.some(0.25):
            whom = ("全体", "重点帮扶", "住校", "走读", "潜能生", "有爱心妈妈")
            duties = [
                ("谈心", "班主任/任课教师", "面谈/电话"),
                ("谈心", "爱心妈妈/爱心爸爸", None),
                ("亲情联络", None, "亲情电话/亲情书信"),
                ("家访", None, "家访"),
            ]
            sheets["频次要求"] = [
                {
                    "编号": f"D{i}",
                    "事项": a,
                    "身份": b,
                    "形式": c,
                    "周期": self.any(("周", "月", "月", "学期", "学年", "假期")),
                    "次数": self.any((1, 1, 2)),
                    "适用对象": self.any(whom),
                    "启用": self.any("是否", [4, 1]),
                    "来源": "本校",
                }
                for i, (a, b, c) in enumerate(duties)
            ]
        if self.some(0.4):
            items = [
                ("谈心", "谈心达标率", "比率", 40),
                ("结对检查", "结对检查率", "比率", 20),
                ("个案", "个案方案率", "比率", 10),
                ("卫生", "登记", "登记", 10),
                ("纪律", "登记", "扣分", 20),
            ]
            sheets["班级考核"] = [
                {"编号": i, "项目": a, "指标": b, "计分方式": c, "满分": d} for i, (a, b, c, d) in enumerate(items)
            ]
        return {"cover": dict(cover), "sheets": sheets}


def share_child(maker, books):
    """Put a child of one class into another as well, with records in both (contract §5, the same child in two classes)."""
    one, two = maker.rng.sample(books, 2)
    if not one["sheets"]["学生档案"] or not two["sheets"]["学生档案"]:
        return
    name = maker.any([r["姓名"] for r in one["sheets"]["学生档案"]])
    if sum(r["姓名"] == name for r in one["sheets"]["学生档案"]) > 1:
        return
    row = copy.deepcopy(next(r for r in one["sheets"]["学生档案"] if r["姓名"] == name))
    if maker.some(0.7):
        row |= {"入班方式": "转入", "入班日期": maker.joined()}
    if maker.some(0.3):
        row |= {"学生类别": maker.any(("留守儿童", "潜能生", "留守兼潜能")), "学籍状态": "在读", "状态日期": None}
    two["sheets"]["学生档案"].append(row)
    for sheet, rows in one["sheets"].items():
        mine = [r for r in rows if r.get("学生姓名") == name]
        if sheet != "学生档案" and mine and maker.some(0.5):
            two["sheets"].setdefault(sheet, []).append(copy.deepcopy(mine[0]))


def random_month(
    rng: random.Random,
    *,
    month: str = "2026-10",
    classes: int = 3,
    children: int = 6,
    mess: float = 0.0,
    doubles: bool = True,
) -> dict:
    """Make a month of random classes; `mess` is the chance that a cell is spoilt, doubles=False leaves out doubled rows."""
    maker = Maker(rng, month, doubles=doubles)
    maker.staff = rng.sample(TEACHERS, rng.randint(3, 5))
    cover = {"学校名称": "青山坪学校", "学校标识码": "3152990001", "报送月份": month}
    places = sorted(rng.sample(PLACES, min(classes + maker.some(0.25), len(PLACES))), key=PLACES.index)
    handed = sorted(rng.sample(places, min(classes, len(places))), key=PLACES.index)
    books = []
    for grade, number in handed:
        size = 0 if maker.some(0.03) else rng.randint(max(1, children - 2), max(1, children))
        books.append(maker.klass(grade, number, size, cover))
    if doubles and len(books) > 1 and maker.some(0.3):
        share_child(maker, books)
    made = {"month": month, "school": maker.school(cover, places, books) if maker.some(0.9) else None, "classes": books}
    made["plan"] = maker.plan(cover) if maker.some(0.5) else None
    made |= {"cover": cover, "places": places, "staff": maker.staff, "serial": maker.serial}
    return spoil(made, rng, mess)


def books_of(month):
    """List a month's workbooks: (label, path in the month, columns by sheet)."""
    found = [
        (f"班级月报 {unit_of(b['cover']['年级'], b['cover']['班级'])}", ("classes", i), CLASS_SHEETS)
        for i, b in enumerate(month["classes"])
    ]
    return found + ([("学校月报", ("school",), SCHOOL_SHEETS)] if month.get("school") else [])


def book_at(month, path):
    """Return the workbook at a path of books_of."""
    return month[path[0]] if len(path) == 1 else month[path[0]][path[1]]


def cells_of(month):
    """Yield every cell of every sheet: (label, path, sheet, row index, 列名), cells of missing keys too."""
    for label, path, spec in books_of(month):
        for sheet, rows in book_at(month, path)["sheets"].items():
            for index in range(len(rows)):
                for column in spec[sheet]:
                    yield label, path, sheet, index, column


def spoil(month, rng, mess):
    """Replace cells by nonsense, a date after T or nothing, each with the chance `mess`."""
    last = add_months(date.fromisoformat(month["month"] + "-01"), 1) - timedelta(days=1)
    if mess:
        for serial, (_, path, sheet, index, column) in enumerate(list(cells_of(month))):
            if rng.random() < mess:
                after = last + timedelta(days=rng.randint(1, 9)) if column.endswith("日期") else None
                words = f"{NONSENSE}{serial}"  # no two alike: nonsense names nobody, not even itself
                book_at(month, path)["sheets"][sheet][index][column] = rng.choice((words, words, None, None, after))
    return month


def changed(month, path, sheet, index, column, value):
    """Copy a month with one cell changed."""
    other = copy.deepcopy(month)
    book_at(other, path)["sheets"][sheet][index][column] = value
    return other


def nonsense_everywhere(month):
    """Yield (where, month) for every cell of every class and school sheet, with that cell turned into nonsense.

    An empty free-text cell (or one with —) is passed over: any words there are a filled cell, not an error.
    """
    spec = {path: columns for _, path, columns in books_of(month)}
    for label, path, sheet, index, column in cells_of(month):
        value = book_at(month, path)["sheets"][sheet][index].get(column)
        if spec[path][sheet][column][1] == "text" and (blank(value) or value == "—"):
            continue
        yield f"{label} › {sheet} › {index + 1} › {column}", changed(month, path, sheet, index, column, NONSENSE)


def is_asked(book, sheet, row, column):
    """Tell whether a 条件 cell applies (contract §2)."""
    if sheet == "学生档案":
        if column in ("学籍号", "身份证号"):
            return blank(row.get("身份证号" if column == "学籍号" else "学籍号"))
        if column.endswith("外出日期"):
            return row.get(f"{column[:2]}状况") == "外出务工"
        if column == "在家一方监护能力":
            return sum(row.get(f"{p}状况") == "外出务工" for p in ("父亲", "母亲")) == 1
        return row.get("入班方式") != "期初在籍" if column == "入班日期" else row.get("学籍状态") != "在读"
    if column == "学籍号":
        return sum(r.get("姓名") == row.get("学生姓名") for r in book["sheets"]["学生档案"]) > 1
    return not blank(row.get("检查日期")) if column == "检查结果" else row.get("个案触发") != "无"


def emptied_everywhere(month):
    """Yield (where, month) for every filled 是 cell and every filled applicable 条件 cell, with that cell emptied."""
    spec = {path: columns for _, path, columns in books_of(month)}
    for label, path, sheet, index, column in cells_of(month):
        book = book_at(month, path)
        row, need = book["sheets"][sheet][index], spec[path][sheet][column][0]
        if not blank(row.get(column)) and (need == "是" or (need == "条件" and is_asked(book, sheet, row, column))):
            yield f"{label} › {sheet} › {index + 1} › {column}", changed(month, path, sheet, index, column, None)
