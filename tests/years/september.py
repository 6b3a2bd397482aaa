"""What September brings: every class a grade up, the highest gone, classes made anew, a new lowest grade."""

from __future__ import annotations

from years.events import forgotten
from years.paper import Place, unit
from years.world import ALWAYS, NEVER, World


def september(world: World) -> None:
    """Begin a new school year."""
    world.year_moves = []
    for child in world.children:
        child.place = (child.place[0] + 1, child.place[1])
        child.known = child.known and (child.known[0] + 1, child.known[1])
        child.also = None
        if not child.is_gone:
            child.joined_how, child.joined_on = "期初在籍", None
    world.classes = [(grade + 1, number) for grade, number in world.classes]
    world.silent = {(grade + 1, number): left for (grade, number), left in world.silent.items()}
    _leave(world)
    for grade in sorted({grade for grade, _ in world.classes}):
        _made_anew(world, grade)
    for child in world.here():
        if world.happens("forgotten", 0.03):
            forgotten(world, child)
    world.open_classes(world.first)


def _leave(world: World) -> None:
    """Let the highest grade go: as 毕业 after 六年级 or 九年级; else to another school, if somebody writes so."""
    for place in [place for place in world.classes if place[0] > world.last]:
        world.classes.remove(place)
    for child in world.children:
        if child.place[0] != world.last + 1:
            continue
        was_here = not child.is_gone
        child.is_gone, child.shown = True, NEVER
        if world.last in (6, 9):
            child.status = "毕业"
        elif was_here and world.some(0.7):
            child.loose["dead"] = world.register(child, "转出", world.day(), confirmed="是")


def _made_anew(world: World, grade: int) -> None:
    """Renumber, split or merge the classes of a grade."""
    own = sorted(place for place in world.classes if place[0] == grade)
    if world.happens("renumbered", 0.15):
        numbers = world.rng.sample((1, 2, 3), len(own)) if len(own) < 4 else [number for _, number in own]
        _follow(world, dict(zip(own, [(grade, number) for number in numbers], strict=True)), "is now")
    elif len(own) > 1 and world.happens("merged", 0.2):
        _follow(world, {own[1]: own[0]} if world.some(0.5) else {own[0]: own[1]}, "is merged into")
    elif len(own) == 1 and len(world.classes) < 4 and world.happens("split", 0.15):
        _split(world, own[0])


def _follow(world: World, to: dict[Place, Place], how: str) -> None:
    """Let the children of classes, those away as well, follow into others."""
    for old, new in to.items():
        world.told.append(f"{world.month[0]}-09 {unit(old)} {how} {unit(new)}")
    for child in world.children:
        child.place = to.get(child.place, child.place)
    world.classes = sorted({to.get(place, place) for place in world.classes})
    world.silent = {}


def _split(world: World, old: Place) -> None:
    new = (old[0], old[1] % 3 + 1)
    world.classes.append(new)
    world.told.append(f"{world.month[0]}-09 {unit(old)} is split: {unit(new)}")
    for child in world.children:
        if child.place == old and child.shown == ALWAYS and world.some(0.5):
            child.place = new
