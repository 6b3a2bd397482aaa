"""The sheet 本班还差什么 of a class's template: by formulas over what the teacher types, in Excel, WPS and LibreOffice.

Children stand in the order of 学生档案. What the plan asks and earlier months hold lies on a hidden sheet. It
knows this workbook alone: no activity of the school, and of what is mistyped the commonest only (a record without a
required cell, a wrong identity number or telephone, 不详); the report has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.live_formulas import MARK_FORMULAS
from pipeline.excel.live_who import HELPERS, MONTH_END, MONTH_START
from pipeline.excel.parts import MAIN, parse, to_bytes, xml_text
from pipeline.excel.theme import BAD_FILL, Theme, set_page
from schemas import live_words as w
from schemas.class_page import MARKS
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.policy import CALL, DAY_PUPILS, EVERYONE, MONTH, TALK, TERM, VISIT, Policy, make_policy
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW

TOTALS_ROW, FIRST_ROW = 4, 5
_LEAST_ROWS, _SPARE_ROWS = 30, 12
_MARKS_END = 1 + len(MARKS)  # the place (from 0) behind the marks: what is short, what was last month, the helpers
_HELPERS_FROM = _MARKS_END + 2


@dataclass(frozen=True)
class SoFar:
    """What a class's sheet can't see in its own workbook.

    `facts`: what the plan asks, by `live_words.FACTS`. `children`: name → 家访 and 监护人会 of the term before this
    month, the reason and the day of a case without a plan (None), how many things were lacking last month (None:
    unknown).
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    children: Mapping[str, tuple[int, int, str | None, date | None, int | None]] = field(default_factory=dict)


def _default_facts() -> dict[str, Any]:
    """Return what the plan asks where nobody has told another: the standard one, the term by the month on the cover."""
    policy = make_policy()
    return plan_facts(policy, w.TERM_START.format(month=MONTH_START), is_teaching=True)


def plan_facts(policy: Policy, term_start: date | str, *, is_teaching: bool) -> dict[str, Any]:
    """Return what the sheet has to know of a plan; of several duties the first of everybody's a month."""
    talk = next((d for d in policy.duties_of(TALK) if d.period == MONTH and d.audience == EVERYONE), None)
    call = next((d for d in policy.duties_of(CALL) if d.period == MONTH and d.audience == EVERYONE), None)
    visit = next((d for d in policy.duties_of(VISIT) if d.period == TERM), None)
    return {
        "talk_roles": (talk.roles or ("*",))[:3] if talk else "",
        "talk_times": talk.times if talk else 0,
        "call_times": call.times if call else 0,
        "visit_times": visit.times if visit else 0,
        "visit_boarding": DAY_PUPILS if visit and visit.audience == DAY_PUPILS else "",
        "term_start": term_start,
        "is_teaching": int(is_teaching),
        "basis": policy.basis,
        "case_days": policy.case_days,
    }


NOTHING_KNOWN = SoFar(_default_facts())


def draw_live(book: Any, theme: Theme) -> None:
    """Add the sheet without its rows: title, head, the formats of its columns, what is lacking in red."""
    sheet = book.add_worksheet(w.LIVE_SHEET)
    set_page(sheet, landscape=False, repeat_rows=2)
    sheet.hide_gridlines(2)
    heads = [w.NAME, *(mark.title for mark in MARKS), w.SHORT, w.SHORT_BEFORE]
    for place, head in enumerate(heads):
        role, width = ("text", 9.5) if place == 0 else ("centred", 5.6 if place < _MARKS_END else 6.5)
        sheet.set_column(place, place, width, theme(role))
        sheet.write_string(2, place, head, theme("head"))
    sheet.set_column(_HELPERS_FROM, _HELPERS_FROM + len(HELPERS) - 1, 2, theme("plain"), {"hidden": True})
    sheet.merge_range(0, 0, 0, len(heads) - 1, "", theme("title"))
    sheet.merge_range(1, 0, 1, len(heads) - 1, w.NOTE, theme("note"))
    for row, height in enumerate((28, 44, 34)):
        sheet.set_row(row, height)
    sheet.write_formula(0, 0, _title(), theme("title"), w.LIVE_SHEET)
    sheet.freeze_panes(TOTALS_ROW, 1)
    lacking = {"type": "text", "criteria": "begins with", "value": w.LACKS, "format": theme("fill", bg_color=BAD_FILL)}
    sheet.conditional_format(FIRST_ROW - 1, 1, FIRST_ROW + 298, len(MARKS), lacking)
    sheet.protect()


