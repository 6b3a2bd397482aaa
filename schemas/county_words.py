"""What the district's workbook says besides its sheets and columns (`county_layout`), and what `guanai rollup` says."""

from schemas import county_layout as layout

TITLE, SCHOOLS_DUE, SCHOOLS_DONE = layout.TITLE, layout.SCHOOLS_DUE, layout.SCHOOLS_DONE
VERSION = "1"
META_LISTED, META_LEFT_OVER = "listed", "left_over"  # beside the labels of every workbook for the bureau
NAMELESS = "本辖区"
FILE_NAME, FOLDER = "汇总_{name}_{month}.xlsx", "汇总"




class State:
    """How a school stands with its month: every school that is due has one of them, so that they add up."""

    ON_TIME, LATE, UNDATED = "按时", "迟交", "日期不明"
    PARTIAL = "部分班级未交"
    REFUSED, DOUBLE, MISSING = "退回", "重复", "未交"
    HANDED_IN = "已交"  # not judged yet; so stands in the roll-ups of older versions


STATES = {
    "on_time": State.ON_TIME, "late": State.LATE, "undated": State.UNDATED, "partial": State.PARTIAL,
    "refused": State.REFUSED, "double": State.DOUBLE, "missing": State.MISSING,
}  # fmt: skip
KEY_OF_STATE = {state: key for key, state in STATES.items()}
WHOLE = (State.ON_TIME, State.LATE, State.UNDATED)  # every class is in
COUNTING = (State.HANDED_IN, *WHOLE, State.PARTIAL)  # the numbers are added up
RECEIVED = "收到日期"
RECEIVED_ALSO = ("收到日期", "收到时间", "交表日期", "报送日期", "收表日期")
BY_LIST, BY_FILE = "名单", "文件时间"
BAD_DAY = "名单里的收到日期“{typed}”看不懂，按文件时间算"
TWO_DIFFERENT = "收到两份不同的月报"  # without the names of files, where others read it
LISTED_BUT_ABSENT = "名单写着 {day} 收到，没有找到它的工作簿"
NO_CLASS_IN = "工作簿里没有一个班交表"


CODE, NAME, COUNTY, TOWN = "学校标识码", "学校名称", "区县", "乡镇"
PLACE = (CODE, NAME, COUNTY, TOWN)
CODE_ALSO, NAME_ALSO = ("标识码", "学校代码"), ("学校", "名称")
COUNTY_ALSO, TOWN_ALSO = ("县", "县区", "县（区）"), ("乡镇（街道）", "乡镇街道", "街道")

LINE = "{name}    {month}    统计时点：{day}"
TOTAL, DASH = "合计", "—"
COVERAGE = "{standing}以下按计入的 {done} 所加总，率由达成数和应计数相除，不取平均。"
NOT_COMPLETE = "不能确认学校、班级都已交齐，各项目标都不判为达标。"
NO_LIST = "没有给出应交学校名单：只按收到的学校统计，无法判断有没有漏交，因此不判达标，也没有报送率。"
MIXED_BASES = "各校统计口径不一致（{bases}），在册留守等人数相加只供参考。"
CALL_HEADING = "可以直接复制的催报文字"
CALLS = {
    State.MISSING: "【未交 {count} 所】{names}。请尽快报送 {month} 月报。",
    State.PARTIAL: "【部分班级未交 {count} 所】{names}。请补齐 {month} 的班级后重新报送。",
    State.REFUSED: "【退回 {count} 所】{names}。原因见“交表情况”，请重新生成后再报，不要手工改动工作簿。",
    State.DOUBLE: "【重复 {count} 所】{names}。收到两份不同的月报，请只报一份。",
}
CALL_NONE = "各校都已报送，没有需要催报的。"
BEST, BEST_NOTE = "经验推荐", "“经验推荐”：谈心达标率、家访率、建档率都是 100%、没有儿童流失、班级交齐的学校。只看学校的做法，不排儿童。"
REPORTING_NOTE = (
    "报齐 = 按时 + 迟交 + 日期不明，班级都交齐；报送率 = 报齐 ÷ 应交，按时率 = 按时 ÷ 应交。交表截止 {day}（当日算按时）。"
    "部分班级未交的学校计入汇总，不算报齐。收到日期先看名单里的“收到日期”，没有的取文件时间，来源写在“交表情况”。"
)
MOVED_NOTE = "只有人次，没有任何儿童的信息。按身份证号、学籍号在全县各校名册里对（用 guanai batch 生成的月报才对过）；同一儿童在两所学校各算一次。"
LEVEL_FULL, LEVELS, LEVEL_LOW = "√", {"○": 90, "△": 60}, "×"  # sign → least percent; also shaded, darker is worse
LEVEL_NOTE = "√ 全部达成，○ 90% 以上，△ 60% 以上，× 不到 60%，— 没有应计对象；底色越深越差。没有交的学校写“—”。"
RANK_NOTE = "同率并列（1、1、3）。班级没有交齐的学校不排名次（写“—”），免得少交反而靠前；没有应计对象的也写“—”。"
ALIKE = "“变化”与 {month} 比，只比两个月都交、班级相同的 {count} 所学校。"
NOT_ALIKE = "没有比的 {count} 所：{names}。"
NO_BEFORE = "输出文件夹里没有本学年更早月份的汇总，没有“上月”和“变化”。"
NAMED = 20  # of a list in a sentence
BALANCED, NOT_BALANCED = "平", "不平"
PROOF_FIGURE = "{title}的{part}：目标达成 = Σ 学校数据"
PROOF_TOWNS = "{title}：乡镇统计合计 = 学校统计合计"
PROOF_SCHOOLS = "“各校勾稽”数两样：各校印出的合计与重新加总不符的，本校“勾稽关系”和在册变动不平的。"
NOT_REPORTED = "{name}的工作簿由旧版程序生成，没有这些数，没有计入：{figures}。"
TREND_NOTE = "以前各月取自同一输出文件夹里的汇总工作簿。"
NOTES = (
    "本汇总只用各校上报工作簿里的数，逐校核对过内容没有改动；改动过的、打不开的、月份不对的都退回，原因列在“交表情况”。",
    "率 = 达成数之和 ÷ 应计数之和，两位小数，四舍五入；只有达成数等于应计数才写 100.00%。",
    "隐藏的“学校数据”表（右键点任意工作表标签，“取消隐藏”）是各校的原数，一校一行，可以再汇总：县到市、市到省用同一格式，分级汇总与一次汇总的结果相同。",
)
NOTE_COLUMN = "说明"

