"""A wrong and a right example of every rule, for docs/校验规则.md. All people and numbers are invented.

Where the place is a cell (工作表·列名), the tests plant the wrong value there and find this rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas import rules
from schemas.rules import Rule

EMPTY = "（空）"


@dataclass(frozen=True)
class Example:
    """Where it stands, what is wrong there, what is right."""

    place: str
    wrong: str
    right: str


_FILE, _COVER = "整份文件", "填表说明"
EXAMPLES: dict[Rule, Example] = {
    rules.MISSING: Example("谈心记录·方式", EMPTY, "面谈"),
    rules.DIGITS_LOST: Example("学生档案·身份证号", "529900201603010000", "529900201603010014"),
    rules.NOT_LISTED: Example("谈心记录·主题", "天气", "学习"),
    rules.NOT_A_DATE: Example("谈心记录·日期", "2026-09-31", "2026-10-12"),
    rules.AMBIGUOUS_DATE: Example("谈心记录·日期", "26.10.5", "2026-10-12"),
    rules.AFTER_MONTH_END: Example("谈心记录·日期", "2026-11-01", "2026-10-12"),
    rules.NOT_A_NUMBER: Example("成长记录·缺勤天数", "约3天", "0"),
    rules.OUT_OF_RANGE: Example("成长记录·缺勤天数", "40", "0"),
    rules.BAD_ID: Example("学生档案·身份证号", "52990020160301001", "529900201603010014"),
    rules.BAD_CHECK_DIGIT: Example("学生档案·身份证号", "529900201603010015", "529900201603010014"),
    rules.BAD_STUDENT_NO: Example("学生档案·学籍号", "LG529900201603010014", "G529900201603010014"),
    rules.BAD_PHONE: Example("联系卡·监护人电话", "1990000000", "19900000003"),
    rules.CELL_ERROR: Example("成长记录·语文", "#REF!", "86"),
    rules.UNREADABLE_NAME: Example("联系卡·父亲姓名", "李?田", "李大田"),
    rules.ONE_CHILD_A_ROW: Example("谈心记录·学生姓名", "李小禾、钱小河", "李小禾"),
    rules.MERGED_ACROSS: Example("谈心记录", "“方式”和“主题”两格合并，写“面谈学习”", "两格分开：面谈｜学习"),
    rules.TOO_EARLY: Example("学生档案·父亲外出日期", "1985-01-01", "2025-02-20"),
    rules.MISSING_CONDITIONAL: Example("学生档案·父亲外出日期", EMPTY, "2025-02-20"),
    rules.BAD_CLASS: Example("学籍异动·班级", "3.2", "三年级(2)班"),
    rules.ID_BIRTH: Example("学生档案", "出生日期 2016-03-02，身份证号 529900201603010014", "出生日期 2016-03-01，身份证号 529900201603010014"),
    rules.ID_SEX: Example("学生档案", "性别 女，身份证号 529900201603010014", "性别 男，身份证号 529900201603010014"),
    rules.G_NUMBER: Example("学生档案·学籍号", "G52990020160301009X", "G529900201603010014"),
    rules.NO_IDENTITY: Example("学生档案·学籍号", EMPTY, "G529900201603010014"),
    rules.DATE_ORDER: Example("结对帮扶·结束日期", "2026-09-01", "不早于结对日期 2026-09-05，或空着"),
    rules.SECOND_ROW: Example("成长记录", "李小禾有两行", "一名学生一行"),
    rules.TWO_CLASSES: Example("学生档案", "三年级(1)班和三年级(2)班都有李小禾", "只在现在的班"),
    rules.DOUBLE_ARCHIVE_NO: Example("学生档案·档案编号", "2026-0002", "2026-0001"),
    rules.NAMESAKES: Example("谈心记录·学籍号", EMPTY, "G529900201603020028"),
    rules.UNKNOWN_CHILD: Example("谈心记录·学生姓名", "李小和", "李小禾"),
    rules.WRONG_STUDENT_NO: Example("谈心记录·学籍号", "G529900201603020028", "G529900201603010014，或空着"),
    rules.NOT_STAFF: Example("结对帮扶·帮扶人", "陈老实", "陈老师"),
    rules.HELPS_HIMSELF: Example("结对帮扶·帮扶人", "李小禾", "周小山"),
    rules.UNKNOWN_IN_LIST: Example("活动记录·参加学生", "李小禾、钱小何、孙小树", "全体"),
    rules.BEFORE_TERM: Example("谈心记录·日期", "2026-08-20", "2026-10-12"),
    rules.CLASS_NOT_LISTED: Example(_COVER, "班级一览里没有三年级(2)班", "班级一览里有三年级(2)班"),
    rules.UNKNOWN_SCOPE: Example("学校活动·参加对象", "高年级", "五年级、六年级"),
    rules.UNKNOWN_TARGET: Example("预警确认·对象", "九年级(9)班", "三年级(2)班"),
    rules.UNKNOWN_ITEM: Example("考核登记·考核项目", "跳高", "考核方案里计分方式为“登记”的项目"),
    rules.DAMAGED: Example(_FILE, "没有传完整的 三年级2班.xlsx", "用 Excel 或 WPS 另存的 三年级2班.xlsx"),
    rules.PASSWORD: Example(_FILE, "设了打开密码", "没有打开密码"),
    rules.NOT_OURS: Example(_FILE, "自己做的表", "从 班级月报.xlsx 填起的表"),
    rules.WRONG_MONTH: Example(_COVER, "报送月份 2026-09", "报送月份 2026-10"),
    rules.COLUMN_MISSING_FILE: Example("学生档案", "删掉了“性别”一列", "保留模板的各列"),
    rules.COLUMN_MISSING: Example("谈心记录", "删掉了“方式”一列", "保留模板的各列"),
    rules.TWO_FILES_UNDECIDED: Example(_FILE, "两份不同的三年级2班，保存时间相同", "只交一份"),
    rules.COVER_VALUE: Example(_COVER, "年级 十年级", "年级 三年级"),
    rules.OTHER_SCHOOL: Example(_COVER, "学校标识码 5299009999", "学校标识码 5299001234"),
    rules.NO_HEADER: Example("谈心记录", "标题行被删掉", "保留模板的标题行"),
    rules.TOO_LARGE: Example(_FILE, "两万行以外还有内容", "只有要填的内容"),
    rules.TWO_COLUMNS: Example("谈心记录", "两列都叫“日期”", "只有一列“日期”"),
    rules.TWO_SHEETS: Example("谈心记录", "“谈心一”“谈心二”两张表", "一张表，表名“谈心记录”"),
    rules.NEWER_TEMPLATE: Example(_FILE, "明年的模板", "现在的模板"),
    rules.ID_ENDS_000: Example("学生档案·身份证号", "529907201603010000", "529900201603010014"),
    rules.NO_REAL_ID: Example("学生档案·身份证号", "529900160301001", "529900201603010014"),
    rules.NO_PHONE: Example("联系卡·监护人电话", "空号", "19900000003"),
    rules.WRONG_TOTAL: Example("成长记录", "合计 4 人，上面只有 3 行", "合计 3 人"),
    rules.LATE_RECORD: Example("谈心记录·日期", "2026-09-20", "2026-10-12"),
    rules.AFTER_LEAVING: Example("谈心记录", "10 月 10 日转出，10 月 12 日谈心", "10 月 10 日以前谈心"),
    rules.NOT_ON_DUTY: Example("谈心记录", "谈心人王老师，教职工表里在岗为“否”", "在岗为“是”"),
    rules.BEFORE_JOINING: Example("谈心记录", "10 月 20 日转入，10 月 12 日谈心", "10 月 20 日以后谈心"),
    rules.SIBLINGS_DIFFER: Example("联系卡·监护人年龄", "70", "66"),
    rules.SHARED_PHONE: Example("联系卡", "四名学生的监护人电话都是 19900000003", "各填自己监护人的电话"),
    rules.COPIED_TEXT: Example("谈心记录·主要内容", "聊了最近的作业情况", "和李小禾聊了最近的作业"),
    rules.BEFORE_BIRTH: Example("关爱服务·日期", "2015-05-01", "2026-10-12"),
    rules.DECLARED_COUNT: Example("班级一览·留守儿童数", "5", "3"),
    rules.NOT_ON_ROSTERS: Example("应入学名册·姓名", "周大海", "李小禾"),
    rules.STATUS_DIFFERS: Example("学生档案", "学籍异动登记 10 月 8 日休学，学籍状态还是“在读”", "学籍状态“休学”，状态日期 2026-10-08"),
    rules.DESTINATION_DIFFERS: Example("应入学名册", "学生档案里是“辍学”，就学去向还是“本校”", "就学去向“辍学”"),
    rules.HELPER_LEFT_BEHIND: Example("结对帮扶·帮扶人", "钱小河", "周小山"),
    rules.HELPER_BUSY: Example("结对帮扶", "周小山帮四名同学", "一人帮一人，最多三人"),
    rules.POLICIES: Example("捐助登记·数量", "3", "与受益人数相同：2"),
    rules.BENEFICIARIES: Example("捐助登记·受益人数", "50", "不多于全校学生 40 人"),
    rules.NAMES_AND_COUNT: Example("捐助登记·受益名单", "李小禾、钱小河、孙小树", "与受益人数 2 相同：李小禾、钱小河"),
    rules.NEARLY_STAFF: Example("活动记录·组织人", "王老帅", "王老师"),
    rules.SHEET_MISSING: Example("谈心记录", "删掉了这张表", "保留空表"),
    rules.META_DIFFERS: Example(_COVER, "发给三年级(1)班的模板，填成三年级(2)班", "用发给本班的模板"),
    rules.TWO_FILES_LATER: Example(_FILE, "两份不同的三年级2班，先后保存", "只交后一份"),
    rules.SHEET_COPY: Example("谈心记录", "另有一张“谈心记录(2)”", "并到一张表里"),
    rules.NO_SCHOOL_CODE: Example(_COVER, "学校标识码空着", "学校标识码 5299001234"),
    rules.REPAIRED: Example("学生档案·身份证号", "52990020160301105x", "529900201603010014"),
    rules.FILLED_DOWN: Example("谈心记录·方式", "同上", "面谈"),
    rules.MERGED_DOWN: Example("谈心记录", "三行的“方式”合并成一格", "每行各填"),
    rules.HIDDEN_ROWS: Example("谈心记录", "第 5 行隐藏着", "没有隐藏行"),
    rules.TO_COMPLETE: Example("联系卡·监护人电话", "空号", "19900000003"),
    rules.EXAMPLE_ROW: Example("学生档案", "姓名“示例·李小禾”的一行", "只有本班学生"),
    rules.TOTAL_ROW: Example("成长记录", "最后一行“合计”", "只有学生"),
    rules.BIRTH_FROM_ID: Example("学生档案·出生日期", EMPTY, "2016-03-01"),
    rules.HEADER_AGAIN: Example("谈心记录", "第 30 行又是一行标题", "只有最上面一行标题"),
    rules.FOOTNOTE: Example("谈心记录", "表下“填表人：王老师”", "表下没有别的字"),
    rules.SAME_PAIRING: Example("结对帮扶", "李小禾与陈老师的同一个结对写了两行", "一个结对一行"),
    rules.SAME_RECORD: Example("谈心记录", "各格都相同的两行", "一次谈心一行"),
    rules.NO_SCHOOL_WORKBOOK: Example(_FILE, "只有班级月报", "放入 学校月报.xlsx"),
    rules.SAME_FILE_TWICE: Example(_FILE, "同一份文件交了两次", "只交一份"),
    rules.SHEET_IGNORED: Example(_FILE, "多了一张“座位表”", "只有模板的表"),
    rules.COLUMN_ALIAS: Example("联系卡", "列名“监护人手机”", "列名“监护人电话”"),
    rules.COLUMN_IGNORED: Example("谈心记录", "多了一列“天气”", "只有模板的列"),
    rules.SHEET_ALIAS: Example("谈心记录", "表名“10月谈心”", "表名“谈心记录”"),
    rules.TWO_ROW_HEADER: Example("联系卡", "“父亲”在上，“姓名｜电话”在下", "父亲姓名｜父亲电话"),
    rules.HAS_MACROS: Example(_FILE, "三年级2班.xlsm", "三年级2班.xlsx"),
    rules.OLDER_TEMPLATE: Example(_FILE, "去年的模板", "现在的模板"),
    rules.VANISHED: Example("学生档案", "上月有的一名学生，这个月没有他的一行", "补回这一行，或在学籍异动登记去向"),
    rules.VANISHED_DOUBTFUL: Example("学籍异动", "离校学生那一行的异动类型写成“走了”", "转出"),
    rules.STILL_IN_ERROR: Example("学生档案", "上月“父亲状况”填错没改，本月只填了“名册无变化”", "把这名学生整行填进来，改正"),
    rules.CLASS_VANISHED: Example("班级一览", "上月的三年级(2)班不见了", "补登三年级(2)班"),
    rules.IDENTITY_CHANGED: Example("学生档案", "上月性别“男”，这个月“女”", "与户口簿一致"),
    rules.CLASS_SHRANK: Example("学生档案", "上月 20 名，这个月只有 14 名", "20 名"),
    rules.CLASS_GREW: Example("学生档案", "上月 20 名，这个月有 26 名", "20 名"),
    rules.UNCHANGED_DIFFERS: Example(_COVER, "填了“名册无变化”，学生档案里改了监护类型", "“本月名册无变化”填“否”或空着"),
    rules.PRESET_DIFFERS: Example("频次要求", "篇四，但关掉了每月谈心", "与篇四相同，或清空整张表"),
}  # fmt: skip
