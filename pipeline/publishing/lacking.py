"""未达标清单 with masked names, what the school's own lists share with it, and who fails each figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Place
from pipeline.publishing.book import Row, Rows
from pipeline.publishing.by_child import ByChild, by_child
from pipeline.publishing.cells import Cells
from pipeline.result import Result
from schemas import bureau_words as w
from schemas.codes import ALL_PUPILS, DASH, GRADES
from schemas.figures import BY_KEY, FIGURES
from schemas.short_lacks import shortly


class Lacking(NamedTuple):
    """A child that fails a figure (its key), and what is lacking; `grade` 0: of no class of the school."""

    grade: int
    number: int
    name: str
    figure: str
    lack: str


def lacking_tables(result: Result) -> dict[str, Rows]:
    """Return the tables of 未达标清单: names are masked unless the plan says otherwise."""
    found = by_child(result)
    rows = child_rows(found, found.figures, is_masked=result.policy.masked)
    return {"lacking_common": common_rows(found), "lacking": Rows(rows, each=titles_of(found.figures))}


def common_rows(found: ByChild) -> Rows:
    """Return what a whole class, or the whole school, lacks."""
    return Rows(
        [
            {
                **place_cells(one.place),
                "figure": BY_KEY[one.figure].title,
                "count": one.child_count or DASH,
                "lack": (w.ALL_OF_THEM if one.child_count else w.OF_NOBODY).format(lack=one.lack),
            }
            for one in found.common
        ]
    )


def child_rows(found: ByChild, figures: Sequence[str], *, is_masked: bool) -> list[Row]:
    """Return a row a child: what it lacks of each of the figures, in few words, "" where nothing."""
    rows: list[Row] = []
    for child in found.children:
        told = [[shortly(figure, lack) for lack in child.lacks.get(figure, ())] for figure in figures]
        rows.append(
            {
                **place_cells(child.place),
                "name": child.name,
                "pupil": child.masked if is_masked else child.name,
                "figures": tuple(w.AND.join(dict.fromkeys(own)) for own in told),
            }
        )
    return rows


def titles_of(figures: Iterable[str]) -> tuple[str, ...]:
    return tuple(BY_KEY[figure].title for figure in figures)


def place_cells(place: Place) -> Cells:
    """Return 年级 and 班级 of a class, of a grade's children without a class, of the whole school."""
    grade, number = place
    return {
        "grade": GRADES[grade - 1] if grade else w.WHOLE_SCHOOL,
        "class": number or (w.NO_CLASS_YET if grade else DASH),
    }


@lru_cache(maxsize=1)
def lacking_rows(result: Result) -> list[Lacking]:
    """Return all who fail a figure, in order of class, name and figure; 全体 stands for a whole class."""
    tally = result.measured.tally
    shown = tally[(tally["over"] == "L") & (tally["n"] < tally["N"]) & (tally["grade"] > 0)]
    shown = shown[shown["figure"].isin([figure.key for figure in FIGURES if figure.key != "rows_clean"])]
    names = result.measured.people["name"].to_dict()
    order = {figure.key: place for place, figure in enumerate(FIGURES)}
    rows = [
        Lacking(int(grade), int(number), str(names[child]) if child >= 0 else ALL_PUPILS, figure, str(lack))
        for grade, number, child, figure, lack in shown[["grade", "number", "child", "figure", "lack"]].itertuples(
            index=False
        )
    ]
    return sorted(set(rows), key=lambda row: (row.grade, row.number, row.name, order[row.figure], row.lack))
