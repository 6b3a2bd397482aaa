"""The formulas of the live sheet, one a thing that a child is owed: see `live_who`, which says who is counted."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.excel.live_who import (
    ANY,
    DECIDES_IF,
    END,
    HAS_NUMBER,
    NAME,
    START,
    cells_of,
    fact,
    helper,
    known,
    one_of,
    own,
    where,
    without_blanks,
)
from schemas import class_workbook as forms
from schemas import live_words as w
from schemas.codes import ALL_PUPILS, DASH, MALE, YES, Activity, Contact, Joined, Pairing, Parent, Status
from schemas.codes import LACKS as NONE
from schemas.identity import CHECK_DIGITS, WEIGHTS
from schemas.names import BUT
from schemas.tables import ALWAYS, ARCHIVE, Table


def _mark(is_owed: str, is_met: str, lack: str = f'"{w.LACKS}"') -> str:
    """Return whether a thing is owed and met; nothing is, as long as a cell that decides who is counted is empty."""
    return f'IF({is_owed},IF(AND({helper("doubtful")}=0,{is_met}),"{w.DONE}",{lack}),"{w.NOT_OWED}")'


# --- what is owed -----------------------------------------------------------------------------------------------------

_IN_A, _CARED_FOR = f"{helper('in_a')}=1", f"{helper('cared_for')}=1"
_OF_ARCHIVE = f"OR({helper('in_l')}=1,{_CARED_FOR})"
_TEACHING = f"{fact('is_teaching')}=1"
_FROM_THE_FIRST = f"{helper('joined')}<={START}"


def _empty(table: Table, row: str, needs: tuple[str, ...], skip: tuple[str, ...] = ()) -> str:
    """Return how many cells of one row are empty or say that nothing is known, of the columns that everybody needs."""
    keys = [c.key for c in table.columns if c.key not in ("pupil",)]
    wanted = [str(int(table.by_key[key].need in needs and key not in skip)) for key in keys]
    cells, unsaid = f"INDEX({cells_of(table, keys[0], keys[-1])},{row},0)", ";".join(f'"{word}"' for word in w.UNSAID)
    asked = f"{{{','.join(wanted)}}}"
    return f"SUMPRODUCT((LEN({cells})=0)*{asked})+SUMPRODUCT(({cells}={{{unsaid}}})*{asked})"


def _faulty_number() -> str:
    """Return 1 where the identity number is none, or says another day of birth or sex (GB 11643)."""
    number, birth, sex = helper("id_card"), own("birth_date"), own("sex")
    places, weights = (",".join(map(str, each)) for each in (range(1, 18), WEIGHTS))
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
    """Return 1 where a number has lost digits, or a mobile number has one too many; blanks and - are no digits."""
    bare = f'SUBSTITUTE({without_blanks(cell)},"-","")'
    is_mobile = f'AND(LEFT({cell})="1",OR(LEN({bare})=10,LEN({bare})=12))'
    return f'IF(AND(LEN({cell})>0,{cell}<>"{DASH}",OR(LEN({bare})<10,{is_mobile})),1,0)'


def _archive() -> str:
    conditional = (
        where(f"LEN({own('student_no')})=0", own("id_card")),
        *DECIDES_IF,
        where(f'AND({own("joined_how")}<>"",{own("joined_how")}<>"{Joined.FROM_START}")', own("joined_on")),
        where(f"NOT({one_of(own('status'), ('', Status.ENROLLED, Status.LEFT_UNSETTLED))})", own("status_on")),
        f"IF(N({own('archived_on')})>{END},1,0)",
        _faulty_number(),
    )
    by_number = (  # what the report fills in by the identity number; one that is wrong counts above
        f"IF(AND(LEN({own('birth_date')})=0,{helper('born')}>0),-1,0)",
        f"IF(AND(LEN({own('sex')})=0,{HAS_NUMBER}),-1,0)",
    )
    count = "+".join([_empty(forms.PUPILS, "[i]", (ALWAYS, ARCHIVE)), *conditional, *by_number])
    return _mark(_OF_ARCHIVE, f"{count}=0")


def _card() -> str:
    card, at_work = helper("card"), ("father_work_address", "mother_work_address")
    phones, names = ("father_phone", "mother_phone", "guardian_phone"), ("father_name", "mother_name")
    cell = {key: f"INDEX({cells_of(forms.CONTACTS, key)},{card})" for key in (*at_work, *phones, *names)}
    conditional = [where(f'{own(f"{key[:6]}_status")}="{Parent.AWAY}"', cell[key]) for key in at_work]
    for key in (*names, *phones[:2]):
        is_there = f"NOT({one_of(own(f'{key[:6]}_status'), (Parent.DEAD, Parent.LOST))})"
        conditional.append(f'IF(AND({is_there},{cell[key]}="{DASH}"),1,0)')
    conditional += [_faulty_phone(cell[key]) for key in phones]
    count = "+".join([_empty(forms.CONTACTS, card, (ALWAYS, ARCHIVE), at_work), *conditional])
    return _mark(_OF_ARCHIVE, f"IF({card}=0,FALSE,{count}=0)")


_CHILD = (("pupil", NAME), ("student_no", helper("number")))  # whose a row is; of two with one name the number says it


def _count(table: Table, *conditions: tuple[str, str]) -> str:
    asked = ",".join(f"{cells_of(table, key)},{what}" for key, what in conditions)
    return f"COUNTIFS({asked})"


def _said(table: Table, *keys: str) -> tuple[tuple[str, str], ...]:
    """Return that the cells without which a record is none are filled (contract §5)."""
    assert all(table.by_key[key].need == ALWAYS for key in keys)
    return tuple((key, '"?*"') for key in keys)


def _active(*kinds: str) -> str:
    """Return how many pairings of some kinds a child has at the end of the month."""
    said = _said(forms.PAIRINGS, "helper")
    paired = ((*_CHILD, ("kind", f'"{kind}"'), *said, ("since", f'"<="&{END}')) for kind in kinds)
    counted = (
        f"{_count(forms.PAIRINGS, *o)}-{_count(forms.PAIRINGS, *o, ('until', f'{chr(34)}<={chr(34)}&{END}'))}"
        for o in paired
    )
    return "(" + "+".join(counted) + ")"


def _since(start: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("date", f'">="&{start}'), ("date", f'"<="&{END}')


def _named(table: Table, key: str, *conditions: tuple[str, str]) -> str:
    """Return how many rows name a child in a list, or name 全体 on a day when he is there and do not leave him out."""
    called = helper("called")
    anywhere, left_out, everyone = f'"*"&{called}&"*"', f'"{ALL_PUPILS}*{BUT}*"&{called}&"*"', f'"{ALL_PUPILS}*"'
    there = (*conditions, ("date", f'">="&{helper("joined")}'), ("date", f'"<"&{helper("gone")}'))
    by_name, but = (_count(table, (key, what), *conditions) for what in (anywhere, left_out))
    of_all, but_then = (_count(table, (key, what), *there) for what in (everyone, left_out))
    alone = f'+IF({helper("number")}="{ANY}",0,{_count(table, *_CHILD, *conditions)})' if key == "pupil" else ""
    return f"({by_name}-{but}+{of_all}-{but_then}{alone})"


def _any_of(words: Iterable[str]) -> str:
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def _done(count: str, times: str) -> str:
    """Tell whether a duty is met, which it can't be of a child of whom nobody knows since when he is there."""
    return f"{helper('unjoined')}=0,{count}>={times}"


