"""Lines among the rows of a filled sheet that are no rows, and what they look like."""

from __future__ import annotations

import re

EXAMPLE_MARK = "示例"  # a name that begins so marks an example row
SAME_AS_ABOVE = frozenset({"同上", "〃", "″", '"', "”", "''", "同前"})
TOTAL_SIGN = "计"  # in every total
# 合计, 本班总计:, 合计12人; the last group is the figure.
TOTAL = re.compile(r"(?:本页|本班|全班|人数)?(?:合计|总计|小计|共计)(?:人数|数)?[:：]?(?:共?(\d+)[人名次条个件户]?)?")
COUNT = re.compile(r"共?(\d+)[人名次条个件户]?")
# 注：…, 填表人：…
FOOTNOTE = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|负责人|班主任|校长|学校|单位|日期|时间|签字|签名|盖章|填报|联系电话|复核|经办)[^:：]{0,4}[:：]"
)
