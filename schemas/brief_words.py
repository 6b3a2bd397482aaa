"""简报: one page for the principal, in sentences. School-only: it names children."""

MOVED, URGENT, LINE_BELOW = "二、和上月比", "三、最要紧的事", "含学生姓名，只留校内。名单和明细见“考核与未达标”“校验报告”。"
NO_BEFORE = "本学年以前没有数据，从下月起比较。"
SINCE = "与 {month} 相比（只比两个月都交了表的班）："
WENT_UP, WENT_DOWN, ALL_EQUAL = "上升 {count} 项{most}：{figures}。", "下降 {count} 项{most}：{figures}。", "各项指标都没有变化。"
THE_MOST = "，最多的是"
MOVE = "{title} {before}→{now}"
MOST_MOVES, MOST_NAMES, MOST_URGENT = 4, 8, 5
TURNOUT_ALL, TURNOUT = "{due} 个班全部交表。", "应交 {due} 个班，已交 {done} 个班。"
PROBLEMS = "表格里还有错误 {errors} 处、待核对 {warnings} 处；错误没有改好的，不计入达成。"
NOTHING_URGENT = "没有特别紧急的事。"
AND, AND_OTHERS, AND_SO = "、", "等 {count} 人", "；"
NAME_AND_CLASS = "{name}（{class_name}）"
ITEM = "{number}. {text}"
NOT_HANDED_IN = "{names}还没有交表，三项目标都不能判为达标：请今天催交。"
OUT_OF_SCHOOL = "辍学或疑似辍学 {count} 人：{names}。请当天上门劝返，并按规定报告。"
UNSETTLED = "转出没有落实、去向不明 {count} 人：{names}。请与接收学校核对，或在“学籍异动”登记。"
REFERRED = "心理状态“需转介” {count} 人：{names}。请尽快联系心理教师和家长。"
NO_PLAN = "个案到期还没有个别方案 {count} 人：{names}。请责任人本周内补订。"
NOT_PAIRED = "重点帮扶结对不全 {count} 人：{names}。"
OF_FIGURE = {
    "talked": "谈心没有达到要求 {count} 人：{names}。请班主任补谈，一人一行记录。",
    "archived": "档案没有建齐 {count} 人：{names}。",
    "visited": "本学期还没有家访 {count} 人：{names}。",
    "called": "亲情联络没有达到要求 {count} 人：{names}。",
}
"""Figure → the sentence of those who do not meet it, the most pressing first."""
