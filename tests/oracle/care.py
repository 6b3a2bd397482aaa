"""The figures over a class (contract §5's table), in plain loops."""

from __future__ import annotations

from datetime import timedelta

from oracle.archive import archive_cells, card_update, has_archive
from oracle.cells import blank
from oracle.deeds import took_part
from oracle.duties import duty_rate
from oracle.pairings import has_pairing, has_plan, pairing_checks
from oracle.population import share
from oracle.records import records_of
from oracle.sheets import CLASS_SHEETS
from oracle.words import LOVING

MONTHLY = ("结对检查率", "活动参加率", "班会率", "生日关爱率", "成长记录率")


def growth_row(person):
    """Return the child's 成长记录 row of the class that counts it, or None."""
    return next((r for r in person["class"]["成长记录"] if r["person"] is person and not r["void"]), None)


def birthday_party(person, deeds, env):
    """Tell whether a 生日会 in the month had the child with it."""
    return took_part(person, deeds, ("生日会",), env["first"], env["last"])


def shared_figures(full, active, classes, deeds, env):
    """Work out the eight figures that run over L and A, and over Q (contract §5 Sets)."""
    cells = [(p["sure"] and ok) for p in full for ok in archive_cells(p, classes)]
    return {
        "建档率": share(full, lambda p: has_archive(p, classes)),
        "档案完整率": (sum(cells), len(cells)),
        "教师结对率": share(active, lambda p: has_pairing(p, env, ("帮扶教师",))),
        "学习帮手率": share(active, lambda p: has_pairing(p, env, ("学习帮手",))),
        "爱心妈妈率": share(active, lambda p: has_pairing(p, env, LOVING)),
        "谈心达标率": duty_rate("谈心", active, classes, env),
        "成长记录率": share(active, lambda p: growth_row(p) is not None and not growth_row(p)["bad"]),
        "活动参加率": share(active, lambda p: took_part(p, deeds, None, env["first"], env["last"])),
    }


def class_figures(cls, people, classes, deeds, env):
    """Work out every figure of one class but the two of the school."""
    here = [p for p in people if p["class"] is cls]
    left, active = [p for p in here if p["L"]], [p for p in here if p["A"]]
    figures = shared_figures(left, active, classes, deeds, env)
    figures["巩固率"] = retention(here, env)
    focus = [p for p in active if p["read"]["重点帮扶"] == "是"]
    figures["重点结对率"] = share(
        focus, lambda p: has_pairing(p, env, ("帮扶教师",)) and has_pairing(p, env, ("代理家长",))
    )
    figures["学习帮扶计划率"] = share(active, lambda p: has_plan(p, env))
    figures["结对检查率"] = pairing_checks(cls, env)
    figures["亲情联络率"] = duty_rate("亲情联络", active, classes, env)
    figures["家访率"] = duty_rate("家访", active, classes, env)
    figures["监护人会率"] = share(active, lambda p: contacted(p, ("监护人会", "座谈会"), classes, env))
    met = any(
        d["own"] is cls and d["whole"] and d["kind"] == "留守儿童会" and env["first"] <= d["day"] <= env["last"]
        for d in deeds
    )
    figures["班会率"] = (int(met and any(p["sure"] for p in active)), int(bool(active)))
    born = [p for p in active if p["told born"] is None or p["told born"].month == env["last"].month]
    figures["生日关爱率"] = share(born, lambda p: p["told born"] is not None and birthday_party(p, deeds, env))
    figures["个案方案率"] = case_plans(cls, classes, env)
    updates = [(p, *card_update(p, classes, env)) for p in left]
    figures["联系卡更新率"] = (sum(u[2] for u in updates), sum(u[1] for u in updates))
    rows = [r for sheet in CLASS_SHEETS for r in cls[sheet]]
    figures["报送质量"] = (sum(not r["bad"] for r in rows), len(rows))
    return as_owed(figures, env)


def as_owed(figures, env):
    """Leave out the month's own figures outside 教学月份 (contract §5)."""
    return figures | ({} if env["is_teaching"] else dict.fromkeys(MONTHLY, (0, 0)))


def retention(here, env):
    """Count 巩固率 (contract §5): those lost are 辍学, 转出未落实 and, by parameter, 休学."""
    counted = [p for p in here if p["meets"] and p["read"]["学籍状态"] not in ("转出已确认", "死亡")]
    lost = ("辍学", "转出未落实", "休学") if env["plan"]["pause_is_loss"] else ("辍学", "转出未落实")
    return share(counted, lambda p: p["read"]["学籍状态"] not in lost)


def contacted(person, kinds, classes, env):
    """Tell whether the child has a 家校联系 of these kinds in the term to date."""
    return any(
        r["v"]["形式"] in kinds and env["start"] <= r["v"]["日期"] <= env["upto"]
        for r in records_of(person, "家校联系", classes)
    )


def case_plans(cls, classes, env):
    """Count 个案方案率 (contract §8.3, §8.20)."""
    n = total = 0
    limit = timedelta(days=env["plan"]["case_days"])
    dated, undated = [], []
    for row in cls["成长记录"] + cls["past 成长记录"]:
        person, reason, since = row["person"], row["v"]["个案触发"], row["v"]["触发日期"]
        if row["void"] or (person is not None and (person["class"] is not cls or not person["A"])) or reason == "无":
            continue
        if person is None or reason is None or (since is None and not blank(row["raw"].get("触发日期"))):
            total += 1
        elif since is None:
            undated += [(person, reason)] if (person, reason) not in undated else []
        else:
            dated += [(person, reason, since)] if (person, reason, since) not in dated else []
    known = [case[:2] for case in dated]
    total += sum(case not in known for case in undated)
    for person, reason, since in dated:
        plans = records_of(person, "个别方案", classes)
        timely = any(r["v"]["触发原因"] == reason and since <= r["v"]["制订日期"] <= since + limit for r in plans)
        if timely or env["last"] - since > limit:
            total += 1
            n += timely and person["sure"]
    return n, total


def add_up(per_class, classes):
    """Sum the n and N of classes into their grades and the school, never means (contract §5)."""
    total = {}
    for cls in classes:
        for figure, (n, count) in per_class[cls["unit"]].items():
            for key in (("class", cls["unit"], figure), ("grade", cls["grade"], figure), ("school", "", figure)):
                a, b = total.get(key, (0, 0))
                total[key] = (a + n, b + count)
    return total
