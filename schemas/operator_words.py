"""What the operator reads on the screen: sentences of the command line."""

NO_FILES = "文件夹里没有可用的文件：{folder}。请放入填好的 班级月报、学校月报，再运行一次。"
NO_FOLDER = "没有这个文件夹：{folder}。请把 {month} 的表放进去，再运行一次。"
NO_INPUT = "没有这个文件夹：{folder}。请核对名字，或新建它、放入填好的表，再运行一次。"
BAD_MONTH = "月份“{text}”不对，请写成 2026-10 的样子。"
NO_MONTH = "在 {folder} 里没有找到按月份命名的文件夹（如 2026-10）。请新建一个，放入填好的表。"
IN_USE = "另一次运行正在写 {folder}，请等它结束再运行。"
NO_PERMISSION = "写不了 {name}：没有权限，或里面有文件正在 Excel 里打开。请关闭文件、检查权限后再运行；原有的内容没有动。"
NOT_WRITABLE = "写不了 {folder}：{because}。原有的内容没有动，解决后请再运行一次。"
NOT_READABLE = "打不开 {name}：{because}。解决后请再运行一次。"
SET_ASIDE = "新报告没有写成（{because}），旧报告在 {old}，下次运行时会自动放回 {target}。"
LEFT_BEHIND = "新报告已在 {target}，但您放在旧报告里的文件没能移过来（{because}），还在 {old} 里，下次运行时会移过来。"
NOT_MARKED = "{month} 的报告已写好，但没能在 {later} 的报告里记下它用的是旧数据（{because}）。解决后请重新运行 {month}。"
COPY_KEPT = "{name} 没有写成（{because}），也没能放回原样；原来的文件在 {copies} 里，请自行放回。"
BECAUSE = {
    "ENOSPC": "磁盘已满", "EDQUOT": "磁盘配额已用完", "EFBIG": "文件太大，这个磁盘放不下", "EIO": "磁盘读写出错",
    "EACCES": "没有权限", "EPERM": "没有权限", "EROFS": "这个位置是只读的", "EBUSY": "正被别的程序占用", "ETXTBSY": "正被别的程序占用",
    "ENAMETOOLONG": "文件名或路径太长", "ENOENT": "找不到这个位置", "ENOTDIR": "路径当中有一段是文件，不是文件夹", "EISDIR": "这是一个文件夹，不是文件",
    "EEXIST": "那里已有同名的文件", "ENOTEMPTY": "那里已有同名的文件夹", "ELOOP": "快捷方式（链接）互相指来指去", "EXDEV": "跨了磁盘，不能移动",
    "EMFILE": "同时打开的文件太多", "ENFILE": "同时打开的文件太多", "ENOMEM": "内存不够", "EINVAL": "这个名字或位置不能用", "EILSEQ": "文件名里有这个磁盘不认的字",
    "ESTALE": "网络磁盘断开了", "ETIMEDOUT": "网络磁盘没有响应", "EHOSTDOWN": "网络磁盘断开了", "EHOSTUNREACH": "网络磁盘断开了", "ENODEV": "磁盘不在了", "ENXIO": "磁盘不在了",
    "EBADF": "已经关上了", "EPIPE": "接收输出的程序已经退出", "CLOUD": "云盘（OneDrive、WPS 云）还没有把它下载到本机",
}  # fmt: skip
BECAUSE_UNKNOWN = "系统没有照办（代号 {number}）"
OUTPUT_LOST = "屏幕上的话没有写出去：{because}。事情已经做完。"

IS_INPUT = "报告要写到 {target}，而 {folder} 是放填好的表的文件夹：写进去会盖掉或混进交来的表，没有运行。请用 --output 另指一个文件夹。"
NOT_OURS = "{target} 已经有了，而且不是本程序写的{seen}，没有运行，里面的东西没有动。请把它移走或改名，或用 --output 另指一个文件夹。"
SEEN = "（里面有 {names}）"
IS_A_LINK = "{target} 是一个链接（快捷方式），不能在那里换上新报告，没有运行。请把它改名，或用 --output 另指一个文件夹。"
NOT_A_FOLDER = "{place} 是一个文件，不是文件夹，没有运行。请另指一个文件夹。"
KEEPS = "{folder} 里的 {names} 已有别的内容（可能有人填过、改过），没有覆盖，什么也没有写。请把它移走或改名，或用 --output 另指一个文件夹，再运行。"
FULL_FOLDER = "{folder} 里已有别的表（{names}），没有写入示例。请用 --output 另指一个空文件夹。"

CLOSED_FOLDERS = "打不开的文件夹：{names}（{because}）；里面的表没有读，请检查权限后再运行一次。"
READ_AS = "文件夹“{name}”按 {month} 读取。"
READ_AS_COVERS = "文件夹“{name}”没有写年份，表里填的报送月份是 {month}，按 {month} 读取。"
READ_AS_RECENT = "文件夹“{name}”没有写年份，表里也看不出，按最近的 {month} 读取；不对请改名，如 2026-10。"
READ_STRAIGHT = "表直接放在 {folder} 里，按 {month} 读取。"
READ_STRAIGHT_COVERS = "表直接放在 {folder} 里，填的报送月份都是 {month}，按 {month} 读取。"
NOT_READ_BESIDE = "没有读：{names}（和各月的文件夹放在一起）；是本月的表，请移到 {folder} 里再运行一次。"
TWO_FOLDERS = "{month} 有不止一个文件夹：{names}，不知道用哪个，没有运行。请合成一个 {month}，或把不用的改名。"
MONTHS_DIFFER = "直接放在 {folder} 里的表填的报送月份不一样（{found}），没有运行。请按月份分到文件夹里（如 {folder}/{month}），或用 --month 指明月份。"
STATED = "{month} 的 {count} 份"
STRAIGHT_AND_MONTHS = "没有 {month} 的文件夹；在 {folder} 里看到 {names}，旁边又直接放着表（{loose}），不知道是不是 {month} 的，没有运行。请把 {month} 的表放进 {folder}/{month}。"
NO_SUCH_MONTH = "没有 {month} 的文件夹；在 {folder} 里看到 {names}。请把 {month} 的表放进 {folder}/{month}，或把文件夹改名为 {month}。"
NO_MONTH_SEEN = "在 {folder} 里看到 {names}，看不出是哪个月。请把文件夹改名为 2026-10 的样子，或用 --month 指明月份。"

