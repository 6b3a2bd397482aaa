"""What the school's workbook says: grades, posts, destinations, movements, facilities, donations."""

from schemas.codes.base import CodeList

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
    CORRECTION = "信息更正"


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
     Movement.GRADUATE, Movement.DEATH, Movement.CORRECTION),
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
DOCUMENT_KIND = CodeList(
    "材料种类",
    ("年度计划", "学期总结", "班级计划", "班级总结", "制度", "目标责任书", "调查分析", "身心调查", "典型经验", "宣传材料", "任课教师分工"),
    {"计划": "年度计划", "总结": "学期总结", "责任书": "目标责任书", "任课分工": "任课教师分工"},
)
RED_FLAG = CodeList("预警情形", ("义务教育辍学", "责任安全事故", "弄虚作假", "体罚歧视", "泄露学生信息"))
