"""Native charts: editable in Excel and WPS, told apart in greyscale by shade, marker and dash, described in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipeline.excel.paging import ROW_HEIGHT, pixels_of
from pipeline.excel.standing import Stand
from pipeline.publishing.book import Block, Chart, Page

_SHADES = ("#1F3864", "#8FAADC", "#7F7F7F", "#C55A11", "#BF9000", "#203A2B", "#A9D18E", "#7030A0")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus", "star", "short_dash")
_DASHES = ("solid", "dash", "round_dot", "long_dash", "dash_dot", "square_dot", "solid", "dash")
_PATTERNS = ("solid", "wide_upward_diagonal", "percent_20", "horizontal_brick", "percent_60", "light_vertical")
_LIGHT, _LINE = "#BDD0E9", "#1F3864"
_GAP_PIXELS = 10
_LOW = 12  # rows; a lower chart has its legend beside it
_FONT = {"name": "Microsoft YaHei", "size": 10.5}
_KINDS = {"stacked": {"type": "column", "subtype": "stacked"}, "parts": {"type": "bar", "subtype": "percent_stacked"}}


def add_charts(
    out: Any, sheet: Any, page: Page, stands: Sequence[Stand], room: Callable[[int], tuple[int, float]]
) -> None:
    """Put the page's charts above and below their tables. `room`: column asked for → column, points across."""
    for block, stand in zip(page.blocks, stands, strict=True):
        for chart, row in stand.charts:
            made = _chart(out, page.name, chart, block, stand.head)
            place, points = room(block.place(chart.beneath) or 0)
            made.set_size({"width": pixels_of(points), "height": pixels_of(chart.tall * ROW_HEIGHT) - 2 * _GAP_PIXELS})
            sheet.insert_chart(
                row, place, made, {"description": chart.alt, "object_position": 1, "y_offset": _GAP_PIXELS}
            )


Series = tuple[list[Any], list[Any], list[Any]]  # where its name, categories and values stand


def _series(sheet: str, chart: Chart, block: Block, head: int) -> Iterator[Series]:
    """Yield the series whose columns the layout shows."""
    label = block.place(chart.label)
    if label is None:
        return
    family = [place for place, column in enumerate(block.columns) if column.family == chart.across and chart.across]
    for row in (head + 1 + number for number in chart.rows if family and not chart.columns):
        first, last = family[0], family[-1]
        yield [sheet, row, label], [sheet, head, first, head, last], [sheet, row, first, row, last]
    rows = [head + 1 + number for number in chart.rows] or [head + 1, head + len(block.rows) - block.total_count]
    for place in (found for key in chart.columns if (found := block.place(key)) is not None):
        names = [sheet, rows[0], label, rows[-1], block.place(chart.label_to) or label]
        yield [sheet, head, place], names, [sheet, rows[0], place, rows[-1], place]


def _chart(out: Any, sheet: str, chart: Chart, block: Block, head: int) -> Any:
    made = out.add_chart(_KINDS.get(chart.kind, {"type": chart.kind}))
    series = list(_series(sheet, chart, block, head))
    for number, (name, categories, values) in enumerate(series):
        look = _look_of_parts(chart, number) if chart.kind == "parts" else _look(chart.kind, number)
        made.add_series({"name": name, "categories": categories, "values": values, **look})
    made.set_title({"name": chart.title, "name_font": {**_FONT, "size": 12}, "overlay": False})
    place = "right" if chart.tall < _LOW else "bottom"
    made.set_legend({"position": place, "font": _FONT} if len(series) > 1 else {"none": True})
    axis: dict[str, Any] = {"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    if chart.is_share:
        axis |= {"num_format": "0%"}
    if chart.is_share or chart.top:
        axis |= {"min": 0, "max": chart.top or 1}
    is_lying = chart.kind in ("bar", "parts")
    value, category = (made.set_x_axis, made.set_y_axis) if is_lying else (made.set_y_axis, made.set_x_axis)
    value(axis | ({"num_format": "0%"} if chart.kind == "parts" else {}))
    category({"num_font": _FONT, **({"reverse": True, "crossing": "max"} if is_lying else {})})
    return made


def _look_of_parts(chart: Chart, number: int) -> dict[str, Any]:
    """Return the look of what is done, its words dark on light, and of what is lacking: empty in a frame."""
    fill = {"fill": {"color": "#FFFFFF" if number else _LIGHT}, "border": {"color": _LINE}, "gap": 35}
    if number:
        return fill
    words = [{"value": label} for label in chart.labels]
    return {**fill, "data_labels": {"value": True, "custom": words, "position": "inside_base", "font": _FONT}}


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
