"""The form of a closed list, and the words that many lists share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class CodeList:
    """A closed list: `words` are accepted, `instead` maps what people write to one of them."""

    name: str
    words: tuple[str, ...]
    instead: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(set(self.words)) != len(self.words):
            raise ValueError(f"{self.name}: a word stands twice")
        strangers = {official for official in self.instead.values() if official not in self.words}
        if strangers:
            raise ValueError(f"{self.name}: synonyms lead outside the list: {sorted(strangers)}")
        if set(self.instead) & set(self.words):
            raise ValueError(f"{self.name}: an official word is listed as a synonym")


YES, NO = "是", "否"
HAS, LACKS = "有", "无"
ALL_PUPILS = "全体"
DASH = "—"

_TRUE = ("√", "✓", "✔", "☑", "✅", "🗸", "🗹", "∨", "⍻", "v", "V", "是的", "Y", "y", "YES", "Yes", "yes", "对", "T", "TRUE", "True", "true", "1")
_FALSE = ("×", "✗", "✘", "✖", "✕", "❌", "❎", "☒", "☓", "⨯", "╳", "N", "n", "NO", "No", "no", "错", "不是", "F", "FALSE", "False", "false", "0")

YES_NO = CodeList(
    "是否",
    (YES, NO),
    {word: YES for word in (*_TRUE, "有")} | {word: NO for word in (*_FALSE, "无", "没有")},
)
# 有 and 无 may mean the changes as well as that there are none: they are no answers.
NO_CHANGE = CodeList(
    "无变化",
    (YES, NO),
    {word: YES for word in (*_TRUE, "无变化", "没有变化", "没变化", "无变动", "没有变动", "不变")}
    | {word: NO for word in (*_FALSE, "有变化", "有变动")},
)
HAS_LACKS = CodeList(
    "有无",
    (HAS, LACKS),
    {word: HAS for word in (*_TRUE, "是")} | {word: LACKS for word in (*_FALSE, "否", "没有", "没")},
)
CAPABLE = replace(HAS_LACKS, name="监护能力")
