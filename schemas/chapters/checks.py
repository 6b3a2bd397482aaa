"""What a line of the seven plans asks of a month: declarations; `pipeline.scoring` counts them."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.figures import BY_KEY
from schemas.ones import FIVE_ONES, TEN_ONES
from schemas.policy import Duty

PARENTS, GUARDIANS = ("父亲", "母亲", "父母"), ("祖父母", "外祖父母", "其他监护人")
EVERYONE, POOR, FOCUS = "在读留守儿童", "困难的在读留守儿童", "重点帮扶的在读留守儿童"
WITH_POTENTIAL, POTENTIAL = "在读留守儿童和潜能生", "在读潜能生"
BOARDERS, SIXTH_BOARDERS = "住校的在读留守儿童", "六年级住校的在读留守儿童"
MONTH, TERM, YEAR, STANDING = "本月", "本学期", "本学年", "现在"
MAY = 5
CLASSES, TEACHERS = "班级", "教师"


@dataclass(frozen=True)
class Rate:
    """A figure of §5 over the left-behind ("L") or 潜能生 ("Q"): its key in the measures. None of a duty: see `Owes`."""

    key: str
    over: str = "L"

    @property
    def text(self) -> str:
        return BY_KEY[self.key].title + ("（潜能生）" if self.over == "Q" else "")


@dataclass(frozen=True)
class One:
    """One of the ten or five (§8.22), over an audience: its key."""

    key: str
    audience: str = WITH_POTENTIAL

    @property
    def text(self) -> str:
        title = f"十个一：{TEN_ONES[int(self.key[4:])]}" if self.key.startswith("one_") else f"五个一：{FIVE_ONES[self.key]}"
        return title if self.key in ("one_1", "one_5") else f"{self.audience}中，{title}"


@dataclass(frozen=True)
class Owes:
    """A duty of the line's own, whatever plan is in force: who meets it of those of an audience who owe it."""

    duty: Duty
    audience: str = EVERYONE
    what: str = ""

    @property
    def text(self) -> str:
        what = "/".join(self.duty.forms) or "/".join(self.duty.roles) + self.duty.matter
        return f"{self.audience}中，每{self.duty.period}至少 {self.duty.times} 次{self.what or what}的"


@dataclass(frozen=True)
class Reached:
    """The share of an audience with a sound record.

    `table` (or attendance): where it stands; `column`: is one of `words`; `period`: when; `forms`: of 家校联系, those that
    count. `month`: it is asked for in this month, and owed from then on in the 学年. `is_free`: on days off alone.
    """

    table: str
    column: str
    words: tuple[str, ...]
    period: str
    what: str = ""
    audience: str = EVERYONE
    month: int = 0
    is_free: bool = False

    @property
    def text(self) -> str:
        when = f"{self.period}（{self.month} 月）" if self.month else f"{self.period}（周末、节假日）" if self.is_free else self.period
        return f"{self.audience}中，{when}有“{self.what or '/'.join(self.words)}”的"


@dataclass(frozen=True)
class Filled:
    """The share of A with all of `keys` filled in the child's row of `table`."""

    table: str
    keys: tuple[str, ...]
    what: str

    @property
    def text(self) -> str:
        return f"在读留守儿童中，填好了{self.what}的"


@dataclass(frozen=True)
class Employers:
    """Of the children of A with a parent 外出务工, those with `part` (employer, employer_phone) of each such parent."""

    part: str
    what: str

    @property
    def text(self) -> str:
        return f"有父母外出务工的在读留守儿童中，填好了外出一方（双方）{self.what}的"


@dataclass(frozen=True)
class Held:
    """How many sound rows there are, against how many there should be at least."""

    tables: tuple[str, ...]
    column: str
    words: tuple[str, ...]
    period: str
    least: int = 1

    @property
    def text(self) -> str:
        least = f"，至少 {self.least} 次（项）" if self.least else "，有就登记"
        return f"{self.period}有“{'/'.join(self.words)}”{least}"


@dataclass(frozen=True)
class Classes:
    """Of the classes with children of A that handed in, those with a row of a kind: their own or the school's for them.

    `table`: activities, or documents (whose 范围 is the class).
    """

    kinds: tuple[str, ...]
    period: str
    table: str = "activities"

    @property
    def text(self) -> str:
        return f"有在读留守儿童的班中，{self.period}有“{'/'.join(self.kinds)}”的"


@dataclass(frozen=True)
class Forum:
    """The term's 座谈会 at which all three parties were: 实到 of 应到 of the fullest, and the least share that will do."""

    text: str = "本学期三方到会的座谈会：实到、应到人数（到会率见考核方案）"


@dataclass(frozen=True)
class Parties:
    """The share of A of whom the child, a parent and a guardian were all spoken with in the term, by the school."""

    text: str = "在读留守儿童中，本学期本人（谈心）、父母、监护人（家访、到校面谈、监护人会、座谈会）三方都沟通过的"


@dataclass(frozen=True)
class Helped:
    """The share of A with an active 学习帮手 who is no left-behind child of the class."""

    text: str = "在读留守儿童中，有在期的、自己不是留守儿童的学习帮手的"


@dataclass(frozen=True)
class Reviewed:
    """Of the plans of A made before the month and not closed, those reviewed in it."""

    text: str = "在读留守儿童以前制订、还没结案的个别方案中，本月复查过的"


@dataclass(frozen=True)
class Clean:
    """Of the month's rows of a sheet of the class workbooks, those without an error in a required cell."""

    table: str
    what: str

    @property
    def text(self) -> str:
        return f"本月{self.what}中，必填列都填对的行"


@dataclass(frozen=True)
class Early:
    """Of L, those archived within 15 days of the term's first day, or of joining."""

    text: str = "留守儿童中，开学（或入班）15 天以内建好档案的"


@dataclass(frozen=True)
class Supported:
    """Of the children of A with a 困难类别, those with 资助 or in the 受益名单 of a 助学结对, in the 学年."""

    text: str = "困难的在读留守儿童中，本学年有资助或助学结对（受益名单有他）的"


@dataclass(frozen=True)
class Scored:
    """Of the classes (or teachers) that the plan evaluates, those scored and ranked this month."""

    of: str

    @property
    def text(self) -> str:
        return f"应参评的{self.of}中，本月评了分、排了名次的"


@dataclass(frozen=True)
class Heads:
    """在册留守 by the 口径 in force: the definition itself."""

    text: str = "三种口径并列，报告写明用哪一种"


Check = (
    Rate | One | Owes | Reached | Filled | Employers | Held | Classes | Forum | Parties | Helped | Reviewed | Clean | Early
    | Supported | Scored | Heads
)  # fmt: skip
