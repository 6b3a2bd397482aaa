"""How real spreadsheets go wrong, how each defect is recognised, and what happens then (domain §6).

`docs/表格毛病.md` is generated from this; the tests plant every one of them through a real template.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas import rules
from schemas.rules import LOOK, Rule


@dataclass(frozen=True)
class Defect:
    """One way in which a sheet or a file goes wrong. `rules` may be empty: nothing is lost and nothing to tell."""

    key: str
    problem: str
    sign: str
    treatment: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Defects of one kind."""

    title: str
    defects: tuple[Defect, ...]


_KEPT = "不影响，照常读取"
_FIXED = "自动改正，照常计入"
_NOT_COUNTED = "这一格不算，退回改正"

NUMBERS = Chapter(
    "号码",
    (
        Defect("id_number", "身份证号存成了数字，后三位变成 000", "单元格是 15 位以上的数字，不看显示成什么样", "丢失的数字找不回来，必须重新录入", (rules.DIGITS_LOST,)),
        Defect("id_scientific", "身份证号是 5.29901E+17 这样的文本", "文本是科学计数法", "同上", (rules.DIGITS_LOST,)),
        Defect("student_no_number", "L、J 字头以外的学籍号存成了数字", "单元格是 15 位以上的数字", "同上", (rules.DIGITS_LOST,)),
        Defect("id_000", "身份证号校验正确，但以 000 结尾", "末三位是 000", "照常计入，请核对", (rules.ID_ENDS_000,)),
        Defect("id_spelling", "身份证号里有空格、小写 x、全角数字或字母、开头的单引号", "整理后是有效号码", _FIXED, (rules.REPAIRED,)),
        Defect("id_form", "身份证号位数不对，或里面的生日不存在", "不是 18 位有效号码", _NOT_COUNTED, (rules.BAD_ID,)),
        Defect("id_check", "身份证号录错一位", "国标校验位不对", _NOT_COUNTED, (rules.BAD_CHECK_DIGIT,)),
        Defect("id_birth", "身份证号与出生日期不一致", "两格都有效而不同", "身份证号不算，以出生日期为准", (rules.ID_BIRTH,)),
        Defect("id_sex", "身份证号与性别不一致", "第 17 位的奇偶与性别不符", "身份证号不算，以性别为准", (rules.ID_SEX,)),
        Defect("id_provisional", "15 位老号码，或 999 开头的校编号码", "15 位数字，或 999 加 15 位", "按“无证件”计入", (rules.NO_REAL_ID,)),
        Defect("no_identity", "学籍号、身份证号都没有填", "两格都空", _NOT_COUNTED, (rules.NO_IDENTITY,)),
        Defect("student_no_bare", "学籍号漏写 G", "内容是有效的身份证号", _FIXED, (rules.REPAIRED,)),
        Defect("student_no_form", "学籍号是 LG 开头、16 位老学号等", "不是 G、L、J 加 18 位", _NOT_COUNTED, (rules.BAD_STUDENT_NO,)),
        Defect("g_number", "G 后面的号码与身份证号不同", "两格都有效而不同", "学籍号不算", (rules.G_NUMBER,)),
        Defect("g_digit", "没有身份证号，G 后面的号码录错一位", "国标校验位不对，或里面的生日不存在", "照常计入，请核对", (rules.G_DIGIT,)),
        Defect("phone_number", "电话存成了数字", "11 位整数", _KEPT),
        Defect("phone_spelling", "电话里有空格、横线、+86，或一格两个号码", "整理后是有效号码；两个号码取第一个", _FIXED, (rules.REPAIRED,)),
        Defect("phone_form", "电话少了一位、变成 1.99E+10、固定电话没有区号", "不是 11 位手机号，也不是带区号的固定电话", _NOT_COUNTED, (rules.BAD_PHONE,)),
        Defect("phone_none", "电话填“空号”“无”", "是这些字样", "按没有电话处理", (rules.NO_PHONE,)),
        Defect("archive_no_date", "档案编号 2026-10 被 Excel 变成了日期", "单元格是日期", _NOT_COUNTED, (rules.TURNED_INTO_DATE,)),
        Defect("archive_no", "两名学生的档案编号相同", "全校比对", "两处都不算，退回改正", (rules.DOUBLE_ARCHIVE_NO,)),
    ),
)  # fmt: skip

