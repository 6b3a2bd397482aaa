"""Teachers' ordinary mistakes, one small function each: what people really type into such workbooks.

A mistake takes a workbook's cover and sheets, the month's last day and a generator, and returns the cover and the
sheets with that mistake in them; where no row suits it, they come back as they are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from pipeline.example.archive import Row, Sheets, Value
from schemas.identity import check_digit

Cover = dict[str, Value]
Mistake = Callable[[Cover, Sheets, date, random.Random], tuple[Cover, Sheets]]
Retyped = Callable[[Row, Sheets, date], Row]

_STRANGE = "甜"  # a character that nobody in the example has in the name


def _in_one_row(sheet: str, fits: Callable[[Row], bool]) -> Callable[[Retyped], Mistake]:
    """Turn a function that retypes cells of a row into a mistake in one row of `sheet` that fits; "" empties a cell."""

    def decorate(retype: Retyped) -> Mistake:
        @wraps(retype)
        def mistake(cover: Cover, sheets: Sheets, last_day: date, rng: random.Random) -> tuple[Cover, Sheets]:
            rows = sheets[sheet]
            fitting = [n for n, row in enumerate(rows) if fits(row)]
            if not fitting:
                return cover, sheets
            n = rng.choice(fitting)
            cells = rows[n] | retype(rows[n], sheets, last_day)
            retyped = {title: value for title, value in cells.items() if value != ""}
            return cover, sheets | {sheet: [*rows[:n], retyped, *rows[n + 1 :]]}

        return mistake

    return decorate


def _any(row: Row) -> bool:
    return True


def _has(title: str, *words: str) -> Callable[[Row], bool]:
    return lambda row: row.get(title) in words if words else title in row


# --- 学生档案, 联系卡, 结对帮扶 ---------------------------------------------------------------------------------


@_in_one_row("学生档案", _has("身份证号"))
def wrong_check_digit(row: Row, sheets: Sheets, last_day: date) -> Row:
    """An identity number whose last digit was misread."""
    number = str(row["身份证号"])
    right = check_digit(number[:17])
    return {"身份证号": number[:17] + ("1" if right == "X" else str((int(right) + 1) % 10))}


@_in_one_row("学生档案", lambda row: str(row.get("身份证号", "X")).isdigit())
def id_typed_as_number(row: Row, sheets: Sheets, last_day: date) -> Row:
    """An identity number typed into a cell that is no text cell: Excel keeps 15 digits of it."""
    return {"身份证号": float(str(row["身份证号"]))}


@_in_one_row("学生档案", _has("民族", "汉族"))
def short_ethnicity(row: Row, sheets: Sheets, last_day: date) -> Row:
    """汉 instead of 汉族."""
    return {"民族": "汉"}


@_in_one_row("学生档案", _has("建档日期"))
def no_archive_date(row: Row, sheets: Sheets, last_day: date) -> Row:
    """An archive without the day on which it was made."""
    return {"建档日期": ""}


@_in_one_row("学生档案", _has("父亲外出日期"))
def no_day_of_leaving(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A father who works away, nobody has written since when."""
    return {"父亲外出日期": ""}


@_in_one_row("联系卡", _has("与学生关系", "祖父"))
def grandpa(row: Row, sheets: Sheets, last_day: date) -> Row:
    """爷爷, as everybody says, instead of 祖父."""
    return {"与学生关系": "爷爷"}


@_in_one_row("联系卡", _has("监护人电话"))
def ten_digit_phone(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A phone number with a digit too few."""
    return {"监护人电话": str(row["监护人电话"])[:-1]}


@_in_one_row("结对帮扶", _has("帮扶类型", "帮扶教师"))
def unknown_teacher(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A 帮扶教师 whose name is not in the staff list: one character is wrong."""
    return {"帮扶人": str(row["帮扶人"])[:-1] + _STRANGE}


# --- 谈心记录, 家校联系 -----------------------------------------------------------------------------------------


@_in_one_row("谈心记录", _any)
def date_with_dots(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A date typed as the text 2026.10.8."""
    day = row["日期"]
    return {"日期": f"{day.year}.{day.month}.{day.day}" if isinstance(day, date) else day}


@_in_one_row("家校联系", _any)
def chinese_date(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A date typed as the text 2026年10月12日."""
    day = row["日期"]
    return {"日期": f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else day}


@_in_one_row("家校联系", _any)
def date_in_future(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A contact planned for next month, entered as if it had happened."""
    return {"日期": last_day + timedelta(days=3)}


@_in_one_row("谈心记录", _any)
def spaced_name(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A name set wide with a full-width space, to line up with the longer ones."""
    name = str(row["学生姓名"])
    return {"学生姓名": f"{name[0]}\u3000{name[1:]}"}


@_in_one_row("谈心记录", _any)
def misspelt_name(row: Row, sheets: Sheets, last_day: date) -> Row:
    """A talk with a child whose name is not in the roster: one character is wrong."""
    return {"学生姓名": str(row["学生姓名"])[:-1] + _STRANGE}


@_in_one_row("谈心记录", _any)
def two_names(row: Row, sheets: Sheets, last_day: date) -> Row:
    """Two children in one row: they were talked with together."""
    other = next((r["姓名"] for r in sheets["学生档案"] if r["姓名"] != row["学生姓名"]), row["学生姓名"])
    return {"学生姓名": f"{row['学生姓名']}、{other}"}


# --- 填表说明 ---------------------------------------------------------------------------------------------------


def short_class_name(cover: Cover, sheets: Sheets, last_day: date, rng: random.Random) -> tuple[Cover, Sheets]:
    """三(2)班, as it says on the door, instead of the number 2."""
    return cover | {"班级": f"{str(cover['年级'])[0]}({cover['班级']})班"}, sheets


# Which mistakes a class workbook has: one tuple a workbook.
LAST_MONTH: tuple[tuple[Mistake, ...], ...] = (
    (short_class_name, date_with_dots, chinese_date),
    (wrong_check_digit, spaced_name, two_names),
    (id_typed_as_number, short_ethnicity, grandpa),
    (misspelt_name, date_in_future, no_archive_date),
    (ten_digit_phone, no_day_of_leaving, unknown_teacher),
)
EARLIER_MONTH: tuple[tuple[Mistake, ...], ...] = (
    (date_with_dots, short_ethnicity),
    (ten_digit_phone, no_archive_date, grandpa),
)
