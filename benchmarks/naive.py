"""An honest afternoon script: pandas and openpyxl, one file at a time, the report with to_excel.

Run as `python -m benchmarks.naive FOLDER OUT`. It counts a dozen of the figures that the pipeline counts, checks
required cells, code lists and dates, and knows neither repairs, marks, identity nor presets.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from schemas.class_workbook import CLASS_WORKBOOK
from schemas.kinds import Code, Day
from schemas.tables import Table

LAST = pd.Timestamp("2026-10-31")
FIRST = pd.Timestamp("2026-10-01")


def schema(table: Table) -> pa.DataFrameSchema:
    columns = {}
    for column in table.columns:
        checks = [pa.Check.isin(list(column.kind.codes.words))] if isinstance(column.kind, Code) else []
        checks += [pa.Check.le(LAST)] if isinstance(column.kind, Day) and not column.kind.future else []
        columns[column.title] = pa.Column(checks=checks, nullable=column.need != "是")
    return pa.DataFrameSchema(columns, strict=False)


def read_file(path: Path) -> tuple[dict[str, pd.DataFrame], list[pd.DataFrame]]:
    titles = [table.title for table in CLASS_WORKBOOK.tables]
    sheets = pd.read_excel(path, sheet_name=titles, header=2, dtype=str, engine="openpyxl")
    tables, errors = {}, []
    for table in CLASS_WORKBOOK.tables:
        frame = sheets[table.title].dropna(how="all")
        for column in table.columns:
            if isinstance(column.kind, Day):
                frame[column.title] = pd.to_datetime(frame[column.title], errors="coerce")
        try:
            schema(table).validate(frame, lazy=True)
        except pa.errors.SchemaErrors as report:
            errors.append(report.failure_cases.assign(文件=path.name, 工作表=table.title))
        tables[table.title] = frame.assign(班级=path.stem)
    return tables, errors


def share(people: pd.DataFrame, have: set[tuple[str, str]]) -> pd.Series:
    met = [pair in have for pair in zip(people["班级"], people["姓名"], strict=True)]
    return people.assign(met=met).groupby("班级")["met"].agg(["sum", "count"]).apply(tuple, axis=1)


def pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(frame["班级"], frame["学生姓名"], strict=True))


def figures(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    pupils = data["学生档案"]
    away = pd.concat([pupils[f"{p}外出日期"] + pd.DateOffset(months=3) <= LAST for p in ("父亲", "母亲")], axis=1)
    lbc = pupils["学生类别"].isin(["留守儿童", "留守兼潜能"]) & away.any(axis=1) & pupils["随父母生活"].eq("否")
    people = pupils[lbc & pupils["学籍状态"].isin(["在读", "疑似辍学"])]
    paired, talks, log = data["结对帮扶"], data["谈心记录"], data["家校联系"]
    open_pairs = paired[paired["结束日期"].isna() | (paired["结束日期"] > LAST)]
    month = talks[talks["日期"].between(FIRST, LAST)]
    calls = log[log["形式"].isin(["亲情电话", "视频通话", "亲情书信"]) & log["日期"].between(FIRST, LAST)]
    cards = people.merge(data["联系卡"], left_on=["班级", "姓名"], right_on=["班级", "学生姓名"], how="left")
    filled = ["建档日期", "档案编号", "健康状况", "性格特征", "兴趣爱好", "家庭地址", "监护人姓名", "监护人电话"]
    complete = cards[cards[filled].notna().all(axis=1)]
    return pd.DataFrame(
        {
            "建档率": share(people, set(zip(complete["班级"], complete["姓名"], strict=True))),
            "教师结对率": share(people, pairs(open_pairs[open_pairs["帮扶类型"] == "帮扶教师"])),
            "学习帮手率": share(people, pairs(open_pairs[open_pairs["帮扶类型"] == "学习帮手"])),
            "爱心妈妈率": share(people, pairs(open_pairs[open_pairs["帮扶类型"].isin(["爱心妈妈", "爱心爸爸"])])),
            "谈心达标率": share(people, pairs(month[month["谈心人身份"] == "班主任"])),
            "家访率": share(people, pairs(log[log["形式"] == "家访"])),
            "亲情联络率": share(people, pairs(calls)),
            "成长记录率": share(people, pairs(data["成长记录"])),
        }
    ).reset_index()


def main(folder: Path, out: Path) -> None:
    parts: dict[str, list[pd.DataFrame]] = {}
    errors = []
    for path in sorted(folder.glob("*年级*.xlsx")):
        tables, found = read_file(path)
        errors += found
        for title, frame in tables.items():
            parts.setdefault(title, []).append(frame)
    data = {title: pd.concat(frames, ignore_index=True) for title, frames in parts.items()}
    result = figures(data)
    out.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(out / "report.xlsx", engine="openpyxl") as writer:
        result.astype(str).to_excel(writer, sheet_name="班级统计", index=False)
        for title in ("谈心达标率", "家访率", "建档率"):
            result[["班级", title]].astype(str).to_excel(writer, sheet_name=title, index=False)
        pd.concat(errors or [pd.DataFrame({"文件": []})]).astype(str).to_excel(writer, sheet_name="错误", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
