"""How a bundle lies, what its launchers say, and that it holds what was locked and nothing of this computer."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from bundle.drawn import draw_bundle, elf, pe
from helpers.places import ROOT
from helpers.wheels import draw_wheel
from pipeline.bundle import __main__ as building
from pipeline.bundle import wheels as fetching
from pipeline.bundle.embedded import machine_of, unpack_python
from pipeline.bundle.lock import pins_for, read_lock
from pipeline.bundle.packing import pack
from pipeline.bundle.targets import PYTHONS, TARGETS, tag_of
from pipeline.errors import OperatorError
from schemas import bundle_words as words

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
BOTH = ("windows-x64", "linux-x64")


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# The lock.


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("key", TARGETS)
def test_every_locked_package_is_pinned_for_every_machine(key: str, version: str) -> None:
    """Whatever the lock names is taken once for each machine, with the hashes of the lock and of no other."""
    pins = read_lock(LOCK)
    own = pins_for(pins, TARGETS[key], version)
    locked = set(re.findall(r"(?m)^([a-z0-9._-]+)==", LOCK))
    assert {pin.requirement.name for pin in own} == locked - {"setuptools"}
    assert len(own) == len({pin.requirement.name for pin in own})
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    assert {digest for pin in own for digest in pin.hashes} <= hashes
    assert sum(len(pin.hashes) for pin in pins) == len(re.findall("--hash=", LOCK))


def test_a_marker_is_answered_for_the_other_machine() -> None:
    """pip itself would answer it for the machine and the Python that it runs on."""
    text = (
        "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "a" * 64 + "\n    # via b\n"
        "n==2 ; python_full_version < '3.12' \\\n    --hash=sha256:" + "b" * 64 + "\n"
        "n==3 ; python_full_version >= '3.12' \\\n    --hash=sha256:" + "c" * 64 + "\n"
    )
    chosen = {
        (key, version): [str(pin.requirement.specifier) for pin in pins_for(read_lock(text), TARGETS[key], version)]
        for key in BOTH
        for version in ("3.11", "3.12")
    }
    assert chosen == {
        ("windows-x64", "3.11"): ["==1", "==2"],
        ("windows-x64", "3.12"): ["==1", "==3"],
        ("linux-x64", "3.11"): ["==2"],
        ("linux-x64", "3.12"): ["==3"],
    }
    assert read_lock(text)[0].line == f"a==1 --hash=sha256:{'a' * 64}"


@pytest.mark.parametrize("line", ["a==1", "a>=1 --hash=sha256:" + "a" * 64])
def test_a_lock_that_leaves_something_open_is_none(line: str) -> None:
    with pytest.raises(ValueError, match="a"):
        read_lock(f"{line}\n")


@pytest.mark.parametrize("text", ["3", "3.10", "312", "abc"])
def test_a_python_that_is_too_old_or_none(text: str) -> None:
    with pytest.raises(OperatorError, match=r"3\.12 的样子"):
        tag_of(text)


# What is fetched.


def _pip(monkeypatch: pytest.MonkeyPatch, files: dict[str, dict[str, str]], code: int = 0) -> list[list[str]]:
    """Stand in for pip: writes the given wheels where it is told to."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> object:
        asked.append([*command, Path(command[command.index("-r") + 1]).read_text("utf-8")])
        for name, content in files.items():
            draw_wheel(Path(command[command.index("--dest") + 1]), name, content)
        return type("Done", (), {"returncode": code})

    monkeypatch.setattr(fetching.subprocess, "run", run)
    return asked


def _pins(folder: Path, content: dict[str, str]) -> list[fetching.Pin]:
    digest = hashlib.sha256(draw_wheel(folder, "x.whl", content).read_bytes()).hexdigest()
    return read_lock(f"a==1 --hash=sha256:{digest}\n")


def test_wheels_are_asked_for_by_hash_and_for_the_other_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = _pins(tmp_path, {"a.py": "1"})
    asked = _pip(monkeypatch, {"a-1-py3-none-any.whl": {"a.py": "1"}})
    found = fetching.fetch(pins, TARGETS["windows-x64"], "3.12", tmp_path / "kept")
    assert [path.name for path in found] == ["a-1-py3-none-any.whl"]
    (command,) = asked
    assert {"--require-hashes", "--only-binary=:all:", "win_amd64", "cp312", "3.12"} <= set(command)
    assert pins[0].line in command[-1]
    assert not re.search(r"https?:|--index-url|--extra-index-url|--trusted-host", " ".join(command))
    fetching.fetch(pins, TARGETS["windows-x64"], "3.12", tmp_path / "kept")
    assert len(asked) == 1, "what is there and was locked is not fetched again"


def test_a_wheel_that_is_not_the_locked_one_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pip(monkeypatch, {"a-1-py3-none-any.whl": {"a.py": "evil"}})
    with pytest.raises(OperatorError, match=r"a-1-py3-none-any\.whl"):
        fetching.fetch(_pins(tmp_path, {"a.py": "1"}), TARGETS["windows-x64"], "3.12", tmp_path / "kept")


