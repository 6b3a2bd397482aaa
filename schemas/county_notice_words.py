"""What is said of a district's month in sentences: the notice (通报), the texts to send, the page of each school."""

from schemas.figures import BY_KEY

# --- reasons to visit a school: reason → points and sentence ---------------------------------------------------------

VISITS = 10  # at most so many schools are named
VISIT_LEAST = 2  # points; less is no reason to travel
REASONS = {
    "missing": (4, "没有报送（{reason}）"),
    "refused": (3, "退回：{reason}"),
    "double": (3, "重复：{reason}"),
    "partial": (2, "{classes} 个班交了表，缺{names}"),
    "late": (1, "迟交 {days} 天"),
    "again": (2, "上月也没有报齐"),
    "lost": (3, "{count} 名留守儿童没有巩固（巩固率 {share}）"),
    "fault": (2, "勾稽不平 {count} 处"),
    "low": (2, "{figure}只有 {share}"),
    "fall": (1, "{figure}比上月下降 {points} 个百分点"),
    "errors": (1, "报送质量 {share}"),
}
LOW, FALL, ERRORS = 60, 10, 90  # percent, percentage points, percent of rows without an error
NO_REASON = "没有找到工作簿"
VISIT_NOTE = (
    "分值按规则相加，只用来排先后：没有报送 4，退回、重复、有儿童没有巩固 3，部分班级未交、勾稽不平、上月也没有报齐、主要指标不到 60% 每项 2，"
    "迟交、主要指标比上月下降 10 个百分点以上每项、报送质量不到 90% 1。2 分以上的学校中取前十所；同分的，主要指标未达成人次多的在前。"
)
VISIT_MAIN = ("archived", "teacher_paired", "talked", "visited")

# --- sentences -------------------------------------------------------------------------------------------------------

AND, SEMICOLON, COMMA, STOP = "、", "；", "，", "。"
SHARE = "{rate}（{n}/{due}）"
NAMED_LATE = "{name}（{day} 收到，迟 {days} 天）"
NAMED_PARTIAL = "{name}（{classes} 个班，缺{names}）"
NAMED_BECAUSE = "{name}（{reason}）"
NAMED_SHARE = "{name} {n}/{due}"
MORE = "等 {count} 所"
NAMED = 10  # schools of one finding that are named; the rest are in the workbook
BY_FILE_NOTE = "{count} 所学校的收到日期取自文件时间（应交学校名单里没有写），以收件登记为准。"
STATE_SENTENCES = {
    "late": "迟交 {count} 所：{names}。",
    "undated": "收到日期不明 {count} 所（不算按时）：{names}。",
    "partial": "部分班级未交 {count} 所：{names}。",
    "refused": "退回 {count} 所：{names}。",
    "double": "重复 {count} 所：{names}。",
    "missing": "未交 {count} 所：{names}。",
}
ALL_IN_TIME = "各校都已按时报齐。"
COUNTED_OVER = "以下各项指标按计入的 {done} 所学校加总（{classes} 个班），率由达成数除以应计数。"
TARGET = "{figure} {share}，{verdict}{change}{behind}。"
RISE, FALL_BY, LEVEL = "，同口径比上月上升 {points} 个百分点", "，同口径比上月下降 {points} 个百分点", "，同口径与上月持平"
BEHIND = "；没有达到的 {count} 所：{names}"
OTHER_FIGURES = "其余 {count} 项指标见附件 1。"
LOW_FIGURE = "{figure}不到 60% 的 {count} 所：{names}。"
NO_LOW = "没有一所学校有主要指标低于 60%。"
QUALITY = "报送质量 {share}；低于 90% 的 {count} 所{names}。"
FAULTS = "勾稽不平的 {count} 所{names}。"
NAMED_FAULTS = "{name} {count} 处"
OF_NAMES = "：{names}"
MOVED = "登记转出、已在县内其他学校查到的 {found} 人次；离校没有登记去向的 {missing} 人次；两所学校都写在读、要核对的 {double} 人次。"
NO_MOVED = "没有发现在县内转学而去向不清的儿童。"
BEST = "{names}：谈心、家访、建档全部完成，没有儿童流失，班级交齐。"
NAMED_BEST = "{name}（建档 {archived}，谈心 {talked}，家访 {visited}）"
NO_BEST = "本月没有谈心、家访、建档全部完成，没有儿童流失，班级交齐的学校。"
VISIT = "{number}. {place}{name}：{why}。"
NO_VISIT = "没有需要专门走访的学校。"
DEMANDS = {
    "missing": "未交的 {count} 所学校请于 {day}前报送。",
    "partial": "部分班级未交的 {count} 所学校请于 {day}前补齐班级、重新报送。",
    "back": "退回、重复的 {count} 所学校请于 {day}前重新生成工作簿再报，不要手工改动。",
    "faults": "勾稽不平的 {count} 所学校请于 {day}前核对，并写明原因。",
    "rest": "各校没有达到的指标和要改的错误，见发给各校的“返校单”，请于 {day}前改正，在下月月报中反映。",
}
PLACE, PLACE_OF_COUNTY = "{town} ", "{county}{town} "

