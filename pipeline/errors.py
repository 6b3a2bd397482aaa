"""Trouble that stops the run: an operator's sentence and an exit code. Anything else is a bug and crashes loudly.

What the system says (a full disk, a folder that may only be read) is said in our own words, never in its English.
"""

from __future__ import annotations

from pipeline.machine import error_name
from schemas import operator_words as words

EXIT_DONE, EXIT_PROBLEMS, EXIT_NOTHING_DONE = 0, 1, 2


class OperatorError(Exception):
    """Nothing could be done; the message is the one sentence that the operator reads."""


class NotWritten(OperatorError):
    """The machine would not take what was to be written: a matter of the place, and not of what was worked out."""


def reason_of(trouble: BaseException) -> str:
    """Return why the system refused, in the operator's language."""
    number = getattr(trouble, "winerror", None) or getattr(trouble, "errno", None)
    known = words.BECAUSE.get(error_name(trouble))
    return known or words.BECAUSE_UNKNOWN.format(number=number or type(trouble).__name__)


def not_written(trouble: OSError, place: object) -> NotWritten:
    """Return the sentence for a write that failed below `place`; what was there before is as it was."""
    if isinstance(trouble, PermissionError):
        return NotWritten(words.NO_PERMISSION.format(name=place))
    return NotWritten(words.NOT_WRITABLE.format(folder=place, because=reason_of(trouble)))


def not_readable(trouble: OSError, place: object) -> OperatorError:
    """Return the sentence for a folder that can't be looked into."""
    return OperatorError(words.NOT_READABLE.format(name=trouble.filename or place, because=reason_of(trouble)))
