"""What the workbooks that we publish say besides their sheets and columns (`bureau_layout`): lines, notes, sentences."""

from __future__ import annotations

from schemas import bureau_layout as layout
from schemas import school_layout
from schemas.layout_in_force import BUREAU_IN_FORCE
from schemas.rules import ERROR, NOTE, WARNING

LAYOUTS = (BUREAU_IN_FORCE, school_layout.OWN, school_layout.VALIDATION)  # the last gate knows our words from this module
TITLE, COUNT_COLUMNS = layout.TITLE, layout.COUNT_COLUMNS
ORDER = tuple(sheet.title for sheet in BUREAU_IN_FORCE.sheets)
EXAMPLE_STAMP = "示例"
PAGE_STAMP = "【{stamp}数据，请勿上报】"
TOTAL = "合计"
LINE = "{school}（{code}）    {month}    统计时点：{day}    口径：{basis}"
COVERAGE = "应交 {due} 个班，已交 {done} 个班；以下数据按已交的班计算。{missing}"
NOT_IN = "尚未计入：{names}。因此各项目标都不能判为达标。"
UNREAD_FILES = "另有 {count} 份文件没有读出来，见校内的校验报告。"
LISTED_APART = "登记为留守儿童但不符合本口径的有 {count} 人，单独列示，不计入在册留守。"
THREE_BASES = "同一时点三种口径：学籍口径 {enrolment} 人（双亲 {double} 人、单亲 {single} 人），国家口径 {national} 人，方案口径 {plan} 人。"
DONE, DUE, RATE = (field.title for field in (layout.done(), layout.due(), layout.rate()))
FULL = "100%"
WHOSE = "{who}："  # before a problem of the school's own list
SETTLED, ISSUE_STATES = "已说明", {ERROR: "待改", WARNING: "待核对", NOTE: "已处理"}
MOST_OFTEN, IN_FILES = "{what}（{count} 处）", "{count} 份文件"
CHECKED = "共 {count} 条规则，检查了 {checked} 条，{unchecked} 条没能检查（见表末）。"
COUNTED = "{class_name} {count} 处"
MEANING, MEANING_TEXT = "怎么算", "{n} ÷ {N}"
FIVE_EVIDENCE = "本学期参加过这一类活动的儿童"
ONES_NOTE = "统计期：{start} 至 {end}。除“学校”项外，应计数为在读的留守儿童。"
HOLIDAY_NOTE = "本月不是教学月份：月内的指标（结对检查、活动、班会、生日、成长记录）不作要求，各班和教师不评分。"
SCORE_NOTE = "满分：{full}。各列为折算前得分；没有应计对象的项目（—）不计，总分按其余项目折算为 100 分，保留两位小数，四舍五入。"
VERDICT_NOTE = "同分同名次。先进：不低于 {top:g} 分且无预警；低于 {low:g} 分为不合格；有确认的预警为不得参评；没有在读留守儿童的班不参评。"
NUMBERED = "{name}（{number}）"
ALL_OF_THEM, OF_NOBODY = "人人如此：{lack}", "{lack}"
SHORT_WORDS = "空格：已做到、不要求，或全班共同缺（见上表）。0/1次：做了 0 次，应做 1 次。结对检查率下写的是本月没有检查的结对（教师、帮手……）。待改：填错的格改好前不计入达成。"
LACKING_NOTE = "一名学生一行，姓名只留姓氏；本班有几个打码后一样的，括号里按学生档案的顺序编号。"
MOVED_IN_NOTE = "“本月登记”按学校月报“学籍异动”中本月的各行统计；校内调班（一班转出、另一班转入的同一名学生）不算。"
SUMMER_NOTE = "本月是学年里的第一个月：“上月在册”是上学年末（{month}）的在册，各班已升一个年级；毕业班、撤并的班列在后面。"
BALANCE_NOTE = "按人核对：把本班最近一个月的在册留守与本月逐人比较。“新认定”含重新符合口径的，“不再符合”指类别、口径变化，“补录”指期初在籍而上月漏登的，“首次建账”指本班没有以前的数据。"
BALANCED, UNBALANCED = "平", "不平"
NOT_COMPARED = "“变化”只比较两个月都交了表的班；{names} 只交了其中一个月，不在比较之内。"
LAST_IS = "“上月”一列用的是 {month} 的数据（本学年最近的一个月）。"
MONTHS_MISSING = "没有 {months} 的数据：学期、学年累计的指标没有算这几个月。"
MONTHS_DAMAGED = "{months} 的数据损坏，没有采用：学期、学年累计的指标和上月对比没有算这几个月。"
MONTHS_OUTDATED = "{months} 的报告后来没有随更早的月份重新运行，与之相比的数字可能不准。"
CAME, WENT, REGISTERED, NOT_REGISTERED, NOT_ON_ROLL, FIRST_TIME = "增", "减", "已登记", "没有登记，请补", "登记了，名册里没有", "首次建账"
ON_ROLL, CLASS_NOT_IN = "已登记，名册里有（在册人数没有变）", "已登记，他的班还没有交"
TO_BE_REGISTERED = ("转入", "复学", "返校", "转出", "毕业", "死亡")
LINES_NOTE = "走势：本学年各月的小柱，最后一根是本月，从 0 到满格（100%、100 分）；各月的数在“走势数据”里，没有交表或没有应计对象的月份空着。"
MOVES_NOTE = "含学生全名，只留校内。"
TREND_FIGURES = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited")
TREND_ALT = "折线图：建档率、入学率、巩固率、教师结对率、谈心达标率、家访率，月份 {months}"
FOOT_SEX = "班级统计合计：在册留守 = 男 + 女（性别有错待改的学生会使两边不等）"
FOOT_BOARDING = "班级统计合计：在册留守 = 住校 + 走读（就读方式有错待改的学生会使两边不等）"
FOOT_SHEETS = "{title}：班级统计合计 = 年级统计合计"
FOOT_FIGURE = "{title}的{part}：班级统计合计 = 目标达成"
FOOT_ARCHIVED = "班级统计合计：在册留守 = 建档率的应计数"
NO_CLASS_YET, CLASS_NO_MORE, CLASS_LEFT = "未定班", "原{number}班", "毕业{number}班"
FOOT_BALANCE = "学籍异动合计：上月在册 + 增加 − 减少 = 本月在册"
FOOT_ROLL = "学籍异动的本月在册 = 班级统计的在册留守"
CROSSFOOT_NOTE = "左边、右边都是取自各表单元格的公式，点开可以核对；“不平”的请看括号里的说明或与学校联系。"
BAR, CLASS_SHORT, MORE_CLASSES = "{n}/{N}", "{place} {short}{unit}", "，共 {count} 个班"
PERSONS = " 人"
SHORT_BY, SHORT_IN = "{figure}还差 {short} 人", "{figure}还差 {short} 人（{names}）"
TARGETS_MET, TARGETS_MET_SO_FAR = "三项目标全部达到 100%", "已交的班三项目标都达到 100%，还有班没有交表"
TARGETS_ALT = "条形图，每条满格是应计数，浅色是达成数，空白是还差的：{bars}"
KINDS_SAY = "双亲留守 {double} 人，单亲留守 {single} 人；最多的是{grade}，{count} 人"
SCORES_SAY = "{count} 个班里 {good} 个达到 {top:g} 分；最低的是{last}，{total} 分"
TREND_SAYS, TREND_STILL = "{figure}变化最大：{before} → {now}", "主要指标和上月一样"
CHART_TREND_ALT = "折线图：同样六项指标在本学年各月的完成率"
SCORES_ALT = "柱形图：各班本月考核总分，按名次排列"
KINDS_ALT = "堆积柱形图：每个年级的双亲留守和单亲留守人数"
META_LABELS = ("template", "version", "school_code", "school_name", "month", "basis", "complete", "run")
FILE_NEW, FILE_GONE, FILE_CHANGED = "新交", "没有了", "内容变了"
DUTY_TEXT = "{who}，{how}，每{period} {times} 次，对象：{audience}"
OR, ANYONE, ANY_FORM = "或", "不限谁做", "不限形式"
GENERAL_NOTES = (
    "率一律由达成数和应计数相除得到，年级和全校先加总再相除，不取平均；两位小数，四舍五入；只有达成数等于应计数才写 100.00%。",
    "填错的格不计入达成，有错误的儿童仍在应计数里；没有应计对象的写“—”。",
    "本工作簿不含身份证号、电话、住址、出生日期、健康状况、成绩和谈心内容。",
)
VERSION_NOTE = "由 关爱月报 {version} 生成；方案预设：{preset}。"
UP, DOWN, LEVEL = "升 {count}", "降 {count}", "持平"
SUGGEST_CLASS, SUGGEST_TEACHER = "先进班候选", "先进教师候选"
YEAR_NOTE = "平均分 = 本学年各计分月总分的平均；任何一个月有确认的预警，或平均分低于不得参评分，即不得参评；假期月份不评分，不算在内。候选按考核方案的先进比例和最低分；“文明班”一列由学校评定后填写。"
IN_PLACE, NOT_YET, PARTLY, NOTHING_DUE, NO_MINIMUM = "已落实", "还没有", "未全落实", "—", "登记 {n} 次"
IN_FORCE, FOR_COMPARISON = "本校执行", "仅供对照"
OF_CLASS, AND_MORE, WHOLE_SCHOOL = "{place}：{names}", "等，共 {count} 项", "全校"
SEE_OWED = "，见“对照名单”"
AND_THEN, AND_ALSO, ONE_OWED = "；", "，", "{code} {lack}"
OWED_NOTE = "列本校执行的各条：全校、全班共同缺的写一次，其余一名学生一行；其他各篇差谁，见“七篇对照”。"
CHAPTERS_NOTE = "本学期、本学年的次数按本学年各月已有的数据累计。只供校内对照，不计分，不上报。"
TEACHER_NOTE = (
    "点“评价”看明细。负责儿童：本人任班主任、帮扶教师或责任教师的在读留守儿童。按儿童人数计，不按记录条数计：多谈一次不多得分。",
    "教师考核只供校内改进工作，不作为教师评价的唯一依据，不上报（考核方案另有规定的除外）。名次并列时同名次；先进、不得参评的办法与班级相同。",
)
NAMES_NOTE = "点蓝色的字跳到名单。含学生全名，只留校内，不得外传。"
APART_NOTE = "这些学生没有漏掉，在这里单独列出：不符合所选口径的不计入在册留守；数据存疑的计入应计数、改正前不计入达成；潜能生另有统计，不公布个人。"
APART_GROUPS = ("登记为留守，不符合口径", "数据存疑", "潜能生")
DOUBTFUL = "有错误待改：{columns}"
APART_REASONS = {
    "lives": "随父母生活",
    "short": "父母外出不满三个月或没有外出",
    "other": "不符合所选口径的其他条件（户籍、年龄、监护能力）",
}
UNREAD_FILE = "没有读出来的文件：{name}（原因见“问题清单”），它的班按“未交”计。"
PASSED_OVER = "跳过了 {count} 个临时文件或隐藏文件（如 ~$ 开头的锁文件）。"
ROWS_OF_SHEET = "{sheet} {count}"
RECEIPT_NOTE = "以上文件没有错误和待核对的警告，已全部收下。SHA-256 是文件内容的指纹，也记在 数据/run.json 里。"
AND = "、"
