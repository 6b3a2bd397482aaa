"""十个一 (篇三.二) and 五个一 (篇七.5): their titles and what counts as evidence (contract §8.22)."""

from __future__ import annotations

from schemas.codes import FIVE_DEEDS

TEN_ONES: dict[int, str] = {
    1: "建好一个“留守儿童之家”",
    2: "开通一部亲情电话",
    3: "开展互帮互学的一帮一活动",
    4: "落实一名爱心妈妈（或爱心爸爸）",
    5: "举办一次法制、安全、心理健康讲座",
    6: "组织一次游览活动",
    7: "搭建一个阳光舞台",
    8: "写一封亲情书信",
    9: "过一个快乐的生日",
    10: "做一件有意义的事",
}
TEN_EVIDENCE: dict[int, str] = {
    1: "关爱设施：八项设施中可用的项数（学校）",
    2: "本学期有亲情电话或视频通话的儿童",
    3: "有在期学习帮手，且本学期成长记录有成绩的儿童",
    4: "有在期爱心妈妈或爱心爸爸的儿童",
    5: "三种讲座中覆盖全部班级的种数（学校）",
    6: "本学期参加过游览的儿童",
    7: "本学期参加过书画展、演讲、演出、竞赛、大课间、队活动之一的儿童",
    8: "本学期写过亲情书信的儿童",
    9: "本学期过生日的儿童中，当月参加了生日会的",
    10: "本学期做过有意义的事或志愿服务的儿童",
}
ALL_FIVE = "five_all"
FIVE_ONES: dict[str, str] = {f"five_{number}": deed for number, deed in enumerate(FIVE_DEEDS, start=1)} | {
    ALL_FIVE: "五项全有"
}
NOT_YET = "本学期还没有：{detail}"
