"""The invented school's sources in other formats than xlsx, as the programs of an office write them."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from pathlib import Path

from starting.as_markup import in_markup
from starting.layouts import Layout
from starting.more_layouts import GUARDIAN, ID, LISTS
from starting.more_pages import PAGES
from starting.truth import Invented

_BY_NAME = {layout.name: layout for layout in (*LISTS, *PAGES)}


def _as(school: Invented, folder: Path, *, layout: Layout, to: str, ending: str) -> None:
    """Write a layout, and turn its workbooks into another format, under another ending (WPS keeps an xls as et)."""
    layout.write(school, folder)
    for path in sorted(folder.rglob("*.xlsx")):
        call = ["soffice", f"-env:UserInstallation=file://{folder.parent}/office", "--headless", "--convert-to", to]
        subprocess.run([*call, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=300)
        path.unlink()
        made = path.with_suffix(f".{to}")
        made.rename(path.with_suffix(ending))


def _utf16(school: Invented, folder: Path) -> None:
    _BY_NAME["编号列名"].write(school, folder)
    path = next(folder.glob("*.txt"))
    path.write_bytes(path.read_bytes().decode("gbk").encode("utf-16"))


def _in(name: str, to: str, ending: str) -> Layout:
    layout = _BY_NAME[name]
    return Layout(f"{name}{ending}", partial(_as, layout=layout, to=to, ending=ending), layout.held, has_heads=layout.has_heads)  # fmt: skip


HAS_OFFICE = shutil.which("soffice") is not None
TEXTS = (Layout("UTF16文本", _utf16, (*ID, "home_address", *GUARDIAN)),)
MARKUP = tuple(own for name in ("三行表头", "侧面合并") for own in in_markup(_BY_NAME[name]))
FILES = (*TEXTS, *MARKUP, *([
    _in("三行表头", "xls", ".xls"), _in("侧面合并", "ods", ".ods"), _in("分类打勾", "xls", ".et"), _in("方框表", "xls", ".xls"), _in("左右两栏", "ods", ".ods"),
] if HAS_OFFICE else []))  # fmt: skip
