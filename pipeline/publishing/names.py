"""Names and numbers as they may leave the school."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """Return a name with only its first character: 王*, 王**, 阿**."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2)
