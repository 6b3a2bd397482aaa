"""What the operator reads on the screen: sentences of the command line."""

NO_FILES = "文件夹里没有可用的文件：{folder}。请放入填好的 班级月报、学校月报，再运行一次。"
