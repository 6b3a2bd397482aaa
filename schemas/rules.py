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
    """One kind of problem. `title` names it, `sentence` says what is wrong, `remedy` what to do about it."""

    code: str
    title: str
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
MISSING = Rule("E101", "必填项没有填", "“{column}”是必填项，这里没有填", "请补填：{want}")
DIGITS_LOST = Rule(
    "E102", "号码被存成数字，后几位丢了", "“{column}”被存成了数字，Excel 只保留 15 位，后三位已丢失",
    "请先把这一格设为“文本”格式，再对照证件重新录入；只改格式找不回丢失的数字",
)
NOT_LISTED = Rule("E103", "不在可选项里", "“{typed}”不在“{column}”的可选项里", "请从下拉列表中选择：{want}")
NOT_A_DATE = Rule("E104", "不是日期", "“{typed}”不是能识别的日期", "请按 2026-10-08 的样子填写年、月、日")
AMBIGUOUS_DATE = Rule("E105", "日期分不清年月日", "“{typed}”分不清哪个是年、月、日", "请写全四位年份，如 2026-10-08")
AFTER_MONTH_END = Rule("E106", "日期晚于本月", "日期 {typed} 晚于本月最后一天 {want}", "还没发生的事不能先填；请核对年份和月份")
NOT_A_NUMBER = Rule("E107", "不是数字", "“{typed}”不是数字", "请只填数字：{want}")
OUT_OF_RANGE = Rule("E108", "数字超出范围", "“{typed}”超出了允许的范围", "“{column}”应为{want}")
BAD_ID = Rule("E109", "身份证号不是 18 位有效号码", "身份证号 {typed} 不是 18 位的有效号码", "请对照户口簿或身份证重新录入 18 位号码（末位可以是 X）")
BAD_CHECK_DIGIT = Rule("E110", "身份证号校验位不对", "身份证号 {typed} 的校验位不对，至少有一位数字录错了", "请对照户口簿或身份证逐位核对")
BAD_STUDENT_NO = Rule("E111", "学籍号格式不对", "学籍号 {typed} 的格式不对", "学籍号是 G、L 或 J 加 18 位号码，G 号后面就是身份证号")
BAD_PHONE = Rule("E112", "电话号码无效", "“{typed}”不是有效的电话号码", "请填 11 位手机号，或带区号的固定电话，如 0850-1234567")
CELL_ERROR = Rule("E113", "公式没有结果", "这一格是公式，没有能用的结果（{typed}）", "请把公式换成算好的值")
UNREADABLE_NAME = Rule("E114", "姓名里有认不出的字", "姓名“{typed}”里有无法识别的字（?、□ 等）", "请重新录入；打不出的生僻字可用“·拼音”代替并在备注说明")
ONE_CHILD_A_ROW = Rule("E115", "一格里有几名学生", "这一格里有不止一名学生", "一行只填一名学生；集体谈心请分行填写")
MERGED_ACROSS = Rule("E116", "几格横向合并", "这里的几格被横向合并了，分不清是哪一列的内容", "请取消合并，各列分别填写")
TOO_EARLY = Rule("E117", "日期太早", "日期 {typed} 太早，不像是真的", "请核对年份，填 {want} 以后的日期")
MISSING_CONDITIONAL = Rule("E118", "有条件的必填项没有填", "“{column}”这里必须填：{because}", "请补填：{want}")
UNSURE = Rule("E120", "文件里的写法拿不准", "这一格在文件里的写法不规范，读出来的内容（{typed}）拿不准，没有采用", "请在 Excel 或 WPS 里打开，重新录入这一格后保存再交")
SAME_AS_BESIDE = Rule("E121", "同左、同下看不出指哪一格", "“{typed}”看不出是指哪一格", "请写出这一格本来的内容；与上一行相同的可以写“同上”")
TURNED_INTO_DATE = Rule("E122", "编号被 Excel 变成了日期", "“{column}”被 Excel 变成了日期 {typed}，原来写的看不出了", "请先把这一格设为“文本”格式，再重新录入")
BAD_CLASS = Rule("E119", "认不出是哪个班", "“{typed}”认不出是哪个班", "请写成 三年级(2)班 的样子")

