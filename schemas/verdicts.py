"""评价 of a class, 状态 of its workbook, and whether a target is met (contract §6, §7, §8.11, §8.17)."""

TOP, PASSED, FAILED, ELIGIBLE_NOT, NOT_RANKED, NOT_HANDED_IN = "先进", "合格", "不合格", "不得参评", "不参评", "未交"
VERDICTS = (TOP, PASSED, FAILED, ELIGIBLE_NOT, NOT_RANKED, NOT_HANDED_IN)


class State:
    HANDED_IN = "已交"
    EMPTY = "空表"
    SENT_BACK = "退回"
    TIED = "重复"
    MISSING = "未交"


STATES = (State.HANDED_IN, State.EMPTY, State.SENT_BACK, State.TIED, State.MISSING)
MET, UNMET, NO_VERDICT = "达标", "未达标", "—"
NO_DENOMINATOR = "无分母"
