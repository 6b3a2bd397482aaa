"""The formulas of the live sheet, one a thing that a child is owed. [r] is the child's row, [i] his number in 学生档案.

Of functions and forms only such as Excel 2007, WPS and LibreOffice share.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.addresses import column_letters
from schemas import class_workbook as forms
from schemas import live_words as w
from schemas.class_page import MARKS
from schemas.codes import ALL_PUPILS, DASH, MALE, YES, Activity, Category, Contact, Joined, Pairing, Parent, Status
from schemas.codes import LACKS as NONE
from schemas.figures import BASES
from schemas.identity import CHECK_DIGITS, WEIGHTS
from schemas.names import BUT
from schemas.tables import ALWAYS, ARCHIVE, COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, SO_FAR_SHEET, Table

ROOM = 300  # rows of a sheet that are looked at
CHILDREN_FROM = 21  # of the hidden sheet: the first row of a child

_HELPER_KEYS = ("name", "before", "in_l", "in_a", "cared_for", "card", "joined", "known", "reason", "since")
_AT = {key: column_letters(len(MARKS) + 4 + place) for place, key in enumerate(_HELPER_KEYS[2:])}
_NAME = "$A[r]"
_START, _END = f"${_AT['in_l']}$4", f"${_AT['in_a']}$4"  # of the month, in the line of the totals
_COVER = {
    column.key: f"{COVER_SHEET}!$B${row}" for row, column in enumerate(forms.CLASS_WORKBOOK.cover, FIRST_COVER_ROW)
}
MONTH_START = f'IFERROR(DATE(VALUE(LEFT({_COVER["month"]},4)),VALUE(MID({_COVER["month"]},6,2)),1),"")'
MONTH_END = f'IFERROR(EOMONTH({_START},0),"")'


def _helper(key: str) -> str:
    return f"${_AT[key]}[r]"


def _range(table: Table, key: str, last: str = "") -> str:
    """Return the cells of a column, or of all columns from one to another."""
    first, end = (column_letters(table.keys.index(one) + 1) for one in (key, last or key))
    return f"{table.title}!${first}${FIRST_DATA_ROW}:${end}${FIRST_DATA_ROW + ROOM - 1}"


def _own(key: str) -> str:
    """Return the cell of the child's own row of 学生档案."""
    return f"INDEX({_range(forms.PUPILS, key)},[i])"


def _fact(key: str, *, last: str = "") -> str:
    row = w.FACTS.index(key) + 1
    return f"{SO_FAR_SHEET}!$B${row}" + (f":${last}${row}" if last else "")


def _known(column: str) -> str:
    """Return what earlier months know of the child, from a column of the hidden sheet."""
    return f"INDEX({SO_FAR_SHEET}!${column}${CHILDREN_FROM}:${column}${CHILDREN_FROM + ROOM - 1},{_helper('known')})"


def _one_of(cell: str, words: Iterable[str]) -> str:
    return "OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")"


def _mark(is_owed: str, is_met: str, lack: str = f'"{w.LACKS}"') -> str:
    return f'IF({is_owed},IF({is_met},"{w.DONE}",{lack}),"{w.NOT_OWED}")'


# --- who is counted ---------------------------------------------------------------------------------------------------


def _away(parent: str) -> str:
    """Tell whether a parent has been away for three months; what is not filled in counts as if (contract §5)."""
    status, since = _own(f"{parent}_status"), _own(f"{parent}_away_since")
    long = f'IF({since}="",TRUE,IFERROR(EDATE({since},3)<={_END},TRUE))'
    return f'IF({status}="",TRUE,IF({status}="{Parent.AWAY}",{long},FALSE))'


def _meets_basis() -> str:
    both, one = (f"{word}({_away('father')},{_away('mother')})" for word in ("AND", "OR"))
    rural = f'{_own("rural")}<>"否"'
    alone = f'AND({one},{_own("home_parent_capable")}="{NONE}")'
    by_plan, by_nation = f"AND({both},{rural})", f"AND({rural},OR({both},{alone}))"
    enrolment, _, plan = BASES
    chosen = f'IF({_fact("basis")}="{enrolment}",{one},IF({_fact("basis")}="{plan}",{by_plan},{by_nation}))'
    return f'IF({_own("lives_with_parents")}="{YES}",FALSE,{chosen})'


