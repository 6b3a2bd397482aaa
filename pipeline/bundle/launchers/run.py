"""What the launchers of a bundle start. A Python that is too old stumbles over it, which turns it away as well."""

from __future__ import annotations

import json
import struct
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_THIS_PYTHON = 5


def fits() -> bool:
    """Tell whether this Python can run the program: there are wheels for its version and its machine."""
    made_for = json.loads((HERE / "wheels.json").read_text(encoding="utf-8"))
    tag = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    is_usual = struct.calcsize("P") == 8 and not sysconfig.get_config_var("Py_GIL_DISABLED")
    return is_usual and sysconfig.get_platform() == made_for["platform"] and tag in made_for["wheels"]


def main() -> int:
    """Start what was asked for; return its exit code."""
    if not fits():
        return NOT_THIS_PYTHON
    if sys.argv[1:] == ["--fits"]:
        return 0
    sys.path.insert(0, str(HERE / "program"))
    from pipeline.desk.starting import start

    return start((sys.argv[1:] or ["start"])[0], HERE.parent)


if __name__ == "__main__":
    sys.exit(main())
