"""What the command line says of itself, and of what it does not understand."""

# What argparse says of a mistake → what we say; the groups are what was typed.
MISTAKES = (
    (r"unrecognized arguments: (.+)", "不认识“{0}”"),
    (r"argument COMMAND: invalid choice: '(.*?)'.*", "没有“{0}”这个命令"),
    (r"the following arguments are required: COMMAND", "还没有写要做什么"),
    (r"the following arguments are required: (.+)", "还缺 {0}"),
    (r"argument (\S+): expected .*", "{0} 后面还要写上内容"),
    (r"argument (\S+): (?:invalid .* value|invalid choice): '(.*?)'.*", "{0} 后面的“{1}”不对"),
    (r"ambiguous option: (\S+) .*", "“{0}”可以是几个不同的选项，请写全"),
)
UNCLEAR = "命令写得不对"
SEE_HELP = "{problem}。写法见：{command} --help"
USAGE, COMMANDS, OPTIONS = "用法：", "命令", "选项"
HELP_HELP, VERSION_HELP = "显示这份说明", "显示版本"
COMMAND, VERSION = "COMMAND", "关爱月报 {version}（模板 {template}，数据 {data}，上报 {bureau}）"
