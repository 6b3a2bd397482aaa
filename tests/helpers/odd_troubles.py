"""What libraries raise on odd bytes: one of each kind."""

import lzma
import zipfile
import zlib

ODD = (
    RuntimeError("x"),
    zlib.error("x"),
    lzma.LZMAError("x"),
    RecursionError(),
    MemoryError(),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
    AssertionError(),
    OSError(5, "Input/output error"),
    zipfile.BadZipFile("x"),
    StopIteration(),
    BaseException("as a panic of the Rust reader"),
)
