"""The notice of a county whose troubles are known names exactly these, and its every number is counted anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.county import MONTH, notice_tables, notice_text
from helpers.recount import Counted, added, change, counted, lowest, percent
from helpers.troubled import BEFORE, Drawn, drawn, write_before, write_county, write_due
from pipeline.county.rollup import Terms, published, rollup
from pipeline.model import Month
from schemas.figures import FIGURES

DEADLINE = date(2026, 11, 5)
MAIN = ("建档率", "教师结对率", "谈心达标率", "家访率")
TARGETS = ("建档率", "入学率", "巩固率")
FEW = (3, 4, 6, 8, 11, 14, 16)


@dataclass
class County:
    """A county that was told, beside what a clerk counts: the schools that count, now and the month before."""

    told: Path
    drawn: list[Drawn]
    now: dict[str, Counted]
    then: dict[str, Counted]

    def of(self, *troubles: str) -> list[Drawn]:
        return [s for s in self.drawn if s.trouble in troubles]

    @property
    def states(self) -> dict[str, list[str]]:
        """State → names in the order of the drawing."""
        late = [s.name for s in self._in() if self.now[s.name].is_whole and self.now[s.name].late(DEADLINE)]
        on_time = [s.name for s in self._in() if self.now[s.name].is_whole and not self.now[s.name].late(DEADLINE)]
        partial = [s.name for s in self._in() if not self.now[s.name].is_whole]
        others = {"退回": ("tampered", "other_month"), "重复": ("double",), "未交": ("absent",)}
        found = {"按时": on_time, "迟交": late, "部分班级未交": partial}
        return found | {state: [s.name for s in self.of(*kinds)] for state, kinds in others.items()}

    def _in(self) -> list[Drawn]:
        return [s for s in self.drawn if s.name in self.now]

    @property
    def all(self) -> list[Counted]:
        return list(self.now.values())

    def alike(self, names: list[str] | None = None) -> tuple[list[Counted], list[Counted]]:
        """Return the schools with the same classes in both months, now and then."""
        own = [n for n in names or self.now if n in self.then and self.now[n].classes_in == self.then[n].classes_in]
        return [self.now[n] for n in own], [self.then[n] for n in own]

    def change(self, title: str, names: list[str] | None = None) -> str:
        now, then = self.alike(names)
        return change(added(now, title), added(then, title))


def _county(base: Path, schools: list[Drawn]) -> County:
    write_before(base / "in-before", schools)
    write_county(base / "in", schools)
    listed = write_due(base / "应交学校.xlsx", schools, dated=(4, 30))
    rollup(published(base / "in-before"), Month.parse(BEFORE), base / "out", listed=listed, name="虚构县")
    _, path = rollup(
        published(base / "in"), Month.parse(MONTH), base / "out", listed=listed, name="虚构县", terms=Terms()
    )
    now, then = {}, {}
    for school in schools:
        if school.trouble in ("-", "partial", "foot", "moved"):
            (own,) = (base / "in").glob(f"{school.code}_*")
            stated = date.fromisoformat(f"2026-{school.came}") if school.number in (4, 30) else None
            now[school.name] = counted(own, school.name, stated)
        if school.trouble != "absent":
            (own,) = (base / "in-before").glob(f"{school.code}*")
            then[school.name] = counted(own, school.name)
    return County(path.parent, schools, now, then)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> County:
    return _county(tmp_path_factory.mktemp("few"), drawn(FEW))


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> County:
    return _county(tmp_path_factory.mktemp("thirty"), drawn())


# --- what each paragraph has to say -----------------------------------------------------------------------------------


def _names(names: list[str]) -> str:
    return "、".join(names[:10]) + (f"等 {len(names)} 所" if len(names) > 10 else "")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _expected(county: County) -> Iterator[str]:
    """Yield the paragraphs of the findings as a clerk would write them from his own counts, in order."""
    states = county.states
    due, on_time = len(county.drawn), len(states["按时"])
    whole = on_time + len(states["迟交"])
    shown = "，".join(f"{state} {len(own)}" for state, own in states.items() if own or state in ("按时", "未交"))
    rates = f"报送率 {percent(whole, due)}（{whole}/{due}），按时率 {percent(on_time, due)}（{on_time}/{due}）"
    yield f"应交 {due} 所学校：{shown}；{rates}。"
    yield from _states(county)
    n = sum(
        school.number not in (4, 30) for school in county.of("-", "partial", "foot", "moved", "other_month", "double")
    )
    yield f"{n} 所学校的收到日期取自文件时间（应交学校名单里没有写），以收件登记为准。"
    classes = sum(len(school.classes_in) for school in county.all)
    yield f"以下各项指标按计入的 {len(county.all)} 所学校加总（{classes} 个班），率由达成数除以应计数。"
    for title in TARGETS:
        yield _target(county, title)
    yield f"其余 {len(FIGURES) - 3} 项指标见附件 1。"
    yield from _low(county)
    yield from _quality(county)
    yield "没有发现在县内转学而去向不清的儿童。"
    yield _best(county)
    yield from _visits(county)
    yield from _demands(county)


def _states(county: County) -> Iterator[str]:
    late, partial = ([county.now[name] for name in county.states[s]] for s in ("迟交", "部分班级未交"))
    if late:
        told = [f"{s.name}（{_day(s.received)} 收到，迟 {s.late(DEADLINE)} 天）" for s in late]
        yield f"迟交 {len(late)} 所：{_names(told)}。"
    told = [f"{s.name}（{_classes(s)} 个班，缺{'、'.join(s.classes_out)}）" for s in partial]
    yield f"部分班级未交 {len(partial)} 所：{_names(told)}。"
    for state in ("退回", "重复"):
        if county.states[state]:
            told = [f"{s.name}（{_because(s)}）" for s in county.drawn if s.name in county.states[state]]
            yield f"{state} {len(told)} 所：{_names(told)}。"
    yield f"未交 {len(county.states['未交'])} 所：{_names(county.states['未交'])}。"


def _because(school: Drawn) -> str:
    return {
        "tampered": "目标达成!… 与上报时不同，已被改动；请学校重新生成，不要手工改",
        "other_month": "是 2026-08 的月报",
        "double": "收到两份不同的月报",
    }[school.trouble]


def _classes(school: Counted) -> str:
    return f"{len(school.classes_in)}/{len(school.classes_in) + len(school.classes_out)}"


def _target(county: County, title: str) -> str:
    n, due = added(county.all, title)
    behind = lowest(county.all, title)
    verdict = "未达标" if n < due else "未交齐"
    told = [f"{s.name} {s.share(title)[0]}/{s.share(title)[1]}" for s in behind]
    names = f"；没有达到的 {len(behind)} 所：{_names(told)}" if behind else ""
    return f"{title} {percent(n, due)}（{n}/{due}），{verdict}，同口径{_moved(county.change(title))}{names}。"


def _moved(change: str) -> str:
    if change == "0.00":
        return "与上月持平"
    return f"比上月{'上升' if change[0] == '+' else '下降'} {change[1:]} 个百分点"


def _low(county: County) -> Iterator[str]:
    for title in MAIN:
        own = lowest(county.all, title, below=Fraction(60, 100))
        if own:
            told = [f"{s.name} {s.share(title)[0]}/{s.share(title)[1]}" for s in own]
            yield f"{title}不到 60% 的 {len(own)} 所：{_names(told)}。"


def _quality(county: County) -> Iterator[str]:
    n, due = added(county.all, "报送质量")
    poor = lowest(county.all, "报送质量", below=Fraction(90, 100))
    told = _names([f"{s.name} {s.share('报送质量')[0]}/{s.share('报送质量')[1]}" for s in poor])
    yield f"报送质量 {percent(n, due)}（{n}/{due}）；低于 90% 的 {len(poor)} 所{'：' + told if poor else ''}。"
    wrong = [s for s in county.all if s.faults]
    told = _names([f"{s.name} {s.faults} 处" for s in wrong])
    yield f"勾稽不平的 {len(wrong)} 所{'：' + told if wrong else ''}。"


def _best(county: County) -> str:
    def is_done(school: Counted) -> bool:
        return school.is_whole and all(
            len({*school.share(t)}) == 1 for t in ("建档率", "谈心达标率", "家访率", "巩固率")
        )

    own = [school for school in county.all if is_done(school)]
    told = [
        f"{s.name}（建档 {_share(s, '建档率')}，谈心 {_share(s, '谈心达标率')}，家访 {_share(s, '家访率')}）"
        for s in own
    ]
    return f"{_names(told)}：谈心、家访、建档全部完成，没有儿童流失，班级交齐。"


def _share(school: Counted, title: str) -> str:
    return "{}/{}".format(*school.share(title))


def _visits(county: County) -> Iterator[str]:
    found = []
    for school in county.drawn:
        reasons = [*_reasons(county, school)]
        points = sum(point for point, _ in reasons)
        own = county.now.get(school.name)
        short = sum(s[1] - s[0] for s in map(own.share, MAIN)) if own else 0
        if points >= 2:
            found.append((-points, -short, school.code, school, "；".join(text for _, text in reasons)))
    for number, (*_, school, why) in enumerate(sorted(found, key=lambda one: one[:3])[:10], start=1):
        yield f"{number}. {school.town} {school.name}：{why}。"


def _reasons(county: County, school: Drawn) -> Iterator[tuple[int, str]]:
    own, then = county.now.get(school.name), county.then.get(school.name)
    if own is None:
        yield {
            "absent": (4, "没有报送（没有找到工作簿）"),
            "double": (3, "重复：收到两份不同的月报"),
        }.get(school.trouble) or (3, f"退回：{_because(school)}")
    elif not own.is_whole:
        yield 2, f"{_classes(own)} 个班交了表，缺{'、'.join(own.classes_out)}"
    elif own.late(DEADLINE):
        yield 1, f"迟交 {own.late(DEADLINE)} 天"
    if not (own and own.is_whole) and not (then and then.is_whole):
        yield 2, "上月也没有报齐"
    if own is None:
        return
    n, due = own.share("巩固率")
    if n < due:
        yield 3, f"{due - n} 名留守儿童没有巩固（巩固率 {n}/{due}）"
    if own.faults:
        yield 2, f"勾稽不平 {own.faults} 处"
    for title in MAIN:
        n, due = own.share(title)
        if Fraction(n, due) < Fraction(60, 100):
            yield 2, f"{title}只有 {n}/{due}"
        fall = county.change(title, [school.name])
        if fall.startswith("-") and Fraction(fall[1:]) >= 10:
            yield 1, f"{title}比上月下降 {fall[1:]} 个百分点"
    n, due = own.share("报送质量")
    if Fraction(n, due) < Fraction(90, 100):
        yield 1, f"报送质量 {n}/{due}"


def _reply_by(county: County) -> date:
    came = [date.fromisoformat(f"2026-{s.came}") for s in county.drawn if s.came != "-"]
    day = max(DEADLINE, *came) + timedelta(days=5)
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)


def _demands(county: County) -> Iterator[str]:
    by, states = _day(_reply_by(county)), county.states
    yield f"未交的 {len(states['未交'])} 所学校请于 {by}前报送。"
    yield f"部分班级未交的 {len(states['部分班级未交'])} 所学校请于 {by}前补齐班级、重新报送。"
    back = len(states["退回"]) + len(states["重复"])
    yield f"退回、重复的 {back} 所学校请于 {by}前重新生成工作簿再报，不要手工改动。"
    faults = sum(bool(school.faults) for school in county.all)
    yield f"勾稽不平的 {faults} 所学校请于 {by}前核对，并写明原因。"
    yield f"各校没有达到的指标和要改的错误，见发给各校的“返校单”，请于 {by}前改正，在下月月报中反映。"


# --- the tests --------------------------------------------------------------------------------------------------------


def _check(county: County) -> None:
    """The notice says what the clerk counted, word for word; nothing in it has a number besides."""
    told = notice_text(county.told)
    findings = [text for text in told if not re.match(r"[一二三四五六七]、", text)]
    start = next(at for at, text in enumerate(findings) if text.startswith("应交 "))
    shown = [
        re.sub(r"目标达成![A-Z]+\d+", "目标达成!…", text) for text in findings[start:]
    ]  # where, is the seal's affair
    assert shown[: shown.index("虚构县教育局")] == [*_expected(county)]
    head = "".join(findings[:start])
    assert re.findall(r"\d+", head) == ["2026", "2026", "10", "2026", "10", "2026", "10", "31", "2026", "11", "5"]
    _check_tables(county, *notice_tables(county.told))


def _check_tables(county: County, figures: list[list[str]], schools: list[list[str]]) -> None:
    assert [row[1] for row in figures[1:]] == [figure.title for figure in FIGURES]
    for _, title, n, due, rate, changed, behind in figures[1:]:
        share = added(county.all, title)
        assert (int(n), int(due), rate, changed) == (*share, percent(*share), county.change(title))
        count = len(lowest(county.all, title))
        assert behind == (f"{count} 所" if count else "—")
    assert len(schools) == len(county.drawn) + 1
    state_of = {name: state for state, own in county.states.items() for name in own}
    for _, town, name, state, _, *rates in schools[1:]:
        own = county.now.get(name)
        assert (town, state) == (next(s.town for s in county.drawn if s.name == name), state_of[name])
        titles = ("建档率", "巩固率", "谈心达标率", "家访率")
        shown = [f"{percent(*own.share(t))} {_share(own, t)}" if own else "—" for t in titles]
        assert rates == shown


def test_a_few_schools_are_told_as_they_are(few: County) -> None:
    _check(few)


@pytest.mark.slow
def test_thirty_schools_are_told_as_they_are(thirty: County) -> None:
    """The troubled ones, by name, and no other."""
    _check(thirty)
    named = {name for text in notice_text(thirty.told)[6:12] for name in re.findall(r"虚构.镇第\d+小学", text)}
    assert named == {s.name for s in thirty.drawn if s.number in (*range(4, 13), 30)}


def _changed(check: Callable[[County], None], county: County, name: str) -> bool:
    """Tell whether a check fails where a clerk counts one child more."""
    own = county.now[name]
    n, due = own.shares["谈心达标率"]
    own.shares["谈心达标率"] = (n - 1, due)
    try:
        check(county)
    except AssertionError:
        return True
    finally:
        own.shares["谈心达标率"] = (n, due)
    return False


def test_the_check_can_fail(few: County) -> None:
    """One child less at one school, and the notice is wrong."""
    assert _changed(_check, few, few.all[0].name)
