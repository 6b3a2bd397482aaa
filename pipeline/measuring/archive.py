"""建档率, 档案完整率, 联系卡更新率, 巩固率: what 学生档案 and 联系卡 hold (contract §5, §8.7, §8.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from pipeline.filled import Fault, Filled, mark
from pipeline.measuring.tally import CHILDREN, per_child
from pipeline.merged import Merged
from pipeline.model import Issue
from pipeline.school_year import SchoolYear
from schemas import rules
from schemas.codes import DASH, Parent, Status
from schemas.figures import AND, LACKS
from schemas.policy import Policy
from schemas.tables import ALWAYS, ARCHIVE, CONDITIONAL

_PARENT_OF = {f"{p}_{cell}": p for p in ("father", "mother") for cell in ("name", "phone", "work_address")}


def cards(merged: Merged, people: pd.DataFrame) -> pd.Series[Any]:
    """Return for each child the row of 联系卡 that counts (NA: none): of the class that counts him, else of another."""
    contacts = merged.tables["contacts"]
    child = merged.child_of["contacts"]
    frame = pd.DataFrame({"child": child, "file": contacts.values["file"]})
    frame = frame[frame["child"].isin(people.index)]
    own = frame["file"].eq(frame["child"].map(people["file"]))
    first = frame.assign(is_other=~own).sort_values("is_other", kind="stable").drop_duplicates("child")
    return pd.Series(first.index, index=first["child"]).reindex(people.index)


def archive_cells(merged: Merged, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return, for each child, which 档 cells apply and which are filled without error (columns: `table.key`)."""
    pupils, contacts = merged.tables["pupils"], merged.tables["contacts"]
    applies, filled = {}, {}
    for key in pupils.table.needing(ARCHIVE):
        applies[f"pupils.{key}"] = pd.Series(True, people.index)
        filled[f"pupils.{key}"] = _at(pupils.good(key), people["row_index"]).notna()
    card = cards(merged, people)
    for key in contacts.table.needing(ARCHIVE):
        cell = _at(contacts.good(key), card)
        parent = _PARENT_OF.get(key)
        away = people[f"{parent}_status"].eq(Parent.AWAY) if key.endswith("work_address") else True
        applies[f"contacts.{key}"] = pd.Series(away, people.index)
        filled[f"contacts.{key}"] = cell.notna() & (cell.ne(DASH) | _may_be_dash(people, parent))
    return pd.DataFrame(applies), pd.DataFrame(filled)


def _at(cells: pd.Series[Any], rows: pd.Series[Any]) -> pd.Series[Any]:
    """Return the cell of each child's row, NA where he has none."""
    return cells.reindex(rows).set_axis(rows.index)


def _may_be_dash(people: pd.DataFrame, parent: str | None) -> pd.Series[bool]:
    """— counts as filled only for a parent who is dead or lost."""
    if parent is None:
        return pd.Series(False, people.index)
    return people[f"{parent}_status"].isin([Parent.DEAD, Parent.LOST])


def _has_fault(filled: Filled, rows: pd.Series[Any]) -> pd.Series[bool]:
    faulty = filled.faulty[list(filled.table.needing(ALWAYS, CONDITIONAL, ARCHIVE))].any(axis=1)
    return _at(faulty.astype(object), rows).eq(True)


@dataclass(frozen=True)
class Archive:
    """The 档 cells of every child (see `archive_cells`) and the row of his 联系卡."""

    applies: pd.DataFrame
    filled: pd.DataFrame
    card: pd.Series[Any]

    def of(self, people: pd.DataFrame) -> Archive:
        """Return the same for some of the children."""
        index = people.index
        return Archive(self.applies.loc[index], self.filled.loc[index], self.card.loc[index])


def archives(merged: Merged, people: pd.DataFrame) -> Archive:
    """Return the archives of all children."""
    return Archive(*archive_cells(merged, people), cards(merged, people))


