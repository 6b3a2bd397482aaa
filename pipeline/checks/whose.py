"""Whom a row may mean: hints about names and 学籍号 that point at nobody, at two, or at another child."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checks.known import At, Known
from pipeline.checks.said import NOTHING, Said, masked, openly
from schemas import hint_words as w
from schemas.class_names import class_text
from schemas.names import parted


def namesakes(known: Known, at: At) -> Said:
    """Return the number of each child of that name, with his sex and birth date."""
    pupils = known.pupils_of(at.issue.file)
    own = pupils[pupils["name"].eq(at.cell("pupil")) & pupils["number"].ne("")]
    births = own["birth_date"].dt.strftime("%Y-%m-%d").fillna("")
    each = [
        masked(w.IS, sex=str(sex), birth=birth, value=number)
        for sex, birth, number in zip(own["sex"], births, own["number"], strict=True)
    ]
    return ("".join(shown for shown, _ in each), "".join(plain for _, plain in each))


def whose_number(known: Known, at: At) -> Said:
    """Return whose 学籍号 it is that stands beside another's name."""
    pupils = known.pupils_of(at.issue.file)
    owner = pupils["name"][pupils["number"].eq(at.read)].dropna()
    return openly(w.OWNER, other=str(owner.iloc[0])) if len(owner) == 1 else NOTHING


def own_number(known: Known, at: At) -> Said:
    """Return the 学籍号 that 学生档案 has for the child who is named."""
    pupils, name = known.pupils_of(at.issue.file), at.cell("pupil")
    own = pupils["number"][pupils["name"].eq(name) & pupils["number"].ne("")]
    return masked(w.OWN, name=str(name), value=str(own.iloc[0])) if len(own) == 1 else NOTHING


def slip_of_roster(known: Known, at: At) -> Said:
    """Say that it is 学生档案 that has to be mended, where all else calls the child so."""
    return _slip_at(known, at, known.who(at))


def in_other_class(known: Known, at: At) -> Said:
    """Return the class in which a child of exactly that name stands."""
    name = known.who(at)
    others = known.places.get(name, frozenset()) - {known.class_of(at.issue.file)}
    return openly(w.HAS, class_name=class_text(min(others)), name=name) if len(others) == 1 else NOTHING


def was_in(known: Known, at: At) -> Said:
    """Return the class that had the child in an earlier month of the 学年."""
    found = known.before(at)
    if found is None or found[0].leaving is not None:
        return NOTHING
    snapshot, child = found
    return openly(w.WAS_IN, last=str(snapshot.month), class_name=class_text(snapshot.place_of(child)))


def renamed_in_roster(known: Known, at: At) -> Said:
    """Say that one of two namesakes had another name last month, by which all else still calls him."""
    name = str(at.cell("pupil") or "")
    row, was, last = known.renamed(at.issue.file, name)
    return openly(w.RENAMED, row=str(row), name=name, last=last, was=was) if row else NOTHING


def slip_of_roster_in_list(known: Known, at: At) -> Said:
    """Say of a list of names that it is 学生档案 that has to be mended."""
    there = set(known.pupils_of(at.issue.file)["name"].dropna())
    slips = (_slip_at(known, at, name) for name in parted(at.typed) if name not in there)
    return next((said for said in slips if said != NOTHING), NOTHING)


def _slip_at(known: Known, at: At, name: str) -> Said:
    own, row, last = known.roster_slip(at.issue.file, name)
    others = w.OF_MONTH.format(last=last) if last else w.OTHER_SHEETS
    return openly(w.ROSTER_SLIP, others=others, name=name, own=own, row=str(row)) if row else NOTHING


def without_a_row(known: Known, at: At) -> Said:
    """Return the one child of the class who has no row in a sheet in which another has two."""
    if "pupil" not in at.filled.table.by_key:
        return NOTHING
    values, file = at.filled.values, at.issue.file
    have = set(values["pupil"][values["file"].eq(file)].dropna())
    lacking = sorted(set(known.pupils_of(file)["name"].dropna()) - have)
    return openly(w.LACKS_ROW, name=lacking[0]) if len(lacking) == 1 else NOTHING


def other_is_new(known: Known, at: At) -> Said:
    """Say of a number that two have that this child had it last month, and the other did not."""
    column = at.filled.values[at.key]
    same = column.index[column.eq(at.read).fillna(False).astype(bool)]
    had = {index: known.last(replace(at, index=int(index)), at.key) for index in same}
    last, value = had[at.index]
    is_only = [index for index, (_, then) in had.items() if then == at.read] == [at.index]
    return openly(w.HAD_IT, last=last) if value and is_only else NOTHING
