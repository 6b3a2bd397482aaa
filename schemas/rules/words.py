"""What the rules' sentences are put together from, and why a file can't be opened."""

from collections.abc import Iterable, Sequence

from schemas.rules.file import DAMAGED, NO_WORKBOOK, NOT_OURS, PASSWORD, TOO_LARGE
from schemas.rules.rule import Rule

# Why a rule could not be checked.
WITHOUT_SCHOOL_WORKBOOK = "没有收到学校月报"
WITHOUT_SCHOOL_AGE = "应入学名册没有填"
WITHOUT_ALL_CLASSES = "还有班没有交表，或有文件没有读出来"

BECAUSE = "{column}是“{value}”"
ONLY_MEETINGS = "只有监护人会、座谈会可以写“全体”或几个姓名；别的请一行只填一名学生"
CARD_OF = "{name}（{class_name}联系卡第 {row} 行）"
COLUMN_TWICE, TWICE_REMEDY = "{title}（有两列，分不清用哪一列）", "请只留一列“{title}”，另一列删去，再交"
ROW_OF = "{sheet}第 {row} 行"
TWO_LETTERS = "{first} 列和 {second} 列"
DIFFERING, MORE_DIFFERING = "{name}的“{column}”", "“{name}”是新填的"
REMOVE_ITEM = "考核方案里目前没有要登记的项目，请删去这一行；要登记的，请先写进 考核方案.xlsx"
DECLARED_TOTAL = "请核对全班人数：名册里已有 {want} 名，不能再少"
NO_SHEET_OF_OURS, NO_COVER = "里面没有模板的工作表", "没有“填表说明”表，不知道是哪个班、哪个月的"
NO_COVER_REMEDY = "不用重填：退回的那份里已补上“填表说明”，各表里认得出的行都在；把“填表说明”里空着的填好，交回那一份"
NO_ITEM = "（目前没有这样的项目）"

GUESS_TABLE = "；内容像“{name}”，请粘贴到模板的这张表里"
NEXT, OR = "；", "或"
UNKNOWN_ENTRY, DOUBLED_ENTRY = "认不出“{name}”{guess}", "“{name}”分不清是哪一名，请写成{ways}"
WITH_TAIL, ANY_TAIL = "“{name}({tail})”", "学籍号后4位"
NO_ROSTER = "：它是空的，这张表的 {count} 行因此都不算，先填好学生档案"
GUESS, GUESS_COLUMN = "，是否为“{name}”？", "；是否为“{name}”？"
GUESS_AMONG, GUESS_MOST = "，是{names}中的哪一位？", 4
NAMED_MOST, SOME, QUOTED, QUOTES = 6, "{names}等", "“{name}”", "”“"
OTHER_PLACE, OTHER_CHILD = "{class_name}的{sheet}第 {row} 行", "{name}（{class_name}第 {row} 行）"
PERHAPS_ROW = "；{where}第 {row} 行的“{name}”像是同一个人，但证件号不同"
# What to do of a missing child, where the rule's own remedy would lead to a second mistake.
IF_CORRECTED = "同一个人的，请管理员在“学籍异动”登记一行“信息更正”：学生姓名填“{name}”，身份证号填新的（没有的空着），原证件号填旧的；不是的，请补回“{name}”的一行"
IF_ENTERED = "请{class_name}把他填进学生档案；登记错了的，请管理员改正学籍异动"
NAMELESS, NAMELESS_IN = "没有姓名的一名学生", "没有姓名的一名学生（{last} 的第 {row} 行）"
IF_NAMELESS = "认不出是谁：多余的行，请在 {last} 的表里删掉，是学生的，请在那里补上姓名和证件号；改好的 {last} 的表重新生成一次，这个月再生成"
IF_NAMELESS_OFTEN = "认不出是谁：多余的行，请在 {first} 到 {last} 各月的表里都删掉，是学生的，请在各月的表里都补上姓名和证件号；从 {first} 起一个月一个月重新生成"
IF_SAID_TOO_EARLY = "日期写错的，请管理员改正；名册删晚了的，请补回这一行，改“学籍状态”，“状态日期”填 {day}，“就学去向”也要改"
IF_SAID_EARLIER = "请管理员在本月的学籍异动重新登记一行，写全姓名、班级、身份证号；没有离校的，请补回这一行"
IF_ELSEWHERE = "转学去了那里的，请管理员登记“转出”，接收校确认填“是”，并改“就学去向”；还在本校的，请补回这一行"
ALSO_GOING = "；应入学名册的“就学去向”也请管理员改"
LOOKS_LIKE = "；这份像是{class_name}的（{signs}）"
SAME_TEACHER, SAME_ROSTER, NOT_SENT = "班主任相同", "名单和 {month} 的一样", "这个班还没有交"
ENTERED = "；学籍异动登记他转入（返校）到“{class_name}”，那里的学生档案里却没有他"
UNSAID, SAID_TOO_EARLY = "也没登记去向", "学籍异动第 {row} 行登记他 {day} 离校，可 {last} 的名册里还有他"
HAS_HIM = "；{school}本月的名册里有他"
DOUBTFUL_ROW, NAMESAKES_ROW = "有错，或姓名、班级、证件号对不上", "只写了姓名，叫这个名字的却不止一人"
THE_ROW, THE_ROW_OF = "第 {row} 行", "{month} 报的第 {row} 行"
EMPTY_CELL, UNCACHED_FORMULA = "（空）", "没有存下来"
SEE_OTHER = "这一格还要改或补填，请按另一条做"
THIS_CHILD, OTHER_PUPIL = "这名学生", "别的学生"
AND = "、"

