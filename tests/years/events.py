"""What happens in a month: children come, go, are forgotten, move and return; classes are silent or merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from years.paper import Move, unit
from years.world import ALWAYS, NEVER, ONCE, Child, World

GONE = ("毕业", "死亡", "转出已确认")
MOST_NUMBERS = 2  # corrections of one child


def pass_month(world: World) -> None:
    """Let a month go by, whether a report is made of it or not."""
    for child in list(world.children):
        later(world, child)
        if child.is_gone:
            returns(world, child)
        elif child.shown == NEVER and world.some(0.4):
            child.shown = ALWAYS
            world.tell("remembered", child)
    for child in world.here():
        happening = next((event for kind, share, event in EVENTS if world.happens(kind, share)), None)
        if happening is not None and child.place in world.classes:
            happening(world, child)
    if world.month[1] in (6, 7):
        graduate(world)
    for place in list(world.classes):
        if world.happens("newcomer", 0.06):
            newcomer(world, place)
        if world.happens("silent", 0.04):
            world.silent[place] = world.rng.choice((1, 1, 2))
    if world.month[1] != 9 and world.happens("merge", 0.02):
        merge(world)


def newcomer(world: World, place: tuple[int, int]) -> None:
    child, day = world.born(place), world.day()
    child.joined_how, child.joined_on = "转入", day
    child.shown = NEVER if world.happens("forgotten", 0.1) else ALWAYS
    world.tell("newcomer" if child.shown == ALWAYS else "newcomer whom the roster forgets", child)
    if world.some(0.7):
        world.register(child, "转入", day)


# --- going ---


def goes(world: World, child: Child, kind: str, status: str, confirmed: str = "") -> None:
    """Let a child go, and the books say so: by a row of 学籍异动, by the roster, or by both."""
    day = world.day()
    child.is_gone = True
    way = world.rng.choice(("dropped", "dropped", "status", "both", "lag"))
    is_passing = status not in GONE
    if (way == "lag" and kind != "转出") or (is_passing and way in ("dropped", "lag") and not world.may("passing")):
        way = "both"
    world.tell(f"goes as {status}, {way}", child)
    if way != "status":
        world.register(child, kind, day, confirmed=confirmed)
    if way == "dropped":
        child.shown = NEVER
    elif way == "lag":
        child.shown = ONCE
    else:
        child.status, child.status_on = status, day
        child.shown = ONCE if status in GONE else ALWAYS
    if status == "转出未落实":
        number = child.id_card if world.some(0.5) or child.known != child.place else ""
        child.loose["confirm"] = Move(child.who, day, child.name, "转出", child.place, number, "是")


def confirmed(world: World, child: Child) -> None:
    goes(world, child, "转出", "转出已确认", "是")


def unconfirmed(world: World, child: Child) -> None:
    goes(world, child, "转出", "转出未落实", world.rng.choice(("否", "")))


def suspended(world: World, child: Child) -> None:
    goes(world, child, "休学", "休学")


def dropout(world: World, child: Child) -> None:
    kind = world.rng.choice(("疑似辍学", "辍学"))
    goes(world, child, kind, kind)


def death(world: World, child: Child) -> None:
    goes(world, child, "死亡", "死亡")
    child.loose["dead"] = Move(child.who, world.day(), child.name, "死亡", child.place)


def unregistered(world: World, child: Child) -> None:
    """Let a child go without a word; the row may follow months later, with the day on which he went."""
    child.is_gone, child.shown = True, NEVER
    answer = world.rng.choice(("是", "是", "否" if world.may("passing") else "是"))
    child.loose["late"] = Move(child.who, world.day(), child.name, "转出", child.place, child.id_card, answer)
    world.tell("goes unregistered", child)


def garbled(world: World, child: Child) -> None:
    """Let a child go by a row of 学籍异动 that can't be used; the right one may follow."""
    unregistered(world, child)
    if world.may_name(child) or child.id_card:
        world.write(replace(child.loose["late"], kind="走了"))


def forgotten(world: World, child: Child) -> None:
    child.shown = NEVER
    world.tell("forgotten by the roster", child)


# --- what follows later ---


def later(world: World, child: Child) -> None:
    """Tell the books what they did not know: a departure, its confirmation, a corrected number."""
    for kind in ("late", "confirm", "correct"):
        move = child.loose.get(kind)
        if move is None or not world.some(0.25):
            continue
        if kind != "correct" and not child.is_gone:
            del child.loose[kind]
        elif _may_tell(world, child, kind, move):
            del child.loose[kind]
            day = move.day if kind == "late" or world.some(0.4) else world.day()
            world.write(replace(move, day=day))
            if kind == "confirm" and child.shown == ALWAYS:
                child.shown = ONCE


def _may_tell(world: World, child: Child, kind: str, move: Move) -> bool:
    """Tell whether a row can be written late: by name and class alone within the 学年; of old days at any time."""
    is_of_this_year = move.day >= date(world.school_year(), 9, 1)
    if not move.id_card and not (kind != "correct" and is_of_this_year and world.may_name(child)):
        return False
    return world.may("old rows") or (is_of_this_year and world.month[1] not in (6, 7, 8, 9))


