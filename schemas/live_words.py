"""本班还差什么 as a live sheet of a class's template: its words, and what it is told of the plan (see `excel.live`)."""

from schemas.class_page import DONE as DONE
from schemas.class_page import LACKS as LACKS
from schemas.class_page import NOT_OWED as NOT_OWED
from schemas.class_page import SHORT_BY as SHORT_BY
from schemas.tables import LIVE_SHEET as LIVE_SHEET

# The commonest of what says that nothing is known (`schemas.unsaid` knows all, and the report goes by it).
UNSAID = ("待补", "不详", "未知", "不知道", "暂无", "未填", "待定")
NAME, SHORT, SHORT_BEFORE = "姓名", "还差\n几项", "上月\n还差"
NOTE = (
    "照这份表里已填的随填随算：√ 已做到，差 还差，— 本月不用做。名字来自“学生档案”。一行记录缺了必填的格、身份证号或电话录错，这里算“差”；"
    "学校统一组织的活动、每周一次的要求和别的填错在这里看不出来，交表以后以月报和退回的表为准。"
)
TITLE_FORMULA = '={grade}&"("&{number}&")班　"&{month}&"　' + LIVE_SHEET + '"'
# What the plan asks, a row each on the hidden sheet; the first may hold several words.
FACTS = (
    "talk_roles", "talk_times", "call_times", "visit_times", "visit_boarding", "term_start", "is_teaching", "basis", "case_days",
)  # fmt: skip
# The first day of the term that holds a month, by the standard plan.
TERM_START = (
    "=IFERROR(IF(MONTH({month})>=9,DATE(YEAR({month}),9,1),IF(MONTH({month})=1,DATE(YEAR({month})-1,9,1),"
    'DATE(YEAR({month}),2,20))),"")'
)
