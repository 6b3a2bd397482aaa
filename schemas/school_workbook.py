"""学校月报: one workbook a school, filled by the school's admin (contract §3)."""

from __future__ import annotations

from schemas import codes
from schemas.class_workbook import ACTIVITY_COLUMNS, MONTH, SCHOOL_CODE, SCHOOL_NAME
from schemas.kinds import (
    ClassName,
    ClassNumber,
    Code,
    Day,
    IdCard,
    NameList,
    Number,
    OldNumber,
    PersonName,
    Phone,
    Text,
)
from schemas.tables import ALWAYS, CONDITIONAL, Column, Table, WorkbookForm

_DATE = Column("date", "日期", Day(), ALWAYS, example="2026-10-08", also=("时间",))
_ID = Column("id_card", "身份证号", IdCard(), hint="18 位（文本）", also=("身份证号码", "身份证"), width=21)
_PHONE = Column("phone", "联系电话", Phone(), also=("电话", "手机号"), width=14)
_TARGET_KIND = Column("target_kind", "对象类型", Code(codes=codes.TARGET_KIND), ALWAYS, example="班级")
_TARGET = Column("target", "对象", Text(is_label=True), ALWAYS, "班级写成 三年级(2)班，教师写姓名", "三年级(2)班", width=16)
_YES_NO = Code(codes=codes.YES_NO)
_COUNT = Number()

