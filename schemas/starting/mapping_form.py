"""对照.xlsx: what was taken for what, what was left out, the usual values, the list to tick; corrected by the admin."""

from __future__ import annotations

from dataclasses import replace

from schemas.class_workbook import CONTACTS, PAIRINGS, PUPILS, SCHOOL_CODE, SCHOOL_NAME
from schemas.codes import CATEGORY, CodeList, Pairing, Parent, Role
from schemas.kinds import Code, Text
from schemas.school_workbook import CLASSES, STAFF
from schemas.starting.meanings import LABELS, UNUSED, USES
from schemas.tables import OPTIONAL, Column, Table, WorkbookForm

_TEXT = Text()
_CHANGE = "改为"
NOT_LISTED = "不列入"
AT_HOME = "同家庭地址"
LIVE_AT_HOME = ("父母", "父亲", "母亲", "祖父母")  # 监护类型 of those whose home is the child's
OTHER_PARENT = "other_parent"  # what is usual of the one who is not away, where a source says that one parent is
_FILE = Column("file", "文件", _TEXT, width=26)
_SHEET = Column("sheet", "工作表", _TEXT, width=14)
COLUMNS = Table(
    "columns",
    "列的对照",
    "来源的一列",
    (
        _FILE,
        _SHEET,
        Column("letters", "列", _TEXT, width=6),
        Column("words", "列名", _TEXT, width=20),
        Column("examples", "例子", _TEXT, hint="长号码只显示末四位", width=30),
        Column("meaning", "当作", _TEXT, width=18),
        Column("sure", "把握", _TEXT, hint="肯定、可能的已填；不确定的没有填", width=8),
        Column("because", "依据", _TEXT, width=36),
        Column("change", _CHANGE, Code(codes=CodeList("列的意思", (UNUSED, *LABELS))), hint="不对或不确定的，从下拉里选；不要的选“不用”", width=24),
    ),
    "程序把来源的每一列当作什么。只在“改为”里改，别的格子改了不起作用；改好存盘，再运行一次 guanai start。",
)
TABLES = Table(
    "tables",
    "来源的表",
    "来源的一张表",
    (
        _FILE,
        Column("saved_at", "保存时间", _TEXT, hint="几处不同时，用较新的", width=20),
        _SHEET,
        Column("above", "表上方的字", _TEXT, width=34),
        Column("rows", "行数", _TEXT, width=8),
        Column("use", "当作", _TEXT, width=14),
        Column("because", "依据", _TEXT, width=34),
        Column("change", _CHANGE, Code(codes=CodeList("表的用途", USES)), hint="不对的从下拉里选", width=14),
    ),
    "读了哪些文件、每张表当作什么。打不开的文件写明了原因。只在“改为”里改。",
)
_OF_USUAL = ("ethnicity", "rural", "lives_with_parents", "boarding", "health", "hardship", "focus", "joined_how", "status", "archived_on")
USUAL = Table(
    "usual",
    "常用值",
    "全校的常用值（只填一行）",
    (
        *(replace(PUPILS.by_key[key], need=OPTIONAL, because="") for key in _OF_USUAL),
        replace(CONTACTS.by_key["updated_on"], need=OPTIONAL),
        Column("archive_no", "档案编号", Text(is_label=True), hint="只填开头，如 2026-，程序接着写班级和序号：2026-0302-01", width=14),
        replace(CONTACTS.by_key["guardian_job"], need=OPTIONAL, hint="多数监护人的职业，如 务农"),
        Column("guardian_address", "监护人地址", Code(codes=CodeList("监护人地址", (AT_HOME,))), hint="多数监护人住在孩子家里才选；外祖父母等不填", width=14),
        Column(OTHER_PARENT, "单亲留守的另一方", Code(codes=CodeList("单亲留守的另一方", (Parent.HOME,))), hint="来源写明父母一方外出、没写另一方在做什么的，大多在家才选", width=14),
        replace(PUPILS.by_key["home_parent_capable"], need=OPTIONAL, because="", hint="只填给一方外出、另一方在家的；逐个看过再填"),
        Column("helper_teacher", Pairing.TEACHER, Code(codes=CodeList(Pairing.TEACHER, (Role.HEAD_TEACHER,))), hint="来源里没有帮扶教师、由班主任帮扶自己班的才选", width=14),
        replace(PAIRINGS.by_key["since"], need=OPTIONAL, hint="写明了帮扶人、没有写日期的结对，哪天开始"),
        replace(STAFF.by_key["active"], need=OPTIONAL),
    ),
    "来源里没有、全校大多一样的，在这里填一次，空着的格子都填上它，老师可以改。没有把握的空着。只看第一行。",
)
PRESET = {"joined_how": "期初在籍", "status": "在读", "active": "是"}
TICKS = Table(
    "ticks",
    "勾选名单",
    "一名还没有定下的学生",
    (
        Column("class_name", "班级", _TEXT, width=14),
        Column("name", "姓名", _TEXT, width=11),
        Column("last4", "证件末四位", _TEXT, width=11),
        Column("sex", "性别", _TEXT, width=6),
        Column("because", "为什么在这里", _TEXT, width=44),
        Column("tick", "列入", Code(codes=CodeList("列入", (*CATEGORY.words, NOT_LISTED))), hint="从下拉里选：是留守儿童、潜能生，还是不列入", width=14),
    ),
    "程序拿不准是不是留守儿童或潜能生的学生。在“列入”里选好存盘，再运行一次；空着的不列入。",
)
DOUBTS = Table(
    "doubts",
    "没有填的",
    "一个没有填的格子",
    (
        _FILE,
        _SHEET,
        Column("row", "行", _TEXT, width=7),
        Column("class_name", "班级", _TEXT, width=14),
        Column("whose", "姓名", _TEXT, width=11),
        Column("item", "项目", _TEXT, width=18),
        Column("seen", "看到的", _TEXT, hint="长号码只显示末四位", width=28),
        Column("because", "原因", _TEXT, width=40),
    ),
    "没有把握就不填。这里逐个写明看到了什么、为什么没有填；填的时候以原件为准。几处不同、已用较新的填好的，写在最后。",
)
MAPPING = WorkbookForm(
    "start_mapping",
    "对照",
    (SCHOOL_NAME, SCHOOL_CODE),
    (COLUMNS, TABLES, USUAL, CLASSES, TICKS, DOUBTS),
    (
        "一、先看“列的对照”：把握是“不确定”的列没有填，知道是什么就在“改为”里选；认错的也在那里改。",
        "二、“班级一览”以这里为准：少了的班补上，多了的删掉；班主任、学生总数可以改。没有任何来源时，只填这张表也能发模板。",
        "三、“勾选名单”里选好谁是留守儿童、潜能生；“常用值”里填全校大多一样的。",
        "四、改好存盘、关上，再运行一次同样的命令：程序按这里的选择重做。老师已经填过的表不会被盖掉。",
    ),
)
