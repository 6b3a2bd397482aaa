"""Who fails a figure, and what is lacking: 未达标清单 with masked names, and the rows behind the school's own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.publishing.book import Rows
from pipeline.publishing.cells import Cells
from pipeline.publishing.names import mask_name
from pipeline.result import Result
from schemas.codes import ALL_PUPILS, GRADES
from schemas.figures import BY_KEY, FIGURES


class Lacking(NamedTuple):
    """A child that fails a figure (its key), and what is lacking; `grade` 0: of no class of the school."""

    grade: int
    number: int
    name: str
    figure: str
    lack: str


def lacking_table(result: Result) -> Rows:
    """Return 未达标清单: names are masked unless the plan says otherwise."""
    rows: list[Cells] = []
    for own in lacking_rows(result):
        shown = mask_name(own.name) if result.policy.masked and own.name != ALL_PUPILS else own.name
        label: Cells = {"grade": GRADES[own.grade - 1], "class": own.number, "pupil": shown}
        rows.append(label | {"figure": BY_KEY[own.figure].title, "lack": own.lack})
    return Rows(rows)


@lru_cache(maxsize=1)
def lacking_rows(result: Result) -> list[Lacking]:
    """Return all who fail a figure, in order of class, name and figure; 全体 stands for a whole class."""
    tally = result.measured.tally
    shown = tally[(tally["over"] == "L") & (tally["n"] < tally["N"]) & (tally["grade"] > 0)]
    shown = shown[shown["figure"].isin([figure.key for figure in FIGURES if figure.key != "rows_clean"])]
    names = result.measured.people["name"]
    order = {figure.key: place for place, figure in enumerate(FIGURES)}
    rows = [
        Lacking(int(grade), int(number), str(names.at[child]) if child >= 0 else ALL_PUPILS, figure, str(lack))
        for grade, number, child, figure, lack in shown[["grade", "number", "child", "figure", "lack"]].itertuples(
            index=False
        )
    ]
    return sorted(set(rows), key=lambda row: (row.grade, row.number, row.name, order[row.figure], row.lack))