_LEFT_BEHIND = _one_of(_own("category"), (Category.LEFT_BEHIND, Category.BOTH, ""))
_POTENTIAL = _one_of(_own("category"), (Category.POTENTIAL, Category.BOTH))
_GONE = _one_of(_own("status"), (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD))
_THERE = _one_of(_own("status"), (Status.ENROLLED, Status.SUSPECTED_DROPOUT, ""))
_GROWTH_ROW = f"MATCH({_NAME},{_range(forms.GROWTH, 'pupil')},0)"
_CASE_NOW = f"INDEX({_range(forms.GROWTH, 'trigger')},{_GROWTH_ROW})"
_CASE_BEFORE = f'IF({_helper("known")}=0,"",{_known("D")}&"")'

HELPERS = {
    "name": f'IF({_own("name")}="","",{_own("name")})',
    "before": f'IF({_helper("known")}=0,"",{_known("F")}&"")',
    "in_l": f'IF({_NAME}="",0,IF({_GONE},0,IF({_LEFT_BEHIND},IF({_meets_basis()},1,0),0)))',
    "in_a": f"IF(AND({_helper('in_l')}=1,{_THERE}),1,0)",
    "cared_for": f'IF({_NAME}="",0,IF(OR({_helper("in_a")}=1,AND({_POTENTIAL},{_THERE})),1,0))',
    "card": f"IFERROR(MATCH({_NAME},{_range(forms.CONTACTS, 'pupil')},0),0)",
    "joined": f"N({_own('joined_on')})",
    "known": f"IFERROR(MATCH({_NAME},{SO_FAR_SHEET}!$A${CHILDREN_FROM}:$A${CHILDREN_FROM + ROOM - 1},0),0)",
    "reason": f"IFERROR(IF({_one_of(_CASE_NOW, ('', NONE))},{_CASE_BEFORE},{_CASE_NOW}),{_CASE_BEFORE})",
    "since": f'IF({_helper("reason")}="",0,IFERROR(IF({_CASE_NOW}={_helper("reason")},'
    f"N(INDEX({_range(forms.GROWTH, 'triggered_on')},{_GROWTH_ROW})),N({_known('E')})),N({_known('E')})))",
}
assert tuple(HELPERS) == _HELPER_KEYS

# --- what is owed -----------------------------------------------------------------------------------------------------

_IN_A, _CARED_FOR = f"{_helper('in_a')}=1", f"{_helper('cared_for')}=1"
_OF_ARCHIVE = f"OR({_helper('in_l')}=1,{_CARED_FOR})"
_TEACHING = f"{_fact('is_teaching')}=1"
_FROM_THE_FIRST = f"{_helper('joined')}<={_START}"


def _empty(table: Table, row: str, needs: tuple[str, ...], skip: tuple[str, ...] = ()) -> str:
    """Return how many cells of one row are empty or say that nothing is known, of the columns that everybody needs."""
    keys = [c.key for c in table.columns if c.key not in ("pupil",)]
    wanted = [str(int(table.by_key[key].need in needs and key not in skip)) for key in keys]
    cells, unsaid = f"INDEX({_range(table, keys[0], keys[-1])},{row},0)", ";".join(f'"{word}"' for word in w.UNSAID)
    own = f"{{{','.join(wanted)}}}"
    return f"SUMPRODUCT((LEN({cells})=0)*{own})+SUMPRODUCT(({cells}={{{unsaid}}})*{own})"


def _where(condition: str, cell: str) -> str:
    """Return 1 where a cell is asked for and empty, or says — of one who is there."""
    return f'IF(AND({condition},OR(LEN({cell})=0,{cell}="{DASH}")),1,0)'


def _faulty_number() -> str:
    """Return 1 where the identity number is none, or says another day of birth or sex (GB 11643)."""
    number, birth, sex = _own("id_card"), _own("birth_date"), _own("sex")
    places, weights = (",".join(map(str, own)) for own in (range(1, 18), WEIGHTS))
    rest = f"MOD(SUMPRODUCT(MID({number},{{{places}}},1)*{{{weights}}}),11)"
    check = f'MID("{CHECK_DIGITS}",{rest}+1,1)=UPPER(MID({number},18,1))'
    born = f'MID({number},7,8)=""&(YEAR({birth})*10000+MONTH({birth})*100+DAY({birth}))'
    is_right = (
        f"LEN({number})=18",
        check,
        f"OR(N({birth})=0,{born})",
        f'OR({sex}="",(MOD(MID({number},17,1),2)=1)=({sex}="{MALE}"))',
    )
    is_none = f'OR(LEN({number})=0,LEN({number})=15,LEFT({number},3)="999")'  # or provisional
    return f"IF({is_none},0,IFERROR(IF(AND({','.join(is_right)}),0,1),1))"


