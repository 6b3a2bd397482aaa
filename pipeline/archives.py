"""Unpack the zip archives that teachers send, in memory: none of their paths is ever used on the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from pipeline.excel.guard import FILE_BYTES, Refused, content_type

MEMBER_LIMIT = 200  # workbooks of one school's archive; beyond that it is no class's post
NESTED_DEPTH = 1
_UTF8_NAME = 0x800


def unpacked(data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield (name inside the archive, bytes) of every file. Raises Refused for an archive that is no plain zip."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > 10 * FILE_BYTES:
                raise Refused("zip_bomb")
            for member in members:
                if member.flag_bits & 0x1:
                    raise Refused("password")
                yield from _member(member_name(member), archive.read(member), depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise Refused("broken_zip") from None


def _member(name: str, data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth < NESTED_DEPTH and is_archive(data):
        for inner, content in unpacked(data, depth + 1):
            yield f"{name}/{inner}", content
    else:
        yield name, data


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
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..")) or member.filename.replace("/", "_")
