"""What people would check by hand across sheets and files (W2xx, W3xx): warnings only, nothing here changes a figure.

A rule across sheets is declared here alone: its sentence, its example, which the tests plant as it stands (`row` and
`beside`), and its line of docs/表格毛病.md. Its check is a function in `pipeline/checks/across/`.
"""

from schemas.rules.rule import Example, Rule, Slip

_DAY, _GIVER, _GOODS = ("捐助登记·日期", "2026-10-12"), ("捐助登记·捐助方", "云溪爱心协会"), ("捐助登记·品名", "书包")
_TWO, _THINGS = ("捐助登记·受益人数", "2"), ("捐助登记·类别", "物资")
_INSURED = (("捐助登记·类别", "保险"), ("捐助登记·人均保额", "10000"))

SIBLINGS_DIFFER = Rule(
    "W305", "同一位监护人写得不一样",
    "同一位监护人，{where}写的“{column}”是 {want}，这里是 {typed}", "请核对改成一致；确是同名同电话的两个人，请写说明",
    Example("联系卡·监护人年龄", "70", "66", row=1),
    Slip("siblings", "同一位监护人的几名学生，监护人年龄、身体状况、地址写得不一样", "监护人姓名和电话都相同"),
)

SHARED_PHONE = Rule(
    "W306", "几名学生同一个监护人电话",
    "这个监护人电话 {typed} 用在 {count} 名学生身上：{names}", "请逐个核对，各填自己的监护人电话；确是一家或托管点，请写说明",
    Example("联系卡", "四名学生的监护人电话都是 19900000003", "各填自己监护人的电话"),
    Slip("phone_shared", "一个监护人电话用在四名以上学生身上", "全校联系卡比对"),
)

COPIED_TEXT = Rule(
    "W307", "谈话内容相同",
    "这段谈话内容一字不差地用在 {count} 名学生身上：{names}", "请按每次谈心的实际情况写；集体谈心请写说明（不影响考核得分）",
    Example("谈心记录", "五名学生的“主要内容”都是“聊了最近的作业情况”", "各写各的：和李小禾聊了最近的作业"),
    Slip("text_copied", "同一段谈话内容用在五名以上学生身上", "去掉学生姓名后一字不差", "照常计入，不影响得分"),
)

BEFORE_BIRTH = Rule(
    "W308", "日期早于出生日期",
    "{typed} 早于{who}的出生日期 {want}", "请核对这个日期的年份，或学生档案里的出生日期",
    Example("关爱服务·日期", "2015-05-01", "2026-10-12"),
    Slip("before_birth", "谈心、家访、结对、建档等早于学生出生", "与出生日期比较"),
)

DECLARED_COUNT = Rule(
    "W309", "申报人数与月报不同",
    "{who}的“{column}”填的是 {typed}，班级月报里是 {want}", "请与班主任核对，改正其中一处；班级月报没有错的，这里改填 {want}",
    Example("班级一览·留守儿童数", "5", "3"),
    Slip("declared_count", "班级一览填的人数与班级月报不同", "与学生档案比对；类别或状态有错的学生算不算都行"),
    needs_school=True,
)

NOT_ON_ROSTERS = Rule(
    "W310", "在本校就读却不在学生档案里",
    "写着在本校就读，但各班的学生档案里没有“{typed}”{guess}", "请核对姓名；漏报的请班主任补进学生档案，不在本校的请改“就学去向”",
    Example("应入学名册·姓名", "周大海", "李小禾"),
    Slip("not_on_rosters", "应入学名册写“本校”，各班学生档案里却没有", "全校比对；有班没交时不查"),
    needs_school=True,
)

HELPER_LEFT_BEHIND = Rule(
    "W311", "学习帮手自己是留守儿童",
    "学习帮手“{typed}”自己也是留守儿童", "一般由非留守的同学结对；确实合适的，请写说明",
    Example("结对帮扶·帮扶人", "钱小河", "周小山", row=1),
    Slip("helper_left_behind", "学习帮手自己也是留守儿童", "与本班学生档案比对"),
)

HELPER_BUSY = Rule(
    "W312", "帮手结对人数过多",
    "“{typed}”结对了 {count} 名学生（{names}），一般不超过 {most} 名", "请核对有没有重复或该结束的结对；确是如此，请写说明",
    Example("结对帮扶", "周小山帮四名同学", "一人帮一人，最多三人"),
    Slip("helper_busy", "一个人结对的学生太多", "学习帮手超过 3 名，帮扶教师超过 20 名，其他超过 10 名"),
)

POLICIES = Rule(
    "W313", "保险份数与人数不同",
    "保险的“{column}”是 {typed} 份，受益人数是 {want}，总保额对不上", "一人一份时两个数应相同，请改正其中一个；不是一人一份的，请写说明",
    Example("捐助登记·数量", "3", "与受益人数相同：2", beside=(_DAY, _GIVER, _GOODS, _TWO, *_INSURED)),
    Slip("policies", "保险的份数与受益人数不同", "一人一份"),
    needs_school=True,
)

BENEFICIARIES = Rule(
    "W314", "受益人数多于全校学生",
    "受益人数 {typed} 多于全校学生 {want} 人", "请核对是不是填成了件数或金额",
    Example("捐助登记·受益人数", "50", "不多于全校学生 40 人", beside=(_DAY, _GIVER, _GOODS, _THINGS)),
    Slip("beneficiaries", "受益人数多于全校学生", "与班级一览的学生总数比较"),
    needs_school=True,
)

NAMES_AND_COUNT = Rule(
    "W315", "受益名单与人数不同",
    "受益名单有 {count} 人，受益人数填的是 {want}", "名单没有错的，受益人数改填 {count}；名单多写了的，请删去多余的",
    Example("捐助登记·受益名单", "李小禾、钱小河、孙小树", "与受益人数 2 相同：李小禾、钱小河", beside=(_DAY, _GIVER, _GOODS, _THINGS, _TWO)),
    Slip("names_count", "受益名单的人数多于受益人数", "数名单"),
    needs_school=True,
)

NEARLY_STAFF = Rule(
    "W316", "校外人员像是教职工",
    "教职工表里没有“{typed}”{guess}", "请改正姓名；确是校外人员，请写说明",
    Example("活动记录·组织人", "王老帅", "王老师"),
    Slip("nearly_staff", "组织人、责任人的姓名像是写错了一个字", "教职工表里没有，但有很像的"),
    needs_school=True,
)

STATUS_DIFFERS = Rule(
    "W321", "学籍状态与学籍异动不一致",
    "学籍异动登记{who} {day} {kind}，这里填的是“{typed}”", "请核对改成一致：把“学籍状态”改为“{want}”并填状态日期，或请管理员改正学籍异动",
    Example("学生档案", "学籍异动登记 10 月 8 日休学，学籍状态还是“在读”", "学籍状态“休学”，状态日期 2026-10-08"),
    Slip("status_differs", "学籍异动登记的去向与学生档案的学籍状态不同", "按身份证号或不重名的姓名比对，看最后一次登记", "按学生档案统计"),
    needs_school=True,
)

DESTINATION_DIFFERS = Rule(
    "W322", "就学去向与学籍状态不一致",
    "学生档案里{who}是“{want}”，这里填的是“{typed}”", "请核对改成一致：已不在本校的请改“就学去向”，仍在校的请班主任改“学籍状态”",
    Example("应入学名册", "学生档案里是“辍学”，就学去向还是“本校”", "就学去向“辍学”"),
    Slip("destination_differs", "应入学名册写“本校”，学生档案里却已离校", "按身份证号或不重名的姓名比对"),
    needs_school=True,
)
