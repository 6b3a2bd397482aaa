"""What a column of a school's own workbook may mean, under the words by which the admin chooses it.

Most meanings are the columns of our templates; the others are facts from which cells of ours follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas import codes
from schemas.class_workbook import CONTACTS, PUPILS
from schemas.kinds import Code, Day, Kind, Number, PersonName, Phone, Text
from schemas.school_workbook import CLASSES, SCHOOL_AGE, STAFF


class Use:
    """What a table of a source is read as."""

    ROSTER = "学生名册"
    LEDGER = "留守儿童台账"
    POTENTIAL = "潜能生名单"
    VILLAGE = "应入学名册"
    STAFF = "教职工"
    CLASSES = "班级一览"
    NONE = "不用"


USES = (Use.ROSTER, Use.LEDGER, Use.POTENTIAL, Use.VILLAGE, Use.STAFF, Use.CLASSES, Use.NONE)
OF_CHILDREN = (Use.ROSTER, Use.LEDGER, Use.POTENTIAL, Use.VILLAGE)


@dataclass(frozen=True)
class Meaning:
    """One meaning: `label` in the drop-down, `kind` by which its cells are read, and of whom it tells.

    `is_many`: a cell may say more than one thing (爷爷 张大山 138…), and is taken apart. `is_own`: it says who the child
    is, so that it is never copied from the row above.
    """

    key: str
    label: str
    kind: Kind
    of: str = "child"
    is_many: bool = False
    is_own: bool = False


_YES_NO = Code(codes=codes.YES_NO)
_WHOLE, _GRADE, _NUMBER = "班级（年级和班号在一起）", "年级", "班号（另有年级）"
MEMBERS = ("member1", "member2", "member3", "member4", "parent")
_MEMBER_NAMES = ("成员1", "成员2", "成员3", "成员4", "家长")
_OF_MEMBER: tuple[tuple[str, str, Kind], ...] = (
    ("name", "姓名", PersonName()),
    ("relation", "关系", Code(codes=codes.RELATION)),
    ("phone", "电话", Phone()),
    ("employer", "工作单位", Text()),
    ("work_address", "务工地址", Text()),
    ("address", "住址", Text()),
    ("is_guardian", "是否监护人", _YES_NO),
    ("age", "年龄", Number(low=16, high=110)),
    ("job", "职业", Text()),
    ("health", "身体状况", Code(codes=codes.GUARDIAN_HEALTH)),
)
_OWN = ("name", "id_card", "student_no", "sex", "birth_date")
_TAKEN_APART = ("father_name", "mother_name", "guardian_name", "guardian_relation", "father_phone", "mother_phone", "guardian_phone")

_PUPIL = tuple(Meaning(c.key, c.title, c.kind, is_own=c.key in _OWN) for c in PUPILS.columns)
_CARD = tuple(
    Meaning(c.key, c.title, c.kind, is_many=c.key in _TAKEN_APART)
    for c in CONTACTS.columns
    if c.key not in ("pupil", "student_no")
)
_MORE = (
    Meaning("class_name", _WHOLE, Text(), is_own=True),
    Meaning("grade", _GRADE, Text(), is_own=True),
    Meaning("number", _NUMBER, Text(), is_own=True),
    Meaning("entered", "入学年份（没有年级时算年级）", Text(), is_own=True),
    Meaning("left_behind", "是否留守儿童", Text()),
    Meaning("potential", "是否潜能生", _YES_NO),
    Meaning("away", "父母谁外出", Text()),
    Meaning("kind_double", "双亲留守（打勾的一列）", Text()),
    Meaning("kind_single", "单亲留守（打勾的一列）", Text()),
    Meaning("father_ticked", "父亲外出（打勾的一列）", Text()),
    Meaning("mother_ticked", "母亲外出（打勾的一列）", Text()),
    Meaning("parents", "父母（两人写在一格里）", Text(), is_many=True),
    Meaning("hukou", "户口性质", Text()),
    Meaning("age", "年龄（只作核对）", Number(low=3, high=20), is_own=True),
    Meaning("orphan", "是否孤儿", _YES_NO),
    Meaning("low_income", "是否低保", _YES_NO),
    Meaning("village", "村组", SCHOOL_AGE.by_key["village"].kind),
    Meaning("destination", "就学去向", SCHOOL_AGE.by_key["destination"].kind),
    Meaning("evidence", "凭据", Text()),
    Meaning("head_teacher", "班主任", PersonName()),
    Meaning("helper_teacher", "帮扶教师", PersonName()),
    Meaning("helper_teacher_phone", "帮扶教师电话", Phone()),
    Meaning("helper_pupil", "学习帮手", PersonName()),
    Meaning("helper_mother", "爱心妈妈", PersonName()),
    Meaning("helper_father", "爱心爸爸", PersonName()),
    Meaning("helper_parent", "代理家长", PersonName()),
    Meaning("helper_since", "结对日期", Day()),
    Meaning("school_name", "学校名称", Text()),
    Meaning("school_code", "学校标识码", Text(is_label=True)),
)
_MEMBER = tuple(
    Meaning(f"{owner}_{key}", f"{name}{title}", kind, is_many=key in ("name", "relation", "phone"))
    for owner, name in zip(MEMBERS, _MEMBER_NAMES, strict=True)
    for key, title, kind in _OF_MEMBER
)
LEAVER = "leaver"  # whichever parent is away: who, another column says
_LEAVER = (
    Meaning("leaver_work_address", "外出家长的务工地址", Text()),
    Meaning("leaver_employer", "外出家长的务工单位", Text()),
    Meaning("leaver_away_since", "外出家长的外出日期", PUPILS.by_key["father_away_since"].kind),
    Meaning("leaver_phone", "外出家长的电话", Phone()),
)
_STAFF = (
    *(Meaning(f"staff_{c.key}", f"教职工·{c.title}", c.kind, "staff") for c in STAFF.columns),
    Meaning("staff_head_of", "教职工·担任班主任的班级", Text(), "staff"),
)
_CLASS = (
    Meaning("class_class_name", f"班级一览·{_WHOLE}", Text(), "class"),
    Meaning("class_grade", "班级一览·年级", Text(), "class"),
    Meaning("class_number", "班级一览·班号", Text(), "class"),
    *(Meaning(f"class_{c.key}", f"班级一览·{c.title}", c.kind, "class") for c in CLASSES.columns if c.key not in ("grade", "number")),
)
MEANINGS = {meaning.key: meaning for meaning in (*_PUPIL, *_CARD, *_MORE, *_LEAVER, *_MEMBER, *_STAFF, *_CLASS)}
CELLS_OF = {  # the columns that other facts would have filled, where these do not bear their names
    "parents": ("father_name", "mother_name"),
    "away": ("father_status", "mother_status"),
    "hukou": ("rural",),
    "orphan": ("hardship",),
    "low_income": ("hardship",),
}
UNUSED = "不用"
LABELS = {meaning.label: meaning.key for meaning in MEANINGS.values()}
if len(LABELS) != len(MEANINGS):
    raise ValueError("two meanings have one label")
PAIRING_KINDS = {
    "helper_teacher": "帮扶教师",
    "helper_pupil": "学习帮手",
    "helper_mother": "爱心妈妈",
    "helper_father": "爱心爸爸",
    "helper_parent": "代理家长",
}


# What a column of ticks may say by its title: 走读 beside 住校, 祖父母 below 监护类型 (`BELOW_GROUP`: only below one).
OF_TICKS = ("sex", "boarding")
BELOW_GROUP = ("sex", "boarding", "guardianship", "health", "guardian_health", "study_level")


class Sure:
    """How sure it is what a column means. Only what is certain or likely is filled in."""

    CERTAIN = "肯定"
    LIKELY = "可能"
    UNSURE = "不确定"


# What a title may mean as well, where all that stands below it says so: 类别 above 单亲留守, 双亲留守, 非留守.
OTHERWISE = {"category": ("left_behind",), "away": ("left_behind", "parents"), "left_behind": ("away",)}
SHAPES_OF_ANYBODY = frozenset({"guardian_phone", "guardian_relation"})  # whose it is nobody can tell by the values