# One row or one table.
ID_BIRTH = Rule("E201", "身份证号与出生日期不一致", "身份证号里的生日与“出生日期”不一致", "您填的出生日期是 {typed_other}，按身份证号为 {want}；请核对改正其中一个")
ID_SEX = Rule("E202", "身份证号与性别不一致", "身份证号与“性别”不一致", "您填的性别是{typed_other}，按身份证号为{want}；请核对改正其中一个")
G_NUMBER = Rule("E203", "学籍号与身份证号不一致", "G 字头学籍号与身份证号不一致", "G 后面的 18 位应与身份证号完全相同；请核对")
NO_IDENTITY = Rule("E204", "学籍号和身份证号都没有填", "学籍号和身份证号都没有填", "至少填一个，否则分不清是哪名学生")
DATE_ORDER = Rule("E205", "两个日期先后不对", "“{column}”{typed} 早于“{other}”{want}", "请核对这两个日期")
SECOND_ROW = Rule("E206", "一名学生填了两行", "这名学生在本表第 {want} 行已经填过，这一行不算", "一名学生只占一行；请合并后删去多余的一行")
TWO_CLASSES = Rule("E207", "一名学生在两个班", "这名学生同时出现在{want}", "请查清在哪个班，并从另一个班的学生档案中删去；校内换班不要登记“转出”")
DOUBLE_ARCHIVE_NO = Rule("E208", "档案编号重复", "档案编号 {typed} 与别的学生重复（{want}）", "档案编号全校唯一；请改正其中一个")
NAMESAKES = Rule("E209", "同名学生没有写学籍号", "班里有两名学生叫“{typed}”，这里分不清是哪一位", "请在“学籍号”一列填上这名学生的学籍号")

# Against the other tables.
UNKNOWN_CHILD = Rule("E301", "班里没有这名学生", "本班学生档案里没有“{typed}”{guess}", "请改正姓名，或先在学生档案中登记这名学生")
WRONG_STUDENT_NO = Rule("E302", "学籍号不是这名学生的", "学籍号 {typed} 不是“{other}”的学籍号，这一行不算", "请核对姓名与学籍号")
NOT_STAFF = Rule("E303", "教职工表里没有这位老师", "教职工表里没有“{typed}”{guess}", "请改正姓名，或请管理员把这位老师补进学校月报的教职工表")
HELPS_HIMSELF = Rule("E304", "学习帮手是学生本人", "学习帮手不能是学生本人", "请填帮助他的同学的姓名")
UNKNOWN_IN_LIST = Rule("E305", "名单里有认不出的学生", "名单里有认不出或重名的学生：{typed}{guess}", "其余学生已计入；重名的请写成“姓名(学籍号后4位)”")
BEFORE_TERM = Rule("E306", "日期早于本学期", "日期 {typed} 早于本学期第一天 {want}", "这张表只收本学期的记录；请核对日期")
CLASS_NOT_LISTED = Rule("E307", "班级一览里没有这个班", "学校月报的“班级一览”里没有{typed}", "请核对年级和班级，或请管理员补登这个班；数据已照常统计")
UNKNOWN_SCOPE = Rule("E308", "参加对象认不出", "“参加对象”里的“{typed}”认不出来", "请填年级（三年级）、班级（三年级(2)班）或学生姓名，用顿号隔开")
UNKNOWN_TARGET = Rule("E309", "登记的对象不是本校的", "“{typed}”不是本校的{want}", "班级请写成 三年级(2)班，教师请写教职工表中的姓名")
UNKNOWN_ITEM = Rule("E310", "考核方案里没有这个项目", "考核方案里没有可登记的项目“{typed}”", "请填考核方案中计分方式为“登记”或“扣分”的项目名称：{want}")
VANISHED = Rule(
    "E311", "学生不见了，没有登记去向", "{last} 的名册里有“{name}”，这个月不见了，学籍异动里也没有登记；在查清之前按“{want}”统计{guess}",
    "漏填的请补回；换到本校别的班的，请新班把他添上；已离校的请在学籍异动登记（管理员），或补回这一行并改学籍状态、状态日期",
)
VANISHED_DOUBTFUL = Rule(
    "E312", "学生不见了，登记有疑问", "“{name}”这个月不在名册里（{last} 还在），学籍异动里可能是他的那一行{because}，不能采用", "请管理员核对学籍异动：姓名、班级写全写对，最好填上身份证号"
)
STILL_IN_ERROR = Rule(
    "E314", "上月的错误没有改", "写了“本月名册无变化”，但“{name}”{last} 的名册里“{columns}”填错了，还没有改", "请把这名学生整行填进学生档案并改正；改好以前不计入达成"
)
CLASS_VANISHED = Rule("E313", "整班不见了", "{last} 有“{typed}”，这个月的班级一览和交来的表里都没有，那里有 {count} 名学生没有下落", "请补登这个班并交表；已并班的，请把这些学生填进新的班")

