"""The floor: calamine parses the same files, XlsxWriter writes as many formatted cells as a report holds. Nothing else.

Run as `python -m benchmarks.floor FOLDER OUT REPORT`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import python_calamine
import xlsxwriter


def parse(folder: Path) -> None:
    """Read every sheet of every workbook."""
    for path in sorted(folder.glob("*.xlsx")):
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def cell_count(report: Path) -> int:
    """Return how many non-empty cells the report's workbooks hold."""
    count = 0
    for path in report.rglob("*.xlsx"):
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                count += sum(cell != "" for row in book.get_sheet_by_name(name).to_python() for cell in row)
    return count


def write(out: Path, count: int) -> None:
    """Write `count` formatted cells, half text and half numbers."""
    book = xlsxwriter.Workbook(str(out), {"in_memory": True})
    sheet, look = book.add_worksheet(), book.add_format({"border": 1})
    for number in range(count):
        row, column = divmod(number, 20)
        if number % 2:
            sheet.write_string(row, column, f"格{number % 500}", look)
        else:
            sheet.write_number(row, column, number, look)
    book.close()


if __name__ == "__main__":
    parse(Path(sys.argv[1]))
    write(Path(sys.argv[2]), int(sys.argv[3]))
