"""What has to be asked when this month's rosters are laid beside the last ones (contract §5, §8.4, domain §6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.filled import Fault, Filled, mark
from pipeline.model import GRADE_PLACES, Issue, Place, Submission
from pipeline.months.absent import Absent
from pipeline.months.lineage import Lineage
from pipeline.months.snapshots import Snapshot, latest_of
from schemas import rules
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
        words = {"name": one.name, "last": one.last_seen, "want": want, "guess": guess, "because": because}
        words["where"] = one.class_then
        place = (one.file, rule, _title(pupils, one.file))
        if one.file in GRADE_PLACES:
            place = (school, rule, _title(listed, school) if school >= 0 else "")
        issues.append(Issue(*place, title=_name_title(pupils), words=words))
    return issues


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
            if pd.notna(own) and pd.notna(last) and own != last:
                text = str(last.date()) if isinstance(last, pd.Timestamp) else str(last)
                words = {"want": pupils.table.by_key[key].kind.masked(text), "last": str(snapshots[place].month)}
                faults.append((person.row, key, rules.IDENTITY_CHANGED, words))
    return mark(pupils, faults)[1]


def corrected(pupils: Filled, absent: Sequence[Absent]) -> list[Issue]:
    """A new row of the name and birth date of a child who has vanished from the class: a corrected number, perhaps."""
    faults: list[Fault] = []
    for one in absent:
        if one.twin >= 0 and not one.is_settled:
            keys = [key for key in ("id_card", "student_no") if pd.notna(pupils.values.at[one.twin, key])]
            old = one.person.number or next(iter(sorted(one.person.student_nos)), "")
            words = {"name": one.name, "last": one.last_seen, "want": mask_number(old)}
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

    Who is found in another class of the school is neither lost there nor new here.
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
        then = set(children.index[here & children["last_seen"].eq(month)])
        found = {child for p in lineage.people if p.row in file_at for at, child in p.found if at == last}
        new = sum(not person.found for person in lineage.people if file_at.get(person.row) == file)
        for count, rule in ((len(then - found), rules.CLASS_SHRANK), (new, rules.CLASS_GREW)):
            if then and count >= _GUARDED_LEAST and count * _GUARDED_SHARE > len(then):
                words = {"count": count, "want": len(then), "last": month}
                issues.append(Issue(file, rule, _title(pupils, file), words=words))
    return issues


def not_so_unchanged(
    pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], classes: Sequence[Submission]
) -> list[Issue]:
    """A class that says 本月名册无变化 (`classes`), while its 学生档案 is not what it was."""
    file_at = pupils.values["file"].to_dict()
    told = {s.file.id for s in classes}
    differing: Counter[int] = Counter()
    for person in lineage.people:
        file = file_at.get(person.row)
        if file not in told:
            continue
        if not person.found:
            differing[file] += 1
            continue
        place, child = person.found[0]
        keys = [key for key in pupils.table.keys if snapshots[place].leaving is None or key not in _OF_THE_YEAR]
        now = pupils.values.loc[person.row, keys]
        then = snapshots[place].filled("pupils").values.loc[snapshots[place].children.at[child, "row_index"], keys]
        differing[file] += sum(a != b and not (pd.isna(a) and pd.isna(b)) for a, b in zip(now, then, strict=True))
    return [
        Issue(
            s.file.id,
            rules.UNCHANGED_DIFFERS,
            COVER_SHEET,
            *s.cover_cells.get(UNCHANGED.key, (0, 0)),
            UNCHANGED.title,
            s.cover.get(UNCHANGED.key, ""),
            {"last": str(snapshots[0].month), "count": differing[s.file.id]},
        )
        for s in classes
        if differing[s.file.id]
    ]


def lost_classes(listed: Filled, found: Mapping[Place, Sequence[Snapshot]]) -> list[Issue]:
    """A class of earlier months that this one does not know: the school is told. `found`: the months that knew each."""
    file = next(iter(listed.titles), -1)
    title = listed.titles.get(file, listed.table.title)
    return [
        Issue(
            file,
            rules.CLASS_VANISHED,
            title if file >= 0 else "",
            typed=class_text(where),
            words={"last": str(months[0].month), "count": len(months)},
        )
        for where, months in sorted(found.items())
    ]
