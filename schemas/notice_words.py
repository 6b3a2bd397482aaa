"""群通知: what the admin pastes to the teachers, all of them or one class; classes and counts, never a child."""

from schemas.verdicts import State

FOR_ALL = "可以直接复制到班主任群（不含学生姓名）"
HINT = "选中下面各行，复制，粘贴。"
OPENING = "各位班主任：{school} {month} 关爱月报应交 {due} 个班，已收 {done} 个班。"
STATES = {
    State.MISSING: "【未交 {count} 个班】{names}。请尽快交来。",
    State.EMPTY: "【空表 {count} 个班】{names}。表里没有学生；确实没有留守儿童的，请告诉管理员在班级一览填 0。",
    State.SENT_BACK: "【整份退回 {count} 个班】{names}。请打开“退回”文件夹里自己班的表，照第一页说明改好再交。",
    State.TIED: "【重复 {count} 个班】{names}。交了两份不同的表，请只留正确的一份。",
}
ERRORS = "【有错误，请改 {count} 个班】{names}。红色格子改好前不计入统计；请在退回的表里直接改，改好交回原表。"
WARNINGS = "【请核对 {count} 个班】{names}。黄色格子请看一看：该改的改，属实的在“退回说明”的“说明”一列写一句。"
CLEAN = "【没有问题，已收下 {count} 个班】{names}。辛苦了！"
CLOSING = "改好后交回同一份表即可，不用另填。谢谢大家。"

COUNTED_AND = "、"
# A message a class.
HELLO, NOBODY = "{class_name}{head_teacher}老师：", "{class_name}班主任："
STATE_SAID = {
    State.MISSING: "{month} 月报还没有收到，请在 {deadline} 前交。",
    State.EMPTY: "交来的 {month} 月报里一名学生也没有，请填好再交。",
    State.SENT_BACK: "{month} 月报没能收下，请照退回的表说明改好，{deadline} 前再交。",
    State.TIED: "收到了两份不同的 {month} 月报，请只留一份再交。",
}
RECEIVED = "{month} 月报已收下。"
OWN_ERRORS = "有 {count} 处错误要改（{kinds}），都标在退回的表里，改好交回原表。"
OWN_WARNINGS = "有 {count} 处请核对，属实的在“说明”里写一句。"
OWN_CLEAN = "没有问题，谢谢！"
SHORT = "本月还差：{what}；名单在“本班还差什么”里。"
ONE_SHORT, ONE_KIND, MORE_KINDS = "{title} {count} 人", "{column} {count} 处", "等"
