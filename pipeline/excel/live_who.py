"""Who is counted on the live sheet, and what its formulas are made of: hidden columns beside each child.

[r] is the child's row, [i] his number in 学生档案. Of functions and forms only such as Excel 2007, WPS and LibreOffice
share.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.addresses import column_letters
from schemas import class_workbook as forms
from schemas import live_words as w
from schemas.class_page import MARKS
from schemas.codes import DASH, YES, Category, Joined, Parent, Status
from schemas.codes import LACKS as NONE
from schemas.figures import BASES, DECIDING
from schemas.tables import ALWAYS, COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, SO_FAR_SHEET, Table

ROOM = 300  # rows of a sheet that are looked at
CHILDREN_FROM = 21  # of the hidden sheet: the first row of a child
ANY, _NEVER = "<>-", 999999  # a condition that every cell meets, the empty ones too; a day that never comes

_HELPER_KEYS = (
    "name", "before", "in_l", "in_a", "cared_for", "card", "joined", "known", "reason", "since",
    "number", "called", "id_card", "born", "growth", "doubtful", "untold", "unjoined", "gone",
)  # fmt: skip
_AT = {key: column_letters(len(MARKS) + 4 + place) for place, key in enumerate(_HELPER_KEYS[2:])}
NAME = "$A[r]"
START, END = f"${_AT['in_l']}$4", f"${_AT['in_a']}$4"  # of the month, in the line of the totals
_COVER = {
    column.key: f"{COVER_SHEET}!$B${row}" for row, column in enumerate(forms.CLASS_WORKBOOK.cover, FIRST_COVER_ROW)
}
MONTH_START = f'IFERROR(DATE(VALUE(LEFT({_COVER["month"]},4)),VALUE(MID({_COVER["month"]},6,2)),1),"")'
MONTH_END = f'IFERROR(EOMONTH({START},0),"")'


def helper(key: str) -> str:
    return f"${_AT[key]}[r]"


def cells_of(table: Table, key: str, last: str = "") -> str:
    """Return the cells of a column, or of all columns from one to another."""
    first, end = (column_letters(table.keys.index(one) + 1) for one in (key, last or key))
    return f"{table.title}!${first}${FIRST_DATA_ROW}:${end}${FIRST_DATA_ROW + ROOM - 1}"


def own(key: str) -> str:
    """Return the cell of the child's own row of 学生档案."""
    return f"INDEX({cells_of(forms.PUPILS, key)},[i])"


def fact(key: str, *, last: str = "") -> str:
    row = w.FACTS.index(key) + 1
    return f"{SO_FAR_SHEET}!$B${row}" + (f":${last}${row}" if last else "")


def known(column: str) -> str:
    """Return what earlier months know of the child, from a column of the hidden sheet."""
    return f"INDEX({SO_FAR_SHEET}!${column}${CHILDREN_FROM}:${column}${CHILDREN_FROM + ROOM - 1},{helper('known')})"


def one_of(cell: str, words: Iterable[str]) -> str:
    return "OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")"


def where(condition: str, cell: str) -> str:
    """Return 1 where a cell is asked for and empty, or says — of one who is there."""
    return f'IF(AND({condition},OR(LEN({cell})=0,{cell}="{DASH}")),1,0)'


def without_blanks(cell: str) -> str:
    """Return a number as the report reads it: 5299 0020… is one, whatever stands between its digits."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"　",""),CHAR(9),"")'


# --- who is counted ---------------------------------------------------------------------------------------------------


def _away(parent: str) -> str:
    """Tell whether a parent has been away for three months; what is not filled in counts as if (contract §5)."""
    status, since = own(f"{parent}_status"), own(f"{parent}_away_since")
    long = f'IF({since}="",TRUE,IFERROR(EDATE({since},3)<={END},TRUE))'
    return f'IF({status}="",TRUE,IF({status}="{Parent.AWAY}",{long},FALSE))'


def _meets_basis() -> str:
    both, one = (f"{word}({_away('father')},{_away('mother')})" for word in ("AND", "OR"))
    rural = f'{own("rural")}<>"否"'
    alone = f'AND({one},{own("home_parent_capable")}="{NONE}")'
    by_plan, by_nation = f"AND({both},{rural})", f"AND({rural},OR({both},{alone}))"
    enrolment, _, plan = BASES
    chosen = f'IF({fact("basis")}="{enrolment}",{one},IF({fact("basis")}="{plan}",{by_plan},{by_nation}))'
    return f'IF({own("lives_with_parents")}="{YES}",FALSE,{chosen})'


_LEFT_BEHIND = one_of(own("category"), (Category.LEFT_BEHIND, Category.BOTH, ""))
_POTENTIAL = one_of(own("category"), (Category.POTENTIAL, Category.BOTH))
_GONE = one_of(own("status"), (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD))
_THERE = one_of(own("status"), (Status.ENROLLED, Status.SUSPECTED_DROPOUT, ""))
_CASE_NOW = f"INDEX({cells_of(forms.GROWTH, 'trigger')},{helper('growth')})"
_CASE_BEFORE = f'IF({helper("known")}=0,"",{known("D")}&"")'
_IS_ONE_AWAY = f'({own("father_status")}="{Parent.AWAY}")<>({own("mother_status")}="{Parent.AWAY}")'
# What is asked for where another cell says so; an empty one of them decides who is counted (contract §5).
DECIDES_IF = (
    where(f'{own("father_status")}="{Parent.AWAY}"', own("father_away_since")),
    where(f'{own("mother_status")}="{Parent.AWAY}"', own("mother_away_since")),
    where(_IS_ONE_AWAY, own("home_parent_capable")),
)
_ALWAYS_ASKED = [key for key in DECIDING if forms.PUPILS.by_key[key].need == ALWAYS]


def _row_of(table: Table) -> str:
    """Return the place of the child's row in a sheet, 0 for none; of two with one name it is found by the 学籍号."""
    by_name = f"MATCH({NAME},{cells_of(table, 'pupil')},0)"
    by_number = f"MATCH({helper('number')},{cells_of(table, 'student_no')},0)"
    return f'IFERROR(IF({helper("number")}="{ANY}",{by_name},{by_number}),0)'


