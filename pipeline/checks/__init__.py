"""The rules that look further than a cell: across cells, rows, sheets, files and months, each a small function.

A rule returns faults of one table; whoever calls it marks the cells and tells the issues.
"""
