"""Spoilt copies of a month: nonsense, emptied cells, days after T."""

from __future__ import annotations

import copy
from datetime import date, timedelta

from drawn.maker import NONSENSE
from oracle.cells import add_months, blank, unit_of
from oracle.sheets import CLASS_SHEETS, SCHOOL_SHEETS


def books_of(month):
    """List a month's workbooks: (label, path in the month, columns by sheet)."""
    found = [
        (f"班级月报 {unit_of(b['cover']['年级'], b['cover']['班级'])}", ("classes", i), CLASS_SHEETS)
        for i, b in enumerate(month["classes"])
    ]
    return found + ([("学校月报", ("school",), SCHOOL_SHEETS)] if month.get("school") else [])


def book_at(month, path):
    """Return the workbook at a path of books_of."""
    return month[path[0]] if len(path) == 1 else month[path[0]][path[1]]


def cells_of(month):
    """Yield every cell of every sheet: (label, path, sheet, row index, 列名), cells of missing keys too."""
    for label, path, spec in books_of(month):
        for sheet, rows in book_at(month, path)["sheets"].items():
            for index in range(len(rows)):
                for column in spec[sheet]:
                    yield label, path, sheet, index, column


def spoil(month, rng, mess):
    """Replace cells by nonsense, a date after T or nothing, each with the chance `mess`."""
    last = add_months(date.fromisoformat(month["month"] + "-01"), 1) - timedelta(days=1)
    if mess:
        for serial, (_, path, sheet, index, column) in enumerate(list(cells_of(month))):
            if rng.random() < mess:
                after = last + timedelta(days=rng.randint(1, 9)) if column.endswith("日期") else None
                words = f"{NONSENSE}{serial}"  # no two alike: nonsense names nobody, not even itself
                book_at(month, path)["sheets"][sheet][index][column] = rng.choice((words, words, None, None, after))
    return month


def changed(month, path, sheet, index, column, value):
    """Copy a month with one cell changed."""
    other = copy.deepcopy(month)
    book_at(other, path)["sheets"][sheet][index][column] = value
    return other


def nonsense_everywhere(month):
    """Yield (where, month) for every cell of every class and school sheet, with that cell turned into nonsense.

    An empty free-text cell (or one with —) is passed over: any words there are a filled cell, not an error.
    """
    spec = {path: columns for _, path, columns in books_of(month)}
    for label, path, sheet, index, column in cells_of(month):
        value = book_at(month, path)["sheets"][sheet][index].get(column)
        if spec[path][sheet][column][1] == "text" and (blank(value) or value == "—"):
            continue
        yield f"{label} › {sheet} › {index + 1} › {column}", changed(month, path, sheet, index, column, NONSENSE)


def is_asked(book, sheet, row, column):
    """Tell whether a 条件 cell applies (contract §2)."""
    if sheet == "学生档案":
        if column in ("学籍号", "身份证号"):
            return blank(row.get("身份证号" if column == "学籍号" else "学籍号"))
        if column.endswith("外出日期"):
            return row.get(f"{column[:2]}状况") == "外出务工"
        if column == "在家一方监护能力":
            return sum(row.get(f"{p}状况") == "外出务工" for p in ("父亲", "母亲")) == 1
        return row.get("入班方式") != "期初在籍" if column == "入班日期" else row.get("学籍状态") != "在读"
    if column == "学籍号":
        return sum(r.get("姓名") == row.get("学生姓名") for r in book["sheets"]["学生档案"]) > 1
    return not blank(row.get("检查日期")) if column == "检查结果" else row.get("个案触发") != "无"


def emptied_everywhere(month):
    """Yield (where, month) for every filled 是 cell and every filled applicable 条件 cell, with that cell emptied."""
    spec = {path: columns for _, path, columns in books_of(month)}
    for label, path, sheet, index, column in cells_of(month):
        book = book_at(month, path)
        row, need = book["sheets"][sheet][index], spec[path][sheet][column][0]
        if not blank(row.get(column)) and (need == "是" or (need == "条件" and is_asked(book, sheet, row, column))):
            yield f"{label} › {sheet} › {index + 1} › {column}", changed(month, path, sheet, index, column, None)
