"""退回说明, line by line: what is told once, and what stands first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from helpers.running import RunMonth, sheet
from pipeline.returning.letter import About, letter_of
from schemas import letter_words


def test_a_cell_is_told_once_and_what_decides_stands_first(month: dict[str, Any], run: RunMonth) -> None:
    """空号 and 待补 are a line each; a child whom nobody can count is named before two slips of the pen."""
    sheet(month, "学生档案")[0]["父亲外出日期"] = None
    sheet(month, "联系卡")[0] |= {"父亲电话": "空号", "母亲务工地址": "待补"}
    for talk in sheet(month, "谈心记录")[:2]:
        talk["主题"] = "天气"
    sheet(month, "成长记录")[0]["缺勤天数"] = "约3天"
    sheet(month, "家校联系")[0]["形式"] = "串门"
    result = run(month)
    file = next(s for s in result.submissions if s.grade).file.id
    own = [issue for issue in result.issues if issue.file == file]
    about = About(result.month, result.merged.tables, result.ledger)
    letter = letter_of(about, result.submissions[file], own, "")
    assert max(Counter(line.cells[0] for line in letter.lines).values()) == 1
    assert max(Counter(issue.cell for issue in own if issue.sheet == "联系卡").values()) == 2, (
        "each is told in the list"
    )
    notes = sum(line.level == "提示" for line in letter.lines)
    assert letter_words.COUNTS.format(errors=5, warnings=1, notes=notes) in letter.heading
    first, second = letter.heading[-1].removeprefix("先改这几样，作用最大：").split("；")[:2]
    assert first.startswith("学生档案·父亲外出日期")
    assert second.startswith("谈心记录·主题（不在可选项里，2 处")