_OF_TALK = (*_said(forms.TALKS, "speaker", "mode", "topic", "content"), ("role", fact("talk_roles", last="D")))
_TALKS = f"SUMPRODUCT({_count(forms.TALKS, *_CHILD, *_since(START), *_OF_TALK)})"
_CALL_KINDS = _any_of((Contact.PHONE, Contact.VIDEO, Contact.LETTER))
_WITH = _said(forms.CONTACTS_LOG, "with_whom")
_CALLS = f"SUMPRODUCT({_count(forms.CONTACTS_LOG, *_CHILD, *_since(START), *_WITH, ('kind', _CALL_KINDS))})"
_TERM = (*_since(fact("term_start")), *_WITH)
_VISITED = _count(forms.CONTACTS_LOG, *_CHILD, *_TERM, ("kind", f'"{Contact.HOME_VISIT}"'))
_VISITS = f"({_VISITED}+IF({helper('known')}=0,0,N({known('B')})))"
_BOARDING = fact("visit_boarding")
_MEETINGS = "+".join(
    _named(forms.CONTACTS_LOG, "pupil", *_TERM, ("kind", f'"{kind}"'))
    for kind in (Contact.GUARDIAN_MEETING, Contact.FORUM)
)
_BIRTH = helper("born")
_OF_ACTIVITY = (*_since(START), *_said(forms.ACTIVITIES, "title", "organizer"))
_PARTIES = _named(forms.ACTIVITIES, "participants", *_OF_ACTIVITY, ("kind", f'"{Activity.BIRTHDAY}"'))
_TOOK_PART = _named(forms.ACTIVITIES, "participants", *_OF_ACTIVITY, *_said(forms.ACTIVITIES, "kind"))
_DEADLINE = f"{helper('since')}+{fact('case_days')}"
_PLANS = _count(
    forms.PLANS,
    *_CHILD,
    ("reason", helper("reason")),
    ("made_on", f'">="&{helper("since")}'),
    ("made_on", f'"<="&{_DEADLINE}'),
    *_said(forms.PLANS, "owner", "measures", "progress"),
)
_SOUND = (
    *_CHILD,
    *_said(forms.GROWTH, "study", "conduct", "mind", "diary", "progress"),
    ("absent_days", '">=0"'),
)
_NO_CASE = f'"{NONE}"'
_OF_CASE = (*_said(forms.GROWTH, "trigger"), ("trigger", f'"<>{NONE}"'), ("triggered_on", '">0"'))
_GROWN = f"{_count(forms.GROWTH, *_SOUND, ('trigger', _NO_CASE))}+{_count(forms.GROWTH, *_SOUND, *_OF_CASE)}"
# Not due yet, as long as there is no plan.
_IS_YOUNG = f"AND({helper('untold')}=0,{helper('since')}>0,{END}<={_DEADLINE},{_PLANS}=0)"