def _faulty_phone(cell: str) -> str:
    """Return 1 where a number has lost digits."""
    return f'IF(AND(LEN({cell})>0,{cell}<>"{DASH}",OR(LEN({cell})<10,AND(LEFT({cell})="1",LEN({cell})=10))),1,0)'


def _archive() -> str:
    own = _own
    conditional = (
        _where(f"LEN({own('student_no')})=0", own("id_card")),
        _where(f'{own("father_status")}="{Parent.AWAY}"', own("father_away_since")),
        _where(f'{own("mother_status")}="{Parent.AWAY}"', own("mother_away_since")),
        _where(
            f'({own("father_status")}="{Parent.AWAY}")<>({own("mother_status")}="{Parent.AWAY}")',
            own("home_parent_capable"),
        ),
        _where(f'AND({own("joined_how")}<>"",{own("joined_how")}<>"{Joined.FROM_START}")', own("joined_on")),
        _where(f"NOT({_one_of(own('status'), ('', Status.ENROLLED, Status.LEFT_UNSETTLED))})", own("status_on")),
        f"IF(N({own('archived_on')})>{_END},1,0)",
        _faulty_number(),
    )
    count = "+".join([_empty(forms.PUPILS, "[i]", (ALWAYS, ARCHIVE)), *conditional])
    return _mark(_OF_ARCHIVE, f"{count}=0")


def _card() -> str:
    card, at_work = _helper("card"), ("father_work_address", "mother_work_address")
    phones, names = ("father_phone", "mother_phone", "guardian_phone"), ("father_name", "mother_name")
    cell = {key: f"INDEX({_range(forms.CONTACTS, key)},{card})" for key in (*at_work, *phones, *names)}
    conditional = [_where(f'{_own(f"{key[:6]}_status")}="{Parent.AWAY}"', cell[key]) for key in at_work]
    for key in (*names, *phones[:2]):
        is_there = f"NOT({_one_of(_own(f'{key[:6]}_status'), (Parent.DEAD, Parent.LOST))})"
        conditional.append(f'IF(AND({is_there},{cell[key]}="{DASH}"),1,0)')
    conditional += [_faulty_phone(cell[key]) for key in phones]
    count = "+".join([_empty(forms.CONTACTS, card, (ALWAYS, ARCHIVE), at_work), *conditional])
    return f'IF({_OF_ARCHIVE},IF({card}=0,"{w.LACKS}",IF({count}=0,"{w.DONE}","{w.LACKS}")),"{w.NOT_OWED}")'


def _count(table: Table, *conditions: tuple[str, str]) -> str:
    asked = ",".join(f"{_range(table, key)},{what}" for key, what in conditions)
    return f"COUNTIFS({asked})"


def _said(table: Table, *keys: str) -> tuple[tuple[str, str], ...]:
    """Return that the cells without which a record is none are filled (contract §5)."""
    assert all(table.by_key[key].need == ALWAYS for key in keys)
    return tuple((key, '"?*"') for key in keys)


def _active(*kinds: str) -> str:
    """Return how many pairings of some kinds a child has at the end of the month."""
    helper = _said(forms.PAIRINGS, "helper")
    own = ((("pupil", _NAME), ("kind", f'"{kind}"'), *helper, ("since", f'"<="&{_END}')) for kind in kinds)
    counted = (
        f"{_count(forms.PAIRINGS, *o)}-{_count(forms.PAIRINGS, *o, ('until', f'{chr(34)}<={chr(34)}&{_END}'))}"
        for o in own
    )
    return "(" + "+".join(counted) + ")"


