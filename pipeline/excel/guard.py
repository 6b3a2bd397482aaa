"""Look at a file before any reader opens it: what it is by its content, and whether it is safe to parse.

The limits are far above any roster (a class workbook is some 60 KB, 300 rows, 30 columns) and far below what
makes a parser hang, abort or eat the machine.
"""

from __future__ import annotations

import codecs
import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from pipeline.machine import is_in_cloud, reading_flags

FILE_BYTES = 20 * 2**20  # a workbook of 40 MB needs minutes in Excel itself
MEMBER_COUNT = 2_000
MEMBER_BYTES = 128 * 2**20
TOTAL_BYTES = 256 * 2**20
RATIO, RATIO_FROM = 150, 4 * 2**20  # honest sheets deflate 10–40 times
ROW_LIMIT, COLUMN_LIMIT = 20_000, 512
PUBLISHED_ROWS = 400_000  # of a roll-up: a row a school and figure, of twenty thousand schools
STYLE_LIMIT = 20_000

# Everything that zipfile raises for an archive that is broken, encrypted or of a kind it does not know.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    KeyError,
    struct.error,
)
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
# What other files begin with. A Word file of the OLE2 kind is told by its name alone.
_OTHER_KINDS = (
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"MSCF", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "media"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"%PDF", "text"),
    (b"{\\rtf", "text"),
    (b"\x09\x00\x04\x00", "biff_raw"),  # Excel 2 to 4 wrote its records without a container
    (b"\x09\x02\x06\x00", "biff_raw"),
    (b"\x09\x04\x06\x00", "biff_raw"),
)
_CHECKED = re.compile(r"(^|[/\\])(worksheets[/\\][^/\\]+|styles|workbook|content)\.xml$", re.IGNORECASE)
_CELL_REFS = re.compile(rb' r="([A-Z]{0,3})(\d+)"')
_BEFORE_ZIP = 4096  # bytes that a mail gateway may have put before an archive; a program before one is longer
_ZIP_START, _ZIP_END, _ZIP_END_WITHIN = b"PK\x03\x04", b"PK\x05\x06", 2**16 + 22
_DIRECTORY_BYTES, _SAID_ELSEWHERE = 2**20, 2**32 - 1  # of an archive: ten thousand members; where 64 bits tell
_TYPES, _BOOKS = "[content_types].xml", ("xl/workbook.xml", "xl/workbook.bin")
_REFS_WITHIN = 8192  # bytes from the head of a sheet, and before its last value, in which addresses are looked at


@dataclass(frozen=True)
class Refused(Exception):
    """The file is not to be opened. `reason` is a key of `schemas.rules.REFUSALS`; `detail` what its words quote."""

    reason: str
    detail: str = ""


def safe_bytes(path: Path) -> bytes:
    """Return a regular file's bytes; never follows a link, never blocks on a pipe.

    Raises Refused for anything that is not a plain, reasonably small file, and OSError as the system says.
    """
    try:
        return _opened(path)
    except OSError:
        if is_in_cloud(path):
            raise Refused("in_cloud") from None
        raise


def _opened(path: Path) -> bytes:
    descriptor = os.open(path, reading_flags())
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("not_a_file")
        if status.st_size > FILE_BYTES:
            raise Refused("too_large")
        if status.st_size == 0:
            raise Refused("empty_file")
        return stream.read()


def unwrapped(data: bytes) -> bytes:
    """Return an archive without the few bytes that something put before it; anything else as it is."""
    if data.startswith((_ZIP_START, _OLE2)) or _ZIP_END not in data[-_ZIP_END_WITHIN:]:
        return data
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            start = min((member.header_offset for member in archive.infolist()), default=0)
    except BROKEN:
        return data
    return data[start:] if start <= _BEFORE_ZIP and data.startswith(_ZIP_START, start) else data


def content_type(data: bytes) -> str:
    """Return what the bytes are, whatever the name.

    ooxml, ods and ole2 can be read; all others, keys of `schemas.rules.REFUSALS`, can't.
    """
    if not data:
        return "empty_file"
    if data.startswith(_ZIP_START) or _ZIP_START.startswith(data):
        return _zip_type(data)
    if data.startswith(_ZIP_END):
        return "no_sheets"
    if data.startswith(_OLE2):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        return "password" if encrypted else "ole2"
    known = next((kind for start, kind in _OTHER_KINDS if data.startswith(start)), "")
    if known:
        return known
    if data[4:8] == b"ftyp":
        return "picture" if data[8:12] in (b"heic", b"heix", b"mif1") else "media"
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"urn:oasis:names:tc:opendocument" in head:
        return "xml"
    if head.startswith((b"mime-version", b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return "html"
    if text_of(data[:8192]):
        return "csv"
    return "text" if _is_text(data[:8192]) else "unknown"


def _is_text(data: bytes) -> bool:
    """Tell plain writing: every character of it can be printed."""
    for code in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = codecs.getincrementaldecoder(code)("strict").decode(data)
            return bool(text) and all(c.isprintable() or c in "\r\n\t" for c in text)
    return False


def text_of(data: bytes) -> str:
    """Return bytes that are lines of cells parted by commas, tabs or semicolons, as text; "" for anything else.

    UTF-8 where it is that, else GB18030, as Excel on a Chinese Windows writes CSV, also behind the mark of UTF-8.
    """
    for code in ("utf-16", "utf-8-sig", "gb18030"):
        if (code == "utf-16") != data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        text = codecs.getincrementaldecoder(code)("ignore" if code == "utf-16" else "strict")
        with suppress(UnicodeDecodeError):
            found = text.decode(data.removeprefix(codecs.BOM_UTF8))
            lines = found.splitlines()
            parted = sum(1 for line in lines if any(mark in line for mark in ",\t;"))
            is_plain = all(c.isprintable() or c in "\r\n\t" for c in found)
            return found if is_plain and parted * 2 > len(lines) else ""
    return ""


def _lists_too_much(data: bytes) -> bool:
    """Tell an archive whose list of members alone would take seconds to be read."""
    end = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_END_WITHIN))
    listed = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    return _DIRECTORY_BYTES < listed != _SAID_ELSEWHERE


