"""What a folder of files holds: its month, each file's bytes within a fence, covers, sheets, columns and data rows.

Ask it for sheets as typed. Nothing here judges a value: that is for the kinds of `schemas`, and for the checks.
"""