HELP = "汇总多所学校（或下级汇总）的上报工作簿"
INPUT_HELP, SCHOOLS_HELP = "放着各校上报工作簿的文件夹", "应交学校.xlsx：学校标识码、学校名称、区县、乡镇"
NAME_HELP = "辖区名称，如 示例县"
BATCH_HELP = "一次做完许多学校：每所学校一个文件夹，各出月报，再汇总"
BATCH_INPUT_HELP = "文件夹：每所学校一个子文件夹（里面是班级、学校的表，或按月份分的文件夹）；也可以是 fsspec 地址"
WORKERS_HELP = "同时做几所学校（缺省：全部处理器）"
ENGINES = ("local", "dask")
ENGINE_HELP, SCHEDULER_HELP = "在本机做，或用 Dask 在多台机器上做", "Dask 调度器地址；不写则在本机开一个"
SCHOOLS_FOLDER = "学校"
BATCH_DONE = "{count} 所学校：新做 {fresh} 所，没有变化 {same} 所，没做成 {failed} 所。"
SCHOOL_LINE = "[{number}/{count}] {name}：{how}"
FRESH, SAME = "已生成（{seconds:.1f} 秒）", "没有变化"
EMPTY_FOLDER = "文件夹里没有表"
OTHER_MONTHS = "没有 {month} 的文件夹，只看到 {names}"
UNWRITTEN = "{count} 所学校的月报没有写成（{name}：{reason}）汇总没有动，已做好的学校不会重做。"
NO_SCHOOL_FOLDERS = "{folder} 里没有学校的文件夹。"
BUG = "程序出错（{kind}，{where}），请把这一行告诉维护人员"
LATE, DIED = "半小时还没有做完", "做这所学校的进程中断了"
NEEDS_CLUSTER = "用 Dask 或 fsspec 地址需要另装：运行 make cluster（或 pip install guanai[cluster]）"
NOTHING = "没有找到 {month} 的上报工作簿。"
BAD_LIST = "应交学校名单读不出来：{name}：要有“学校标识码”和“学校名称”两列。"
OTHER_MONTH, NO_CODE, TWO_FILES = "是 {month} 的月报", "没有学校标识码", "收到两份不同的月报：{names}"
NOT_LISTED = "不在应交学校名单里"
STANDING = "应交 {due} 所学校：{states}；报送率 {reporting}（{whole}/{due}），按时率 {timely}（{on_time}/{due}）。"
STANDING_UNLISTED = "没有应交学校名单，收到 {due} 所学校：{states}。"
STATE_COUNT, JOIN = "{state} {count}", "，"
OUTSIDE = "其中 {count} 所不在名单里。"
LEFT_OVER = "另有 {count} 个文件（夹）没有用上，没有算作学校：{names}。"
LEFT_OVER_COUNT = "另有 {count} 个文件（夹）没有用上，没有算作学校。"
DONE = "{name} {month}：{standing}"
TARGET = "{title}：{rate}（{n}/{N}） {verdict}"
PLACE_OF_REPORT = "汇总在 {path}"
AND = "、"
CLASS, IN_BRACKETS = "{grade}({number})班", "（{text}）"
FAULT_SIDES = "{relation}：左边 {left}，右边 {right}"
FAULT_ROLL = "{name}的在册：上月在册 + 增加 − 减少 ≠ 本月在册"
