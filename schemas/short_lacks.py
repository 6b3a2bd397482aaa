"""What a child lacks in the few words of a narrow column, whose head names the figure already."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.figures import AND, AND_SO, CASE_UNTOLD, DUTY_LACK, LACKS, TAINTED, UNSETTLED, WEEKS_LACK

SHORT: dict[str, str] = {
    "archived": "缺{detail}",
    "kept": "{detail}",
    "complete": "缺{count}项",
    "teacher_paired": "没有",
    "classmate_paired": "没有",
    "mother_paired": "没有",
    "focus_paired": "缺{detail}",
    "study_plan": "没写全",
    "pairing_checked": "{detail}",
    "talked": "{detail}",
    "called": "{detail}",
    "visited": "{detail}",
    "guardian_met": "没参加",
    "took_part": "没参加",
    "class_met": "没有开",
    "birthday": "没参加",
    "growth": "没有",
    "case_planned": "没制订",
    "card_updated": "没更新",
    "in_school": "{detail}",
    "holiday_checked": "超 3 天",
    "rows_clean": "{detail} 行有错",
}
if unsaid := sorted(LACKS.keys() - SHORT.keys() - {"archived_fault"}):
    raise ValueError(f"SHORT says nothing of what is lacking in: {unsaid}")
SHORT_TAINTED, SHORT_UNSETTLED, SHORT_FAULT = "待改", "认不出", "有填错的"
_HELPERS = {"帮扶教师": "教师", "学习帮手": "帮手", "爱心妈妈": "妈妈", "爱心爸爸": "爸爸", "代理家长": "家长"}
SHORT_DUTY, SHORT_WEEKS, SHORT_ITEMS = "{done}/{times}次", "差{short}周", "{some}等{count}项"
_MOST = 3  # things that are named one by one
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a sentence made by a template, a group for each of its fields."""
    return re.compile(_FIELD.sub(r"(?P<\1>.*?)", re.escape(template)))


_OF_FIGURE = {key: _pattern(LACKS[key]) for key in SHORT}
_DUTY = re.compile(r"(?P<what>.*) " + _pattern(DUTY_LACK.rpartition("{matter} ")[2]).pattern)
_WEEKS = re.compile(r"(?P<what>.*)" + _pattern(WEEKS_LACK.rpartition("{matter}")[2]).pattern)


@lru_cache(maxsize=4096)
def shortly(figure: str, lack: str) -> str:
    """Return in short what a sentence of `LACKS` says. A sentence that is none of ours is returned as it is."""
    if lack in (TAINTED, CASE_UNTOLD, UNSETTLED):
        return SHORT_UNSETTLED if lack == UNSETTLED else SHORT_TAINTED
    found = _OF_FIGURE[figure].fullmatch(lack)
    if found is None:
        return lack
    detail = found.groupdict().get("detail", "")
    return SHORT[figure].format(detail=_duties(detail) or _items(detail), count=len(detail.split(AND)))


def _items(detail: str) -> str:
    """Name what is lacking, as far as there are few; cells in error in short."""
    named = [_HELPERS.get(one, one) for one in detail.replace(LACKS["archived_fault"], SHORT_FAULT).split(AND)]
    return AND.join(named) if len(named) <= _MOST else SHORT_ITEMS.format(some=AND.join(named[:2]), count=len(named))


def _duties(detail: str) -> str:
    """Return the duties that are not met, each as done/asked; "" where it speaks of none. One alone needs no name."""
    told = [_duty(part) for part in detail.split(AND_SO)]
    found = [duty for duty in told if duty]
    if len(found) < len(told):
        return ""
    return AND_SO.join(f"{what} {short}" for what, short in found) if len(found) > 1 else found[0][1]


def _duty(part: str) -> tuple[str, str] | None:
    """Return which duty a sentence is about, and how far it was met; None where it is about none."""
    for pattern, short in ((_DUTY, SHORT_DUTY), (_WEEKS, SHORT_WEEKS)):
        found = pattern.fullmatch(part)
        if found:
            return found["what"].strip(), short.format(**found.groupdict())
    return None
