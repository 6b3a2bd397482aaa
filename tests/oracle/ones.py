"""十个一 and 五个一 (contract §8.22), in plain loops."""

from __future__ import annotations

import calendar
from datetime import date

from oracle.care import contacted
from oracle.cells import read_rows, sound, unit_of
from oracle.deeds import took_part
from oracle.pairings import has_pairing
from oracle.population import share
from oracle.sheets import CLASS_SHEETS, SCHOOL_SHEETS
from oracle.words import LOVING


def ten_ones(people, classes, deeds, school, env):
    """Count 十个一 at school level over the term to date (contract §8.22)."""
    active, start, upto = [p for p in people if p["A"]], env["start"], env["upto"]
    part = lambda *kinds: share(active, lambda p: took_part(p, deeds, kinds, start, upto))  # noqa: E731
    spec = SCHOOL_SHEETS["关爱设施"]
    usable = {
        r["v"]["项目"]
        for r in read_rows(school, "关爱设施", spec, env["last"])
        if sound(r, spec) and r["v"]["可用"] == "是"
    }
    listed = [
        (r["v"]["年级"], r["v"]["班级"]) for r in read_rows(school, "班级一览", SCHOOL_SHEETS["班级一览"], env["last"])
    ]
    lectures = 0
    for kind in ("法制讲座", "安全讲座", "心理讲座"):
        held = [d for d in deeds if d["kind"] == kind and start <= d["day"] <= upto]
        lectures += bool(listed) and all(g and n and any(unit_of(g, n) in d["units"] for d in held) for g, n in listed)
    birthdays = [(p, birthday_in_term(p["told born"], env)) for p in active]
    nine = [
        bool(
            p["sure"]
            and day
            and took_part(p, deeds, ("生日会",), max(start, day.replace(day=1)), min(upto, month_end(day)))
        )
        for p, day in birthdays
        if day is not None or p["told born"] is None
    ]
    return {
        1: (len(usable & {"留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材"}), 8),
        2: share(active, lambda p: contacted(p, ("亲情电话", "视频通话"), classes, env)),
        3: share(active, lambda p: has_pairing(p, env, ("学习帮手",)) and has_score(p)),
        4: share(active, lambda p: has_pairing(p, env, LOVING)),
        5: (lectures, 3),
        6: part("游览"),
        7: part("书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间", "队活动"),
        8: share(active, lambda p: contacted(p, ("亲情书信",), classes, env)),
        9: (sum(nine), len(nine)),
        10: part("做一件有意义的事", "志愿服务"),
    }


def has_score(person):
    """Tell whether a sound 成长记录 row of the term has a score."""
    own = [r for r in person["class"]["成长记录"] if r["person"] is person and not r["void"]]
    return any(
        sound(row, CLASS_SHEETS["成长记录"]) and any(row["v"][c] is not None for c in ("语文", "数学", "英语"))
        for row in own + [r for r in person["class"]["past 成长记录"] if r["person"] is person]
    )


def birthday_in_term(born, env):
    """Return the birthday that lies in the term to date, or None; 29 February falls on the 28th in other years."""
    for year in range(env["start"].year, env["upto"].year + 1) if born else ():
        day = date(year, born.month, min(born.day, calendar.monthrange(year, born.month)[1]))
        if env["start"] <= day <= env["upto"]:
            return day
    return None


def month_end(day):
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def five_ones(people, deeds, env):
    """Count 五个一 over the term to date, and the share with all five (contract §8.22)."""
    active = [p for p in people if p["A"]]
    kinds = ("改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生")
    done = lambda p, kind: took_part(p, deeds, (kind,), env["start"], env["upto"])  # noqa: E731
    five = {kind: share(active, lambda p, kind=kind: done(p, kind)) for kind in kinds}
    five["五项全有"] = share(active, lambda p: all(done(p, kind) for kind in kinds))
    return five
