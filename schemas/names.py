"""How people write names: blanks, dots, numbers in front, several in one cell."""

from __future__ import annotations

import re
import unicodedata

from schemas.characters import PRIVATE

_DOTS = str.maketrans(dict.fromkeys("•▪‧・∙⋅･●ᆞ᛫⸱ꞏ。｡", "·"))
_SEPARATORS = re.compile(r"[、，,;；/&+|\\]")
_ET_AL = re.compile(r"等(?:\d+|[一二两三四五六七八九十几多]+)?[人名位个]|等同学|等学生")
_AROUND = "、，,;；/。.·“”\"『』「」"  # what may stand before or behind a name and is no part of it
_ILLEGIBLE = re.compile(r"[?？□�■◻▢]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_NUMBER_IN_FRONT = re.compile(r"[(\[]?\d{1,3}(?:号(?=..))?[)\]]?\s*[.、:：,，)-]?\s*(?=[\u3400-\u9fff\U00020000-\U000323af])(?!号)")
_NUMBER_IN_LIST = re.compile(r"(?:^|(?<=[\s、，,;；/]))[(\[]?\d{1,3}\s*[.、:)\]]\s*(?=[\u3400-\u9fff\U00020000-\U000323af])(?!班)")
_COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 南宫 独孤 第五 轩辕 百里 东郭 西门 申屠 完颜 呼延 澹台 公冶 濮阳 淳于 单于 太叔 仲孙 鲜于 闾丘 赫连 拓跋 达奚".split()
)
_IN_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_OF_A_NAME = frozenset("· -'.")
_PLAIN = re.compile(r"(?:(?![等全所])[\u4e00-\u9fff]){2,4}")  # 等, 全 and 所 may speak of several


def is_plain(text: str) -> bool:
    """Tell a name as nearly all are written, in which nothing is to be looked for: two to four Han characters."""
    return _PLAIN.fullmatch(text) is not None


def is_several(text: str) -> bool:
    """Tell whether a cell for one name holds several: 王芳、李明; 王芳  李明; 王芳等5人.

    A name of single characters with blanks between (萧  紫), or after a surname of two (欧阳  紫), is one name.
    """
    bare = unnumbered(text)
    if _SEPARATORS.search(bare.strip(_AROUND)) or _ET_AL.search(bare):
        return True
    parts = re.split(r"\s{2,}|\n", bare)
    if len(parts) < 2 or any(c.isascii() and c.isalpha() for c in bare):
        return len(parts) > 1 and "\n" in bare
    return not (any(len(part) == 1 for part in parts) or parts[0] in _COMPOUND_SURNAMES)


def is_surname(text: str) -> bool:
    """Tell a surname of two characters: 欧阳."""
    return text in _COMPOUND_SURNAMES


def is_readable(text: str) -> bool:
    """Tell whether every character of a name can be told, and one of them is a letter."""
    return not (_ILLEGIBLE.search(text) or PRIVATE.search(text)) and any(c.isalpha() for c in text)


def could_be(text: str, name: str) -> bool:
    """Tell whether a name with characters that nobody can tell (李?禾) can be that one."""
    parts = re.split(f"{_ILLEGIBLE.pattern}|{PRIVATE.pattern}", "".join(text.split()))
    return len(parts) > 1 and re.fullmatch(".".join(map(re.escape, parts)), name) is not None


def bare_of_marks(name: str) -> str:
    """Return a name without the digits, marks and words in brackets that no name has (李老根2, 李小禾(留守)).

    "" where marks part several names.
    """
    name = _IN_BRACKETS.sub("", name)
    if _SEPARATORS.search(name.strip(_AROUND)):
        return ""
    return "".join(c for c in name if c.isalpha() or c in _OF_A_NAME or unicodedata.category(c).startswith("M"))


def unnumbered(text: str) -> str:
    """Drop the number that lists put before a Han name: 8.萧紫, (3)萧紫, 1萧紫 (which was ①)."""
    match = _NUMBER_IN_FRONT.match(text)
    return text[match.end() :] if match else text


def has_marks(name: str) -> bool:
    """Tell whether a Han name holds digits or marks, which no name has."""
    if not _HAN.search(name):
        return False
    return any(not (c.isalpha() or c in _OF_A_NAME or unicodedata.category(c).startswith("M")) for c in name)


def plain_name(text: str) -> str:
    """Return a cleaned name in its one spelling: · for any dot, no blanks unless it has Latin letters, no mark around."""
    text = text.strip().strip(_AROUND) or text
    dotted = text.translate(_DOTS).replace(".", "·") if not text.isascii() else text
    latin = any(c.isascii() and c.isalpha() for c in dotted)
    return " ".join(dotted.split()) if latin else "".join(dotted.split())


def parted(text: str) -> list[str]:
    """Return the parts of a list of names, whatever parts them, without the numbers before them."""
    parts = re.split(r"[、，,;；/\n&+|\\]+", _NUMBER_IN_LIST.sub("、", text))
    return [name for part in parts for name in _by_blanks(part)]


def _by_blanks(part: str) -> list[str]:
    """Return what blanks part where each is a name (李小禾 钱小河); a name with blanks in it (萧 紫, 欧阳 紫) is whole."""
    pieces: list[str] = []
    for piece in part.split():
        if pieces and pieces[-1] in _COMPOUND_SURNAMES:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    are_names = all(len(piece) > 1 and _HAN.match(piece) for piece in pieces)
    return pieces if are_names or not pieces else [part.strip()]


_TITLED = re.compile(r"(.{1,2}?)(?:老师|校长|副校长|主任|副主任|书记|园长|班主任|阿姨|医生)")


def called(text: str) -> str:
    """Return the surname of one who is called by it alone (赵 of 赵老师), "" where more of the name is told."""
    found = _TITLED.fullmatch(text)
    return found[1] if found and (len(found[1]) == 1 or found[1] in _COMPOUND_SURNAMES) else ""


BUT = "除"
_EVERYONE_BUT = re.compile(r"(?:全体|全班|所有|全部|全员)(?:学生|同学)?\s*[,，]?\s*[(（]?\s*除(?:了|去|开)?\s*[:：]?(.+)")


def everyone_but(text: str) -> list[str] | None:
    """Return whom 全体（除 …） leaves out; None where the text says nothing of the kind."""
    found = _EVERYONE_BUT.fullmatch(text.strip())
    if not found:
        return None
    inside = found[1].rstrip()
    if inside.endswith((")", "）")) and inside.count("(") + inside.count("（") < inside.count(")") + inside.count("）"):
        inside = inside[:-1]
    return parted(re.sub(r"\s*(?:以外|之外|外)\s*$", "", inside))
