"""Pictures as arrays: read what pdftoppm gives, cut off the white around it, write a PNG of few colours."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np

_MARGIN = 8  # pixels of white that stay around a picture
_MOST_COLOURS = 64
_WHITE = 250


def read_ppm(data: bytes) -> Any:
    """Return rows × columns × red, green, blue."""
    kind, width, height, depth = data.split(maxsplit=4)[:4]
    assert (kind, depth) == (b"P6", b"255")
    size = int(width) * int(height) * 3
    return np.frombuffer(data[-size:], np.uint8).reshape(int(height), int(width), 3)


def cropped(pixels: Any) -> Any:
    """Return a page without the white around what stands on it."""
    inked = (pixels < _WHITE).any(axis=2)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    top, left = max(rows[0] - _MARGIN, 0), max(columns[0] - _MARGIN, 0)
    return pixels[top : rows[-1] + _MARGIN + 1, left : columns[-1] + _MARGIN + 1]


def write_png(path: Path, pixels: Any) -> None:
    """Write a picture with the colours that it has most of; what lies between them goes to the nearest."""
    coarse = (pixels.astype(np.uint32) + 2) // 4  # 65 steps a colour: smooth edges have hundreds
    keys = (coarse[..., 0] * 128 + coarse[..., 1]) * 128 + coarse[..., 2]
    found, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    most = found[np.sort(np.argsort(-counts, kind="stable")[:_MOST_COLOURS])]
    nearest = np.abs(_colours(found)[:, None].astype(int) - _colours(most)[None].astype(int)).sum(axis=2).argmin(axis=1)
    indices = nearest[inverse].reshape(keys.shape).astype(np.uint8)
    height, width = indices.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indices], axis=1).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", _colours(most).tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts))


def _colours(keys: Any) -> Any:
    parts = np.stack([keys // 16384, keys // 128 % 128, keys % 128], axis=1)
    return np.minimum(parts * 4, 255).astype(np.uint8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def size_of(path: Path) -> tuple[int, int]:
    """Return a PNG's width and height."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height