NAMES = Chapter(
    "姓名和名单",
    (
        Defect("name_blanks", "姓名中间有空格（半角、全角）或看不见的字符", "汉字姓名中有空白", _FIXED, (rules.REPAIRED,)),
        Defect("name_dots", "少数民族姓名的间隔号写法不一（• ‧ . ・）", "统一为 ·", _FIXED, (rules.REPAIRED,)),
        Defect("name_forms", "部首字、兼容字（⼉ 与 儿）", "按统一码规范整理", _FIXED, (rules.REPAIRED,)),
        Defect("name_rare", "扩展区的生僻字（𠮷、䶮）", "原样读取", _KEPT),
        Defect("name_number", "姓名前带着序号（8.萧紫、①萧紫）", "汉字姓名前的数字", _FIXED, (rules.REPAIRED,)),
        Defect("name_marks", "姓名里有数字或符号（王芳2、王芳*）", "汉字姓名里不是字的字符", "照常计入，请核对", (rules.MARKS_IN_NAME,)),
        Defect("name_lost", "姓名里有 ?、□", "打不出的字留下的记号", _NOT_COUNTED, (rules.UNREADABLE_NAME,)),
        Defect("two_children", "一格里有几名学生（王芳、李明等5人）", "有顿号、逗号或“等几人”", "一行只能一名学生，这一行不算", (rules.ONE_CHILD_A_ROW,)),
        Defect("namesakes", "班里有同名学生，记录里没有写学籍号", "名册里有两个这个姓名", "分不清是谁，这一行不算", (rules.NAMESAKES,)),
        Defect("unknown_child", "记录里的学生不在名册上", "名册里没有这个姓名，提示最像的一个", "这一行不算", (rules.UNKNOWN_CHILD,)),
        Defect("wrong_student_no", "记录里的学籍号不是这名学生的", "与名册比对", "这一行不算", (rules.WRONG_STUDENT_NO,)),
        Defect("list_unknown", "参加名单里有认不出的姓名", "名册里没有，或有重名", "其余学生照常计入", (rules.UNKNOWN_IN_LIST,)),
        Defect("list_marks", "名单用逗号、分号、换行隔开，或写“全班”", "拆成姓名", _FIXED, (rules.REPAIRED,)),
        Defect("not_staff", "谈心人、帮扶教师、责任教师不在教职工表里", "与学校月报比对，提示最像的一个", _NOT_COUNTED, (rules.NOT_STAFF,)),
        Defect("off_duty", "这位老师已不在岗", "教职工表里“在岗”为否", "照常计入，请核对", (rules.NOT_ON_DUTY,)),
        Defect("helps_himself", "学习帮手写成了学生本人", "帮扶人与学生同名", _NOT_COUNTED, (rules.HELPS_HIMSELF,)),
        Defect("child_twice", "同一名学生在一张表里有两行", "号码相同，或姓名和生日相同", "第二行不算", (rules.SECOND_ROW,)),
        Defect("two_classes", "同一名学生出现在两个班", "全校比对", "两处都标出；只按一个班计入一次", (rules.TWO_CLASSES,)),
        Defect("same_pairing", "同一个结对写了两行", "学生、类型、帮扶人、日期都相同", "只算一次", (rules.SAME_PAIRING,)),
        Defect("same_record", "谈心、联系有完全相同的两行", "各格都相同", "只算一次", (rules.SAME_RECORD,)),
    ),
)  # fmt: skip