CLASSES = Table(
    "classes",
    "班级一览",
    "一个班",
    (
        Column("grade", "年级", Code(codes=codes.GRADE), ALWAYS, example="三年级", width=9),
        Column("number", "班级", ClassNumber(low=1, high=60), ALWAYS, "班号，如 2", "2", also=("班号",), width=7),
        Column("head_teacher", "班主任", PersonName(of_staff=True), ALWAYS, example="王老师", width=10),
        Column("pupils", "学生总数", _COUNT, ALWAYS, "全班学生数（含非留守）", "45", width=10),
        Column("declared_lbc", "留守儿童数", _COUNT, hint="没有留守儿童请填 0", example="15", width=12),
        Column("declared_potential", "潜能生数", _COUNT, example="3", width=10),
    ),
    "全校每个班一行，应交月报的班以此为准。没有留守儿童的班，“留守儿童数”填 0。",
)
STAFF = Table(
    "staff",
    "教职工",
    "一名教职工",
    (
        Column("name", "姓名", PersonName(), ALWAYS, example="陈老师", also=("教师姓名",), width=10),
        Column("staff_no", "工号", Text(is_label=True), width=10),
        Column("post", "岗位", Code(codes=codes.POST), ALWAYS, example="任课教师", width=12),
        Column("subject", "任教学科", Text(), example="数学", width=10),
        Column("classes", "任教班级", Text(is_label=True), example="三年级(2)班", width=24),
        _PHONE,
        Column("active", "在岗", _YES_NO, ALWAYS, example="是", also=("是否在岗",), width=7),
    ),
    "全校教职工每人一行。谈心人、帮扶教师、责任教师都按这张表核对姓名。",
)
SCHOOL_AGE = Table(
    "school_age",
    "应入学名册",
    "一名应入学的留守儿童",
    (
        Column("name", "姓名", PersonName(one_only=True), ALWAYS, example="示例·李小禾", also=("学生姓名",), width=11),
        _ID,
        Column("village", "村组", Text(is_label=True), hint="到村民组", example="清水村一组", also=("村民组",), width=16),
        Column("destination", "就学去向", Code(codes=codes.DESTINATION), ALWAYS, example="本校", width=14),
        Column("evidence", "凭据", Text(), hint="不在本校就读的，写明凭据", width=20),
        Column("owner", "劝返责任人", PersonName(of_staff=True), width=12),
        Column("last_visit", "最近劝返", Day()),
    ),
    "服务区内每名应接受义务教育的留守儿童一行，以村委会名册为准，不要只列在校学生。入学率按这张表计算。",
)
MOVEMENTS = Table(
    "movements",
    "学籍异动",
    "一名学生的一次异动",
    (
        _DATE,
        Column("pupil", "学生姓名", PersonName(one_only=True), ALWAYS, example="示例·李小禾", also=("姓名",), width=11),
        _ID,
        Column("kind", "异动类型", Code(codes=codes.MOVEMENT_KIND), ALWAYS, example="转出"),
        Column("old_number", "原证件号", OldNumber(), CONDITIONAL, "更正前的身份证号或学籍号（文本）", because="异动类型是“信息更正”", width=21),
        Column("class_name", "班级", ClassName(), ALWAYS, "三年级(2)班", "三年级(2)班", width=14),
        Column("place", "去向或来源", Text(), width=22),
        Column("confirmed", "接收校确认", _YES_NO, hint="转出后接收学校已确认填“是”", width=11),
        Column("reason", "原因", Text(), width=20),
    ),
    "一行一名学生的一次异动。转出的，接收学校确认学籍后在“接收校确认”填“是”。证件号改过的，登记一行“信息更正”：身份证号填新的，原证件号填旧的。",
)
SCHOOL_ACTIVITIES = Table(
    "school_activities",
    "学校活动",
    "学校的一次活动",
    (
        *ACTIVITY_COLUMNS,
        Column("scope", "参加范围", Code(codes=codes.ACTIVITY_SCOPE), ALWAYS, example="全校"),
        Column("scope_of", "参加对象", NameList(of_places=True), CONDITIONAL, "年级、班级或姓名，用顿号隔开；全校不填", "", because="参加范围不是“全校”", width=30),
    ),
    "一行一次学校组织的活动。谁参加以“参加范围”和“参加对象”为准。",
)
COMMITTEE = Table(
    "committee",
    "领导小组",
    "一名成员",
    (
        Column("name", "姓名", PersonName(), ALWAYS, example="周校长", width=10),
        Column("post", "职务", Text(), example="校长", width=14),
        Column("role", "组内职务", Code(codes=codes.COMMITTEE_ROLE), ALWAYS, example="组长"),
        Column("duty", "职责", Text(), ALWAYS, example="全面负责", width=36),
        _PHONE,
    ),
    "关爱留守儿童工作领导小组，每人一行。",
)
FACILITIES = Table(
    "facilities",
    "关爱设施",
    "一种设施",
    (
        Column("item", "项目", Code(codes=codes.FACILITY), ALWAYS, example="亲情电话", width=14),
        Column("count", "数量", _COUNT, ALWAYS, example="1", width=8),
        Column("usable", "可用", _YES_NO, ALWAYS, example="是", also=("是否可用",), width=8),
        Column("remark", "说明", Text(), width=36),
    ),
    "留守儿童之家和亲情电话等设施，一种一行。",
)
DONATIONS = Table(
    "donations",
    "捐助登记",
    "一次捐助",
    (
        _DATE,
        Column("donor", "捐助方", Text(), ALWAYS, example="云溪爱心协会", width=22),
        Column("kind", "类别", Code(codes=codes.DONATION_KIND), ALWAYS, example="物资"),
        Column("item", "品名", Text(), ALWAYS, example="书包", width=16),
        Column("count", "数量", _COUNT, example="60", width=8),
        Column("amount", "折合金额", Number(whole=False, unit="元"), example="3600", width=12),
        Column("insured_sum", "人均保额", Number(whole=False, unit="元"), hint="保险才填", width=12),
        Column("beneficiaries", "受益人数", _COUNT, ALWAYS, example="60", width=10),
        Column("names", "受益名单", NameList(), hint="只留校内", width=30),
    ),
    "一行一次捐助或一份保险。受益名单只留校内，不上报。",
)
INSPECTIONS = Table(
    "inspections",
    "考核登记",
    "一次登记",
    (
        _DATE,
        _TARGET_KIND,
        _TARGET,
        Column("item", "考核项目", Text(is_label=True), ALWAYS, "考核方案中计分方式为“登记”或“扣分”的项目名称", width=18),
        Column("points", "分值", Number(low=-100, high=100, whole=False, unit="分"), ALWAYS, width=8),
        Column("evidence", "依据", Text(), ALWAYS, width=30),
        Column("inspector", "检查人", PersonName(of_staff=True), ALWAYS, width=10),
    ),
    "考核方案里有“登记”“扣分”项目时才填。",
)
MEETINGS = Table(
    "meetings",
    "会议记录",
    "一次会议",
    (
        _DATE,
        Column("kind", "类型", Code(codes=codes.MEETING_KIND), ALWAYS, example="监护人会"),
        Column("scope", "范围", Text(is_label=True), ALWAYS, "“学校”或班级", "学校", width=14),
        Column("expected", "应到", _COUNT, example="120", width=8),
        Column("present", "实到", _COUNT, ALWAYS, example="112", width=8),
        Column("teachers", "教师到会", _YES_NO, example="是", width=10),
        Column("pupils", "学生到会", _YES_NO, example="是", width=10),
        Column("guardians", "监护人到会", _YES_NO, example="是", width=12),
    ),
    "选填。座谈会、监护人会、领导小组会，一次一行。",
    may_be_missing=True,
)
DOCUMENTS = Table(
    "documents",
    "工作材料",
    "一份材料",
    (
        _DATE,
        Column("kind", "种类", Code(codes=codes.DOCUMENT_KIND), ALWAYS, example="年度计划"),
        Column("scope", "范围", Text(is_label=True), ALWAYS, "“学校”或班级", "学校", width=14),
        Column("title", "名称", Text(), ALWAYS, example="2026 学年关爱工作计划", width=40),
    ),
    "选填。计划、总结、制度，一份一行。",
    may_be_missing=True,
)
RED_FLAGS = Table(
    "red_flags",
    "预警确认",
    "一次预警",
    (
        _DATE,
        _TARGET_KIND,
        _TARGET,
        Column("flag", "情形", Code(codes=codes.RED_FLAG), ALWAYS, width=16),
        Column("confirmed", "确认", _YES_NO, ALWAYS, "核实无误才填“是”", width=8),
        Column("by", "确认人", PersonName(of_staff=True), ALWAYS, width=10),
    ),
    "出现预警情形时，由负责人核实后填写。确认为“是”的，本月不得参评。",
)

SCHOOL_WORKBOOK = WorkbookForm(
    "school_workbook",
    "学校月报",
    (SCHOOL_NAME, SCHOOL_CODE, MONTH),
    (CLASSES, STAFF, SCHOOL_AGE, MOVEMENTS, SCHOOL_ACTIVITIES, COMMITTEE, FACILITIES, DONATIONS, INSPECTIONS, MEETINGS,
     DOCUMENTS, RED_FLAGS),
    (
        "一、先填上面三项，再填“班级一览”和“教职工”：班级是否交齐、老师姓名是否写对，都按这两张表核对。",
        "二、“应入学名册”以村委会名册为准；入学率按它计算，空着就没有入学率。",
        "三、蓝底的列必填；黄底的列只在提示的情况下填；白底的列选填。",
        "四、日期写成 2026-10-08；身份证号、电话已设为“文本”；不要改表名和列名，不要合并单元格。",
    ),
)  # fmt: skip