# What can be no workbook by its content; by its name (`schemas/file_endings.py`) it can be meant as one all the same.
NO_WORKBOOK_KINDS = frozenset({"archive", "picture", "text", "media", "document"})

# Why a file can't be opened: what the guard and the reader say → the rule and its words.
REFUSALS: dict[str, tuple[Rule, str]] = {
    "password": (PASSWORD, "有打开密码，密码没有给或不对"),
    "damaged": (DAMAGED, "内容已损坏，或格式特殊，读取程序不认"),
    "broken_zip": (DAMAGED, "内容已损坏或没有传完整"),
    "no_sheets": (DAMAGED, "里面没有能读的工作表"),
    "empty_file": (DAMAGED, "文件是空的（0 字节）"),
    "not_a_file": (DAMAGED, "不是普通文件（快捷方式或链接）"),
    "unreadable": (DAMAGED, "系统不允许读取，或文件正被占用"),
    "in_cloud": (DAMAGED, "还在云盘（OneDrive、WPS 云）里，没有下载到本机；请在文件上点右键选“始终保留在此设备上”，下载好再运行"),
    "closed_folder": (DAMAGED, "是没有权限读取的文件夹，里面的表都没有读；请放开读取权限，再运行一次"),
    "html": (DAMAGED, "其实是网页，不是 Excel 文件"),
    "zip": (DAMAGED, "是压缩包里的压缩包，请解开后再交"),
    "document": (DAMAGED, "是 Word、演示或其他文档，不是 Excel 文件"),
    "numbers": (DAMAGED, "是苹果电脑的 Numbers 表格，请在 Numbers 中导出为 Excel"),
    "macro_sheet": (DAMAGED, "含有老式的宏表，读取程序不认"),
    "unknown": (DAMAGED, "不是 Excel 文件；WPS 表格（.et）请在 WPS 中另存为 xlsx"),
    "odd_parts": (DAMAGED, "里面的工作表找不到了"),
    "biff_raw": (DAMAGED, "是三十年前的 Excel（2.0 到 4.0）写的，读取程序不认"),
    "archive": (NO_WORKBOOK, "是 .rar、.7z 之类的压缩包，请先解压，把里面的表放进来"),
    "picture": (NO_WORKBOOK, "是图片，程序不认图片里的字，请交表格本身"),
    "text": (NO_WORKBOOK, "是文字材料"),
    "media": (NO_WORKBOOK, "是音像文件"),
    "parts": (DAMAGED, "是解压开了的 Excel 文件（一堆 XML），请交解压之前的那个文件"),
    "too_large": (TOO_LARGE, "超过 20 MB 或解开后过大"),
    "zip_bomb": (TOO_LARGE, "压缩比异常"),
    "odd_zip": (TOO_LARGE, "压缩结构异常"),
    "entities": (TOO_LARGE, "里面有不安全的内容（实体定义）"),
    "too_many_styles": (TOO_LARGE, "单元格样式过多"),
    "crashed": (TOO_LARGE, "内容异常，读取程序中断"),
    "too_slow": (TOO_LARGE, "20 秒还没有读完"),
    "not_ours": (NOT_OURS, NO_SHEET_OF_OURS),
    "csv": (NOT_OURS, "这是文本表格（CSV），只有一张表，没有“填表说明”，看不出是哪个班、哪个月的{guess}"),
    "xml": (DAMAGED, "是 XML 格式的表格"),
    "too_many_cells": (TOO_LARGE, "表格延伸到两万行或五百列以外"),
}
# What to do of a file that opening and saving again does not help.
UNPACK = "请先解压，把里面的表格直接放进来"
FILL_IN = "里面如有要上报的内容，请填到模板里再交；不是要交的文件请移走"
COPY_AGAIN = "请从原来的电脑重新复制一份"
FILE_REMEDIES = {
    "archive": UNPACK,
    "zip": UNPACK,
    "picture": FILL_IN,
    "text": FILL_IN,
    "document": FILL_IN,
    "media": FILL_IN,
    "empty_file": COPY_AGAIN,
    "broken_zip": COPY_AGAIN,
    "not_a_file": "请把表格文件本身复制进来，不要放快捷方式",
    "numbers": "请在 Numbers 中选“文件 › 导出为 › Excel”，交导出的文件",
    "unreadable": "请关闭正在打开它的程序，再运行一次",
    "in_cloud": "请等文件下载好，再运行一次",
    "closed_folder": "请放开读取权限，再运行一次",
    "parts": "请交解压之前的那个文件",
}


def guess_of(*names: str) -> str:
    """Return the question whether one of those names is meant, "" where there are none, or too many to choose from."""
    if len(names) == 1:
        return GUESS.format(name=names[0])
    if not 1 < len(names) <= GUESS_MOST:
        return ""
    return GUESS_AMONG.format(names="".join(QUOTED.format(name=name) for name in names))


def some_of(names: Iterable[str]) -> str:
    """Return names, each once, parted by 、; of many the first ones."""
    told: Sequence[str] = list(dict.fromkeys(names))
    first = AND.join(told[:NAMED_MOST])
    return SOME.format(names=first) if len(told) > NAMED_MOST else first
