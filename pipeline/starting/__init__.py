"""The first month: what a school holds already, in any layout, put into every class's workbook and the school's own.

`start` is the one screen; it reads the sources, finds their tables, takes columns for what they surely mean, joins what
is said of one person, and never fills a cell of which it is not sure. What it took for what stands in 对照.xlsx.
"""
