"""What has to be asked when this month's rosters are laid beside the last ones (contract §5, §8.4, domain §6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.children.people import is_citizen
from pipeline.filled import Fault, Filled, mark
from pipeline.model import GRADE_PLACES, Issue, Place, Submission
from pipeline.months.absent import GONE_SILENTLY, Absent
from pipeline.months.lineage import Lineage
from pipeline.months.since import Since, since_then
from pipeline.months.snapshots import Snapshot, latest_of
from schemas import identity, rules
from schemas.class_names import class_text
from schemas.class_workbook import UNCHANGED
from schemas.codes import Status
from schemas.kinds import mask_number
from schemas.tables import COVER_SHEET

_LASTING_CELLS = ("name", "birth_date", "sex")  # that no month should change
_OF_THE_YEAR = ("joined_how", "joined_on")  # all are 期初在籍 in a new one
_GUARDED_SHARE, _GUARDED_LEAST = 5, 2  # more than a fifth, and more than one child


def vanished(pupils: Filled, listed: Filled, absent: Sequence[Absent]) -> list[Issue]:
    """An error that names each child missing without a reason, on the sheet, with no cell.

    Of a child whose class is no more the school is asked, on 班级一览 (`listed`).
    """
    school = next(iter(listed.titles), -1)
    issues = []
    for one in absent:
        if one.is_settled:
            continue
        rule = rules.VANISHED_DOUBTFUL if one.departure.is_doubtful else rules.VANISHED
        want = Status.DROPOUT if one.status == Status.DROPOUT else Status.LEFT_UNSETTLED
        came = rules.ENTERED.format(class_name=one.departure.entered) if one.departure.entered else ""
        because = rules.NAMESAKES_ROW if one.departure.is_namesake else rules.DOUBTFUL_ROW
        there = rules.HAS_HIM.format(school=one.school) if one.school else ""
        guess = one.guess + came + there
        said = rules.UNSAID
        if one.departure.early is not None:
            day = one.departure.early.date()
            said = rules.SAID_TOO_EARLY.format(row=one.departure.row, day=day, last=one.last_seen)
        words = {
            "name": one.name or _nameless(one),
            "first": one.first_seen,
            "last": one.last_seen,
            "want": want,
            "guess": guess,
            "because": because,
            "said": said,
        }
        where = rules.THE_ROW if not one.departure.month else rules.THE_ROW_OF
        row = where.format(month=one.departure.month, row=one.departure.row)
        words |= {"where": one.class_then, "row": row, "remedy": _advice(one)}
        place = (one.file, rule, _title(pupils, one.file))
        if one.file in GRADE_PLACES:
            place = (school, rule, _title(listed, school) if school >= 0 else "")
        issues.append(Issue(*place, title=_name_title(pupils), words=words))
    return issues


def _nameless(one: Absent) -> str:
    row = 0 if one.was_kept else int(one.snapshot.filled("pupils").values.at[one.row, "row"])
    return rules.NAMELESS_IN.format(last=one.last_seen, row=row) if row else rules.NAMELESS


def _advice(one: Absent) -> str:
    """Return what to do where something is known of a child that the rule's own remedy passes over, "" else."""
    if not (one.name or one.person.number or one.person.student_nos):
        return rules.IF_NAMELESS if one.first_seen == one.last_seen else rules.IF_NAMELESS_OFTEN
    if one.departure.is_doubtful:
        return rules.IF_SAID_EARLIER if one.departure.month else ""
    if one.guess:
        return rules.IF_CORRECTED
    if one.departure.entered:
        return rules.IF_ENTERED.format(class_name=one.departure.entered)
    if one.departure.early is not None:
        return rules.IF_SAID_TOO_EARLY.format(day=one.departure.early.date())
    return rules.IF_ELSEWHERE if one.school else ""


def _title(pupils: Filled, file: int) -> str:
    return pupils.titles.get(file, pupils.table.title)


def _name_title(pupils: Filled) -> str:
    return pupils.table.by_key["name"].title


