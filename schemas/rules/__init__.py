"""The rule catalogue: every problem that can be told, with a stable code, a level, a sentence, a remedy and an example.

Sentences are `str.format` templates. `{column}` is the column's title, `{typed}` the (masked) value as typed;
the other fields are named by the rule and given where the problem is found.
Codes: E an error (the value does not count), W a warning (counts, someone should look), N a note (repaired).
1xx one cell, 2xx one row or table, 3xx against other tables, 4xx a sheet or a file.
"""

from schemas.rules import across, cell, file, row, tables
from schemas.rules.across import *
from schemas.rules.cell import *
from schemas.rules.file import *
from schemas.rules.row import *
from schemas.rules.rule import *
from schemas.rules.rule import Rule, refuse_twice
from schemas.rules.tables import *
from schemas.rules.words import *

_FOUND = [value for part in (cell, row, tables, across, file) for value in vars(part).values() if isinstance(value, Rule)]
BY_CODE = {rule.code: rule for rule in sorted(_FOUND, key=lambda rule: ("EWN".index(rule.code[0]), rule.code))}
RULES: tuple[Rule, ...] = tuple(BY_CODE.values())
ACROSS: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.slip)
NEED_SCHOOL_WORKBOOK: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.needs_school)
refuse_twice(_FOUND)
