"""What the double-click says: the set-up, the menu, the questions, and the end."""

ACTIONS = {"start": "开始", "report": "生成月报", "next": "下月模板"}  # what a launcher does → its name

SETTING_UP = "第一次运行：正在准备，请不要关上窗口……"
SET_UP_PART, SET_UP_DONE = "  已准备 {percent}%", "准备好了。"
DAMAGED = "程序文件“{name}”不见了或已损坏（多半是没有复制完整）。请重新解压整个压缩包，再双击。"
NOT_FOR_THIS = "这份程序不能用电脑上的这个 Python（{version}）运行。请看“先看这里.txt”。"
WAITING = "另一个窗口正在准备，请稍等……"
BEING_SET_UP = "另一个窗口正在准备，还没有做完。请等它做完，再双击。"
TOO_DEEP = "文件夹的路径太长（多了 {count} 个字）。请把整个文件夹移到浅一些的地方（如 D:\\关爱月报），再双击。"
NOT_WRITABLE = "在 {folder} 里写不了文件：{because}。请把整个文件夹复制到电脑上能写的地方（如 D 盘），再双击。"
NOT_LOADED = "程序没能装载起来。请重新解压整个压缩包再试；还不行，请把 {log} 发给技术人员（里面没有个人信息）。"
UNEXPECTED = "程序出了没有料到的错，没有做成。请把 {log} 发给技术人员（里面没有个人信息）。"
TOO_LITTLE_MEMORY = "电脑的内存不够，没有做成。请关上别的程序，再双击。"
STOPPED = "已经停下，原有的报告没有动。"
PRESS_KEY = "按回车键关闭这个窗口……"

TITLE = "关爱月报"
PLACES = "填好的表放在：{input}\n报告写到：{output}"
MENU = (
    ("report", "生成月报"),
    ("next", "下月模板"),
    ("first", "第一个月：用学校已有的表做各班的模板"),
    ("example", "用虚构的示例学校试一试"),
    ("folders", "换文件夹"),
)
MENU_LINE, MENU_END, MENU_ASK = "  {number}  {words}", "  直接按回车：关闭", "请输入数字，再按回车："
MENU_UNKNOWN = "没有“{text}”这一项。"

ASK_MONTH = "看不出是哪个月的表。请输入月份（直接按回车是 {month}）："
ASK_NEXT = "要哪个月的模板？（直接按回车是 {month}）："
ASK_FIRST = "第一个月是哪个月？（直接按回车是 {month}）："
ASK_SOURCES = "学校已有的表（名册、台账）在哪个文件夹？可以把文件夹拖进来，再按回车；没有就直接按回车："
ASK_INPUT = "填好的表放在哪个文件夹？可以拖进来，再按回车；不变就直接按回车："
ASK_OUTPUT = "报告写到哪个文件夹？可以拖进来，再按回车；不变就直接按回车："
NO_SUCH_FOLDER = "没有这个文件夹：{folder}。"
CHANGED = "记住了。"

EMPTY = "还没有填好的表。请在 {folder} 里新建一个 {month} 这样的文件夹，把收齐的表放进去，再双击“生成月报”。"
BLANK_HERE = "空白的模板在 input_templates 里。"
INPUT_GONE = "找不到放表的文件夹：{folder}（U 盘没有插上，或改了名）。请插好，或双击“开始”选“换文件夹”。"
NEXT_NONE = "还没有做过月报，所以没有预填的模板；已为您打开空白的模板。"
NEXT_THERE = "{month} 的模板已经做好，在 {folder}。"
EXAMPLE = "这是一所虚构的示例学校，各页都印有“示例”。"
OPENED = "已为您打开文件夹：{folder}"
TOO_DEEP_OUTPUT = "放报告的文件夹路径太长：{folder}。请双击“开始”选“换文件夹”，换一个浅一些的（如 D:\\月报）。"

SETTINGS_FILE, LOG_FILE = "设置.json", "运行记录.txt"
INPUT_KEY, OUTPUT_KEY, LAST_KEY = "填好的表", "报告", "上次的月份"