DATES = Chapter(
    "日期",
    (
        Defect("date_text", "2026.10.8、2026年10月8日、20261008、全角数字", "年、月、日都写全了", _FIXED, (rules.REPAIRED,)),
        Defect("date_serial", "日期显示成 46303 这样的数", "落在最近十八年内的 Excel 日期序号", _FIXED, (rules.REPAIRED,)),
        Defect("date_no_year", "10月8日、本月里的 10.8（没有年份）", "取不晚于本月的最近一年", _FIXED, (rules.REPAIRED,)),
        Defect("date_ambiguous", "26.3.5、3/5/26，或不在本月的 3.5", "分不清年、月、日", _NOT_COUNTED, (rules.AMBIGUOUS_DATE,)),
        Defect("date_impossible", "2026-02-30、“上周三”", "不是日历上的一天", _NOT_COUNTED, (rules.NOT_A_DATE,)),
        Defect("date_future", "日期晚于本月最后一天", "与报送月份比较", _NOT_COUNTED, (rules.AFTER_MONTH_END,)),
        Defect("date_early", "日期早于 1990 年", "多半录错年份", _NOT_COUNTED, (rules.TOO_EARLY,)),
        Defect("date_before_term", "记录早于本学期", "与学期第一天比较", _NOT_COUNTED, (rules.BEFORE_TERM,)),
        Defect("date_late", "记录是本学期以前月份的（补报）", "早于本月第一天", "计入本学期，不计入本月", (rules.LATE_RECORD,)),
        Defect("date_order", "后面的日期早于前面的（结束早于结对等）", "两个日期比较", "后一个日期不算", (rules.DATE_ORDER,)),
        Defect("after_leaving", "学生离校以后还有记录", "与状态日期比较", "照常计入，请核对", (rules.AFTER_LEAVING,)),
        Defect("before_joining", "学生入班以前就有记录", "与入班日期比较", "照常计入，请核对", (rules.BEFORE_JOINING,)),
        Defect("birth_no_year", "出生日期只有月和日（5月3日）", "没有年份", "不猜年份，这一格不算", (rules.AMBIGUOUS_DATE,)),
        Defect("age", "年龄与年级差得太多", "差四岁以上", "照常计入，请核对", (rules.AGE_AND_GRADE,)),
        Defect("date_month", "父母外出日期只写到月（2025-02）", "没有日", "按当月第一天", (rules.REPAIRED,)),
        Defect("birth_missing", "没有填出生日期，但身份证号有效", "身份证号里有生日", "按身份证号填上", (rules.BIRTH_FROM_ID,)),
        Defect("sex_missing", "没有填性别，但身份证号有效", "身份证号里有性别", "按身份证号填上", (rules.SEX_FROM_ID,)),
    ),
)  # fmt: skip

