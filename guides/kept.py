"""Where the guides lie, and what is kept beside their pictures: of what each was drawn."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from guides.pictures import ENDING, FOLDER, KEPT

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES_AT = DOCS / FOLDER
GUIDES = ("老师", "管理员")
PRINTED = DOCS / "老师.pdf"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(" + FOLDER + r"/([^)]+)\)")


def guide(name: str) -> str:
    """Return a guide's text."""
    return (DOCS / f"{name}.md").read_text("utf-8")


def pictures_of(text: str) -> list[str]:
    """Return the files of the pictures that a guide shows."""
    return [name for _, name in _PICTURE.findall(text)]


def is_there(name: str) -> bool:
    """Tell whether a picture is drawn."""
    return (PICTURES_AT / f"{name}{ENDING}").is_file()


def hash_of_printed() -> str:
    """Return the hash of all that the printed guide is made of."""
    text = guide(PRINTED.stem)
    found = hashlib.sha256(text.encode())
    for name in pictures_of(text):
        found.update((PICTURES_AT / name).read_bytes())
    return found.hexdigest()[:16]


def read() -> dict[str, str]:
    """Return picture, or printed guide → the hash of what it was made of; nothing where nothing is kept."""
    path = PICTURES_AT / KEPT
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def write(hashes: Mapping[str, str]) -> None:
    """Keep of what the pictures and the printed guide were made."""
    told = json.dumps(dict(sorted(hashes.items())), ensure_ascii=False, indent=1)
    (PICTURES_AT / KEPT).write_text(told + "\n", encoding="utf-8", newline="\n")
