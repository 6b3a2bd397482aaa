"""Trouble that stops the run: an operator's sentence and an exit code. Anything else is a bug and crashes loudly."""

from __future__ import annotations

EXIT_DONE, EXIT_PROBLEMS, EXIT_NOTHING_DONE = 0, 1, 2


class OperatorError(Exception):
    """Nothing could be done; the message is the one sentence that the operator reads."""
