"""Stage 5: keep what earlier months know. Nothing is deleted by absence (contract §5, §8.4).

A child of an earlier month who is missing from his class's workbook comes back as last known, as a row of no file, and
every child brings the last valid values of the cells that decide who is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from pipeline.carried import KNOWN_CELLS, Carried, carried_frame, moved_frame, nothing_carried
from pipeline.departures import Departure, departures
from pipeline.filled import Filled, Tables
from pipeline.lineage import Lineage, Person, trace
from pipeline.model import Issue, Submission
from pipeline.people import birth_dates, children_of
from pipeline.snapshots import Place, Snapshot
from pipeline.stages.validate import Fault, mark
from pipeline.turnout import Listed
from schemas import rules
from schemas.class_names import class_text
from schemas.class_workbook import UNCHANGED
from schemas.codes import YES, Status
from schemas.tables import ARCHIVE, COVER_SHEET

_LASTING_CELLS = ("name", "birth_date", "sex")  # that no month should change
_GONE_SILENTLY = (Status.GRADUATED, Status.DEAD, Status.LEFT_CONFIRMED)
_GUARDED_SHARE, _GUARDED_LEAST = 5, 2  # more than a fifth, and more than one child
_ALIKE = 0.5


def carry(
    tables: Tables, classes: Sequence[Submission], listed: Listed, snapshots: Sequence[Snapshot]
) -> tuple[dict[str, Filled], Carried, list[Issue]]:
    """Return the tables with the children kept by absence, what else is carried, and the issues.

    `classes`: the class workbooks that count; `listed`: the classes that are due; `snapshots`: the earlier months of
    the 学年, the newest first.
    """
    if not snapshots:
        return dict(tables), nothing_carried(), []
    pupils = tables["pupils"]
    child = children_of(pupils)
    lineage = trace(pupils, child, snapshots)
    filled = set(pupils.values["file"])
    unchanged = [s for s in classes if _is_unchanged(s)]
    known = {place for snapshot in snapshots for place in snapshot.places}
    vouched = frozenset(
        s.file.id for s in unchanged if s.file.id not in filled and (s.grade, s.number) in known
    )  # a roster that no month knows stands for nobody
    file_of = {  # of the classes that hand in: nobody is missing from a workbook without a roster (contract §8.11)
        place: s.file.id
        for s in classes
        if (place := (s.grade, s.number)) in listed.may_be_empty or s.file.id in filled | vouched
    }
    lost = [
        _Lost(person, snapshots[place], child, file_of[where], file_of[where] in vouched)
        for person in lineage.absent
        for place, child in person.found[:1]
        if (where := _place(snapshots[place], child)) in file_of
    ]
    speak = _Speaking(tables, lineage, snapshots, {file: class_text(place) for place, file in file_of.items()})
    gone = speak.of(lost)
    strangers = pupils.values[child.isin([p.row for p in lineage.people if p.row >= 0 and not p.found])]
    for one, departure in zip(lost, gone, strict=True):
        one.guess = "" if _is_settled(one, departure) else _guess(strangers, one)
    moved = moved_frame(list(_moved(pupils, child, lineage, snapshots, file_of)))
    for row, one in enumerate(lost, start=len(pupils.values)):
        one.person.row = row
    done, kept = _kept(tables, lost, gone)
    issues = _vanished(done, lost, gone)
    rows = [
        (one.person.row, one.last_seen, _is_settled(one, departure))
        for one, departure in zip(lost, gone, strict=True)
        if not one.is_vouched
    ]
    issues += _changed(pupils, lineage, snapshots) + _guard(done["pupils"], lineage, snapshots, file_of, lost)
    issues += _not_so_unchanged(pupils, lineage, snapshots, unchanged)
    due = {*listed.classes, *((s.grade, s.number) for s in classes)}
    lost_classes, more = _lost_classes(done["classes"], lineage, due, snapshots, speak)
    issues += _unmended(done["pupils"], lost)
    known = _known(len(done["pupils"].values), lineage, snapshots)
    found = Carried(carried_frame(rows), known, tuple(snapshots), lineage.row_of(), vouched, kept, moved, lost_classes)
    return done, found, issues + more


def _is_unchanged(submission: Submission) -> bool:
    """Tell whether a class workbook says 本月名册无变化."""
    said = UNCHANGED.kind.read(submission.cover.get(UNCHANGED.key, ""), date.max)
    return bool(said.value == YES)


def _place(snapshot: Snapshot, child: int) -> Place:
    row = snapshot.children.loc[child]
    return int(row["grade"]), int(row["number"])


class _Lost:
    """A child missing from his class's workbook: who he is, where he stood last and as what."""

    def __init__(self, person: Person, snapshot: Snapshot, child: int, file: int, is_unchanged: bool) -> None:
        self.person, self.snapshot, self.child, self.file = person, snapshot, child, file
        own = snapshot.children.loc[child]
        pupils = snapshot.filled("pupils")
        self.row = int(own["row_index"])
        self.place = int(own["grade"]), int(own["number"])
        self.last_seen = str(own["last_seen"])
        was_carried = self.last_seen != str(snapshot.month)
        self.was_settled = was_carried and bool(own["is_settled"])
        self.is_vouched = is_unchanged and not was_carried  # his class says that he is still there
        name, status = pupils.values.at[self.row, "name"], pupils.good("status").at[self.row]
        self.name = "" if pd.isna(name) else str(name)
        self.status = None if pd.isna(status) else str(status)
        self.guess = ""  # who of his class looks like him, in words

    def rows(self, key: str) -> list[int]:
        """Return his rows of a table: pairings of the class that counted him, cards of any, its own first (§8.5)."""
        frame, home = self.snapshot.frames[key], self.snapshot.children.at[self.child, "file"]
        own = frame[frame["child"].eq(self.child)]
        here = own["file"].eq(home)
        return list(own.index[here]) + ([] if key == "pairings" else list(own.index[~here]))

    def traveller(self) -> tuple[str, str, str, str]:
        """Return his name, identity number, class and the month in which he was last seen."""
        return self.name, self.person.number, class_text(self.place), self.last_seen


