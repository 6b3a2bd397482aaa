"""Compare a month worked out by the pipeline with what the oracle says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.measuring import measures_of, ones_of
from pipeline.publishing.balance import balances
from pipeline.result import Result
from schemas.bureau_words import COUNT_COLUMNS
from schemas.class_names import class_text


def assert_agrees(result: Result, told: Mapping[str, Any]) -> None:
    """Every n and N, head count, score, rank, verdict, 十个一, 五个一, kept child and balance is as the oracle says."""
    assert _kept(result) == _kept_by_the_oracle(told)
    assert measures_of(result) == _counting(told["measures"])
    assert measures_of(result, "Q") == _counting(told["potential"])
    titles = COUNT_COLUMNS | {"is_unmet": "登记未符合口径"}
    for row in result.measured.heads.to_dict("records"):
        unit = class_text((row["grade"], row["number"]))
        assert (unit, {title: row[key] for key, title in titles.items()}) == (
            unit,
            {title: told["counts"].get(("class", unit, title), 0) for title in titles.values()},
        )
    scores = {class_text(score.place): (score.total, score.rank, score.verdict) for score in result.scores}
    assert scores == {unit: (s["total"], s["rank"], s["评价"]) for unit, s in told["scores"].items()}
    assert ones_of(result) == _counting(told["ten"]) | _counting(told["five"])
    rolls = {class_text(own.place): (own.before, own.after, own.difference) for own in balances(result)}
    assert rolls == {unit: (*roll, 0) for unit, roll in told["rolls"].items()}


def _counting(told: Mapping[Any, tuple[int, int]]) -> dict[Any, tuple[int, int]]:
    return {key: share for key, share in told.items() if share[1]}


def _kept(result: Result) -> list[tuple[str, str, str, bool]]:
    """Return class, name, status and "nobody has to be asked" of every child kept by absence."""
    pupils, people = result.merged.tables["pupils"], result.measured.people
    place = {row: class_text(where) for row, *where in people[["row_index", "grade", "number"]].itertuples(index=False)}
    status, names = pupils.good("status"), pupils.good("name")
    return sorted(
        (place[row], _word(names.at[row]), _word(status.at[row]), bool(settled))
        for row, settled in result.merged.carried.rows["is_settled"].items()
    )


def _word(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _kept_by_the_oracle(told: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
    found = []
    for person in told["state"]["people"]:
        home = person["home"]
        if home.get("kept") and person["last_seen"] != told["state"]["month"]:
            good = [("" if c in home["bad"] else home["v"][c]) or "" for c in ("姓名", "学籍状态")]
            found.append((person["class"]["unit"], *good, person["settled"]))
    return sorted(found)
