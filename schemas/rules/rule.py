"""What a rule is: its code and sentences, an example of it, and for a rule across sheets its line among the defects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import Formatter

ERROR, WARNING, NOTE = "错误", "警告", "提示"
LEVELS = (ERROR, WARNING, NOTE)
_LEVEL_BY_LETTER = {"E": ERROR, "W": WARNING, "N": NOTE}
EMPTY = "（空）"  # how an example shows a cell with nothing in it
LOOK = "照常计入，请核对或写说明"


@dataclass(frozen=True)
class Example:
    """Where it stands, what is wrong there, what is right. All people and numbers are invented.

    Where the place is a cell (工作表·列名) the tests plant the wrong value and find the rule there; for a rule with a
    `Slip` of its own they plant it as declared: in data row `row` (from 0), with what stands `beside` it in that row.
    """

    place: str
    wrong: str
    right: str
    row: int = 0
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Slip:
    """One way in which a sheet or a file goes wrong: what it is, how it is recognised, what happens then."""

    key: str
    problem: str
    sign: str
    treatment: str = LOOK


@dataclass(frozen=True)
class Rule:
    """One kind of problem. `title` names it, `sentence` says what is wrong, `remedy` what to do about it.

    `needs_school`: it can't be checked without the school's workbook.
    """

    code: str
    title: str = field(compare=False)
    sentence: str = field(compare=False)
    remedy: str = field(compare=False)
    example: Example = field(compare=False)
    slip: Slip | None = field(default=None, compare=False)
    needs_school: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.code[:1] not in _LEVEL_BY_LETTER or not self.code[1:].isdigit():
            raise ValueError(f"not a rule code: {self.code}")

    @property
    def level(self) -> str:
        return _LEVEL_BY_LETTER[self.code[0]]

    @property
    def fields(self) -> frozenset[str]:
        """The names that the sentence and the remedy quote."""
        texts = (self.sentence, self.remedy)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


def refuse_twice(found: Iterable[Rule]) -> None:
    """Let no two rules have one code; the same rule may be found in several places. Raises ValueError that names them."""
    titles: dict[str, list[str]] = {}
    for rule in {id(rule): rule for rule in found}.values():
        titles.setdefault(rule.code, []).append(rule.title)
    twice = [f"{code} ({' / '.join(named)})" for code, named in titles.items() if len(named) > 1]
    if twice:
        last = {code[:2]: code for code in sorted(titles)}  # of each hundred
        free = (f"{last[part][0]}{int(last[part][1:]) + 1}" for part in sorted(last))
        raise ValueError(f"a rule code stands twice: {', '.join(twice)}; free: {', '.join(free)}")