# --- the notice ------------------------------------------------------------------------------------------------------

NOTICE_FILE = "通报_{name}_{month}.docx"
NOTICE_AGAIN = "通报_{name}_{month}_新生成.docx"
ISSUER = "{name}教育局"
NUMBER = "〔{year}〕　　号"
TITLE = "关于{year}年{month}月农村留守儿童关爱保护工作月报情况的通报"
TO_SCHOOLS, TO_COUNTIES = "各学校：", "各县（市、区）教育局："
LEAD = "{year}年{month}月农村留守儿童关爱保护工作月报已经汇总（统计时点 {last}，交表截止 {deadline}）。现将情况通报如下。"
DAY = "{day.year}年{day.month}月{day.day}日"
TABLE_DAY, SHORT_DAY = "{day:%m-%d}", "{day.month}月{day.day}日"
NONE = "无。"
MARKS = {
    "issuer": "机关", "number": "文号", "title": "标题", "to": "主送", "lead": "导语", "month": "月份", "by": "期限", "day": "日期",
}  # fmt: skip
SCALARS = dict(zip(MARKS.values(), (
    "发文机关，如 示例县教育局（--issuer）", "发文字号（--number）；不写则留空格待填", "通报标题", "主送机关：各学校，或各县（市、区）教育局",
    "统计时点、交表截止日", "报送月份，如 2026年10月", "补报、改正的期限（--reply-by）", "成文日期（--date）",
), strict=True))  # fmt: skip
"""Placeholder → what stands there."""
LISTS = {
    "报送情况": "应交、按时、迟交、部分班级未交、退回、未交各多少所，是哪些学校，报送率和按时率",
    "目标达成": "三项目标各一段：完成率（n/N）、是否达标、同口径变化、没有达到的学校",
    "落后指标": "主要指标不到 60% 的学校",
    "数据质量": "报送质量、勾稽不平的学校",
    "县内转学": "只有人次",
    "先进做法": "谈心、家访、建档全部完成的学校和人数",
    "建议走访": "至多十所，各写原因",
    "整改要求": "各类学校的期限",
}
TABLE, FIGURE_TABLE = "学校表", "指标表"
TABLES = {TABLE: "一张表：各学校（省、市：各区县）的报送状态和主要指标", FIGURE_TABLE: "一张表：各项指标的达成数、应计数、完成率、同口径变化"}
TABLE_TITLE, FIGURE_TITLE = "附件2：各单位月报情况表", "附件1：各项指标情况表"
FIGURE_HEADS = ("序号", "指标", "达成数", "应计数", "完成率", "比上月", "没有达到的学校")
FIGURE_WIDTHS, TABLE_WIDTHS, COUNTY_WIDTHS = (9, 36, 22, 22, 22, 22, 23), (8, 17, 33, 19, 15, 16, 16, 16, 16), (9, 25, 13, 13, 19, 19, 19, 19, 20)
FIGURE_NOTE = "比上月：同口径变化，百分点；“—”是没有应计对象或没有上月数。"
SCHOOLS = "{count} 所"
TABLE_HEADS = ("序号", "乡镇", "学校", "报送", "收到", *(BY_KEY[key].title for key in ("archived", "kept", "talked", "visited")))
COUNTY_HEADS = ("序号", "区县", "应交", "报齐", "报送率", "按时率", *(BY_KEY[key].title for key in ("archived", "kept", "talked")))
TABLE_FIGURES, COUNTY_FIGURES = ("archived", "kept", "talked", "visited"), ("archived", "kept", "talked")
TABLE_NOTE = "率下面的数是达成数/应计数；“—”是没有报送或没有应计对象。"
TABLE_MORE = "另有 {count} 所见汇总工作簿。"
MONTH = "{year}年{month}月"
TEMPLATE_TITLE = "月报情况通报模板"
FONTS = ("仿宋", "黑体", "方正小标宋简体")  # body, headings, title: GB/T 9704—2012
LATIN_FONT = "Times New Roman"  # digits of a fixed, narrow width
TEMPLATE_FILE = "通报模板.docx"
BAD_TEMPLATE = "通报模板读不出来：{name}：要是 .docx 文件。"
UNKNOWN_PLACEHOLDER = "通报模板里有不认识的占位符：{names}。可以用的见 docs/教育局.md。"
BAD_DAY_TYPED = "日期要写成 2026-11-05：{text}"
DEADLINE_HELP, DATE_HELP = "交表截止日，如 2026-11-05（缺省：次月 5 日）", "通报日期，如 2026-11-09（缺省：截止日，或最后一份收到的那天）"
REPLY_HELP = "补报、改正期限（缺省：通报日期后 5 天，遇周末顺延）"
ISSUER_HELP, NUMBER_HELP = "发文机关（缺省：辖区名称 + 教育局）", "发文字号，如 示教通〔2026〕12号"
TEMPLATE_HELP = "自己的通报模板（.docx）"
TEMPLATE_COMMAND_HELP, TEMPLATE_TO_HELP = "写出通报模板，改好后用 --template 交回", "写到哪个文件"
TEMPLATE_DONE = "通报模板已写到 {path}"
SECTIONS = (
    ("一、报送情况", ("报送情况",)), ("二、目标达成情况", ("目标达成", "落后指标")), ("三、数据质量", ("数据质量",)), ("四、县内转学", ("县内转学",)),
    ("五、先进做法", ("先进做法",)), ("六、建议走访的学校", ("建议走访",)), ("七、下一步要求", ("整改要求",)),
)  # fmt: skip
KEPT = "{name} 您改过，没有动；新生成的是 {new}。"

