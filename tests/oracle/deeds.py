"""Activities, and who took part (contract §5, §8.9), in plain loops."""

from __future__ import annotations

from oracle.cells import read_rows, sound
from oracle.pupils import find_names, named_rows
from oracle.records import too_early
from oracle.sheets import SCHOOL_SHEETS


def whole_class(cls, day):
    """Return 全体: the class's pupils on a day (contract §5; a 入班日期 in error is in no 全体)."""
    people = []
    for row in cls["学生档案"] + cls["kept"]:
        v = row["v"]
        came = "入班日期" not in row["bad"] and (v["入班日期"] is None or v["入班日期"] <= day)
        stays = (
            v["学籍状态"] == "在读" or "学籍状态" in row["bad"] or (v["状态日期"] is not None and v["状态日期"] > day)
        )
        if not row["void"] and came and stays:
            people.append(row["person"])
    return people


def gather_deeds(classes, school, env, units):
    """List every activity that counts: {"day", "kind", "people", "own" class, "units" reached} (contract §5, §8.9).

    `units`: the classes that there are, (grade, class in one cell).
    """
    deeds = []
    for cls in classes:
        for row in cls["活动记录"]:
            if row["ok"]:
                v = row["v"]
                people = whole_class(cls, v["日期"]) if row["all"] else row["people"]
                deeds.append(
                    {
                        "day": v["日期"],
                        "kind": v["活动类型"],
                        "people": people,
                        "own": cls,
                        "units": {cls["unit"]} if row["whole"] else set(),
                        "whole": row["whole"],
                    }
                )
    every_row = named_rows(classes)
    for row in read_rows(school, "学校活动", SCHOOL_SHEETS["学校活动"], env["last"]):
        v = row["v"]
        if too_early(row, env) or not sound(row, SCHOOL_SHEETS["学校活动"]):
            continue
        names = [t.strip() for t in (v["参加对象"] or "").split("、") if t.strip()]
        if v["参加范围"] == "名单":
            people = find_names(every_row, v["参加对象"])[0]
        else:
            people = [
                p
                for cls in classes
                if reaches(v["参加范围"], names, cls["grade"], cls["unit"])
                for p in whole_class(cls, v["日期"])
            ]
        deeds.append(
            {
                "day": v["日期"],
                "kind": v["活动类型"],
                "people": people,
                "own": None,
                "units": {unit for grade, unit in units if reaches(v["参加范围"], names, grade, unit)},
            }
        )
    return deeds


def reaches(scope, names, grade, unit):
    """Tell whether a school activity reaches a class (contract §5)."""
    return scope == "全校" or (scope == "年级" and grade in names) or (scope == "班级" and unit in names)


def took_part(person, deeds, kinds, start, end):
    """Tell whether a child took part in an activity of these kinds (None = any) between two days."""
    return any(
        start <= d["day"] <= end and (kinds is None or d["kind"] in kinds) and any(person is p for p in d["people"])
        for d in deeds
    )
