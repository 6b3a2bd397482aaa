"""A command line that speaks to its users in their language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from pipeline.errors import OperatorError
from schemas import usage_words as words


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, words.USAGE if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argparse parser whose help and mistakes are in Chinese. A mistake is an OperatorError."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = words.COMMANDS, words.OPTIONS
        self.add_argument("-h", "--help", action="help", help=words.HELP_HELP)

    def error(self, message: str) -> NoReturn:
        """Raise OperatorError with what argparse found, in our words."""
        found = ((re.fullmatch(pattern, message, re.DOTALL), said) for pattern, said in words.MISTAKES)
        problem = next((said.format(*match.groups()) for match, said in found if match), words.UNCLEAR)
        raise OperatorError(words.SEE_HELP.format(problem=problem, command=self.prog))
