"""Closed lists of the contract (§2, §3), each written once, with what people write instead.

A `CodeList` maps a colloquial form to its official one; the words that the pipeline reasons about are
named constants, so that no stage spells Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CodeList:
    """A closed list: `words` are accepted, `instead` maps what people write to one of them."""

    name: str
    words: tuple[str, ...]
    instead: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(set(self.words)) != len(self.words):
            raise ValueError(f"{self.name}: a word stands twice")
        strangers = {official for official in self.instead.values() if official not in self.words}
        if strangers:
            raise ValueError(f"{self.name}: synonyms lead outside the list: {sorted(strangers)}")
        if set(self.instead) & set(self.words):
            raise ValueError(f"{self.name}: an official word is listed as a synonym")


YES, NO = "是", "否"
HAS, LACKS = "有", "无"
ALL_PUPILS = "全体"
DASH = "—"

_TRUE = ("√", "✓", "✔", "☑", "✅", "🗸", "Y", "y", "YES", "Yes", "yes", "对", "T", "TRUE", "True", "true", "1")
_FALSE = ("×", "✗", "✘", "✖", "❌", "☒", "╳", "N", "n", "NO", "No", "no", "错", "不是", "F", "FALSE", "False", "false", "0")

YES_NO = CodeList(
    "是否",
    (YES, NO),
    {word: YES for word in (*_TRUE, "有")} | {word: NO for word in (*_FALSE, "无", "没有")},
)
HAS_LACKS = CodeList(
    "有无",
    (HAS, LACKS),
    {word: HAS for word in (*_TRUE, "是")} | {word: LACKS for word in (*_FALSE, "否", "没有", "没")},
)
CAPABLE = CodeList("监护能力", (HAS, LACKS), {"是": HAS, "否": LACKS, "没有": LACKS})

MALE, FEMALE = "男", "女"
SEX = CodeList(
    "性别",
    (MALE, FEMALE),
    {"男性": MALE, "女性": FEMALE, "男生": MALE, "女生": FEMALE, "M": MALE, "F": FEMALE, "1": MALE, "2": FEMALE},
)


class Category:
    LEFT_BEHIND = "留守儿童"
    POTENTIAL = "潜能生"
    BOTH = "留守兼潜能"


CATEGORY = CodeList(
    "学生类别",
    (Category.LEFT_BEHIND, Category.POTENTIAL, Category.BOTH),
    {"留守": Category.LEFT_BEHIND, "留守生": Category.LEFT_BEHIND, "留守儿童兼潜能生": Category.BOTH},
)


class Parent:
    HOME = "在家"
    AWAY = "外出务工"
    DEAD = "死亡"
    LOST = "失联"
    PRISON = "服刑戒毒"
    DIVORCED = "离异未共同生活"
    OTHER = "其他"


PARENT_STATUS = CodeList(
    "父母状况",
    (Parent.HOME, Parent.AWAY, Parent.DEAD, Parent.LOST, Parent.PRISON, Parent.DIVORCED, Parent.OTHER),
    {
        "务工": Parent.AWAY,
        "外出": Parent.AWAY,
        "外出打工": Parent.AWAY,
        "打工": Parent.AWAY,
        "在外务工": Parent.AWAY,
        "在外打工": Parent.AWAY,
        "去世": Parent.DEAD,
        "已故": Parent.DEAD,
        "亡故": Parent.DEAD,
        "失踪": Parent.LOST,
        "服刑": Parent.PRISON,
        "戒毒": Parent.PRISON,
        "务农": Parent.HOME,
        "在家务农": Parent.HOME,
    },
)

GUARDIANSHIP = CodeList(
    "监护类型",
    ("祖父母", "外祖父母", "父亲", "母亲", "其他亲属", "非亲属", "无人监护"),
    {
        "爷爷奶奶": "祖父母",
        "爷爷": "祖父母",
        "奶奶": "祖父母",
        "外公外婆": "外祖父母",
        "外公": "外祖父母",
        "外婆": "外祖父母",
        "爸爸": "父亲",
        "妈妈": "母亲",
        "亲戚": "其他亲属",
        "亲属": "其他亲属",
        "自我监护": "无人监护",
    },
)

DAY_PUPIL, BOARDER = "走读", "住校"
BOARDING = CodeList(
    "就读方式",
    (DAY_PUPIL, BOARDER),
    {"走读生": DAY_PUPIL, "住校生": BOARDER, "寄宿": BOARDER, "寄宿生": BOARDER, "住宿": BOARDER, "住读": BOARDER},
)
HEALTH = CodeList(
    "健康状况",
    ("健康或良好", "一般或较弱", "有慢性病", "有生理缺陷", "残疾"),
    {"健康": "健康或良好", "良好": "健康或良好", "好": "健康或良好", "一般": "一般或较弱", "较弱": "一般或较弱", "慢性病": "有慢性病"},
)
HARDSHIP = CodeList(
    "困难类别",
    (LACKS, "低保", "特困", "孤儿", "事实无人抚养", "残疾", "脱贫监测户", "其他"),
    {"低保户": "低保", "特困户": "特困", "脱贫户": "脱贫监测户", "监测户": "脱贫监测户"},
)
LEVEL = CodeList(
    "等级",
    ("优秀", "良好", "合格", "待提高"),
    {"优": "优秀", "良": "良好", "及格": "合格", "中": "合格", "差": "待提高", "不合格": "待提高", "待合格": "待提高"},
)


class Joined:
    FROM_START = "期初在籍"
    TRANSFER_IN = "转入"
    RETURN = "复学"
    NEWLY_FOUND = "新认定"


JOINED_HOW = CodeList(
    "入班方式",
    (Joined.FROM_START, Joined.TRANSFER_IN, Joined.RETURN, Joined.NEWLY_FOUND),
    {"期初": Joined.FROM_START, "在籍": Joined.FROM_START, "转学": Joined.TRANSFER_IN, "转进": Joined.TRANSFER_IN},
)


class Status:
    ENROLLED = "在读"
    SUSPENDED = "休学"
    LEFT_CONFIRMED = "转出已确认"
    LEFT_UNSETTLED = "转出未落实"
    SUSPECTED_DROPOUT = "疑似辍学"
    DROPOUT = "辍学"
    GRADUATED = "毕业"
    DEAD = "死亡"


PUPIL_STATUS = CodeList(
    "学籍状态",
    (
        Status.ENROLLED,
        Status.SUSPENDED,
        Status.LEFT_CONFIRMED,
        Status.LEFT_UNSETTLED,
        Status.SUSPECTED_DROPOUT,
        Status.DROPOUT,
        Status.GRADUATED,
        Status.DEAD,
    ),
    {"在校": Status.ENROLLED, "正常": Status.ENROLLED, "去世": Status.DEAD, "失学": Status.DROPOUT},
)

RELATION = CodeList(
    "家庭关系",
    (
        "父亲", "母亲", "继父", "继母", "养父", "养母", "祖父", "祖母", "祖父母", "外祖父", "外祖母", "外祖父母",
        "曾祖父", "曾祖母", "外曾祖父", "外曾祖母", "兄", "弟", "姐", "妹", "伯父", "伯母", "叔父", "婶母",
        "舅父", "舅母", "姨父", "姨母", "姑父", "姑母", "其他亲属", "非亲属",
    ),
    {
        "父": "父亲", "母": "母亲", "爸爸": "父亲", "妈妈": "母亲", "父子": "父亲", "母子": "母亲", "父女": "父亲", "母女": "母亲",
        "爷爷": "祖父", "爷": "祖父", "阿公": "祖父", "公公": "祖父", "奶奶": "祖母", "婆婆": "祖母", "阿婆": "祖母",
        "外公": "外祖父", "姥爷": "外祖父", "老爷": "外祖父", "外婆": "外祖母", "姥姥": "外祖母", "爷爷奶奶": "祖父母",
        "外公外婆": "外祖父母", "太公": "曾祖父", "太婆": "曾祖母", "哥哥": "兄", "哥": "兄", "弟弟": "弟", "姐姐": "姐", "妹妹": "妹",
        "伯伯": "伯父", "大伯": "伯父", "大爷": "伯父", "伯": "伯父", "伯娘": "伯母", "大妈": "伯母", "叔叔": "叔父", "叔": "叔父",
        "婶婶": "婶母", "婶": "婶母", "舅舅": "舅父", "舅": "舅父", "舅妈": "舅母", "姨夫": "姨父", "姨妈": "姨母", "阿姨": "姨母",
        "大姨": "姨母", "二姨": "姨母", "小姨": "姨母", "姨": "姨母", "姑夫": "姑父", "姑姑": "姑母", "姑妈": "姑母", "姑": "姑母",
        "亲戚": "其他亲属", "亲属": "其他亲属", "其他": "其他亲属", "邻居": "非亲属",
    },
)  # fmt: skip
GUARDIAN_HEALTH = CodeList(
    "监护人身体状况",
    ("健康", "一般", "患病", "残疾"),
    {"良好": "健康", "好": "健康", "较弱": "一般", "有病": "患病", "生病": "患病", "多病": "患病"},
)


class Pairing:
    TEACHER = "帮扶教师"
    CLASSMATE = "学习帮手"
    MOTHER = "爱心妈妈"
    FATHER = "爱心爸爸"
    PARENT = "代理家长"


PAIRING_KIND = CodeList(
    "帮扶类型",
    (Pairing.TEACHER, Pairing.CLASSMATE, Pairing.MOTHER, Pairing.FATHER, Pairing.PARENT),
    {"教师": Pairing.TEACHER, "结对教师": Pairing.TEACHER, "同学": Pairing.CLASSMATE, "小帮手": Pairing.CLASSMATE},
)
CHECK_RESULT = CodeList("检查结果", ("好", "较好", "一般", "差"), {"很好": "好", "良好": "较好", "优": "好", "良": "较好", "中": "一般"})


class Role:
    HEAD_TEACHER = "班主任"
    SUBJECT_TEACHER = "任课教师"
    COUNSELLOR = "心理教师"
    LEADER = "校领导"


TEACHER_ROLES = (Role.HEAD_TEACHER, Pairing.TEACHER, Role.SUBJECT_TEACHER, Role.COUNSELLOR, Role.LEADER)
SPEAKER_ROLE = CodeList(
    "谈心人身份",
    (
        Role.HEAD_TEACHER,
        Pairing.TEACHER,
        Role.SUBJECT_TEACHER,
        Pairing.MOTHER,
        Pairing.FATHER,
        Pairing.PARENT,
        Role.COUNSELLOR,
        Role.LEADER,
    ),
    {"科任教师": Role.SUBJECT_TEACHER, "任课老师": Role.SUBJECT_TEACHER, "科任老师": Role.SUBJECT_TEACHER, "校长": Role.LEADER},
)
TALK_MODE = CodeList("谈心方式", ("面谈", "电话", "视频", "书面"), {"当面": "面谈", "谈话": "面谈", "微信视频": "视频", "打电话": "电话"})
TALK_TOPIC = CodeList(
    "谈心主题",
    ("思想", "学习", "生活", "情绪", "交友", "身体", "安全", "家庭"),
    {"心理": "情绪", "健康": "身体", "交往": "交友"},
)


class Contact:
    HOME_VISIT = "家访"
    PHONE = "亲情电话"
    VIDEO = "视频通话"
    LETTER = "亲情书信"
    VISIT_SCHOOL = "到校面谈"
    GUARDIAN_MEETING = "监护人会"
    FORUM = "座谈会"


CONTACT_KIND = CodeList(
    "联系形式",
    (
        Contact.HOME_VISIT,
        Contact.PHONE,
        Contact.VIDEO,
        Contact.LETTER,
        Contact.VISIT_SCHOOL,
        Contact.GUARDIAN_MEETING,
        Contact.FORUM,
    ),
    {"视频": Contact.VIDEO, "微信视频": Contact.VIDEO, "书信": Contact.LETTER, "写信": Contact.LETTER, "家长会": Contact.GUARDIAN_MEETING},
)
CONTACT_WITH = CodeList(
    "联系对象",
    ("父亲", "母亲", "父母", "祖父母", "外祖父母", "其他监护人"),
    {
        "爸爸": "父亲", "妈妈": "母亲", "爸妈": "父母", "爷爷": "祖父母", "奶奶": "祖父母", "祖父": "祖父母", "祖母": "祖父母",
        "爷爷奶奶": "祖父母", "外公": "外祖父母", "外婆": "外祖父母", "外祖父": "外祖父母", "外祖母": "外祖父母", "外公外婆": "外祖父母",
    },
)  # fmt: skip


class Activity:
    CLASS_MEETING = "留守儿童会"
    BIRTHDAY = "生日会"
    OUTING = "游览"
    LAW = "法制讲座"
    SAFETY = "安全讲座"
    MIND = "心理讲座"
    MEANINGFUL = "做一件有意义的事"
    VOLUNTEER = "志愿服务"


LECTURES = (Activity.LAW, Activity.SAFETY, Activity.MIND)
STAGE = ("书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间", "队活动")
FIVE_DEEDS = ("改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生")
ACTIVITY_KIND = CodeList(
    "活动类型",
    (
        Activity.CLASS_MEETING, "主题班会", "队活动", "手拉手", "书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间",
        Activity.BIRTHDAY, Activity.OUTING, *LECTURES, "心理辅导", "思想教育", "情感教育", "独立生活教育", "体谅父母教育",
        Activity.VOLUNTEER, Activity.MEANINGFUL, *FIVE_DEEDS, "其他",
    ),
    {"留守儿童班会": Activity.CLASS_MEETING, "班会": "主题班会", "法治讲座": Activity.LAW, "春游": Activity.OUTING, "参观": Activity.OUTING},
)  # fmt: skip
MIND_REFERRED = "需转介"
MIND_STATE = CodeList("心理状态", ("良好", "一般", "需关注", MIND_REFERRED), {"好": "良好", "正常": "良好", "关注": "需关注", "转介": MIND_REFERRED})

CASE_REASON = CodeList(
    "触发原因",
    ("学习严重滑坡", "人格发展不健全", "道德发展失范", "涉嫌违法", "心理障碍"),
    {"成绩严重滑坡": "学习严重滑坡", "学习不认真": "学习严重滑坡", "人格不健全": "人格发展不健全", "道德失范": "道德发展失范"},
)
TRIGGER = CodeList("个案触发", (LACKS, *CASE_REASON.words), dict(CASE_REASON.instead) | {"没有": LACKS})
PLAN_CLOSED = "结案"
PLAN_PROGRESS = CodeList("方案进展", ("进行中", "好转", PLAN_CLOSED), {"已结案": PLAN_CLOSED, "在进行": "进行中"})
SERVICE_KIND = CodeList(
    "关爱服务类别",
    ("安全教育", "学习辅导", "生活照顾", "患病就医", "营养关照", "自理指导", "活动优先", "心理辅导", "资助"),
    {"学习帮辅": "学习辅导", "就医": "患病就医", "生活照料": "生活照顾"},
)

GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")
GRADE = CodeList(
    "年级",
    GRADES,
    {f"{digit}年级": grade for digit, grade in zip("123456789", GRADES, strict=True)}
    | {name: GRADES[index] for index, name in enumerate("一二三四五六七八九")}
    | {digit: GRADES[int(digit) - 1] for digit in "123456789"}
    | {"初一": "七年级", "初二": "八年级", "初三": "九年级", "初一年级": "七年级", "初二年级": "八年级", "初三年级": "九年级"},
)
POST = CodeList(
    "岗位",
    ("校领导", "班主任", "任课教师", "心理教师", "生活教师", "学籍管理员", "其他"),
    {"校长": "校领导", "副校长": "校领导", "科任教师": "任课教师", "教师": "任课教师", "宿管": "生活教师"},
)


class Destination:
    HERE = "本校"
    ELSEWHERE = "外校有学籍"
    SPECIAL = "特教或送教"
    HIGHER = "高一级学校"


IN_SCHOOL = (Destination.HERE, Destination.ELSEWHERE, Destination.SPECIAL, Destination.HIGHER)
DESTINATION = CodeList(
    "就学去向",
    (*IN_SCHOOL, "休学", "未入学", "辍学", "去向不明"),
    {"在校": Destination.HERE, "外校": Destination.ELSEWHERE, "送教上门": Destination.SPECIAL, "失学": "辍学"},
)


class Movement:
    IN = "转入"
    OUT = "转出"
    SUSPEND = "休学"
    RESUME = "复学"
    SUSPECT = "疑似辍学"
    DROPOUT = "辍学"
    BACK = "返校"
    GRADUATE = "毕业"
    DEATH = "死亡"


MOVEMENTS_IN = (Movement.IN, Movement.RESUME, Movement.BACK)
MOVEMENTS_OUT = (
    Movement.OUT,
    Movement.SUSPEND,
    Movement.SUSPECT,
    Movement.DROPOUT,
    Movement.GRADUATE,
    Movement.DEATH,
)
MOVEMENT_KIND = CodeList(
    "异动类型",
    (Movement.IN, Movement.OUT, Movement.SUSPEND, Movement.RESUME, Movement.SUSPECT, Movement.DROPOUT, Movement.BACK,
     Movement.GRADUATE, Movement.DEATH),
    {"转学": Movement.OUT, "转进": Movement.IN},
)  # fmt: skip


class Change:
    """Why a child came into 在册 or went out of it, by comparing the months person by person."""

    FIRST = "首次建账"
    TRANSFER_IN = "转入"
    RESUMED = "复学"
    RECOGNISED = "新认定"
    BACK = "返校"
    MOVED_IN = "调入本班"
    ADDED = "补录"
    TRANSFER_OUT = "转出"
    GRADUATED = "毕业"
    DIED = "死亡"
    MOVED_OUT = "调出本班"
    NOT_MEETING = "不再符合"
    MERGED = "重复合并"
    UNKNOWN = "去向不明"


CHANGES_IN = (
    Change.FIRST, Change.TRANSFER_IN, Change.RESUMED, Change.RECOGNISED, Change.BACK, Change.MOVED_IN, Change.ADDED,
)  # fmt: skip
CHANGES_OUT = (
    Change.TRANSFER_OUT, Change.GRADUATED, Change.DIED, Change.MOVED_OUT, Change.NOT_MEETING, Change.MERGED,
)  # fmt: skip


class Scope:
    SCHOOL = "全校"
    GRADE = "年级"
    CLASS = "班级"
    NAMES = "名单"


ACTIVITY_SCOPE = CodeList("参加范围", (Scope.SCHOOL, Scope.GRADE, Scope.CLASS, Scope.NAMES), {"全体": Scope.SCHOOL})
COMMITTEE_ROLE = CodeList("组内职务", ("组长", "副组长", "成员"), {"组员": "成员"})
FACILITIES = ("留守儿童之家", "档案柜", "亲情电话", "视频设备", "电视机", "播放机", "计算机", "图书", "体艺器材", "心理咨询室")
HOME_FACILITIES = ("留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材")
FACILITY = CodeList("设施项目", FACILITIES, {"电脑": "计算机", "电视": "电视机", "DVD": "播放机", "电话": "亲情电话"})
INSURANCE = "保险"
DONATION_KIND = CodeList("捐助类别", ("资金", "物资", INSURANCE, "助学结对", "春蕾班", "社会妈妈"), {"现金": "资金", "捐款": "资金"})
TARGET_CLASS, TARGET_TEACHER = "班级", "教师"
TARGET_KIND = CodeList("对象类型", (TARGET_CLASS, TARGET_TEACHER), {"老师": TARGET_TEACHER})
MEETING_KIND = CodeList("会议类型", ("座谈会", "监护人会", "领导小组会"), {"家长会": "监护人会"})
DOCUMENT_KIND = CodeList("材料种类", ("年度计划", "学期总结", "班级计划", "班级总结", "制度"), {"计划": "年度计划", "总结": "学期总结"})
RED_FLAG = CodeList("预警情形", ("义务教育辍学", "责任安全事故", "弄虚作假", "体罚歧视", "泄露学生信息"))

ETHNICITIES = tuple(
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 "
    "佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 "
    "阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 "
    "珞巴族 基诺族 穿青人 革家人 其他 外国血统中国籍人士".split()
)
ETHNICITY = CodeList(
    "民族",
    ETHNICITIES,
    {name.removesuffix("族"): name for name in ETHNICITIES if name.endswith("族")} | {"毛难族": "毛南族", "崩龙族": "德昂族"},
)
