"""Words of the templates that belong to no single column."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.class_workbook import PUPILS
from schemas.tables import ALWAYS, ARCHIVE, CONDITIONAL, OPTIONAL


@dataclass(frozen=True)
class Alert:
    """What Excel says when a cell's validation is broken."""

    title: str
    message: str


NAMES_FROM, STAFF_FROM = PUPILS.title, "教职工"
NEED_WORDS = {ALWAYS: "必填", CONDITIONAL: "有条件必填", OPTIONAL: "选填", ARCHIVE: "档案必备"}
COLOUR_LEGEND = {
    ALWAYS: "蓝底：每一行都要填",
    ARCHIVE: "绿底：填齐才算“档案完整”",
    CONDITIONAL: "黄底：有提示的情况才填",
    OPTIONAL: "白底：选填",
}
DICTIONARY_TITLE = "各表各列怎么填（最右一列是示例，写进表里也不会计入）"
AND = "、"
ALL_TABLES = "各表"  # of a column that several sheets have alike
DICTIONARY_HEAD = ("工作表", "列名", "必填", "怎么填", "示例")
ASKED_WHEN = "（{because}时必填）"
VALIDATION = Alert("请核对", "这里应填：{want}。确认无误可以保留。")