CELLS = Chapter(
    "单元格",
    (
        Defect("empty", "必填的格子空着", "必填列为空", _NOT_COUNTED, (rules.MISSING,)),
        Defect("empty_conditional", "在这种情况下必填的格子空着", "由别的格子决定", _NOT_COUNTED, (rules.MISSING_CONDITIONAL,)),
        Defect("empty_archive", "档案、联系卡里的绿底格空着", "档案必备列为空", "照常计入，但档案不完整", (rules.TO_COMPLETE,)),
        Defect("empty_optional", "填“无”“/”“待补”“不详”“xxx”等没有实际内容的字样", "是这些字样，或只有符号", "按没有填处理", (rules.NOTHING_SAID,)),
        Defect("ditto_first", "第一行写“同上”", "上面没有内容", "按没有填处理", (rules.NOTHING_ABOVE,)),
        Defect("ditto_left", "写“同左”“同下”", "看不出指哪一格", _NOT_COUNTED, (rules.SAME_AS_BESIDE,)),
        Defect("struck", "内容划了删除线", "字体带删除线", "照常计入，请核对", (rules.STRUCK_OUT,)),
        Defect("unsure", "别的程序写出的文件，一格有两种读法", "两种读法不一致", _NOT_COUNTED, (rules.UNSURE,)),
        Defect("synonyms", "汉→汉族、M→男、爷爷→祖父、打工→外出务工等", "同义词表", _FIXED, (rules.REPAIRED,)),
        Defect("ticks", "√、✓、有、Y、1、对 代替“是”", "同义词表", _FIXED, (rules.REPAIRED,)),
        Defect("not_listed", "填了下拉列表以外的内容（粘贴冲掉了下拉）", "不在可选项里", _NOT_COUNTED, (rules.NOT_LISTED,)),
        Defect("number_unit", "数字带单位（2次）或千分号", "去掉单位是数字", _FIXED, (rules.REPAIRED,)),
        Defect("number_vague", "约3次、每周", "不是确定的数", _NOT_COUNTED, (rules.NOT_A_NUMBER,)),
        Defect("number_range", "数太大、太小，或该是整数的有小数", "超出这一列的范围", _NOT_COUNTED, (rules.OUT_OF_RANGE,)),
        Defect("cell_error", "#REF!、#N/A 等错误值", "单元格是错误值", _NOT_COUNTED, (rules.CELL_ERROR,)),
        Defect("formula_empty", "公式没有保存结果", "有公式而没有值", _NOT_COUNTED, (rules.CELL_ERROR,)),
        Defect("formula_text", "内容以 =、+、@ 开头，像公式或链接", "是文本", "原样当作文字，绝不变成公式"),
        Defect("ditto", "同上、〃", "是这些字样", "按上一行填上", (rules.FILLED_DOWN,)),
        Defect("merged_down", "几行合并成一格", "纵向合并", "每一行都按第一格填上", (rules.MERGED_DOWN,)),
        Defect("merged_across", "几列合并成一格", "横向合并", "分不清是哪一列的，都不算", (rules.MERGED_ACROSS,)),
        Defect("class_alias", "三(2)班、三年级二班、302班、3年级2班、初一3班", "各种写法统一", _FIXED, (rules.REPAIRED,)),
        Defect("class_cohort", "2021级2班", "按入学年份算出年级；可能是小学也可能是初中的不猜", _FIXED, (rules.REPAIRED,)),
        Defect("class_unknown", "3.2、“我们班”", "认不出是哪个班", _NOT_COUNTED, (rules.BAD_CLASS,)),
    ),
)  # fmt: skip

