"""Habits of those who keep lists: how they write numbers, names, days and classes, and what they leave on a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.comments import Comment
from openpyxl.styles import Font

from starting.columns import Spec, day, grade_word, head, in_class, line, lines, nothing, relation, serial, word
from starting.layouts import LAYOUTS, MEMBERS, Layout, export_rows, save, short, wide
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW, OLD
from starting.truth import GRADE_WORDS, Child, Invented, class_text, invented_school

Columns = Sequence[tuple[str, Spec]]
Rows = list[list[Any]]
_CLASS: Columns = (("班级", lambda c: short(c.place)),)
_WHO: Columns = (("姓名", "name"), ("身份证号", "id_card"))
_CARE: Columns = (("监护人", "guardian_name"), ("与学生关系", relation), ("监护人电话", "guardian_phone"))
_BASE: Columns = (*_CLASS, *_WHO)
_TITLE = ["2026年秋季留守儿童台账"]


def _turns(*forms: Callable[[Child], Any]) -> Spec:
    """Return a column that every child's row writes in the next of several ways."""
    seen: dict[int, int] = {}

    def written(child: Child) -> Any:
        return forms[seen.setdefault(id(child), len(seen)) % len(forms)](child)

    return written


def _ledger(school: Invented, folder: Path, columns: Columns = (*_BASE, *_CARE), name: str = "台账.xlsx", more: Rows = []) -> None:  # fmt: skip # noqa: B006
    save(folder / name, {"Sheet1": [_TITLE, head(columns), *lines(school.left, columns), *more]}, saved=NEW)


# --- how a birthday, a number, a name, a class, a telephone are written -------------------------------------------------

_DIGITS = "〇一二三四五六七八九"


def _in_words(c: Child) -> str:
    born: date = c.truth["birth_date"]

    def number(n: int) -> str:
        ten, one = divmod(n, 10)
        return f"{_DIGITS[ten] if ten > 1 else ''}{'十' if ten else ''}{_DIGITS[one] if one else ''}"

    return f"{''.join(_DIGITS[int(d)] for d in str(born.year))}年{number(born.month)}月{number(born.day)}日"


def _birthdays(school: Invented, folder: Path) -> None:
    written = _turns(day("%Y%m%d"), lambda c: f"{c.truth['birth_date']:%Y}.{c.truth['birth_date'].month}.{c.truth['birth_date'].day}", _in_words, lambda c: str(serial(c)), day("%Y/%m/%d"), day("%Y年%m月%d日"), lambda c: c.truth["birth_date"])  # fmt: skip
    _ledger(school, folder, (*_CLASS, ("姓名", "name"), ("性别", "sex"), ("出生年月日", written), *_CARE))


def _numbers(school: Invented, folder: Path) -> None:
    def card(c: Child) -> str:
        return str(c.truth["id_card"])

    written = _turns(
        lambda c: f"{card(c)[:6]} {card(c)[6:14]} {card(c)[14:]}",
        lambda c: f"{card(c)[:6]}-{card(c)[6:14]}-{card(c)[14:]}",
        lambda c: f"'{card(c)}",
        lambda c: wide(card(c)),
        lambda c: card(c).lower(),
        lambda c: f"\u00a0{card(c)}\u200b",
        lambda c: f"“{card(c)}”",
        lambda c: f"{card(c)}。",
    )
    _ledger(school, folder, (*_CLASS, ("姓名", "name"), ("身份证号", written), *_CARE))


def _names(school: Invented, folder: Path) -> None:
    """The same child's name in two lists, by two hands; minority names with whatever dot was found."""
    for c, name in zip(school.left, ("阿依古丽·买买提", "古丽娜尔·艾山", "扎西·多吉", "欧阳·若兰"), strict=False):
        c.truth["name"] = name
    dots = _turns(*(lambda c, d=dot: str(c.truth["name"]).replace("·", d) for dot in "•．.‧・● "))
    gaps = _turns(lambda c: " ".join(c.name) if len(c.name) < 4 else c.name, lambda c: c.name.replace("", "\u3000").strip() if len(c.name) < 4 else c.name, lambda c: f" {c.name} ", lambda c: f"{c.name}*")  # fmt: skip
    _ledger(school, folder, (*_CLASS, ("姓名", dots), *_CARE), "监护.xlsx")
    columns: Columns = (
        ("年级", grade_word),
        ("班级", lambda c: f"{c.place[1]}班"),
        ("姓名", gaps),
        ("身份证件号", "id_card"),
    )
    save(folder / "学生花名册.xlsx", {"1": [head(columns), *lines(school.children, columns)]}, saved=NEW)