# A sheet or a file.
DAMAGED = Rule("E401", "文件打不开", "这个文件打不开：{because}", "请用 Excel 或 WPS 打开后另存为 .xlsx 再交；是文件夹的，请放开读取权限，再运行一次")
PASSWORD = Rule("E402", "文件有打开密码", "文件有打开密码", "请取消打开密码，另存后再交（工作表保护不要紧）")
NOT_OURS = Rule("E403", "不是月报模板", "这不是本系统的月报模板：{because}", "请用 input_templates 里的模板填写后再交")
WRONG_MONTH = Rule("E404", "报送月份不对", "报送月份是“{typed}”，这次收的是 {want}", "请交 {want} 的月报，或改正“填表说明”里的报送月份")
COLUMN_MISSING_FILE = Rule("E405", "缺少必填列，整份退回", "工作表“{sheet}”缺少必填列：{want}，整份文件退回", "请从空白模板复制这些列的标题，补填后再交")
COLUMN_MISSING = Rule("E406", "缺少必填列", "工作表“{sheet}”缺少必填列：{want}，这张表的各行都不能计入", "请从空白模板复制这些列的标题，补填后再交")
TWO_FILES_UNDECIDED = Rule("E407", "一个班两份文件，分不出先后", "这个班本月有两份不同的文件，分不出先后：{want}", "请只留下正确的一份再交")
COVER_VALUE = Rule("E408", "填表说明里的内容不对", "“填表说明”里的“{column}”不对：{typed}", "请填写：{want}")
OTHER_SCHOOL = Rule("E409", "别的学校的文件", "学校标识码 {typed} 不是本校的（{want}），整份文件退回", "请核对“填表说明”里的学校标识码，或交给相应的学校")
NO_HEADER = Rule("E410", "找不到标题行", "工作表“{sheet}”里找不到标题行", "请保留模板的标题行（第 3 行），不要改动列名")
TOO_LARGE = Rule("E411", "文件过大或结构异常", "文件过大或结构异常：{because}", "请新取一份空白模板，把内容按“值”粘贴过去再交")
TWO_COLUMNS = Rule("E412", "两列像同一列", "工作表“{sheet}”里有两列都像“{column}”：{want}，都没有采用", "请只保留一列，标题写成“{column}”")

TWO_SHEETS = Rule("E413", "两张表像同一张表", "工作表{others}都像“{want}”，分不清用哪一张，都没有采用", "请把内容并到一张表里，表名写成“{want}”，多余的表删去")
NEWER_TEMPLATE = Rule("E414", "模板比程序新", "模板版本（{version}）比本程序的（{want}）新，整份文件退回", "请管理员更新程序，或用 input_templates 里的模板重新填写")

TOO_MANY_PUPILS = Rule("E415", "名册太长，不像一个班的", "工作表“{sheet}”超过 {want} 行，一个班不会有这么多学生，整份文件退回", "请看看是不是贴错了名册；只留本班的学生再交")