class _Speaking:
    """What 学籍异动 of this month and the earlier ones says of missing children. `class_of`: file → its class."""

    def __init__(
        self, tables: Tables, lineage: Lineage, snapshots: Sequence[Snapshot], class_of: Mapping[int, str]
    ) -> None:
        self._movements = tables["movements"]
        self._earlier = [snapshot.filled("movements") for snapshot in reversed(snapshots)]
        pupils = tables["pupils"].values
        here = pupils.loc[[person.row for person in lineage.people if person.row >= 0], ["name", "file"]].dropna()
        self._present = [(str(name), class_of.get(int(file), "")) for name, file in here.itertuples(index=False)]

    def of(self, lost: Sequence[_Lost]) -> list[Departure]:
        """Return what is said of each; a row that only may be his does not unsettle who was settled before."""
        said = departures(self._movements, [one.traveller() for one in lost], self._present, self._earlier)
        return [
            Departure() if one.was_settled and own.is_doubtful and not own.is_named else own
            for one, own in zip(lost, said, strict=True)
        ]


def _is_settled(lost: _Lost, gone: Departure) -> bool:
    """Tell whether nobody has to be asked any more: explained now or before, or gone as he was said to be."""
    if gone.is_doubtful:
        return False
    return bool(gone.status) or lost.is_vouched or lost.was_settled or lost.status in _GONE_SILENTLY


def _kept(
    tables: Tables, lost: Sequence[_Lost], gone: Sequence[Departure]
) -> tuple[dict[str, Filled], dict[str, dict[int, int]]]:
    """Return the tables with the rows of 学生档案, 联系卡 and 结对帮扶 of the lost children after this month's own.

    And for each table: its kept row → the row of 学生档案 whose it is, which no name has to tell.
    """
    done = dict(tables)
    pupils = [_last_known(one, departure) for one, departure in zip(lost, gone, strict=True)]
    done["pupils"] = _with(done["pupils"], pupils)
    kept: dict[str, dict[int, int]] = {}
    for key in ("contacts", "pairings"):
        parts, owners = [], []
        for one in lost:
            if one.guess:
                continue  # his records are those of the row that looks like him
            filled, rows = one.snapshot.filled(key), one.rows(key)
            parts.append((filled.values.loc[rows].assign(file=one.file), filled.faulty.loc[rows]))
            owners += [one.person.row] * len(rows)
        kept[key] = dict(enumerate(owners, start=len(done[key].values)))
        done[key] = _with(done[key], parts)
    return done, kept


