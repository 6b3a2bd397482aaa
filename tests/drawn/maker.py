"""Draws days, names and numbers that lean on the edges of the contract, for one month."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from oracle.cells import add_months

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