def _classes(school: Invented, folder: Path) -> None:
    def grade(c: Child) -> str:
        return GRADE_WORDS[c.place[0] - 1]

    written = _turns(
        lambda c: f"{grade(c)}({c.place[1]})班",
        lambda c: f"{grade(c)}年级{GRADE_WORDS[c.place[1] - 1]}班",
        lambda c: f"{c.place[0]}0{c.place[1]}",
        lambda c: f"小{grade(c)}{c.place[1]}班",
        lambda c: f"{2027 - c.place[0]}级{c.place[1]}班",
        lambda c: f"{c.place[0]}.{c.place[1]}班",
        lambda c: f"{grade(c)}年级（{GRADE_WORDS[c.place[1] - 1]}）班",
        lambda c: f"小学{grade(c)}年级0{c.place[1]}班",
    )
    _ledger(school, folder, (("所在班级", written), *_WHO, *_CARE))


def _phones(school: Invented, folder: Path) -> None:
    both = _turns(
        lambda c: f"父:{c.truth['father_phone']} 母:{c.truth['mother_phone']}",
        lambda c: f"父：{c.truth['father_phone']}\n母：{c.truth['mother_phone']}",
        lambda c: f"{c.truth['father_phone']}（父）{c.truth['mother_phone']}（母）",
        lambda c: f"父亲{c.truth['father_phone']}，母亲{c.truth['mother_phone']}",
        lambda c: f"爸{c.truth['father_phone']}/妈{c.truth['mother_phone']}",
    )
    _ledger(school, folder, (*_BASE, ("父母联系电话", both), *_CARE))


def _guardians(school: Invented, folder: Path) -> None:
    told = _turns(
        lambda c: f"{relation(c)}：{c.truth['guardian_name']}（{c.truth['guardian_age']}岁）",
        lambda c: f"{relation(c)} {c.truth['guardian_name']} {c.truth['guardian_phone']}",
        lambda c: f"{c.truth['guardian_name']}（{relation(c)}）",
        lambda c: f"{c.truth['guardian_name']}，{relation(c)}，{c.truth['guardian_phone']}",
    )
    _ledger(school, folder, (*_BASE, ("监护人情况", told)))


def _line_breaks(school: Invented, folder: Path) -> None:
    """Two persons in a cell, one a line, and their telephones in the next: a head with breaks as well."""
    columns: Columns = (
        ("班\n级", lambda c: short(c.place)), ("学生\n姓名", "name"), ("身份\n证号码", "id_card"),
        ("父母姓名及电话", lambda c: f"父亲：{c.truth['father_name']} {c.truth['father_phone']}\n母亲：{c.truth['mother_name']} {c.truth['mother_phone']}"),
        ("家 庭\n住 址", "home_address"),
    )  # fmt: skip
    _ledger(school, folder, columns)


# --- what stands on a page besides --------------------------------------------------------------------------------------


def _sums(school: Invented, folder: Path) -> None:
    """Subtotals in between and a total, a line of column numbers below the head, notes and signatures at the foot."""
    columns = (("序号", nothing), *_BASE, ("性别", "sex"), *_CARE)
    rows: Rows = [["附件2："], ["云溪镇中心学校留守儿童基本情况统计表"], ["填报单位（盖章）：云溪镇中心学校", "", "", "", "", "填报时间：2026年9月12日"], [], head(columns), ["甲", "乙", *range(1, 7)]]  # fmt: skip
    for place in sorted(school.heads):
        own = in_class(school.left, place)
        rows += lines(own, columns)
        rows.append(["", f"{short(place)}小计", f"{len(own)}人", "", f"男{len(own)}", "", "", ""])
    rows += [["合计", "", f"{len(school.left)}人"], [], ["注：1.“监护人”填实际照看人；2.本表一式两份。"], ["校长：赵大山", "", "填表人：钱小云", "", "联系电话：19900001234"]]  # fmt: skip
    save(folder / "统计表.xlsx", {"Sheet1": rows})


def _deep(school: Invented, folder: Path) -> None:
    """A table that begins in column C of row 8, below a letter; a photograph's column, empty rows between classes."""
    columns = (*_BASE, ("照片", nothing), *_CARE)
    rows: Rows = [["各班主任："], ["　　请于9月15日前核对下表，有出入的直接改在表上。"], ["教导处"], [], [], _TITLE, []]
    rows.append(["", "", *head(columns)])
    for place in sorted(school.heads):
        rows += [["", "", *line(c, columns)] for c in in_class(school.left, place)] + [[], []]
    save(folder / "核对.xlsx", {"Sheet1": rows})


