"""What is said of a child, the parents and the guardian: 学生档案 and 联系卡."""

from schemas.codes.base import LACKS, CodeList

MALE, FEMALE = "男", "女"
SEX = CodeList(
    "性别",
    (MALE, FEMALE),
    {"男性": MALE, "女性": FEMALE, "男生": MALE, "女生": FEMALE, "男孩": MALE, "女孩": FEMALE, "男童": MALE, "女童": FEMALE,
     "M": MALE, "F": FEMALE, "m": MALE, "f": FEMALE, "male": MALE, "female": FEMALE, "♂": MALE, "♀": FEMALE, "1": MALE, "2": FEMALE},
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


LEFT_BEHIND, POTENTIAL = (Category.LEFT_BEHIND, Category.BOTH), (Category.POTENTIAL, Category.BOTH)


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
    ("父母", "祖父母", "外祖父母", "父亲", "母亲", "其他亲属", "非亲属", "无人监护"),
    {
        "爷爷奶奶": "祖父母",
        "爷爷": "祖父母",
        "奶奶": "祖父母",
        "爷奶": "祖父母",
        "祖父": "祖父母",
        "祖母": "祖父母",
        "外公外婆": "外祖父母",
        "外公": "外祖父母",
        "外婆": "外祖父母",
        "姥姥": "外祖父母",
        "姥爷": "外祖父母",
        "姥姥姥爷": "外祖父母",
        "外祖父": "外祖父母",
        "外祖母": "外祖父母",
        "爸爸妈妈": "父母",
        "父亲母亲": "父母",
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
    {"优": "优秀", "良": "良好", "及格": "合格", "中": "合格", "差": "待提高", "不合格": "待提高", "不及格": "待提高", "待合格": "待提高"},
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
