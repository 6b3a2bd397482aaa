"""What is written for good: the report moved in whole, the month's data and facts, what may never leave the school.

Ask it to write, to forget, and whether a place may be written to.
"""
