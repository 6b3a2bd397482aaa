"""A program of Windows made by hand, to stand in for Python: it says how it was called, and ends with a code.

Asked whether it fits (its last letter is that of `--fits`) it says nothing and ends with another. One section, four
functions of kernel32, some eighty bytes of x64 code.
"""

from __future__ import annotations

import struct
from pathlib import Path

_BASE, _RVA, _FILE, _SIZE = 0x140000000, 0x1000, 0x200, 0x400
_FUNCTIONS = ("GetCommandLineA", "GetStdHandle", "WriteFile", "ExitProcess")
_TABLE = 0x200  # of the imports, in the section


def write_program(path: Path, *, fits: int, ends: int) -> None:
    """Write a program that ends with `fits` where it is asked whether it fits, else with `ends`."""
    imports, addresses = _imports()
    code = _code(addresses, fits, ends)
    section = code.ljust(_TABLE, b"\0") + imports
    assert len(section) <= _SIZE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_header().ljust(_FILE, b"\0") + section.ljust(_SIZE, b"\0"))


def _imports() -> tuple[bytes, dict[str, int]]:
    """Return the import table, and where in memory the address of each function will stand."""
    lookup = 40  # after one descriptor and the empty one
    addresses = lookup + 8 * (len(_FUNCTIONS) + 1)
    names = addresses + 8 * (len(_FUNCTIONS) + 1)
    text, places = b"", []
    for function in _FUNCTIONS:
        places.append(_RVA + _TABLE + names + len(text))
        text += b"\0\0" + function.encode() + b"\0"
    library = _RVA + _TABLE + names + len(text)
    entries = b"".join(struct.pack("<Q", place) for place in places) + b"\0" * 8
    first = struct.pack("<IIIII", _RVA + _TABLE + lookup, 0, 0, library, _RVA + _TABLE + addresses)
    table = first + b"\0" * 20 + entries + entries + text + b"KERNEL32.dll\0"
    return table, {name: _RVA + _TABLE + addresses + 8 * number for number, name in enumerate(_FUNCTIONS)}


def _code(addresses: dict[str, int], fits: int, ends: int) -> bytes:
    code = bytearray()

    def call(function: str) -> None:
        code.extend(b"\xff\x15" + struct.pack("<i", addresses[function] - (_RVA + len(code) + 6)))

    code += b"\x48\x83\xec\x38"  # sub rsp, 0x38
    call("GetCommandLineA")
    code += b"\x48\x89\xc6\x31\xdb"  # mov rsi, rax; xor ebx, ebx
    code += b"\x80\x3c\x1e\x00\x74\x05\x48\xff\xc3\xeb\xf5"  # while [rsi+rbx]: inc rbx
    code += b"\x80\x7c\x1e\xff\x20\x75\x05\x48\xff\xcb\xeb\xf4"  # while [rsi+rbx-1] is a blank: dec rbx
    code += b"\x80\x7c\x1e\xff\x73\x75\x0b"  # cmp byte [rsi+rbx-1], 's'; jne over the next
    code += b"\xb9" + struct.pack("<i", fits)  # mov ecx, fits
    call("ExitProcess")
    code += b"\xb9\xf5\xff\xff\xff"  # mov ecx, -11: standard output
    call("GetStdHandle")
    code += b"\x48\x89\xc1\x48\x89\xf2\x41\x89\xd8"  # mov rcx, rax; mov rdx, rsi; mov r8d, ebx
    code += b"\x4c\x8d\x4c\x24\x30\x48\xc7\x44\x24\x20\x00\x00\x00\x00"  # lea r9, [rsp+0x30]; mov qword [rsp+0x20], 0
    call("WriteFile")
    code += b"\xb9" + struct.pack("<i", ends)
    call("ExitProcess")
    return bytes(code)


def _header() -> bytes:
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, _SIZE, 0, 0, _RVA, _RVA)
    optional += struct.pack("<QIIHHHHHHIIIIHH", _BASE, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, _FILE, 0, 3, 0)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    directories = struct.pack("<II", 0, 0) + struct.pack("<II", _RVA + _TABLE, 40) + b"\0" * 8 * 14
    section = b".text\0\0\0" + struct.pack("<IIIIIIHHI", _SIZE, _RVA, _SIZE, _FILE, 0, 0, 0, 0, 0xE0000020)
    return dos + coff + optional + directories + section
