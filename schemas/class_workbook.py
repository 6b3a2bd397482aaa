"""班级月报: one workbook a class, filled by the class teacher (contract §2)."""

from __future__ import annotations

from dataclasses import replace

from schemas import codes
from schemas.kinds import Code, Day, IdCard, NameList, Number, PersonName, PersonNames, Phone, StudentNo, Text
from schemas.policy import by_default
from schemas.tables import ALWAYS, ARCHIVE, CONDITIONAL, OPTIONAL, Column, Table, WorkbookForm

SCHOOL_NAME = Column("school_name", "学校名称", Text(), ALWAYS, "学校全称", "示例县云溪镇中心学校", also=("学校", "填报学校"))
SCHOOL_CODE = Column("school_code", "学校标识码", Text(is_label=True), ALWAYS, "学籍系统里的学校标识码", "5299001234", also=("学校代码",))
MONTH = Column("month", "报送月份", Text(is_label=True), ALWAYS, "年-月，如 2026-10", "2026-10", also=("月份", "报告月份"))
GRADE = Column("grade", "年级", Code(codes=codes.GRADE), ALWAYS, "一年级 到 九年级", "三年级")
CLASS_NUMBER = Column("number", "班级", Text(is_label=True), ALWAYS, "班号，如 2", "2", also=("班号",))
UNCHANGED = Column(
    "unchanged", "本月名册无变化", Code(codes=codes.NO_CHANGE), OPTIONAL, "学生档案、联系卡、结对帮扶与上月完全一样，填“是”", also=("名册无变化",)
)
HEAD_TEACHER = Column("head_teacher", "班主任", PersonName(of_staff=True), ALWAYS, "班主任姓名", "王老师")

PUPIL = Column(
    "pupil", "学生姓名", PersonName(one_only=True, of_roster=True), ALWAYS, "从下拉列表中选；须与学生档案一致", "示例·李小禾", also=("姓名", "学生"), width=12
)
PUPILS_NAMED = replace(
    PUPIL,
    kind=PersonNames(of_roster=True),
    hint="一名学生；监护人会、座谈会和关爱服务可以写“全体”“全体（除 张三）”或用顿号隔开的姓名",
)
STUDENT_NO = Column(
    "student_no",
    "学籍号",
    StudentNo(),
    CONDITIONAL,
    "班里有同名学生时才填",
    "",
    because="班里有两名同名学生",
    also=("学籍编号", "学号"),
    width=20,
)
DATE = Column("date", "日期", Day(is_record=True), ALWAYS, "如 2026-10-08", "2026-10-08", also=("时间", "谈心日期", "联系日期", "活动日期"))
SUMMARY = Column("summary", "情况摘要", Text(), hint="一两句话，只留校内", example="家中一切平安", also=("摘要", "情况", "备注"), width=28)
PARENT = Code(codes=codes.PARENT_STATUS)
LEVEL = Code(codes=codes.LEVEL)