def _with(filled: Filled, parts: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> Filled:
    if not parts:
        return filled
    return filled.with_rows(pd.concat([values for values, _ in parts]), pd.concat([faulty for _, faulty in parts]))


def _last_known(lost: _Lost, departure: Departure) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return his row as last known, with the status that contract §8.4 gives it."""
    pupils = lost.snapshot.filled("pupils")
    values, faulty = pupils.values.loc[[lost.row]].assign(file=lost.file), pupils.faulty.loc[[lost.row]]
    if lost.guess:  # a wrong number would else give the class a second, complete archive
        faulty = faulty.assign(**dict.fromkeys(pupils.table.needing(ARCHIVE), True))
    clean = faulty.assign(status=False, status_on=False)
    if departure.is_doubtful:  # he stays in every N over A, and in no n
        return values.assign(status=pd.NA, status_on=pd.NaT), faulty.assign(status=True)
    if departure.status:
        return values.assign(status=departure.status, status_on=departure.day), clean
    if _is_settled(lost, departure) or lost.status == Status.DROPOUT:
        return values, faulty
    return values.assign(status=Status.LEFT_UNSETTLED, status_on=pd.NaT), clean


# --- what has to be told -----------------------------------------------------------------------------------------


def _vanished(tables: Tables, lost: Sequence[_Lost], gone: Sequence[Departure]) -> list[Issue]:
    """An error that names each child missing without a reason, on the sheet, with no cell."""
    pupils = tables["pupils"]
    issues = []
    for one, departure in zip(lost, gone, strict=True):
        if _is_settled(one, departure):
            continue
        rule = rules.VANISHED_DOUBTFUL if departure.is_doubtful else rules.VANISHED
        want = Status.DROPOUT if one.status == Status.DROPOUT else Status.LEFT_UNSETTLED
        words = {"name": one.name, "last": one.last_seen, "want": want, "guess": one.guess}
        sheet = pupils.titles.get(one.file, pupils.table.title)
        issues.append(Issue(one.file, rule, sheet, title=pupils.table.by_key["name"].title, words=words))
    return issues


def _unmended(pupils: Filled, lost: Sequence[_Lost]) -> list[Issue]:
    """A class whose roster stands for last month's (本月名册无变化), with the cells that were in error then."""
    issues = []
    for one in lost:
        faulty = pupils.faulty.loc[one.person.row]
        titles = [pupils.table.by_key[key].title for key in pupils.table.keys if faulty[key]]
        if one.is_vouched and titles:
            words = {"name": one.name, "last": one.last_seen, "columns": rules.AND.join(titles)}
            sheet = pupils.titles.get(one.file, pupils.table.title)
            issues.append(Issue(one.file, rules.STILL_IN_ERROR, sheet, title=titles[0], words=words))
    return issues


def _guess(strangers: pd.DataFrame, lost: _Lost) -> str:
    """Say who of the same class, whom no month knows, looks like him: a corrected number makes another child of him."""
    own = strangers[strangers["file"].eq(lost.file)]
    last = lost.snapshot.filled("pupils").values.loc[lost.row]
    for row, name, birth, number in own[["row", "name", "birth_date", "student_no"]].itertuples(index=False):
        has_same_birth = pd.notna(birth) and birth == last["birth_date"]
        is_alike = pd.notna(name) and SequenceMatcher(None, str(name), lost.name).ratio() > _ALIKE
        has_same_number = pd.notna(number) and number == last["student_no"]
        if has_same_number or (is_alike and (has_same_birth or name == lost.name)):
            return rules.PERHAPS_ROW.format(row=row, name=name, last=lost.last_seen)
    return ""


def _changed(pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot]) -> list[Issue]:
    """A name, birth date or sex that is not what it was: a correction, or another child's row."""
    faults: list[Fault] = []
    now = {key: pupils.good(key) for key in _LASTING_CELLS}
    then = [{key: snapshot.filled("pupils").good(key) for key in _LASTING_CELLS} for snapshot in snapshots]
    for person in lineage.people:
        if not 0 <= person.row < len(pupils.values) or not person.found:
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


def _guard(
    pupils: Filled,
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    file_of: Mapping[Place, int],
    lost: Sequence[_Lost],
) -> list[Issue]:
    """A class that loses or gains more than a fifth of its children at once is worth a question."""
    absent = {one.person.row for one in lost if not one.is_vouched}
    file_at = {row: file for row, file in enumerate(pupils.values["file"]) if row not in absent}
    issues = []
    for where, file in file_of.items():
        last = _latest(where, snapshots)
        if last is None:
            continue
        children, month = snapshots[last].children, str(snapshots[last].month)
        here = children["grade"].eq(where[0]) & children["number"].eq(where[1])
        then, counted = set(children.index[here & children["last_seen"].eq(month)]), set(children.index[here])
        own = [person for person in lineage.people if file_at.get(person.row) == file]
        stayed, known = (
            sum(any(place == last and child in those for place, child in person.found) for person in own)
            for those in (then, counted)  # who was kept by absence and stands there again is no newcomer
        )
        for count, rule in ((len(then) - stayed, rules.CLASS_SHRANK), (len(own) - known, rules.CLASS_GREW)):
            if then and count >= _GUARDED_LEAST and count * _GUARDED_SHARE > len(then):
                words = {"count": count, "want": len(then), "last": month}
                issues.append(Issue(file, rule, pupils.titles.get(file, pupils.table.title), words=words))
    return issues