def archived(merged: Merged, people: pd.DataFrame, every: Archive, over: str = CHILDREN) -> pd.DataFrame:
    """建档率 over `people`: every 是/条件/档 cell of 学生档案 and 联系卡 filled and without error."""
    own = every.of(people)
    lacking, card = own.applies & ~own.filled, own.card
    faulty = _has_fault(merged.tables["pupils"], people["row_index"]) | _has_fault(merged.tables["contacts"], card)
    complete = ~lacking.any(axis=1) & ~faulty & card.notna()
    return per_child("archived", people, complete, _missing_words("archived", merged, lacking, faulty, card), over=over)


def _missing_words(
    figure: str, merged: Merged, lacking: pd.DataFrame, faulty: pd.Series[bool], card: pd.Series[Any]
) -> pd.Series[Any]:
    """Say which titles a child's archive lacks, a whole missing card as one, cells in error as one."""
    titles = [merged.tables[c.split(".")[0]].table.by_key[c.split(".")[1]].title for c in lacking.columns]
    on_card = [c.startswith("contacts.") for c in lacking.columns]
    words = []
    for row, has_fault, has_card in zip(lacking.to_numpy(), faulty, card.notna(), strict=True):
        named = [
            t for t, lacks, of_card in zip(titles, row, on_card, strict=True) if lacks and (has_card or not of_card)
        ]
        named += [] if has_card else [merged.tables["contacts"].table.title]
        named += [LACKS["archived_fault"]] if has_fault else []
        words.append(LACKS[figure].format(detail=AND.join(named)))
    return pd.Series(words, lacking.index, dtype="str")


def complete(merged: Merged, people: pd.DataFrame, every: Archive, over: str = CHILDREN) -> pd.DataFrame:
    """档案完整率 over `people`: filled 档 cells of the applicable ones."""
    own = every.of(people)
    words = _missing_words("complete", merged, own.applies & ~own.filled, pd.Series(False, people.index), own.card)
    done = (own.applies & own.filled).sum(axis=1)
    return per_child("complete", people, done, words, own.applies.sum(axis=1), over=over)


def to_complete(merged: Merged, people: pd.DataFrame, every: Archive) -> list[Issue]:
    """Return a note (待补) at every empty 档 cell of a child of L that applies (contract §8.7)."""
    own = every.of(people)
    applies, filled, card = own.applies, own.filled, own.card
    issues: list[Issue] = []
    for name, rows in (("pupils", people["row_index"]), ("contacts", card)):
        table = merged.tables[name]
        faults: list[Fault] = []
        for key in table.table.needing(ARCHIVE):
            wanted = rows[applies[f"{name}.{key}"] & ~filled[f"{name}.{key}"] & rows.notna()].astype("int64")
            faults += [(index, key, rules.TO_COMPLETE, {}) for index in wanted if not table.faulty.at[index, key]]
        issues += mark(table, faults)[1]
    return issues


def card_updated(
    merged: Merged, people: pd.DataFrame, every: Archive, year: SchoolYear, policy: Policy
) -> pd.DataFrame:
    """联系卡更新率: a change of the term, old enough at T, is followed by an update of the card."""
    due = pd.Timestamp(year.month.last_day - timedelta(days=policy.card_days))
    changes = people[["joined_on", "status_on"]]
    counted = changes.where((changes >= pd.Timestamp(year.term_start)) & (changes <= pd.Timestamp(year.term_end)))
    change = counted.where(counted <= due).max(axis=1)
    owed = people[change.notna() | people["is_change_unknown"]]
    updated = _at(merged.tables["contacts"].good("updated_on"), every.card[owed.index])
    met = updated.ge(change[owed.index]) & ~owed["is_change_unknown"]
    return per_child("card_updated", owed, met, LACKS["card_updated"])


def kept(people: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """巩固率: all in scope but the confirmed leavers and the dead, less those lost."""
    lost = [Status.DROPOUT, Status.LEFT_UNSETTLED] + ([Status.SUSPENDED] if policy.suspension_is_loss else [])
    lack = people["status"].map(lambda status: LACKS["kept"].format(detail=status))
    return per_child("kept", people, ~people["status"].isin(lost), lack)