SHEETS = Chapter(
    "工作表",
    (
        Defect("header_two_rows", "标题占两行（父亲｜姓名）", "上下两行合起来是列名", "合在一起读取", (rules.TWO_ROW_HEADER,)),
        Defect("header_moved", "标题上面插了行，列的次序变了，中间插了空列", "按列名找，不按位置", _KEPT),
        Defect("header_renamed", "列名换了说法（联系电话→电话）", "同义列名表", "照常读取", (rules.COLUMN_ALIAS,)),
        Defect("header_added", "多出来的列", "不是模板的列名，提示最像的一个", "不读取，其余照常", (rules.COLUMN_IGNORED,)),
        Defect("header_two", "两列都像同一列", "列名或同义列名重复", "不猜，两列都不采用", (rules.TWO_COLUMNS, rules.COLUMN_MISSING)),
        Defect("header_missing", "缺少必填列", "找不到列名", "这张表各行都不算；学生档案缺列则整份退回", (rules.COLUMN_MISSING,)),
        Defect("header_missing_file", "学生档案缺少必填列", "找不到列名", "整份退回", (rules.COLUMN_MISSING_FILE,)),
        Defect("header_lacking", "缺少不是每行都要填的列", "找不到列名，而有的行要填它", "按空着处理：必须填的算错误，待补的算档案不完整", (rules.COLUMN_LACKING, rules.COLUMN_TO_COMPLETE)),
        Defect("header_none", "标题行被删掉", "前 30 行里没有像标题的行", "这张表不能读取", (rules.NO_HEADER,)),
        Defect("header_again", "每页都重复一次标题", "整行是列名", "跳过", (rules.HEADER_AGAIN,)),
        Defect("rows_blank", "空行，或只有格式没有内容的行（直到第 1048576 行）", "没有内容", _KEPT),
        Defect("rows_hidden", "有隐藏行，或开着筛选", "隐藏的行", "照常计入", (rules.HIDDEN_ROWS,)),
        Defect("rows_total", "合计、小计行", "行首或姓名格是“合计”等字样", "跳过", (rules.TOTAL_ROW,)),
        Defect("rows_total_wrong", "合计与上面各行对不上", "人数或数字列重新相加", "合计不参与统计，请核对", (rules.TOTAL_ROW, rules.WRONG_TOTAL)),
        Defect("rows_foot", "表下的“注：”“填表人：”“审核：”", "只有这样的字样", "跳过", (rules.FOOTNOTE,)),
        Defect("rows_example", "模板里的示例行没有删", "姓名以“示例”开头", "跳过", (rules.EXAMPLE_ROW,)),
        Defect("rows_not_begun", "模板备好名字的行没有填", "除备好的几格外都空着", "跳过", (rules.NOT_BEGUN,)),
        Defect("sheet_renamed", "工作表改了名", "按列名认出，且只有一张像", "照常读取", (rules.SHEET_ALIAS,)),
        Defect("sheet_two", "两张改了名的表都像同一张", "按列名都像", "不猜，都不采用", (rules.TWO_SHEETS,)),
        Defect("sheet_copy", "工作表的副本（谈心记录(2)）", "另有一张表名正确", "读表名正确的一张", (rules.SHEET_COPY,)),
        Defect("sheet_extra", "多出来的工作表", "不像模板的任何一张", "不读取", (rules.SHEET_IGNORED,)),
        Defect("sheet_missing", "缺少工作表", "表名和列名都找不到", "按没有记录处理", (rules.SHEET_MISSING,)),
    ),
)  # fmt: skip

