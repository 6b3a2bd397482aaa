"""公示: what may hang on the wall: classes and numbers, no child, no small number that points at one."""

FILE_NAME = "{name}_{month}_公示.xlsx"
HIDDEN = "＊"
LEAST = 3  # people; a smaller number could point at one child
COUNTS = ("in_l", "is_male", "is_female", "is_boarder", "is_day_pupil")
PARTS = (("is_male", "is_female"), ("is_boarder", "is_day_pupil"))
"""Columns that add up to the first: who knows two of the three knows the third."""
FIGURES = ("archived", "in_school", "kept", "teacher_paired", "talked", "visited", "called", "took_part")
MEANINGS = {
    "archived": "档案填齐无误的 ÷ 留守儿童",
    "in_school": "在校就读的 ÷ 应入学名册人数",
    "kept": "除辍学、转出未落实外的 ÷ 留守儿童",
    "teacher_paired": "有在期帮扶教师的 ÷ 在读留守儿童",
    "talked": "谈心达到要求的 ÷ 应谈心的留守儿童",
    "visited": "家访达到要求的 ÷ 应家访的留守儿童",
    "called": "联络达到要求的 ÷ 应联络的留守儿童",
    "took_part": "本月参加过活动的 ÷ 在读留守儿童",
}
if tuple(MEANINGS) != FIGURES:
    raise ValueError("every figure of the notice board says how it is counted")
MOSTLY = 0.5  # of a column's classes; one with more of them hidden is left out
LEFT_OUT = "没有公布：{names}（人数太少，或只差一两个人，公布会指向个人）。"
COUNTS_OF = "各班{title}"
HIDDEN_NOTE = "“＊”：人数少于 3 的不公布；为免由合计倒推，同行或同列里另有一格一并不公布。"
NOTE, AND = "不含学生姓名和任何个人信息。公示期满请撤下。", "、"
