"""The data set for analysts: which columns of the month's tables leave the schools, and what each is.

No name, number, phone, address, birth date, health, score or free text (contract §7), and nothing that says who is a
潜能生: an analyst counts, and looks nobody up. `child` is a number within its school and month, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

FOLDER = "数据集"
SCHOOL_CODE, MONTH, COUNTY, IS_SOUND = "school_code", "month", "county", "is_sound"
NO_COUNTY = "未分"
SHOWN = ("in_l", "is_double", "is_single", "is_national", "is_planned")  # who is none of these is not shown at all


@dataclass(frozen=True)
class DataTable:
    """One table of the data set: a row per what, and its columns (column of the school's table → what it says)."""

    key: str
    one_row_per: str
    columns: dict[str, str]
    has_errors: bool = False


_CHILD = {"child": "儿童在本校本月的编号（跨月不通用）"}
_DATE = {"date": "日期"}
TABLES = (
    DataTable(
        "measures", "指标、学校或年级或班级",
        {"level": "school、grade、class", "grade": "年级 1–9（0：不分）", "number": "班级（0：不分）", "figure": "指标（见数据字典的键）",
         "n": "达成数", "N": "应计数"},
    ),
    DataTable(
        "children", "留守儿童",
        _CHILD | {"grade": "年级", "number": "班级", "sex": "性别", "boarding": "就读方式", "status": "学籍状态", "in_l": "在册留守",
                  "in_a": "在读", "is_double": "双亲留守", "is_single": "单亲留守", "is_national": "国家口径", "is_planned": "方案口径"},
    ),
    DataTable(
        "pairings", "结对", _CHILD | {"kind": "帮扶类型", "since": "结对日期", "until": "结束日期", "checked_on": "检查日期"}, True
    ),
    DataTable("talks", "谈心", _CHILD | _DATE | {"role": "谈心人身份", "mode": "方式", "topic": "主题"}, True),
    DataTable("contacts_log", "家校联系", _CHILD | _DATE | {"kind": "形式", "with_whom": "联系对象"}, True),
    DataTable("activities", "班级活动", _DATE | {"kind": "活动类型"}, True),
)  # fmt: skip

# For docs/数据集.md; the tests run them as they stand.
QUERIES = (
    (
        "各区县的谈心达标率：先加总，再相除",
        """SELECT county, sum(n) AS n, sum(N) AS total, round(100.0 * sum(n) / sum(N), 2) AS rate
FROM read_parquet('数据集/measures/**/*.parquet', hive_partitioning = true)
WHERE month = '2026-10' AND level = 'school' AND figure = 'talked'
GROUP BY county ORDER BY county""",
    ),
    (
        "各年级双亲留守、单亲留守的人数",
        """SELECT grade, count(*) FILTER (WHERE is_double) AS both_away, count(*) FILTER (WHERE is_single) AS one_away
FROM read_parquet('数据集/children/**/*.parquet', hive_partitioning = true)
WHERE month = '2026-10'
GROUP BY grade ORDER BY grade""",
    ),
    (
        "本月没有一次谈心的在读留守儿童，每校几人",
        """SELECT c.school_code, count(*) AS children
FROM read_parquet('数据集/children/**/*.parquet', hive_partitioning = true) AS c
LEFT JOIN read_parquet('数据集/talks/**/*.parquet', hive_partitioning = true) AS t
  ON c.month = t.month AND c.school_code = t.school_code AND c.child = t.child AND t.is_sound
WHERE c.month = '2026-10' AND c.in_a AND t.child IS NULL
GROUP BY c.school_code ORDER BY c.school_code""",
    ),
)

TITLE = "# 数据集\n"
GUIDE = """`guanai batch` 把各校本月的数据写在 `{folder}/<表>/month=YYYY-MM/county=<区县>/data.parquet`，可以用 DuckDB、pandas 等直接查询。

不含姓名、证件号、电话、住址、出生日期、健康、成绩和任何文字内容，也看不出谁是潜能生。每张表另有 `{school}`（学校标识码）；
`{month}`、`{county}` 在文件夹名里。有 `{sound}` 的表，`{sound}` 为假的行有错误，不计入达成。
"""
SOUND = "这一行没有错误"
TABLE_HEADING, TABLE_HEAD, QUERY_HEADING = "\n## {key}：一行一个{what}\n", ("列", "含义"), "\n## 查询示例（在输出文件夹里运行）\n"
