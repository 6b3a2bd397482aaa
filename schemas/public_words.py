"""公示: what may hang on the wall: classes and numbers, no child, no small number that points at one."""

FILE_NAME = "{name}_{month}_公示.xlsx"
HIDDEN = "＊"
LEAST = 3  # people; a smaller number could point at one child
COUNTS = ("in_l", "is_male", "is_female", "is_boarder", "is_day_pupil")
PARTS = (("is_male", "is_female"), ("is_boarder", "is_day_pupil"))
"""Columns that add up to the first: who knows two of the three knows the third."""
FIGURES = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited", "called", "took_part")
MEANING = "{title}：{n}÷{N}。"
NOTES = (
    "“＊”：人数少于 3 的不公布；为免由合计倒推，同行或同列里另有一格一并不公布。完成率只差一两个人、或应计数少于 3 的也不公布。",
    "不含学生姓名和任何个人信息。公示期满请撤下。",
)
