"""The files of a district's month: their names, which of them are ours to replace, which somebody has edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.keeping.placing import MADE_HERE, is_untouched
from pipeline.keeping.targets import Kind, is_our_workbook
from pipeline.model import Month
from pipeline.publishing.names import in_file_name
from schemas import county_notice_words as n
from schemas import county_words as w


@dataclass(frozen=True)
class Files:
    """The names of a district's files in its folder. `notice_again`: of a new notice beside one that was edited."""

    book: str
    notice: str
    notice_again: str
    texts: str
    returns: str
    returns_folder: str


def files_of(name: str, month: Month) -> Files:
    """Return the names of the files of a district ("": one without a name) and month."""
    own = in_file_name(name or w.NAMELESS) or w.NAMELESS
    forms = (w.FILE_NAME, n.NOTICE_FILE, n.NOTICE_AGAIN, n.TEXT_FILE, n.RETURN_FILE, n.RETURN_FOLDER)
    return Files(*(form.format(name=own, month=month) for form in forms))


def kind_of(name: str, month: Month, kept: Collection[str] = ()) -> Kind:
    """Return what may be replaced: roll-ups of ours. Only that of the same name is; another district's stays.

    `kept`: files of these names that stay all the same.
    """
    files = files_of(name, month)

    def is_ours(folder: Path) -> bool:
        pattern = w.FILE_NAME.format(name="*", month=month)
        own = [path for path in folder.glob(pattern) if is_our_workbook(path, w.TITLE)]
        return bool(own) and ((folder / files.book) in own or not (folder / files.book).exists())

    return Kind(is_ours, (set(astuple(files)) - set(kept)).__contains__)


def edited(target: Path, files: Files) -> list[str]:
    """Return the notices in a folder that are not as we wrote them: they are somebody's own by now. Raises OSError."""
    names = (files.notice, files.notice_again)
    return [name for name in names if (target / name).is_file() and not is_untouched(target / name)]


def remember(staging: Path, target: Path, notice: bytes) -> None:
    """Leave in the new folder what notices we wrote, here and before: by that an edited one is known."""
    known = {hashlib.sha256(notice).hexdigest()}
    try:
        told = json.loads((target / MADE_HERE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = []
    known |= {str(digest) for digest in told} if isinstance(told, list) else set()
    (staging / MADE_HERE).write_text(json.dumps(sorted(known), indent=0) + "\n", encoding="utf-8")