def unmended(pupils: Filled, absent: Sequence[Absent]) -> list[Issue]:
    """A class whose roster stands for last month's (本月名册无变化), with the cells that were in error then."""
    issues = []
    for one in absent:
        faulty = pupils.faulty.loc[one.person.row]
        titles = [pupils.table.by_key[key].title for key in pupils.table.keys if faulty[key]]
        if one.is_vouched and titles:
            words = {"name": one.name, "last": one.last_seen, "columns": rules.AND.join(titles)}
            issues.append(Issue(one.file, rules.STILL_IN_ERROR, _title(pupils, one.file), title=titles[0], words=words))
    return issues


def changed(pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], corrected: frozenset[str]) -> list[Issue]:
    """A name, birth date or sex that is not what it was: a correction, or another child's row.

    `corrected`: the numbers and names of those of whom 学籍异动 says that they have been corrected.
    """
    faults: list[Fault] = []
    now = {key: pupils.good(key) for key in _LASTING_CELLS}
    numbers = pupils.values["id_card"].where(is_citizen(pupils.values["id_card"]))
    then = [{key: snapshot.filled("pupils").good(key) for key in _LASTING_CELLS} for snapshot in snapshots]
    for person in lineage.people:
        if not 0 <= person.row < len(pupils.values) or not person.found:
            continue
        if corrected & {person.number, now["name"].at[person.row]}:
            continue
        place, child = person.found[0]
        row = int(snapshots[place].children.at[child, "row_index"])
        for key in _LASTING_CELLS:
            own, last = now[key].at[person.row], then[place][key].at[row]
            if pd.notna(own) and pd.notna(last) and own != last and not _said_by_number(numbers.at[person.row], last):
                text = str(last.date()) if isinstance(last, pd.Timestamp) else str(last)
                words = {"want": pupils.table.by_key[key].kind.masked(text), "last": str(snapshots[place].month)}
                faults.append((person.row, key, rules.IDENTITY_CHANGED, words))
    return mark(pupils, faults)[1]


def _said_by_number(number: Any, last: Any) -> bool:
    """Tell whether the 身份证号 beside a cell says what last month did: the cell contradicts it (E201, E202)."""
    if pd.isna(number):
        return False
    return last in (identity.sex(str(number)), pd.Timestamp(identity.birth_date(str(number))))


def corrected(pupils: Filled, absent: Sequence[Absent]) -> list[Issue]:
    """A new row of the name and birth date of a child who has vanished from the class: a corrected number, perhaps."""
    faults: list[Fault] = []
    for one in absent:
        if one.twin >= 0 and not one.is_settled:
            keys = [key for key in ("id_card", "student_no") if pd.notna(pupils.values.at[one.twin, key])]
            old = one.person.number or next(iter(sorted(one.person.student_nos)), "")
            words = {"name": one.name, "last": one.last_seen, "want": mask_number(old), "tail": old[-4:]}
            faults.append((one.twin, (keys or ["name"])[0], rules.NUMBER_CORRECTED, words))
    return mark(pupils, faults)[1]


def guard(
    pupils: Filled,
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    file_of: Mapping[Place, int],
    absent: Sequence[Absent],
) -> list[Issue]:
    """A class that loses or gains more than a fifth of its children at once is worth a question.

    Who is found in another class of the school is neither lost there nor new here; who had left by then may go, and so
    may whom 学籍异动 has let go while the class was silent: our template left him out.
    """
    missing = {one.person.row for one in absent if not one.is_vouched}
    file_at = {row: file for row, file in enumerate(pupils.values["file"]) if row not in missing}
    issues = []
    for where, file in file_of.items():
        last = latest_of(where, snapshots)
        if last is None or snapshots[last].leaving is not None:  # over the summer classes are made anew
            continue
        children, month = snapshots[last].children, str(snapshots[last].month)
        here = children["grade"].eq(where[0]) & children["number"].eq(where[1])
        is_held = children["last_seen"].eq(month) & ~children["status"].isin(list(GONE_SILENTLY))
        then = children.loc[here & is_held, "name"]
        found = {child for p in lineage.people if p.row in file_at for at, child in p.found if at == last}
        new = [person.row for person in lineage.people if file_at.get(person.row) == file and not person.found]
        left = since_then(where, snapshots[last], snapshots).left
        gone = {one for one, said in left.items() if said.status in GONE_SILENTLY}
        lost, came = then[~then.index.isin({*found, *gone})], pupils.values.loc[new, "name"]
        for names, rule in ((lost, rules.CLASS_SHRANK), (came, rules.CLASS_GREW)):
            count = len(names)
            if len(then) and count >= _GUARDED_LEAST and count * _GUARDED_SHARE > len(then):
                words = {"count": count, "want": len(then), "last": month, "names": rules.some_of(names.dropna())}
                issues.append(Issue(file, rule, _title(pupils, file), words=words))
    return issues


