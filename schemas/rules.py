"""The rule catalogue: every problem that can be told, with a stable code, a level, a sentence and a remedy.

Sentences are `str.format` templates. `{column}` is the column's title, `{typed}` the (masked) value as typed;
the other fields are named by the rule and given where the problem is found.
Codes: E an error (the value does not count), W a warning (counts, someone should look), N a note (repaired).
1xx one cell, 2xx one row or table, 3xx against other tables, 4xx a sheet or a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

ERROR, WARNING, NOTE = "错误", "警告", "提示"
LEVELS = (ERROR, WARNING, NOTE)
_LEVEL_BY_LETTER = {"E": ERROR, "W": WARNING, "N": NOTE}


@dataclass(frozen=True)
class Rule:
    """One kind of problem. `sentence` says what is wrong, `remedy` what to do about it."""

    code: str
    sentence: str
    remedy: str

    def __post_init__(self) -> None:
        if self.code[:1] not in _LEVEL_BY_LETTER or not self.code[1:].isdigit():
            raise ValueError(f"not a rule code: {self.code}")

    @property
    def level(self) -> str:
        return _LEVEL_BY_LETTER[self.code[0]]

    @property
    def fields(self) -> frozenset[str]:
        """The names that the sentence and the remedy quote."""
        texts = (self.sentence, self.remedy)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


# One cell, as typed.
MISSING = Rule("E101", "“{column}”是必填项，这里没有填", "请补填：{want}")
DIGITS_LOST = Rule(
    "E102",
    "“{column}”被存成了数字，Excel 只保留 15 位，后三位已丢失",
    "请先把这一格设为“文本”格式，再对照证件重新录入；只改格式找不回丢失的数字",
)
NOT_LISTED = Rule("E103", "“{typed}”不在“{column}”的可选项里", "请从下拉列表中选择：{want}")
NOT_A_DATE = Rule("E104", "“{typed}”不是能识别的日期", "请按 2026-10-08 的样子填写年、月、日")
AMBIGUOUS_DATE = Rule("E105", "“{typed}”分不清哪个是年、月、日", "请写全四位年份，如 2026-10-08")
AFTER_MONTH_END = Rule("E106", "日期 {typed} 晚于本月最后一天 {want}", "还没发生的事不能先填；请核对年份和月份")
NOT_A_NUMBER = Rule("E107", "“{typed}”不是数字", "请只填数字：{want}")
OUT_OF_RANGE = Rule("E108", "“{typed}”超出了允许的范围", "“{column}”应为{want}")
BAD_ID = Rule("E109", "身份证号 {typed} 不是 18 位的有效号码", "请对照户口簿或身份证重新录入 18 位号码（末位可以是 X）")
BAD_CHECK_DIGIT = Rule("E110", "身份证号 {typed} 的校验位不对，至少有一位数字录错了", "请对照户口簿或身份证逐位核对")
BAD_STUDENT_NO = Rule("E111", "学籍号 {typed} 的格式不对", "学籍号是 G、L 或 J 加 18 位号码，G 号后面就是身份证号")
BAD_PHONE = Rule("E112", "“{typed}”不是有效的电话号码", "请填 11 位手机号，或带区号的固定电话，如 0850-1234567")
CELL_ERROR = Rule("E113", "这一格是公式，没有能用的结果（{typed}）", "请把公式换成算好的值")
UNREADABLE_NAME = Rule("E114", "姓名“{typed}”里有无法识别的字（?、□ 等）", "请重新录入；打不出的生僻字可用“·拼音”代替并在备注说明")
ONE_CHILD_A_ROW = Rule("E115", "这一格里有不止一名学生", "一行只填一名学生；集体谈心请分行填写")
MERGED_ACROSS = Rule("E116", "这里的几格被横向合并了，分不清是哪一列的内容", "请取消合并，各列分别填写")
TOO_EARLY = Rule("E117", "日期 {typed} 太早，不像是真的", "请核对年份，填 {want} 以后的日期")
MISSING_CONDITIONAL = Rule("E118", "“{column}”这里必须填：{because}", "请补填：{want}")
BAD_CLASS = Rule("E119", "“{typed}”认不出是哪个班", "请写成 三年级(2)班 的样子")

# One row or one table.
ID_BIRTH = Rule("E201", "身份证号里的生日与“出生日期”不一致", "您填的出生日期是 {typed_other}，按身份证号为 {want}；请核对改正其中一个")
ID_SEX = Rule("E202", "身份证号与“性别”不一致", "您填的性别是{typed_other}，按身份证号为{want}；请核对改正其中一个")
G_NUMBER = Rule("E203", "G 字头学籍号与身份证号不一致", "G 后面的 18 位应与身份证号完全相同；请核对")
NO_IDENTITY = Rule("E204", "学籍号和身份证号都没有填", "至少填一个，否则分不清是哪名学生")
DATE_ORDER = Rule("E205", "“{column}”{typed} 早于“{other}”{want}", "请核对这两个日期")
SECOND_ROW = Rule("E206", "这名学生在本表第 {want} 行已经填过，这一行不算", "一名学生只占一行；请合并后删去多余的一行")
TWO_CLASSES = Rule("E207", "这名学生同时出现在{want}", "请查清在哪个班，并从另一个班的学生档案中删去；校内换班不要登记“转出”")
DOUBLE_ARCHIVE_NO = Rule("E208", "档案编号 {typed} 与别的学生重复（{want}）", "档案编号全校唯一；请改正其中一个")
NAMESAKES = Rule("E209", "班里有两名学生叫“{typed}”，这里分不清是哪一位", "请在“学籍号”一列填上这名学生的学籍号")

# Against the other tables.
UNKNOWN_CHILD = Rule("E301", "本班学生档案里没有“{typed}”{guess}", "请改正姓名，或先在学生档案中登记这名学生")
WRONG_STUDENT_NO = Rule("E302", "学籍号 {typed} 不是“{other}”的学籍号，这一行不算", "请核对姓名与学籍号")
NOT_STAFF = Rule("E303", "教职工表里没有“{typed}”{guess}", "请改正姓名，或请管理员把这位老师补进学校月报的教职工表")
HELPS_HIMSELF = Rule("E304", "学习帮手不能是学生本人", "请填帮助他的同学的姓名")
UNKNOWN_IN_LIST = Rule("E305", "名单里有认不出或重名的学生：{typed}{guess}", "其余学生已计入；重名的请写成“姓名(学籍号后4位)”")
BEFORE_TERM = Rule("E306", "日期 {typed} 早于本学期第一天 {want}", "这张表只收本学期的记录；请核对日期")
CLASS_NOT_LISTED = Rule("E307", "学校月报的“班级一览”里没有{typed}", "请核对年级和班级，或请管理员补登这个班；数据已照常统计")
UNKNOWN_SCOPE = Rule("E308", "“参加对象”里的“{typed}”认不出来", "请填年级（三年级）、班级（三年级(2)班）或学生姓名，用顿号隔开")
UNKNOWN_TARGET = Rule("E309", "“{typed}”不是本校的{want}", "班级请写成 三年级(2)班，教师请写教职工表中的姓名")
UNKNOWN_ITEM = Rule("E310", "考核方案里没有可登记的项目“{typed}”", "请填考核方案中计分方式为“登记”或“扣分”的项目名称：{want}")
VANISHED = Rule(
    "E311",
    "{last} 的名册里有“{name}”，这个月不见了，学籍异动里也没有登记；在查清之前按“{want}”统计{guess}",
    "漏填的请补回；换到本校别的班的，请新班把他添上；已离校的请在学籍异动登记（管理员），或补回这一行并改学籍状态、状态日期",
)
VANISHED_DOUBTFUL = Rule(
    "E312", "“{name}”这个月不在名册里（{last} 还在），学籍异动里可能是他的那一行{because}，不能采用", "请管理员核对学籍异动：姓名、班级写全写对，最好填上身份证号"
)
STILL_IN_ERROR = Rule(
    "E314", "写了“本月名册无变化”，但“{name}”{last} 的名册里“{columns}”填错了，还没有改", "请把这名学生整行填进学生档案并改正；改好以前不计入达成"
)
CLASS_VANISHED = Rule("E313", "{last} 有“{typed}”，这个月的班级一览和交来的表里都没有，那里有 {count} 名学生没有下落", "请补登这个班并交表；已并班的，请把这些学生填进新的班")

# A sheet or a file.
DAMAGED = Rule("E401", "这个文件打不开：{because}", "请用 Excel 或 WPS 打开后另存为 .xlsx 再交")
PASSWORD = Rule("E402", "文件有打开密码", "请取消打开密码，另存后再交（工作表保护不要紧）")
NOT_OURS = Rule("E403", "这不是本系统的月报模板：{because}", "请用 input_templates 里的模板填写后再交")
WRONG_MONTH = Rule("E404", "报送月份是“{typed}”，这次收的是 {want}", "请交 {want} 的月报，或改正“填表说明”里的报送月份")
COLUMN_MISSING_FILE = Rule("E405", "工作表“{sheet}”缺少必填列：{want}，整份文件退回", "请从空白模板复制这些列的标题，补填后再交")
COLUMN_MISSING = Rule("E406", "工作表“{sheet}”缺少必填列：{want}，这张表的各行都不能计入", "请从空白模板复制这些列的标题，补填后再交")
TWO_FILES_UNDECIDED = Rule("E407", "这个班本月有两份不同的文件，分不出先后：{want}", "请只留下正确的一份再交")
COVER_VALUE = Rule("E408", "“填表说明”里的“{column}”不对：{typed}", "请填写：{want}")
OTHER_SCHOOL = Rule("E409", "学校标识码 {typed} 不是本校的（{want}），整份文件退回", "请核对“填表说明”里的学校标识码，或交给相应的学校")
NO_HEADER = Rule("E410", "工作表“{sheet}”里找不到标题行", "请保留模板的标题行（第 3 行），不要改动列名")
TOO_LARGE = Rule("E411", "文件过大或结构异常：{because}", "请新取一份空白模板，把内容按“值”粘贴过去再交")
TWO_COLUMNS = Rule("E412", "工作表“{sheet}”里有两列都像“{column}”：{want}，都没有采用", "请只保留一列，标题写成“{column}”")

TWO_SHEETS = Rule("E413", "工作表{others}都像“{want}”，分不清用哪一张，都没有采用", "请把内容并到一张表里，表名写成“{want}”，多余的表删去")
NEWER_TEMPLATE = Rule("E414", "模板版本（{version}）比本程序的（{want}）新，整份文件退回", "请管理员更新程序，或用 input_templates 里的模板重新填写")

ID_ENDS_000 = Rule("W101", "身份证号以 000 结尾，常是存成数字后丢了位", "请对照证件核对最后三位；无误可在说明里写“已核对”")
NO_REAL_ID = Rule("W102", "身份证号 {typed} 不是现行 18 位号码，按“无证件”处理", "请在办好证件后改填 18 位身份证号")
NO_PHONE = Rule("W103", "电话填的是“{typed}”，按没有电话处理", "请补一个能联系上的号码")
WRONG_TOTAL = Rule("W201", "合计写的是 {typed}，上面各行算出来是 {want}", "合计不参与统计；请核对有没有漏填或多填的行")
LATE_RECORD = Rule("W301", "{typed} 是以前月份的事，算补报：计入本学期，不计入本月", "日期写错请改正；确是补报不用改")
AFTER_LEAVING = Rule("W302", "{typed} 时这名学生已经离校（{want}）", "请核对日期和学籍状态")
NOT_ON_DUTY = Rule("W303", "“{typed}”在教职工表里标为不在岗", "请核对是否换了老师，或请管理员改正“在岗”")
BEFORE_JOINING = Rule("W304", "{typed} 时这名学生还没有入班（{want} 入班）", "请核对日期")
SIBLINGS_DIFFER = Rule("W305", "同一位监护人，{where}写的“{column}”是 {want}，这里是 {typed}", "请核对改成一致；确是同名同电话的两个人，请写说明")
SHARED_PHONE = Rule("W306", "这个监护人电话 {typed} 用在 {count} 名学生身上", "请逐个核对，各填自己的监护人电话；确是一家或托管点，请写说明")
COPIED_TEXT = Rule("W307", "这段谈话内容一字不差地用在 {count} 名学生身上", "请按每次谈心的实际情况写；集体谈心请写说明（不影响考核得分）")
BEFORE_BIRTH = Rule("W308", "{typed} 早于这名学生的出生日期 {want}", "请核对这个日期的年份，或学生档案里的出生日期")
DECLARED_COUNT = Rule("W309", "“{column}”填的是 {typed}，班级月报里是 {want}", "请与班主任核对，改正其中一处")
NOT_ON_ROSTERS = Rule("W310", "写着在本校就读，但各班的学生档案里没有“{typed}”{guess}", "请核对姓名；漏报的请班主任补进学生档案，不在本校的请改“就学去向”")
HELPER_LEFT_BEHIND = Rule("W311", "学习帮手“{typed}”自己也是留守儿童", "一般由非留守的同学结对；确实合适的，请写说明")
HELPER_BUSY = Rule("W312", "“{typed}”结对了 {count} 名学生，一般不超过 {most} 名", "请核对有没有重复或该结束的结对；确是如此，请写说明")
POLICIES = Rule("W313", "保险的“{column}”是 {typed} 份，受益人数是 {want}，总保额对不上", "一人一份时两个数应相同；请核对")
BENEFICIARIES = Rule("W314", "受益人数 {typed} 多于全校学生 {want} 人", "请核对是不是填成了件数或金额")
NAMES_AND_COUNT = Rule("W315", "受益名单有 {count} 人，受益人数填的是 {want}", "请核对名单和人数")
NEARLY_STAFF = Rule("W316", "教职工表里没有“{typed}”，是否为“{want}”？", "请改正姓名；确是校外人员，请写说明")
IDENTITY_CHANGED = Rule("W317", "“{column}”{last} 是“{want}”，这个月是“{typed}”", "请核对是不是填到了别的学生那一行；确是更正，请写说明")
CLASS_SHRANK = Rule("W318", "{last} 名册有 {want} 名学生，这个月少了 {count} 名，超过五分之一", "请核对是不是少粘贴了几行；确实离校的，请写说明")
CLASS_GREW = Rule("W319", "{last} 名册有 {want} 名学生，这个月多了 {count} 名，超过五分之一", "请核对是不是混进了别班的学生；确是如此，请写说明")
STATUS_DIFFERS = Rule("W321", "学籍异动登记这名学生 {day} {kind}，这里填的是“{typed}”", "请核对改成一致：把“学籍状态”改为“{want}”并填状态日期，或请管理员改正学籍异动")
DESTINATION_DIFFERS = Rule("W322", "学生档案里这名学生是“{want}”，这里填的是“{typed}”", "请核对改成一致：已不在本校的请改“就学去向”，仍在校的请班主任改“学籍状态”")
UNCHANGED_DIFFERS = Rule("W320", "“填表说明”里写着名册无变化，名册与 {last} 却有 {count} 处不同；以填写的为准", "请核对；有变化的请把“本月名册无变化”改为 否")
SHEET_MISSING = Rule("W401", "缺少工作表“{sheet}”，按没有记录处理", "请从空白模板复制这张表；确实没有内容也请保留空表")
META_DIFFERS = Rule("W402", "模板是发给{want}的，“填表说明”里写的是{typed}，按“填表说明”统计", "请核对，不要用别班别月的模板改填")
TWO_FILES_LATER = Rule("W403", "这个班有两份文件，有 {count} 格不同；采用了后保存的“{want}”，这一份没有采用", "请删去不要的一份")
SHEET_COPY = Rule("W404", "工作表“{sheet}”也像“{want}”，没有读取，里面的内容没有计入", "如果内容不同，请并到“{want}”里；不要的请删去")
NO_SCHOOL_CODE = Rule("W405", "“填表说明”里没有学校标识码", "请补填，以免与别校文件混淆")

REPAIRED = Rule("N101", "已自动改正：“{typed}” → “{want}”", "不用再改；下次请直接这样填")
FILLED_DOWN = Rule("N102", "“{typed}”已按上一行填为“{want}”", "不用再改；下次请逐行填写")
MERGED_DOWN = Rule("N103", "合并的单元格已按第一格填为“{want}”", "不用再改；下次请不要合并单元格")
HIDDEN_ROWS = Rule("N104", "有 {count} 行被隐藏或筛掉，已照常计入", "请取消筛选、显示隐藏行，核对有没有多余的内容")
TO_COMPLETE = Rule("N105", "“{column}”待补：档案完整需要这一项", "请在方便时补填：{want}")
EXAMPLE_ROW = Rule("N106", "这一行是示例，没有计入", "可以删去")
TOTAL_ROW = Rule("N107", "这一行是合计，没有当作学生", "可以删去")
BIRTH_FROM_ID = Rule("N108", "出生日期已按身份证号填为 {want}", "不用再改")
HEADER_AGAIN = Rule("N109", "这一行又是标题，没有当作数据", "可以删去")
FOOTNOTE = Rule("N110", "这一行是表下的说明或签字，没有当作数据", "不用改")
SAME_PAIRING = Rule("N201", "与第 {want} 行是同一个结对，只算一次", "请删去多余的一行")
SAME_RECORD = Rule("N202", "与第 {want} 行完全相同，只算一次", "请删去多余的一行")
NO_SCHOOL_WORKBOOK = Rule("N301", "没有收到学校月报：应交班级、教职工、入学率等无法核对", "请管理员填写并放入 学校月报.xlsx")
SAME_FILE_TWICE = Rule("N401", "与“{want}”内容相同，只采用了一份", "可以删去这一份")
SHEET_IGNORED = Rule("N402", "工作表“{sheet}”不是模板里的表，没有读取", "如有需要上报的内容，请填到模板的表里")
COLUMN_ALIAS = Rule("N403", "列“{typed}”按“{want}”读取", "请改回模板的列名")
COLUMN_IGNORED = Rule("N404", "列“{typed}”不是模板里的列，没有读取{guess}", "如有需要，请填到模板的列里")
SHEET_ALIAS = Rule("N406", "工作表“{sheet}”按“{want}”读取", "请把工作表名改回“{want}”")
TWO_ROW_HEADER = Rule("N407", "标题占了两行，已合在一起读取", "不用再改；下次请保留模板的一行标题")
HAS_MACROS = Rule("N408", "文件带有宏（程序），宏没有运行，也没有读取", "请另存为不带宏的 .xlsx")
OLDER_TEMPLATE = Rule("N409", "用的是旧版模板（{version}，现在是 {want}），已按列名对应读取", "不用再改；下个月请用新模板")
PRESET_DIFFERS = Rule("N405", "频次要求与预设“{want}”不同，按表中“启用”的各行执行", "如要恢复预设，清空频次要求表即可")

RULES: tuple[Rule, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
BY_CODE = {rule.code: rule for rule in RULES}
if len(BY_CODE) != len(RULES):
    raise ValueError("a rule code stands twice")

# What could not be checked, and why.
NEED_SCHOOL_WORKBOOK = (NOT_STAFF, NOT_ON_DUTY, NEARLY_STAFF, CLASS_NOT_LISTED, DECLARED_COUNT, NOT_ON_ROSTERS, STATUS_DIFFERS, DESTINATION_DIFFERS, UNKNOWN_TARGET, UNKNOWN_ITEM, UNKNOWN_SCOPE, POLICIES, BENEFICIARIES, NAMES_AND_COUNT)
WITHOUT_SCHOOL_WORKBOOK = "没有收到学校月报"
WITHOUT_SCHOOL_AGE = "应入学名册没有填"
WITHOUT_ALL_CLASSES = "还有班没有交表，或有文件没有读出来"

CARD_OF = "{class_name}联系卡第 {row} 行"
NO_SHEET_OF_OURS, NO_COVER = "里面没有模板的工作表", "没有“填表说明”表"
NO_ITEM = "（目前没有这样的项目）"

GUESS_TABLE = "；内容像“{name}”，请粘贴到模板的这张表里"
GUESS, GUESS_COLUMN = "，是否为“{name}”？", "；是否为“{name}”？"
OTHER_PLACE, OTHER_ROWS = "{sheet}第 {row} 行（{class_name}）", "另见第 {rows} 行"
PERHAPS_ROW = "；第 {row} 行的“{name}”像是同一个人，但身份证号不同：号码更正的，请管理员把 {months} 的表都改成新号码，从最早的一个月起逐月重新运行"
ENTERED = "；学籍异动登记他转入（返校）到“{class_name}”，那里的学生档案里却没有他"
DOUBTFUL_ROW, NAMESAKES_ROW = "有错，或姓名对不上", "只写了姓名，叫这个名字的却不止一人"
EMPTY_CELL, UNCACHED_FORMULA = "（空）", "没有结果的公式"
AND = "、"

# Why a file can't be opened: what the guard and the reader say → the rule and its words.
REFUSALS: dict[str, tuple[Rule, str]] = {
    "password": (PASSWORD, "有打开密码，密码没有给或不对"),
    "damaged": (DAMAGED, "内容已损坏，或格式特殊，读取程序不认"),
    "broken_zip": (DAMAGED, "内容已损坏或没有传完整"),
    "no_sheets": (DAMAGED, "里面没有能读的工作表"),
    "empty_file": (DAMAGED, "文件是空的（0 字节）"),
    "not_a_file": (DAMAGED, "不是普通文件（快捷方式或链接）"),
    "unreadable": (DAMAGED, "系统不允许读取，或文件正被占用"),
    "html": (DAMAGED, "其实是网页，不是 Excel 文件"),
    "zip": (DAMAGED, "是压缩包里的压缩包，请解开后再交"),
    "document": (DAMAGED, "是 Word、演示或其他文档，不是 Excel 文件"),
    "numbers": (DAMAGED, "是苹果电脑的 Numbers 表格，请在 Numbers 中导出为 Excel"),
    "macro_sheet": (DAMAGED, "含有老式的宏表，读取程序不认"),
    "unknown": (DAMAGED, "不是 Excel 文件；WPS 表格（.et）请在 WPS 中另存为 xlsx"),
    "too_large": (TOO_LARGE, "超过 20 MB 或解开后过大"),
    "zip_bomb": (TOO_LARGE, "压缩比异常"),
    "odd_zip": (TOO_LARGE, "压缩结构异常"),
    "entities": (TOO_LARGE, "含有不允许的实体定义"),
    "too_many_styles": (TOO_LARGE, "单元格样式过多"),
    "crashed": (TOO_LARGE, "内容异常，读取程序中断"),
    "too_slow": (TOO_LARGE, "20 秒还没有读完"),
    "not_ours": (NOT_OURS, NO_SHEET_OF_OURS),
    "csv": (NOT_OURS, "这是文本表格（CSV），只有一张表，没有“填表说明”，看不出是哪个班、哪个月的{guess}"),
    "xml": (DAMAGED, "是 XML 格式的表格"),
    "too_many_cells": (TOO_LARGE, "表格延伸到两万行或五百列以外"),
}