def _struck(school: Invented, folder: Path) -> None:
    """Rows struck out, of children who left; remarks in many words; a comment on a name."""
    columns = (*_BASE, *_CARE, ("备注", nothing))
    said = ["已转走", "转县城二小", "9月转出", "随父母去广东读书", "休学", "去外婆家那边读了", "父母返乡，已不留守"]
    gone = [["三（1）班", f"冯{'甲乙丙丁戊己庚'[n]}夏", "", "冯大山", "爷爷", "", text] for n, text in enumerate(said)]
    crossed = [["三（2）班", f"褚{'甲乙丙'[n]}棠", "", "褚大山", "奶奶", "", ""] for n in range(3)]
    _ledger(school, folder, columns, more=[*gone, *crossed])
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    sheet = book["Sheet1"]
    for row in range(sheet.max_row - len(crossed) + 1, sheet.max_row + 1):
        for cell in sheet[row]:
            cell.font = Font(strike=True)
    sheet["B3"].comment = Comment("九月新来的", "教导处")
    book.save(folder / "台账.xlsx")


def _hidden_columns(school: Invented, folder: Path) -> None:
    """Old telephones in a hidden column under another title, a hidden row with a child who is still there."""
    columns: Columns = (*_BASE, ("监护人", "guardian_name"), ("与学生关系", relation), ("旧号码", word("19911110000")), ("监护人电话", "guardian_phone"))  # fmt: skip
    _ledger(school, folder, columns)
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    book["Sheet1"].column_dimensions["F"].hidden = True
    book["Sheet1"].row_dimensions[4].hidden = True
    book.save(folder / "台账.xlsx")


def _twice(school: Invented, folder: Path) -> None:
    """Some children stand twice on one list, the second time without a number; one is typed with another telephone."""
    again = [line(c, (*_CLASS, ("姓名", "name"), ("身份证号", nothing), *_CARE)) for c in school.left[2:5]]
    again += [line(c, (*_BASE, *_CARE)) for c in school.left[:2]]
    _ledger(school, folder, more=again)


def _months(school: Invented, folder: Path) -> None:
    """A sheet a year with the children of that year, in one workbook; the classes have gone up."""

    def of(year: int) -> Columns:
        return (("班级", lambda c: short((c.place[0] - (2026 - year), c.place[1]))), *_WHO, *_CARE)

    gone = [["五（1）班", "冯立夏", "", "冯大山", "爷爷", ""], ["六（1）班", "褚海棠", "", "褚大山", "奶奶", ""]]
    sheets = {f"{year}年": [[f"{year}年秋季留守儿童台账"], head(of(year)), *lines([c for c in school.left if c.place[0] - (2026 - year) > 0], of(year)), *(gone if year < 2026 else [])] for year in (2024, 2025, 2026)}  # fmt: skip
    save(folder / "历年台账.xlsx", sheets, saved=NEW)


def _preschool(school: Invented, folder: Path) -> None:
    """Children of the kindergarten on the same list: no class of ours."""
    small = [[word_, f"冯{'甲乙丙丁'[n]}", "", "冯大山", "爷爷", ""] for n, word_ in enumerate(("学前班", "大班", "幼儿园中班", "高一（3）班"))]  # fmt: skip
    _ledger(school, folder, more=small)


# --- what a folder holds ------------------------------------------------------------------------------------------------


def _two_schools(school: Invented, folder: Path) -> None:
    """An export of the district with the village school's children in classes of the same names."""
    other = invented_school(99, 3)
    rows = export_rows(school)
    for row in export_rows(other):
        rows.append(["5299005678", "示例县白石村小学（虚构）", *row[2:]])
    rows.sort(key=lambda row: (row[22], row[23], row[2]))
    titles = _export_titles(folder)
    save(folder / "学生信息.xlsx", {"学生基本信息": [titles, *rows]})


def _export_titles(folder: Path) -> list[Any]:
    LAYOUTS[0].write(invented_school(1, 1), folder)
    sheet = openpyxl.load_workbook(folder / "学生信息.xlsx").active
    return [cell.value for cell in sheet[1]]


