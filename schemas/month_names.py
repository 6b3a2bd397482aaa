"""How people write a month on a folder: 2026-10, 2026年10月, 202610, 26年10月, 2026.10, 10月份, 十月."""

_ENDING = r"(?:月份?)?(?:月报|报表|表|报)?"
YEAR_AND_MONTH = (
    rf"(20\d{{2}})(?:年-?|[-._/~–—])(\d{{1,2}}){_ENDING}",
    rf"(\d{{2}})年-?(\d{{1,2}}){_ENDING}",
    rf"(20\d{{2}})(\d{{2}}){_ENDING}",
)
MONTH_ALONE = r"(\d{1,2})月份?(?:月报|报表|表|报)?"
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TEN = r"(\d?)十(\d?)"
LIKE_A_MONTH = r"20\d{2}|[0-9一二三四五六七八九十]\s*月"
