"""The seven plans, item by item: what each asks, where its evidence is filled in, what checks it, where it is printed.

`docs/七篇对照.md` and the sheet 七篇对照 of the school's workbook are made of this; domain §7 has the items. A line of
篇三 speaks of 潜能生 as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.chapters.checks import (
    BOARDERS,
    CLASSES,
    EVERYONE,
    FOCUS,
    MAY,
    MONTH,
    SIXTH_BOARDERS,
    STANDING,
    TEACHERS,
    TERM,
    WITH_POTENTIAL,
    YEAR,
    Check,
    Classes,
    Clean,
    Early,
    Employers,
    Filled,
    Forum,
    Heads,
    Held,
    Helped,
    One,
    Owes,
    Parties,
    Rate,
    Reached,
    Reviewed,
    Scored,
    Supported,
)  # fmt: skip
from schemas.codes import FIVE_DEEDS, HAS, LECTURES, STAGE, Activity, Contact, Occasion, Pairing, Role
from schemas.ones import ALL_FIVE
from schemas.policy import BOARDERS as AT_SCHOOL
from schemas.policy import CALL, DAY_PUPILS, TALK, VISIT, WEEK, Duty, by_default
from schemas.policy import EVERYONE as ALL
from schemas.policy import MONTH as A_MONTH
from schemas.policy import TERM as A_TERM


@dataclass(frozen=True)
class Item:
    """One item: its number in domain §7, what it asks, the evidence, its checks, the default taken, where it is printed."""

    code: str
    matter: str
    evidence: str
    checks: tuple[Check, ...]
    default: str
    printed: str

    @property
    def chapter(self) -> str:
        """The preset that this item is of."""
        return f"篇{'一二三四五六七'[int(self.code[1]) - 1]}"


_OWN = "七篇对照（校内）"
_CARE, _TARGETS, _ONES, _SCORES = "关爱落实", "目标达成", "十个一", "班级考核、教师考核"
_ACTS = "活动记录·活动类型、学校活动·活动类型"
_MIND = ("心理辅导", "思想教育", "情感教育", "独立生活教育", "体谅父母教育")
_AID = ("资金", "物资", "助学结对")
_MOTHERS = (Pairing.MOTHER, Pairing.FATHER)


_LABOUR, _SHOWN = (Activity.HOME_FOR_THE_AGED, Activity.VOLUNTEER), (*STAGE[:3], "队活动")


def _talks(roles: tuple[str, ...], times: int = 1, whom: str = ALL, period: str = A_MONTH, over: str = EVERYONE) -> Owes:
    return Owes(Duty("", TALK, roles, (), period, times, whom, ""), over)


def _calls(*forms: str) -> Owes:
    return Owes(Duty("", CALL, (), forms, A_MONTH, 1, ALL, ""))


def _visits(whom: str = ALL, over: str = EVERYONE) -> Owes:
    return Owes(Duty("", VISIT, (), (Contact.HOME_VISIT,), A_TERM, 1, whom, ""), over)


def _joined(kinds: tuple[str, ...], period: str = TERM, **more: object) -> Reached:
    return Reached("attendance", "kind", kinds, period, **more)  # type: ignore[arg-type]


def _each(kinds: tuple[str, ...], period: str = TERM) -> tuple[Classes, ...]:
    return tuple(Classes((kind,), period) for kind in kinds)


def _served(kind: str, period: str = TERM) -> Reached:
    return Reached("services", "kind", (kind,), period)


def _papers(*kinds: str, period: str = YEAR) -> Held:
    return Held(("documents",), "kind", kinds, period)


def _given(*kinds: str) -> Held:
    return Held(("donations",), "kind", kinds, YEAR, 0)


def _stands(table: str, column: str, *words: str) -> Held:
    return Held((table,), column, words, STANDING)


def _grown(column: str, what: str, audience: str = EVERYONE) -> Reached:
    return Reached("growth", column, (HAS,), MONTH, what=what, audience=audience)


_LEADER = _stands("committee", "role", "组长")
_DIARY, _PROGRESS = _grown("diary", "成长日记"), _grown("progress", "进步档案")
_HEAD, _TEACHERS = (Role.HEAD_TEACHER,), (Role.HEAD_TEACHER, Pairing.TEACHER, Role.SUBJECT_TEACHER)
_T1, _T3, _T4 = _talks(_HEAD), _talks(_TEACHERS, 2), _talks((Role.SUBJECT_TEACHER,))
_T5 = _talks((Pairing.TEACHER, Role.HEAD_TEACHER), whom=AT_SCHOOL, over=BOARDERS)
_OWN_MOTHER = Owes(Duty("", TALK, _MOTHERS, (), WEEK, 1, ALL, ""), WITH_POTENTIAL, "自己的爱心妈妈（爸爸）谈心")
_C1, _H1, _H2 = _calls(Contact.PHONE, Contact.VIDEO, Contact.LETTER), _visits(), _visits(DAY_PUPILS, "走读的在读留守儿童")
_CASES = (Rate("case_planned"), Reviewed())
_FESTIVE = (Occasion.FESTIVAL, Occasion.ELDERS_BIRTHDAY, Occasion.HOLIDAY)
_CASE_DAYS = by_default("case_days")
_EMPLOYERS = (Employers("employer", "务工单位"), Employers("employer_phone", "单位电话"))

ITEMS: tuple[Item, ...] = (
    Item("P1-1", "一名非留守同学帮一名留守儿童", "结对帮扶·学习帮手", (Helped(),), "人人有；帮手自己是留守儿童的不算", _OWN),
    Item("P1-2", "节假日到敬老院等劳动", _ACTS, (_joined(_LABOUR, is_free=True), Classes(_LABOUR, TERM)), "每学期一次，在周末或节假日", _OWN),
    Item("P1-3", "母亲节悄悄话", _ACTS, (_joined((Activity.MOTHERS_DAY,), YEAR, month=MAY),), "每学年五月一次", _OWN),
    Item("P1-4", "假期三天一次互查作业，以村民组为单位", "假期互查", (Rate("holiday_checked"),), "间隔不超过三天", _CARE),
    Item("P1-5", "周记谈心", "成长记录·成长日记（只记有无）", (_DIARY,), "不收内容，按月看有无", _OWN),
    Item("P1-6", "帮扶教师配对，经常谈心", "结对帮扶·帮扶教师、谈心记录", (Rate("teacher_paired"), _talks((Pairing.TEACHER,))), "帮扶教师每月一次", _OWN),
    Item("P1-7", "寄宿生有教师不时交流", "谈心记录", (_T5,), "住校每月一次", _OWN),
    Item("P2-1", "关爱对象的界定", "学生档案·父母状况和外出日期", (Heads(),), "学籍口径；三种口径并列", "封面、年级统计"),
    Item("P2-2", "五个清楚：基本信息、性格、爱好、健康、联系方式", "学生档案、联系卡的绿底列", (Rate("complete"),), "全部填齐", _TARGETS),
    Item("P2-3", "四个优先：安全、学习、生活、活动", "关爱服务·类别", (_served("安全教育"), _served("学习辅导"), _served("生活照顾"), _served("活动优先")), "每学期每类一次", _OWN),
    Item("P2-4", "本人、在外父母、监护人三方沟通", "谈心记录、家校联系·联系对象", (Parties(),), "每学期三方各一次", _OWN),
    Item("P2-5", "不定期归纳问题、总结经验", "工作材料·种类", (_papers("学期总结", "班级总结", period=TERM), _papers("调查分析")), "每学期一份", _OWN),
    Item("P2-6", "手牵手活动", _ACTS, (_joined(("手拉手",)), Classes(("手拉手",), TERM)), "每学期一次", "活动与资助"),
    Item("P2-7", "定期亲情电话和网络视频", "家校联系·形式", (_calls(Contact.PHONE, Contact.VIDEO),), "电话或视频每月一次", _OWN),
    Item("P2-8", "时常谈心，填好记录卡", "谈心记录（必填列）", (_talks(()), Clean("talks", "谈心记录")), "每月一次；有错的行不算", _OWN),
    Item("P2-9", "个别教育管理方案", "成长记录·个案触发、个别方案", _CASES, f"触发后 {_CASE_DAYS} 天内制订", _CARE),
    Item("P2-10", "心理辅导与四种教育", _ACTS, _each(_MIND), "每学期各一次；按班算", _OWN),
    Item("P2-11", "单独或集体开展活动", "活动记录·参加学生", (Rate("took_part"),), "每月", _CARE),
    Item("P3-1", "职能处室、组长、成员", "领导小组", (_LEADER, _stands("committee", "role", "成员"), _papers("宣传材料")), "每学年有", _OWN),
    Item("P3-2", "留守儿童和潜能生都有档案和联系卡", "学生档案、联系卡", (Rate("archived"), Rate("archived", "Q"), Rate("complete"), Rate("complete", "Q")), "潜能生另列一张表", "目标达成、关爱落实"),
    Item("P3-3", "优秀生结对，反馈效果", "结对帮扶·学习帮手、检查日期", (Rate("classmate_paired"), Rate("classmate_paired", "Q"), Rate("pairing_checked")), "每月检查一次", _CARE),
    Item("P3-4", "重点对象由帮扶教师和代理家长共同帮扶", "学生档案·重点帮扶、结对帮扶", (Rate("focus_paired"),), "两种都要", _CARE),
    Item("P3-5", "帮扶教师写成长日记", "成长记录·成长日记", (_grown("diary", "成长日记", WITH_POTENTIAL),), "每月；只记有无", f"{_OWN}、教师考核"),
    Item("P3-6", "定期走访临时监护人", "家校联系·家访", (_H1,), "每学期一次", _OWN),
    Item("P3-7", "帮扶教师、留守儿童、监护人座谈会", "会议记录·三方到会", (Forum(),), "每学期一次", _OWN),
    Item("P3-8", "班主任经常谈心；个别方案", "谈心记录、个别方案", (_T1, *_CASES), "班主任每月一次；方案每月复查", _OWN),
    Item("P3-9", "班级考核、教师考评，与文明班挂钩", "考核方案、考核登记、预警确认", (Scored(CLASSES), Scored(TEACHERS)), f"不得参评分 {by_default('pass_score')}；有确认的预警不得参评", _SCORES),
    Item("P3-10", "十个一①留守儿童之家", "关爱设施", (One("one_1"),), "八项都可用", _ONES),
    Item("P3-11", "十个一②亲情电话", "关爱设施、家校联系", (_stands("facilities", "item", "亲情电话"), One("one_2")), "每学期", _ONES),
    Item("P3-12", "十个一③一帮一、测试、进步档案", "结对帮扶、成长记录·成绩和进步档案", (One("one_3"), _grown("progress", "进步档案", WITH_POTENTIAL), _papers("身心调查")), "每学期", _ONES),
    Item("P3-13", "十个一④爱心妈妈，每周谈心", "结对帮扶·爱心妈妈、谈心记录", (One("one_4"), _OWN_MOTHER), "自己的爱心妈妈每周一次", f"{_ONES}、{_OWN}"),
    Item("P3-14", "十个一⑤法制、安全、心理讲座", _ACTS, (One("one_5"), *_each(LECTURES), _joined(LECTURES, audience=WITH_POTENTIAL)), "三种各一次，覆盖全部班级", _ONES),
    Item("P3-15", "十个一⑥游览", _ACTS, (One("one_6"),), "每学期一次", _ONES),
    Item("P3-16", "十个一⑦阳光舞台", _ACTS, (One("one_7"),), "至少参加一项", _ONES),
    Item("P3-17", "十个一⑧亲情书信", "家校联系·亲情书信（不收内容）", (One("one_8"), Reached("contacts_log", "occasion", _FESTIVE, TERM, what="写给传统节日、长辈生日或寒暑假的亲情书信", audience=WITH_POTENTIAL)), "每学期一封", _ONES),
    Item("P3-18", "十个一⑨生日", _ACTS, (One("one_9"), Rate("birthday")), "当月过生日的都参加生日会", f"{_ONES}、{_CARE}"),
    Item("P3-19", "十个一⑩做一件有意义的事", _ACTS, (One("one_10"),), "每学期一件", _ONES),
    Item("P3-20", "爱心妈妈按职责履行", "结对帮扶、谈心记录", (Owes(Duty("", TALK, _MOTHERS, (), A_MONTH, 1, ALL, ""), WITH_POTENTIAL, "自己的爱心妈妈（爸爸）谈心"),), "本月谈过心", _OWN),
    Item("P4A-1", "社会捐助", "捐助登记", (_given(*_AID), Held(("activities", "school_activities"), "kind", (Activity.CONDOLENCE,), YEAR, 0)), "有就登记；受益人数多于全校给警告", "活动与资助"),
    Item("P4A-2", "意外保险，总保额", "捐助登记·人均保额、数量", (_given("保险"),), "总保额 = 数量 × 人均保额；份数与人数不同给警告", "活动与资助"),
    Item("P4-1", "建档率 100%", "学生档案", (Rate("archived"),), "100%", _TARGETS),
    Item("P4-2", "入学率 100%", "应入学名册", (Rate("in_school"),), "100%", _TARGETS),
    Item("P4-3", "巩固率 100%", "学生档案·学籍状态、学籍异动", (Rate("kept"),), "100%；休学是否算流失由参数定", _TARGETS),
    Item("P4-4", "领导小组和年度计划", "领导小组、工作材料", (_LEADER, _papers("年度计划"), _papers("目标责任书"), _papers("宣传材料")), "每学年", _OWN),
    Item("P4-5", "档案和联系卡的内容", "学生档案、联系卡", (Rate("complete"),), "各绿底列", _TARGETS),
    Item("P4-6", "学籍档案管理员；变动及时更新联系卡", "教职工·岗位、联系卡·更新日期", (Rate("card_updated"), _stands("staff", "post", "学籍管理员")), f"{by_default('card_days')} 天内", _CARE),
    Item("P4-7", "分类、落实到任课教师、学习帮扶计划", "学生档案·学习分类、学习分组和责任教师，结对帮扶·三要素", (Filled("pupils", ("study_level", "study_group", "study_teacher"), "学习分类、学习分组和责任教师"), Rate("study_plan")), "人人有", f"{_OWN}、{_CARE}"),
    Item("P4-8", "学习帮手、检查、进步档案", "结对帮扶、成长记录·进步档案", (Rate("classmate_paired"), Rate("pairing_checked"), _PROGRESS), "每月检查一次", f"{_CARE}、{_OWN}"),
    Item("P4-9", "患病、营养、寄宿生自理", "关爱服务·类别", (Held(("services",), "kind", ("患病就医", "营养关照"), TERM, 0), Reached("services", "kind", ("自理指导",), TERM, audience=SIXTH_BOARDERS)), "有就登记；六年级住校生自理指导每学期一次", _OWN),
    Item("P4-10", "活动优先安排", "关爱服务·活动优先、活动记录", (Rate("took_part"), _served("活动优先")), "每月", f"{_CARE}、{_OWN}"),
    Item("P4-11", "重点对象：教师、家长、日记、走访", "结对帮扶、成长记录、家校联系", (Rate("focus_paired"), _grown("diary", "成长日记", FOCUS), _visits("重点帮扶", FOCUS)), "同 P3-4 到 P3-6", f"{_CARE}、{_OWN}"),
    Item("P4-12", "座谈会", "会议记录", (Forum(),), "每学期一次", _OWN),
    Item("P4-13", "班主任每月至少一次谈心", "谈心记录", (_T1,), "班主任每月一次", _OWN),
    Item("P4-14", "个别方案（三种情形）", "成长记录·个案触发、个别方案", _CASES, f"触发后 {_CASE_DAYS} 天内", _CARE),
    Item("P4-15", "主题班会、队活动、书画、演讲、演出", _ACTS, (Classes(("主题班会",), MONTH), *_each(_SHOWN), _joined(_SHOWN)), "班会每月一次，其他每学期一次；按班算", _OWN),
    Item("P4-16", "心理课、咨询和四种教育", _ACTS, _each(_MIND), "每学期各一次；按班算", _OWN),
    Item("P4-17", "资助困难留守儿童", "关爱服务·资助、学生档案·困难类别", (Supported(),), "每学年", _OWN),
    Item("P4-18", "不断总结", "工作材料·学期总结", (_papers("学期总结", period=TERM), Held(("documents",), "kind", ("典型经验",), YEAR, 0)), "每学期一份", _OWN),
    Item("P5-1", "班级年度计划、分工", "工作材料·班级计划", (Classes(("班级计划",), YEAR, "documents"), Classes(("任课教师分工",), YEAR, "documents")), "每学年", _OWN),
    Item("P5-2", "建档率 100%", "学生档案", (Rate("archived"),), "100%", _TARGETS),
    Item("P5-3", "档案写明务工单位；亲情电话", "联系卡·务工单位、单位电话", (*_EMPLOYERS, _C1), "知道的都填", _OWN),
    Item("P5-4", "教师每月至少两次谈心", "谈心记录", (_T3,), "教师每月两次", _OWN),
    Item("P5-5", "寄宿生交流、走读生走访", "谈心记录、家校联系", (_T5, _H2), "住校每月谈心一次，走读每学期走访一次", _OWN),
    Item("P5-6", "其余同篇四，自理指导面向全体寄宿生", "关爱服务·自理指导", (Reached("services", "kind", ("自理指导",), TERM, audience=BOARDERS),), "每学期一次", _OWN),
    Item("P6-1", "同篇四，另有春蕾班、社会妈妈", "捐助登记·类别", (_given("春蕾班", "社会妈妈"), *_EMPLOYERS, _T1), "有就登记", "活动与资助"),
    Item("P7-1", "开学初收名册建档", "学生档案·建档日期", (Rate("archived"), Early()), "每月看建档率", _TARGETS),
    Item("P7-2", "定期监护人会", "家校联系·监护人会、会议记录", (Rate("guardian_met"), Held(("meetings",), "kind", (Contact.GUARDIAN_MEETING,), TERM)), "每学期一次", _CARE),
    Item("P7-3", "一帮一、手拉手", "结对帮扶、活动", (Rate("classmate_paired"), _joined(("手拉手",))), "每学期", f"{_CARE}、{_OWN}"),
    Item("P7-4", "安排孩子与父母通话", "家校联系", (_C1,), "每月一次", _OWN),
    Item("P7-5", "五个一", "活动记录·活动类型", (*(One(f"five_{n}", EVERYONE) for n in range(1, len(FIVE_DEEDS) + 1)), One(ALL_FIVE, EVERYONE)), "每学期", _ONES),
    Item("P7-6", "班级每月一次留守儿童会", "活动记录", (Rate("class_met"),), "每月一次", _CARE),
    Item("P7-7", "献爱心、困难生活费", "捐助登记、关爱服务·资助", (_given(*_AID), Supported()), "有就登记", "活动与资助"),
    Item("P7-8", "班主任谈心制；不得讽刺、歧视", "谈心记录、预警确认·体罚歧视", (_T1, Held(("red_flags",), "flag", ("体罚歧视",), MONTH, 0)), "确认属实的不得参评", _SCORES),
    Item("P7-9", "留守儿童分解给任课教师，每月谈心", "学生档案·责任教师、谈心记录", (Filled("pupils", ("study_teacher",), "责任教师"), _T4), "责任教师每月一次", f"{_OWN}、{_CARE}"),
    Item("P7-10", "心理咨询；活动室、咨询室", "关爱设施、关爱服务·心理辅导", (_stands("facilities", "item", "心理咨询室"), _stands("facilities", "item", "留守儿童之家"), _served("心理辅导")), "有", _OWN),
)  # fmt: skip
if len({item.code for item in ITEMS}) != len(ITEMS):
    raise ValueError("an item stands twice")