PUPILS = Table(
    "pupils",
    "学生档案",
    "一名学生",
    (
        Column("name", "姓名", PersonName(one_only=True), ALWAYS, "与户口簿一致，姓名中间不留空格", "示例·李小禾", also=("学生姓名",), width=10),
        Column("student_no", "学籍号", StudentNo(), CONDITIONAL, "G、L 或 J 加 18 位；与身份证号至少填一个", "G529900201603120029",
               because="学籍号、身份证号至少填一个", also=("全国学籍号", "学籍编号"), width=21),
        Column("id_card", "身份证号", IdCard(), CONDITIONAL, "18 位；与学籍号至少填一个", "529900201603120029",
               because="学籍号、身份证号至少填一个", also=("身份证号码", "身份证", "公民身份证号码", "身份证件号", "公民身份号码", "证件号码"), width=20),
        Column("sex", "性别", Code(codes=codes.SEX), ALWAYS, example="女", width=5),
        Column("birth_date", "出生日期", Day(has_own_year=True), ALWAYS, "如 2016-03-12", "2016-03-12", also=("出生年月", "出生年月日", "生日"), width=11),
        Column("ethnicity", "民族", Code(codes=codes.ETHNICITY), ALWAYS, "写全称，如 汉族", "苗族", also=("族别",), width=8),
        Column("category", "学生类别", Code(codes=codes.CATEGORY), ALWAYS, example="留守儿童", also=("类别",), width=11),
        Column("rural", "农村户籍", Code(codes=codes.YES_NO), ALWAYS, "户籍地是农村填“是”", "是", also=("是否农村户籍",), width=8),
        Column("father_status", "父亲状况", PARENT, ALWAYS, example="外出务工", width=11),
        Column("father_away_since", "父亲外出日期", Day(month_is_enough=True), CONDITIONAL, "父亲外出务工时必填", "2024-02-20", because="父亲状况是“外出务工”",
               also=("父亲外出时间",), width=12),
        Column("mother_status", "母亲状况", PARENT, ALWAYS, example="外出务工", width=11),
        Column("mother_away_since", "母亲外出日期", Day(month_is_enough=True), CONDITIONAL, "母亲外出务工时必填", "2024-02-20", because="母亲状况是“外出务工”",
               also=("母亲外出时间",), width=12),
        Column("home_parent_capable", "在家一方监护能力", Code(codes=codes.CAPABLE), CONDITIONAL, "只有一方外出务工时填；重病、重残填“无”", "",
               because="父母中恰有一方外出务工", also=("在家一方有无监护能力",), width=9),
        Column("lives_with_parents", "随父母生活", Code(codes=codes.YES_NO), ALWAYS, "与父母双方或外出的一方同住填“是”；只与在家一方同住填“否”", "否",
               also=("是否随父母生活",), width=10),
        Column("guardianship", "监护类型", Code(codes=codes.GUARDIANSHIP), ALWAYS, example="祖父母", width=9),
        Column("boarding", "就读方式", Code(codes=codes.BOARDING), ALWAYS, example="走读", also=("是否寄宿",), width=8),
        Column("health", "健康状况", Code(codes=codes.HEALTH), ARCHIVE, example="健康或良好", width=10),
        Column("hardship", "困难类别", Code(codes=codes.HARDSHIP), example="无", width=10),
        Column("personality", "性格特征", Text(), ARCHIVE, "几个字即可", "开朗、爱笑", also=("性格",), width=12),
        Column("interests", "兴趣爱好", Text(), ARCHIVE, "几个字即可", "画画、跳绳", also=("爱好", "特长"), width=12),
        Column("focus", "重点帮扶", Code(codes=codes.YES_NO), ALWAYS, example="否", also=("是否重点帮扶",), width=8),
        Column("study_level", "学习分类", LEVEL, example="良好", width=8),
        Column("study_teacher", "责任教师", PersonName(of_staff=True), hint="负责这名学生学习的任课教师", example="陈老师", width=9),
        Column("study_group", "学习分组", Text(is_label=True), hint="按学科或程度分的组", example="数学基础组", width=11),
        Column("joined_how", "入班方式", Code(codes=codes.JOINED_HOW), ALWAYS, example="期初在籍", width=9),
        Column("joined_on", "入班日期", Day(), CONDITIONAL, "不是期初在籍时必填", "", because="入班方式不是“期初在籍”", also=("入班时间",), width=11),
        Column("status", "学籍状态", Code(codes=codes.PUPIL_STATUS), ALWAYS, example="在读", width=10),
        Column("status_on", "状态日期", Day(), CONDITIONAL, "不是在读时必填；转出未落实的可空", "", because="学籍状态不是“在读”“转出未落实”", width=11),
        Column("archived_on", "建档日期", Day(), ARCHIVE, "建好档案的日期；空着表示未建档", "2026-09-10", also=("建档时间",), width=11),
        Column("archive_no", "档案编号", Text(is_label=True), ARCHIVE, "全校不重复", "2026-0001", also=("档案号",), width=12),
        Column("remark", "备注", Text(), width=14),
    ),
    "一行一名学生（留守儿童和潜能生都填）。蓝底列必填；绿底列要填齐才算“档案完整”；黄底列按提示在需要时填。名单逐月沿用，学生离校改“学籍状态”，不要删行。",
    one_row_a_child=True,
)  # fmt: skip