def test_without_a_network_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _pip(monkeypatch, {}, code=1)
    assert building.main(["--for", "linux-arm64", "--pythons", "3.12", "--output", str(tmp_path)]) == 2
    assert "linux-arm64、Python 3.12" in capsys.readouterr().err
    assert not list(tmp_path.glob("关爱月报*"))


# How it lies.


@pytest.mark.parametrize("key", BOTH)
def test_a_bundle_holds_the_program_the_templates_the_guides_and_the_wheels(key: str, tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "关爱月报", key)
    names = names_in(folder)
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*") if path.is_file()} <= names
    assert {f"input_templates/{path.name}" for path in (ROOT / "input_templates").glob("[!~.]*")} <= names
    assert {"app/run.py", "app/wheels.json", "app/program/pipeline/cli.py", "app/program/schemas/__init__.py"} <= names
    assert {"app/wheels/drawn11-1-py3-none-any.whl", "app/wheels/drawn13-1-py3-none-any.whl"} <= names
    ending = ".bat" if key == "windows-x64" else ".sh"
    assert {name for name in names if "/" not in name and name.endswith(ending)} == {
        f"{n}{ending}" for n in ("开始", "生成月报", "下月模板")
    }
    assert not [name for name in names if "__pycache__" in name or "/bundle/" in name or name.startswith("tests")]


def test_the_manifest_says_which_wheel_is_for_which_python(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "b", "windows-x64")
    told = json.loads((folder / "app" / "wheels.json").read_text("utf-8"))
    path = folder / "app" / "wheels" / "drawn13-1-py3-none-any.whl"
    assert told["platform"] == "win-amd64"
    assert told["wheels"]["cp313"] == {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
    assert told["longest"] == len("drawn/__init__.py")


def test_nothing_of_this_computer_is_in_it(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "b", "linux-x64")
    mine = (str(ROOT).encode(), str(Path.home()).encode() + b"/", str(tmp_path).encode())
    for path in folder.rglob("*"):
        if path.is_file():
            assert not [place for place in mine if place in path.read_bytes()], path


def test_the_program_knows_its_version_without_being_installed(tmp_path: Path) -> None:
    import subprocess

    program = draw_bundle(tmp_path / "b", "linux-x64") / "app" / "program"
    code = f"import sys; sys.path.insert(0, {str(program)!r}); from importlib.metadata import version; print(version('guanai'))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", done.stdout)


# The launchers.


@pytest.mark.parametrize(("action", "name"), words.LAUNCHERS.items())
def test_a_batch_file_is_ascii_until_it_has_to_speak_itself(action: str, name: str, tmp_path: Path) -> None:
    """cmd reads a file by bytes and jumps by counting them: no Chinese may stand before what is jumped to or run."""
    raw = (draw_bundle(tmp_path / "b", "windows-x64") / f"{name}.bat").read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf"), "cmd would run the mark as a command"
    assert raw.count(b"\n") == raw.count(b"\r\n") > 30
    code, _, speech = text.partition(":not_unpacked\r\n")
    assert code.isascii()
    assert f'"%RUN%" {action}\r\n' in code
    assert code.index("chcp 65001") < code.index("goto")
    assert "(3.13 3.11)" in code, "the newest first"
    assert "@" not in text.replace("@echo off", "", 1)
    spoken = [line for line in speech.splitlines() if not line.isascii()]
    assert spoken == [
        line
        for line in spoken
        if line.startswith("echo ") and not re.search(r"[&|<>^%!()](?!CODE%)", line.replace("%CODE%", ""))
    ]
    assert len(spoken) == 3
    assert text.count("\r\npause\r\n") == 3, "whatever it says itself is waited for"


def test_no_block_holds_a_path(tmp_path: Path) -> None:
    """A path may hold a bracket, which would end a block of cmd."""
    text = (draw_bundle(tmp_path / "b", "windows-x64") / "开始.bat").read_text("utf-8")
    for line in text.splitlines():
        outside = re.sub(r" in \([^()%]*\) ", " ", line)
        assert not re.search(r"(do|else|&&|\|\||^if .*) \(", outside), line
        assert not re.search(r'(?<!")%~dp0', outside.replace('set "RUN=%~dp0', "").replace('set "OWN=%~dp0', "")), line


def test_a_shell_script_is_run_and_a_desktop_file_finds_it(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "b", "linux-arm64")
    for name in words.LAUNCHERS.values():
        for path in (folder / f"{name}.sh", folder / f"{name}.desktop"):
            assert path.stat().st_mode & stat.S_IXUSR
            assert b"\r" not in path.read_bytes()
            assert b"@" not in path.read_bytes()


