"""The figures of contract §5 in plain loops over plain dicts: slow, naive, and written apart from the pipeline.

Only the declarations (titles, 必填, code words) are shared. Values are clean or nonsense; nothing is repaired here.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import GRADES, HOME_FACILITIES
from schemas.figures import BY_KEY
from schemas.identity import birth_date, check_digit, sex
from schemas.kinds import Code, Day, IdCard, NameList, Number, Phone, StudentNo
from schemas.policy import DEFAULT_RUBRIC, preset_duties
from schemas.school_workbook import SCHOOL_WORKBOOK

TABLES = {t.title: t for form in (CLASS_WORKBOOK, SCHOOL_WORKBOOK) for t in form.tables}
LISTED = ("在读", "休学", "疑似辍学", "辍学", "转出未落实")
Row = dict[str, Any]


def add_months(day: date, months: int) -> date:
    """Return the same day some calendar months later, or the month's last."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def typed(kind: Any, value: Any, last: date) -> tuple[Any, bool]:
    """Return (value, is in error) of one cell by its kind; empty is (None, False)."""
    if value is None or value == "":
        return None, False
    if isinstance(kind, Day):
        day = date.fromisoformat(value) if isinstance(value, str) and _is_iso(value) else value
        if not isinstance(day, date):
            return None, True
        return day, day > last and not kind.future
    if isinstance(kind, Code):
        return (value, False) if value in kind.codes.words else (None, True)
    if isinstance(kind, Number):
        good = isinstance(value, int | float) and kind.low <= value <= kind.high
        return (value, False) if good else (None, True)
    if isinstance(kind, IdCard):
        good = isinstance(value, str) and len(value) == 18 and value[:17].isdigit() and birth_date(value) is not None
        good = good and check_digit(value[:17]) == value[17]
        return (value, False) if good else (None, True)
    if isinstance(kind, StudentNo):
        good = isinstance(value, str) and len(value) == 19 and value[0] in "GLJ" and value[1:18].isdigit()
        return (value, False) if good else (None, True)
    if isinstance(kind, Phone):
        if kind.dash and value == "—":
            return value, False
        good = isinstance(value, str) and len(value) == 11 and value.isdigit() and value[0] == "1"
        return (value, False) if good else (None, True)
    if isinstance(kind, NameList):
        return value, False
    return (None, False) if value in ("—", "无") and not kind.dash else (value, False)


def _is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Cells:
    """One data row: `v` the good values by key, `bad` the keys in error, `raw_id` a valid number even where contradicted."""

    def __init__(self, sheet: str, row: Row, last: date, home: int) -> None:
        self.table, self.home, self.bad, self.v = TABLES[sheet], home, set(), {}
        for column in self.table.columns:
            value, is_bad = typed(column.kind, row.get(column.title), last)
            self.v[column.key] = None if is_bad else value
            if is_bad or (value is None and column.need == "是"):
                self.bad.add(column.key)
        self.raw_id = self.v.get("id_card")
        self.child: int | None = None
        self.void = False

    def fault(self, key: str) -> None:
        self.bad.add(key)
        self.v[key] = None

    def whole(self) -> bool:
        return not any(c.key in self.bad for c in self.table.columns if c.need == "是")


