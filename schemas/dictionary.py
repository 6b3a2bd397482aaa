"""Render the declarations to the documents that people read: 数据字典, 校验规则, 表格毛病, 七篇对照 and 数据集."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas import bureau_words as w
from schemas import dataset
from schemas.chapters import ITEMS
from schemas.defects import CHAPTERS
from schemas.figures import BASES, BASIS_TEXTS, FIGURES
from schemas.forms import FORMS
from schemas.policy import PARAMETERS, PRESETS, preset_duties
from schemas.rules import LEVELS, RULES, Rule
from schemas.tables import Table

DICTIONARY_FILE, RULES_FILE, DEFECTS_FILE = "数据字典.md", "校验规则.md", "表格毛病.md"
CHAPTERS_FILE, DATASET_FILE = "七篇对照.md", "数据集.md"
_EVER = "一直"
GENERATED = "<!-- 由 make templates 生成，请勿手改 -->\n"


def data_dictionary() -> str:
    """Return docs/数据字典.md: every sheet and column of the templates, the figures, the parameters and the duties."""
    parts = ["# 数据字典\n", GENERATED]
    for form in FORMS:
        parts.append(f"\n## {form.title}\n")
        if form.cover:
            parts.append(_table(("填表说明", "键", "怎么填"), ((c.title, c.key, c.wanted) for c in form.cover)))
        parts += [_sheet(table) for table in form.tables]
    parts.append("\n## 指标\n")
    rows = ((f.title, f.key, f.numerator, f.denominator, f.over) for f in FIGURES)
    parts.append(_table(("指标", "键", "达成数（n）", "应计数（N）", "范围"), rows))
    parts.append("\n## 口径\n")
    parts.append(_table(("口径", "含义"), ((BASES[key], text) for key, text in BASIS_TEXTS.items())))
    parts.append("\n## 参数\n")
    defaults = ((p.title, d.value, d.since or _EVER, d.source, p.note) for p in PARAMETERS for d in p.defaults)
    parts.append(_table(("参数", "默认值", "自何月起", "依据", "说明"), defaults))
    parts.append("\n## 频次要求\n")
    parts.append(_table(("编号", "事项", "身份", "形式", "周期", "次数", "适用对象", "启用于", "自何月起", "依据"), _duty_rows()))
    parts.append("\n## 上报工作簿\n")
    parts.append(_table(("序号", "工作表"), ((str(n), name) for n, name in enumerate(w.ORDER, start=1))))
    return "".join(parts)


def _duty_rows() -> Iterable[tuple[str, ...]]:
    on_in = {preset: {d.code for d in preset_duties(preset) if d.is_on} for preset in PRESETS}
    for duty in preset_duties(PRESETS[0]):
        chapters = " ".join(preset for preset in PRESETS if duty.code in on_in[preset])
        roles, forms, since = "/".join(duty.roles), "/".join(duty.forms), duty.since or _EVER
        what = (duty.code, duty.matter, roles, forms, duty.period, str(duty.times), duty.audience)
        yield (*what, chapters, since, duty.source)


def _sheet(table: Table) -> str:
    rows = (
        (c.title, c.key, c.need, c.kind.describe(), c.hint, c.because, "、".join(c.also), c.example) for c in table.columns
    )
    head = ("列名", "键", "必填", "取值", "怎么填", "何时必填", "也认得的列名", "示例")
    return f"\n### {table.title} · {table.key}\n\n一行：{table.one_row_per}。{table.guidance}\n\n" + _table(head, rows)


def rule_catalogue() -> str:
    """Return docs/校验规则.md: every rule with its code, level, sentence, remedy and an example."""
    parts = ["# 校验规则\n", GENERATED, "\n错误：这一格不算。警告：算，但请看一看。提示：程序已处理，告诉您一声。\n"]
    for level in LEVELS:
        own = [rule for rule in RULES if rule.level == level]
        parts.append(f"\n## {level}（{len(own)} 条）\n")
        parts.append(_table(("规则", "问题", "怎么改", "在哪里", "错的", "对的"), (_rule_row(rule) for rule in own)))
    return "".join(parts)


def _rule_row(rule: Rule) -> tuple[str, ...]:
    example = rule.example
    return rule.code, rule.sentence, rule.remedy, example.place, example.wrong, example.right


def defect_table() -> str:
    """Return docs/表格毛病.md: every way in which a workbook goes wrong, its sign, what happens and the rules' codes."""
    parts = ["# 表格毛病\n", GENERATED, "\n每一行都有测试：把毛病种进真正的模板，应当在那一格报出这条规则，别处不报。\n"]
    for chapter in CHAPTERS:
        rows = ((d.problem, d.sign, d.treatment, "、".join(r.code for r in d.rules) or "—") for d in chapter.defects)
        parts.append(f"\n## {chapter.title}\n")
        parts.append(_table(("毛病", "怎么认出", "怎么处理", "规则"), rows))
    return "".join(parts)


def dataset_guide() -> str:
    """Return docs/数据集.md: the tables for analysts, and queries that the tests run."""
    names = {"folder": dataset.FOLDER, "school": dataset.SCHOOL_CODE, "month": dataset.MONTH, "county": dataset.COUNTY}
    parts = [dataset.TITLE, GENERATED, dataset.GUIDE.format(**names, sound=dataset.IS_SOUND)]
    for table in dataset.TABLES:
        sound = {dataset.IS_SOUND: dataset.SOUND} if table.has_errors else {}
        parts.append(dataset.TABLE_HEADING.format(key=table.key, what=table.one_row_per))
        parts.append(_table(dataset.TABLE_HEAD, (table.columns | sound).items()))
    parts.append(dataset.QUERY_HEADING)
    parts += [f"{words}：\n\n```sql\n{query}\n```\n" for words, query in dataset.QUERIES]
    return "\n".join(parts)


def chapter_table() -> str:
    """Return docs/七篇对照.md: every item of the seven plans, its evidence, its checks, the default and where it stands."""
    rows = (
        (i.code, i.matter, i.evidence, "；".join(check.text for check in i.checks), i.default, i.printed) for i in ITEMS
    )
    note = "\n每一条都由程序逐月检查，结果在校内的 考核与未达标.xlsx“七篇对照”一表。\n"
    head = ("编号", "要求", "证据填在", "怎么看", "默认", "印在")
    return "# 七篇对照\n" + GENERATED + note + _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)]
    return "\n" + "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