def _zip_type(data: bytes) -> str:
    if _lists_too_much(data):
        raise Refused("odd_zip")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            types = next((name for name in names if plain_name(name) == _TYPES), "")
            if types:
                return "ooxml" if _is_workbook(archive, names, types) else "document"
            if "mimetype" in names:
                with archive.open("mimetype") as kind:  # a few bytes of what may unpack to gigabytes
                    return "ods" if b"spreadsheet" in kind.read(200) else "document"
            if any(plain_name(name) in _BOOKS for name in names):  # without the list of its parts
                return "damaged"
    except BROKEN:
        raise Refused("broken_zip") from None
    return "numbers" if any(name.endswith(".iwa") or name == "Index.zip" for name in names) else "zip"


def plain_name(path: str) -> str:
    """Return the name of a part as it is compared: blind to case, to the kind of slash and to one in front."""
    return path.replace("\\", "/").lstrip("/").casefold()


def _is_workbook(archive: zipfile.ZipFile, names: set[str], types: str) -> bool:
    """Tell an Excel workbook from the other documents of its family; most keep their sheets below xl/."""
    if any(plain_name(name).startswith("xl/") for name in names):
        return True
    kinds = archive.read(types) if archive.getinfo(types).file_size < RATIO_FROM else b""
    return b"spreadsheetml" in kinds or b"application/vnd.ms-excel" in kinds


def check_archive(data: bytes, row_limit: int = ROW_LIMIT) -> dict[str, bytes]:
    """Check a workbook's zip and return the parts that were looked at (name → XML), which later passes look into.

    Raises Refused where sizes, ratios, doubled members, entities or cell addresses are out of all proportion.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members)
            parts = {m.filename: archive.read(m) for m in members if _is_checked(m.filename)}
    except BROKEN:
        raise Refused("broken_zip") from None
    for name, xml in parts.items():
        check_xml(name, xml, row_limit)
    return parts


def is_sheet(name: str) -> bool:
    """Tell a worksheet's part by its name."""
    return "worksheets/" in name.replace("\\", "/").casefold()


def _is_checked(name: str) -> bool:
    return name[-4:].lower() == ".xml" and bool(_CHECKED.search(name))


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(members) > MEMBER_COUNT or len(set(names)) != len(names):
        raise Refused("odd_zip")
    if sum(m.file_size for m in members) > TOTAL_BYTES or any(m.file_size > MEMBER_BYTES for m in members):
        raise Refused("too_large")
    if any(m.file_size > RATIO_FROM and m.file_size > RATIO * max(m.compress_size, 1) for m in members):
        raise Refused("zip_bomb")
    spans = sorted((m.header_offset, m.header_offset + 30 + m.compress_size) for m in members)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise Refused("odd_zip")


def check_xml(name: str, xml: bytes, row_limit: int = ROW_LIMIT) -> None:
    """Raise Refused for a part with entities, with styles or cell addresses out of all proportion."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused("entities")
    if "styles" in name and xml.count(b"<xf ") > STYLE_LIMIT:
        raise Refused("too_many_styles")
    if not is_sheet(name):
        return
    last = _last_refs(xml)
    if last and (last[0] > row_limit or last[1] > COLUMN_LIMIT):
        raise Refused("too_many_cells")


def _last_refs(xml: bytes) -> tuple[int, int] | None:
    """Return the greatest row and column near the last cell that has a value, and at the head of the sheet.

    Rows that only carry a format, often down to the last row of Excel, hold nothing and are no reason to refuse.
    """
    end = max(xml.rfind(b"<v>"), xml.rfind(b"<v "), xml.rfind(b"<is>"))
    if end < 0:
        return None
    refs = _CELL_REFS.findall(xml, 0, min(end, _REFS_WITHIN)) + _CELL_REFS.findall(xml, max(0, end - _REFS_WITHIN), end)
    columns = [_column_index(letters) for letters in {letters for letters, _ in refs}]
    return max((int(row) for row in {row for _, row in refs}), default=0), max(columns, default=0)


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index