def _since(start: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("date", f'">="&{start}'), ("date", f'"<="&{_END}')


def _named(table: Table, key: str, *conditions: tuple[str, str]) -> str:
    """Return how many rows name a child in a list, or name 全体 and do not leave him out."""
    anywhere, left_out = f'"*"&{_NAME}&"*"', f'"{ALL_PUPILS}*{BUT}*"&{_NAME}&"*"'
    counts = [_count(table, (key, what), *conditions) for what in (anywhere, f'"{ALL_PUPILS}*"', left_out)]
    return f"({counts[0]}+{counts[1]}-2*{counts[2]})"


def _any_of(words: Iterable[str]) -> str:
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def _times(count: str, times: str) -> str:
    return f"{count}>={times}"


_OF_TALK = (*_said(forms.TALKS, "speaker", "mode", "topic", "content"), ("role", _fact("talk_roles", last="D")))
_TALKS = f"SUMPRODUCT({_count(forms.TALKS, ('pupil', _NAME), *_since(_START), *_OF_TALK)})"
_CALL_KINDS = _any_of((Contact.PHONE, Contact.VIDEO, Contact.LETTER))
_WITH = _said(forms.CONTACTS_LOG, "with_whom")
_CALLS = f"SUMPRODUCT({_count(forms.CONTACTS_LOG, ('pupil', _NAME), *_since(_START), *_WITH, ('kind', _CALL_KINDS))})"
_TERM = (*_since(_fact("term_start")), *_WITH)
_VISITED = _count(forms.CONTACTS_LOG, ("pupil", _NAME), *_TERM, ("kind", f'"{Contact.HOME_VISIT}"'))
_VISITS = f"({_VISITED}+IF({_helper('known')}=0,0,N({_known('B')})))"
_BOARDING = _fact("visit_boarding")
_MEETINGS = "+".join(
    _named(forms.CONTACTS_LOG, "pupil", *_TERM, ("kind", f'"{kind}"'))
    for kind in (Contact.GUARDIAN_MEETING, Contact.FORUM)
)
_BIRTH = _own("birth_date")
_OF_ACTIVITY = (*_since(_START), *_said(forms.ACTIVITIES, "title", "organizer"))
_PARTIES = _named(forms.ACTIVITIES, "participants", *_OF_ACTIVITY, ("kind", f'"{Activity.BIRTHDAY}"'))
_TOOK_PART = _named(forms.ACTIVITIES, "participants", *_OF_ACTIVITY, *_said(forms.ACTIVITIES, "kind"))
_DEADLINE = f"{_helper('since')}+{_fact('case_days')}"
_PLANS = _count(
    forms.PLANS,
    ("pupil", _NAME),
    ("reason", _helper("reason")),
    ("made_on", f'">="&{_helper("since")}'),
    ("made_on", f'"<="&{_DEADLINE}'),
    *_said(forms.PLANS, "owner", "measures", "progress"),
)
_GROWN = _count(
    forms.GROWTH,
    ("pupil", _NAME),
    *((key, '"?*"') for key in ("study", "conduct", "mind", "diary", "progress", "trigger")),
    ("absent_days", '">=0"'),
)

MARK_FORMULAS = {
    "archive": _archive(),
    "card": _card(),
    "teacher": _mark(_CARED_FOR, f"{_active(Pairing.TEACHER)}>0"),
    "classmate": _mark(_CARED_FOR, f"{_active(Pairing.CLASSMATE)}>0"),
    "mother": _mark(_CARED_FOR, f"{_active(Pairing.MOTHER, Pairing.FATHER)}>0"),
    "focus": _mark(
        f'AND({_IN_A},{_own("focus")}="{YES}")', f"AND({_active(Pairing.TEACHER)}>0,{_active(Pairing.PARENT)}>0)"
    ),
    "talk": _mark(
        f"AND({_CARED_FOR},{_fact('talk_times')}>0,{_TEACHING},{_FROM_THE_FIRST})", _times(_TALKS, _fact("talk_times"))
    ),
    "call": _mark(
        f"AND({_IN_A},{_fact('call_times')}>0,{_TEACHING},{_FROM_THE_FIRST})", _times(_CALLS, _fact("call_times"))
    ),
    "visit": _mark(
        f'AND({_IN_A},{_fact("visit_times")}>0,OR({_BOARDING}="",{_BOARDING}={_own("boarding")}),{_helper("joined")}+30<={_END})',
        _times(_VISITS, _fact("visit_times")),
    ),
    "meeting": _mark(_IN_A, f"{_MEETINGS}+IF({_helper('known')}=0,0,N({_known('C')}))>0"),
    "activity": _mark(f"AND({_CARED_FOR},{_TEACHING})", f"{_TOOK_PART}>0"),
    "birthday": _mark(
        f"AND({_IN_A},{_TEACHING},ISNUMBER({_BIRTH}),MONTH(N({_BIRTH}))=MONTH({_END}))",
        f"{_PARTIES}>0",
        f'"{w.LACKS}"&DAY({_BIRTH})&"日"',
    ),
    "case": _mark(f'AND({_IN_A},{_helper("reason")}<>"")', f"{_PLANS}>0"),
    "growth": _mark(f"AND({_CARED_FOR},{_TEACHING})", f"{_GROWN}>0"),
}