def _side_by_side(school: Invented, folder: Path) -> None:
    """Two classes side by side on one sheet, each with its own title above its own head."""
    columns = (("序号", nothing), *_WHO, ("监护人", "guardian_name"), ("关系", relation), ("电话", "guardian_phone"))
    sheets: dict[str, Rows] = {}
    places = sorted(school.heads)
    for first, second in zip(places[::2], places[1::2], strict=False):
        left, right = (lines(in_class(school.left, place), columns) for place in (first, second))
        width = len(columns) + 1
        rows: Rows = [[f"{class_text(first)}留守儿童名单", *[""] * (width - 1), f"{class_text(second)}留守儿童名单"], [*head(columns), "", *head(columns)]]  # fmt: skip
        for n in range(max(len(left), len(right))):
            rows.append(
                [*(left[n] if n < len(left) else [""] * len(columns)), "", *(right[n] if n < len(right) else [])]
            )
        sheets[f"{first[0]}-{second[0]}"] = rows
    save(folder / "名单.xlsx", sheets)


def _columns_of_children(school: Invented, folder: Path) -> None:
    """A child a column, a class a sheet, the titles in the second column below a group in the first."""
    sheets: dict[str, Rows] = {}
    columns: Columns = (("姓名", "name"), ("身份证号", "id_card"), ("性别", "sex"), ("家庭住址", "home_address"), ("监护人姓名", "guardian_name"), ("与学生关系", relation), ("监护人电话", "guardian_phone"))  # fmt: skip
    for place in sorted(school.heads):
        own = in_class(school.left, place)
        groups = ["学生", "", "", "", "监护人", "", ""]
        body = [[group, title, *(line(c, [(title, spec)])[0] for c in own)] for group, (title, spec) in zip(groups, columns, strict=True)]  # fmt: skip
        sheets[short(place)] = [["留守儿童信息"], *body]
    save(folder / "横排.xlsx", sheets)


def _file_each(school: Invented, folder: Path) -> None:
    """A file a child in a folder a class: the form bears no class."""
    for c in school.left:
        t = c.truth
        own = folder / "留守儿童档案" / class_text(c.place)
        own.mkdir(parents=True, exist_ok=True)
        rows = [["留守儿童信息登记表"], ["姓名", t["name"], "性别", t["sex"]], ["身份证号", t["id_card"], "民族", t["ethnicity"]], ["家庭住址", t["home_address"]], ["监护人姓名", t["guardian_name"], "与学生关系", relation(c)], ["监护人电话", t["guardian_phone"], "监护人年龄", t["guardian_age"]], ["填表日期", "2026年9月10日"]]  # fmt: skip
        save(own / f"{t['name']}.xlsx", {"Sheet1": rows})


def _bom_gbk(school: Invented, folder: Path, *, bom: bytes, to: str) -> None:
    """A text whose mark and whose letters are of two programs."""
    out = io.StringIO()
    csv.writer(out).writerows([head((*_BASE, *_CARE)), *lines(school.left, (*_BASE, *_CARE))])
    (folder / "留守儿童.csv").write_bytes(bom + out.getvalue().encode(to))


def _refused(school: Invented, folder: Path) -> None:
    """A 台账 beside a workbook with a password, a document under a workbook's ending, a page of the web, a picture."""
    _ledger(school, folder)
    with (folder / "台账.xlsx").open("rb") as plain, (folder / "加密台账.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("example-only", locked)
    (folder / "通知.xls").write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512 + "WordDocument".encode("utf-16-le")
    )
    (folder / "总结.xlsx").write_bytes("{\\rtf1\\ansi 总结}".encode("gbk"))
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 64)


def _old_files(school: Invented, folder: Path) -> None:
    """Last year's 台账 in a folder of its own, with other telephones and children who left; no year on it anywhere."""
    columns: Columns = (("班级", lambda c: short((c.place[0] - 1, c.place[1]))), ("姓名", "name"), ("身份证号", "id_card"), ("监护人", "guardian_name"), ("与学生关系", relation), ("监护人电话", word("19911110000")))  # fmt: skip
    (folder / "2025年").mkdir()
    gone = [["六（1）班", "冯立夏", "", "冯大山", "爷爷", ""]]
    save(folder / "2025年" / "留守儿童台账.xlsx", {"Sheet1": [["留守儿童台账"], head(columns), *lines(school.left, columns), *gone]}, saved=OLD)  # fmt: skip
    _ledger(school, folder, name="留守儿童台账.xlsx")


def _marked(school: Invented, folder: Path) -> None:
    """A roster of all children; a tick, a star or a word in the last column says who is left-behind, and of which kind."""
    kinds = _turns(*(lambda c, w=words: w[c.kind] for words in (("", "单", "双"), ("否", "单亲", "双亲"), ("×", "单留守", "双留守"))))  # fmt: skip
    columns: Columns = (*_BASE, ("家长姓名", nothing), ("留守情况", kinds))
    save(folder / "学生名单.xlsx", {"Sheet1": [["全校学生名单"], head(columns), *lines(school.children, columns)]})


