"""Names and numbers as they may leave the school."""

from __future__ import annotations

import re


def mask_name(name: str) -> str:
    """Return a name with only its first character: 王*, 王**, 阿**."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2)


def in_file_name(text: str) -> str:
    """Return a text without what a file name can't hold; never a path."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f.]', "", text).strip()[:60]