MARK_FORMULAS = {
    "archive": _archive(),
    "card": _card(),
    "teacher": _mark(_CARED_FOR, f"{_active(Pairing.TEACHER)}>0"),
    "classmate": _mark(_CARED_FOR, f"{_active(Pairing.CLASSMATE)}>0"),
    "mother": _mark(_CARED_FOR, f"{_active(Pairing.MOTHER, Pairing.FATHER)}>0"),
    "focus": _mark(
        f'AND({_IN_A},{own("focus")}="{YES}")', f"AND({_active(Pairing.TEACHER)}>0,{_active(Pairing.PARENT)}>0)"
    ),
    "talk": _mark(
        f"AND({_CARED_FOR},{fact('talk_times')}>0,{_TEACHING},{_FROM_THE_FIRST})", _done(_TALKS, fact("talk_times"))
    ),
    "call": _mark(
        f"AND({_IN_A},{fact('call_times')}>0,{_TEACHING},{_FROM_THE_FIRST})", _done(_CALLS, fact("call_times"))
    ),
    "visit": _mark(
        f'AND({_IN_A},{fact("visit_times")}>0,OR({_BOARDING}="",{_BOARDING}={own("boarding")}),{helper("joined")}+30<={END})',
        _done(_VISITS, fact("visit_times")),
    ),
    "meeting": _mark(_IN_A, f"{_MEETINGS}+IF({helper('known')}=0,0,N({known('C')}))>0"),
    "activity": _mark(f"AND({_CARED_FOR},{_TEACHING})", f"{_TOOK_PART}>0"),
    "birthday": _mark(
        f"AND({_IN_A},{_TEACHING},{_BIRTH}>0,MONTH({_BIRTH})=MONTH({END}))",
        f"{_PARTIES}>0",
        f'"{w.LACKS}"&DAY({_BIRTH})&"日"',
    ),
    "case": _mark(
        f'AND({_IN_A},OR({helper("reason")}<>"",{helper("untold")}=1))',
        f"{helper('untold')}=0,{_PLANS}>0",
        f'IF({_IS_YOUNG},"{w.NOT_OWED}","{w.LACKS}")',
    ),
    "growth": _mark(f"AND({_CARED_FOR},{_TEACHING})", f"{_GROWN}>0"),
}