class Oracle:
    """One month, worked out by walking it."""

    def __init__(self, month: Row) -> None:
        year, number = (int(part) for part in month["month"].split("-"))
        self.first = date(year, number, 1)
        self.last = date(year, number, calendar.monthrange(year, number)[1])
        self.month, self.number = month, number
        plan = {r["参数"]: r["值"] for r in ((month.get("plan") or {}).get("sheets", {}).get("参数", []))}
        self.param = {
            "方案预设": "篇四",
            "留守口径": "学籍",
            "休学计入流失": "否",
            "个案期限天数": "14",
            "联系卡更新天数": "15",
        } | plan
        self.duties = [d for d in preset_duties(self.param["方案预设"]) if d.is_on]
        terms = [(date(y, 9, 1), date(y + 1, 1, 20)) for y in range(year - 2, year + 1)]
        terms += [(date(y, 2, 20), date(y, 7, 5)) for y in range(year - 2, year + 1)]
        self.terms = terms
        self.start, self.end = max(t for t in terms if t[0] <= self.last)
        self.to = min(self.last, self.end)
        self.is_holiday = number in (1, 2, 7, 8)
        self.read()
        self.who_is_who()
        self.populate()
        self.tie_records()

    # --- reading ---

    def read(self) -> None:
        self.places = [(b["cover"]["年级"], int(b["cover"]["班级"])) for b in self.month["classes"]]
        self.rows: dict[str, list[Cells]] = {title: [] for title in TABLES}
        for home, book in enumerate(self.month["classes"]):
            for table in CLASS_WORKBOOK.tables:
                self.rows[table.title] += self.cells(table.title, book, home)
        school = self.month.get("school")
        self.has_school = school is not None
        for table in SCHOOL_WORKBOOK.tables:
            self.rows[table.title] += self.cells(table.title, school, -1) if school else []
        for sheet in ("谈心记录", "家校联系", "活动记录", "学校活动"):
            for r in self.rows[sheet]:
                if r.v["date"] and r.v["date"] < self.start and not self.is_holiday:
                    r.fault("date")
        for r in self.rows["结对帮扶"]:
            self.order(r, "until", "since")
            if r.v["checked_on"] and r.v["check_result"] is None:
                r.bad.add("check_result")
        for r in self.rows["谈心记录"]:
            self.order(r, "follow_up_on", "date")
        for r in self.rows["个别方案"]:
            self.order(r, "reviewed_on", "made_on")
        for r in self.rows["成长记录"]:
            if r.v["trigger"] not in (None, "无") and r.v["triggered_on"] is None:
                r.bad.add("triggered_on")
        for r in self.rows["学校活动"]:
            if r.v["scope"] not in (None, "全校") and r.v["scope_of"] is None:
                r.bad.add("scope_of")
        for r in self.rows["学生档案"]:
            self.judge_pupil(r)

    def cells(self, sheet: str, book: Row, home: int) -> list[Cells]:
        rows = book["sheets"].get(sheet, [])
        return [Cells(sheet, row, self.last, home) for row in rows if any(v not in (None, "") for v in row.values())]

    @staticmethod
    def order(r: Cells, later: str, earlier: str) -> None:
        if r.v[later] and r.v[earlier] and r.v[later] < r.v[earlier]:
            r.fault(later)

    def judge_pupil(self, r: Cells) -> None:
        v = r.v
        for parent in ("father", "mother"):
            if v[f"{parent}_status"] == "外出务工" and v[f"{parent}_away_since"] is None:
                r.bad.add(f"{parent}_away_since")
        both = v["father_status"] and v["mother_status"]
        if (
            both
            and (v["father_status"] == "外出务工") != (v["mother_status"] == "外出务工")
            and v["home_parent_capable"] is None
        ):
            r.bad.add("home_parent_capable")
        if v["joined_how"] not in (None, "期初在籍") and v["joined_on"] is None:
            r.bad.add("joined_on")
        if v["status"] not in (None, "在读") and v["status_on"] is None:
            r.bad.add("status_on")
        if not {"student_no", "id_card"} & r.bad and v["student_no"] is None and v["id_card"] is None:
            r.bad.add("student_no")
        if r.raw_id:
            if v["birth_date"] is None and "birth_date" in r.bad and r.table and not self.typed_birth(r):
                r.bad.discard("birth_date")
            if v["birth_date"] is None:
                v["birth_date"] = birth_date(r.raw_id)
            wrong = v["birth_date"] != birth_date(r.raw_id) or (v["sex"] and v["sex"] != sex(r.raw_id))
            if wrong:
                r.fault("id_card")
            if v["student_no"] and v["student_no"][0] == "G" and v["student_no"][1:] != r.raw_id:
                r.fault("student_no")

    def typed_birth(self, r: Cells) -> bool:
        rows = self.month["classes"][r.home]["sheets"]["学生档案"]
        filled = [row for row in rows if any(v not in (None, "") for v in row.values())]
        mine = [x for x in self.rows["学生档案"] if x.home == r.home]
        return filled[mine.index(r)].get("出生日期") not in (None, "")

    # --- who is who ---

    def who_is_who(self) -> None:
        rows = self.rows["学生档案"]
        for r in rows:
            carried = r.v["student_no"][1:] if r.v["student_no"] and r.v["student_no"][0] == "G" else None
            if carried and (birth_date(carried) is None or check_digit(carried[:17]) != carried[17]):
                carried = None
            r.number = r.raw_id or carried
        groups: list[list[Cells]] = []
        for r in rows:
            own = next((g for g in groups if any(self.same(r, other) for other in g)), None)
            if own is None:
                groups.append([r])
            else:
                own.append(r)
        self.groups = groups
        archive: dict[str, set[int]] = defaultdict(set)
        self.counting: list[Cells] = []
        for child, group in enumerate(groups):
            firsts = {}
            for r in group:
                r.child = child
                if r.home in firsts:
                    r.bad.add("name")
                    r.second = True
                firsts.setdefault(r.home, r)
            if len(firsts) > 1:
                for r in firsts.values():
                    key = "id_card" if r.raw_id else "student_no" if r.v["student_no"] else "name"
                    r.bad.add(key)
            order = sorted(
                firsts.values(), key=lambda r: (GRADES.index(self.places[r.home][0]), self.places[r.home][1])
            )
            best = max(order, key=lambda r: r.v["joined_on"] or date.min)
            self.counting.append(best)
            for r in group:
                if r.v["archive_no"]:
                    archive[r.v["archive_no"]].add(child)
        for r in rows:
            if r.v["archive_no"] and len(archive[r.v["archive_no"]]) > 1:
                r.fault("archive_no")

    @staticmethod
    def same(a: Cells, b: Cells) -> bool:
        if a.number and b.number:
            return a.number == b.number
        if a.v["student_no"] and a.v["student_no"] == b.v["student_no"]:
            return True
        return bool(
            a.v["name"] and a.v["birth_date"] and (a.v["name"], a.v["birth_date"]) == (b.v["name"], b.v["birth_date"])
        )

    # --- sets ---

    def populate(self) -> None:
        self.people: list[Row] = []
        for child, r in enumerate(self.counting):
            self.people.append(self.person(child, r))

    def person(self, child: int, r: Cells) -> Row:
        v, bad = r.v, r.bad
        read = {"category": "留守兼潜能", "father_status": "外出务工", "mother_status": "外出务工", "lives_with_parents": "否",
                "rural": "是", "status": "在读", "focus": "是"}  # fmt: skip
        p: Row = {key: v[key] if v[key] is not None else value for key, value in read.items()}
        deciding = (*read, "father_away_since", "mother_away_since", "home_parent_capable", "boarding")
        p["tainted"] = any(key in bad for key in deciding)
        long = now = 0
        away = []
        for parent in ("father", "mother"):
            is_away, since = p[f"{parent}_status"] == "外出务工", v[f"{parent}_away_since"]
            unknown = since is None or f"{parent}_status" in bad
            away.append(is_away)
            long += is_away and (unknown or add_months(since, 3) <= self.last)
            now += is_away and (unknown or since <= self.last)
        apart, rural = p["lives_with_parents"] == "否", p["rural"] == "是"
        birth = (
            v["birth_date"]
            if "birth_date" not in bad and v["birth_date"]
            else (birth_date(r.number) if r.number else None)
        )
        young = birth is None or add_months(birth, 192) > self.last
        nat = (
            rural
            and apart
            and young
            and (now == 2 or (sum(away) == 1 and now == 1 and v["home_parent_capable"] != "有"))
        )
        meets = {"学籍": long > 0 and apart, "国家": nat, "方案": rural and long == 2 and apart}
        lbc = p["category"] in ("留守儿童", "留守兼潜能")
        inside = lbc and meets[self.param["留守口径"]]
        listed = p["status"] in LISTED
        care = p["status"] in ("在读", "疑似辍学")
        return p | {
            "child": child, "row": r, "home": r.home, "place": self.places[r.home], "birth": birth, "joined": v["joined_on"],
            "boarding": v["boarding"], "sex": v["sex"], "L": inside and listed, "A": inside and care,
            "Q": p["category"] in ("潜能生", "留守兼潜能") and care,
            "kept": inside and p["status"] not in ("转出已确认", "死亡"), "unmet": lbc and listed and not meets[self.param["留守口径"]],
            "double": lbc and listed and apart and long == 2, "single": lbc and listed and apart and long == 1,
            "nat": lbc and listed and nat, "plan": lbc and listed and meets["方案"],
        }  # fmt: skip

    # --- records ---

    def find(self, home: int, r: Cells) -> int | None:
        if {"pupil", "student_no"} & r.bad or r.v["pupil"] is None:
            return None
        fits = {}
        for x in self.rows["学生档案"]:
            if x.home == home and x.v["name"] == r.v["pupil"]:
                fits.setdefault(x.child, set()).update(
                    n for n in (x.v["student_no"], "G" + x.number if x.number else None) if n
                )
        if r.v["student_no"]:
            chosen = [c for c, numbers in fits.items() if r.v["student_no"] in numbers]
            if len(chosen) == 1:
                return chosen[0]
            r.bad.add("student_no" if fits else "pupil")
            return None
        if len(fits) == 1:
            return next(iter(fits))
        r.bad.add("student_no" if fits else "pupil")
        return None

    def listed(self, text: str, homes: list[int]) -> tuple[set[int], bool]:
        found, ok = set(), True
        for entry in text.split("、"):
            name, _, digits = entry.rstrip(")").partition("(")
            fits = {x.child for x in self.rows["学生档案"] if x.home in homes and x.v["name"] == name
                    and (not digits or any(n and n.endswith(digits) for n in (x.v["student_no"], x.number)))}  # fmt: skip
            ok &= len(fits) == 1
            found |= fits if len(fits) == 1 else set()
        return found, ok

    def present(self, homes: list[int], day: date) -> set[int]:
        found = set()
        for x in self.rows["学生档案"]:
            v = x.v
            here = v["status"] in (None, "在读") or (v["status_on"] and v["status_on"] > day)
            came = "joined_on" not in x.bad and (v["joined_on"] is None or v["joined_on"] <= day)
            came &= not (v["joined_how"] is None and v["joined_on"] is None)
            if x.home in homes and here and came:
                found.add(x.child)
        return found

    def tie_records(self) -> None:
        for sheet in ("联系卡", "结对帮扶", "谈心记录", "家校联系", "成长记录", "个别方案", "关爱服务"):
            seen, alike = set(), set()
            for r in self.rows[sheet]:
                r.child = self.find(r.home, r)
                if r.child is None:
                    continue
                if sheet in ("联系卡", "成长记录") and (r.home, r.child) in seen:
                    r.bad.add("pupil")
                    r.child, r.void = None, True
                    continue
                seen.add((r.home, r.child))
                same = (r.home, r.child, *map(str, r.v.values()))
                if sheet in ("谈心记录", "家校联系"):
                    r.child = None if same in alike else r.child
                    alike.add(same)
        if self.has_school:
            staff = {r.v["name"] for r in self.rows["教职工"] if r.v["name"]}
            for r in self.rows["谈心记录"]:
                if (
                    r.v["role"] in ("班主任", "帮扶教师", "任课教师", "心理教师", "校领导")
                    and r.v["speaker"] not in staff
                ):
                    r.bad.add("speaker")
            for r in self.rows["结对帮扶"]:
                if r.v["kind"] == "帮扶教师" and r.v["helper"] and r.v["helper"] not in staff:
                    r.bad.add("helper")
            for r in self.rows["学生档案"]:
                if r.v["study_teacher"] and r.v["study_teacher"] not in staff:
                    r.bad.add("study_teacher")
        for r in self.rows["结对帮扶"]:
            if r.v["kind"] == "学习帮手" and r.v["helper"] and r.v["helper"] == r.v["pupil"]:
                r.bad.add("helper")
        self.took: list[tuple[int, date, str]] = []
        self.met: set[tuple[str, int]] = set()
        self.reached: list[tuple[str, Any, date]] = []
        self.take_class_activities()
        self.take_school_activities()
        for r in self.rows["假期互查"]:
            if (
                r.v["participants"]
                and r.v["participants"] != "全体"
                and not self.listed(r.v["participants"], [r.home])[1]
            ):
                r.bad.add("participants")
        numbers = set()
        for r in self.rows["应入学名册"]:
            if r.v["id_card"] in numbers and r.v["id_card"]:
                r.bad.add("name")
            numbers.add(r.v["id_card"])

    def take_class_activities(self) -> None:
        for r in self.rows["活动记录"]:
            who: set[int] = set()
            sound = not {"date", "kind", "title", "organizer"} & r.bad
            if r.v["participants"] == "全体":
                who = self.present([r.home], r.v["date"]) if sound else set()
            elif r.v["participants"]:
                who, ok = self.listed(r.v["participants"], [r.home])
                if not ok:
                    r.bad.add("participants")
            if sound:
                self.took += [(child, r.v["date"], r.v["kind"]) for child in who]
            if r.whole():
                self.reached.append((r.v["kind"], self.places[r.home], r.v["date"]))
                if r.v["kind"] == "留守儿童会" and self.first <= r.v["date"] <= self.last:
                    self.met.add(self.places[r.home])

    def take_school_activities(self) -> None:
        everyone = list(range(len(self.places)))
        for r in self.rows["学校活动"]:
            entries = r.v["scope_of"].split("、") if r.v["scope_of"] else []
            homes = {
                "全校": everyone,
                "年级": [h for h in everyone if self.places[h][0] in entries],
                "班级": [h for h in everyone if f"{self.places[h][0]}({self.places[h][1]})班" in entries],
            }.get(r.v["scope"], [])
            sound = r.whole()
            names, ok = self.listed(r.v["scope_of"], everyone) if r.v["scope"] == "名单" and entries else (set(), True)
            if not ok:
                r.bad.add("scope_of")
            if sound:
                who = self.present(homes, r.v["date"]) | names
                self.took += [(child, r.v["date"], r.v["kind"]) for child in who]
                self.reached += [(r.v["kind"], self.places[h], r.v["date"]) for h in homes]

    # --- figures ---

    def pairings(self) -> list[Cells]:
        seen, found = set(), []
        for r in self.rows["结对帮扶"]:
            sound = r.whole() and r.child is not None and "until" not in r.bad
            if not sound or self.people[r.child]["home"] != r.home or (r.v["until"] and r.v["until"] <= self.last):
                continue
            key = (r.child, r.v["kind"], r.v["helper"], r.v["since"])
            if key not in seen:
                seen.add(key)
                found.append(r)
        return found

    def doubtful_pairings(self) -> list[Cells]:
        keys = {"pupil", "student_no", "kind", "helper", "since", "until"}
        found = []
        for r in self.rows["结对帮扶"]:
            closed = "until" not in r.bad and r.v["until"] and r.v["until"] <= self.last
            own = r.child is None or self.people[r.child]["home"] == r.home
            if not closed and own and (keys & r.bad or r.child is None):
                found.append(r)
        return found

    def owes(self, duty: Any, p: Row) -> list[tuple[date, date]]:
        """Return the periods in which a child owes a duty now."""
        audience = {
            "全体": True, "重点帮扶": p["focus"] == "是", "住校": p["boarding"] in (None, "住校"), "走读": p["boarding"] in (None, "走读"),
            "潜能生": p["category"] != "留守儿童", "有爱心妈妈": p["mothered"],
        }[duty.audience]  # fmt: skip
        joined = p["joined"] or date.min
        if not audience:
            return []
        if duty.period == "月":
            return [(self.first, self.last)] if joined <= self.first and self.number not in (2, 7, 8) else []
        if duty.period == "学期":
            days = [self.first + timedelta(n) for n in range(self.last.day)]
            owed = any(self.start <= day <= self.end for day in days) and (
                joined == date.min or joined + timedelta(30) <= self.last
            )
            return [(self.start, self.to)] if owed else []
        weeks = []
        for n in range(self.last.day):
            monday = self.first + timedelta(n)
            sunday = monday + timedelta(6)
            if (
                monday.weekday() == 0
                and self.start <= monday
                and sunday <= min(self.last, self.end)
                and joined <= monday
            ):
                weeks.append((monday, sunday))
        return weeks

    def duty_units(self, matter: str, sheet: str, form: str, over: str) -> list[Row]:
        units = []
        for p in self.people:
            if not p[over]:
                continue
            owed, met = False, "joined_on" not in p["row"].bad and not self.joining_unknown(p["row"])
            for duty in self.duties:
                if duty.matter != matter:
                    continue
                for start, end in self.owes(duty, p):
                    owed = True
                    met &= duty.audience != "有爱心妈妈" or p["truly_mothered"]
                    done = [
                        r for r in self.rows[sheet]
                        if r.child == p["child"] and r.whole() and start <= r.v["date"] <= end
                        and (not duty.roles or r.v.get("role") in duty.roles) and (not duty.forms or r.v[form] in duty.forms)
                    ]  # fmt: skip
                    met &= len(done) >= duty.times
            if owed:
                units.append(self.unit(p, met))
        return units

    @staticmethod
    def joining_unknown(r: Cells) -> bool:
        return r.v["joined_how"] is None and r.v["joined_on"] is None

    @staticmethod
    def unit(p: Row, n: Any, total: int = 1) -> Row:
        return {"place": p["place"], "n": 0 if p["tainted"] else int(n), "N": total}

    def archive_units(self, over: str) -> tuple[list[Row], list[Row]]:
        archived, complete = [], []
        for p in self.people:
            if not p[over]:
                continue
            cards = [r for r in self.rows["联系卡"] if r.child == p["child"]]
            card = next((r for r in cards if r.home == p["home"]), cards[0] if cards else None)
            n = total = 0
            clean = card is not None
            for table, r in ((TABLES["学生档案"], p["row"]), (TABLES["联系卡"], card)):
                for c in table.columns:
                    if r is not None and c.need in ("是", "条件", "档") and c.key in r.bad:
                        clean = False
                    parent = c.key.split("_")[0]
                    if c.need != "档" or (c.key.endswith("work_address") and p[f"{parent}_status"] != "外出务工"):
                        continue
                    value = r.v[c.key] if r is not None else None
                    dash_ok = parent in ("father", "mother") and p[f"{parent}_status"] in ("死亡", "失联")
                    filled = value is not None and (value != "—" or dash_ok) and c.key not in r.bad
                    n, total = n + filled, total + 1
            archived.append(self.unit(p, clean and n == total))
            complete.append(self.unit(p, n, total))
        return archived, complete

    def all_units(self, over: str) -> dict[str, list[Row]]:
        pairs = self.pairings()
        care = "A" if over == "L" else "Q"
        people = [p for p in self.people if p[care]]
        has = lambda p, *kinds: any(r.child == p["child"] and r.v["kind"] in kinds for r in pairs)  # noqa: E731
        doubtful = [r for r in self.doubtful_pairings() if r.v["kind"] in (None, "爱心妈妈", "爱心爸爸")]
        for p in self.people:
            p["truly_mothered"] = has(p, "爱心妈妈", "爱心爸爸")
            p["mothered"] = has(p, "爱心妈妈", "爱心爸爸") or any(
                r.child == p["child"] or (r.child is None and r.home == p["home"]) for r in doubtful
            )
        units: dict[str, list[Row]] = {}
        units["建档率"], units["档案完整率"] = self.archive_units(over)
        units["教师结对率"] = [self.unit(p, has(p, "帮扶教师")) for p in people]
        units["学习帮手率"] = [self.unit(p, has(p, "学习帮手")) for p in people]
        units["爱心妈妈率"] = [self.unit(p, has(p, "爱心妈妈", "爱心爸爸")) for p in people]
        units["谈心达标率"] = self.duty_units("谈心", "谈心记录", "mode", care)
        month = {child for child, day, _ in self.took if self.first <= day <= self.last}
        units["活动参加率"] = [self.unit(p, p["child"] in month) for p in people]
        grown = {
            r.child
            for r in self.rows["成长记录"]
            if r.child is not None and not r.bad and self.people[r.child]["home"] == r.home
        }
        units["成长记录率"] = [self.unit(p, p["child"] in grown) for p in people]
        if over == "Q":
            return units
        units["亲情联络率"] = self.duty_units("亲情联络", "家校联系", "kind", "A")
        units["家访率"] = self.duty_units("家访", "家校联系", "kind", "A")
        units["重点结对率"] = [
            self.unit(p, has(p, "帮扶教师") and has(p, "代理家长")) for p in people if p["focus"] == "是"
        ]
        plans = [
            r
            for r in pairs
            if r.v["kind"] in ("帮扶教师", "学习帮手") and r.v["plan"] and r.v["plan_time"] and r.v["plan_goal"]
        ]
        units["学习帮扶计划率"] = [self.unit(p, any(r.child == p["child"] for r in plans)) for p in people]
        units["结对检查率"] = self.check_units(pairs)
        units["监护人会率"] = [self.unit(p, self.met_guardian(p)) for p in people]
        units["生日关爱率"] = self.birthday_units(people)
        units["个案方案率"] = self.case_units()
        units["联系卡更新率"] = self.card_units()
        lost = ("辍学", "转出未落实", *(("休学",) if self.param["休学计入流失"] == "是" else ()))
        units["巩固率"] = [self.unit(p, p["status"] not in lost) for p in self.people if p["kept"]]
        places = {p["place"] for p in people}
        sure = {p["place"] for p in people if not p["tainted"]}
        units["班会率"] = [{"place": place, "n": int(place in self.met and place in sure), "N": 1} for place in places]
        units["报送质量"] = [
            {"place": self.places[r.home], "n": int(not r.bad), "N": 1}
            for t in CLASS_WORKBOOK.tables for r in self.rows[t.title]
        ]  # fmt: skip
        schooled = ("本校", "外校有学籍", "特教或送教", "高一级学校")
        units["入学率"] = [
            {"place": None, "n": int(r.whole() and r.v["destination"] in schooled), "N": 1}
            for r in self.rows["应入学名册"]
        ]
        units["互查达标率"] = self.holiday_units()
        return units

    def check_units(self, pairs: list[Cells]) -> list[Row]:
        units = []
        for r in pairs:
            p = self.people[r.child]
            if p["A"]:
                done = r.v["checked_on"] and self.first <= r.v["checked_on"] <= self.last and r.v["check_result"]
                units.append(self.unit(p, bool(done)))
        doubtful = [r for r in self.doubtful_pairings() if r.child is None or self.people[r.child]["A"]]
        return units + [{"place": self.places[r.home], "n": 0, "N": 1} for r in doubtful]

    def met_guardian(self, p: Row) -> bool:
        return any(
            r.child == p["child"]
            and r.whole()
            and r.v["kind"] in ("监护人会", "座谈会")
            and self.start <= r.v["date"] <= self.to
            for r in self.rows["家校联系"]
        )

    def birthday_units(self, people: list[Row]) -> list[Row]:
        party = {c for c, day, kind in self.took if kind == "生日会" and self.first <= day <= self.last}
        due = [p for p in people if p["birth"] is None or p["birth"].month == self.number]
        return [self.unit(p, p["birth"] is not None and p["child"] in party) for p in due]

    def case_units(self) -> list[Row]:
        limit = timedelta(int(self.param["个案期限天数"]))
        units, cases = [], set()
        for r in self.rows["成长记录"]:
            own = (r.child is None and not r.void) or (
                r.child is not None and self.people[r.child]["home"] == r.home and self.people[r.child]["A"]
            )
            if own and ("trigger" in r.bad or (r.child is None and r.v["trigger"] != "无")):
                units.append({"place": self.places[r.home], "n": 0, "N": 1})
            elif own and r.child is not None and r.v["trigger"] != "无":
                cases.add((r.child, r.v["trigger"], r.v["triggered_on"]))
        for child, reason, day in cases:
            made = [
                r.v["made_on"] for r in self.rows["个别方案"]
                if r.whole() and r.child == child and r.v["reason"] == reason and day and day <= r.v["made_on"] <= day + limit
            ]  # fmt: skip
            if day is None or self.last - day > limit or made:
                units.append(self.unit(self.people[child], bool(made)))
        return units

    def card_units(self) -> list[Row]:
        due = self.last - timedelta(int(self.param["联系卡更新天数"]))
        units = []
        for p in self.people:
            if not p["L"]:
                continue
            r = p["row"]
            days = [d for d in (r.v["joined_on"], r.v["status_on"]) if d and self.start <= d <= self.end and d <= due]
            unknown = {"joined_on", "status_on"} & r.bad or self.joining_unknown(r)
            unknown = unknown or (r.v["status"] is None and r.v["status_on"] is None)
            if not days and not unknown:
                continue
            cards = [c for c in self.rows["联系卡"] if c.child == p["child"]]
            card = next((c for c in cards if c.home == p["home"]), cards[0] if cards else None)
            done = (
                card is not None and card.v["updated_on"] and days and not unknown and card.v["updated_on"] >= max(days)
            )
            units.append(self.unit(p, bool(done)))
        return units

    def holiday_units(self) -> list[Row]:
        days = [self.first + timedelta(n) for n in range(self.last.day)]
        days = [d for d in days if not any(a <= d <= b for a, b in self.terms)]
        if not self.is_holiday or not days:
            return []
        groups: dict[str, set[date]] = {}
        for r in self.rows["应入学名册"]:
            if r.v["destination"] in (None, "本校") and r.v["village"]:
                groups.setdefault(r.v["village"], set())
        units = []
        for r in self.rows["假期互查"]:
            if r.v["group"] is None:
                units.append({"place": None, "n": 0, "N": 1})
                continue
            found = groups.setdefault(r.v["group"], set())
            if r.whole() and r.v["date"] in days:
                found.add(r.v["date"])
        for found in groups.values():
            marks = [days[0], *sorted(found), days[-1]]
            ok = bool(found) and all((b - a).days <= 3 for a, b in pairwise(marks))
            units.append({"place": None, "n": int(ok), "N": 1})
        return units

    # --- results ---

    def summed(self, units: dict[str, list[Row]]) -> dict[tuple[str, str, str], tuple[int, int]]:
        found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for figure, rows in units.items():
            for u in rows:
                keys = [("school", "", figure)]
                if u["place"]:
                    grade, number = u["place"]
                    keys += [("grade", grade, figure), ("class", f"{grade}({number})班", figure)]
                for key in keys:
                    found[key][0] += u["n"]
                    found[key][1] += u["N"]
        return {key: (n, total) for key, (n, total) in found.items() if total}

    def counts(self) -> dict[tuple[str, str], int]:
        names = {
            "在册留守": "L",
            "双亲留守": "double",
            "单亲留守": "single",
            "国家口径": "nat",
            "方案口径": "plan",
            "登记未符合口径": "unmet",
        }
        found: dict[tuple[str, str], int] = defaultdict(int)
        for p in self.people:
            unit = f"{p['place'][0]}({p['place'][1]})班"
            for title, key in names.items():
                found[(unit, title)] += int(p[key])
            for title, key in (("男", "sex"), ("女", "sex"), ("住校", "boarding"), ("走读", "boarding")):
                found[(unit, title)] += int(p["L"] and p[key] == title)
        return dict(found)

    def scores(self, measures: dict[tuple[str, str, str], tuple[int, int]]) -> dict[str, tuple[Decimal, int]]:
        totals = {}
        for place in {p["place"] for p in self.people if p["A"]}:
            unit = f"{place[0]}({place[1]})班"
            got = full = Fraction(0)
            for item in DEFAULT_RUBRIC:
                n, total = measures.get(("class", unit, BY_KEY[item.figure].title), (0, 0))
                if total:
                    got, full = got + item.points * Fraction(n, total), full + item.points
            exact = 100 * got / full
            totals[unit] = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
                Decimal("0.01"), ROUND_HALF_UP
            )
        return {unit: (t, 1 + sum(o > t for o in totals.values())) for unit, t in totals.items()}


def figures(month: Row) -> Row:
    """Return the month's measures over L and over Q, head counts by class, scores with ranks, and usable facilities."""
    oracle = Oracle(month)
    measures = oracle.summed(oracle.all_units("L"))
    usable = {r.v["item"] for r in oracle.rows["关爱设施"] if r.whole() and r.v["usable"] == "是"}
    return {
        "measures": measures,
        "potential": oracle.summed(oracle.all_units("Q")),
        "counts": oracle.counts(),
        "scores": oracle.scores(measures),
        "facilities": len(usable & set(HOME_FACILITIES)),
    }
