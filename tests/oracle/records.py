"""The records of a class and the errors between their cells (contract §5, §8.2, §8.8, §8.9), in plain loops."""

from __future__ import annotations

from oracle.cells import read_rows, sound
from oracle.pupils import find_child, find_names, named_rows
from oracle.sheets import CLASS_SHEETS
from oracle.words import REASONS, TEACHER_ROLES


def too_early(row, env):
    """Tell whether a record lies before the term, which is an error outside holiday months (contract §8.2)."""
    return row["v"]["日期"] is not None and row["v"]["日期"] < env["start"] and not env["is_holiday"]


def read_records(cls, book, env, staff):
    """Read every other sheet of a class and mark the errors between cells."""
    for sheet, spec in CLASS_SHEETS.items():
        if sheet == "学生档案":
            continue
        cls[sheet] = read_rows(book, sheet, spec, env["last"])
        seen, alike = [], []
        for row in cls[sheet]:
            v, bad = row["v"], row["bad"]
            if "学生姓名" in spec:
                row["person"], wrong = find_child(cls, v["学生姓名"], v["学籍号"])
                if wrong:
                    bad.add(wrong)
                if sheet in ("联系卡", "成长记录") and row["person"]:
                    if any(row["person"] is p for p in seen):  # a second row counts for nothing (contract §8.6)
                        row["void"] = True
                        bad.add("学生姓名")
                    seen.append(row["person"])
            if sheet in ("谈心记录", "家校联系") and row["person"]:  # rows alike in every cell are one record
                row["twice"] = (row["person"], v) in alike
                alike.append((row["person"], v))
            if sheet in ("谈心记录", "家校联系", "活动记录") and too_early(row, env):
                bad.add("日期")
            if sheet in ("活动记录", "假期互查"):
                row["people"] = []
                row["all"] = sheet == "活动记录" and v["参加学生"] == "全体"
                if v["参加学生"] and not row["all"]:
                    row["people"], wrong = find_names(named_rows([cls]), v["参加学生"], cls["past"])
                    if wrong:
                        bad.add("参加学生")
                row["ok"] = sound(row, spec, but=("参加学生",)) and (row["all"] or bool(row["people"]))
                row["whole"] = sound(row, spec)
            check_between(row, staff)
    for row in [] if cls["结对帮扶"] else cls["untied"]:  # the last rows of a class that says 本月名册无变化
        row = row | {"v": dict(row["v"]), "bad": set(row["bad"])}
        if not {"学生姓名", "学籍号"} & row["bad"]:
            row["person"], wrong = find_child(cls, row["v"]["学生姓名"], row["v"]["学籍号"])
            row["bad"] |= {wrong} if wrong else set()
        cls["kept 结对帮扶"].append(row)
    for row in cls["kept 结对帮扶"]:
        check_between(row, staff)


def check_between(row, staff):
    """Mark the errors between two cells of a record, and teachers that 教职工 lacks (contract §8.6, §8.8, §8.10)."""
    v, bad, sheet = row["v"], row["bad"], row["sheet"]
    later = lambda a, b: v[a] is not None and v[b] is not None and v[b] < v[a]  # noqa: E731
    if sheet == "结对帮扶":
        if later("结对日期", "结束日期"):
            bad.add("结束日期")
        if v["检查日期"] is not None and v["检查结果"] is None:
            bad.add("检查结果")
        if v["帮扶类型"] == "帮扶教师" and v["帮扶人"] and staff is not None and v["帮扶人"] not in staff:
            bad.add("帮扶人")
        if v["帮扶类型"] == "学习帮手" and v["帮扶人"] and v["帮扶人"] == v["学生姓名"]:
            bad.add("帮扶人")
    elif sheet == "谈心记录":
        if later("日期", "跟进日期"):
            bad.add("跟进日期")
        if v["谈心人身份"] in TEACHER_ROLES and v["谈心人"] and staff is not None and v["谈心人"] not in staff:
            bad.add("谈心人")
    elif sheet == "个别方案" and later("制订日期", "最近复查"):
        bad.add("最近复查")
    elif sheet == "成长记录" and v["个案触发"] in REASONS and v["触发日期"] is None:
        bad.add("触发日期")


def records_of(person, sheet, classes):
    """List a child's sound records of a sheet, from whichever class's workbook and of earlier months (contract §8.5)."""
    own = [r for cls in classes for r in cls[sheet] if r["person"] is person and not r.get("twice")]
    return [r for r in own + person["past"][sheet] if sound(r, CLASS_SHEETS[sheet])]
