"""Words of the look: fonts that are on every Chinese Windows and WPS (others fall back), footers, empty tables."""

BODY_FONT, TITLE_FONT = "宋体", "黑体"
PRODUCT = "关爱月报"
PAGE_NUMBERS = "&C&9第 &P 页 / 共 &N 页"
PAGE_FOOT = "&L&9&A" + PAGE_NUMBERS  # of what we publish: the sheet's name too
PAGE_STAMPED = "&C&12{stamp}"
PAGE_TITLE = '&C&"黑体,Bold"&16{heading}\n&"宋体,Regular"&10 {line}  {stamp}'
NOTHING = "（无）"