def moved(xml: bytes, to: int) -> bytes:
    """Return xl/workbook.xml with the sheet, which is drawn last, at a place from 0; the cover is opened as before."""
    root = parse(xml)
    sheets = root.find(f"{{{MAIN}}}sheets")
    last = len(sheets) - 1
    sheets.insert(to, sheets[-1])
    for name in root.iter(f"{{{MAIN}}}definedName"):
        at = int(name.get("localSheetId", "-1"))
        if at >= to:
            name.set("localSheetId", str(to if at == last else at + 1))
    for view in root.iter(f"{{{MAIN}}}workbookView"):
        view.set("activeTab", str(int(to == 0)))
    return to_bytes(root)


def _title() -> str:
    at = {c.key: f"{COVER_SHEET}!$B${row}" for row, c in enumerate(CLASS_WORKBOOK.cover, start=FIRST_COVER_ROW)}
    return w.TITLE_FORMULA.format(**at)


def live_rows(child_count: int, styles: Sequence[int]) -> str:
    """Return the XML of the rows, as many as a class of so many children may need. `styles`: of the columns."""
    return _rows(max(_LEAST_ROWS, child_count + _SPARE_ROWS), tuple(styles))


@lru_cache(maxsize=32)
def _rows(count: int, styles: tuple[int, ...]) -> str:
    last = FIRST_ROW + count - 1
    totals = "".join(_written(TOTALS_ROW, place, styles, text) for place, text in _totals(last))
    columns = list(_columns())
    rows = [f'<row r="{TOTALS_ROW}">{totals}</row>']
    for number, row in enumerate(range(FIRST_ROW, last + 1), start=1):
        cells = "".join(
            _written(row, place, styles, text.replace("[i]", str(number)).replace("[r]", str(row)))
            for place, text in columns
        )
        rows.append(f'<row r="{row}">{cells}</row>')
    return "".join(rows)


def _written(row: int, place: int, styles: Sequence[int], formula: str) -> str:
    """Return a cell without a value: whoever opens the workbook works it out."""
    return f'<c r="{column_letters(place + 1)}{row}" s="{styles[place]}"><f>{xml_text(formula)}</f></c>'


def _totals(last: int) -> Iterator[tuple[int, str]]:
    yield 0, f'"{w.SHORT_BY}"'
    for place in range(1, _MARKS_END):
        letter = column_letters(place + 1)
        yield place, f'COUNTIF({letter}{FIRST_ROW}:{letter}{last},"{w.LACKS}*")'
    letter = column_letters(_MARKS_END + 1)
    yield _MARKS_END, f'COUNTIF({letter}{FIRST_ROW}:{letter}{last},">0")'
    yield _HELPERS_FROM, MONTH_START
    yield _HELPERS_FROM + 1, MONTH_END


def _columns() -> Iterator[tuple[int, str]]:
    """Yield place (from 0) → formula of a child's row, with [i] for his number and [r] for his row."""
    yield 0, HELPERS["name"]
    first, last = column_letters(2), column_letters(_MARKS_END)
    for place, mark in enumerate(MARKS, start=1):
        yield place, f'IF($A[r]="","",{MARK_FORMULAS[mark.key]})'
    yield _MARKS_END, f'IF($A[r]="","",COUNTIF({first}[r]:{last}[r],"{w.LACKS}*"))'
    yield _MARKS_END + 1, HELPERS["before"]
    for place, key in enumerate(list(HELPERS)[2:], start=_HELPERS_FROM):
        yield place, HELPERS[key]
