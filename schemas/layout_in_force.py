"""The layout in which schools send the bureau its workbook: put another one in force here, and nowhere else.

A province's own layout is a module beside `bureau_layout`; workbooks of every layout go on being read by their keys.
"""

from schemas.bureau_layout import BUREAU

BUREAU_IN_FORCE = BUREAU
