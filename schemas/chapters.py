"""The seven plans, item by item: what each asks, where its evidence is filled in, what checks it, where it is printed.

`docs/七篇对照.md` and the sheet 七篇对照 of the school's workbook are made of this; domain §7 has the items.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.codes import FIVE_DEEDS, HAS, LECTURES, STAGE, Activity, Contact, Pairing
from schemas.figures import BY_KEY
from schemas.ones import ALL_FIVE, FIVE_ONES, TEN_ONES
from schemas.policy import by_default

PARENTS, GUARDIANS = ("父亲", "母亲", "父母"), ("祖父母", "外祖父母", "其他监护人")
EVERYONE, POOR = "在读留守儿童", "困难的在读留守儿童"
BOARDERS, SIXTH_BOARDERS = "住校的在读留守儿童", "六年级住校的在读留守儿童"
MONTH, TERM, YEAR, STANDING = "本月", "本学期", "本学年", "现在"


@dataclass(frozen=True)
class Rate:
    """A figure of §5, or one of the ten or five: its key in the measures."""

    key: str

    @property
    def text(self) -> str:
        if self.key in BY_KEY:
            return BY_KEY[self.key].title
        if self.key.startswith("one_"):
            return f"十个一：{TEN_ONES[int(self.key[4:])]}"
        return f"五个一：{FIVE_ONES[self.key]}"


@dataclass(frozen=True)
class Reached:
    """The share of an audience within A with a sound record.

    `table` (or attendance): where it stands; `column`: is one of `words`; `period`: when.
    """

    table: str
    column: str
    words: tuple[str, ...]
    period: str
    what: str = ""
    audience: str = EVERYONE

    @property
    def text(self) -> str:
        return f"{self.audience}中，{self.period}有“{self.what or '/'.join(self.words)}”的"


@dataclass(frozen=True)
class Filled:
    """The share of A with all of `keys` filled in the child's row of `table`."""

    table: str
    keys: tuple[str, ...]
    what: str

    @property
    def text(self) -> str:
        return f"在读留守儿童中，填好了{self.what}的"


@dataclass(frozen=True)
class Held:
    """How many sound rows there are, against how many there should be at least. `all_yes`: columns that say 是."""

    tables: tuple[str, ...]
    column: str
    words: tuple[str, ...]
    period: str
    least: int = 1
    all_yes: tuple[str, ...] = ()
    also: str = ""

    @property
    def text(self) -> str:
        least = f"，至少 {self.least} 次（项）" if self.least else "，有就登记"
        return f"{self.period}有“{'/'.join(self.words)}”{self.also}{least}"


@dataclass(frozen=True)
class Parties:
    """The share of A of whom the child, a parent and a guardian were all spoken with in the term."""

    text: str = "在读留守儿童中，本学期本人、父母、监护人三方都沟通过的"


@dataclass(frozen=True)
class Heads:
    """在册留守 by the 口径 in force: the definition itself."""

    text: str = "三种口径并列，报告写明用哪一种"


Check = Rate | Reached | Filled | Held | Parties | Heads


@dataclass(frozen=True)
class Item:
    """One item: its number in domain §7, what it asks, the evidence, its checks, the default taken, where it is printed."""

    code: str
    matter: str
    evidence: str
    checks: tuple[Check, ...]
    default: str
    printed: str


_OWN = "七篇对照（校内）"
_CARE, _TARGETS, _ONES, _SCORES = "关爱落实", "目标达成", "十个一", "班级考核、教师考核"
_ACTS, _BOTH = "活动记录·活动类型、学校活动·活动类型", ("activities", "school_activities")
_MIND = ("思想教育", "情感教育", "独立生活教育", "体谅父母教育")
_AID = ("资金", "物资", "助学结对")


def _joined(kinds: tuple[str, ...], period: str = TERM) -> Reached:
    return Reached("attendance", "kind", kinds, period)


def _held(kinds: tuple[str, ...], period: str = TERM, least: int = 1) -> Held:
    return Held(_BOTH, "kind", kinds, period, least)


def _served(kind: str, period: str = TERM) -> Reached:
    return Reached("services", "kind", (kind,), period)


def _stands(table: str, column: str, *words: str) -> Held:
    return Held((table,), column, words, STANDING)


_COMMITTEE = _stands("committee", "role", "组长")
_FORUM = Held(
    ("meetings",), "kind", (Contact.FORUM,), TERM, all_yes=("teachers", "pupils", "guardians"), also="，三方都到会"
)
_DIARY, _PROGRESS = (
    Reached("growth", "diary", (HAS,), MONTH, what="成长日记"),
    Reached("growth", "progress", (HAS,), MONTH, what="进步档案"),
)
_CASE_DAYS = by_default("case_days")
_EMPLOYERS = Filled("contacts", ("father_employer", "mother_employer"), "父母双方的务工单位")

