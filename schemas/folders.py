"""Names of the folders and files of a month's report (contract §1)."""

BUREAU, SCHOOL_ONLY, SENT_BACK, DATA = "上报", "校内", "退回", "数据"
RUN_FILE, PLAN_FILE = "run.json", "考核方案.xlsx"
PUBLIC = "公示"
NEXT_MONTH, RECEIPTS = "下月模板", "回执"
PAPER = "纸质登记表"  # of next month, for whoever writes by hand first: no workbooks, so that they stand apart
UNNAMED = "未填"
EXAMPLE_PREFIX = "示例-"
