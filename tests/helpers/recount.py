"""Count a district anew from the workbooks that its schools sent, with openpyxl and nothing of the pipeline.

What is read is what a clerk would look at: 班级统计, 目标达成, 勾稽关系, 学籍异动, and the time of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Share = tuple[int, int]


@dataclass
class Counted:
    """A school as a clerk counts it: classes, shares by the title of the figure, what does not add up."""

    name: str
    received: date
    classes_in: list[str] = field(default_factory=list)
    classes_out: list[str] = field(default_factory=list)
    shares: dict[str, Share] = field(default_factory=dict)
    faults: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.classes_out

    def share(self, title: str) -> Share:
        return self.shares.get(title, (0, 0))

    def late(self, deadline: date) -> int:
        return max((self.received - deadline).days, 0)


def counted(path: Path, name: str, received: date | None = None) -> Counted:
    """Read a school's workbook."""
    book = load_workbook(path, data_only=True)
    came = received or datetime.fromtimestamp(path.stat().st_mtime).date()
    school = Counted(name, came)
    for row in _rows(book["班级统计"], "年级"):
        if row["年级"] != "合计":
            own = school.classes_in if row["交表"] == "已交" else school.classes_out
            own.append(f"{row['年级']}({row['班级']})班")
    for row in _rows(book["目标达成"], "指标"):
        school.shares[row["指标"]] = (int(row["达成数"]), int(row["应计数"]))
    school.faults = sum(row["核对"] == "不平" for row in _rows(book["勾稽关系"], "序号"))
    school.faults += sum(row["核对"] == "不平" for row in _rows(book["学籍异动"], "年级") if "核对" in row)
    return school


def _rows(sheet: Any, first: str) -> list[dict[str, Any]]:
    """Return the rows below the head that begins with a title, to the first empty one."""
    found: list[dict[str, Any]] = []
    heads: list[str] = []
    for cells in sheet.iter_rows(values_only=True):
        if heads and cells[0] in (None, ""):
            break
        if heads:
            found.append({head: cell for head, cell in zip(heads, cells, strict=False) if head})
        elif cells[0] == first:
            heads = [str(cell or "") for cell in cells]
    return found


def percent(n: int, due: int) -> str:
    """Return 95.12%, half up, 100.00% only of all, — of nothing."""
    if not due:
        return "—"
    hundredths = (2 * 10_000 * n + due) // (2 * due)
    if n < due:
        hundredths = min(hundredths, 9_999)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def added(schools: list[Counted], title: str) -> Share:
    """Return the sums of n and N."""
    shares = [school.share(title) for school in schools]
    return sum(n for n, _ in shares), sum(due for _, due in shares)


def lowest(schools: list[Counted], title: str, *, below: Fraction | None = None) -> list[Counted]:
    """Return the schools that lack some (or are below a rate), the lowest rate first, of one rate the largest first."""
    own = [s for s in schools if s.share(title)[0] < s.share(title)[1]]
    own = [s for s in own if below is None or Fraction(*s.share(title)) < below]
    return sorted(own, key=lambda s: (Fraction(*s.share(title)), -s.share(title)[1]))


def change(now: Share, then: Share) -> str:
    """Return the change of two printed rates in points, +1.20; — where there is none."""
    if not now[1] or not then[1]:
        return "—"
    one, two = (round(float(percent(*share).removesuffix("%")) * 100) for share in (now, then))
    difference = one - two
    sign = "-" if difference < 0 else "+" if difference else ""
    return f"{sign}{abs(difference) // 100}.{abs(difference) % 100:02d}"
