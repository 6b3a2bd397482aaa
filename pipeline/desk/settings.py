"""What a folder of the program remembers beside itself: where the sheets and the reports are, and the last month.

A place inside the program's folder is kept as seen from there, so that a stick may have another letter at the next
computer; one at home without the name of whose home it is. Nothing else is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import machine
from pipeline.errors import OperatorError, reason_of
from schemas import desk_words as words

_INPUT, _OUTPUT, _AT_HOME = "input", "output", "~"


@dataclass(frozen=True)
class Settings:
    """The settings of a program's folder `home`. `last`: the month last reported, as 2026-10, or ""."""

    home: Path
    input: Path
    output: Path
    last: str = ""


def read_settings(home: Path) -> Settings:
    """Return the settings; those of a new folder where there are none, or they can't be read."""
    try:
        told = json.loads((home / words.SETTINGS_FILE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        told = {}
    told = told if isinstance(told, dict) else {}
    return Settings(
        home,
        _place(home, told.get(words.INPUT_KEY), _INPUT),
        _place(home, told.get(words.OUTPUT_KEY), _OUTPUT),
        str(told.get(words.LAST_KEY) or ""),
    )


def keep_settings(settings: Settings) -> Settings:
    """Keep the settings. Raises OperatorError."""
    told = {
        words.INPUT_KEY: _told(settings.home, settings.input),
        words.OUTPUT_KEY: _told(settings.home, settings.output),
        words.LAST_KEY: settings.last,
    }
    path = settings.home / words.SETTINGS_FILE
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        machine.replace(fresh, path)
    except OSError as trouble:
        told_why = words.NOT_WRITABLE.format(folder=settings.home, because=reason_of(trouble))
        raise OperatorError(told_why) from None
    return settings


def with_last(settings: Settings, month: object) -> Settings:
    """Return the settings after a month was reported."""
    return replace(settings, last=str(month))


def _place(home: Path, told: object, usual: str) -> Path:
    text = told if isinstance(told, str) and told.strip() else usual
    if text == _AT_HOME or text.startswith((f"{_AT_HOME}/", f"{_AT_HOME}\\")):
        return Path.home() / text[2:]
    return home / text


def _told(home: Path, place: Path) -> str:
    for root, before in ((home, ""), (_users_home(), f"{_AT_HOME}/")):
        if root and place.is_relative_to(root):
            return before + place.relative_to(root).as_posix()
    return str(place)


def _users_home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # a system without one
        return None