ID_ENDS_000 = Rule("W101", "身份证号以 000 结尾", "身份证号以 000 结尾，常是存成数字后丢了位", "请对照证件核对最后三位；无误可在说明里写“已核对”")
NO_REAL_ID = Rule("W102", "没有现行身份证号", "身份证号 {typed} 不是现行 18 位号码，按“无证件”处理", "请在办好证件后改填 18 位身份证号")
NO_PHONE = Rule("W103", "没有电话", "电话填的是“{typed}”，按没有电话处理", "请补一个能联系上的号码")
MARKS_IN_NAME = Rule("W104", "姓名里有数字或符号", "姓名“{typed}”里有数字或符号", "请改成户口簿上的姓名；用来区分同名学生的，请改为填学籍号")
STRUCK_OUT = Rule("W105", "划了删除线", "“{typed}”划了删除线，仍按填写的内容计入", "不要的请清空这一格（整行不要的删去整行），要保留的请取消删除线")
AGE_AND_GRADE = Rule("W202", "年龄与年级不相称", "按出生日期 {typed}，这名学生 {age} 岁，{grade}一般是 {want} 岁", "请核对出生日期的年份；确实如此的，请写说明")
WRONG_TOTAL = Rule("W201", "合计与各行对不上", "合计写的是 {typed}，上面各行算出来是 {want}", "合计不参与统计；请核对有没有漏填或多填的行")
LATE_RECORD = Rule("W301", "补报以前月份的记录", "{typed} 是以前月份的事，算补报：计入本学期，不计入本月", "日期写错请改正；确是补报不用改")
AFTER_LEAVING = Rule("W302", "离校以后的记录", "{typed} 时这名学生已经离校（{want}）", "请核对日期和学籍状态")
NOT_ON_DUTY = Rule("W303", "老师不在岗", "“{typed}”在教职工表里标为不在岗", "请核对是否换了老师，或请管理员改正“在岗”")
BEFORE_JOINING = Rule("W304", "入班以前的记录", "{typed} 时这名学生还没有入班（{want} 入班）", "请核对日期")
SIBLINGS_DIFFER = Rule("W305", "同一位监护人写得不一样", "同一位监护人，{where}写的“{column}”是 {want}，这里是 {typed}", "请核对改成一致；确是同名同电话的两个人，请写说明")
SHARED_PHONE = Rule("W306", "几名学生同一个监护人电话", "这个监护人电话 {typed} 用在 {count} 名学生身上", "请逐个核对，各填自己的监护人电话；确是一家或托管点，请写说明")
COPIED_TEXT = Rule("W307", "谈话内容相同", "这段谈话内容一字不差地用在 {count} 名学生身上", "请按每次谈心的实际情况写；集体谈心请写说明（不影响考核得分）")
BEFORE_BIRTH = Rule("W308", "日期早于出生日期", "{typed} 早于这名学生的出生日期 {want}", "请核对这个日期的年份，或学生档案里的出生日期")
DECLARED_COUNT = Rule("W309", "申报人数与月报不同", "“{column}”填的是 {typed}，班级月报里是 {want}", "请与班主任核对，改正其中一处")
NOT_ON_ROSTERS = Rule("W310", "在本校就读却不在学生档案里", "写着在本校就读，但各班的学生档案里没有“{typed}”{guess}", "请核对姓名；漏报的请班主任补进学生档案，不在本校的请改“就学去向”")
HELPER_LEFT_BEHIND = Rule("W311", "学习帮手自己是留守儿童", "学习帮手“{typed}”自己也是留守儿童", "一般由非留守的同学结对；确实合适的，请写说明")
HELPER_BUSY = Rule("W312", "帮手结对人数过多", "“{typed}”结对了 {count} 名学生，一般不超过 {most} 名", "请核对有没有重复或该结束的结对；确是如此，请写说明")
POLICIES = Rule("W313", "保险份数与人数不同", "保险的“{column}”是 {typed} 份，受益人数是 {want}，总保额对不上", "一人一份时两个数应相同；请核对")
BENEFICIARIES = Rule("W314", "受益人数多于全校学生", "受益人数 {typed} 多于全校学生 {want} 人", "请核对是不是填成了件数或金额")
NAMES_AND_COUNT = Rule("W315", "受益名单与人数不同", "受益名单有 {count} 人，受益人数填的是 {want}", "请核对名单和人数")
NEARLY_STAFF = Rule("W316", "校外人员像是教职工", "教职工表里没有“{typed}”，是否为“{want}”？", "请改正姓名；确是校外人员，请写说明")
IDENTITY_CHANGED = Rule("W317", "身份信息与上月不同", "“{column}”{last} 是“{want}”，这个月是“{typed}”", "请核对是不是填到了别的学生那一行；确是更正，请写说明")
CLASS_SHRANK = Rule("W318", "名册人数减少过多", "{last} 名册有 {want} 名学生，这个月少了 {count} 名，超过五分之一", "请核对是不是少粘贴了几行；确实离校的，请写说明")
CLASS_GREW = Rule("W319", "名册人数增加过多", "{last} 名册有 {want} 名学生，这个月多了 {count} 名，超过五分之一", "请核对是不是混进了别班的学生；确是如此，请写说明")
STATUS_DIFFERS = Rule("W321", "学籍状态与学籍异动不一致", "学籍异动登记这名学生 {day} {kind}，这里填的是“{typed}”", "请核对改成一致：把“学籍状态”改为“{want}”并填状态日期，或请管理员改正学籍异动")
DESTINATION_DIFFERS = Rule("W322", "就学去向与学籍状态不一致", "学生档案里这名学生是“{want}”，这里填的是“{typed}”", "请核对改成一致：已不在本校的请改“就学去向”，仍在校的请班主任改“学籍状态”")
UNCHANGED_DIFFERS = Rule("W320", "名册无变化与内容不符", "“填表说明”里写着名册无变化，名册与 {last} 却有 {count} 处不同；以填写的为准", "请核对；有变化的请把“本月名册无变化”改为 否")
SHEET_MISSING = Rule("W401", "缺少工作表", "缺少工作表“{sheet}”，按没有记录处理", "请从空白模板复制这张表；确实没有内容也请保留空表")
META_DIFFERS = Rule("W402", "模板是发给别班别月的", "模板是发给{want}的，“填表说明”里写的是{typed}，按“填表说明”统计", "请核对，不要用别班别月的模板改填")
TWO_FILES_LATER = Rule("W403", "一个班两份文件，用了后保存的", "这个班有两份文件，有 {count} 格不同；采用了后保存的“{want}”，这一份没有采用", "请删去不要的一份")
SHEET_COPY = Rule("W404", "多出一张相像的工作表", "工作表“{sheet}”也像“{want}”，没有读取，里面的内容没有计入", "如果内容不同，请并到“{want}”里；不要的请删去")
NO_WORKBOOK = Rule("W406", "不是表格文件", "这个文件没有读取：{because}", "里面如有要上报的内容，请填到模板里再交；不是要交的文件请移走")
NO_SCHOOL_CODE = Rule("W405", "没有学校标识码", "“填表说明”里没有学校标识码", "请补填，以免与别校文件混淆")

