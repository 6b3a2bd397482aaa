"""What is recorded of a child in a month: pairings, talks, contacts, activities, plans, services."""

from schemas.codes.base import LACKS, CodeList


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
class Occasion:
    FESTIVAL, ELDERS_BIRTHDAY, OWN_BIRTHDAY, HOLIDAY = "传统节日", "长辈生日", "学生生日", "寒暑假"


OCCASION = CodeList(
    "场合", ("平时", Occasion.FESTIVAL, Occasion.ELDERS_BIRTHDAY, Occasion.OWN_BIRTHDAY, Occasion.HOLIDAY), {"节日": Occasion.FESTIVAL}
)
CONTACT_WITH = CodeList(
    "联系对象",
    ("父亲", "母亲", "父母", "祖父母", "外祖父母", "其他监护人"),
    {
        "爸爸": "父亲", "妈妈": "母亲", "爸妈": "父母", "爷爷": "祖父母", "奶奶": "祖父母", "祖父": "祖父母", "祖母": "祖父母",
        "爷爷奶奶": "祖父母", "外公": "外祖父母", "外婆": "外祖父母", "外祖父": "外祖父母", "外祖母": "外祖父母", "外公外婆": "外祖父母",
    },
)  # fmt: skip
CONTACT_OF = {(True, True): "父母", (True, False): "父亲", (False, True): "母亲"}  # father away, mother away → whom a call is with


class Activity:
    CLASS_MEETING = "留守儿童会"
    BIRTHDAY = "生日会"
    OUTING = "游览"
    LAW = "法制讲座"
    SAFETY = "安全讲座"
    MIND = "心理讲座"
    MEANINGFUL = "做一件有意义的事"
    VOLUNTEER = "志愿服务"
    HOME_FOR_THE_AGED = "敬老服务"
    MOTHERS_DAY = "母亲节悄悄话"
    CONDOLENCE = "慰问"
    PUBLICITY = "宣传"


LECTURES = (Activity.LAW, Activity.SAFETY, Activity.MIND)
STAGE = ("书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间", "队活动")
FIVE_DEEDS = ("改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生")
ACTIVITY_KIND = CodeList(
    "活动类型",
    (
        Activity.CLASS_MEETING, "主题班会", "队活动", "手拉手", "书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间",
        Activity.BIRTHDAY, Activity.OUTING, *LECTURES, "心理辅导", "思想教育", "情感教育", "独立生活教育", "体谅父母教育",
        Activity.VOLUNTEER, Activity.HOME_FOR_THE_AGED, Activity.MOTHERS_DAY, Activity.CONDOLENCE, Activity.PUBLICITY,
        Activity.MEANINGFUL, *FIVE_DEEDS, "其他",
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
