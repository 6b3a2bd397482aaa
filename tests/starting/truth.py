"""An invented school of known truth: whom its sources tell of, before anybody wrote it down in a layout of his own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.identity import check_digit

AREA = "529900"  # no area has this code
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "小禾 小穗 小麦 小豆 小米 青禾 青松 青竹 春生 秋实 冬梅 雨荷 雪松 星河 明月 清泉 田丰 谷雨 立夏 晨曦 晓峰 子涵 思源 向阳 念恩 安宁 乐天 云帆 海棠 若兰".split()
VILLAGES = ("清水村一组", "清水村二组", "白石村一组", "白石村三组", "柳树坪村二组")
CITIES = ("东海省临江市", "东海省海州市", "南岭省越秀市鹏城区", "江南省吴门市")
FIRMS = ("临江电子厂", "海州建筑公司", "鹏城服装厂", "")
PLACES = ((3, 1), (3, 2), (4, 1), (6, 1))
GRADE_WORDS = "一二三四五六七八九"
DAY = date(2026, 9, 30)


@dataclass
class Child:
    """One child, in the words of our templates. `kind`: 0, 1 or 2 parents away; `truth`: key → value."""

    place: tuple[int, int]
    kind: int
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.truth["name"])

    @property
    def is_left(self) -> bool:
        return self.kind > 0


@dataclass
class Invented:
    """The school: its children, its staff, its classes."""

    children: list[Child]
    staff: list[dict[str, Any]]
    heads: dict[tuple[int, int], str]
    counts: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def left(self) -> list[Child]:
        return [child for child in self.children if child.is_left]


def invented_school(
    seed: int = 7, in_class: int = 12, places: Sequence[tuple[int, int]] = PLACES, *, is_odd: bool = False
) -> Invented:
    """Return the school, the same for a seed. `is_odd`: with two of a name in a class, names with ·, dead fathers."""
    dice = random.Random(seed)
    taken: set[str] = set()

    def name(surname: str = "") -> str:
        while True:
            made = (surname or dice.choice(SURNAMES)) + dice.choice(GIVEN)
            if made not in taken:
                taken.add(made)
                return made

    heads = {place: name() for place in places}
    children = [_child(dice, place, number, name, phone_of(dice)) for place in places for number in range(in_class)]
    if is_odd:
        _make_odd(children, places)
    staff = [
        {
            "name": head,
            "post": "班主任",
            "subject": "语文",
            "classes": class_text(place),
            "phone": phone_of(dice),
            "staff_no": f"T{n:03d}",
        }
        for n, (place, head) in enumerate(heads.items(), 1)
    ] + [
        {
            "name": name(),
            "post": post,
            "subject": subject,
            "classes": "",
            "phone": phone_of(dice),
            "staff_no": f"T{n:03d}",
        }
        for n, (post, subject) in enumerate(
            (("校领导", "数学"), ("任课教师", "英语"), ("心理教师", "心理"), ("生活教师", "")), 11
        )
    ]
    return Invented(children, staff, heads, dict.fromkeys(places, in_class))


def _make_odd(children: list[Child], places: Sequence[tuple[int, int]]) -> None:
    for place, odd in zip(places, ("阿依·古丽", "玉山·买买提江", "欧阳小禾", "木沙·依布拉音"), strict=False):
        own = [child for child in children if child.place == place]
        own[0].truth["name"] = odd
        own[1].truth["name"] = own[2].truth["name"]  # both left-behind
        fatherless = own[2].truth
        fatherless |= {"father_status": "死亡", "father_away_since": None, "father_work_address": None}
        fatherless |= {"father_employer": None, "father_name": "—", "father_phone": "—"}


def class_text(place: tuple[int, int]) -> str:
    return f"{GRADE_WORDS[place[0] - 1]}年级({place[1]})班"


def phone_of(dice: random.Random) -> str:
    return "199" + "".join(dice.choice("0123456789") for _ in range(8))


def _child(dice: random.Random, place: tuple[int, int], number: int, name: Any, phone: str) -> Child:
    kind = (2, 1, 2, 0, 0, 2, 0, 1, 0, 0, 2, 0)[number % 12]
    own = name()
    surname = own[0]
    born = date(2026 - 6 - place[0], dice.randint(1, 12), dice.randint(1, 28))
    sex = dice.choice("男女")
    card = f"{AREA}{born:%Y%m%d}{dice.randint(1, 99):02d}{2 * dice.randint(0, 4) + (sex == '男')}"
    card += check_digit(card)
    village = dice.choice(VILLAGES)
    relation = dice.choice(("祖父", "祖母", "外祖父", "外祖母", "伯父"))
    father_away, mother_away = kind > 0, kind == 2
    city, firm = dice.choice(CITIES), dice.choice(FIRMS)
    truth = {
        "name": own,
        "student_no": "G" + card,
        "id_card": card,
        "sex": sex,
        "birth_date": born,
        "ethnicity": dice.choice(("汉族", "汉族", "苗族", "彝族")),
        "category": "留守儿童",
        "rural": "是",
        "father_status": "外出务工" if father_away else "在家",
        "father_away_since": date(2024, dice.randint(1, 12), 1) if father_away else None,
        "mother_status": "外出务工" if mother_away else "在家",
        "mother_away_since": date(2025, dice.randint(1, 12), 1) if mother_away else None,
        "guardianship": {
            "祖父": "祖父母",
            "祖母": "祖父母",
            "外祖父": "外祖父母",
            "外祖母": "外祖父母",
            "伯父": "其他亲属",
        }[relation],
        "boarding": dice.choice(("走读", "住校")),
        "health": dice.choice(("健康或良好", "健康或良好", "一般或较弱")),
        "personality": dice.choice(("开朗", "内向", "活泼好动")),
        "interests": dice.choice(("画画", "跳绳", "篮球", "唱歌")),
        "focus": dice.choice("是否"),
        "home_address": f"云溪镇{village}",
        "father_name": name(surname),
        "father_phone": phone,
        "father_employer": firm if father_away and firm else None,
        "father_work_address": city if father_away else None,
        "mother_name": name(),
        "mother_phone": phone_of(dice),
        "mother_work_address": city if mother_away else None,
        "guardian_name": name(surname),
        "guardian_relation": relation,
        "guardian_age": dice.randint(50, 75),
        "guardian_job": "务农",
        "guardian_health": dice.choice(("健康", "一般", "患病")),
        "guardian_phone": phone_of(dice),
        "village": village,
    }
    return Child(place, kind, truth)
