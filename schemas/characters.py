"""Characters that look like another or like nothing, and what they stand for.

GBK put 80 Han characters into private-use codes for want of better ones (its bytes FE50 to FEA0); files written by
older programs still hold them. PDFs and some input methods give radicals in place of the characters that they look like.
"""

from __future__ import annotations

import re
import unicodedata

_FIRST_OF_GBK = 0xE815
# GB 18030-2022 says where each of U+E815 … U+E864 stands in Unicode by now.
GBK_PRIVATE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
# Unicode, EquivalentUnifiedIdeograph.txt: the radicals that NFKC leaves alone, and the ideographs that they equal.
RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪"
    "⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒"
    "⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"
)
RADICAL_EQUALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔"
    "目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸"
    "长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"
)
if len(RADICALS) != len(RADICAL_EQUALS):
    raise ValueError("a radical has no equal")
_RADICAL = dict(zip(RADICALS, RADICAL_EQUALS, strict=True))
LOOK_ALIKES = str.maketrans(
    _RADICAL
    | {"˙": "·"}  # NFKC would make it a blank and a mark upon it
    | {chr(_FIRST_OF_GBK + place): _RADICAL.get(char, char) for place, char in enumerate(GBK_PRIVATE)}
)

# Control, format and filling characters, variation selectors and surrogates; not the line break and the tab.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # what nobody can tell, but for the 80 above
BLANK = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def unlike(text: str) -> str:
    """Return text with what looks like a Han character made that character."""
    return text.translate(LOOK_ALIKES)


def visible(text: str) -> str:
    """Return what was typed so that it can be seen: blanks as ␣, line breaks as ↵, and the code of what looks alike."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if BLANK.match(char):
        return "␣"
    if char in "\r\n\t":
        return "⇥" if char == "\t" else "↵"
    if INVISIBLE.match(char):
        return f"〔U+{ord(char):04X}〕"
    is_ideograph = unicodedata.category(char) in ("Lo", "So", "Co") and char > "\u2e7f"
    if PRIVATE.match(char) or (is_ideograph and unicodedata.normalize("NFKC", unlike(char)) != char):
        return f"{char}〔U+{ord(char):04X}〕"
    return char
