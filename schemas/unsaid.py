"""What people write into a cell when they know nothing, or where somebody is no more (contract §5)."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.codes import DASH

# Words that only say that nothing is known; NFKC, in small letters, without blanks and brackets.
_UNKNOWN = frozenset(
    "无 无无 没 没有 没有父亲 没有母亲 无。 未 空 缺 略 补 未填 未知 未登记 未提供 未采集 未了解 未办 未定 未明 无信息 无资料 无记录 无法提供 不详 不明 不知 不知道 不清 不清楚 "
    "不晓得 不了解 不记得 不确定 不祥 忘了 忘记 忘记了 记不清 还没有 无此项 暂无 暂未 暂缺 暂未填 暂不清楚 暂时没有 暂时无 没填 没写 没了解 空白 空缺 缺失 缺项 省略 "
    "待 待补 待补充 待补填 待填 待填写 待定 待查 待核 待核实 待确认 待完善 待更新 待登记 待收集 待联系 后补 以后补 回头补 下次补 正在办理 办理中 "
    "详见附件 见附件 见附表 见图 见照片 见原件 图片 照片 截图 n/a na n.a n.a. none null nil nan tbd unknown undefined".split()
)
# 家长未提供, 学生不知道, 尚未登记, 等家访后补, 请填写, 见纸质档案, 拒绝提供.
_UNTOLD = re.compile(
    r"(?:家长|学生|孩子|本人|监护人)?(?:暂时?|尚|还)?(?:未|没有?|不)(?:填写?|登记|提供|采集|了解|上报|统计|录入|告知|收集|掌握|反馈|问|知道?|清楚|详|明|晓得|记得)"
    r"|(?:待|等)(?:家访|了解|询问|补录|录入)(?:后补?)?|请(?:填写|补充|补填)|(?:问|待问)(?:家长|学生)|无法联系|联系不上"
    r"|(?:家长|学生|孩子|监护人)(?:不|没有?)(?:肯|愿意?|想)?说|(?:不便|不愿意?|不肯|不想)(?:提供|透露|告知|填写?|说)"
    r"|(?:见|详见)(?:[上下前后附另])(?:表|页|面)|(?:见|详见)(?:纸质)?(?:档案|备注|材料)|另附|如图|拒填|拒绝提供|不便提供|不方便|保密"
)
_MARKS = re.compile(r"[\W_]+")  # no letter, no digit
_FILLERS = re.compile(r"[x×*0〇○oO?#]+")
_NO_NAME = re.compile(r"[\u3400-\u9fff]{0,2}?[xX×*○]{1,2}")
_PICTURE = re.compile(r"=?_?(?:xlfn\.)?(?:dispimg|image)\(.*\)?", re.IGNORECASE | re.DOTALL)

# What stands in the cells of a parent who is dead or can't be reached; read as —.
_GONE = frozenset("去世 已去世 已故 亡故 故 过世 已过世 病故 病逝 身故 死亡 已死亡 亡 逝世 失联 已失联 失踪 联系不上 无法联系 没有父亲 没有母亲 无父亲 无母亲 无 没有 / \\ - -- — ——".split())
# What stands there of a parent who lives, and is no name, number or place.
_APART = frozenset(
    "离异 离婚 已离婚 离异未共同生活 分居 改嫁 再婚 离家 离家出走 出走 服刑 在押 坐牢 戒毒 外出 外出务工 在外 在外打工 打工 务工 不在 不在家 在家".split()
)


@lru_cache(maxsize=65536)
def says_nothing(text: str) -> bool:
    """Tell whether a cleaned text only says that nothing is known: such words, fillers (xxx, 000), a lone mark."""
    bare = "".join(text.split()).casefold()
    inner = bare.strip("()[]【】<>《》“”\"'。.!,，、…~")
    return (
        bool(_MARKS.fullmatch(bare))
        or inner in _UNKNOWN
        or bool(_UNTOLD.fullmatch(inner))
        or bool(_FILLERS.fullmatch(inner))
        or bool(_PICTURE.fullmatch(bare))
    )


def names_nobody(text: str) -> bool:
    """Tell whether a name has been left open: 李**, 王XX; 某人 is how invented people are called."""
    return bool(_NO_NAME.fullmatch("".join(text.split())))


def says_gone(text: str) -> bool:
    """Tell whether a parent's cell says that there is nobody to ask."""
    return "".join(text.split()).strip("()[]【】。") in _GONE or text == DASH


def says_apart(text: str) -> bool:
    """Tell whether a parent's cell says where the parent is instead of what was asked."""
    return "".join(text.split()).strip("()[]【】。") in _APART
