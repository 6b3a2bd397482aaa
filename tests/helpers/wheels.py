"""Small wheels and the app folder of a bundle, drawn as name → text."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path


def draw_wheel(folder: Path, name: str, files: Mapping[str, str]) -> Path:
    """Write a wheel of some files."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as packed:
        for below, text in files.items():
            packed.writestr(below, text)
    return folder / name


def draw_app(
    app: Path, wheels: Mapping[str, Mapping[str, str]], tag: str, platform: str = "", longest: int = 20
) -> Path:
    """Write the app folder of a bundle: its wheels and their manifest."""
    drawn = [draw_wheel(app / "wheels", name, files) for name, files in wheels.items()]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in drawn}
    told = {"platform": platform, "longest": longest, "wheels": {tag: hashes}}
    (app / "wheels.json").write_text(json.dumps(told), encoding="utf-8")
    return app
