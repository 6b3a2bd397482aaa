"""The workbooks that we publish: names of sheets, headings, columns, notes (contract §6, §7)."""

from __future__ import annotations

from schemas.rules import ERROR, NOTE, WARNING
from schemas.verdicts import State

TITLE = "农村留守儿童关爱保护工作月报"
EXAMPLE_STAMP = "示例"
PAGE_STAMP = "【{stamp}数据，请勿上报】"


class Sheet:
    COVER = "封面"
    TARGETS = "目标达成"
    GRADES = "年级统计"
    CLASSES = "班级统计"
    CARE = "关爱落实"
    ONES = "十个一"
    SCORES = "班级考核"
    LACKING = "未达标清单"
    MOVEMENTS = "学籍异动"
    ACTIVITIES = "活动与资助"
    QUALITY = "数据质量"
    NOTES = "填报说明"
    PROBLEMS = "问题清单"
    TURNOUT = "交表情况"
    PROBLEM_COUNTS = "问题统计"
    NOTICE = "群通知"
    RECEIPTS = "回执"
    FIGURES = "指标一览"
    DETAIL = "考核明细"
    TEACHERS = "教师考核"
    TEACHER_DETAIL = "教师明细"
    YEAR = "学年综合"
    CHAPTERS = "七篇对照"
    NAMES = "未达标名单"
    APART = "单独列示"
    TREND = "学年走势"
    MOVES = "在册变动"
    AGAIN = "与上次运行相比"
    CROSSFOOT = "勾稽关系"
    PICTURES = "图表"


