"""Kinds that hold words: free text, names of people, a word of a closed list, a class."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from schemas import names, rules
from schemas.cells import tidy
from schemas.class_names import class_name
from schemas.codes import ALL_PUPILS, GRADE, CodeList
from schemas.kinds.base import ANY_TEXT, Entry, Kind, Limit, Reading
from schemas.lines import is_no_name
from schemas.unsaid import names_nobody


@dataclass(frozen=True)
class Text(Kind):
    """Free text, kept as it was typed.

    `is_label`: it is compared with others, so that it is kept in one form, and a day is a number that Excel has changed.
    """

    is_label: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if self.is_label and isinstance(raw, date):
            return Reading(fault=rules.TURNED_INTO_DATE)
        return Reading(text if self.is_label or not isinstance(raw, str) else tidy(raw))

    def describe(self) -> str:
        return ANY_TEXT[0]


@dataclass(frozen=True)
class PersonName(Kind):
    """A person's name: blanks inside a Han name go, the dots of minority names are united to ·.

    `one_only`: several names in the cell are an error; `of_roster`: it is chosen from the names of 学生档案; `of_staff`:
    often from those of 教职工, but it may be somebody else; `of_family`: a parent's, or of who looks after the child: left
    open (李**) it counts as empty (contract §5).
    """

    one_only: bool = False
    of_roster: bool = False
    of_staff: bool = False
    of_family: bool = False

    def _unsaid(self, raw: Any, text: str) -> Reading | None:
        told = super()._unsaid(raw, text)
        return Reading(note=rules.NOTHING_SAID) if told is None and self.of_family and names_nobody(text) else told

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if names.is_plain(text):
            return Reading(fault=rules.UNREADABLE_NAME) if is_no_name(text) else Reading(text)
        if self.one_only and names.is_several(text):
            return Reading(fault=rules.ONE_CHILD_A_ROW)
        if isinstance(raw, bool) or not names.is_readable(text) or is_no_name(text):
            return Reading(fault=rules.UNREADABLE_NAME)
        name = names.plain_name(names.unnumbered(text))
        return Reading(name, note=rules.MARKS_IN_NAME if names.has_marks(name) else None)

    def describe(self) -> str:
        return ANY_TEXT[1]

    def entry(self) -> Entry:
        if self.of_staff:
            return Entry("staff", is_open=True)
        return Entry("roster") if self.of_roster else Entry()

    @property
    def is_name(self) -> bool:
        return True


@dataclass(frozen=True)
class PersonNames(PersonName):
    """One person's name as `PersonName` reads it, or several as `NameList` does: one row for many."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if names.is_plain(text):
            return super()._read(raw, text, last_day)
        bare = "".join(text.split())
        if names.is_several(text) or bare in _EVERYONE or names.everyone_but(text) is not None:
            return NameList()._read(raw, text, last_day)
        return super()._read(raw, text, last_day)

    def entry(self) -> Entry:
        return Entry("roster", is_open=True)


_EVERYONE = frozenset(
    f"{who}{of}" for who in (ALL_PUPILS, "全班", "所有", "全部", "全员") for of in ("", "学生", "同学")
)


@dataclass(frozen=True)
class NameList(Kind):
    """全体, or names parted by 、; kept as one text, parted by 、 only. `of_places`: grades and classes as well."""

    of_places: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        but = names.everyone_but(text)
        if but is not None and not self.of_places:
            return Reading(f"{ALL_PUPILS}({names.BUT} {'、'.join(map(names.plain_name, but))})")
        parts = [names.plain_name(part) for part in names.parted(text)]
        if len(parts) == 1 and parts[0] in _EVERYONE:
            return Reading(ALL_PUPILS)
        if self.of_places:
            parts = [GRADE.instead.get(part) or class_name(part, last_day) or part for part in parts]
        return Reading("、".join(parts) or None)

    def describe(self) -> str:
        return "“全体”，“全体（除 张三、李四）”，或用顿号隔开的姓名"


_ALIKE = 0.6
_AROUND = "()[]【】“”\"'。.,、;；!！"
_JOINT = re.compile(r"[、/,，和+]")
_NOT = re.compile(r"[非不未没无]")
_NUMBERED = re.compile(r"^\d+[-.、:](?!\d)")  # 1-男; what is left of 0.1 is no answer
_WHOLE = re.compile(r"^(\d+)\.0+$")  # a number that was made text


@dataclass(frozen=True)
class Code(Kind):
    """A word of a closed list; synonyms are repaired, anything else is left for `check` to refuse."""

    codes: CodeList = field(default=CodeList("", ()))

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in self.codes.words:
            return Reading(text)
        official = self._official(text)
        return Reading(official, note=rules.REPAIRED) if official else Reading(text)

    def _official(self, text: str) -> str:
        """Return the word of the list that is meant: numbered (1-男), in brackets, with a full stop, in parts (爷爷、奶奶)."""
        bare = _NUMBERED.sub("", _WHOLE.sub(r"\1", "".join(text.split()))).strip(_AROUND)
        for said in (bare, bare.casefold(), _JOINT.sub("", bare), bare.replace("其它", "其他")):
            if said in self.codes.words:
                return said
            if said in self.codes.instead:
                return self.codes.instead[said]
        return ""

    def _answers(self, text: str) -> bool:
        return text in self.codes.words or text in self.codes.instead

    def like(self, text: str) -> list[str]:
        """Return the words that stand in a text (学习情况), in which it stands (祖父), or that are spelt nearly so."""
        bare = "".join(text.split())
        known = {word: word for word in self.codes.words} | dict(self.codes.instead)
        known = {word: official for word, official in known.items() if len(word) > 1}  # 是 stands in 不是很好
        held = [word for word in known if word in bare or (len(bare) > 1 and bare in word)]
        near = get_close_matches(bare, list(known), cutoff=_ALIKE)
        denied = set(_NOT.findall(bare))  # 非留守 is no 留守儿童
        return list(dict.fromkeys(known[word] for word in held or near if set(_NOT.findall(word)) == denied))

    def accepts(self, last_day: date) -> tuple[Limit, ...]:
        return (Limit("isin", (list(self.codes.words),), rules.NOT_LISTED),)

    def describe(self) -> str:
        shown = "、".join(self.codes.words[:12])
        return shown + (" 等" if len(self.codes.words) > 12 else "")

    def entry(self) -> Entry:
        return Entry("list")

    @property
    def words(self) -> tuple[str, ...]:
        return self.codes.words


@dataclass(frozen=True)
class ClassName(Kind):
    """A class as one text: 三年级(2)班, and what people write instead."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        found = class_name(text, last_day)
        return Reading(found) if found else Reading(fault=rules.BAD_CLASS)

    def describe(self) -> str:
        return "班级，如 三年级(2)班"
