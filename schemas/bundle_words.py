"""What a bundle is called, what its launchers say where no Python runs, and its first page."""

FOLDER = "关爱月报-{target}"
LAUNCHERS = {"start": "开始", "report": "生成月报", "next": "下月模板"}  # what a launcher does → its name
READ_FIRST = "先看这里.txt"

SAYS_NOT_UNPACKED = "请先把整个压缩包解压（全部解压缩），再到解压出来的文件夹里双击。"
SAYS_NO_PYTHON = "这台电脑还没有能用的 Python（要 {versions} 之一，64 位）。请到 www.python.org 下载安装，安装时勾选 Add python.exe to PATH，装好再双击。"
SAYS_NO_PYTHON_LINUX = "这台电脑还没有能用的 Python（要 {versions} 之一）。请在应用商店或软件源里安装，装好再打开。"
SAYS_CRASHED = "程序没能运行起来。请重新解压整个压缩包再试；还不行，请把这个窗口拍下来发给技术人员。代号："
OR, PRESS_ENTER = "、", "按回车键关闭……"

PAGE = """关爱月报（{target}）

1. 把整个压缩包解压到电脑上（如 D 盘），路径不要太深。不用联网{needs}。
2. 双击“{start}”：第一次会用半分钟左右自己准备好，然后显示要做什么。
3. 把收齐的表放进 input 里的月份文件夹（如 input\\2026-10），双击“{report}”；做完会打开报告的文件夹。
4. 报告里的“下月模板”发给各班；隔月再用时双击“{next}”。
5. 给老师、管理员、教育局的说明在 docs 里；空白的表在 input_templates 里。

放表和放报告的文件夹可以换：双击“{start}”，选“换文件夹”。“设置.json”只记这两个文件夹和上次的月份。
换新版本：把新的解压到别处，再把旧文件夹里的 input、output 和“设置.json”复制过去。
报告的文件夹里有文件正在 WPS、Excel 里打开时写不进去：关上再运行，原有的报告不会坏。
放在 OneDrive、WPS 云里也可以，但要先在文件夹上点右键选“始终保留在此设备上”。
"""
NEEDS_PYTHON, HAS_PYTHON = "，但电脑上要有 Python（{versions} 之一，64 位）", "，也不用另装 Python"

NAME, COMMENT = "关爱月报", "生成留守儿童关爱月报"

DESCRIPTION = "做出解压就能双击运行的文件夹和压缩包"
FOR_HELP, PYTHONS_HELP, EMBED_HELP, OUTPUT_HELP = "给哪些电脑", "支持哪些 Python 版本", "放进去的 Python（zip、tar.gz 或文件夹）", "写到哪里"
FETCHING, DONE = "{target}：正在取 Python {version} 的依赖……", "{target}：{folder}（{folder_mb:.0f} MB，{files} 个文件），{archive}（{archive_mb:.0f} MB）"
NOT_FETCHED = "没有取到 {target}、Python {version} 的依赖，原因见上面 pip 的英文（多半是网络不通，或没有那个版本的包）。"
NOT_LOCKED = "取来的“{name}”和锁定的校验值不一样，没有做。"
NOT_PYTHON = "“{path}”里没有找到能用的 Python（Windows 的 python.exe，或 Linux 的 bin/python3）。"
OTHER_MACHINE = "“{path}”里的 Python 不是给 {target} 的，没有做。"
BAD_VERSION = "Python 版本“{text}”不对，请写成 3.12 的样子，不早于 3.11。"
