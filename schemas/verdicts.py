"""评价 of a class, 状态 of its workbook, and whether a target is met (contract §6, §7, §8.11, §8.17)."""

from enum import StrEnum

TOP, PASSED, FAILED, ELIGIBLE_NOT, NOT_RANKED, NOT_HANDED_IN = "先进", "合格", "不合格", "不得参评", "不参评", "未交"
ON_HOLIDAY = "假期"
VERDICTS = (TOP, PASSED, FAILED, ELIGIBLE_NOT, NOT_RANKED, NOT_HANDED_IN, ON_HOLIDAY)


class State(StrEnum):
    """What stands as 状态 of a class."""

    HANDED_IN = "已交"
    EMPTY = "空表"
    SENT_BACK = "退回"
    TIED = "重复"
    MISSING = "未交"


STATES = tuple(State)
MET, UNMET, NOT_ALL_IN, NO_VERDICT = "达标", "未达标", "未交齐", "—"
NO_DENOMINATOR = "无分母"


class FileState(StrEnum):
    """What becomes of a file; the one that is used has no word."""

    USED = ""
    REFUSED = "refused"  # the class is known, the file is refused whole
    UNKNOWN = "unknown"  # can't be read, or none of ours
    STRAY = "stray"  # can be no workbook
    SPARE = "spare"  # another file of the same class is used
    TIED = "tied"  # two files of a class, neither used