FILES = Chapter(
    "文件",
    (
        Defect("file_formats", ".xls、.ods、.xlsb 或改错了扩展名", "看内容，不看扩展名", _KEPT),
        Defect("file_macros", "带宏的工作簿（.xlsm）", "里面有宏", "照常读取，宏不运行", (rules.HAS_MACROS,)),
        Defect("file_archive", "把各班表格打成一个压缩包", "压缩包，里面可再套一层；文件名可以是 GBK", "解开后照常读取"),
        Defect("file_lock", "~$ 开头的临时文件、隐藏文件", "文件名", "跳过，只记个数"),
        Defect("file_password", "有打开密码", "内容加密", "不能读取", (rules.PASSWORD,)),
        Defect("file_other", "放进了图片、Word 文档、.rar 压缩包", "内容和文件名都不是表格", "不读取，不影响统计", (rules.NO_WORKBOOK,)),
        Defect("file_damaged", "没有传完整、内容损坏、其实是网页或图片", "看内容", "不能读取", (rules.DAMAGED,)),
        Defect("file_hostile", "压缩炸弹、实体定义、极大的表、上万种样式", "打开之前先检查；读取程序另有时间和内存上限", "不能读取，别的文件不受影响", (rules.TOO_LARGE,)),
        Defect("file_csv", "CSV 文本表格", "UTF-8 或 GB18030 的文本，用逗号或制表符隔开", "看不出是哪个班、哪个月的，不能读取；告诉像哪张表", (rules.NOT_OURS,)),
        Defect("file_not_ours", "不是模板的表格", "没有一张模板的工作表", "不能读取", (rules.NOT_OURS,)),
        Defect("file_twice", "同一份文件交了两次", "内容完全相同", "只用一份", (rules.SAME_FILE_TWICE,)),
        Defect("file_later", "一个班交了两份不同的文件", "文件自己记的保存时间有先后", "用后保存的一份", (rules.TWO_FILES_LATER,)),
        Defect("file_tied", "一个班交了两份不同的文件，分不出先后", "保存时间相同或没有", "都不采用", (rules.TWO_FILES_UNDECIDED,)),
        Defect("file_two_classes", "两个班的表写成了同一个班", "同一个班的两份文件，名单相同的不到一半", "都不采用；按班主任、上次的名单说明各像哪个班", (rules.ONE_CLASS_TWICE,)),
        Defect("file_month", "报送月份不是本月", "填表说明", "整份退回", (rules.WRONG_MONTH,)),
        Defect("file_school", "别的学校的文件", "学校标识码与学校月报不同；没有学校月报时，与半数以上的班不同", "整份退回", (rules.OTHER_SCHOOL,)),
        Defect("file_no_code", "没有填学校标识码", "填表说明", "照常计入，请补填", (rules.NO_SCHOOL_CODE,)),
        Defect("file_cover", "填表说明里的年级、班级等填错", "认不出", "年级、班级、月份认不出的不能计入", (rules.COVER_VALUE,)),
        Defect("file_meta", "用发给别班、别月的模板改填", "模板里隐藏的记号与填表说明不同", "按填表说明计入", (rules.META_DIFFERS,)),
        Defect("file_old", "旧版模板", "模板里隐藏的版本号较小", "按从前的列名对应读取", (rules.OLDER_TEMPLATE,)),
        Defect("file_roster", "学生档案里贴了几千行", "超过 2000 行", "整份退回", (rules.TOO_MANY_PUPILS,)),
        Defect("file_new", "比程序还新的模板", "模板里隐藏的版本号较大", "整份退回，请更新程序", (rules.NEWER_TEMPLATE,)),
        Defect("file_other_head", "封面上的班主任与班级一览不同", "与学校月报比对", LOOK, (rules.OTHER_HEAD,)),
        Defect("file_not_listed", "班级一览里没有这个班", "与学校月报比对", "照常计入，请核对", (rules.CLASS_NOT_LISTED,)),
        Defect("file_no_school", "没有学校月报", "没有收到", "其余照常统计", (rules.NO_SCHOOL_WORKBOOK,)),
    ),
)  # fmt: skip

REGISTERS = Chapter(
    "学校月报和考核方案",
    (
        Defect("scope_unknown", "学校活动的参加对象认不出", "不是年级、班级，也不是学生", "认得出的照常计入", (rules.UNKNOWN_SCOPE,)),
        Defect("scope_alias", "参加对象写成 3年级、三(2)班", "各种写法统一", _FIXED, (rules.REPAIRED,)),
        Defect("target_unknown", "考核登记、预警确认的对象不是本校的班或老师", "与班级一览、教职工比对", _NOT_COUNTED, (rules.UNKNOWN_TARGET,)),
        Defect("item_unknown", "考核登记的项目不在方案里", "与考核方案比对", _NOT_COUNTED, (rules.UNKNOWN_ITEM,)),
        Defect("preset_differs", "频次要求与所选预设不同", "逐行比较", "按表中启用的各行执行", (rules.PRESET_DIFFERS,)),
    ),
)  # fmt: skip

CROSS = Chapter(
    "几张表对不上",
    tuple(
        Defect(rule.slip.key, rule.slip.problem, rule.slip.sign, rule.slip.treatment, (rule,))
        for rule in rules.ACROSS
        if rule.slip
    ),
)  # fmt: skip

