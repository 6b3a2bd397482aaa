"""Many schools: the county's month from the schools' bureau workbooks, and the province's from the counties'."""
