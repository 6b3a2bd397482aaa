"""The three workbooks that people fill."""

from __future__ import annotations

from schemas.class_workbook import CLASS_WORKBOOK
from schemas.plan_workbook import PLAN_WORKBOOK
from schemas.school_workbook import SCHOOL_WORKBOOK

FORMS = (CLASS_WORKBOOK, SCHOOL_WORKBOOK, PLAN_WORKBOOK)
