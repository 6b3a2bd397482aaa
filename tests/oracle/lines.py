"""The lines of the seven plans (domain §7), in plain loops: n and N of each, whatever plan is in force."""

from __future__ import annotations

from oracle.archive import has_archive
from oracle.care import growth_row
from oracle.cells import sound
from oracle.deeds import took_part
from oracle.duties import duty_applies, duty_met, duty_windows
from oracle.pairings import has_pairing, is_active
from oracle.plan import make_env, read_plan
from oracle.population import share
from oracle.records import records_of
from oracle.sheets import CLASS_SHEETS

LABOUR, SHOWN = ("敬老服务", "志愿服务"), ("书画展", "演讲比赛", "文艺演出", "队活动")
MIND = ("心理辅导", "思想教育", "情感教育", "独立生活教育", "体谅父母教育")
LECTURES = ("法制讲座", "安全讲座", "心理讲座")
BY_SCHOOL = ("家访", "到校面谈", "监护人会", "座谈会")
TEACHERS, MOTHERS = ("班主任", "帮扶教师", "任课教师"), ("爱心妈妈", "爱心爸爸")


def lines(month, state, last):
    """Return line → its (n, N), in the order of its checks, of those that go over children or classes."""
    plan = read_plan(month.get("plan"), last)
    env = make_env(month, plan)
    people, classes, deeds = state["people"], state["classes"], state["deeds"]
    active = [p for p in people if p["A"]]
    both = [p for p in people if p["A"] or p["Q"]]
    boarders = [p for p in active if "就读方式" in p["home"]["bad"] or p["read"]["就读方式"] == "住校"]
    sixth = [p for p in boarders if p["class"]["grade"] == "六年级"]
    focus = [p for p in active if p["read"]["重点帮扶"] == "是"]
    poor = [p for p in active if good(p["home"], "困难类别") not in (None, "无")]
    held = [c for c in classes if any(p["class"] is c for p in active) and c["学生档案"]]

    def owe(whom, matter, roles, forms=(), period="月", times=1, audience="全体"):
        duty = {"matter": matter, "roles": roles, "forms": forms, "period": period, "times": times, "whom": audience}
        n = total = 0
        for person in whom:
            applies = duty_applies(duty, person, env)
            windows = duty_windows(duty, person, env) if applies != "no" else []
            total += bool(windows)
            sure = person["sure"] and "入班日期" not in person["home"]["bad"]
            n += bool(windows) and sure and applies == "yes" and duty_met(duty, person, windows, classes)
        return n, total

    def talk(whom, roles, **more):
        return owe(whom, "谈心", roles, **more)

    def served(whom, kind, year=False):
        start = env["year_start"] if year else env["start"]
        end = env["last"] if year else env["upto"]
        inside = lambda r: r["v"]["类别"] == kind and start <= r["v"]["日期"] <= end  # noqa: E731
        return share(whom, lambda p: any(inside(r) for r in records_of(p, "关爱服务", classes)))

    def grown(whom, column):
        if not env["is_teaching"]:
            return 0, 0
        has = lambda r: r is not None and sound(r, CLASS_SHEETS["成长记录"]) and r["v"][column] == "有"  # noqa: E731
        return share(whom, lambda p: has(growth_row(p)))

    def joined(whom, kinds):
        return share(whom, lambda p: took_part(p, deeds, kinds, env["start"], env["upto"]))

    def by_class(kinds, monthly=False):
        start, end = (env["first"], env["last"]) if monthly else (env["start"], env["upto"])
        own = held if env["is_teaching"] or not monthly else []
        inside = [d for d in deeds if d["kind"] in kinds and start <= d["day"] <= end]
        return sum(any(c["unit"] in d["units"] for d in inside) for c in own), len(own)

    def employed(part):
        away = lambda p: [w for w in ("父亲", "母亲") if p["read"][f"{w}状况"] == "外出务工"]  # noqa: E731
        cards = {id(r["person"]): r for c in classes for r in c["联系卡"] if r["person"] and not r["void"]}
        given = lambda p, w: id(p) in cards and good(cards[id(p)], f"{w}{part}") is not None  # noqa: E731
        return share([p for p in active if away(p)], lambda p: all(given(p, w) for w in away(p)))

    def parties(person):
        inside = lambda r: env["start"] <= r["v"]["日期"] <= env["upto"]  # noqa: E731
        talks = [r for r in records_of(person, "谈心记录", classes) if inside(r)]
        log = [r["v"] for r in records_of(person, "家校联系", classes) if inside(r) and r["v"]["形式"] in BY_SCHOOL]
        whom = {v["联系对象"] for v in log}
        return (
            bool(talks) and bool(whom & {"父亲", "母亲", "父母"}) and bool(whom & {"祖父母", "外祖父母", "其他监护人"})
        )

    def helped(person):
        names = {q["home"]["v"]["姓名"] for q in people if q["L"] and q["class"] is person["class"]}
        return any(
            r["person"] is person
            and r["v"]["帮扶类型"] == "学习帮手"
            and is_active(r, env)
            and r["v"]["帮扶人"] not in names
            for r in person["class"]["pairings"]
        )

    def filled(columns):
        return share(active, lambda p: all(good(p["home"], column) is not None for column in columns))

    employers = [employed("务工单位"), employed("单位电话")]
    h1 = owe(active, "家访", (), ("家访",), "学期")
    c1 = owe(active, "亲情联络", (), ("亲情电话", "视频通话", "亲情书信"))
    t1 = talk(active, ("班主任",))
    t5 = talk(active, ("帮扶教师", "班主任"), audience="住校")
    return {
        "P1-1": [share(active, helped)],
        "P1-2": [None, by_class(LABOUR)],
        "P1-5": [grown(active, "成长日记")],
        "P1-6": [share(active, lambda p: has_pairing(p, env, ("帮扶教师",))), talk(active, ("帮扶教师",))],
        "P1-7": [t5],
        "P2-3": [served(active, kind) for kind in ("安全教育", "学习辅导", "生活照顾", "活动优先")],
        "P2-4": [share(active, parties)],
        "P2-6": [joined(active, ("手拉手",)), by_class(("手拉手",))],
        "P2-7": [owe(active, "亲情联络", (), ("亲情电话", "视频通话"))],
        "P2-8": [talk(active, ())],
        "P2-10": [by_class((kind,)) for kind in MIND],
        "P3-5": [grown(both, "成长日记")],
        "P3-6": [h1],
        "P3-13": [None, talk(both, MOTHERS, period="周")],
        "P3-14": [None, *(by_class((kind,)) for kind in LECTURES), joined(both, LECTURES)],
        "P3-15": [joined(both, ("游览",))],
        "P3-20": [talk(both, MOTHERS)],
        "P4-7": [filled(("学习分类", "学习分组", "责任教师"))],
        "P4-9": [None, served(sixth, "自理指导")],
        "P4-11": [None, grown(focus, "成长日记"), owe(focus, "家访", (), ("家访",), "学期", audience="重点帮扶")],
        "P4-13": [t1],
        "P4-15": [by_class(("主题班会",), monthly=True), *(by_class((kind,)) for kind in SHOWN), joined(active, SHOWN)],
        "P4-17": [served(poor, "资助", year=True)],
        "P5-3": [*employers, c1],
        "P5-4": [talk(active, TEACHERS, times=2)],
        "P5-5": [t5, owe(active, "家访", (), ("家访",), "学期", audience="走读")],
        "P5-6": [served(boarders, "自理指导")],
        "P7-1": [share([p for p in people if p["L"]], lambda p: has_archive(p, classes))],
        "P7-4": [c1],
        "P7-9": [filled(("责任教师",)), talk(active, ("任课教师",))],
        "P7-10": [None, None, served(active, "心理辅导")],
    }


def good(row, column):
    """Return a cell's value, None where it is empty or in error."""
    return None if column in row["bad"] else row["v"][column]
