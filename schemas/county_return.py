"""The page that goes back to a school (返校单): its tables, as declarations. A4 upright, one page where it can be."""

from schemas import county_notice_words as w
from schemas.layouts import Field, Grid, Sheet

FIGURES = Grid("figures", (
    Field("figure", "指标", "text", 16), Field("done", "达成数", "count", 8), Field("due", "应计数", "count", 8), Field("short", "还差", "count", 7),
    Field("level", "完成率", "heat", 11), Field("district", "全辖区", "rate", 10), Field("rank", "名次", "centred", 9),
    Field("last", "上月", "rate", 10), Field("change", "比上月", "rate", 9),
), w.RETURN_FIGURES, is_read=False)  # fmt: skip
EVERY = Sheet("contents", w.RETURN_CONTENTS, (
    Grid("contents", (
        Field("town", "乡镇", "wrapped", 12), Field("name", "单位", "wrapped", 36), Field("state", "状态", "centred", 14), Field("count", "要做的事", "count", 10),
    )),
), is_landscape=False)  # fmt: skip