OVER_MONTHS = Chapter(
    "与以前各月对不上",
    (
        Defect("vanished", "上月名册里的学生这个月不见了，学籍异动没有登记", "与本班最近一个月的名册比对", "按“转出未落实”留在统计里，直到查清", (rules.VANISHED,)),
        Defect("vanished_doubtful", "不见了的学生，学籍异动里登记他的那一行有错", "姓名、班级对得上，别的格子有错", "留在各项应计数里，不算完成", (rules.VANISHED_DOUBTFUL,)),
        Defect("settled", "学籍异动登记了转出、接收校已确认，学生档案还是“在读”或“转出未落实”", "按身份证号，或班里不重名的姓名", "按“转出已确认”统计，状态和日期从学籍异动来", (rules.SETTLED_BY_MOVEMENT,)),
        Defect("still_in_error", "填了“本月名册无变化”，上月名册里却有没改的错误", "看最近一个月的名册", "改正前不计入达成", (rules.STILL_IN_ERROR,)),
        Defect("class_vanished", "上月的班，这个月班级一览里没有，也没有交表", "与以前各月的班级比对；学生都在别的班里就不问", "按未交的班处理", (rules.CLASS_VANISHED,)),
        Defect("identity_changed", "姓名、出生日期或性别与上月不同", "按身份证号、学籍号找到上月的同一个人", LOOK, (rules.IDENTITY_CHANGED,)),
        Defect("number_corrected", "证件号改了，又没有登记“信息更正”", "同名、同一天出生，一个不见了，一个新来", "按两个人统计，直到登记", (rules.NUMBER_CORRECTED,)),
        Defect("foreign_number", "信息更正的原证件号是别的学生的", "这个号码在哪个月是别的名字", "这一行不采用，谁也不合并", (rules.FOREIGN_NUMBER,)),
        Defect("others_number", "学籍异动的姓名是一名学生，身份证号是另一名的", "这个号码在哪个月都不是这个名字", "这一行不采用，谁也不改", (rules.OTHERS_NUMBER,)),
        Defect("stands_again", "按转出已确认、死亡、毕业统计过的学生，又在名册里", "学籍异动没有登记回来，入班方式也不是转入、复学", "照名册统计", (rules.STANDS_AGAIN,)),
        Defect("not_promoted", "新学年的名册，年级还是上学年的", "多半学生上学年就在同一个班", "照填写的年级统计", (rules.NOT_PROMOTED,)),
        Defect("stale_card", "父母状况或监护类型变了，联系卡没有更新", "与最近一个月比较，看联系卡的更新日期", LOOK, (rules.STALE_CARD,)),
        Defect("class_shrank", "一个班一下子少了五分之一以上的学生", "与最近一个月比较，至少两名", LOOK, (rules.CLASS_SHRANK,)),
        Defect("class_grew", "一个班一下子多了五分之一以上的学生", "与最近一个月比较，至少两名", LOOK, (rules.CLASS_GREW,)),
        Defect("not_unchanged", "填了“本月名册无变化”，名册却有变化", "与最近一个月逐格比较", "按填写的名册统计", (rules.UNCHANGED_DIFFERS,)),
    ),
)  # fmt: skip

COUNTY = Chapter(
    "与同县各校对不上",
    (
        Defect("elsewhere", "登记了转出、没有接收校确认，同县另一所学校的名册里已经有他", "全县一次做（batch）时，按身份证号、学籍号与各校名册比对", "按“转出已确认”统计，并写明在哪所学校", (rules.FOUND_ELSEWHERE,)),
        Defect("two_schools", "两所学校的名册里都有同一个号码的学生", "全县一次做（batch）时比对各校名册", LOOK, (rules.AT_TWO_SCHOOLS,)),
    ),
)  # fmt: skip

CHAPTERS = (NUMBERS, NAMES, DATES, CELLS, SHEETS, FILES, REGISTERS, CROSS, OVER_MONTHS, COUNTY)
DEFECTS = {defect.key: defect for chapter in CHAPTERS for defect in chapter.defects}
if len(DEFECTS) != sum(len(chapter.defects) for chapter in CHAPTERS):
    raise ValueError("a defect stands twice")
