"""What the operator reads on the screen: sentences of the command line."""

NO_FILES = "文件夹里没有可用的文件：{folder}。请放入填好的 班级月报、学校月报，再运行一次。"
NO_FOLDER = "没有这个文件夹：{folder}。请把 {month} 的表放进去，再运行一次。"
BAD_MONTH = "月份“{text}”不对，请写成 2026-10 的样子。"
NO_MONTH = "在 {folder} 里没有找到按月份命名的文件夹（如 2026-10）。请新建一个，放入填好的表。"
IN_USE = "另一次运行正在写 {folder}，请等它结束再运行。"
NO_PERMISSION = "写不了 {name}：没有权限，或文件正在 Excel 里打开。请关闭后再运行。"
NOT_WRITABLE = "写不了 {folder}：{because}。上一次的报告没有动。"

DESCRIPTION = "关爱月报：从班级、学校的 Excel 表生成留守儿童关爱月报"
REPORT_HELP = "生成一个月的报告"
TEMPLATES_HELP = "重新生成空白模板和数据字典"
EXAMPLE_HELP = "写出一所虚构学校填好的表，用来试用"
MONTH_HELP = "月份，如 2026-10；不写则用 input 里最新的月份"
INPUT_HELP = "放着填好的表的文件夹（缺省 input/月份）"
OUTPUT_HELP = "报告写到哪里（缺省 output）"
STRICT_HELP = "只要有“错误”级问题，退出码就是 1"

USING_EXAMPLE = "没有 input 文件夹，使用示例学校（虚构）的数据；各页都印有“示例”。"
STAGES = {
    "read": "读取工作簿",
    "normalise": "规范内容",
    "validate": "逐表检查",
    "carry": "对照以前各月",
    "merge": "核对汇总",
    "measure": "计算指标",
    "evaluate": "班级考核",
    "teachers": "教师考核",
    "publish": "写报告",
    "hand_back": "批注退回",
    "privacy": "检查上报内容",
    "next_month": "预填下月模板",
}
SUMMARY_TURNOUT = "{school} {month}：应交 {due} 个班，已交 {done} 个班。"
SUMMARY_MISSING = "没有计入：{names}；交齐以前，各项目标都不能判“达标”。"
SUMMARY_UNREAD = "没有读出来的文件 {count} 份：{names}{more}；处理好以前，各项目标都不能判“达标”。"
AND_MORE = " 等，全部列在 校内/校验报告.xlsx"
SUMMARY_PROBLEMS = "错误 {errors} 处，警告 {warnings} 处{explained}，提示 {notes} 处；退回 {sent_back} 份文件。"
SUMMARY_EXPLAINED = "（另有已说明 {count} 处）"
SUMMARY_TARGET = "{title}：{rate}（{n}/{N}） {verdict}"
SUMMARY_PLACE = "报告在 {folder}"
SUMMARY_FILES = "  上报给教育局：上报；张贴公示：公示；校内自用：校内；发还老师：退回。"
TEMPLATES_DONE = "已生成 {count} 个文件。"
EXAMPLE_DONE = "示例学校的表已写到 {folder}。"
LEDGER_UNREADABLE = "{month} 的说明记录读不出来（数据/explanations.parquet 已损坏），那时写的说明这次没有起作用，请重新写。"
STANDINGS_UNREADABLE = "{month} 的考核结果读不出来（数据/standings.parquet 已损坏），名次升降和学年综合没有算这个月。"
SNAPSHOT_DAMAGED = "{month} 的数据（数据文件夹）已损坏、被改动，或由别的版本写成，没有采用：学期和学年累计、上月对比、失踪学生核对都没有算这个月。请重新运行 {month}。"
BUILT_ON_OLD = "{month} 的报告用的是旧数据：{old} 后来重新运行过。请重新运行 {month}。"
LATER_IS_OLD = "本月数据变了，{month} 的报告用的还是旧数据（{old}），请接着重新运行 {month}。"
LEAK = "上报的工作簿里发现了儿童的个人信息，没有生成报告（在 {parts}）。多半是年级、项目名称、学校名称等处误填了学生姓名或号码，请改正后再运行。"
PLAN_INHERITED = "本月文件夹里没有考核方案，沿用 {month} 的。"
AND = "、"

PASSWORD_VARIABLE = "GUANAI_PASSWORD"
ENCRYPT_HELP = "给上报的工作簿加打开密码（取自环境变量 GUANAI_PASSWORD，没有则当场询问）"
ASK_PASSWORD, ASK_AGAIN = "上报工作簿的打开密码：", "再输一遍："
PASSWORDS_DIFFER = "两次输入的密码不一样，没有生成报告。"
NO_PASSWORD = "没有密码：请设置环境变量 GUANAI_PASSWORD，或在终端里运行后输入。空密码等于没有密码。"