CONTACTS = Table(
    "contacts",
    "联系卡",
    "一名学生",
    (
        PUPIL,
        STUDENT_NO,
        Column("home_address", "家庭地址", Text(), ARCHIVE, "到村组门牌", "云溪镇清水村一组", also=("家庭住址", "家庭详细地址", "住址"), width=22),
        Column("father_name", "父亲姓名", PersonName(dash=True, of_family=True), ARCHIVE, "父亲已去世或失联可填 —", "李大田", width=10),
        Column("father_phone", "父亲电话", Phone(dash=True), ARCHIVE, "手机号，或带区号的固定电话；父亲已去世或失联可填 —", "19900000001",
               also=("父亲联系电话", "父亲手机"), width=14),
        Column("father_employer", "父亲务工单位", Text(dash=True), width=16),
        Column("father_employer_phone", "父亲单位电话", Phone(dash=True), width=14),
        Column("father_work_address", "父亲务工地址", Text(dash=True), ARCHIVE, "父亲外出务工时填到市、区", "东海省临江市", width=18),
        Column("mother_name", "母亲姓名", PersonName(dash=True, of_family=True), ARCHIVE, "母亲已去世或失联可填 —", "吴小云", width=10),
        Column("mother_phone", "母亲电话", Phone(dash=True), ARCHIVE, "手机号，或带区号的固定电话；母亲已去世或失联可填 —", "19900000002",
               also=("母亲联系电话", "母亲手机"), width=14),
        Column("mother_employer", "母亲务工单位", Text(dash=True), width=16),
        Column("mother_employer_phone", "母亲单位电话", Phone(dash=True), width=14),
        Column("mother_work_address", "母亲务工地址", Text(dash=True), ARCHIVE, "母亲外出务工时填到市、区", "东海省临江市", width=18),
        Column("guardian_name", "监护人姓名", PersonName(of_family=True), ARCHIVE, "平时照看孩子的人", "李老根", also=("监护人",), width=11),
        Column("guardian_relation", "与学生关系", Code(codes=codes.RELATION), ARCHIVE, "祖父、祖母、外祖父、外祖母、伯父、姑母……", "祖父", also=("关系",)),
        Column("guardian_age", "监护人年龄", Number(low=16, high=110, unit="周岁"), ARCHIVE, example="63", width=10),
        Column("guardian_job", "监护人职业", Text(), ARCHIVE, example="务农", width=10),
        Column("guardian_health", "监护人身体状况", Code(codes=codes.GUARDIAN_HEALTH), ARCHIVE, example="健康", width=10),
        Column("guardian_phone", "监护人电话", Phone(), ARCHIVE, example="19900000003", also=("监护人联系电话", "监护人手机"), width=14),
        Column("guardian_address", "监护人地址", Text(), ARCHIVE, example="云溪镇清水村一组", also=("监护人住址",), width=22),
        Column("updated_on", "更新日期", Day(), ARCHIVE, "最近一次核对的日期；学生变动后 15 日内应更新", "2026-09-10", also=("更新时间",)),
    ),
    "一行一名学生。绿底列要填齐才算“档案完整”；电话一格只填一个号码；家里有变动请在 15 日内改好并写上“更新日期”。",
    one_row_a_child=True,
)  # fmt: skip

PAIRINGS = Table(
    "pairings",
    "结对帮扶",
    "一个结对",
    (
        PUPIL,
        STUDENT_NO,
        Column("kind", "帮扶类型", Code(codes=codes.PAIRING_KIND), ALWAYS, example="帮扶教师", also=("结对类型",)),
        Column("helper", "帮扶人", PersonName(of_staff=True), ALWAYS, "帮扶教师须在教职工表中；学习帮手不能是本人", "陈老师", also=("帮扶人姓名",), width=10),
        Column("helper_unit", "帮扶人单位或班级", Text(), example="三年级组", width=16),
        Column("helper_phone", "联系电话", Phone(), width=13),
        Column("plan", "帮扶内容", Text(), hint="学习帮扶计划三要素之一", example="数学计算", width=17),
        Column("plan_time", "帮扶时间", Text(), hint="学习帮扶计划三要素之二", example="每周三下午", width=14),
        Column("plan_goal", "阶段目标", Text(), hint="学习帮扶计划三要素之三", example="期中达到合格", width=17),
        Column("since", "结对日期", Day(), ALWAYS, example="2026-09-05", also=("开始日期",)),
        Column("until", "结束日期", Day(future=True), hint="还在结对就空着"),
        Column("checked_on", "检查日期", Day(), hint="本月检查结对效果的日期", example="2026-10-20"),
        Column("check_result", "检查结果", Code(codes=codes.CHECK_RESULT), CONDITIONAL, example="较好", because="填了“检查日期”", width=10),
    ),
    "一行一个结对；一名学生可以有多个帮扶人。名字已经备好的行，填上帮扶人和结对日期才算。结对结束不要删行，填“结束日期”。",
    prefilled=(("pupil", ""), ("student_no", None), ("kind", "")),
)  # fmt: skip

