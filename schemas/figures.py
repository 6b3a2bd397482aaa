"""The figures (contract §5): each with its title, what is counted, and over whom. Printed in this order."""

from __future__ import annotations

from dataclasses import dataclass

SCHOOL, GRADE, CLASS = "school", "grade", "class"
LEVELS = (SCHOOL, GRADE, CLASS)
IN_CARE, IN_SCOPE = "L", "在册"  # over whom a figure counts, where it is not the children of L at school


@dataclass(frozen=True)
class Figure:
    """One rate. `is_target` marks the three 100% targets; `school_only` has no class (contract §8.12).

    `is_monthly`: the month's own, which is not owed outside 教学月份 (contract §5).
    """

    key: str
    title: str
    numerator: str
    denominator: str
    over: str
    is_target: bool = False
    school_only: bool = False
    of_potential: bool = False
    is_monthly: bool = False


_A = "在读的留守儿童"
FIGURES: tuple[Figure, ...] = (
    Figure("archived", "建档率", "建档日期、档案编号和各必填、待补项齐全无误的", "留守儿童", IN_CARE, is_target=True, of_potential=True),
    Figure("in_school", "入学率", "就学去向为本校、外校有学籍、特教或送教、高一级学校的", "应入学名册全部人数", "名册", True, True),
    Figure("kept", "巩固率", "除辍学、转出未落实以外的", "符合口径的留守儿童（含已毕业，不含转出已确认和死亡）", IN_SCOPE, is_target=True),
    Figure("complete", "档案完整率", "已填且无误的待补项格数", "留守儿童应填的待补项格数", IN_CARE, of_potential=True),
    Figure("teacher_paired", "教师结对率", "有在期帮扶教师的", _A, "A", of_potential=True),
    Figure("classmate_paired", "学习帮手率", "有在期学习帮手的", _A, "A", of_potential=True),
    Figure("mother_paired", "爱心妈妈率", "有在期爱心妈妈或爱心爸爸的", _A, "A", of_potential=True),
    Figure("focus_paired", "重点结对率", "同时有在期帮扶教师和代理家长的", "在读的重点帮扶留守儿童", "A"),
    Figure("study_plan", "学习帮扶计划率", "在期帮扶教师或学习帮手结对写明内容、时间、目标的", _A, "A"),
    Figure("pairing_checked", "结对检查率", "本月检查过的结对", "在读留守儿童的在期结对", "结对", is_monthly=True),
    Figure("talked", "谈心达标率", "各项谈心要求都达到的", "本期应谈心的在读留守儿童", "A", of_potential=True),
    Figure("called", "亲情联络率", "亲情电话、视频、书信次数达到要求的", "本期应联络的在读留守儿童", "A"),
    Figure("visited", "家访率", "家访次数达到要求的", "本期应家访的在读留守儿童", "A"),
    Figure("guardian_met", "监护人会率", "本学期参加过监护人会或座谈会的", _A, "A"),
    Figure("took_part", "活动参加率", "本月参加过班级或学校活动的", _A, "A", of_potential=True, is_monthly=True),
    Figure("class_met", "班会率", "本月开过留守儿童会的班级", "有在读留守儿童的已交班级", "班级", is_monthly=True),
    Figure("birthday", "生日关爱率", "本月参加了生日会的", "本月过生日的在读留守儿童", "A", is_monthly=True),
    Figure("growth", "成长记录率", "有一行无误的成长记录的", _A, "A", of_potential=True, is_monthly=True),
    Figure("case_planned", "个案方案率", "期限内制订了个别方案的个案", "到期的个案（及提前制订方案的）", "个案"),
    Figure("card_updated", "联系卡更新率", "变动后更新了联系卡的", "本学期有变动且已到更新期限的留守儿童", IN_CARE),
    Figure("holiday_checked", "互查达标率", "假期互查间隔不超过 3 天的村民组", "村民组（仅寒暑假月份）", "村民组", False, True),
    Figure("rows_clean", "报送质量", "没有错误的数据行", "班级月报的全部数据行", "行"),
)  # fmt: skip
BY_KEY = {figure.key: figure for figure in FIGURES}
BY_TITLE = {figure.title: figure for figure in FIGURES}
OF_POTENTIAL = tuple(figure for figure in FIGURES if figure.of_potential)

BASES = {"学籍": "学籍口径", "国家": "国家口径", "方案": "方案口径"}
BASIS_TEXTS = {
    "学籍": "父母双方或一方外出务工连续三个月以上、未随父母生活的义务教育阶段学生（双亲留守、单亲留守）",
    "国家": "父母双方外出务工，或一方外出务工另一方无监护能力，未随父母生活、不满十六周岁的农村户籍未成年人",
    "方案": "父母双方外出务工连续三个月以上、未随父母生活的农村户籍儿童",
}

NOT_YET_DONE = "还没有：{what}"  # a line of the seven plans

# What a child (a class, a case …) lacks, for the list of those who do not meet a figure: a sentence for each of them.
# No reason of a case, no health, no score.
LACKS: dict[str, str] = {
    "archived": "档案未建齐：{detail}",
    "kept": "学籍状态为{detail}",
    "archived_fault": "有填错的项目",
    "complete": "待补：{detail}",
    "teacher_paired": "没有在期的帮扶教师",
    "classmate_paired": "没有在期的学习帮手",
    "mother_paired": "没有在期的爱心妈妈或爱心爸爸",
    "focus_paired": "缺{detail}",
    "study_plan": "帮扶计划没有写全内容、时间、目标",
    "pairing_checked": "{detail}结对本月没有检查",
    "talked": "{detail}",
    "called": "{detail}",
    "visited": "{detail}",
    "guardian_met": "本学期没有参加监护人会或座谈会",
    "took_part": "本月没有参加活动的记录",
    "class_met": "本月没有开留守儿童会",
    "birthday": "本月过生日，没有参加生日会的记录",
    "growth": "没有无误的成长记录",
    "case_planned": "个案未在期限内制订方案",
    "card_updated": "变动后没有更新联系卡",
    "in_school": "就学去向：{detail}",
    "holiday_checked": "假期互查间隔超过 3 天",
    "rows_clean": "{detail} 行有错误",
}
if BY_KEY.keys() - LACKS.keys():
    raise ValueError(f"LACKS says nothing of what is lacking in: {sorted(BY_KEY.keys() - LACKS.keys())}")
TAINTED = "决定统计范围的项目有错误，改正前不计入达成"
CASE_UNTOLD = "成长记录的“个案触发”没有填或填错"
UNSETTLED = "姓名或日期有错误，认不出是哪名学生"
DUTY_LACK = "{period}{who}{matter} {done} 次，应 {times} 次"
WEEKS_LACK = "{who}{matter}有 {short} 周没有做到每周 {times} 次（应 {weeks} 周）"
PERIOD_WORDS = {"周": "每周", "月": "本月", "学期": "本学期", "学年": "本学年", "假期": "本假期月"}
OR, AND, AND_SO = "或", "、", "；"
# The cells of 学生档案 that decide who is counted (contract §5): as long as one is in error, the child is in no n.
DECIDING = (
    "category", "father_status", "mother_status", "lives_with_parents", "rural", "status", "focus",
    "father_away_since", "mother_away_since", "home_parent_capable", "boarding",
)  # fmt: skip