def not_so_unchanged(
    pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], classes: Sequence[Submission]
) -> list[Issue]:
    """A class that says 本月名册无变化 (`classes`), while its 学生档案 (`pupils`, as typed) is not what it was.

    What 学籍异动 said of a child while his class was silent is no change of the roster's: our template has it.
    """
    differing = _differing(pupils, lineage, snapshots, {s.file.id for s in classes})
    issues = []
    for s in classes:
        told = differing[s.file.id]
        words = {"last": str(snapshots[0].month), "count": len(told), "names": rules.some_of(told)}
        cell, typed = s.cover_cells.get(UNCHANGED.key, (0, 0)), s.cover.get(UNCHANGED.key, "")
        place = (s.file.id, rules.UNCHANGED_DIFFERS, COVER_SHEET, *cell, UNCHANGED.title, typed)
        issues += [Issue(*place, words)] if told else []
    return issues


def _differing(
    pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], files: Collection[int]
) -> dict[int, list[str]]:
    """Return, of each of these files, whose cell of which column is not what it was, in words."""
    file_at = pupils.values["file"].to_dict()
    differing: dict[int, list[str]] = {file: [] for file in files}
    since = _Since(snapshots)
    for person in lineage.people:
        file = file_at.get(person.row)
        if file not in differing:
            continue
        name = pupils.values.at[person.row, "name"]
        if not person.found:
            differing[file].append(rules.MORE_DIFFERING.format(name=name))
            continue
        place, child = person.found[0]
        keys = [key for key in pupils.table.keys if snapshots[place].leaving is None or key not in _OF_THE_YEAR]
        now = pupils.values.loc[person.row, keys]
        then = since.row(place, child)[keys]
        differing[file] += [
            rules.DIFFERING.format(name=name, column=pupils.table.by_key[key].title)
            for key, a, b in zip(keys, now, then, strict=True)
            if a != b and not (pd.isna(a) and pd.isna(b))
        ]
    return differing


class _Since:
    """Children as the latest month that knew them had them, with what 学籍异动 has said since. Each class once."""

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self._snapshots = snapshots
        self._of_class: dict[tuple[int, Place], Since] = {}

    def row(self, at: int, child: int) -> pd.Series[Any]:
        """Return a child's row of 学生档案 in the month `at`."""
        snapshot = self._snapshots[at]
        row = snapshot.filled("pupils").values.loc[snapshot.children.at[child, "row_index"]]
        where = snapshot.place_of(child)
        if at and (at, where) not in self._of_class:
            self._of_class[at, where] = since_then(where, snapshot, self._snapshots)
        said = self._of_class[at, where].left.get(child) if at else None
        if said is None:
            return row
        row = row.copy()
        row["status"], row["status_on"] = said.status, said.day
        return row


def lost_classes(listed: Filled, found: Mapping[Place, Sequence[Absent]]) -> list[Issue]:
    """A class of earlier months that this one does not know: the school is told. `found`: its children."""
    file = next(iter(listed.titles), -1)
    title = listed.titles.get(file, listed.table.title)
    return [
        Issue(
            file,
            rules.CLASS_VANISHED,
            title if file >= 0 else "",
            typed=class_text(where),
            words={
                "last": str(lost[0].snapshot.month),
                "count": len(lost),
                "names": rules.some_of(one.name for one in lost),
            },
        )
        for where, lost in sorted(found.items())
    ]