def returns(world: World, child: Child) -> None:
    """Bring a child back who has gone before this month, if he can."""
    grade = child.place[0]
    rooms = [place for place in world.classes if place[0] == grade]
    if "dead" in child.loose or child.status == "毕业" or not rooms or not world.happens("return", 0.07):
        return
    was_shown, day = child.shown == ALWAYS, world.day()
    child.place = child.place if child.place in rooms else world.rng.choice(rooms)
    how = "复学" if child.status == "休学" else world.rng.choice(("返校", "转入", "复学"))
    child.is_gone, child.status, child.status_on = False, "在读", None
    child.joined_how, child.joined_on = (how if how != "返校" else "转入"), day
    child.loose = {key: move for key, move in child.loose.items() if key == "correct"}
    child.shown = NEVER if not was_shown and world.some(0.12) else ALWAYS
    world.tell("returns" if child.shown == ALWAYS else "returns, the roster forgets him", child)
    if world.some(0.65):
        world.register(child, how, day)


# --- moving, and being called otherwise ---


def moves(world: World, child: Child) -> None:
    """Move a child to another class: of his grade, seldom of another one."""
    beside = world.beside(child.place)
    if not beside or world.some(0.1):
        beside = [place for place in world.classes if place != child.place]
    old, row, day = child.place, child.row(), world.day()
    as_departure = world.some(0.15) and bool(child.id_card)
    if as_departure:
        world.register(child, "转出", day, confirmed="是")
    child.place = world.rng.choice(beside)
    child.joined_on = day if world.some(0.6) else child.joined_on
    chance = world.rng.random()
    child.also = (old, row) if chance < 0.15 else None
    child.shown = NEVER if 0.15 <= chance < 0.3 else ALWAYS
    how = "old class lists him too" if child.also else "new class forgets him" if child.shown == NEVER else ""
    world.tell(f"moves from {unit(old)} {how}", child)
    if as_departure:
        world.register(child, "转入", day)


def number_corrected(world: World, child: Child) -> None:
    """Correct an 身份证号, with its G number; or the J number of who has no other."""
    if "correct" in child.loose or child.corrected >= (MOST_NUMBERS if child.id_card else 1):
        return
    old = child.id_card or child.student_no
    child.corrected += 1
    if child.id_card:
        child.id_card = world.number(child.birth, child.sex)
        child.student_no = f"G{child.id_card}"
        old = world.rng.choice((old, f"G{old}"))
    else:
        child.student_no = f"J{53990012340000 + child.who:018d}"
    is_told = world.some(0.5)
    world.tell("number corrected", child)
    move = Move(child.who, world.day(), child.name, "信息更正", child.place, child.id_card, "", old)
    if is_told:
        world.write(move)
    elif child.id_card:
        child.loose["correct"] = move


def name_corrected(world: World, child: Child) -> None:
    if not child.id_card and child.corrected:
        return
    child.corrected += not child.id_card
    old, child.name = child.name, child.name[0] + world.name()[1:]
    while child.name in world.names:
        child.name = child.name[0] + world.name()[1:]
    world.names.add(child.name)
    child.known = None
    world.tell(f"name corrected from {old}", child)
    if world.some(0.5):
        world.register(child, "信息更正", world.day(), old_number=child.id_card or child.student_no)


# --- classes ---


def graduate(world: World) -> None:
    """Write in June or July that a class has graduated, child by child; what is not written, September tells."""
    for place in world.classes:
        if place[0] == world.last and world.last in (6, 9) and world.happens("graduation", 0.3):
            for child in [one for one in world.here() if one.place == place]:
                goes(world, child, "毕业", "毕业")
                child.status = "毕业"


def merge(world: World) -> None:
    """Close a class within the year: its children go into another of their grade."""
    places = [place for place in world.classes if world.beside(place)]
    if not places:
        return
    old = world.rng.choice(places)
    new = world.rng.choice(world.beside(old))
    world.classes.remove(old)
    world.told.append(f"{world.month[0]}-{world.month[1]:02d} {unit(old)} is merged into {unit(new)}")
    for child in world.children:
        if child.place == old:
            child.place = new
            if child.shown == ALWAYS and not child.is_gone and world.happens("forgotten", 0.2):
                forgotten(world, child)


Event = Callable[[World, Child], None]
EVENTS: tuple[tuple[str, float, Event], ...] = (
    ("confirmed", 0.02, confirmed),
    ("unconfirmed", 0.015, unconfirmed),
    ("unregistered", 0.015, unregistered),
    ("garbled", 0.006, garbled),
    ("suspended", 0.012, suspended),
    ("dropout", 0.012, dropout),
    ("death", 0.004, death),
    ("forgotten", 0.03, forgotten),
    ("move", 0.025, moves),
    ("number", 0.02, number_corrected),
    ("name", 0.01, name_corrected),
)
