"""Archives as they come: torn, half sent, named by other systems, one inside another."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from helpers.places import FIELD
from pipeline.reading.archives import unpacked
from pipeline.reading.fence import Trouble
from pipeline.stages.collect import bytes_again, collect

GOOD = b"a,b\n1,2\n" * 40
METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)


def archive_of(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of (name, content), in which a name may stand twice."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def told(data: bytes) -> list[tuple[str, str]]:
    """Return (name, what became of it) of every member."""
    return [(name, found.reason if isinstance(found, Trouble) else "read") for name, found in unpacked(data)]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("tear", [0x00, 0xFF])
def test_a_torn_member_leaves_the_others_whole(method: int, tear: int) -> None:
    """Whatever the decompressor raises, the member alone is damaged."""
    data = archive_of(("一.csv", GOOD), ("二.csv", GOOD * 3), ("三.csv", GOOD), method=method)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("二.csv")
    begin = info.header_offset + 30 + len("二.csv".encode())
    data = data[:begin] + bytes([tear]) * info.compress_size + data[begin + info.compress_size :]
    assert told(data) == [("一.csv", "read"), ("二.csv", "broken_zip"), ("三.csv", "read")]


@pytest.mark.parametrize("keep", [10, 30, 60, 200, -30, -5])
def test_half_an_archive_is_told_as_one(keep: int) -> None:
    """Cut anywhere, it never raises."""
    data = archive_of(("一.csv", GOOD), ("二.csv", GOOD))
    assert told(data[:keep]) == [("", "broken_zip")]


def test_names_lead_nowhere_and_read_as_they_were_meant() -> None:
    """Roots, drives, steps up, control and bidi characters go; GBK is GBK; three hundred characters are no trouble."""
    plain = archive_of(
        ("/etc/一.csv", GOOD),
        ("../../二.csv", GOOD),
        ("C:\\班\\三.csv", GOOD),
        ("\u202e四\x07.csv", GOOD),
        ("五" * 300 + ".csv", GOOD),
    )
    assert [name for name, _ in unpacked(plain)] == [
        "etc/一.csv",
        "二.csv",
        "C:/班/三.csv",
        "四.csv",
        "五" * 300 + ".csv",
    ]
    gbk = archive_of(("aaaa.csv", GOOD)).replace(b"aaaa", "三班".encode("gbk"))
    assert told(gbk) == [("三班.csv", "read")]
    neither = archive_of(("aaaa.csv", GOOD)).replace(b"aaaa", b"\xff\xfe\xff\xff")
    assert [found for _, found in unpacked(neither)] == [GOOD]


def test_two_members_of_one_name_are_two_files(tmp_path: Path) -> None:
    """Each is read, and read again as what it was."""
    (tmp_path / "全校.zip").write_bytes(archive_of(("一.csv", GOOD), ("一.csv", GOOD * 2)))
    files = collect(tmp_path).files
    assert [file.name for file in files] == ["全校.zip/一.csv"] * 2
    assert [bytes_again(file, tmp_path) for file in files] == [GOOD, GOOD * 2]


def test_an_archive_within_is_opened_once() -> None:
    """A torn one and one more within are left to the reader, which names them; one file is found without the rest."""
    deep = archive_of(("深.zip", archive_of(("一.csv", GOOD))))
    data = archive_of(
        ("好.zip", archive_of(("二.csv", GOOD), ("深.zip", deep))), ("坏.zip", archive_of(("三.csv", GOOD))[:-30])
    )
    assert told(data) == [("好.zip/二.csv", "read"), ("好.zip/深.zip", "read"), ("坏.zip", "read")]
    assert [name for name, _ in unpacked(data, "好.zip/二.csv")] == ["好.zip/二.csv"]


def test_an_archive_with_a_password_is_told_as_one() -> None:
    """Forty members are not forty lines."""
    data = bytearray(archive_of(("一.csv", GOOD), ("二.csv", GOOD)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(mark, place + 4)
    assert told(bytes(data)) == [("", "password")]


def test_a_half_sent_archive_of_the_field_names_its_file(tmp_path: Path) -> None:
    """The member that can't be unpacked is refused; what else there is counts."""
    data = (FIELD / "one-class" / "zip_bad_deflate.zip").read_bytes()
    (tmp_path / "zip_bad_deflate.zip").write_bytes(data)
    (tmp_path / "好.csv").write_bytes(GOOD)
    refused = {file.name: file.refusal for file in collect(tmp_path).files}
    assert refused.pop("好.csv") == ""
    assert "broken_zip" in refused.values()
    assert all(name.startswith("zip_bad_deflate.zip") for name in refused)
