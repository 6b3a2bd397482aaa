"""Changes of a workbook's XML: a cell, its rows, its names, its encoding."""

from __future__ import annotations

import re

from helpers.workbook_parts import BOOK, SHEET, Odd, Parts, sub

STRINGS = "xl/sharedStrings.xml"


def cell(xml: str) -> Odd:
    """Put a cell in place of the first name."""
    return sub(SHEET, r'<c r="A4"[^>]*?(?:/>|>.*?</c>)', xml.replace("\\", "\\\\"), 1)


def every(pattern: str, by: str) -> Odd:
    return sub(SHEET, pattern, by)


def filled(xml: str) -> Odd:
    """Put all of a sheet's rows in place of its own."""
    return sub(SHEET, "<sheetData>.*</sheetData>", f"<sheetData>{xml}</sheetData>")


def named_sheet(name: str) -> Odd:
    return sub(BOOK, r'(<sheet name=")[^"]*("[^>]*sheetId="2")', rf"\1{name}\2")


def same_titles(parts: Parts) -> None:
    parts[BOOK] = re.sub(rb'(<sheet name=")[^"]*"', rb'\1S"', parts[BOOK])


def utf16(parts: Parts, name: str, before: str = "") -> None:
    text = re.sub(r"^<\?xml[^>]*>\s*", "", parts[name].decode("utf-8"))
    parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + before + text).encode("utf-16")
