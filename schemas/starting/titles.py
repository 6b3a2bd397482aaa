"""What people write above a column: whole titles, and whose (父亲, 监护人 …) and what (电话, 务工地址 …) in one title.

Titles stand here without blanks, marks and hints in brackets. Of two columns of one meaning the one that stands earlier
here is taken.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.class_workbook import CONTACTS, PUPILS
from schemas.school_workbook import STAFF
from schemas.tables import Column

# Meaning → titles.
_CHILD = {
    "name": "姓名 学生姓名 儿童姓名 孩子姓名 留守儿童姓名 留守学生姓名 学生 名字 学生名字 幼儿姓名 被监护人姓名 本人姓名 潜能生姓名 帮扶对象 结对对象 帮扶儿童 帮扶对象姓名 结对儿童 结对儿童姓名 被帮扶学生 被帮扶儿童 被帮扶学生姓名 帮扶留守儿童 结对留守儿童 帮扶留守儿童姓名 关爱对象 关爱对象姓名 受帮扶学生",
    "student_no": "学籍号 全国学籍号 学籍编号 学籍号码 正式学籍号 国网学籍号 学生学籍号 全国统一学籍号 学籍主号 学籍号G+身份证号 全国学籍号码 全国中小学学籍号 学籍号（G号） G学籍号 全国学籍 学籍",
    "id_card": "身份证号 身份证号码 身份证件号 身份证 公民身份证号码 公民身份号码 身份号码 证件号码 证件号 身份证件号码 学生身份证号 学生身份证号码 学生身份证 居民身份证号 居民身份证号码 有效证件号 有效证件号码 身份证明号码 儿童身份证号 儿童身份证号码 本人身份证号 公民身份证号 公民身份证件号码 身份证编号 身份证号（学生）",
    "sex": "性别 学生性别 男女",
    "birth_date": "出生日期 出生年月日 出生年月 生日 出生 出生时间 学生出生日期 出生日 学生生日 公历生日 出生年 月日 出生年月（公历） 出生年、月、日 出生日期（公历）",
    "ethnicity": "民族 学生民族 族别 所属民族",
    "category": "学生类别 类别 儿童类别 关爱对象类别 学生类型",
    "rural": "农村户籍 是否农村户籍 是否农村户口 农村户口 是否农业户口 是否农村",
    "home_parent_capable": "在家一方监护能力 在家一方有无监护能力 另一方有无监护能力 另一方监护能力 留守一方监护能力 有无监护能力",
    "lives_with_parents": "随父母生活 是否随父母生活 是否与父母同住 是否与父母共同生活 与父母共同生活 与父母同住",
    "guardianship": "监护类型 监护方式 监护情况 监护类别 监护形式 由谁监护 监护状况 现由谁监护 目前由谁监护 委托监护类型 现监护方式 监护人类型 监护人类别",
    "boarding": "就读方式 是否寄宿 是否住校 寄宿情况 是否寄宿生 住校情况 就学方式 住宿情况 走读住校 走读或住校 寄宿走读 是否在校寄宿 是否住宿 住宿方式 是否住宿生 是否学校寄宿 住校否 住校走读 寄宿走读 走读寄宿 住宿走读 是否走读 住读走读",
    "health": "健康状况 身体状况 身体情况 健康情况 学生健康状况 身体健康状况 学生身体状况 身体健康情况",
    "hardship": "困难类别 困难类型 家庭困难类别 困境类型 困境类别 家庭经济困难类别 贫困类别 贫困类型 困难情况",
    "personality": "性格特征 性格 性格特点 个性特征 个性 性格表现",
    "interests": "兴趣爱好 爱好 特长 兴趣 爱好特长 兴趣特长 特长爱好 兴趣爱好特长 兴趣、爱好 兴趣与爱好 个人爱好 兴趣和爱好 兴趣、特长 爱好及特长 爱好与特长 兴趣爱好及特长",
    "focus": "重点帮扶 是否重点帮扶 重点关爱 是否重点关爱 是否重点关注 重点关注 重点对象 是否重点 重点帮扶对象 是否重点帮扶对象 是否重点关爱对象 重点留守儿童 是否重点留守儿童 重点关注对象 是否重点关注对象 重点关爱对象 是否重点帮扶学生 重点帮扶学生 重点帮扶儿童",
    "study_level": "学习分类 学习等级 学习情况 学习状况 学业等级 学习水平 学习成绩等级 学业水平 学习等次 学业情况 学习程度 学习表现等级",
    "study_teacher": "责任教师 学习责任教师 任课责任教师 责任老师",
    "study_group": "学习分组 学习小组 分组",
    "joined_how": "入班方式",
    "joined_on": "入班日期 入班时间 转入日期 转入时间",
    "status": "学籍状态 学生状态 在读状态 就读状态 在校状态 学籍情况",
    "status_on": "状态日期",
    "archived_on": "建档日期 建档时间 建立档案时间 档案建立日期 建档日 档案建立时间",
    "archive_no": "档案编号 档案号 档案盒号 档案袋编号",
    "remark": "备注 备 注 说明 其他说明",
    "home_address": "家庭地址 家庭住址 家庭详细地址 家庭详细住址 家庭居住地址 家住 家庭所在地 详细地址 详细住址 现住址 现居住地 现家庭住址 现居住地址 居住地址 常住地址 住址 地址 家庭现住址 现住地 现住地址 家庭现住地址 家庭现居住地址 家庭所在地址 家庭具体住址 家庭具体地址 家庭常住地址 住家地址 家庭住地 家住地址 家住何处",
    "updated_on": "更新日期 更新时间 信息更新日期 核对日期 最近更新",
    "class_name": "班级 所在班级 班级名称 就读班级 年级班级 年班 班别 年级班 所在年级班级 所属班级 班级全称 行政班 所在班 年级及班级 年级和班级 就读年级班级 班 现就读班级 学校及班级 学校班级 就读学校及班级 班级及年级 现就读学校班级 就读学校班级 所在学校及班级 所在学校班级",
    "grade": "年级 所在年级 就读年级 年级名称 所属年级 现就读年级",
    "number": "班号 班次 班序 班级编号",
    "entered": "入学年份 入学年度 入学年级 入学级 级",
    "left_behind": "是否留守儿童 留守儿童 是否留守 留守类型 留守情况 留守类别 留守儿童类型 留守儿童类别 留守状况 留守 是否为留守儿童 是否属于留守儿童 是否农村留守儿童 是否留守学生 留守性质 双留守单留守 双亲单亲 单亲双亲 双留守单留守 单留守双留守 双留单留 单留双留 留守方式 留守种类 留守形式",
    "potential": "是否潜能生 潜能生 是否学困生 学困生 是否为潜能生",
    "away": "父母谁外出 外出务工家长 父母外出情况 父母外出务工情况 外出家长 谁外出 外出务工方 父母务工情况 外出情况 外出人员 外出一方 父母打工情况 外出务工情况 父母外出 谁外出务工 哪方外出 父母外出类型 外出务工人员 外出务工者 父母何方外出 何人外出 外出务工的家长 外出打工家长 父母外出状况 父母外出务工状况 外出者 外出对象",
    "kind_double": "双亲留守 双留守 双方外出 父母双方外出 父母均外出 双方务工 父母双方外出务工 双亲外出 父母都外出 双方外出务工 双亲留守儿童 双留守儿童 父母双方均外出",
    "kind_single": "单亲留守 单留守 单方外出 一方外出 父母一方外出 单方外出务工 一方外出务工 父母一方外出务工 单亲留守儿童 单留守儿童 单方务工",
    "father_ticked": "父亲外出 父外出 父亲外出务工 父亲务工 父亲打工 仅父亲外出 父亲单方外出 父亲一方外出 父亲在外",
    "mother_ticked": "母亲外出 母外出 母亲外出务工 母亲务工 母亲打工 仅母亲外出 母亲单方外出 母亲一方外出 母亲在外",
    "parents": "父母姓名 父母亲姓名 父亲母亲姓名 父母信息 父母姓名及电话 父母姓名及联系电话 父母姓名电话 父母姓名联系电话 父母基本情况 父母亲情况 父母基本信息 父母姓名及联系方式 父母及联系电话 父母亲姓名及电话 父母亲姓名及联系电话 父母名字 父母联系电话 父母电话 父母联系方式 父母亲电话 父母亲联系电话 父母手机 父母手机号 父母手机号码 父母双方电话",
    "hukou": "户口性质 户口类型 户籍性质 户籍类型 户口类别 户籍类别 户口 户籍",
    "age": "年龄 周岁 岁数 学生年龄 实足年龄 年龄岁",
    "orphan": "是否孤儿 孤儿",
    "low_income": "是否低保 低保 低保户 是否享受低保 是否低保户 是否低保家庭 享受低保",
    "village": "村组 村民组 所在村组 自然村 所属村组 村民小组 村组名称 户籍村组 所属村民组 村别 所属村 村民小组名称 所在村民组 所在村民小组 居住村组 户籍所在村组 所在村（组） 行政村及组 村（组） 村、组",
    "destination": "就学去向 就学情况 去向 就读情况 就学状况 入学情况",
    "evidence": "凭据 佐证 就学凭据 佐证材料",
    "head_teacher": "班主任 班主任姓名 班主任老师 班主任教师",
    "helper_teacher": "帮扶教师 帮扶人 帮扶老师 结对教师 帮扶责任人 结对帮扶教师 帮扶教师姓名 帮扶人姓名 结对帮扶人 关爱教师 结对老师 帮教教师 结对教师姓名 结对帮扶教师姓名 结对帮扶老师 帮扶老师姓名 关爱教师姓名 结对责任教师 包保教师 包保人 包保责任人 包保责任教师 包联教师 关爱责任人 联系教师 结对帮扶责任人 一对一帮扶教师 帮包教师 关爱帮扶教师 帮扶负责人 帮扶责任教师 关爱责任教师 结对关爱教师 包保教师姓名 帮扶责任人姓名",
    "helper_teacher_phone": "帮扶教师电话 帮扶人电话 帮扶人联系电话 帮扶教师联系电话 结对教师电话 帮扶责任人电话 帮扶责任人联系电话 包保教师电话 包保教师联系电话 包保人电话 关爱教师电话 结对教师联系电话 帮扶老师电话 包保责任人电话 关爱责任人电话",
    "helper_pupil": "学习帮手 学习伙伴 结对同学 帮扶同学 小伙伴 帮扶学生 一帮一同学 手拉手同学 一帮一学生 学习帮扶伙伴 帮扶伙伴 结对学生 学习小伙伴 结对伙伴 一帮一伙伴 帮扶同伴",
    "helper_mother": "爱心妈妈 爱心妈妈姓名 代理妈妈 结对爱心妈妈 爱心妈妈（姓名）",
    "helper_father": "爱心爸爸 爱心爸爸姓名",
    "helper_parent": "代理家长 代理家长姓名 爱心家长",
    "helper_since": "结对日期 结对时间 帮扶开始日期 帮扶日期 结对帮扶时间",
    "school_name": "学校名称 学校 就读学校 所在学校 学校全称 填报学校",
    "school_code": "学校标识码 学校代码",
}
_STAFF = {
    "staff_name": "姓名 教师姓名 教职工姓名 职工姓名 老师姓名 教师 名字 老师",
    "staff_staff_no": "工号 教师编号 职工号 教职工编号 教师工号 人员编号 教工号",
    "staff_post": "岗位 职务 岗位名称 工作岗位 担任职务 现任职务 行政职务 岗位职务 职务岗位 校内职务 岗位类型",
    "staff_subject": "任教学科 学科 任课学科 所教学科 担任学科 教学科目 任课科目 任教科目 科目 任教课程",
    "staff_classes": "任教班级 任课班级 所教班级 授课班级 任教年级班级 任教年级",
    "staff_phone": "联系电话 电话 手机号 手机 手机号码 联系方式 电话号码 移动电话 联系手机 教师电话",
    "staff_active": "在岗 是否在岗 在岗情况 在岗状态 是否在职 在职情况 在职状态 人员状态 在职",
    "staff_head_of": "班主任 是否班主任 任班主任班级 班主任班级 担任班主任 担任班主任情况 所带班级 班主任所在班级 所任班主任班级",
}
_CLASS = {
    "class_class_name": _CHILD["class_name"],
    "class_grade": "年级 所在年级 年级名称 所属年级",
    "class_number": "班号 班次 班序 班级编号",
    "class_head_teacher": "班主任 班主任姓名 班主任老师 班主任教师 现任班主任",
    "class_pupils": "学生总数 学生数 人数 学生人数 班级人数 总人数 在校生数 在册人数 班额 在校人数 全班人数 实有人数 在籍人数 学生总人数 合计人数 合计 总计 总数",
    "class_declared_lbc": "留守儿童数 留守儿童人数 留守人数 留守儿童 留守学生数 其中留守儿童 留守学生人数 其中留守",
    "class_declared_potential": "潜能生数 潜能生人数 潜能生 学困生人数 其中潜能生",
}
# Titles that are known, and of which our templates ask nothing.
_UNASKED = (
    "序号 编号 号 行号 序 序列 No 户号 籍贯 出生地 国籍 国籍地区 港澳台侨外 政治面貌 照片 姓名拼音 曾用名 身份证件有效期 证件有效期 户口所在地 户籍所在地 户籍地 户籍地址 户口地址 "
    "户口所在地行政区划 户籍所在地行政区划 学籍辅号 班内学号 学号 座号 座位号 考号 入学年月 入学时间 入学日期 入学方式 学生来源 通信地址 通讯地址 邮政编码 邮编 电子信箱 电子邮箱 邮箱 主页 主页地址 独生子女 是否独生子女 学前教育 "
    "是否受过学前教育 是否随迁子女 随迁子女 进城务工人员随迁子女 是否进城务工人员随迁子女 烈士优抚 是否烈士或优抚子女 是否烈士优抚子女 随班就读 残疾类别 残疾类型 是否残疾 是否残疾人 是否需要申请资助 "
    "是否享受一补 上下学距离 上下学方式 上下学交通方式 是否需要乘坐校车 身份证件类型 证件类型 血型 信仰 宗教信仰 学制 学校类别 学段 班级类型 届别 毕业去向 学生毕业去向 "
    "是否由政府购买学位 是否政府购买学位 接受资助情况 走访记录 最近走访 关爱级别 填表人 填表日期 签名 家长签字 签字 户主 户主姓名 家庭人口 家庭人口数 家庭年收入 经济来源 家庭经济来源 家庭情况 家庭基本情况 学习成绩 成绩 是否建档立卡 "
    "是否四残少年 是否留级 教室 教室位置 楼层 男 女 男生 女生 男生数 女生数 男生人数 女生人数 其中男 其中女 副班主任 学历 第一学历 最高学历 职称 专业 专业技术职务 毕业院校 毕业学校 参加工作时间 工作时间 编制 是否在编 教龄 文化程度 党派 到校时间 教师资格证 普通话等级 "
    "班主任电话 班主任联系电话 班主任手机 残疾情况 家庭结构 家庭类型 是否单亲家庭 单亲家庭 是否离异 离异家庭 心理状况 心理健康状况 村名 行政村 所在村 组别 村委会 村居委会 是否贫困户 是否建档立卡贫困户 建档立卡 家庭经济状况 贫困情况 有无疾病 病史 既往病史 祖父姓名 祖母姓名 外祖父姓名 外祖母姓名 爷爷姓名 奶奶姓名 外公姓名 外婆姓名 QQ QQ号 微信 微信号 户口簿号 监护人签名 监护人签字 家访情况 帮扶措施 帮扶内容 帮扶情况 帮扶效果 年级主任 年级组长 教研组 周课时 课时数 周课时数 寄宿生 寄宿生数 寄宿人数 住校生数"
)

# Names of fields, by the first letters of their words, where nobody wrote a title.
CODES = {
    **dict.fromkeys("XM XSXM".split(), "姓名"), **dict.fromkeys("XB XBM XBMC".split(), "性别"), "CSRQ": "出生日期", **dict.fromkeys("SFZH SFZJH SFZHM ZJHM".split(), "身份证件号"),
    **dict.fromkeys("MZ MZM MZMC".split(), "民族"), **dict.fromkeys("XJH QGXJH XJHM".split(), "学籍号"), **dict.fromkeys("NJ NJMC".split(), "年级"), **dict.fromkeys("BJ BJMC".split(), "班级"),
    **dict.fromkeys("JTZZ JTDZ".split(), "家庭住址"), "XZZ": "现住址", **dict.fromkeys("SFLSET SFLS".split(), "是否留守儿童"), **dict.fromkeys("JKZK JKZKM".split(), "健康状况"), **dict.fromkeys("JDFS JDFSM".split(), "就读方式"),
    "XXMC": "学校名称", "XXBSM": "学校标识码", "XXDM": "学校代码", "BZ": "备注", "BZR": "班主任", "FQXM": "父亲姓名", "MQXM": "母亲姓名", "JHRXM": "监护人姓名", "FQDH": "父亲电话", "MQDH": "母亲电话", "JHRDH": "监护人电话", "LXDH": "联系电话", "HKXZ": "户口性质", "HKXZM": "户口性质", "XH": "学号",
}
# Whose: words found anywhere in a title, the longer before the shorter.
OWNERS = {
    "member1": "主要家庭成员 家庭主要成员 家庭成员 家庭成员或监护人1 家庭成员或监护人一 家庭成员1 家庭成员一 成员信息1 成员1 成员一 家长1 家长一 监护人1 监护人一 第一监护人",
    "member2": "家庭成员或监护人2 家庭成员或监护人二 家庭成员2 家庭成员二 成员信息2 成员2 成员二 家长2 家长二 监护人2 监护人二 第二监护人",
    "member3": "家庭成员3 家庭成员三 成员3 成员三",
    "member4": "家庭成员4 家庭成员四 成员4 成员四",
    "guardian": "被委托监护人 委托照护人 受委托照护人 委托照料人 隔代监护人 代理照护人 照护人 代管人 代养人 看护人 看管人 委托监护人 临时监护人 实际监护人 现监护人 主要监护人 代理监护人 受委托监护人 受托监护人 被委托人 受委托人 监护人 照料人 照看人 抚养人 临时照料人",
    "father": "父亲 爸爸 父方",
    "mother": "母亲 妈妈 母方",
    "parents": "父母双方 父母",
    "parent": "家长",
    "child": "留守儿童 留守学生 学生 儿童 孩子 本人 幼儿 被监护人",
}
SHORT_OWNERS = {"父": "father", "母": "mother", "爸": "father", "妈": "mother"}  # in brackets, or with a what beside
# What: titles without whose.
WHAT = {
    "name": "姓名 名字 名 的姓名",
    "phone": "联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 移动电话 联系手机 联系号码 本人电话 联系电话号码 电话手机 常用电话",
    "employer": "务工单位 工作单位 打工单位 单位 单位名称 工作单位名称 务工企业 务工单位名称 现工作单位 所在单位 工作单位及职务",
    "employer_phone": "单位电话 务工单位电话 工作单位电话 单位联系电话",
    "work_address": "务工地址 务工地点 打工地点 打工地址 打工地 务工地 外出地点 外出地 外出务工地点 外出务工地 工作地点 工作地址 工作地 务工去向 外出去向 务工所在地 现务工地点 现务工地 当前务工地点 务工省市 单位地址 务工单位地址 工作单位地址 务工详细地址 务工单位详细地址 打工所在地 外出务工地址 外出务工省市 外出务工详细地址 务工省份 打工省份 外出省市 外出省份 外出务工城市 务工城市 打工城市 现打工地 现打工地点 在何处务工 现在何处务工 何处务工 外出务工所在地 务工具体地址 务工具体地点 在外务工地点 在外务工地址 在外打工地点 现务工地址 外出打工地点 外出打工地址 外出打工地 工作所在地 务工省、市 务工地区 打工地区 务工目的地",
    "away_since": "外出日期 外出时间 外出务工时间 外出务工日期 务工时间 打工时间 外出起始时间 外出开始时间 外出开始日期 开始务工时间 离家时间 何时外出 外出打工时间 开始外出时间 外出年月 务工起始时间 外出务工起始时间 外出务工年月 务工开始时间 外出务工开始时间 外出务工开始日期 外出务工起始日期 离家日期 离家务工时间 外出起始日期 打工起始时间 何时外出务工 外出务工从何时起 外出务工始于 首次外出时间 起始时间",
    "status": "状况 情况 现状 状态 是否外出务工 是否外出 务工情况 外出情况 是否务工 现状况 外出务工情况 去向状况 目前状况 是否在外务工 是否打工 是否在家 在家与否 目前情况 现在状况 就业状况 外出务工状况 务工状况",
    "relation": "关系 与学生关系 与儿童关系 与被监护人关系 与孩子关系 称谓 与本人关系 与留守儿童关系 与学生的关系 与关系 与孩子的关系 与儿童的关系 监护关系 亲属关系 家庭关系 关系称谓 与该生关系 与幼儿关系 与之关系 和学生的关系 和学生关系 称呼 与学生之间的关系 关系与学生 同学生关系 与儿童称谓 与学生称谓 与其关系 和关系 同关系 与留守学生关系 系学生何人",
    "age": "年龄 岁数 周岁",
    "job": "职业 工作 从事职业 从业情况 现从事工作",
    "health": "身体状况 健康状况 身体情况 健康情况 身体健康状况",
    "address": "地址 住址 现住址 居住地 家庭住址 居住地址 家庭地址 详细地址 常住地址 现居住地 住地",
    "is_guardian": "是否监护人 是监护人",
    "id": "身份证号 身份证号码 身份证 身份证件号 身份证件号码 公民身份证号码 证件号 证件号码",
    "unasked": "民族 户口所在地 户籍所在地 职务 文化程度 学历 出生日期 出生年月 身份证件类型 证件类型 关系说明 政治面貌 性别 国籍 签字 签名 收入 月收入 微信 微信号",
}
# Whose × what → meaning; what is not here is known and not asked for.
_GUARDIAN = "name phone relation age job health address".split()
_PARENT = "name phone employer employer_phone work_address away_since status".split()
_MEMBER = "name relation phone employer work_address address is_guardian age job health".split()
OF_OWNER: dict[tuple[str, str], str] = {
    **{("guardian", what): f"guardian_{what}" for what in _GUARDIAN},
    **{(owner, what): f"{owner}_{what}" for owner in ("father", "mother") for what in _PARENT},
    **{(owner, what): f"{owner}_{what}" for owner in ("member1", "member2", "member3", "member4", "parent") for what in _MEMBER},
    ("parents", "status"): "away",
    **{(owner, what): f"leaver_{what}" for owner in ("leaver", "parents") for what in ("work_address", "employer", "away_since")},
    ("leaver", "phone"): "leaver_phone",
    ("child", "relation"): "guardian_relation",
    ("child", "name"): "name",
    ("child", "id"): "id_card",
}


def _spread(titles: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Return title → (meaning, rank): of several titles of one meaning the first is the best."""
    return {title: (key, rank) for key, told in titles.items() for rank, title in enumerate(told.split())}


