"""The declarations keep their own promises, and what is generated from them is current."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from helpers.places import ROOT
from pipeline.returning.generated import write_generated
from schemas import checks, policy, rules
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.forms import FORMS
from schemas.kinds import Code
from schemas.layout_in_force import BUREAU_IN_FORCE
from schemas.tables import ALWAYS, FIRST_DATA_ROW, HEADER_ROW, Table, WorkbookForm

STALE = "not what schemas/ gives now: run `make templates`"
TABLES = [(form, table) for form in FORMS for table in form.tables]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_template_shows_every_declared_sheet_and_column(form: WorkbookForm) -> None:
    """A blank template has each sheet with its titles, in order, in the header row."""
    book = openpyxl.load_workbook(ROOT / "input_templates" / f"{form.title}.xlsx")
    assert book.sheetnames[0] == "填表说明"
    for table in form.tables:
        titles = [cell.value for cell in book[table.title][HEADER_ROW]]
        assert titles == [column.title for column in table.columns], STALE


def test_templates_help_the_one_who_fills_them() -> None:
    """Every column has a hint, closed lists have drop-downs, numbers of identity are text cells."""
    book = openpyxl.load_workbook(ROOT / "input_templates" / "班级月报.xlsx")
    for table in CLASS_WORKBOOK.tables:
        sheet = book[table.title]
        found = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
        assert len(found) == len(table.columns), STALE
        for place, column in enumerate(table.columns, start=1):
            letter = openpyxl.utils.get_column_letter(place)
            validation = found[f"{letter}{FIRST_DATA_ROW}"]
            assert validation.prompt
            if isinstance(column.kind, Code):
                assert validation.type == "list"
            if column.key in ("id_card", "student_no") or "phone" in column.key:
                assert sheet.column_dimensions[letter].number_format == "@"


def test_what_waits_stands_grey_until_it_is_begun() -> None:
    """In every sheet that holds rows ready, by the same rule: all that we typed, while the first cell of theirs is empty."""
    book = openpyxl.load_workbook(ROOT / "input_templates" / "班级月报.xlsx")
    for table in CLASS_WORKBOOK.tables:
        letters = {key: openpyxl.utils.get_column_letter(place) for place, key in enumerate(table.keys, start=1)}
        grey = {
            str(area.sqref).split(":")[0]: rule.formula[0]
            for area in book[table.title].conditional_formatting
            for rule in area.rules
            if rule.dxf.font is not None
        }
        waits = f"LEN(${letters[table.begun_at]}{FIRST_DATA_ROW})=0"
        assert grey == {f"{letters[key]}{FIRST_DATA_ROW}": waits for key in table.held_keys}, STALE


def test_generated_files_are_current(tmp_path: Path) -> None:
    """Templates and generated docs are byte for byte what the declarations give; `make templates` mends this."""
    for path in write_generated(tmp_path):
        committed = ROOT / path.relative_to(tmp_path)
        is_current = committed.is_file() and committed.read_bytes() == path.read_bytes()
        assert is_current, f"{committed.name}: {STALE}"


def test_every_rule_is_used_and_every_sentence_has_its_words() -> None:
    """No rule is declared for nothing; each is named somewhere in the code."""
    code = "".join(p.read_text("utf-8") for folder in ("pipeline", "schemas") for p in (ROOT / folder).rglob("*.py"))
    names = {name for name, value in vars(rules).items() if isinstance(value, rules.Rule)}
    used = Counter(re.findall(r"\w+", code))
    assert not {name for name in names if used[name] < 2}, "declared, and told by no function of pipeline/checks"


def test_every_failed_check_has_a_rule() -> None:
    """pandera's names of checks are all mapped; an unknown one would raise."""
    from datetime import date

    for _, table in TABLES:
        schema = checks.pandera_schema(table, date(2026, 10, 31))
        for column in schema.columns.values():
            assert {check.error for check in column.checks} <= set(checks.RULE_OF_CHECK)


@pytest.mark.parametrize(("form", "table"), TABLES, ids=lambda item: getattr(item, "title", ""))
def test_examples_are_what_the_columns_want(form: WorkbookForm, table: Table) -> None:
    """Each example of the dictionary can be read, and a closed list's example stands in its list."""
    from datetime import date

    for column in table.columns:
        reading = column.kind.read(column.example, date(2026, 10, 31))
        assert reading.fault is None, column.title
        if isinstance(column.kind, Code) and reading.value is not None:
            assert reading.value in column.kind.codes.words


def test_default_rubrics_and_presets_hold_the_contract() -> None:
    """Weights sum to 100; seven presets, each with duties (which: tests/scoring/test_against_the_oracle.py)."""
    assert sum(item.points for item in policy.DEFAULT_RUBRIC) == 100
    assert sum(item.points for item in policy.DEFAULT_TEACHER_RUBRIC) == 100
    assert len(policy.PRESETS) == 7
    assert all(any(duty.is_on for duty in policy.preset_duties(preset)) for preset in policy.PRESETS)


def test_required_columns_say_what_they_want() -> None:
    """A 是 column has a hint or a kind that describes itself."""
    assert all(column.wanted for _, table in TABLES for column in table.columns if column.need == ALWAYS)


def test_the_bureau_is_told_of_every_sheet() -> None:
    """What the schools send is named, sheet by sheet, in the page that says how to read it."""
    named = re.split(r"[、，；：。“”\s]+", (ROOT / "docs" / "教育局.md").read_text("utf-8"))
    assert not {sheet.title for sheet in BUREAU_IN_FORCE.sheets} - set(named), "not named in docs/教育局.md"


def test_what_stands_twice_is_named() -> None:
    """A title beside a former title, a key, a rule's code: whoever adds a declaration is told with which it collides."""
    one, other = CLASS_WORKBOOK.tables[0].columns[:2]
    for column, named in ((replace(other, also=(one.title,)), one.title), (replace(other, key=one.key), one.key)):
        with pytest.raises(ValueError, match=rf"twice: {named}$"):
            replace(CLASS_WORKBOOK.tables[0], columns=(one, column))
    double = replace(rules.NOT_OURS, title="另一条")
    with pytest.raises(ValueError, match=rf"{double.code} \({rules.NOT_OURS.title} / 另一条\); free: E"):
        rules.refuse_twice([*rules.RULES, *rules.RULES, double])