TALKS = Table(
    "talks",
    "谈心记录",
    "与一名学生的一次谈心",
    (
        DATE,
        PUPIL,
        STUDENT_NO,
        Column("speaker", "谈心人", PersonName(of_staff=True), ALWAYS, "谈心的老师或爱心妈妈", "王老师", also=("谈心教师", "教师姓名", "教师"), width=10),
        Column("role", "谈心人身份", Code(codes=codes.SPEAKER_ROLE), ALWAYS, example="班主任", also=("身份",)),
        Column("mode", "方式", Code(codes=codes.TALK_MODE), ALWAYS, example="面谈", also=("谈心方式",), width=8),
        Column("topic", "主题", Code(codes=codes.TALK_TOPIC), ALWAYS, example="生活", also=("谈心主题",), width=8),
        Column("content", "主要内容", Text(), ALWAYS, "几句话，只留校内", "聊了周末和爷爷种菜的事", also=("谈心内容", "交流谈心的内容", "内容"), width=36),
        Column("action", "采取措施", Text(), hint="只留校内", width=24),
        Column("follow_up", "需跟进", Code(codes=codes.YES_NO), example="否", also=("是否需跟进",), width=8),
        Column("follow_up_on", "跟进日期", Day(future=True)),
    ),
    "一行一次、一名学生；几名学生一起谈心请分行填。名字已经备好的行，填上日期、主题和内容才算一次，多谈的往下加行。内容只留校内，不上报。",
    prefilled=(("pupil", ""), ("student_no", None), ("speaker", None), ("role", codes.Role.HEAD_TEACHER), ("mode", codes.TALK_MODE.words[0])),
)  # fmt: skip

CONTACTS_LOG = Table(
    "contacts_log",
    "家校联系",
    "与一名学生家里的一次联系",
    (
        DATE,
        PUPILS_NAMED,
        STUDENT_NO,
        Column("kind", "形式", Code(codes=codes.CONTACT_KIND), ALWAYS, example="亲情电话", also=("联系形式", "联系方式")),
        Column("with_whom", "联系对象", Code(codes=codes.CONTACT_WITH), ALWAYS, example="父母", also=("对象",)),
        Column("teacher", "组织教师", PersonName(of_staff=True), example="王老师", width=10),
        Column("occasion", "场合", Code(codes=codes.OCCASION), hint="亲情书信写给哪个日子", width=10),
        SUMMARY,
    ),
    "一行一次：家访、亲情电话、视频、书信一行一名学生；监护人会、座谈会可以一行写“全体”或几名学生。名字已经备好的行，填上日期、看过联系对象才算一次。书信只记日期，不记内容。",
    prefilled=(("pupil", ""), ("student_no", None), ("kind", "")),
    issued=("with_whom",),
)

ACTIVITY_COLUMNS = (
    DATE,
    Column("kind", "活动类型", Code(codes=codes.ACTIVITY_KIND), ALWAYS, example="留守儿童会", width=16),
    Column("title", "活动名称", Text(), ALWAYS, example="国庆后第一次留守儿童会", width=24),
    Column("organizer", "组织人", PersonName(of_staff=True), ALWAYS, example="王老师", also=("组织者",), width=10),
    Column("participants", "参加学生", NameList(), ALWAYS, "“全体”，“全体（除 张三、李四）”，或用顿号隔开的姓名；同名者写 姓名(学籍号后4位)", "全体", also=("参加人员",), width=34),
    SUMMARY,
)
ACTIVITIES = Table(
    "activities",
    "活动记录",
    "本班的一次活动",
    ACTIVITY_COLUMNS,
    "一行一次活动。全班都参加填“全体”，个别没参加填“全体（除 张三、李四）”，否则用顿号隔开姓名（张三、李四）。全校的活动由学校统一填，不用重复。",
)

GROWTH = Table(
    "growth",
    "成长记录",
    "一名学生的一个月",
    (
        PUPIL,
        STUDENT_NO,
        Column("chinese", "语文", Number(high=150, whole=False, unit="分"), hint="有测验才填；成绩只留校内", example="86", width=6),
        Column("maths", "数学", Number(high=150, whole=False, unit="分"), hint="有测验才填；成绩只留校内", example="79", width=6),
        Column("english", "英语", Number(high=150, whole=False, unit="分"), hint="有测验才填；成绩只留校内", width=6),
        Column("study", "学习表现", LEVEL, ALWAYS, example="良好", width=8),
        Column("conduct", "行为习惯", LEVEL, ALWAYS, example="优秀", width=8),
        Column("mind", "心理状态", Code(codes=codes.MIND_STATE), ALWAYS, example="良好", width=8),
        Column("absent_days", "缺勤天数", Number(high=31, unit="天"), ALWAYS, example="0", also=("缺勤", "缺课天数"), width=7),
        Column("diary", "成长日记", Code(codes=codes.HAS_LACKS), ALWAYS, "只记有没有，不收内容", "有", width=7),
        Column("progress", "进步档案", Code(codes=codes.HAS_LACKS), ALWAYS, example="有", width=7),
        Column("trigger", "个案触发", Code(codes=codes.TRIGGER), ALWAYS, "没有就选“无”", "无", width=14),
        Column("triggered_on", "触发日期", Day(), CONDITIONAL, "有个案触发时必填", "", because="个案触发不是“无”", width=11),
    ),
    f"一行一名学生，每月一行。有个案触发的，请在 {by_default('case_days')} 天内制订个别方案。名字已经备好的行，填了心理状态、日记、进步档案才算；备好的学习表现、行为习惯是上月的，变了就改。成绩和日记只留校内。",
    one_row_a_child=True,
    prefilled=(("pupil", ""), ("student_no", None), ("absent_days", "0"), ("trigger", codes.LACKS)),
    issued=("study", "conduct"),
)  # fmt: skip