REPAIRED = Rule("N101", "已自动改正", "已自动改正：“{typed}” → “{want}”", "不用再改；下次请直接这样填")
FILLED_DOWN = Rule("N102", "同上已填", "“{typed}”已按上一行填为“{want}”", "不用再改；下次请逐行填写")
MERGED_DOWN = Rule("N103", "合并的单元格已填", "合并的单元格已按第一格填为“{want}”", "不用再改；下次请不要合并单元格")
HIDDEN_ROWS = Rule("N104", "有隐藏的行", "有 {count} 行被隐藏或筛掉，已照常计入", "请取消筛选、显示隐藏行，核对有没有多余的内容")
TO_COMPLETE = Rule("N105", "档案待补", "“{column}”待补：档案完整需要这一项", "请在方便时补填：{want}")
EXAMPLE_ROW = Rule("N106", "示例行", "这一行是示例，没有计入", "可以删去")
TOTAL_ROW = Rule("N107", "合计行", "这一行是合计，没有当作学生", "可以删去")
BIRTH_FROM_ID = Rule("N108", "出生日期由身份证号得出", "出生日期已按身份证号填为 {want}", "不用再改")
NOTHING_SAID = Rule("N111", "没有实际内容，按空着处理", "“{typed}”没有说出实际内容，按空着处理", "知道以后请补填；确实没有的请空着")
NOTHING_ABOVE = Rule("N112", "同上的上面没有内容", "“{typed}”的上面没有内容，按空着处理", "请写出这一格本来的内容")
HEADER_AGAIN = Rule("N109", "重复的标题行", "这一行又是标题，没有当作数据", "可以删去")
FOOTNOTE = Rule("N110", "表下的说明", "这一行是表下的说明或签字，没有当作数据", "不用改")
SAME_PAIRING = Rule("N201", "同一个结对", "与第 {want} 行是同一个结对，只算一次", "请删去多余的一行")
SAME_RECORD = Rule("N202", "相同的记录", "与第 {want} 行完全相同，只算一次", "请删去多余的一行")
NO_SCHOOL_WORKBOOK = Rule("N301", "没有学校月报", "没有收到学校月报：应交班级、教职工、入学率等无法核对", "请管理员填写并放入 学校月报.xlsx")
SAME_FILE_TWICE = Rule("N401", "内容相同的文件", "与“{want}”内容相同，只采用了一份", "可以删去这一份")
SHEET_IGNORED = Rule("N402", "不是模板的工作表", "工作表“{sheet}”不是模板里的表，没有读取", "如有需要上报的内容，请填到模板的表里")
COLUMN_ALIAS = Rule("N403", "列名不同", "列“{typed}”按“{want}”读取", "请改回模板的列名")
COLUMN_IGNORED = Rule("N404", "不是模板的列", "列“{typed}”不是模板里的列，没有读取{guess}", "如有需要，请填到模板的列里")
SHEET_ALIAS = Rule("N406", "工作表名不同", "工作表“{sheet}”按“{want}”读取", "请把工作表名改回“{want}”")
TWO_ROW_HEADER = Rule("N407", "标题占两行", "标题占了两行，已合在一起读取", "不用再改；下次请保留模板的一行标题")
HAS_MACROS = Rule("N408", "文件带宏", "文件带有宏（程序），宏没有运行，也没有读取", "请另存为不带宏的 .xlsx")
OLDER_TEMPLATE = Rule("N409", "旧版模板", "用的是旧版模板（{version}，现在是 {want}），已按列名对应读取", "不用再改；下个月请用新模板")
PRESET_DIFFERS = Rule("N405", "频次要求与预设不同", "频次要求与预设“{want}”不同，按表中“启用”的各行执行", "如要恢复预设，清空频次要求表即可")

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
NO_ROSTER = "：它是空的，这张表的 {count} 行因此都不算，先填好学生档案"
GUESS, GUESS_COLUMN = "，是否为“{name}”？", "；是否为“{name}”？"
OTHER_PLACE, OTHER_ROWS = "{sheet}第 {row} 行（{class_name}）", "另见第 {rows} 行"
PERHAPS_ROW = "；第 {row} 行的“{name}”像是同一个人，但身份证号不同：号码更正的，请管理员把 {months} 的表都改成新号码，从最早的一个月起逐月重新运行"
ENTERED = "；学籍异动登记他转入（返校）到“{class_name}”，那里的学生档案里却没有他"
DOUBTFUL_ROW, NAMESAKES_ROW = "有错，或姓名对不上", "只写了姓名，叫这个名字的却不止一人"
EMPTY_CELL, UNCACHED_FORMULA = "（空）", "没有结果的公式"
SEE_OTHER = "这一格还要改或补填，请按另一条做"
AND = "、"

