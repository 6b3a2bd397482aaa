"""A folder as a zip: the same bytes for the same files, names in UTF-8, what may be run marked so."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

_THEN = (2026, 1, 1, 0, 0, 0)  # the time of every file: a zip must not differ by when it was made
_PACKED = (".whl", ".zip", ".xlsx", ".gz")  # packing them again takes long and gains nothing
_RUN, _READ = 0o755, 0o644


def pack(folder: Path, archive: Path) -> None:
    """Write a folder with its own name into a zip, whole or not at all."""
    fresh = archive.with_name(f"{archive.name}.new")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_symlink() or path.is_file():
                    _add(packed, path, path.relative_to(folder.parent).as_posix())
        fresh.replace(archive)
    finally:
        fresh.unlink(missing_ok=True)


def _add(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _THEN)
    entry.create_system = 3  # so that the marks below are read
    if path.is_symlink():
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, str(path.readlink()))
        return
    is_run = path.stat().st_mode & stat.S_IXUSR
    entry.external_attr = (stat.S_IFREG | (_RUN if is_run else _READ)) << 16
    entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
    with path.open("rb") as source, packed.open(entry, "w", force_zip64=path.stat().st_size > 2**31) as target:
        while chunk := source.read(2**20):
            target.write(chunk)
