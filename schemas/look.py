"""Words of the look: fonts that are on every Chinese Windows and WPS (others fall back), footers, empty tables."""

BODY_FONT, TITLE_FONT = "宋体", "黑体"
PRODUCT = "关爱月报"
PAGE_NUMBERS = "&C&9第 &P 页 / 共 &N 页"
NOTHING = "（无）"
