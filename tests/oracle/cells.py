"""Days, cells and rows as contract §2, §5 and §8 read them, in plain Python."""

from __future__ import annotations

import calendar
import re
from datetime import date
from fractions import Fraction

from oracle.words import DASH


def add_months(day, months):
    """Add calendar months; the 31st becomes the shorter month's last day (contract §5, away3)."""
    years, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, index + 1, min(day.day, calendar.monthrange(years, index + 1)[1]))


def completed_years(born, day):
    """Count completed years at a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def blank(value):
    """Tell whether a cell is empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_date(value):
    """Read a date cell, or None when it is no date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def id_birth(number):
    """Return the birth date in an ID number with a valid check digit, else None (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] != number[17]:
        return None
    return read_date(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")


def read_number(value):
    """Read a number cell as an exact fraction, or None."""
    if isinstance(value, bool):
        return None
    try:
        return Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        return None


def read_cell(kind, value, last):
    """Return (value, in error) of one filled cell by its own rule; a date after T is an error (contract §8.2)."""
    if kind in ("date", "anyday"):
        day = read_date(value)
        bad = day is None or (kind == "date" and day > last)
        return (None, True) if bad else (day, False)
    if isinstance(kind, tuple) and kind[0] in ("int", "num"):
        number = read_number(value)
        bad = number is None or not kind[1] <= number <= kind[2] or (kind[0] == "int" and number.denominator != 1)
        return (None, True) if bad else (number, False)
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    good = True
    if isinstance(kind, tuple):
        good = text in kind
    elif kind == "id":
        good = id_birth(text) is not None
    elif kind == "student_no":
        good = bool(re.fullmatch(r"[GLJ]\d{17}[\dX]", text)) and (text[0] != "G" or id_birth(text[1:]) is not None)
    elif kind == "phone":
        good = bool(re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|—", text))
    return (text, False) if good else (None, True)


# What a template holds ready beside a child's name: what must stand there (None: anything), and what may.
HELD_READY = {
    "结对帮扶": ({"帮扶类型": None}, ()),
    "谈心记录": ({"谈心人身份": "班主任", "方式": "面谈"}, ("谈心人",)),
    "家校联系": ({"形式": None}, ()),
    "成长记录": ({"缺勤天数": "0", "个案触发": "无"}, ()),
}


# What it holds ready besides in a row that the workbook was issued with; a row that somebody typed so is begun.
ISSUED = {"家校联系": ("联系对象",), "成长记录": ("学习表现", "行为习惯")}
AS_ISSUED = "（发下时的一行）"


def is_held_ready(sheet, raw):
    """Tell whether a row is just as a template held it ready: nobody has begun it."""
    raw = dict(raw)
    is_issued = raw.pop(AS_ISSUED, False)
    if sheet not in HELD_READY:
        return False
    must, may = HELD_READY[sheet]
    may = (*may, *ISSUED.get(sheet, ())) if is_issued else may
    said = {column: str(value).removesuffix(".0") for column, value in raw.items() if not blank(value)}
    rest = set(said) - set(must) - {"学生姓名", "学籍号", *may}
    return not rest and "学生姓名" in said and all(c in said and w in (None, said[c]) for c, w in must.items())


def read_rows(book, sheet, spec, last):
    """Read a sheet's rows that somebody has begun: {"v": values, "bad": columns in error}; an empty 是 cell is an error (contract §8.7)."""
    rows = []
    for raw in ((book or {}).get("sheets") or {}).get(sheet) or []:
        if all(blank(value) for value in raw.values()) or is_held_ready(sheet, raw):
            continue
        row = {"v": {}, "bad": set(), "person": None, "void": False, "sheet": sheet, "raw": raw}
        for column, (need, kind) in spec.items():
            value, bad = raw.get(column), False
            if blank(value) or (value == DASH and column not in ("父亲姓名", "父亲电话", "母亲姓名", "母亲电话")):
                value, bad = None, need == "是"
            else:
                value, bad = read_cell(kind, value, last)
            row["v"][column] = value
            if bad:
                row["bad"].add(column)
        rows.append(row)
    return rows


def sound(row, spec, *, but=()):
    """Tell whether no required cell of a record is in error, so that it can fulfil something (contract §5)."""
    return not row["void"] and not any(
        c in row["bad"] for c, (need, _) in spec.items() if need in ("是", "条件") and c not in but
    )


def unit_of(grade, number):
    """Write a class in one cell (contract §7)."""
    return f"{grade}({number})班"
