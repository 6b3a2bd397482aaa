"""From a folder of teachers' workbooks to the month's report."""
