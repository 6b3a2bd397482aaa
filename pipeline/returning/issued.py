"""What is issued for a month to come."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.reading.pool import Work


class Issued(NamedTuple):
    """A file for a month to come: its name, in which folder of the report it lies, and what is, or is being, made."""

    folder: str
    name: str
    content: Work | bytes
