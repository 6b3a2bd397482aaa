"""How the classes and teachers that are ranked stand in a month: what later months and the year look back on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.months.history import Standing, Standings
from pipeline.scoring.points import Score
from pipeline.scoring.teachers import TeacherScore
from schemas import frames
from schemas.class_names import class_text
from schemas.codes import TARGET_CLASS, TARGET_TEACHER
from schemas.verdicts import ELIGIBLE_NOT


def standings_of(scores: Sequence[Score], teachers: Sequence[TeacherScore]) -> Standings:
    """Return how the classes and teachers that are ranked stand this month."""
    found: dict[tuple[str, str], Standing] = {}
    for score in scores:
        if score.total is not None and score.rank is not None:
            key = (TARGET_CLASS, class_text(score.place))
            found[key] = Standing(score.total, score.rank, score.verdict == ELIGIBLE_NOT)
    for own in teachers:
        found[TARGET_TEACHER, own.name] = Standing(own.total, own.rank, own.verdict == ELIGIBLE_NOT)
    return found


def standings_frame(standings: Standings) -> pd.DataFrame:
    """Return the standings as they are kept: one row a class or teacher, the total as text, so that it stays exact."""
    rows = [(kind, name, str(own.total), own.rank, own.is_flagged) for (kind, name), own in standings.items()]
    frame = frames.STANDINGS.typed(pd.DataFrame(rows, columns=list(frames.STANDINGS.columns)))
    return frames.STANDINGS.checked(frame)
