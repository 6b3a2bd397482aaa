"""Words that stand in a school's own workbooks, and what they say; what is not here is never guessed."""

from __future__ import annotations

import re

from schemas.codes import BOARDER, DAY_PUPIL, NO, YES
from schemas.codes.pupil import PARENT_STATUS, RELATION, Parent

# 是否留守儿童, 留守类型 → whether, and which parents are away (f, m).
NOT_LEFT, LEFT = "no", "yes"
LEFT_BEHIND: dict[str, tuple[str, str]] = {
    **dict.fromkeys("0 非留守儿童 非留守 否 不是 无 × N n 非 没有 不留守 否非留守".split(), (NOT_LEFT, "")),
    **dict.fromkeys("是 √ ✓ ✔ ☑ Y y 对 有 留守 留守儿童 留守学生 1-是".split(), (LEFT, "")),
    **dict.fromkeys("1 单亲留守儿童 单亲留守 单留守 单留 单亲 一方外出 父母一方外出 单方外出 单方留守 一方留守 单方 父母一方外出务工 一方外出务工 单".split(), (LEFT, "")),
    **dict.fromkeys(
        "2 双亲留守儿童 双亲留守 双留守 双留 双亲 双方外出 父母双方外出 双方留守 双方 父母双方外出务工 双方外出务工 父母均外出 父母都外出 父母均外出务工 父母都外出务工 父母双方均外出 全部外出 均外出 都外出 父母外出 父母外出务工 双方均外出 双方都外出 双".split(),
        (LEFT, "fm"),
    ),
    **dict.fromkeys("父亲外出 父外出 父亲外出务工 父亲务工 父亲单方外出 仅父亲外出 父亲一方外出 爸爸外出 父亲打工 父亲外出打工".split(), (LEFT, "f")),
    **dict.fromkeys("母亲外出 母外出 母亲外出务工 母亲务工 母亲单方外出 仅母亲外出 母亲一方外出 妈妈外出 母亲打工 母亲外出打工".split(), (LEFT, "m")),
}
# Words by which one parent is away, and not which: the other's status is the admin's usual value, where he has one.
ONE_AWAY = frozenset(text for text, (is_left, who) in LEFT_BEHIND.items() if is_left == LEFT and not who and ("单" in text or "一方" in text))
DENIED = re.compile(r"(?:非|不是?|不属于|已不是?|不再)(?:农村)?留守(?:儿童|学生)?")
WITH_OTHERS = re.compile(r"含|全校|全体|全班|是否|所有")  # beside 非留守: a list of both kinds
DENIED_IN_TEXT = re.compile(r"(?:非|不是|不属于|不再)(?:农村)?留守")
EXAMPLE_ROW = re.compile(r"(?:填写|填表)?(?:示例|样例|范例|举例|例子?)(?:行)?[:：]?")  # what stands before the row that shows how
# Of a column that says nothing but who is away.
AWAY: dict[str, str] = {
    **{text: who for text, (_, who) in LEFT_BEHIND.items() if who},
    **dict.fromkeys("父母 父亲母亲 父亲和母亲 父母亲 父亲、母亲 爸爸妈妈 父和母 都在外 均在外 父亲/母亲 父、母 都外出务工 均外出务工 夫妻双方 父母都在外 父母均在外".split(), "fm"),
    **dict.fromkeys("父亲 父 爸爸 爸".split(), "f"),
    **dict.fromkeys("母亲 母 妈妈 妈".split(), "m"),
}
# A column whose title is one option, to be ticked → what the tick says.
OPTIONS: dict[str, tuple[tuple[str, object], ...]] = {
    "kind_double": (("left_behind", (LEFT, "fm")),),
    "kind_single": (("left_behind", (LEFT, "")), ("is_single", YES)),
    "father_ticked": (("father_status", Parent.AWAY), ("is_ticked", YES)),
    "mother_ticked": (("mother_status", Parent.AWAY), ("is_ticked", YES)),
}
# A title that asks yes or no, and what yes is in our list.
ASKED = re.compile(r"是否|[?？]$|住校否|寄宿否")
WHEN_ASKED: dict[str, dict[str, str]] = {
    "boarding": {YES: BOARDER, NO: DAY_PUPIL},
    "father_status": {YES: Parent.AWAY},  # no says only that he is not away: he may be dead
    "mother_status": {YES: Parent.AWAY},
}
ASKED_AT_HOME = re.compile(r"是否在家|在家与否")  # of a parent: yes says where he is, no does not
INSTEAD: dict[str, dict[str, str]] = {
    "boarding": {
        **dict.fromkeys("通学 通校 非寄宿 不寄宿 走读生 否-走读 非住校 不住校 通学生 跑校 非寄宿生 外宿".split(), DAY_PUPIL),
        **dict.fromkeys("在校住宿 内宿 住宿生 寄宿在校 全寄宿 住宿 寄宿制 校内住宿".split(), BOARDER),
    },
    "health": {
        **dict.fromkeys("身体健康 健康良好 正常 很好 健壮 较好 优 健康或良好（10）".split(), "健康或良好"),
        **dict.fromkeys("体弱 较差 一般或体弱 弱".split(), "一般或较弱"),
        "10": "健康或良好", "20": "一般或较弱", "30": "有慢性病", "40": "有生理缺陷", "50": "残疾",
    },
    "guardian_health": {"身体健康": "健康", "正常": "健康", "健康或良好": "健康", "较好": "健康", "一般或较弱": "一般", "体弱": "一般", "慢性病": "患病", "有慢性病": "患病", "较差": "患病"},
    "guardianship": {"隔代(祖父母)": "祖父母", "祖父": "祖父母", "祖母": "祖父母", "外祖父": "外祖父母", "外祖母": "外祖父母", "姥姥姥爷": "外祖父母", "爷爷、奶奶": "祖父母", "外公、外婆": "外祖父母",
                     "父": "父亲", "母": "母亲", "亲友": "其他亲属", "叔伯": "其他亲属", "伯父": "其他亲属", "姑姑": "其他亲属", "叔叔": "其他亲属", "姑母": "其他亲属", "舅舅": "其他亲属"},
    "status": {"正常在读": "在读", "在籍在校": "在读", "在籍": "在读", "就读": "在读", "在校生": "在读", "01-在读": "在读", "正常在校": "在读", "在校在籍": "在读"},
    "hardship": {"建档立卡": "脱贫监测户", "脱贫": "脱贫监测户", "非困难": "无", "一般": "无", "否": "无", "正常": "无", "最低生活保障": "低保", "农村低保": "低保"},
    "ethnicity": {"汗族": "汉族"},
    "staff_post": {
        **dict.fromkeys("专任教师 科任 任课老师 科任老师 老师 普通教师 教学 教学人员 一线教师 教学岗 教师岗 学科教师 语文教师 数学教师 英语教师".split(), "任课教师"),
        **dict.fromkeys("书记 党支部书记 校长、书记 书记、校长 副书记 校长兼书记 党总支书记 书记兼校长".split(), "校领导"),
        **dict.fromkeys("班主任老师 班主任教师".split(), "班主任"),
        **dict.fromkeys("心理健康教师 心理老师 心理辅导教师 心理咨询师".split(), "心理教师"),
        **dict.fromkeys("宿管员 生活老师 宿舍管理员 保育员 宿管老师 生活指导教师".split(), "生活教师"),
        **dict.fromkeys("学籍员 学籍管理 学籍档案管理员".split(), "学籍管理员"),
        **dict.fromkeys("后勤 门卫 保安 食堂 厨师 炊事员 工勤 会计 出纳 校医 财务 图书管理员 工勤人员 后勤人员 教辅 食堂工友 工友 总务".split(), "其他"),
    },
    "staff_active": {"在职": YES, "在岗": YES, "在编在岗": YES, "在职在岗": YES, "退休": NO, "离职": NO, "调出": NO, "借调": NO, "病休": NO, "产假": NO, "离岗": NO, "正常": YES},
    "destination": {"本校就读": "本校", "在本校": "本校", "在本校就读": "本校", "外校就读": "外校有学籍", "在外就读": "外校有学籍", "外地就读": "外校有学籍", "送教": "特教或送教"},
    "category": {"双留守": "留守儿童", "单留守": "留守儿童", "留守学生": "留守儿童", "学困生": "潜能生", "留守+潜能": "留守兼潜能", "留守、潜能": "留守兼潜能", "留守儿童、潜能生": "留守兼潜能"},
}
_STATUS = {
    **dict.fromkeys("外地打工 外出务工中 在外 外省务工 省外务工 外地务工 出外打工 出外务工 务工在外 外出经商 常年外出 长期外出 长年在外打工 长期在外务工 在外地 外出工作".split(), Parent.AWAY),
    **dict.fromkeys("家中 在家中 在家照顾 居家 留守在家 在家带孩子 在家务农 务农 家里 本地 在本地 本地务农 在家照看 未外出 在村 在家种地".split(), Parent.HOME),
    **dict.fromkeys("病故 已去世 过世 已亡 离世 病逝 已过世 亡 死".split(), Parent.DEAD),
    **dict.fromkeys("下落不明 失去联系 离家出走 出走".split(), Parent.LOST),
    **dict.fromkeys("坐牢 在押 服刑中 强制戒毒 在服刑".split(), Parent.PRISON),
    **dict.fromkeys("离异 离婚 已离婚 改嫁".split(), ""),  # not said whether they live together: nothing is filled in
}
INSTEAD["father_status"] = {text: word for text, word in _STATUS.items() if word}
INSTEAD["mother_status"] = INSTEAD["father_status"]
# A parent's cell that says what has become of the parent, instead of what was asked.
GONE: dict[str, str] = {
    **dict.fromkeys("去世 已去世 已故 亡故 故 过世 已过世 病故 病逝 身故 死亡 已死亡 亡 逝世 离世".split(), Parent.DEAD),
    **dict.fromkeys("失联 已失联 失踪 下落不明".split(), Parent.LOST),
}
PARENT_WORDS: dict[str, str] = {**{word: word for word in PARENT_STATUS.words}, **PARENT_STATUS.instead, **_STATUS}
NO_EMPLOYER = frozenset("务农 在家务农 农民 个体 无业 待业 无固定单位 自由职业 打零工 零工 打工 务工 家务 全职妈妈 家庭主妇".split())
# A remark that says that the child may not be here any more.
NOT_HERE = re.compile(
    r"转出|转走|转学|已转|退学|辍学|休学|毕业|死亡|离校|不在校|不在本校|随父母外出|已随父母|父母已返乡|父母已回|不再留守|不留守|空挂|人不在"
    r"|^(?:[\d年月日.]*)?[已拟]?转(?:到|去|往|至|回|县|城|镇|市|省|外)|随(?:父母?|母|爸|妈|家长)亲?(?:一起|一同)?(?:去|到|往|赴|走|迁)"
    r"|(?<!走路)(?<!步行)(?<!骑车)(?<!坐车)(?<!乘车)(?<!接送)(?<!每天)(?<!自己)(?:去|到)(?!本校|我校|校|学校).{1,10}(?:读书|上学|就读|读了|念书)|(?:父母?|母)亲?[均都]?已?经?(?:返乡|回乡(?!证))"
)
NOT_NAME = re.compile(r"[\s(（,，、:：\-—]")  # where a name ends, and what is said of him begins
TICKED = re.compile(r"[☑√✓✔■]\s*([\u4e00-\u9fff]+)(?=[\s□☐]|$)")  # one word behind a tick, among boxes
HUKOU: dict[str, str] = {
    **dict.fromkeys("农业 农业户口 农业户 农业家庭户口 农村 农村户口 1 农 农业家庭户 农村居民 农业集体户口 农村户籍".split(), YES),
    **dict.fromkeys("非农业 非农业户口 非农 城镇 城镇户口 2 非农业家庭户口 非农户口 城市 城镇居民 非农业家庭户 城市户口".split(), NO),
}
# The guardian's relation → 监护类型. A parent says nothing: the guardian by law is not who looks after the child.
GUARDIANSHIP_OF: dict[str, str] = {
    **dict.fromkeys(("祖父", "祖母", "祖父母"), "祖父母"),
    **dict.fromkeys(("外祖父", "外祖母", "外祖父母"), "外祖父母"),
    **dict.fromkeys("兄 姐 伯父 伯母 叔父 婶母 舅父 舅母 姨父 姨母 姑父 姑母 其他亲属 曾祖父 曾祖母 外曾祖父 外曾祖母".split(), "其他亲属"),
    "非亲属": "非亲属",
}
RELATIONS_MORE: dict[str, str] = {
    "51": "父亲", "52": "母亲", "61": "祖父", "62": "祖母", "63": "外祖父", "64": "外祖母", "祖孙(爷爷)": "祖父", "祖孙(奶奶)": "祖母", "爷爷(祖父)": "祖父", "奶奶(祖母)": "祖母",
    "外婆(姥姥)": "外祖母", "外公(姥爷)": "外祖父", "小叔": "叔父", "三叔": "叔父", "二叔": "叔父", "大姑": "姑母", "二姑": "姑母", "小姑": "姑母", "大舅": "舅父", "二舅": "舅父", "小舅": "舅父", "二伯": "伯父", "大伯父": "伯父",
}
# What the child is to the guardian, instead of what the guardian is to the child → 监护类型.
TURNED_RELATIONS: dict[str, str] = {
    **dict.fromkeys("孙子 孙女 孙 祖孙 爷孙 奶孙 婆孙 孙儿".split(), "祖父母"),
    **dict.fromkeys("外孙 外孙子 外孙女 外祖孙 外孙儿".split(), "外祖父母"),
    **dict.fromkeys("侄子 侄女 侄儿 外甥 外甥女 内侄 侄 甥".split(), "其他亲属"),
}
NAME_AND_SEX = re.compile(r"(.+?)\s*[/／|、,，(（\s]\s*([男女])\s*[)）]?")  # 李小禾/女
SEX_ASKED = re.compile(r"性别|男女")
OF_SEVERAL = re.compile(r"[父母爸妈]|[、，,;；/]")  # in one cell for both parents: each may be elsewhere
WORKS_THERE = re.compile(r"务工|打工")  # in the title of a cell that holds a parent's name and more
FIRM_OR_PLACE = re.compile(r"单位\W*(?:以及|[及和与或、/])?\W*(?:详细)?地[址点]|地[址点]\W*(?:以及|[及和与或、/])\W*单位")  # a title that asks for both
# What a sheet, its title or a line in it says of all the children below: how many of their parents are away.
KINDS_ABOVE = (
    (re.compile(r"双亲留守|双留守|父母双方外出|父母均外出|父母都外出|双方外出"), (LEFT, "fm"), NO),
    (re.compile(r"单亲留守|单留守|一方外出|单方外出"), (LEFT, ""), YES),
)
PLACED = re.compile(r"(?<!超)市|[省县区州盟旗]|北京|上海|天津|重庆|广东|浙江|江苏|福建|深圳|东莞|广州|新疆|西藏")
# Words of relation that stand before or behind a name in one cell, the longer first.
RELATION_CODES: dict[str, str] = {**{word: word for word in RELATION.words}, **RELATION.instead, **RELATIONS_MORE}
COUPLES = {frozenset(("祖父", "祖母")): "祖父母", frozenset(("外祖父", "外祖母")): "外祖父母"}
_NO_NAME_BEGINS_SO = {"其他", "公公", "婆婆", "老爷", "大伯", "大爷"}
RELATION_WORDS = tuple(sorted((word for word in RELATION_CODES if len(word) > 1 and not word.isdigit() and word not in _NO_NAME_BEGINS_SO), key=len, reverse=True))
LEDGER = re.compile(r"留守(?:儿童|学生|少年|幼儿)?")
# Other children than left-behind ones that stand on one list with them: who is what has to be said by a column.
MIXED_LIST = re.compile(r"潜能生|学困生|后进生|困境|孤儿|残疾|残障|单亲(?!留守|外出)|离异|贫困|特殊|特困|流动儿童|随迁|各类|重点青少年")
POTENTIAL_LIST = re.compile(r"潜能生|学困生|后进生")
VILLAGE_LIST = re.compile(r"应入学|适龄儿童|适龄少年|学龄儿童|村委会|义务教育适龄")
STAFF_LIST = re.compile(r"教职工|教师|教职员|老师|人员名单|人事")
CLASS_LIST = re.compile(r"班级一览|班级情况|班级设置|班级信息|班主任名单|班主任安排|班级统计|班主任一览|班级表|班级名册|班级人数|班级名单|班额")
NOT_LEDGER = re.compile(r"非留守|全校学生|全体学生|(?<!留守)学生(?:花名册|信息|基本信息|名册|基本情况)|学籍|含留守")
WHOLE_LIST = re.compile(r"(?:学生|全校|全班|班级|在校|在籍|新生|年级).{0,6}(?:名单|名册|花名册|信息|情况|登记|统计)|花名册|全校|全班")  # of a text that does not say 留守
# Lists of some of a class's children, which do not tell who is in it.
PART_LIST = re.compile(
    r"寄宿|住校|住宿|宿舍|走读|贫困|资助|困难|补助|低保|残疾|脱贫|监测户|少先队|团员|转入|转出|转学|休学|借读|校车|乘车|接送|营养餐|午餐|用餐|午休|体检|视力|疫苗|接种|预防|获奖|优秀|三好|表彰|社团|兴趣小组|课后|延时|托管|参保|保险|"
    r"心理|成绩|考试|考勤|签到|值日|值周|座次|座位|比赛|参赛|合唱|足球|单亲(?!留守|外出)|孤儿|潜能生|学困生|结对|帮扶|家访|谈心|走访|捐|慰问|活动|生日"
)
SCHOOL_YEAR = (
    re.compile(r"(20\d{2})\s*[-—–~至/]+\s*(?:20)?\d{2}\s*学?年"),
    re.compile(r"(20\d{2})\s*学年"),
)
TERM = re.compile(r"(20\d{2})\s*年?度?\s*(春|秋|上半年|下半年)")  # 上学期 is spring here and autumn there
AUTUMN = ("秋", "下半年")
DATED = re.compile(r"(20\d{2})\s*[年.\-/]\s*(\d{1,2})\s*(?:[月.\-/]|$)")
OLD_COLUMN = re.compile(r"[(（](?:旧|原|以前|作废|停用|已停用|历史|去年|上年)[)）]|^(?:旧|作废)")  # in a title: it was so once
HINT = re.compile(r"^[A-Za-z0-9_\s]+$|必填|选填|格式|如[:：]?|18位|11位|数字|下拉|是/否|填写|yyyy|YYYY|岁|周岁|元|盖章|打[√✓]|请|年月日|年-月|文本|男/女|详细|精确|到村|到组|省市|省、市|注明|不少于|有/无|^性别$|^男女$")
GROUPS_IN_VAIN = re.compile(r"(?:基本|个人|家庭|联系|就读|务工|外出|监护|详细|相关)?(?:情况|信息|资料|状况|基本情况)$")
# 父： and 母： in one cell; a full word needs no colon.
PARENT_MARK = re.compile(r"(?:^|(?<=[\s,，;；、/。]))(?:(父亲|爸爸|父(?=\s*[:：])|爸(?=\s*[:：]))|(母亲|妈妈|母(?=\s*[:：])|妈(?=\s*[:：])))\s*[:：]?\s*")
OWNER_WORDS = {**dict.fromkeys("父亲 父 爸爸 爸 父亲电话 父电话".split(), "father"), **dict.fromkeys("母亲 母 妈妈 妈 母亲电话 母电话".split(), "mother")}
AT_WORK = re.compile(r"[在去到往]?(.{2,14}?)(?:外出)?(?:务工|打工|做工|上班)")
# In where somebody works: who may come home every evening, or it says at what and not where.
NEAR = re.compile(r"本|附近|当地|家|村|镇|乡|周边|县城|城里|县里|县上|街|厂|店|校|院|银行|政府|超市|公司|单位|工地|矿|站")
NOT_NOW = re.compile(r"未|没|无(?![锡为])|不|非(?!洲)|曾|^原|以前|之前|过去|去年|前年|准备|打算|拟|想|要去|返")  # he may be at home
UNPLACED = re.compile(r"外|年|期|一直|经常|夫妻|父母|父亲|母亲|一起|同|个人|已|在")  # in what stands before 务工: how, not where
NOWHERE = frozenset("外地 外出 在外 外省 省外 省内 外县 外面 县外 本地 长期 常年 外出在".split())
HEAD_OF = re.compile(r"(?:[语数英]\w{0,3}教师\W*)?(.*班)\s*(?:的)?班主任")  # 三(2)班班主任 as a post
# What stands in a name's cell and is none: what has become of somebody, whose it is, or what it is about.
NO_NAME = re.compile(
    r"去世|病故|亡故|身故|死亡|已故|改嫁|离异|离婚|再婚|失踪|失联|出走|服刑|坐牢|在押|戒毒|在外|外出|打工|务工|外地|在家|不详|不明|不知|联系不|常年|长期|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|父母|爸爸|妈妈|家长|监护|抚养|"
    r"随母|随父|同上|微信|电话|号码|手机|无人|没有|暂无|未知|自己|本人|学生|残疾|智障|精神病|多病|住校|走读|留守"
)
# What lists put before or behind a name: a mark, the sex, which of two twins.
NAME_MARKS = re.compile(r"^[*＊★☆▲△●○◆◇■□√#※]+|[*＊★☆▲△●○◆◇■□√#※]+$|[(（](?:男|女|双胞胎|大|小|哥|弟|姐|妹|班长|组长|留守|留守儿童|单亲|双亲|住校|走读|寄宿|新生|新)[)）]$")
NUMBER_MARKS = re.compile(r"[\s\-—–‐.。,，、;；·:：\"“”'‘’`*()（）]")  # within or around an identity number: 529900-2017…-0029。
WITH_PHONE = re.compile(r"(?:[☎☏📞📱✆]|[Tt][Ee][Ll]\.?|本人|微信同号|同微信|微信|手机号?|电话号?|联系电话|常用|短号|新号|新)*")  # beside a number, and says nothing
AGED = re.compile(r"[(（]?\s*(\d{2,3})\s*周?岁\s*[)）]?")
IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?(1[3-9](?:[\s-]?\d){9})(?!\d)|(?<!\d)(0\d{2,3}-?\d{7,8})(?!\d)")
SCHOOL_LINE = re.compile(r"([\u4e00-\u9fff（）()]{1,24}(?:小学|中学|学校|中心校|教学点|完小))\s*(?:[(（]?(?:共|合计)?\s*\d+\s*[人名][)）]?)?[:：]?")  # a line of a list for many schools
GUARDIAN_TITLE = re.compile(r"^(?!.*(?:成员|家长)).*监护人")  # it calls the person a guardian: 监护人1, 第二监护人
ADDRESS_PARTS = frozenset("省 市 县 区 县区 县市区 区县 乡镇 镇 乡 街道 乡镇街道 镇街 村 行政村 村居 村社区 社区 村委会 村组 组 村民组 村民小组 小组 自然村 屯 寨 门牌 门牌号 详细地址 具体地址".split())
PARTS_NAMED = "村组"  # what a number or a bare name in such a column lacks
MANY_PARTS = re.compile(r"[、，,;；/]")
SHEET_OF_FORM = frozenset("姓名 学生姓名 儿童姓名 留守儿童姓名 孩子姓名 学生 被监护人姓名".split())
COUNTING_TITLES = frozenset("序号 编号 号 学号 座号 班内学号".split())
# A label within a cell, before its value: 姓名：李小禾　性别：女.
LABEL_AND_VALUE = re.compile(r"(?:(?<=^)|(?<=[\s　,，;；、]))([^\s:：,，;；、]{1,14}?)\s*[:：]\s*")
LINE_LABEL = re.compile(r"(?<!各)(班级|班主任|年级|班主任姓名|班主任老师|学校|学校名称|学校标识码|填报学校)\s*[:：]\s*([^\s:：　,，;；]+)")
ALL_OF_CLASS = re.compile(r"(?:全体|全班|所有|全部|全员)(?:留守)?(?:儿童|学生|同学)?(?:[(（]共?\d+[人名]?[)）])?")  # and nothing that takes one out
# A class anywhere in a text: 三年级（2）班, 三(2)班, 三2班, 2024级2班, 302班, 初一3班, 小学三年级2班.
CLASS_IN_TEXT = re.compile(
    r"(?<!高)(?<!高中)((?:20)?\d{2}级|[一二三四五六七八九1-9]\s*年\s*级?|初[一二三](?:年级)?|[一二三四五六七八九](?=\s*[(（\[.\-·]?\s*\d)|(?<!\d)[1-9](?=\s*[(（.])"
    r"|(?<![一二三四五六七八九十第周期])[一二三四五六七八九](?=[一二三四五六七八九]班)|[一二三四五六七八九](?=\s*[(（\[]\s*[一二三四五六七八九十]))"
    r"\s*[(（\[.\-·]?\s*(\d{1,2}|十[一二]|[一二三四五六七八九十甲乙丙丁A-Da-d])\s*[)）\]]?\s*班"
    r"|(?<!\d)([1-9]0[1-9]|[1-9]1\d)\s*班"
)
YEAR_AND_NUMBER = re.compile(r"(?<!\d)(1[5-9]|2\d)(0[1-9]|1\d)(?=\s*班)")  # 2601班: the first of those who entered in 2026
GRADE_IN_BRACKETS = re.compile(r"[(（]([一二三四五六七八九])[)）](?=\s*\d{1,2}\s*班)")  # (三)1班
LETTERED = {letter: number for letters in ("甲乙丙丁", "ABCD", "abcd") for number, letter in enumerate(letters, 1)}
# Several grades in one text: 一至三年级, 一、二年级; such a text names none.
SEVERAL_GRADES = re.compile(r"[一二三四五六七八九1-9]\s*(?:年级)?\s*(?:[至到、,，~—\-]|和|及|与)\s*[一二三四五六七八九1-9]\s*年级|[一二三四五六七八九]{2,}年级")
GRADE_IN_TEXT = re.compile(r"([一二三四五六七八九1-9]\s*年级|初[一二三](?:年级)?|20\d{2}级)")
# What stands before a grade and says nothing that the grade does not.
PRIMARY_BEFORE = re.compile(r"小学(?=[一二三四五六1-6])|(?<![一-九初])小(?=[一二三四五六])")
JUNIOR_BEFORE = re.compile(r"初中(?=[七八九初])")
COHORT_WORDS = "{year}级"
ENTERED = re.compile(r"(20\d{2})\s*[年级]?级?")  # the year of entry; 2024届 is those who leave
COHORT = re.compile(r"(?:20)?(\d{2})级")  # those who entered in a year
TITLE_FILLERS = re.compile(r"学生|儿童|孩子|的|之|适龄|农村|在校|在读|本校|本班")
AND_IN_TITLE = re.compile(r"以及|[及和与或]")
GROUP_OWNERS = dict.fromkeys("监护情况 监护信息 监护状况 监护 委托监护情况 委托监护 隔代监护 现监护情况".split(), "guardian")  # above several columns
FAMILY = re.compile(r"^(?:家庭成员或监护人|家庭成员|成员|监护人|家长)?(?:的)?")  # before what is numbered: 家庭成员或监护人姓名1
NAME_AND_PHONE = re.compile(r"(?:姓名|名字)?[和及与]?(?:联系)?(?:电话|手机|方式)+(?:号码?)?")
# A class that is named without 班: 三(2), 三.2, 三年级2, 302; not 3.2, which may be anything.
PARTED_CLASS = re.compile(r"([1-9])\s*[.．\-—_]\s*([1-9]|1\d)(?:\s*班)?")  # 3.2, 3-2: sure only where all sheets or cells are so
MOST_CLASSES = 20  # of a grade: a greater number says grade and class together, or nothing
SHORT_CLASS = re.compile(r"(?:[一二三四五六七八九]|初[一二三])\s*(?:年级)?\s*[(（.、\-]?\s*\d{1,2}\s*[)）]?|[1-9]\s*[(（]\s*\d{1,2}\s*[)）]|(?:1[5-9]|2\d|[1-9])0[1-9]")
