"""Closed lists of the contract (§2, §3), each written once, with what people write instead.

A `CodeList` maps a colloquial form to its official one; the words that the pipeline reasons about are
named constants, so that no stage spells Chinese.
"""

from schemas.codes.base import *
from schemas.codes.pupil import *
from schemas.codes.records import *
from schemas.codes.school import *
