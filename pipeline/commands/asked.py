"""What people ask for on the command line: a month, a password. A password is never an argument and is never kept."""

from __future__ import annotations

import os
from getpass import getpass
from typing import TYPE_CHECKING

from pipeline.commands.console import is_asked
from pipeline.errors import OperatorError
from schemas import operator_words as words

if TYPE_CHECKING:
    from pipeline.model import Month


def month_of(text: str) -> Month:
    """Return the month that was typed. Raises OperatorError."""
    from pipeline.model import Month

    try:
        return Month.parse(text)
    except ValueError:
        raise OperatorError(words.BAD_MONTH.format(text=text)) from None


def known_password() -> str:
    """Return the password of the environment, or ""."""
    return os.environ.get(words.PASSWORD_VARIABLE, "")


def new_password() -> str:
    """Return the password to encrypt with. Raises OperatorError where there is none, or the two typed differ."""
    found = known_password()
    if not found and is_asked():
        found = getpass(words.ASK_PASSWORD)
        if getpass(words.ASK_AGAIN) != found:
            raise OperatorError(words.PASSWORDS_DIFFER)
    if not found:
        raise OperatorError(words.NO_PASSWORD)
    return found
