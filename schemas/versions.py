"""The versions of what outlives the program that wrote it.

A bump of TEMPLATE: older workbooks go on being read, newer ones are sent back (E414). Of DATA: snapshots of the version
before are migrated when they are read (`pipeline/months/snapshots.py`). Of BUREAU: an older program refuses the workbook with
a sentence; every older workbook goes on being read. A new column is no bump of any of them.
"""

TEMPLATE_VERSION = "1"
DATA_VERSION = 1
BUREAU_VERSION = "1"
