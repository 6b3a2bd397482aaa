"""Names of files: as people read them, and as every file system takes them."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePosixPath

from schemas.folders import UNNAMED

STEM_BYTES = 150  # Linux allows a name 255 bytes, Windows a whole path 259 characters
_UNSEEN = ("Cc", "Cf", "Cs")  # control, format and bidi characters, halves of characters
_UNSAFE = re.compile(r'[<>:"|?*/\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)


def readable(name: str) -> str:
    """Return a name as it was meant: bytes of Chinese Windows read as such, and no character that can't be seen."""
    if any(unicodedata.category(c) == "Cs" for c in name):
        name = os.fsencode(name).decode("gb18030", "replace")
    return "".join(c for c in name if unicodedata.category(c) not in _UNSEEN) or UNNAMED


def safe_stem(name: str) -> str:
    """Return a name without its ending that Windows, macOS and Linux all take, the same or as near as can be."""
    stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", readable(name)))
    if stem.startswith(("~$", ".")):  # what begins so is passed over when it comes back
        stem = f"_{stem}"
    stem = _shortened(stem, STEM_BYTES).strip().rstrip(". ")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem or UNNAMED


def _shortened(text: str, limit: int) -> str:
    return text.encode("utf-8")[:limit].decode("utf-8", "ignore")


class UniqueNames:
    """Hands out safe names, no two of which any file system takes for one another: a later one gets a number."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}  # a name as compared → how many asked for it

    def __call__(self, name: str) -> str:
        """Return the safe name, or 名(2), 名(3) … where it is taken."""
        stem = found = safe_stem(name)
        number = self._taken.get(_compared(stem), 0)
        while _compared(found) in self._taken:
            number += 1
            found = f"{stem}({number})"
        self._taken[_compared(stem)] = max(number, 1)
        self._taken.setdefault(_compared(found), 1)
        return found


def _compared(name: str) -> str:
    """Return a name as the least exact file system compares it: blind to case and to how accents are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


_PASSED_OVER = ("~$", ".", "Thumbs.db", "desktop.ini", "__MACOSX")


def is_passed_over(name: str) -> bool:
    """Tell locks, hidden files and what systems leave in folders from what people hand in."""
    return any(part.startswith(_PASSED_OVER) for part in PurePosixPath(name).parts)