# --- texts to send, and the page of a school --------------------------------------------------------------------------

TEXT_FILE, RETURN_FILE, RETURN_FOLDER = "发送文字_{name}_{month}.txt", "返校单_{name}_{month}.xlsx", "返校单_{name}_{month}"
TO_GROUP, TO_EACH = "【发到群里】", "【分别发给】"
GROUP = "【{month} 月报】{standing}{parts}请于 {day}前补报、改正，各校另附返校单。"
EACH = "【{name}】{month} 月报：{state}。{lacking}{behind}{faults}{by}"
EACH_LACKING = "没有交的班：{names}。"
EACH_BEHIND = "还差：{names}。"
EACH_DONE = "各项指标全部达成。"
EACH_FAULTS = "勾稽不平 {count} 处。"
EACH_BY = {
    "missing": "请于 {day}前报送。", "partial": "请于 {day}前补齐班级、重新报送。", "refused": "请重新生成工作簿，于 {day}前再报。",
    "double": "请只报一份，于 {day}前再报。",
}  # fmt: skip
EACH_BY_REST = "请于 {day}前核对改正，详见返校单。"
EACH_THANKS = "谢谢，没有要改的。"
STATE_WITH = "{state}（{detail}）"
STATE_DETAIL = {"late": "{day} 收到，迟 {days} 天", "partial": "{classes} 个班", "on_time": "{day} 收到"}
NAMED_FIGURE = "{figure} {n}/{due}"
RETURN_TITLE = "{month} 月报返校单"
RETURN_LINE = "{name}（{code}）    {district}    {day}"
COUNTY_LINE = "{county}    {district}    {day}"
RETURN_CONTENTS = "目录"
RETURN_FACTS = {
    "state": "报送状态：{text}", "received": "收到日期：{text}", "deadline": "交表截止：{text}", "classes": "已交班数：{text}", "reply_by": "请于 {text}前报送、改正",
}  # fmt: skip
FACTS_JOIN, RECEIVED_BY = "    ", "{day}（{by}）"
RETURN_ITEM = "{number}. 【{kind}】{what}。{do}。"
RETURN_STATE, RETURN_LACKS, RETURN_FIGURES = "一、报送", "二、要做的事", "三、各项指标"
RETURN_NOTES = (
    "率 = 达成数 ÷ 应计数；名次只排班级交齐的学校，同率并列；变化只在两个月班级相同时比较。",
    "差的是哪些儿童，请看本校“校内”文件夹里的名单；本页不含任何儿童的信息。",
)
LACK_KINDS = {"class": "缺班级", "state": "报送", "figure": "没有达成", "fault": "勾稽不平", "problem": "填报错误", "mover": "县内转学"}
LACK_CLASS = "没有交：{names}"
LACK_FIGURES = "{count} 项指标，差多少见下表“还差”"
LACK_PROBLEM = "{code} {title}：{count} 处"
LACK_MOVER = {
    "moved_missing": "离校没有登记去向 {count} 人，请在学籍异动登记", "moved_double": "和县内另一所学校同时在册 {count} 人，请核对",
    "moved_found": "登记转出、已在县内查到 {count} 人，请把接收校确认填“是”",
}  # fmt: skip
LACK_NOTHING = "没有要补、要改的。"
DO_CLASS, DO_FIGURE, DO_FAULT, DO_PROBLEM = "催齐班级的表，重新生成后再报", "补做或补记，在下月月报反映", "按“勾稽关系”核对，写明原因", "按退回的批注改正"
DO_STATE = {
    "missing": "请报送月报", "refused": "请重新生成工作簿再报，不要手工改动", "double": "请只报一份", "late": "下月请按时", "undated": "请告诉收件日期",
}  # fmt: skip
DO_MOVER = "与对方学校核对"
MOST_PROBLEMS = 5
