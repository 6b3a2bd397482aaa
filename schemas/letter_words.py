"""退回说明: what stands on the first sheet of a returned workbook (contract §6)."""

from schemas.verdicts import FileState

STAMP = "【{stamp}】"
HEADING = "{where} {month} 月报：退回说明"
COUNTS = "错误 {errors} 处（必须改，改正前不计入）；警告 {warnings} 处（已计入，请核对）；提示 {notes} 处（已自动处理，或等方便时补）。"
READ_WITH_ERRORS = "已读入。有错误的格子没有计入统计，改好后交回即可补上。"
READ_WITH_WARNINGS = "已读入并计入。请看看下面的警告：该改的改，属实的写说明。"
STATES = {
    FileState.REFUSED: "整份文件没有收下，本班按“退回”计。请照下面说明改好再交。",
    FileState.STRAY: "这不是表格文件，没有读取；不影响统计。",
    FileState.UNKNOWN: "文件没有读出来，本班按“未交”计。请照下面说明处理后再交。",
    FileState.TIED: "本班有两份不同的文件，分不出先后，都没有采用。请只留一份再交。",
    FileState.SPARE: "本班另有一份较新的文件，这一份没有采用。",
}
COUNT_EXPLAINED = "已说明 {count} 处。"
HOW_TO = "点“位置”跳到那一格；照批注改好，保存，直接交回这份文件即可，不用另填。"
HOW_TO_FRESH = "原来的文件格式不能加批注，内容已照原样放进这份新模板；请在这里改好，直接交回这一份。"
HOW_TO_ODD = "原文件结构特殊，没能直接批注；这是一份填好内容的新模板，请核对，在这里改好，直接交回这一份。"
HOW_TO_COVERLESS = "原文件里没有“填表说明”表；这份新模板补上了它，您填的各行，认得出的都已照原样放进来：核对一遍，填好“填表说明”，直接交回这一份。"
HOW_TO_ALONE = "这里只有问题清单，不是您的表：请照下面说明改好自己的文件，再交一次；这份清单不用交回。"
HOW_TO_EXPLAIN = "“警告”属实的，在“说明”一列写明原因，交回后不再提醒，直到那一格的内容变动；“错误”必须改，写说明没有用。"
POSITION, LEVEL, CHILD, COLUMN, TYPED = "位置", "级别", "学生", "列名", "现值"
PROBLEM, REMEDY, RULE, EXPLANATION = "问题", "怎么改", "规则", "说明"
KEY, OLD_FILL = "编号", "原底色"  # hidden: what the line is about, and the cell's own colour, to be put back
COLUMNS = (POSITION, LEVEL, CHILD, COLUMN, TYPED, PROBLEM, REMEDY, RULE, EXPLANATION, KEY, OLD_FILL)
WIDTHS = (15.0, 6.5, 9.0, 11.0, 19.0, 38.0, 38.0, 6.5, 18.0, 12.0, 12.0)  # A4 prints them large enough to be read
HIDDEN_COLUMNS = 2
WHOLE_FILE = "整份文件"
FIRST = "先改这几样，作用最大：{what}。"
ONE_FIRST, AND, DOT = "{place}（{what}，{count} 处）", "；", "·"
ROOT_FIRST = "学生档案·姓名（别的表都是原来的名字，{count} 处因此不算）"
AND_ALIKE = "（同样的共 {count} 处，其余已收起）"
ADDED_FIRST, ADDED_LAST = "—— 以下是月报程序的批注，改好后自动去掉 ——", "—— 批注到此 ——"  # around it in a comment of the teacher's own
COMMENT = "【{level}】{sentence}。\n怎么改：{remedy}。"
NOTE = "【预填】{sentence}"  # in an issued cell that stays empty: what was seen; a return takes it out once the cell is filled
EXPLAINED = "已说明"

# What the run says of a return that is not the teacher's own workbook, though it should be.
FRESH_INSTEAD = "{name}：原文件结构特殊，没能直接批注，退回的是一份填好内容的新模板。"
ALONE_INSTEAD = "{name}：没能批注，也没能另填新模板，退回的只有问题清单。"
NOTHING_INSTEAD = "{name}：退回文件没能生成；它的问题都在 校内/校验报告.xlsx 里。"