def _own_titles(columns: Iterable[Column]) -> dict[str, tuple[str, int]]:
    return {name: (c.key, place) for c in columns for place, name in enumerate((c.title, *c.also))}


_CONTACT_COLUMNS = [c for c in CONTACTS.columns if c.key not in ("pupil", "student_no", "guardian_relation")]
_WHOSE_ALONE = "监护人"  # it may be a name, or what is said of him
_HELPERS = ("helper_teacher", "helper_pupil", "helper_mother", "helper_father", "helper_parent")
for _key in _HELPERS:  # of whom it says more: 帮扶同学姓名 is not the child's name
    _CHILD[_key] = " ".join(dict.fromkeys([*_CHILD[_key].split(), *(f"{title.removesuffix('姓名')}姓名" for title in _CHILD[_key].split())]))
CHILD_TITLES = {
    title: found
    for title, found in {**_own_titles(PUPILS.columns), **_own_titles(_CONTACT_COLUMNS), **_spread(_CHILD)}.items()
    if title != _WHOSE_ALONE
}
STAFF_TITLES = {**{name: (f"staff_{c.key}", 0) for c in STAFF.columns for name in (c.title, *c.also)}, **_spread(_STAFF)}
CLASS_TITLES = _spread(_CLASS)
UNASKED_TITLES = frozenset(_UNASKED.split())
# Titles of an address that do not say whose it is.
BARE_ADDRESSES = frozenset("住址 地址 详细地址 详细住址 居住地址 现住址 现居住地 现居住地址 常住地址".split())
