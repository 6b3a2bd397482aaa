"""What each picture shows: a part of a sheet of one of `books`, and what is drawn upon it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Balloon:
    """What a program shows when a cell is pointed at: its comment, or its list opened; it is drawn at `beside`."""

    cell: str
    beside: str
    width: int = 300  # pixels of the sheet


@dataclass(frozen=True)
class Picture:
    """A picture of the guides, `docs/图/<name>.png`.

    `area`: the cells that are shown, without the columns and rows of `left_out`. On the screen (`is_screen`) a sheet
    has the letters of its columns, the numbers of its rows, and its grid; on paper it has none. `is_live`: its
    formulas go by the other sheets of the workbook.
    """

    name: str
    book: str
    sheet: str
    area: str
    left_out: str = ""
    balloons: tuple[Balloon, ...] = ()
    is_screen: bool = True
    is_live: bool = False


PICTURES = (
    Picture("学生档案", "typed", "学生档案", "A1:Q14", "B C K L M N O 2 6 7 8", (Balloon("G11", "G12", 110),)),
    Picture("备好的行", "typed", "谈心记录", "A1:H8", "C 2"),
    Picture("随填随算", "typed", "本班还差什么", "A1:P12", "2 10 11", is_live=True),
    Picture("退回说明", "returned", "退回说明", "A1:I11", "D E H 3 4 6"),
    Picture("标好的格", "returned", "谈心记录", "A3:H9", "C", (Balloon("B7", "D8", 380), Balloon("B5", "D4", 380))),
    Picture("本班还差什么", "page", "本班还差什么", "A1:P16", "9 10 13 15", is_screen=False),
    Picture("列的对照", "start", "列的对照", "A1:I14", "B E"),
    Picture("常用值", "start", "常用值", "A1:L4"),
    Picture("勾选名单", "start", "勾选名单", "A1:G8", balloons=(Balloon("F4", "F5", 110),)),
    Picture("群通知", "checked", "群通知", "A4:C8", "A B"),
    Picture("班级考核", "scores", "班级考核", "A1:R7"),
    Picture("未达标名单", "scores", "未达标名单", "A7:P14"),
)
FOLDER, KEPT, ENDING = "图", "来源.json", ".png"
DRAWN_BY = 1  # of the way in which they are drawn: counted up, every picture is drawn again