def _joined(school: Invented, folder: Path) -> None:
    """Class and name in one cell, sex and age in another; an address of the census beside the one where they live."""
    columns: Columns = (*_CLASS, ("姓名（性别）", lambda c: f"{c.name}（{c.truth['sex']}）"), ("身份证号", "id_card"), ("户籍地址", word("示例县白石乡")), ("现家庭住址", "home_address"), *_CARE)  # fmt: skip
    _ledger(school, folder, columns)


def _dittos(school: Invented, folder: Path) -> None:
    """〃 and 同上 for the class and the address of the row above; the first of a class says it."""
    rows: Rows = []
    before: tuple[Any, Any] = ("", "")
    for c in school.left:
        now = (short(c.place), c.truth["home_address"])
        shown = ["〃" if now[0] == before[0] else now[0], "同上" if now[1] == before[1] else now[1]]
        rows.append([shown[0], c.name, c.truth["id_card"], shown[1], *line(c, _CARE)])
        before = now
    save(folder / "台账.xlsx", {"Sheet1": [_TITLE, ["班级", "姓名", "身份证号", "家庭地址", *head(_CARE)], *rows]})


def _statuses(school: Invented, folder: Path) -> None:
    """What the parents do, in the words of the village: where they went stands in the same cell."""

    def told(c: Child, parent: str) -> str:
        place = c.truth[f"{parent}_work_address"]
        return f"在{place}务工" if place else "在家务农"

    columns: Columns = (*_BASE, ("父亲姓名", "father_name"), ("父亲情况", lambda c: told(c, "father")), ("母亲姓名", "mother_name"), ("母亲情况", lambda c: told(c, "mother")), *_CARE)  # fmt: skip
    _ledger(school, folder, columns)


HABITS = (
    Layout("生日多样", _birthdays, ("name", "sex", "birth_date", "category", *GUARDIAN)),
    Layout("号码多样", _numbers, (*ID, *GUARDIAN)),
    Layout("姓名多样", _names, (*ID, *GUARDIAN)),
    Layout("班级多样", _classes, (*ID, *GUARDIAN)),
    Layout("父母电话一格", _phones, (*ID, "father_phone", "mother_phone", *GUARDIAN)),
    Layout("监护人一格", _guardians, (*ID, "guardian_name", "guardian_relation", "guardianship")),
    Layout("格内换行", _line_breaks, (*ID, *MEMBERS, "home_address")),
    Layout("小计栏次", _sums, (*ID, *GUARDIAN)),
    Layout("表在中间", _deep, (*ID, *GUARDIAN)),
    Layout("划掉转走", _struck, (*ID, *GUARDIAN)),
    Layout("隐藏的列", _hidden_columns, (*ID, *GUARDIAN)),
    Layout("重复登记", _twice, (*ID, *GUARDIAN)),
    Layout("一年一张", _months, (*ID, *GUARDIAN)),
    Layout("学前同表", _preschool, (*ID, *GUARDIAN)),
    Layout("两校同表", _two_schools, LAYOUTS[0].held),
    Layout("两班并排", _side_by_side, (*ID, *GUARDIAN)),
    Layout("一人一列", _columns_of_children, (*ID, *GUARDIAN, "home_address")),
    Layout("一人一文件", _file_each, (*ID, "ethnicity", "home_address", *GUARDIAN, "guardian_age")),
    Layout("BOM与GBK", partial(_bom_gbk, bom=b"\xef\xbb\xbf", to="gbk"), (*ID, *GUARDIAN)),
    Layout("BOM文本", partial(_bom_gbk, bom=b"\xef\xbb\xbf", to="utf-8"), (*ID, *GUARDIAN)),
    Layout("GB18030文本", partial(_bom_gbk, bom=b"", to="gb18030"), (*ID, *GUARDIAN)),
    Layout("打不开的", _refused, (*ID, *GUARDIAN), unread=4),
    Layout("旧夹旧表", _old_files, (*ID, *GUARDIAN)),
    Layout("名单记留守", _marked, ID),
    Layout("姓名带性别", _joined, (*ID, "home_address", *GUARDIAN)),
    Layout("同上的班", _dittos, (*ID, "home_address", *GUARDIAN)),
    Layout("务工一格", _statuses, (*ID, "father_name", "mother_name", "father_status", "mother_status", "father_work_address", "mother_work_address", *GUARDIAN)),
)  # fmt: skip
