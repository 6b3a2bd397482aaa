"""Kinds that number one person: identity card, student number, telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas import identity, rules
from schemas.kinds.base import Entry, Kind, Reading, mask_number


@dataclass(frozen=True)
class PersonalNumber(Kind):
    """A number that points at one person: quoted by its last four characters only."""

    def masked(self, text: str) -> str:
        return mask_number(text) if any(c.isdigit() for c in text) else super().masked(text)  # 空号 is no number

    @property
    def is_personal_number(self) -> bool:
        return True


@dataclass(frozen=True)
class IdCard(PersonalNumber):
    """A citizen identity number (GB 11643). One typed as a number has lost its last three digits for good."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper()
        if identity.is_provisional(number):
            return Reading(number, note=rules.NO_REAL_ID)
        if not identity.is_well_formed(number):
            return Reading(fault=rules.BAD_ID)
        if not identity.has_valid_check_digit(number):
            return Reading(fault=rules.BAD_CHECK_DIGIT)
        if number.endswith("000"):
            return Reading(number, note=rules.ID_ENDS_000)
        return Reading(number)

    def describe(self) -> str:
        return "18 位身份证号（文本）"

    def entry(self) -> Entry:
        return Entry("length", 18, 18)



@dataclass(frozen=True)
class OldNumber(PersonalNumber):
    """An identity or student number that was wrong: of its form, whatever its check digit says."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper()
        return Reading(number) if _ANY_NUMBER.fullmatch(number) else Reading(fault=rules.BAD_STUDENT_NO)

    def describe(self) -> str:
        return "原来的身份证号或学籍号（文本）"

    def entry(self) -> Entry:
        return Entry("length", 15, 20)


_ANY_NUMBER = re.compile(r"[GLJ]?\d[\dA-Z]{14,18}")
_STUDENT_NO = re.compile(r"G\d{17}[\dX]|[LJ]\d{14}[\dA-Z]{4}")


@dataclass(frozen=True)
class StudentNo(PersonalNumber):
    """A national student number: G + identity number, or L/J + 18, the last four of which may be capitals (contract §2)."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper()
        if _STUDENT_NO.fullmatch(number):
            return Reading(number)
        if identity.is_well_formed(number) and identity.has_valid_check_digit(number):
            return Reading("G" + number, note=rules.REPAIRED)
        return Reading(fault=rules.BAD_STUDENT_NO)

    def describe(self) -> str:
        return "G、L 或 J 加 18 位号码（文本）"

    def entry(self) -> Entry:
        return Entry("length", 19, 19)



def _was_number(raw: Any, text: str) -> bool:
    """Tell whether a long number went through a number cell (or was pasted as 5.1E+17, 5.1E17): digits are gone."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) >= 1e15
    return bool(re.fullmatch(r"[GLJ]?\d(\.\d+)?E\+?\d{2}", text.upper()))


_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}\d{7,8}")
_LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}")


_NO_PHONE = frozenset(
    "空号 停机 已停机 停用 已停用 关机 打不通 接不通 无法接通 无 没有 无电话 没有电话 没电话 无手机 没有手机 没手机 无号码 没有号码".split()
)


def _digits(text: str) -> str:
    """Return a number without what people write between and before its digits, and the .0 of a number made text."""
    bare = re.sub(r"[\s()+‐‑–—−-]|^(?:\+86|0086|86(?=1))|(?<=\d{11})\.0$", "", text)
    return re.sub(r"^86(?=1\d{10}$)", "", bare)


@dataclass(frozen=True)
class Phone(PersonalNumber):
    """A mobile number or a landline with its area code; of two in a cell the first is kept."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in _NO_PHONE:
            return Reading(note=rules.NO_PHONE)
        if _LANDLINE.fullmatch(text):
            return Reading(text)
        numbers = [_digits(part) for part in re.split(r"[、，,;；/\n。]+|或", text) if part.strip()]
        if not all(map(_PHONE.fullmatch, numbers)):  # two numbers with a blank between
            numbers = [_digits(part) for part in re.split(r"[、，,;；/\n。\s]+|或", text) if part]
        if not numbers or not all(map(_PHONE.fullmatch, numbers)):
            return Reading(fault=rules.BAD_PHONE)
        return Reading(numbers[0])

    def like(self, text: str) -> list[str]:
        """Return a landline whose first 0 is gone, as a number cell loses it."""
        return [f"0{text}"] if re.fullmatch(r"[2-9]\d{9,10}", text) else []

    def _answers(self, text: str) -> bool:
        return text in _NO_PHONE

    def describe(self) -> str:
        return "11 位手机号，或带区号的固定电话"

    def entry(self) -> Entry:
        return Entry("length", 1 if self.dash else 10, 13)

