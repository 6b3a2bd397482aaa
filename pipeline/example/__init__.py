"""Write an invented school's workbooks, for demonstrations, tests and benchmarks."""