def _not_so_unchanged(
    pupils: Filled, lineage: Lineage, snapshots: Sequence[Snapshot], classes: Sequence[Submission]
) -> list[Issue]:
    """A class that says 本月名册无变化, while its 学生档案 is not what it was."""
    file_at, keys = pupils.values["file"].to_dict(), list(pupils.table.keys)
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


def _lost_classes(
    listed: Filled, lineage: Lineage, due: Collection[Place], snapshots: Sequence[Snapshot], speak: _Speaking
) -> tuple[tuple[Place, ...], list[Issue]]:
    """Return the classes that earlier months had and this one does not know, where children of theirs are in no other.

    The school is told; as classes that have not handed in they keep every target open. Who is gone for good, by
    学籍异动 or as last known, is not asked for; who is to be counted still (休学 …) needs a class to stand in.
    """
    found = [(person, *person.found[0]) for person in lineage.absent]
    lost = [
        _Lost(person, snapshots[place], child, -1, is_unchanged=False)
        for person, place, child in found
        if _place(snapshots[place], child) not in due
    ]
    missing: dict[Place, list[Snapshot]] = {}
    for one, departure in zip(lost, speak.of(lost), strict=True):
        if departure.is_doubtful or (departure.status or one.status) not in _GONE_SILENTLY:
            missing.setdefault(one.place, []).append(one.snapshot)
    file = next(iter(listed.titles), -1)
    title = listed.titles.get(file, listed.table.title)
    issues = [
        Issue(
            file,
            rules.CLASS_VANISHED,
            title if file >= 0 else "",
            typed=class_text(where),
            words={"last": str(found[0].month), "count": len(found)},
        )
        for where, found in sorted(missing.items())
    ]
    return tuple(sorted(missing)), issues


# --- what is remembered ------------------------------------------------------------------------------------------


def _moved(
    pupils: Filled,
    child: pd.Series[int],
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    file_of: Mapping[Place, int],
) -> Iterator[tuple[int, str, int]]:
    """Yield (file of the class that he left, his name there, his row now) of every child who stands in another now."""
    files = pupils.values["file"].groupby(child).agg(set).to_dict()
    latest = {where: _latest(where, snapshots) for where in file_of}
    for person in lineage.people:
        for place, then in person.found if person.row >= 0 else ():
            where = _place(snapshots[place], then)
            name = snapshots[place].filled("pupils").values.at[snapshots[place].children.at[then, "row_index"], "name"]
            left = latest.get(where) == place and file_of[where] not in files[child.at[person.row]]
            if left and pd.notna(name):
                yield file_of[where], str(name), person.row


def _latest(where: Place, snapshots: Sequence[Snapshot]) -> int | None:
    """Return the place of the latest month in which a class handed in."""
    return next((place for place, snapshot in enumerate(snapshots) if where in snapshot.classes.values()), None)


def _known(count: int, lineage: Lineage, snapshots: Sequence[Snapshot]) -> pd.DataFrame:
    """Return, for each row of 学生档案, the last valid value of earlier months of each cell that decides."""
    pasts = [snapshot.filled("pupils") for snapshot in snapshots]
    good = [{key: past.good(key).to_dict() for key in KNOWN_CELLS} for past in pasts]
    good = [cells | {"birth_date": birth_dates(past).to_dict()} for cells, past in zip(good, pasts, strict=True)]
    row_of = [snapshot.children["row_index"].to_dict() for snapshot in snapshots]
    found: dict[str, list[Any]] = {key: [None] * count for key in KNOWN_CELLS}
    for person in lineage.people:
        if person.row < 0:
            continue
        for key in KNOWN_CELLS:
            values = (good[place][key][row_of[place][child]] for place, child in person.found)
            found[key][person.row] = next((value for value in values if pd.notna(value)), None)
    kinds = {key: pasts[0].table.by_key[key].kind.dtype for key in KNOWN_CELLS}
    return pd.DataFrame({key: pd.Series(cells, dtype=kinds[key]) for key, cells in found.items()})
