"""Hand a month's templates back untouched, and lay what is told of them beside what the books leave to tell."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl

from pipeline import cli
from pipeline.keeping.snapshot import as_snapshot, snapshot_frames
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.reading.pool import made
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.returning.next_month import next_month
from pipeline.stages.collect import collect
from schemas import rules
from schemas.class_names import class_text
from schemas.folders import NEXT_MONTH
from years.driving import Story
from years.issued import Issued, issued
from years.paper import unit

Save = Callable[[Path], None]
COVER_ROW = 9  # 本月名册无变化


def templates_of(base: Path, result: Result) -> Path:
    """Write the 下月模板 of a month just worked out, as its report does; return their folder."""
    history = read_history(base / "output" / str(result.month), result.month)
    months = (as_snapshot(result, snapshot_frames(result)), *history.snapshots)
    issued = next_month(months, result.month.after, result.plan, result.policy, history.last_year)
    folder = base / "templates" / str(result.month.after)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for one in issued:
        if one.folder == NEXT_MONTH:  # beside them lie forms to write on by hand
            (folder / one.name).write_bytes(made(one.content))
    return folder


def templates_by_hand(base: Path, to: str) -> Path:
    """Write the templates of a later month as `guanai next` does; return their folder."""
    folder = base / "output" / f"下月模板_{to}"
    shutil.rmtree(folder, ignore_errors=True)
    assert cli.main(["next", "--month", to, "--output", str(base / "output")]) == 0
    moved = base / "templates" / to
    shutil.rmtree(moved, ignore_errors=True)
    shutil.move(folder, moved)
    return moved


def as_issued(folder: Path) -> None:
    """Leave the workbooks of a folder as they are."""


def by_openpyxl(folder: Path) -> None:
    """Open every workbook of a folder and save it, as a script does."""
    for path in folder.glob("*.xlsx"):
        openpyxl.load_workbook(path).save(path)


def by_office(folder: Path) -> None:
    """Open every workbook of a folder in LibreOffice and save it."""
    out, paths = folder.parent / f"{folder.name}_saved", [*folder.glob("*.xlsx")]
    program = ["soffice", f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}", "--headless"]
    command = [*program, "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in paths:
        shutil.move(out / path.name, path)


def handed_back(base: Path, templates: Path, to: str, *, is_ticked: bool, save: Save = as_issued) -> Result:
    """Work a month out from its templates as they were issued, and write nothing into the school's months.

    `save`: what opens the workbooks of a folder, and saves them.
    """
    inbox = base / "handed_back" / to
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(templates, inbox, ignore=shutil.ignore_patterns(".*"))
    for path in inbox.glob("*班*.xlsx") if is_ticked else ():
        if not path.name.startswith("学校月报"):
            path.write_bytes(ticked(path.read_bytes()))
    save(inbox)
    month = Month.parse(to)
    return work_out(collect(inbox), month, history=read_history(base / "output" / to, month))


def ticked(workbook: bytes) -> bytes:
    """Return a template with 本月名册无变化=是 on its cover; no other byte of a sheet is another."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                empty, cell = rf'<c r="B{COVER_ROW}"( s="\d+")?/>', "<is><t>是</t></is></c>"
                text, count = re.subn(empty, rf'<c r="B{COVER_ROW}"\1 t="inlineStr">{cell}', data.decode())
                assert count == 1, "the cover's cell is elsewhere"
                data = text.encode()
            new.writestr(name, data)
    return out.getvalue()


def unlike(story: Story, to: str, folder: Path, *, is_ticked: bool, save: Save = as_issued) -> list[str]:
    """Return where templates handed back untouched, as the month `to`, tell other than what truly still stands."""
    paper, told, _ = story.last
    want = issued(story.books, paper, told, to, is_ticked=is_ticked)
    result = handed_back(story.base, folder, to, is_ticked=is_ticked, save=save)
    found = [*story.unlike(result, want.told), *_not_expected(story, result, want)]
    found += [f"lost: {one.name}" for one in story.lost(result, want.told, want.paper, want.books)]
    own = result.merged.tables["pupils"]
    names = Counter(own.values.loc[own.is_own, "name"])
    found += [f"stands in two rows: {name}" for name, count in names.items() if count > 1]
    how = "ticked" if is_ticked else "as it is"
    return [f"{paper.month}, {to} {how}: {line}" for line in found]


def _not_expected(story: Story, result: Result, want: Issued) -> list[str]:
    """Return the errors and warnings that nothing from before explains, and what had to be told and was not."""
    names = {who: name for name, who in story.names.items()}
    listed, handed = set(want.paper.listed), set(want.paper.rosters)
    expected = Counter({("E101", who): 1 for who in want.doubted})
    expected += Counter({("W323", who): 1 for who in want.twins})
    expected += Counter({("E307", unit(place)): 1 for place in handed - listed})
    seen: Counter[tuple[str, object]] = Counter()
    for issue in result.issues:
        code = issue.rule.code
        if issue.rule.level == rules.NOTE or code in ("E311", "E312", "E313"):  # these are counted by name elsewhere
            continue
        if code == "E101" and issue.title == "学籍状态":
            seen[code, _child_at(story, result, issue.file, issue.row)] += 1
        elif code == "W309":
            own = ((unit(place), kind) for place, kind in want.declared)
            seen[
                code, next((key for key in own if key[0] in issue.sentence and key[1] == issue.title), issue.sentence)
            ] += 1
        elif code == "W323":
            seen[code, story.names[str(issue.words["name"])]] += 1
        elif code == "E307":
            seen[code, class_text(_place(result, issue.file))] += 1
        else:
            seen[code, issue.sentence] += 1
    doubtful = Counter({("E101", who): 1 for who in want.unsettled})  # another's row may leave one in doubt, too
    doubtful += Counter({("W309", (unit(place), kind)): 1 for place, kind in want.declared})  # as far as they count
    both = ((seen - (expected | doubtful), "told for nothing"), (expected - seen, "not told"))
    return [f"{how}: {code} {names.get(key, key)}" for left, how in both for code, key in left]  # type: ignore[call-overload]


def _child_at(story: Story, result: Result, file: int, row: int) -> int:
    values = result.merged.tables["pupils"].values
    found = values[values["file"].eq(file) & values["row"].eq(row)]
    return story.names[str(found["name"].iloc[0])]


def _place(result: Result, file: int) -> tuple[int, int]:
    return next((s.grade, s.number) for s in result.submissions if s.file.id == file)
