"""The program runs on Windows, Linux and macOS: what only one of them has is asked for in one place, and not at import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from helpers.places import ROOT
from helpers.source import MODULES, nodes_of, told_of, tree_of

ONE_SYSTEM = frozenset(
    "fcntl grp posix pty pwd readline resource syslog termios tty msvcrt winreg _winapi winsound nt".split()
)
ONLY_POSIX = frozenset(
    "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown chroot fchmod fchown fork forkpty getegid geteuid getgid getloadavg"
    " getpgid getuid kill killpg lchown mkfifo mknod nice openpty pread pwrite sched_getaffinity setsid setuid sync"
    " sysconf umask wait wait4".split()
)
ASKED_IN = ROOT / "pipeline" / "machine.py"


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def _only_posix(tree: ast.AST) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("os", "signal")
        and (node.attr in ONLY_POSIX or node.value.id == "signal")
    }


def _of_one_system(path: Path) -> list[str]:
    """Return what a module takes from one system alone."""
    tree = tree_of(path)
    places = [n.value for n in nodes_of(path) if isinstance(n, ast.Constant) and _is_place(str(n.value))]
    asked = [] if path == ASKED_IN else [*sorted(_only_posix(tree)), *map(str, places)]
    return [*sorted(set(_imports(tree)) & ONE_SYSTEM), *asked]


def _is_place(text: str) -> bool:
    return text.startswith(("/proc/", "/dev/"))


def test_nothing_needs_one_system() -> None:
    """No module of one system is imported anywhere; the machine's own module asks for it by name when it needs it."""
    assert not told_of({path: _of_one_system(path) for path in MODULES})


def _without_encoding(path: Path) -> list[str]:
    """Return the calls of a module that read or write text as the machine is used to."""
    found = []
    for call in (node for node in nodes_of(path) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        said = "encoding" in {word.arg for word in call.keywords}
        if not said and ((name == "read_text" and not call.args) or (name == "write_text" and len(call.args) < 2)):
            found.append(f"{name} in line {call.lineno}")
    return found


def test_text_has_its_encoding_said() -> None:
    """Chinese Windows reads and writes GBK where nothing else is said."""
    assert not told_of({path: _without_encoding(path) for path in MODULES})


def test_the_watch_sees_what_it_is_for() -> None:
    tree = ast.parse("def f():\n    import fcntl\n    os.fork()\n    signal.alarm(1)\n    os.getpid()")
    assert set(_imports(tree)) & ONE_SYSTEM == {"fcntl"}
    assert _only_posix(tree) == {"fork", "alarm"}
