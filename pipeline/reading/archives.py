"""Unpack the zip archives that teachers send, in memory: none of their paths is ever used on the disk."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from pipeline.excel.guard import FILE_BYTES, Refused, content_type, unwrapped
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.file_names import readable

MEMBER_LIMIT = 200  # workbooks of one school's archive; beyond that it is no class's post
_ALL_BYTES, _ALL_MEMBERS = 10 * FILE_BYTES, 10 * MEMBER_LIMIT  # of an archive with those inside it
NESTED_DEPTH = 1
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_HEAD = re.compile(r"(?:.*/)?(?=\[content_types\]\.xml$|xl/workbook\.(?:xml|bin)$)", re.IGNORECASE)
_PART = re.compile(r"\[content_types\]\.xml$|(xl|word|ppt|_rels|docprops|docmetadata|customxml)/", re.IGNORECASE)


def unpacked(data: bytes, only: str = "", depth: int = 0) -> Iterator[tuple[str, bytes | Trouble]]:
    """Yield (name inside the archive, bytes or why it can't be read) of every file, or of the one called `only`.

    A member that is torn leaves the others whole. An archive that can't be opened at all, or holds too much with all
    that is inside it, is told without a name; the parts of a workbook that somebody unpacked once, by their folder.
    """
    opened = fenced(lambda: _opened(data))
    if isinstance(opened, Trouble):
        yield "", _of_archive(opened)
        return
    with opened as archive:
        members = [(member_name(member), member) for member in archive.infolist() if not member.is_dir()]
        apart = taken_apart([name for name, _ in members])
        yield from ((folder.rstrip("/"), Trouble(reason)) for folder, reason in apart.items())
        count = size = 0
        for name, member in members:
            if folder_of_parts(name, apart) is not None or (only and not f"{only}/".startswith(f"{name}/")):
                continue
            for found in _member(archive, member, name, only[len(name) + 1 :], depth):
                yield found
                count, size = count + 1, size + (len(found[1]) if isinstance(found[1], bytes) else 0)
            if count > _ALL_MEMBERS or size > _ALL_BYTES:
                yield "", Trouble("zip_bomb")
                return


def taken_apart(names: Sequence[str]) -> dict[str, str]:
    """Return the folders that hold a workbook, or another document, that somebody unpacked → why it can't be read.

    `names`: of files, with their folders. What else lies in such a folder is no part of it.
    """
    folders = dict.fromkeys(head[0] for head in map(_HEAD.match, names) if head)
    return {
        folder: "parts" if any(name.lower().startswith(f"{folder}xl/".lower()) for name in names) else "document"
        for folder in folders
    }


def folder_of_parts(name: str, apart: Mapping[str, str]) -> str | None:
    """Return which of the folders that were `taken_apart` a file is a part from, None for none."""
    return next((f for f in apart if name.startswith(f) and _PART.match(name, len(f))), None) if apart else None


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive. Raises Refused where it is none for us."""
    archive = zipfile.ZipFile(BytesIO(data))
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > _ALL_BYTES:
        raise Refused("zip_bomb")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Refused("password")
    return archive


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, only: str, depth: int
) -> Iterator[tuple[str, bytes | Trouble]]:
    content = fenced(lambda: unwrapped(archive.read(member)))
    if isinstance(content, Trouble):
        yield name, _of_archive(content)
    elif depth < NESTED_DEPTH and fenced(lambda: is_archive(content)) is True:
        for inner, within in unpacked(content, only, depth + 1):
            yield f"{name}/{inner}".rstrip("/"), within
    else:
        yield name, content


def _of_archive(trouble: Trouble) -> Trouble:
    """Say of what went wrong while unpacking that the archive is torn, where it says no more than that."""
    return Trouble("broken_zip") if trouble.reason in ("damaged", "unreadable") else trouble


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a zip that is no workbook."""
    try:
        return content_type(data) == "zip"
    except Refused:
        return False


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name as it was meant, without steps up or roots.

    UTF-8 where the archive says so, else GBK as Chinese Windows writes it.
    """
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):  # neither code page: it stays as it reads
            name = name.encode("cp437").decode("gb18030")
    name = readable(name)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "//", "..")) or name.replace("/", "_")