ITEMS: tuple[Item, ...] = (
    Item("P1-1", "一名非留守同学帮一名留守儿童", "结对帮扶·学习帮手", (Rate("classmate_paired"),), "人人有；帮手自己是留守儿童的给警告", _CARE),
    Item("P1-2", "节假日到敬老院等劳动", _ACTS, (_held((Activity.VOLUNTEER,)),), "每学期一次", "活动与资助"),
    Item("P1-3", "母亲节悄悄话", _ACTS, (_held(("情感教育",), YEAR),), "每学年一次，记在情感教育", _OWN),
    Item("P1-4", "假期三天一次互查作业，以村民组为单位", "假期互查", (Rate("holiday_checked"),), "间隔不超过三天", _CARE),
    Item("P1-5", "周记谈心", "成长记录·成长日记（只记有无）", (_DIARY,), "不收内容，按月看有无", _OWN),
    Item("P1-6", "帮扶教师配对，经常谈心", "结对帮扶·帮扶教师、谈心记录", (Rate("teacher_paired"), Rate("talked")), "频次要求 T1", _CARE),
    Item("P1-7", "寄宿生有教师不时交流", "谈心记录", (Rate("talked"),), "频次要求 T5：住校每月一次", _CARE),
    Item("P2-1", "关爱对象的界定", "学生档案·父母状况和外出日期", (Heads(),), "学籍口径；三种口径并列", "封面、年级统计"),
    Item("P2-2", "五个清楚：基本信息、性格、爱好、健康、联系方式", "学生档案、联系卡的绿底列", (Rate("complete"),), "全部填齐", _TARGETS),
    Item("P2-3", "四个优先：安全、学习、生活、活动", "关爱服务·类别", (_served("安全教育"), _served("学习辅导"), _served("生活照顾"), _served("活动优先")), "每学期每类一次", _OWN),
    Item("P2-4", "本人、在外父母、监护人三方沟通", "谈心记录、家校联系·联系对象", (Parties(),), "每学期三方各一次", _OWN),
    Item("P2-5", "不定期归纳问题、总结经验", "工作材料·种类", (Held(("documents",), "kind", ("学期总结", "班级总结"), TERM),), "每学期一份", _OWN),
    Item("P2-6", "手牵手活动", _ACTS, (_held(("手拉手",)),), "每学期一次", "活动与资助"),
    Item("P2-7", "定期亲情电话和网络视频", "家校联系·形式", (Rate("called"),), "频次要求 C1：每月一次", _CARE),
    Item("P2-8", "时常谈心，填好记录卡", "谈心记录（必填列）", (Rate("talked"), Rate("rows_clean")), "每月一次；有错的行不算", _CARE),
    Item("P2-9", "个别教育管理方案", "成长记录·个案触发、个别方案", (Rate("case_planned"),), f"触发后 {_CASE_DAYS} 天内制订", _CARE),
    Item("P2-10", "心理辅导与四种教育", _ACTS, tuple(_held((kind,)) for kind in ("心理辅导", *_MIND)), "每学期各一次", _OWN),
    Item("P2-11", "单独或集体开展活动", "活动记录·参加学生", (Rate("took_part"),), "每月", _CARE),
    Item("P3-1", "职能处室、组长、成员", "领导小组", (_COMMITTEE,), "每学年有", _OWN),
    Item("P3-2", "留守儿童和潜能生都有档案和联系卡", "学生档案、联系卡", (Rate("archived"), Rate("complete")), "潜能生另列一张表", "目标达成、关爱落实"),
    Item("P3-3", "优秀生结对，反馈效果", "结对帮扶·学习帮手、检查日期", (Rate("classmate_paired"), Rate("pairing_checked")), "每月检查一次", _CARE),
    Item("P3-4", "重点对象由帮扶教师和代理家长共同帮扶", "学生档案·重点帮扶、结对帮扶", (Rate("focus_paired"),), "两种都要", _CARE),
    Item("P3-5", "帮扶教师写成长日记", "成长记录·成长日记", (_DIARY,), "每月；只记有无", f"{_OWN}、教师考核"),
    Item("P3-6", "定期走访临时监护人", "家校联系·家访", (Rate("visited"),), "频次要求 H1：每学期一次", _CARE),
    Item("P3-7", "帮扶教师、留守儿童、监护人座谈会", "会议记录·三方到会", (_FORUM,), "每学期一次", _OWN),
    Item("P3-8", "班主任经常谈心；个别方案", "谈心记录、个别方案", (Rate("talked"), Rate("case_planned")), "频次要求 T1", _CARE),
    Item("P3-9", "班级考核、教师考评，与文明班挂钩", "考核方案、考核登记、预警确认", (Rate("rows_clean"),), f"不得参评分 {by_default('pass_score')}；有确认的预警不得参评", _SCORES),
    Item("P3-10", "十个一①留守儿童之家", "关爱设施", (Rate("one_1"),), "八项都可用", _ONES),
    Item("P3-11", "十个一②亲情电话", "关爱设施、家校联系", (Rate("one_2"), _stands("facilities", "item", "亲情电话")), "每学期", _ONES),
    Item("P3-12", "十个一③一帮一、测试、进步档案", "结对帮扶、成长记录·成绩和进步档案", (Rate("one_3"), _PROGRESS), "每学期", _ONES),
    Item("P3-13", "十个一④爱心妈妈，每周谈心", "结对帮扶·爱心妈妈、谈心记录", (Rate("one_4"), Rate("mother_paired"), Rate("talked")), "频次要求 T2：每周一次（篇三启用）", f"{_ONES}、{_CARE}"),
    Item("P3-14", "十个一⑤法制、安全、心理讲座", _ACTS, (Rate("one_5"), *(_held((kind,)) for kind in LECTURES)), "三种各一次，覆盖全部班级", _ONES),
    Item("P3-15", "十个一⑥游览", _ACTS, (Rate("one_6"),), "每学期一次", _ONES),
    Item("P3-16", "十个一⑦阳光舞台", _ACTS, (Rate("one_7"),), "至少参加一项", _ONES),
    Item("P3-17", "十个一⑧亲情书信", "家校联系·亲情书信（不收内容）", (Rate("one_8"),), "每学期一封", _ONES),
    Item("P3-18", "十个一⑨生日", _ACTS, (Rate("one_9"), Rate("birthday")), "当月过生日的都参加生日会", f"{_ONES}、{_CARE}"),
    Item("P3-19", "十个一⑩做一件有意义的事", _ACTS, (Rate("one_10"),), "每学期一件", _ONES),
    Item("P3-20", "爱心妈妈按职责履行", "结对帮扶、谈心记录", (Rate("mother_paired"), Reached("talks", "role", (Pairing.MOTHER, Pairing.FATHER), MONTH, what="爱心妈妈（爸爸）谈心")), "本月谈过心", _OWN),
    Item("P4A-1", "社会捐助", "捐助登记", (Held(("donations",), "kind", _AID, YEAR, 0),), "有就登记；受益人数多于全校给警告", "活动与资助"),
    Item("P4A-2", "意外保险，总保额", "捐助登记·人均保额、数量", (Held(("donations",), "kind", ("保险",), YEAR, 0),), "总保额 = 数量 × 人均保额；份数与人数不同给警告", "活动与资助"),
    Item("P4-1", "建档率 100%", "学生档案", (Rate("archived"),), "100%", _TARGETS),
    Item("P4-2", "入学率 100%", "应入学名册", (Rate("in_school"),), "100%", _TARGETS),
    Item("P4-3", "巩固率 100%", "学生档案·学籍状态、学籍异动", (Rate("kept"),), "100%；休学是否算流失由参数定", _TARGETS),
    Item("P4-4", "领导小组和年度计划", "领导小组、工作材料", (_COMMITTEE, Held(("documents",), "kind", ("年度计划",), YEAR)), "每学年", _OWN),
    Item("P4-5", "档案和联系卡的内容", "学生档案、联系卡", (Rate("complete"),), "各绿底列", _TARGETS),
    Item("P4-6", "学籍档案管理员；变动及时更新联系卡", "教职工·岗位、联系卡·更新日期", (Rate("card_updated"), _stands("staff", "post", "学籍管理员")), f"{by_default('card_days')} 天内", _CARE),
    Item("P4-7", "分类、落实到任课教师、学习帮扶计划", "学生档案·学习分类和责任教师、结对帮扶·三要素", (Filled("pupils", ("study_level", "study_teacher"), "学习分类和责任教师"), Rate("study_plan")), "人人有", f"{_OWN}、{_CARE}"),
    Item("P4-8", "学习帮手、检查、进步档案", "结对帮扶、成长记录·进步档案", (Rate("classmate_paired"), Rate("pairing_checked"), _PROGRESS), "每月检查一次", f"{_CARE}、{_OWN}"),
    Item("P4-9", "患病、营养、寄宿生自理", "关爱服务·类别", (Held(("services",), "kind", ("患病就医", "营养关照"), TERM, 0), Reached("services", "kind", ("自理指导",), TERM, audience=SIXTH_BOARDERS)), "有就登记；六年级住校生自理指导每学期一次", _OWN),
    Item("P4-10", "活动优先安排", "关爱服务·活动优先、活动记录", (Rate("took_part"), _served("活动优先")), "每月", f"{_CARE}、{_OWN}"),
    Item("P4-11", "重点对象：教师、家长、日记、走访", "结对帮扶、成长记录、家校联系", (Rate("focus_paired"), _DIARY, Rate("visited")), "同 P3-4 到 P3-6", f"{_CARE}、{_OWN}"),
    Item("P4-12", "座谈会", "会议记录", (_FORUM,), "每学期一次", _OWN),
    Item("P4-13", "班主任每月至少一次谈心", "谈心记录", (Rate("talked"),), "频次要求 T1", _CARE),
    Item("P4-14", "个别方案（三种情形）", "成长记录·个案触发、个别方案", (Rate("case_planned"),), f"触发后 {_CASE_DAYS} 天内", _CARE),
    Item("P4-15", "主题班会、队活动、书画、演讲、演出", _ACTS, (_held(("主题班会",), MONTH), _held(STAGE[:4])), "班会每月一次，其他每学期一次", "活动与资助"),
    Item("P4-16", "心理课、咨询和四种教育", _ACTS, tuple(_held((kind,)) for kind in ("心理辅导", *_MIND)), "每学期各一次", _OWN),
    Item("P4-17", "资助困难留守儿童", "关爱服务·资助、学生档案·困难类别", (Reached("services", "kind", ("资助",), YEAR, audience=POOR),), "每学年", _OWN),
    Item("P4-18", "不断总结", "工作材料·学期总结", (Held(("documents",), "kind", ("学期总结",), TERM),), "每学期一份", _OWN),
    Item("P5-1", "班级年度计划、分工", "工作材料·班级计划", (Held(("documents",), "kind", ("班级计划",), YEAR),), "每学年", _OWN),
    Item("P5-2", "建档率 100%", "学生档案", (Rate("archived"),), "100%", _TARGETS),
    Item("P5-3", "档案写明务工单位；亲情电话", "联系卡·父亲务工单位、母亲务工单位", (_EMPLOYERS, Rate("called")), "知道的都填", _OWN),
    Item("P5-4", "教师每月至少两次谈心", "谈心记录", (Rate("talked"),), "频次要求 T3（篇五启用）", _CARE),
    Item("P5-5", "寄宿生交流、走读生走访", "谈心记录、家校联系", (Rate("talked"), Rate("visited")), "频次要求 T5、H2（篇五启用）", _CARE),
    Item("P5-6", "其余同篇四，自理指导面向全体寄宿生", "关爱服务·自理指导", (Reached("services", "kind", ("自理指导",), TERM, audience=BOARDERS),), "每学期一次", _OWN),
    Item("P6-1", "同篇四，另有春蕾班、社会妈妈", "捐助登记·类别", (Held(("donations",), "kind", ("春蕾班", "社会妈妈"), YEAR, 0), Rate("talked")), "有就登记", "活动与资助"),
    Item("P7-1", "开学初收名册建档", "学生档案·建档日期", (Rate("archived"),), "每月看建档率", _TARGETS),
    Item("P7-2", "定期监护人会", "家校联系·监护人会、会议记录", (Rate("guardian_met"), Held(("meetings",), "kind", (Contact.GUARDIAN_MEETING,), TERM)), "每学期一次", _CARE),
    Item("P7-3", "一帮一、手拉手", "结对帮扶、活动", (Rate("classmate_paired"), _joined(("手拉手",))), "每学期", f"{_CARE}、{_OWN}"),
    Item("P7-4", "安排孩子与父母通话", "家校联系", (Rate("called"),), "频次要求 C1", _CARE),
    Item("P7-5", "五个一", "活动记录·活动类型", (*(Rate(f"five_{n}") for n in range(1, len(FIVE_DEEDS) + 1)), Rate(ALL_FIVE)), "每学期", _ONES),
    Item("P7-6", "班级每月一次留守儿童会", "活动记录", (Rate("class_met"),), "每月一次", _CARE),
    Item("P7-7", "献爱心、困难生活费", "捐助登记、关爱服务·资助", (Held(("donations",), "kind", _AID, YEAR, 0), Reached("services", "kind", ("资助",), YEAR, audience=POOR)), "有就登记", "活动与资助"),
    Item("P7-8", "班主任谈心制；不得讽刺、歧视", "谈心记录、预警确认·体罚歧视", (Rate("talked"), Held(("red_flags",), "flag", ("体罚歧视",), MONTH, 0)), "确认属实的不得参评", _SCORES),
    Item("P7-9", "留守儿童分解给任课教师，每月谈心", "学生档案·责任教师、谈心记录", (Filled("pupils", ("study_teacher",), "责任教师"), Rate("talked")), "频次要求 T4（篇七启用）", f"{_OWN}、{_CARE}"),
    Item("P7-10", "心理咨询；活动室、咨询室", "关爱设施、关爱服务·心理辅导", (_stands("facilities", "item", "心理咨询室"), _served("心理辅导")), "有", _OWN),
)  # fmt: skip
if len({item.code for item in ITEMS}) != len(ITEMS):
    raise ValueError("an item stands twice")