ORDER = (
    Sheet.COVER, Sheet.TARGETS, Sheet.GRADES, Sheet.CLASSES, Sheet.CARE, Sheet.ONES, Sheet.SCORES, Sheet.LACKING,
    Sheet.MOVEMENTS, Sheet.ACTIVITIES, Sheet.QUALITY, Sheet.NOTES,
)  # fmt: skip
VALIDATION_BOOK, SCORES_BOOK = "校验报告", "考核与未达标"
TOTAL = "合计"
LINE = "{school}（{code}）    {month}    统计时点：{day}    口径：{basis}"
COVERAGE = "应交 {due} 个班，已交 {done} 个班；以下数据按已交的班计算。{missing}"
NOT_IN = "尚未计入：{names}。因此各项目标都不能判为达标。"
UNREAD_FILES = "另有 {count} 份文件没有读出来，见校内的校验报告。"
LISTED_APART = "登记为留守儿童但不符合本口径的有 {count} 人，单独列示，不计入在册留守。"
THREE_BASES = "同一时点三种口径：学籍口径 {enrolment} 人（双亲 {double} 人、单亲 {single} 人），国家口径 {national} 人，方案口径 {plan} 人。"
COUNT_COLUMNS = {
    "in_l": "在册留守",
    "is_double": "双亲留守",
    "is_single": "单亲留守",
    "is_national": "国家口径",
    "is_planned": "方案口径",
    "is_male": "男",
    "is_female": "女",
    "is_boarder": "住校",
    "is_day_pupil": "走读",
}
CLASS_FIGURES = ("archived", "kept", "teacher_paired", "talked", "visited")
CARE_FIGURES = (
    "classmate_paired", "mother_paired", "focus_paired", "study_plan", "pairing_checked", "called", "guardian_met",
    "took_part", "birthday", "growth", "case_planned", "card_updated",
)  # fmt: skip
GRADE, CLASS, HEAD_TEACHER, TURNOUT = "年级", "班级", "班主任", "交表"
FIGURE, DUE, DONE, RATE, TARGET, IS_MET, LAST_MONTH, CHANGE = (
    "指标", "应计数", "达成数", "完成率", "目标", "是否达标", "上月", "变化",
)  # fmt: skip
FULL = "100%"
PROBLEM_COLUMNS = ("文件", "工作表", "单元格", "列名", "级别", "规则", "现值", "问题", "怎么改", "状态", "说明")
SETTLED, ISSUE_STATES = "已说明", {ERROR: "待改", WARNING: "待核对", NOTE: "已处理"}
TURNOUT_COLUMNS = ("年级", "班级", "班主任", "文件", "状态", "行数", "错误数", "警告数", "已说明数")
RECEIPT_COLUMNS = ("文件", "工作表", "行数", "文件保存时间", "SHA-256")
BY_CLASS_HEADING, BY_RULE_HEADING, UNCHECKED_HEADING = "按班级", "按规则", "没能检查的规则"
BY_CLASS_COLUMNS = ("年级", "班级", "状态（点开）", "最多的问题", "文件", "错误", "待核对", "提示")
BY_RULE_COLUMNS = ("规则", "级别", "条数", "问题", "涉及")
UNCHECKED_COLUMNS = ("规则", "级别", "条数", "检查什么", "为什么没能检查")
MOST_OFTEN, IN_FILES = "{what}（{count} 处）", "{count} 份文件"
CHECKED = "共 {count} 条规则，检查了 {checked} 条，{unchecked} 条没能检查（见表末）。"
NOTICE_HEADING, NOTICE_HINT = "可以直接复制到班主任群（不含学生姓名）", "选中下面各行，复制，粘贴。"
NOTICE_OPENING = "各位班主任：{school} {month} 关爱月报应交 {due} 个班，已收 {done} 个班。"
NOTICE_STATES = {
    State.MISSING: "【未交 {count} 个班】{names}。请尽快交来。",
    State.EMPTY: "【空表 {count} 个班】{names}。表里没有学生；确实没有留守儿童的，请告诉管理员在班级一览填 0。",
    State.SENT_BACK: "【整份退回 {count} 个班】{names}。请打开“退回”文件夹里自己班的表，照第一页说明改好再交。",
    State.TIED: "【重复 {count} 个班】{names}。交了两份不同的表，请只留正确的一份。",
}
NOTICE_ERRORS = "【有错误，请改 {count} 个班】{names}。红色格子改好前不计入统计；请在退回的表里直接改，改好交回原表。"
NOTICE_WARNINGS = "【请核对 {count} 个班】{names}。黄色格子请看一看：该改的改，属实的在“退回说明”的“说明”一列写一句。"
NOTICE_CLEAN = "【没有问题，已收下 {count} 个班】{names}。辛苦了！"
NOTICE_CLOSING = "改好后交回同一份表即可，不用另填。谢谢大家。"
COUNTED = "{class_name} {count} 处"
SIGNATURES = ("填报单位（盖章）：", "填报人：", "负责人：", "填报日期：")
SCHOOL_LABEL, CODE_LABEL, MONTH_LABEL, DAY_LABEL, BASIS_LABEL = "学校名称：", "学校标识码：", "报送月份：", "统计时点：", "统计口径："
MEANING, MEANING_TEXT = "怎么算", "{n} ÷ {N}"
CARE_BY_CLASS = "各班落实情况（达成数/应计数）"
CARE_OF_POTENTIAL = "潜能生落实情况（全校合计，只列总数）"
POTENTIAL_NOTE = "潜能生包括“潜能生”和“留守兼潜能”中在读的学生；不公布任何个人。"
NUMBER, ITEM, EVIDENCE = "序号", "内容", "统计依据"
TEN_HEADING, FIVE_HEADING = "“十个一”进展", "“五个一”进展"
FIVE_EVIDENCE = "本学期参加过这一类活动的儿童"
ONES_NOTE = "统计期：{start} 至 {end}。除“学校”项外，应计数为在读的留守儿童。"
RANK, SUM, VERDICT = "名次", "总分", "评价"
SCORE_NOTE = "满分：{full}。各列为折算前得分；没有应计对象的项目（—）不计，总分按其余项目折算为 100 分，保留两位小数，四舍五入。"
VERDICT_NOTE = "同分同名次。先进：不低于 {top:g} 分且无预警；低于 {low:g} 分为不合格；有确认的预警为不得参评；没有在读留守儿童的班不参评。"
PUPIL, LACK = "学生", "缺什么"
LACKING_NOTE = "姓名只留姓氏；完整名单在校内的“考核与未达标”。“全体”指全班共同的事项。"
MOVED_IN_NOTE = "“本月登记”按学校月报“学籍异动”中本月的各行统计。"
BALANCE_HEADING, REGISTERED_HEADING = "在册留守：上月在册 + 增加 − 减少 = 本月在册（按人核对）", "本月登记的学籍异动（人次）"
BALANCE_NOTE = "按人核对：把本班最近一个月的在册留守与本月逐人比较。“新认定”含重新符合口径的，“不再符合”指类别、口径变化，“补录”指期初在籍而上月漏登的，“首次建账”指本班没有以前的数据。"
MORE, LESS, IN_BALANCE, BALANCED, UNBALANCED = "增·{kind}", "减·{kind}", "核对", "平", "不平"
LAST_IS = "“上月”一列用的是 {month} 的数据（本学年最近的一个月）。"
MONTHS_MISSING = "没有 {months} 的数据：学期、学年累计的指标没有算这几个月。"
MONTHS_DAMAGED = "{months} 的数据损坏，没有采用：学期、学年累计的指标和上月对比没有算这几个月。"
MONTHS_OUTDATED = "{months} 的报告后来没有随更早的月份重新运行，与之相比的数字可能不准。"
MOVES_COLUMNS = ("年级", "班级", "学生", "增减", "情况", "学籍异动登记")
CAME, WENT, REGISTERED, NOT_REGISTERED, NOT_ON_ROLL, FIRST_TIME = "增", "减", "已登记", "没有登记，请补", "登记了，名册里没有", "首次建账"
TO_BE_REGISTERED = ("转入", "复学", "返校", "转出", "毕业", "死亡")
MOVES_NOTE = "含学生全名，只留校内。"
TREND_SCHOOL, TREND_CLASSES, TREND_SCORES, CLASS_AND_FIGURE = "全校各项指标", "各班主要指标", "各班总分", "班级、指标"
TREND_FIGURES = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited")
TREND_CHART, TREND_ALT = "全校主要指标（学年）", "折线图：建档率、入学率、巩固率、教师结对率、谈心达标率、家访率，月份 {months}"
RELATION, LEFT_SIDE, RIGHT_SIDE, DIFFERENCE = "关系", "左边", "右边", "差"
FOOT_SEX = "班级统计合计：在册留守 = 男 + 女（性别有错待改的学生会使两边不等）"
FOOT_BOARDING = "班级统计合计：在册留守 = 住校 + 走读（就读方式有错待改的学生会使两边不等）"
FOOT_SHEETS = "{title}：班级统计合计 = 年级统计合计"
FOOT_FIGURE = "{title}的{part}：班级统计合计 = 目标达成"
FOOT_ARCHIVED = "班级统计合计：在册留守 = 建档率的应计数"
FOOT_BALANCE = "学籍异动合计：上月在册 + 增加 − 减少 = 本月在册"
FOOT_ROLL = "学籍异动的本月在册 = 班级统计的在册留守"
CROSSFOOT_NOTE = "左边、右边都是取自各表单元格的公式，点开可以核对；“不平”的请看括号里的说明或与学校联系。"
CHART_TARGETS, CHART_TARGETS_ALT = "主要指标完成率（目标 100%）", "条形图：建档率、入学率、巩固率、教师结对率、谈心达标率、家访率的完成率，横轴到 100%"
CHART_TREND_ALT = "折线图：同样六项指标在本学年各月的完成率"
CHART_SCORES, CHART_SCORES_ALT = "各班总分", "柱形图：各班本月考核总分，按年级、班级排列"
CHART_KINDS, CHART_KINDS_ALT = "各年级双亲留守、单亲留守人数", "堆积柱形图：每个年级的双亲留守和单亲留守人数"
META_LABELS = ("template", "version", "school_code", "school_name", "month", "basis", "complete", "run")
AGAIN_FILES, AGAIN_ROWS, AGAIN_FIGURES = "文件", "数据行数", "指标"
FILE, WHAT, SHEET_TITLE, BEFORE, NOW = "文件", "变化", "工作表", "上次", "这次"
FILE_NEW, FILE_GONE, FILE_CHANGED = "新交", "没有了", "内容变了"
LAST_ROLL, THIS_ROLL = "上月在册", "本月在册"
KIND, OWN_COUNT, SCHOOL_COUNT, PERSON_TIMES = "类型", "班级活动次数", "学校活动次数", "留守儿童参加人次"
DONATION_COLUMNS = ("类别", "次数", "数量", "折合金额（元）", "受益人数", "总保额（元）")
FACILITY_COLUMNS = ("项目", "数量", "可用")
ACTIVITY_HEADING, DONATION_HEADING, FACILITY_HEADING = "本月活动", "本月捐助与保险", "关爱设施"
QUALITY_BY_CLASS, QUALITY_BY_RULE = "各班报送质量", "问题分类"
QUALITY_COLUMNS = ("年级", "班级", "交表", "数据行", "无错误行", "报送质量", "错误", "警告", "提示")
RULE_COLUMNS = ("规则", "级别", "条数", "问题")
NOTE_PARAMETERS, NOTE_FIGURES, NOTE_DUTIES, NOTE_BASES = "执行的参数", "指标怎么算", "执行的要求", "三种口径"
PARAMETER_COLUMNS = ("参数", "值", "说明")
FIGURE_COLUMNS = ("指标", "达成数（n）", "应计数（N）")
DUTY_COLUMNS = ("事项", "要求", "来源")
DUTY_TEXT = "{who}，{how}，每{period} {times} 次，对象：{audience}"
OR, ANYONE, ANY_FORM = "或", "不限谁做", "不限形式"
BASIS_COLUMNS = ("口径", "含义")
GENERAL_NOTES = (
    "率一律由达成数和应计数相除得到，年级和全校先加总再相除，不取平均；两位小数，四舍五入；只有达成数等于应计数才写 100.00%。",
    "填错的格不计入达成，有错误的儿童仍在应计数里；没有应计对象的写“—”。",
    "本工作簿不含身份证号、电话、住址、出生日期、健康状况、成绩和谈心内容。",
)
VERSION_NOTE = "由 关爱月报 {version} 生成；方案预设：{preset}。"
NAME_COLUMN = "姓名"
STANDING = "情况"
POINTS_COLUMNS = ("年级", "班级", "项目", "满分", "达成数", "应计数", "得分", "没有达成的")
FIGURE_LINK_COLUMNS = ("指标（点开看名单）", "应计的是", "达成数", "应计数", "完成率", "没有达成")
TEACHER_COLUMNS = ("名次", "教师", "负责儿童")
RANK_BEFORE, MOVED = "上月名次", "升降"
UP, DOWN, LEVEL = "升 {count}", "降 {count}", "持平"
YEAR_CLASSES, YEAR_TEACHERS = "各班（学年至今）", "教师（学年至今）"
YEAR_COLUMNS = ("名次", "名称", "计分月数", "平均分", "建议", "文明班")
YEAR_TEACHER_COLUMNS = ("名次", "名称", "计分月数", "平均分", "建议")
SUGGEST_CLASS, SUGGEST_TEACHER = "先进班候选", "先进教师候选"
YEAR_NOTE = "平均分 = 本学年各计分月总分的平均；任何一个月有确认的预警即不得参评。候选按考核方案的先进比例和最低分；“文明班”一列由学校评定后填写。"
CHAPTER_COLUMNS = ("编号", "要求", "证据填在", "怎么看", "达成", "应有", "情况", "印在")
IN_PLACE, NOT_YET, PARTLY, NOTHING_DUE, NO_MINIMUM = "已落实", "还没有", "未全落实", "—", "登记 {n} 次"
CHAPTERS_NOTE = "本学期、本学年的次数按本学年各月已有的数据累计。只供校内对照，不计分，不上报。"
TEACHER_DETAIL_COLUMNS = ("教师", "项目", "满分", "达成数", "应计数", "得分", "没有达成的")
TEACHER_NOTE = (
    "点“评价”看明细。负责儿童：本人任班主任、帮扶教师或责任教师的在读留守儿童。按儿童人数计，不按记录条数计：多谈一次不多得分。",
    "教师考核只供校内改进工作，不作为教师评价的唯一依据，不上报（考核方案另有规定的除外）。名次并列时同名次；先进、不得参评的办法与班级相同。",
)
NAMES_NOTE = "点蓝色的字跳到名单。含学生全名，只留校内，不得外传。"
APART_NOTE = "这些学生没有漏掉，在这里单独列出：不符合所选口径的不计入在册留守；数据存疑的计入应计数、改正前不计入达成；潜能生另有统计，不公布个人。"
APART_GROUP, APART_GROUPS = "类别", ("登记为留守，不符合口径", "数据存疑", "潜能生")
DOUBTFUL = "有错误待改：{columns}"
APART_REASONS = {
    "lives": "随父母生活",
    "short": "父母外出不满三个月或没有外出",
    "other": "不符合所选口径的其他条件（户籍、年龄、监护能力）",
}
UNREAD_FILE = "没有读出来的文件：{name}（原因见“问题清单”），它的班按“未交”计。"
PASSED_OVER = "跳过了 {count} 个临时文件或隐藏文件（如 ~$ 开头的锁文件）。"
RECEIPT_NOTE = "以上文件没有错误和待核对的警告，已全部收下。"
AND = "、"
