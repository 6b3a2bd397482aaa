"""Lines among the rows of a filled sheet that are no rows, and what they look like."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from schemas.characters import INVISIBLE
from schemas.names import bare_of_marks

LIKE = "如“{example}”"
EXAMPLE_MARK = "示例"  # a name that begins so marks an example row
_SAME_AS_ABOVE = frozenset("同上 上同 如上 同前 同上行 同上格 同上一行 同上面 与上同 与上行同 仝 仝上 〃 々 ″ ′′ \" “ ” '' ’’ ,, ditto".split())
_LIKE_ABOVE = re.compile(r"[〃″]+|[同如](?:上|前)(?:面|行|格|述|所述|一[行格个位]|学生)?|[与和跟同]上(?:面|一?行)?(?:一样|相同|同)")
# 同上（王老师）, 同上1, 同前者, 同样; 同上次, 同上学 say something else.
_BESIDE_OR_SO = re.compile(r"[同如]上\(.*|同上[^次学课台届同].*|(?:同上){2,}|同(?:父亲?|母亲?|监护人|第.行|前者)|↑?同|同样|一样|相同")
_AROUND = "-—–_~*/\\“”\"'‘’"  # what people put around 同上 or draw through its cell
_SAME_AS_BESIDE = frozenset("同左 同右 如左 同前列 同左列 同下 如下 见左 见上 见下".split())
# 合计, 本班总计:, 合计12人, 共12人; the last group is the figure.
TOTAL = re.compile(
    r"(?:本页|本班|全班|人数)?(?:合计|总计|小计|共计|总人数)(?:人数|数)?[:：]?(?:共?(\d+)[人名次条个件户]?)?"
    r"|共(\d+)[人名次条个件户]"
)
TOTAL_SIGNS = frozenset("计共总")  # one of them is in every total
# What is reckoned from the rows above and is no sum of them.
RECKONED = re.compile(r"(?:本班|全班|班级|年级)?(?:平均(?:分|值|数|成绩)?|最[高低]分|及格率|优秀率|合格率|及格人数|优秀人数)[:：]?")
COUNT = re.compile(r"共?(\d+)[人名次条个件户]?")
COUNT_BEHIND = re.compile(r"[(（]?共?\d+[人名][)）]?$")  # 三(2)班（12人）
# Days, classes and terms, which stand in any workbook.
HARMLESS = re.compile(r"[\d\s年月日号时分:./~至到—–\-()（）一二三四五六七八九级班周星期第学期]*")
# 注：…, 填表人：…, 填表人 with the name in the next cell, （以下空白）, 本表由…, 以上为本月…, 第1页 共2页, 学校（盖章）, a day to be filled in
FOOTNOTE = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|负责人|联系人|班主任|校长|学校|单位|日期|时间|签字|签名|盖章|填报|联系电话|复核|经办)[^:：]{0,4}[:：]"
    r"|(?:填表|制表|审核|填报|复核|经办)人$|[\W_]*以下(?:为)?(?:空白|无正文|无内容)[\W_]*$|(?:本|此)表(?:格)?[由一请须应需所]"
    r"|以上.{4}|第?\s*\d+\s*页(?:$|\W)|.{0,8}[(（](?:盖章|公章|签章|签字|签名)[)）][:：]?$|\s*年\s*月\s*日\s*$"
)
_NUMBERED_LINE = re.compile(r"[(（]?\d{1,2}[)）]?\s*[.、．:：)）]?\s*(?=\D)")
_PARTING = re.compile(r"[、，,;；/&+|\\\s]")
_USUAL_NAME = 4
_LONGEST_NAME = 8  # characters of one who has no · in his name


def is_no_name(text: str) -> bool:
    """Tell what stands in a name's cell of lines that are nobody's: 合计, 平均分, 示例."""
    return text == EXAMPLE_MARK or bool(TOTAL.fullmatch(text) or RECKONED.fullmatch(text))


def is_sentence(text: str) -> bool:
    """Tell a text that is too long for anybody's name, what stands in brackets left out."""
    return _longest(text) > _LONGEST_NAME


def is_next_line(text: str) -> bool:
    """Tell a numbered line of notes (2.请于30日前上交) from a numbered child (2.萧紫)."""
    return bool(_NUMBERED_LINE.match(text)) and _longest(text) > _USUAL_NAME


def is_page_title(text: str) -> bool:
    """Tell what stands alone above a header that is repeated, and is no child's name."""
    return _longest(text) > _USUAL_NAME


def _longest(text: str) -> int:
    """Return how long the longest of the names would be, if the text were names; a name with · in it may have any length."""
    parts = _PARTING.split(_NUMBERED_LINE.sub("", text, count=1))
    return max(0 if "·" in part else len(bare_of_marks(part)) for part in parts)


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    """Return a word without blanks, brackets and a full stop, by which 同上 is known in all its spellings."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    bare = "".join(plain.split()).casefold()
    return bare.strip("()[]【】〔〕「」『』。.!,;、") if bare[:1] not in "同如" or "(" not in bare else bare


@lru_cache(maxsize=2**16)
def is_same_as_above(text: str) -> bool:
    """Tell whether a cell asks to be filled like the one above it."""
    if len(text) > 11:
        return False
    bare = _bare(text)
    core = bare.strip(_AROUND)
    return bare in _SAME_AS_ABOVE or core in _SAME_AS_ABOVE or bool(_LIKE_ABOVE.fullmatch(core))


@lru_cache(maxsize=2**16)
def is_same_as_beside(text: str) -> bool:
    """Tell whether a cell points to another one, and nobody can tell to which."""
    bare = _bare(text).strip(_AROUND)
    return len(text) < 12 and (bare in _SAME_AS_BESIDE or bool(_BESIDE_OR_SO.fullmatch(bare)))
