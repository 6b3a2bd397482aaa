"""建档率, 档案完整率, 联系卡更新率, 巩固率: what 学生档案 and 联系卡 hold (contract §5, §8.7, §8.14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from pipeline.filled import Fault, Filled, mark
from pipeline.measuring.archive import at
from pipeline.measuring.counting import Counting, counts
from pipeline.measuring.tally import Tally, per_child
from pipeline.merged import Merged
from pipeline.model import Issue
from schemas import rules
from schemas.codes import Status
from schemas.figures import AND, LACKS
from schemas.tables import ALWAYS, ARCHIVE, CONDITIONAL


def _has_fault(filled: Filled, rows: pd.Series[Any]) -> pd.Series[bool]:
    faulty = filled.any_wrong(filled.table.needing(ALWAYS, CONDITIONAL, ARCHIVE))
    return at(faulty.astype(object), rows).eq(True)


@counts("archived")
def archived(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """建档率 over `people`: every 是/条件/档 cell of 学生档案 and 联系卡 filled and without error."""
    merged, own = c.merged, c.archive.of(people)
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


@counts("complete")
def complete(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """档案完整率 over `people`: filled 档 cells of the applicable ones."""
    own = c.archive.of(people)
    words = _missing_words("complete", c.merged, own.applies & ~own.filled, pd.Series(False, people.index), own.card)
    done = (own.applies & own.filled).sum(axis=1)
    return per_child("complete", people, done, words, own.applies.sum(axis=1), over=over)


def to_complete(c: Counting) -> list[Issue]:
    """Return a note (待补) at every empty 档 cell of a child of L that applies (contract §8.7)."""
    people, merged = c.in_l, c.merged
    own = c.archive.of(people)
    applies, filled, card = own.applies, own.filled, own.card
    issues: list[Issue] = []
    for name, rows in (("pupils", people["row_index"]), ("contacts", card)):
        table = merged.tables[name]
        faults: list[Fault] = []
        is_there = rows.notna().to_numpy()
        for key in table.table.needing(ARCHIVE):
            lacking = applies[f"{name}.{key}"].to_numpy() & ~filled[f"{name}.{key}"].to_numpy() & is_there
            wanted = rows[lacking].astype("int64") if lacking.any() else ()
            faults += [(index, key, rules.TO_COMPLETE, {}) for index in wanted if not table.faulty.at[index, key]]
        issues += mark(table, faults)[1]
    return issues


@counts("card_updated")
def card_updated(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """联系卡更新率: a change of the term, old enough at T, is followed by an update of the card."""
    year, contacts = c.year, c.merged.tables["contacts"]
    due = pd.Timestamp(year.month.last_day - timedelta(days=c.policy.card_days))
    changes = people[["joined_on", "status_on"]]
    counted = changes.where((changes >= pd.Timestamp(year.term_start)) & (changes <= pd.Timestamp(year.term_end)))
    change = counted.where(counted <= due).max(axis=1)
    owed = people[change.notna() | people["is_change_unknown"]]
    updated = at(contacts.good("updated_on"), c.archive.card[owed.index])
    met = updated.ge(change[owed.index]) & ~owed["is_change_unknown"]
    return per_child("card_updated", owed, met, LACKS["card_updated"], over=over)


@counts("kept")
def kept(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """巩固率: all in scope but the confirmed leavers and the dead, less those lost."""
    lost = [Status.DROPOUT, Status.LEFT_UNSETTLED] + ([Status.SUSPENDED] if c.policy.suspension_is_loss else [])
    lack = people["status"].map(lambda status: LACKS["kept"].format(detail=status))
    return per_child("kept", people, ~people["status"].isin(lost), lack, over=over)
