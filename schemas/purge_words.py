"""Keeping and forgetting: what `guanai purge` says."""

HELP = "清除离校多年的学生在旧数据里的个人信息"
YEARS_HELP, TODAY_HELP = "保存几年；不写则按考核方案的“离校数据保存年限”", "按哪一天计算，如 2026-11-01；不写则用今天"
NOTHING = "没有超过保存年限（{years} 年）的离校学生，什么也没有删。"
DONE = "已清除 {children} 名离校满 {years} 年的学生，涉及 {months} 个月：{rows} 行记录。"
WORKBOOKS = "这些月份里含学生姓名的工作簿已一并删除：{names}。"
BY_HAND = "交来的原始表（input 文件夹）和另存的副本不归本程序管，请自行处理。"
AND = "、"
FORGOTTEN = "＊"  # in place of a forgotten name inside another text