def test_the_first_page_opens_in_every_editor(tmp_path: Path) -> None:
    raw = (draw_bundle(tmp_path / "b", "windows-x64") / words.READ_FIRST).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "{" not in text
    assert "要有 Python（3.13、3.11 之一" in text
    assert all(name in text for name in words.LAUNCHERS.values())


# A Python laid into it.


def _windows_python(folder: Path, machine: int = 0x8664) -> Path:
    """Draw an embeddable Python of Windows, as a zip."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "python-3.12.7-embed-amd64.zip", "w") as packed:
        packed.writestr("python.exe", pe(machine))
        for name in ("python3.dll", "python312.dll", "python312.zip"):
            packed.writestr(name, b"")
        packed.writestr("python312._pth", "python312.zip\r\n.\r\n#import site\r\n")
    return folder / "python-3.12.7-embed-amd64.zip"


def test_an_embeddable_python_is_told_where_to_look(tmp_path: Path) -> None:
    source = _windows_python(tmp_path / "given")
    folder = draw_bundle(tmp_path / "b", "windows-x64", ("3.12",), source)
    python = folder / "app" / "python"
    assert (python / "python.exe").is_file()
    lines = (python / "python312._pth").read_bytes().decode().split("\r\n")
    assert lines == ["python312.zip", ".", "..\\program", "..\\lib\\cp312", ""]
    assert (folder / "app" / "program" / "pipeline").is_dir()
    assert "也不用另装 Python" in (folder / words.READ_FIRST).read_text("utf-8-sig")


def test_a_whole_python_of_windows_keeps_its_own_folders(tmp_path: Path) -> None:
    source = tmp_path / "Python 312"
    (source / "Lib").mkdir(parents=True)
    (source / "python.exe").write_bytes(pe(0x8664))
    (source / "python312.dll").write_bytes(b"")
    folder = draw_bundle(tmp_path / "b", "windows-x64", ("3.12",), source)
    assert (folder / "app" / "python" / "python312._pth").read_text().split()[:3] == ["Lib", "DLLs", "."]


def test_a_packed_python_of_linux_is_laid_with_its_links(tmp_path: Path) -> None:
    given = tmp_path / "python"
    (given / "bin").mkdir(parents=True)
    (given / "lib" / "python3.12").mkdir(parents=True)
    (given / "bin" / "python3.12").write_bytes(elf(183))
    (given / "bin" / "python3.12").chmod(0o755)
    (given / "bin" / "python3").symlink_to("python3.12")
    with tarfile.open(tmp_path / "python.tar.gz", "w:gz") as packed:
        packed.add(given, "python")
    laid = unpack_python(tmp_path / "python.tar.gz", tmp_path / "laid")
    assert (laid.target.key, laid.version) == ("linux-arm64", "3.12")
    assert (tmp_path / "laid" / "bin" / "python3").is_symlink()
    assert not (tmp_path / "laid.raw").exists()


@pytest.mark.parametrize("what", ["of another machine", "of no machine of ours", "no zip", "empty", "missing"])
def test_what_is_no_python_for_it_is_one_sentence(what: str, tmp_path: Path) -> None:
    source = _windows_python(tmp_path / "given", 0x8664 if what == "of another machine" else 0xAA64)
    if what == "no zip":
        source.write_bytes(b"no zip")
    elif what == "empty":
        with zipfile.ZipFile(source, "w"):
            pass
    elif what == "missing":
        source.unlink()
    with pytest.raises(OperatorError, match="python-3"):
        draw_bundle(tmp_path / "b", "linux-x64", ("3.12",), source)


def test_machines_are_known_by_the_header() -> None:
    assert [machine_of(given) for given in (pe(0x8664), elf(62), elf(183), pe(0x14C), elf(3), b"#!/bin/sh", b"")] == [
        "windows-x64", "linux-x64", "linux-arm64", "", "", "", "",
    ]  # fmt: skip
    assert machine_of(Path(sys.executable).resolve().read_bytes()[:4096]) in (*TARGETS, "")


# The zip.


def test_a_zip_is_the_folder_with_its_names_and_its_marks(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "关爱月报-linux-x64", "linux-x64")
    pack(folder, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        members = {member.filename: member for member in packed.infolist()}
        assert packed.testzip() is None
    assert {f"{folder.name}/{name}" for name in names_in(folder)} == set(members)
    script = members[f"{folder.name}/开始.sh"]
    assert script.flag_bits & 0x800, "the name is marked as UTF-8, or Windows shows it as scribble"
    assert script.external_attr >> 16 & stat.S_IXUSR
    assert not members[f"{folder.name}/app/run.py"].external_attr >> 16 & stat.S_IXUSR


def test_the_same_files_give_the_same_zip(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / "b", "windows-x64")
    pack(folder, tmp_path / "1.zip")
    for path in folder.rglob("*"):
        path.touch()
    pack(folder, tmp_path / "2.zip")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