def _number() -> str:
    """Return what 学籍号 has to say in a record of the child: his own where two have his name, else anything."""
    number = f'IF(LEN({own("student_no")})=0,"G"&{own("id_card")},{own("student_no")})'
    return f'IF(COUNTIF({cells_of(forms.PUPILS, "name")},{NAME})>1,{without_blanks(number)},"{ANY}")'


HAS_NUMBER = f'LEN({helper("id_card")})=18,LEFT({helper("id_card")},3)<>"999"'  # 999… is provisional


def _born() -> str:
    """Return the day of birth, of the identity number where 出生日期 is empty; 0 where neither tells it."""
    number, day = helper("id_card"), own("birth_date")
    by_number = f"DATE(VALUE(MID({number},7,4)),VALUE(MID({number},11,2)),VALUE(MID({number},13,2)))"
    return f"IF(LEN({day})>0,N({day}),IF(AND({HAS_NUMBER}),IFERROR({by_number},0),0))"


def _unjoined() -> str:
    """Return 1 where an 入班日期 is asked for and lacks: a duty can't be met then, and 全体 does not mean him."""
    is_asked = f'AND({own("joined_how")}<>"",{own("joined_how")}<>"{Joined.FROM_START}")'
    return f"IF(AND({is_asked},N({own('joined_on')})=0),1,0)"


def _gone() -> str:
    """Return the day from which 全体 does not mean the child: his 状态日期, or never; 0 where nobody knows."""
    is_there = one_of(own("status"), ("", Status.ENROLLED))
    return f"IF({helper('unjoined')}=1,0,IF({is_there},{_NEVER},N({own('status_on')})))"


HELPERS = {
    "name": f'IF({own("name")}="","",{own("name")})',
    "before": f'IF({helper("known")}=0,"",{known("F")}&"")',
    "in_l": f'IF({NAME}="",0,IF({_GONE},0,IF({_LEFT_BEHIND},IF({_meets_basis()},1,0),0)))',
    "in_a": f"IF(AND({helper('in_l')}=1,{_THERE}),1,0)",
    "cared_for": f'IF({NAME}="",0,IF(OR({helper("in_a")}=1,AND({_POTENTIAL},{_THERE})),1,0))',
    "card": _row_of(forms.CONTACTS),
    "joined": f"N({own('joined_on')})",
    "known": f"IFERROR(MATCH({NAME},{SO_FAR_SHEET}!$A${CHILDREN_FROM}:$A${CHILDREN_FROM + ROOM - 1},0),0)",
    "reason": f"IF({helper('growth')}=0,{_CASE_BEFORE},IF({one_of(_CASE_NOW, ('', NONE))},{_CASE_BEFORE},{_CASE_NOW}))",
    "since": f'IF({helper("reason")}="",0,IFERROR(IF(AND({helper("growth")}>0,{_CASE_NOW}={helper("reason")}),'
    f"N(INDEX({cells_of(forms.GROWTH, 'triggered_on')},{helper('growth')})),N({known('E')})),N({known('E')})))",
    "number": f'IF({NAME}="","",{_number()})',
    "called": f'IF({helper("number")}="{ANY}",{NAME},{NAME}&"*"&RIGHT({helper("number")},4))',  # in a list of names
    "id_card": without_blanks(own("id_card")),
    "born": _born(),
    "growth": _row_of(forms.GROWTH),
    "doubtful": "+".join([*(f"IF(LEN({own(key)})=0,1,0)" for key in _ALWAYS_ASKED), *DECIDES_IF]),
    "untold": f"IF({helper('growth')}=0,0,IF(LEN({_CASE_NOW})=0,1,0))",
    "unjoined": _unjoined(),
    "gone": _gone(),
}
assert tuple(HELPERS) == _HELPER_KEYS