# What can be no workbook by its content; by its name it can be one all the same.
NO_WORKBOOK_KINDS = frozenset({"archive", "picture", "text", "media", "document"})
WORKBOOK_ENDINGS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods", ".csv", ".xml", ".zip", "")
OFFICE_TEXT_ENDINGS = (".doc", ".dot", ".wps", ".wpt", ".ppt", ".pps", ".dps", ".vsd", ".msg")  # of the same container as .xls

# Why a file can't be opened: what the guard and the reader say → the rule and its words.
REFUSALS: dict[str, tuple[Rule, str]] = {
    "password": (PASSWORD, "有打开密码，密码没有给或不对"),
    "damaged": (DAMAGED, "内容已损坏，或格式特殊，读取程序不认"),
    "broken_zip": (DAMAGED, "内容已损坏或没有传完整"),
    "no_sheets": (DAMAGED, "里面没有能读的工作表"),
    "empty_file": (DAMAGED, "文件是空的（0 字节）"),
    "not_a_file": (DAMAGED, "不是普通文件（快捷方式或链接）"),
    "unreadable": (DAMAGED, "系统不允许读取，或文件正被占用"),
    "closed_folder": (DAMAGED, "是没有权限读取的文件夹，里面的表都没有读"),
    "html": (DAMAGED, "其实是网页，不是 Excel 文件"),
    "zip": (DAMAGED, "是压缩包里的压缩包，请解开后再交"),
    "document": (DAMAGED, "是 Word、演示或其他文档，不是 Excel 文件"),
    "numbers": (DAMAGED, "是苹果电脑的 Numbers 表格，请在 Numbers 中导出为 Excel"),
    "macro_sheet": (DAMAGED, "含有老式的宏表，读取程序不认"),
    "unknown": (DAMAGED, "不是 Excel 文件；WPS 表格（.et）请在 WPS 中另存为 xlsx"),
    "odd_parts": (DAMAGED, "里面的工作表找不到了"),
    "biff_raw": (DAMAGED, "是三十年前的 Excel（2.0 到 4.0）写的，读取程序不认"),
    "archive": (NO_WORKBOOK, "是 .rar、.7z 之类的压缩包，请先解压，把里面的表放进来"),
    "picture": (NO_WORKBOOK, "是图片，程序不认图片里的字"),
    "text": (NO_WORKBOOK, "是文字材料"),
    "media": (NO_WORKBOOK, "是音像文件"),
    "parts": (DAMAGED, "是解压开了的 Excel 文件（一堆 XML），请交解压之前的那个文件"),
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
