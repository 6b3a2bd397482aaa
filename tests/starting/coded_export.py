"""The export of the national 学籍 system in sixty columns, with the names of its fields above the titles."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from starting.columns import Spec, grade_word, head, lines, nothing, word
from starting.layouts import FROM_ID, MEMBERS
from starting.truth import GRADE_WORDS, Invented

# --- the 学籍 export with its codes above the titles, numbers kept as text by tabs and apostrophes ------------------------

_CODED: tuple[tuple[str, str, Spec], ...] = (
    ("XXBSM", "学校标识码", word("'5299001234")),
    ("XXMC", "学校名称", word("示例县云溪镇中心学校（虚构）")),
    ("XM", "姓名*", "name"),
    ("XBM", "性别*", lambda c: "1-男" if c.truth["sex"] == "男" else "2-女"),
    ("CSRQ", "出生日期*", lambda c: f"{c.truth['birth_date']:%Y%m%d}\t"),
    ("CSDM", "出生地行政区划代码*", word("529900000000\t")),
    ("JG", "籍贯", word("示例省示例县")),
    ("MZM", "民族*", lambda c: {"汉族": "01-汉族", "苗族": "06-苗族", "彝族": "07-彝族"}[c.truth["ethnicity"]]),
    ("GJDQM", "国籍/地区*", word("156-中国")),
    ("SFZJLXM", "身份证件类型*", word("1-居民身份证")),
    ("SFZJH", "身份证件号*", lambda c: f"'{c.truth['id_card']}\t"),
    ("GATQWM", "港澳台侨外*", word("00-否")),
    ("ZZMMM", "政治面貌", word("13-群众")),
    ("JKZKM", "健康状况*", lambda c: {"健康或良好": "10-健康或良好"}.get(c.truth["health"], "20-一般或较弱")),
    ("ZP", "照片", nothing),
    ("XMPY", "姓名拼音", nothing),
    ("CYM", "曾用名", nothing),
    ("SFZJYXQ", "身份证件有效期", nothing),
    ("HKSZD", "户口所在地行政区划*", word("529900000000\t")),
    ("HKXZM", "户口性质*", word("1-农业家庭户口")),
    ("TC", "特长", "interests"),
    ("XJFH", "学籍辅号", nothing),
    ("BNXH", "班内学号", word("12")),
    ("QGXJH", "全国学籍号", lambda c: f"{c.truth['student_no']}\t"),
    ("NJ", "年级*", grade_word),
    ("BH", "班级*", lambda c: f"{GRADE_WORDS[c.place[0] - 1]}年级{c.place[1]}班"),
    ("RXNY", "入学年月*", lambda c: f"{2027 - c.place[0]}09\t"),
    ("RXFSM", "入学方式*", word("01-就近入学")),
    ("JDFSM", "就读方式*", lambda c: "1-走读" if c.truth["boarding"] == "走读" else "2-住校"),
    ("XSLYM", "学生来源", word("正常入学")),
    ("XZZ", "现住址*", word("示例县云溪镇")),
    ("TXDZ", "通信地址*", word("示例县云溪镇")),
    ("JTDZ", "家庭地址*", "home_address"),
    ("LXDH", "联系电话*", lambda c: f"{c.truth['father_phone']}\t"),
    ("YZBM", "邮政编码*", word("529900\t")),
    ("DZXX", "电子信箱", nothing),
    ("ZYDZ", "主页地址", nothing),
    ("SFDSZN", "是否独生子女*", word("0-否")),
    ("SFSGXQJY", "是否受过学前教育*", word("1-是")),
    ("SFLSET", "是否留守儿童*", lambda c: ("0-非留守儿童", "1-单亲留守儿童", "2-双亲留守儿童")[c.kind]),
    ("SFJCWG", "是否进城务工人员随迁子女*", word("0-否")),
    ("SFGE", "是否孤儿*", word("0-否")),
    ("SFLSYF", "是否烈士或优抚子女*", word("0-否")),
    ("SBJDM", "随班就读*", word("0-非随班就读")),
    ("CJLX", "残疾类型*", word("0-无残疾")),
    ("ZFGM", "是否由政府购买学位*", word("0-否")),
    ("SQZZ", "是否需要申请资助*", word("0-否")),
    ("YB", "是否享受一补*", word("1-是")),
    ("SXJL", "上下学距离*", word("3.0")),
    ("SXFS", "上下学方式*", word("步行")),
    ("XC", "是否需要乘坐校车*", word("0-否")),
    ("C1XM", "家庭成员或监护人姓名1*", "father_name"),
    ("C1GX", "关系1*", word("51-父亲")),
    ("C1DH", "联系电话1*", lambda c: f"{c.truth['father_phone']}\t"),
    ("C1JHR", "是否监护人1*", word("1-是")),
    ("C1SFZ", "身份证件号1", nothing),
    ("C2XM", "家庭成员或监护人姓名2", "mother_name"),
    ("C2GX", "关系2", word("52-母亲")),
    ("C2DH", "联系电话2", lambda c: f"{c.truth['mother_phone']}\t"),
    ("C2JHR", "是否监护人2", word("1-是")),
)


def coded(school: Invented, folder: Path) -> None:
    columns = [(title, spec) for _, title, spec in _CODED]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([code for code, _, _ in _CODED])
    writer.writerow(head(columns))
    writer.writerows(lines(school.children, columns))
    (folder / "学生基础信息_20260905.csv").write_bytes(out.getvalue().encode("gbk"))


CODED_HELD = ("name", "id_card", *FROM_ID, "category", "student_no", "ethnicity", "health", "rural", "interests", "boarding", "home_address", *MEMBERS)

