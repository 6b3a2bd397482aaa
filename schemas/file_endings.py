"""What the ending of a file's name says of it; what it really is, its content tells (`pipeline/excel/guard.py`)."""

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".xlt", ".ods", ".et", ".ett", ".csv")
# Lying beside the months' folders, it was meant to be handed in.
HANDED_IN = (*SPREADSHEETS, ".zip", ".rar", ".7z")
# Whatever its content, somebody may mean it as a workbook: it is told, and not passed over as a picture or text is.
MEANT_AS_WORKBOOK = frozenset({*SPREADSHEETS, ".xml", ".zip", ""})
OFFICE_TEXTS = frozenset({".doc", ".dot", ".wps", ".wpt", ".ppt", ".pps", ".dps", ".vsd", ".msg"})  # of the same container as .xls
