"""The program runs on Windows, Linux and macOS: what only one of them has is asked for in one place, and not at import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.places import ROOT
from helpers.source import MODULES, nodes_of, tree_of

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


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_needs_one_system(path: Path) -> None:
    """No module of one system is imported anywhere; the machine's own module asks for it by name when it needs it."""
    tree = tree_of(path)
    assert not set(_imports(tree)) & ONE_SYSTEM
    if path != ASKED_IN:
        assert not _only_posix(tree)
        assert not [
            n.value
            for n in nodes_of(path)
            if isinstance(n, ast.Constant) and str(n.value).startswith(("/proc/", "/dev/"))
        ]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_text_has_its_encoding_said(path: Path) -> None:
    """Chinese Windows reads and writes GBK where nothing else is said."""
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        said = {word.arg for word in call.keywords}
        if name == "read_text":
            assert call.args or "encoding" in said
        elif name == "write_text":
            assert len(call.args) > 1 or "encoding" in said


def test_the_watch_sees_what_it_is_for() -> None:
    tree = ast.parse("def f():\n    import fcntl\n    os.fork()\n    signal.alarm(1)\n    os.getpid()")
    assert set(_imports(tree)) & ONE_SYSTEM == {"fcntl"}
    assert _only_posix(tree) == {"fork", "alarm"}
