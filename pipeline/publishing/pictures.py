"""Pictures, each beside the table that it draws and titled with what it says."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.publishing.book import Chart, Row, Rows
from pipeline.publishing.cells import Cell
from pipeline.publishing.counts import Counts
from pipeline.publishing.held_back import held_back, names_of
from pipeline.publishing.trend import measures_of
from pipeline.result import Result
from pipeline.rounding import percent, share_value
from schemas import bureau_words as w
from schemas.class_names import class_text
from schemas.codes import DASH, GRADES
from schemas.figures import BY_KEY, FIGURES

_NAMED = 2  # classes in a title
_TARGETS = tuple(figure for figure in FIGURES if figure.is_target)
Shares = Sequence[tuple[int, int]]


def charts_of(result: Result) -> tuple[Chart, ...]:
    """Return the pictures: the targets against 100%, trend, classes by score, kinds of 留守 by grade."""
    counts = Counts(result)
    shown = (_targets(result, counts), *_kinds(result), *_scores(result))
    return shown if not result.history.snapshots else (*shown, _trend(result, counts))  # one month is no line


def _targets(result: Result, counts: Counts) -> Chart:
    """Return the three targets as bars of 100%, with n/N and the classes that hold them back."""
    labels, short = [], []
    for figure in _TARGETS:
        n, total = counts.school(figure.key)
        labels.append(w.BAR.format(n=n, N=total))
        names = names_of(held_back(result, counts, figure.key), _NAMED, w.PERSONS)
        words = w.SHORT_IN if names else w.SHORT_BY
        short += [words.format(figure=figure.title, short=total - n, names=names)] if n < total else []
    title = w.AND_THEN.join(short) or _nothing_short(result)
    alt = w.TARGETS_ALT.format(
        bars=w.AND_THEN.join(f"{f.title} {own}" for f, own in zip(_TARGETS, labels, strict=True))
    )
    return Chart(
        title,
        alt,
        "targets",
        "figure",
        "parts",
        rows=tuple(range(len(_TARGETS))),
        columns=("done", "short"),
        is_above=True,
        tall=10,
        labels=tuple(labels),
    )


def _nothing_short(result: Result) -> str:
    return w.TARGETS_MET if result.turnout.is_complete else w.TARGETS_MET_SO_FAR


def _kinds(result: Result) -> tuple[Chart, ...]:
    """Return the picture of 双亲, 单亲留守 by grade, where there are any."""
    heads = result.measured.heads
    sums = {grade: int(own[["is_double", "is_single"]].to_numpy().sum()) for grade, own in heads.groupby("grade")}
    if not sum(sums.values()):
        return ()
    most = max(sums, key=lambda grade: sums[grade])
    title = w.KINDS_SAY.format(
        double=int(heads["is_double"].sum()),
        single=int(heads["is_single"].sum()),
        grade=GRADES[int(most) - 1],
        count=sums[most],
    )
    return (Chart(title, w.KINDS_ALT, "grades", "grade", "stacked", columns=("is_double", "is_single"), tall=9),)


def _scores(result: Result) -> tuple[Chart, ...]:
    """Return the picture of the classes' totals, in the order of their ranks."""
    ranked = [score for score in result.scores if score.total is not None and score.rank is not None]
    if not ranked:
        return ()
    last = min(ranked, key=lambda score: (score.total or 0, score.place))
    title = w.SCORES_SAY.format(
        count=len(ranked),
        top=float(result.policy.top_score),
        good=sum((score.total or 0) >= result.policy.top_score for score in ranked),
        last=class_text(last.place),
        total=last.total,
    )
    rows = tuple(at for at, score in enumerate(result.scores) if score.total is not None)
    return (
        Chart(
            title, w.SCORES_ALT, "scores", "grade", "column", rows=rows, columns=("total",), label_to="class", top=100
        ),
    )


def picture_tables(result: Result) -> dict[str, Rows]:
    """Return the numbers of the trend, which no other sheet has."""
    rows = [_trend_row(key, shares) for key, shares in _months(result, Counts(result)).items()]
    heads = (*(str(snapshot.month) for snapshot in reversed(result.history.snapshots)), str(result.month))
    return {"trend_picture": Rows(rows, each=heads)}


def _trend_row(key: str, shares: Shares) -> Row:
    return {"figure": BY_KEY[key].title, "months": tuple(_share(*share) for share in shares)}


def _share(n: int, total: int) -> Cell:
    value = share_value(n, total)
    return DASH if value is None else value


def _months(result: Result, counts: Counts) -> dict[str, Shares]:
    """Return figure → (n, N) of the school in every month of the 学年 so far."""
    past = [measures_of(snapshot) for snapshot in reversed(result.history.snapshots)]
    return {
        key: [*(found.get(("school", 0, 0, key), (0, 0)) for found in past), counts.school(key)]
        for key in w.TREND_FIGURES
    }


def _trend(result: Result, counts: Counts) -> Chart:
    months = _months(result, counts)
    rows = tuple(range(len(w.TREND_FIGURES)))
    title = trend_title(months)
    return Chart(
        title, w.CHART_TREND_ALT, "trend_picture", "figure", rows=rows, across="months", is_share=True, tall=18
    )


def trend_title(months: dict[str, Shares]) -> str:
    """Say which figure changed most since the month before."""
    moved = {}
    for key, shares in months.items():
        before, now = (share_value(*share) for share in shares[-2:])
        if before is not None and now is not None and before != now:
            moved[key] = abs(now - before)
    if not moved:
        return w.TREND_STILL
    most = max(moved, key=lambda key: moved[key])
    was, became = (percent(*share) for share in months[most][-2:])
    return w.TREND_SAYS.format(figure=BY_KEY[most].title, before=was, now=became)
