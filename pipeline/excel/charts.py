"""Native charts: editable in Excel and WPS, told apart in greyscale by shade, marker and dash, described in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.publishing.book import Block, Chart, Page

_SHADES = ("#1F3864", "#8FAADC", "#7F7F7F", "#C55A11", "#BF9000", "#203A2B", "#A9D18E", "#7030A0")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus", "star", "short_dash")
_DASHES = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot", "solid", "dash")
_PATTERNS = ("solid", "wide_upward_diagonal", "percent_20", "horizontal_brick", "percent_60", "light_vertical")
_ROWS_OF_CHART, _ROW_PIXELS, _WIDTH = 15, 27, 900
POINTS_WIDE = _WIDTH * 0.75
_FONT = {"name": "Microsoft YaHei", "size": 9}


def add_charts(out: Any, sheet: Any, page: Page, heads: list[int], row: int) -> list[tuple[int, int]]:
    """Put the page's charts below its tables and return the first row of each and the row after it.

    `heads`: the row (from 0) of each table's head.
    """
    tables = {block.key: (block, head) for block, head in zip(page.blocks, heads, strict=True)}
    places = []
    for chart in page.charts:
        block, head = tables[chart.table]
        if block.rows:
            made = _chart(out, page.name, chart, block, head)
            sheet.insert_chart(row, 0, made, {"description": chart.alt, "object_position": 1, "y_offset": 4})
            places.append((row, row + _ROWS_OF_CHART))
            row += _ROWS_OF_CHART
    return places


Series = tuple[list[Any], list[Any], list[Any]]  # where its name, categories and values stand


def _series(sheet: str, chart: Chart, block: Block, head: int) -> Iterator[Series]:
    """Yield the series whose columns the layout shows."""
    label = block.place(chart.label)
    if label is None:
        return
    family = [place for place, column in enumerate(block.columns) if column.family == chart.across and chart.across]
    for row in (head + 1 + number for number in chart.rows if family):
        first, last = family[0], family[-1]
        yield [sheet, row, label], [sheet, head, first, head, last], [sheet, row, first, row, last]
    last_row = head + len(block.rows) - block.total_count
    for place in (found for key in chart.columns if (found := block.place(key)) is not None):
        names = [sheet, head + 1, label, last_row, label]
        yield [sheet, head, place], names, [sheet, head + 1, place, last_row, place]


def _chart(out: Any, sheet: str, chart: Chart, block: Block, head: int) -> Any:
    kind = {"stacked": {"type": "column", "subtype": "stacked"}}.get(chart.kind, {"type": chart.kind})
    made = out.add_chart(kind)
    series = list(_series(sheet, chart, block, head))
    for number, (name, categories, values) in enumerate(series):
        made.add_series({"name": name, "categories": categories, "values": values, **_look(chart.kind, number)})
    made.set_title({"name": chart.title, "name_font": {**_FONT, "size": 12}})
    made.set_legend({"position": "bottom", "font": _FONT} if len(series) > 1 else {"none": True})
    axis: dict[str, Any] = {"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    if chart.is_share:
        axis |= {"num_format": "0%", "max": 1}
    value, category = (made.set_x_axis, made.set_y_axis) if chart.kind == "bar" else (made.set_y_axis, made.set_x_axis)
    value(axis)
    category({"num_font": _FONT, **({"reverse": True, "crossing": "max"} if chart.kind == "bar" else {})})
    made.set_size({"width": _WIDTH, "height": (_ROWS_OF_CHART - 1) * _ROW_PIXELS})
    return made


def _look(kind: str, number: int) -> dict[str, Any]:
    shade = _SHADES[number % len(_SHADES)]
    if kind == "line":
        marker = {
            "type": _MARKERS[number % len(_MARKERS)],
            "size": 6,
            "fill": {"color": shade},
            "border": {"color": shade},
        }
        return {"line": {"color": shade, "width": 1.75, "dash_type": _DASHES[number % len(_DASHES)]}, "marker": marker}
    pattern = _PATTERNS[number % len(_PATTERNS)]
    filled = (
        {"fill": {"color": shade}}
        if pattern == "solid"
        else {"pattern": {"pattern": pattern, "fg_color": shade, "bg_color": "#FFFFFF"}}
    )
    return {**filled, "border": {"color": shade}, "gap": 60}