DESCRIPTION = "关爱月报：从班级、学校的 Excel 表生成留守儿童关爱月报"
REPORT_HELP = "生成一个月的报告"
TEMPLATES_HELP = "重新生成空白模板和数据字典"
EXAMPLE_HELP = "写出一所虚构学校填好的表，用来试用"
MONTH_HELP = "月份，如 2026-10；不写则用 input 里最新的月份"
INPUT_HELP = "放着填好的表的文件夹（缺省 input/月份）"
OUTPUT_HELP = "报告写到哪里（缺省 output）"
STRICT_HELP = "只要有“错误”级问题，退出码就是 1"

USING_EXAMPLE = "没有 input 文件夹，使用示例学校（虚构）的数据；各页都印有“示例”。"
EXAMPLE_BEFORE = "先做 {month}（班主任在退回的表里写了说明，交回后再做一次），好让本月有上月可比……"
STAGES = {
    "read": "读取工作簿",
    "normalise": "规范内容",
    "validate": "逐表检查",
    "carry": "对照以前各月",
    "merge": "核对汇总",
    "measure": "计算指标",
    "evaluate": "班级考核",
    "teachers": "教师考核",
    "publish": "拟出报告",
    "data": "存下数据",
    "render": "写报告",
    "hand_back": "批注退回",
    "privacy": "检查上报内容",
    "next_month": "预填下月模板",
}
NOTHING_CHANGED = "交来的文件和上次完全一样，报告没有重写；上次说的是："
SUMMARY_TURNOUT = "{school} {month}：应交 {due} 个班，已交 {done} 个班。"
NO_CLASSES = "还不知道有哪些班：学校月报的“班级一览”是空的（或没有交），也没有写明年级和班级的班级月报。请先填“班级一览”。"
SUMMARY_MISSING = "没有计入：{names}；交齐以前，各项目标都不能判“达标”。"
SUMMARY_UNREAD = "没有读出来的文件 {count} 份：{names}{more}；处理好以前，各项目标都不能判“达标”。"
AND_MORE = " 等，全部列在 校内/校验报告.xlsx"
SUMMARY_PROBLEMS = "错误 {errors} 处，警告 {warnings} 处{explained}，提示 {notes} 处；退回 {sent_back} 份文件。"
SUMMARY_EXPLAINED = "（另有已说明 {count} 处）"
SUMMARY_TARGET = "{title}：{rate}（{n}/{N}） {verdict}"
SUMMARY_PLACE = "报告在 {folder}"
SUMMARY_FILES = "  上报给教育局：上报；张贴公示：公示；校内自用：校内；发还老师：退回{paper}。"
SUMMARY_PAPER = "；下月手写用：{folder}"
TEMPLATES_DONE = "已生成 {count} 个文件。"
EXAMPLE_DONE = "示例学校的表已写到 {folder}。"
LEDGER_UNREADABLE = "{month} 的说明记录读不出来（数据/explanations.parquet 已损坏），那时写的说明这次没有起作用，请重新写。"
STANDINGS_UNREADABLE = "{month} 的考核结果读不出来（数据/standings.parquet 已损坏），名次升降和学年综合没有算这个月。"
SNAPSHOT_DAMAGED = "{month} 的数据（数据文件夹）已损坏、被改动，或由别的版本写成，没有采用：学期和学年累计、上月对比、失踪学生核对都没有算这个月。请重新运行 {month}。"
BUILT_ON_OLD = "{month} 的报告用的是旧数据：{old} 后来重新运行过。请重新运行 {month}。"
TEMPLATES_ARE_OLD = "“下月模板_{later}”是用以前的数据做的，请重新运行 guanai next --month {later}。"
LATER_IS_OLD = "本月数据变了，{month} 的报告用的还是旧数据（{old}），请接着重新运行 {month}。"
LEAK = "“{folder}”的工作簿里有儿童的个人信息，没有生成报告：{places}。多半是学校名称、项目名称、备注等处误填了学生姓名或号码，请改正这些单元格后再运行。"
CELL_AT, PLACES, NO_CELL = "工作表“{sheet}”{cell}", " 等 {count} 处", "图表或文件属性"
ORIGINS, ORIGIN, LEAKS_MORE, NEXT = "（交来的 {cells} 里有）", "{file}“{sheet}”{cell}", "另有 {count} 处", "；"
PLAN_INHERITED = "本月文件夹里没有考核方案，沿用 {month} 的。"
YES_ANSWERS = ("y", "yes", "是", "好", "继续")
AND, AND_SO_ON = "、", " 等"

PASSWORD_VARIABLE = "GUANAI_PASSWORD"
ENCRYPT_HELP = "给上报的工作簿加打开密码（取自环境变量 GUANAI_PASSWORD，没有则当场询问）"
ASK_PASSWORD, ASK_AGAIN = "上报工作簿的打开密码：", "再输一遍："
PASSWORDS_DIFFER = "两次输入的密码不一样，没有生成报告。"
NO_PASSWORD = "没有密码：请设置环境变量 GUANAI_PASSWORD，或在终端里运行后输入。空密码等于没有密码。"