PLANS = Table(
    "plans",
    "个别方案",
    "一份个别教育管理方案",
    (
        PUPIL,
        STUDENT_NO,
        Column("reason", "触发原因", Code(codes=codes.CASE_REASON), ALWAYS, "与成长记录的“个案触发”一致", "学习严重滑坡", width=16),
        Column("made_on", "制订日期", Day(), ALWAYS, example="2026-10-15", also=("制定日期",)),
        Column("owner", "责任人", PersonName(of_staff=True), ALWAYS, example="王老师", width=10),
        Column("measures", "措施", Text(), ALWAYS, "只留校内", "每天放学后辅导半小时", width=32),
        Column("reviewed_on", "最近复查", Day(), hint="不早于制订日期", also=("复查日期",)),
        Column("progress", "进展", Code(codes=codes.PLAN_PROGRESS), ALWAYS, example="进行中", width=9),
    ),
    f"一行一份方案。触发之日起 {by_default('case_days')} 天内制订，每月复查一次。措施只留校内，不上报。",
)

HOLIDAY_CHECKS = Table(
    "holiday_checks",
    "假期互查",
    "一个村民组的一次互查",
    (
        DATE,
        Column("group", "村民组", Text(is_label=True), ALWAYS, example="清水村一组", also=("村组",), width=16),
        Column("leader", "组长", PersonName(), ALWAYS, example="赵小穗", width=10),
        Column("participants", "参加学生", NameList(), ALWAYS, "用顿号隔开的姓名", "赵小穗、钱小河", width=36),
        Column("result", "作业情况", Code(codes=codes.CHECK_RESULT), ALWAYS, example="好", width=9),
    ),
    "只在寒暑假的月份填。一行一个村民组的一次互查，三天一次。",
    only_in_holidays=True,
)

SERVICES = Table(
    "services",
    "关爱服务",
    "对一名学生的一次服务",
    (
        DATE,
        PUPILS_NAMED,
        STUDENT_NO,
        Column("kind", "类别", Code(codes=codes.SERVICE_KIND), ALWAYS, example="学习辅导", also=("服务类别",)),
        Column("provider", "经办人", PersonName(of_staff=True), ALWAYS, example="陈老师", width=10),
        SUMMARY,
    ),
    "选填。一行一次：优先照顾、患病就医、自理指导、资助等；几名学生一起的可以写“全体”或用顿号隔开姓名。",
    may_be_missing=True,
)

CLASS_WORKBOOK = WorkbookForm(
    "class_workbook",
    "班级月报",
    (SCHOOL_NAME, SCHOOL_CODE, MONTH, GRADE, CLASS_NUMBER, HEAD_TEACHER, UNCHANGED),
    (PUPILS, CONTACTS, PAIRINGS, TALKS, CONTACTS_LOG, ACTIVITIES, GROWTH, PLANS, HOLIDAY_CHECKS, SERVICES),
    (
        "一、先填上面各项，再从“学生档案”填起；其他各表的“学生姓名”可以从下拉列表里选。",
        "二、蓝底的列必填；绿底的列要填齐才算“档案完整”；黄底的列只在提示的情况下填；白底的列选填；灰斜体字是备好的，填了才算。",
        "三、日期写成 2026-10-08；身份证号、学籍号、电话这几列已设为“文本”，请直接录入，不要改格式。",
        "四、不要改表名和列名，不要合并单元格；可以用 Excel，也可以用 WPS；整行空着没关系。",
        "五、填好交给学校管理员。有问题的地方会在退回的这份文件里标出来，照批注改好再交即可。",
        "六、要先在纸上写的，请印“班级纸质登记表”（Word 文件，全班 10 页 A4），写好再照着录进这里。",
    ),
    is_live=True,
)
ONE_CHILD_TABLES = tuple(table.key for table in CLASS_WORKBOOK.tables if "pupil" in table.keys)  # whose rows name one child
