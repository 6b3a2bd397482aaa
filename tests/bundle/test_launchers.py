"""The scripts that are double-clicked, run as they are: by a shell here, by the `cmd` of Wine where there is one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from bundle.drawn import draw_bundle
from helpers.places import ROOT
from pipeline.bundle.targets import TARGETS
from schemas import bundle_words, desk_words

OWN = next((key for key, target in TARGETS.items() if target.own_name == sysconfig.get_platform()), "")
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
on_linux = pytest.mark.skipif(not OWN.startswith("linux"), reason="the scripts of Linux are run on Linux")
PLACE = "张 三 (1)&$x"  # a folder as people name them


def _run(folder: Path, name: str, path: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Double-click: nothing of this process's surroundings, no terminal, no UTF-8 in the locale."""
    odd = {"PYTHONHOME": "/nowhere", "PYTHONPATH": "/nowhere"}  # what another program left in the surroundings
    env = {"HOME": str(home), "PATH": f"{path}:/usr/bin:/bin", "LC_ALL": "C", **odd}
    script = ["/bin/sh", str(folder / name)]
    return subprocess.run(
        script, env=env, cwd="/", capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture
def pythons(tmp_path: Path) -> Path:
    """A folder of the search path with this Python alone, by its version; one that is too old is found before it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in (("python3", "exit 1"), (f"python{VERSION}", f'exec "{sys.executable}" "$@"')):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@on_linux
def test_a_script_finds_the_python_that_fits_and_starts(tmp_path: Path, pythons: Path) -> None:
    folder = draw_bundle(tmp_path / PLACE, OWN, (VERSION,))
    done = _run(folder, "生成月报.sh", pythons, tmp_path)
    assert (done.returncode, "还没有填好的表" in done.stderr) == (2, True), done.stderr
    assert desk_words.SETTING_UP in done.stdout
    assert (folder / desk_words.SETTINGS_FILE).is_file()
    assert not list(tmp_path.glob(".*")), "nothing is left at home"
    again = _run(folder, "开始.sh", pythons, tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert "1  生成月报" in again.stdout


@on_linux
def test_a_python_laid_into_it_is_the_one_that_is_used(tmp_path: Path) -> None:
    folder = draw_bundle(tmp_path / PLACE, OWN, (VERSION,))
    program = folder / "app" / "python" / "bin" / "python3"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho used >> "{tmp_path}/used"\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert _run(folder, "生成月报.sh", Path("/nowhere"), tmp_path).returncode == 2
    assert (tmp_path / "used").read_text() == "used\n" * 2


@on_linux
@pytest.mark.parametrize("what", ["no python", "of another version", "of another machine"])
def test_without_a_python_that_fits_it_says_where_to_get_one(what: str, tmp_path: Path, pythons: Path) -> None:
    other = next(key for key in TARGETS if key.startswith("linux") and key != OWN)
    folder = draw_bundle(
        tmp_path / PLACE,
        other if what == "of another machine" else OWN,
        ("3.99",) if what == "of another version" else (VERSION,),
    )
    if what == "no python":
        (pythons / f"python{VERSION}").unlink()
        (folder / "app" / "wheels.json").write_text("{", encoding="utf-8")  # whatever else this machine has
    done = _run(folder, "开始.sh", pythons, tmp_path)
    assert done.returncode == 4
    assert "还没有能用的 Python" in done.stdout
    assert done.stderr == ""


@on_linux
def test_a_script_that_was_taken_out_of_its_folder_says_so(tmp_path: Path, pythons: Path) -> None:
    folder = draw_bundle(tmp_path / "b", OWN, (VERSION,))
    shutil.rmtree(folder / "app")
    done = _run(folder, "开始.sh", pythons, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (3, bundle_words.SAYS_NOT_UNPACKED)


@on_linux
def test_a_program_that_dies_is_told_by_the_script(tmp_path: Path, pythons: Path) -> None:
    folder = draw_bundle(tmp_path / "b", OWN, (VERSION,))
    (folder / "app" / "program" / "pipeline" / "desk" / "starting.py").write_text(
        "raise SystemExit(9)", encoding="utf-8"
    )
    done = _run(folder, "开始.sh", pythons, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (9, f"{bundle_words.SAYS_CRASHED}9")


@on_linux
def test_a_desktop_file_starts_the_script_beside_it(tmp_path: Path, pythons: Path) -> None:
    """%k is where the file lies; a desktop takes its own escapes away, then splits the line as a shell does."""
    folder = draw_bundle(tmp_path / "张 三 (1)&x", OWN, (VERSION,))
    lines = (folder / "生成月报.desktop").read_text("utf-8").splitlines()
    told = next(line.removeprefix("Exec=") for line in lines if line.startswith("Exec=")).replace("\\\\", "\\")
    command = told.replace("%k", shlex.quote(str(folder / "生成月报.desktop")))
    env = {"HOME": str(tmp_path), "PATH": f"{pythons}:/usr/bin:/bin"}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=env,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, "还没有填好的表" in done.stderr) == (2, True), done.stderr


# With a network: that there are wheels for every machine, and that what was built runs.


def _has_index(tmp_path: Path) -> bool:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(tmp_path / "try"), "mdurl"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_bundle_of_this_machine_runs_where_there_is_nothing(tmp_path: Path) -> None:
    """Built from the lock, moved to a folder with blanks, run without a network: the example month twice."""
    if not OWN.startswith("linux") or not _has_index(tmp_path):
        pytest.skip("needs Linux and a package index")
    build = [sys.executable, "-m", "pipeline.bundle", "--for", OWN, "--pythons", VERSION, "--output", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True)
    folder = tmp_path / PLACE
    (tmp_path / bundle_words.FOLDER.format(target=OWN)).rename(folder)
    example = [sys.executable, "-m", "pipeline", "example", "--output", str(tmp_path / "ex")]
    subprocess.run(example, cwd=ROOT, check=True, capture_output=True)
    shutil.copytree(tmp_path / "ex" / "2026-10", folder / "input" / "2026-10")
    alone = ["unshare", "-rn"] if subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0 else []
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    run = [*alone, "sh", str(folder / "生成月报.sh")]
    first = subprocess.run(run, env=env, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    assert first.returncode == 0, first.stderr
    assert (folder / "output" / "2026-10" / "上报").is_dir()
    assert "没有读出来" not in first.stdout, "the readers find the libraries as well"
    second = subprocess.run(run, env=env, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    assert "和上次完全一样" in second.stdout


@pytest.mark.slow
@pytest.mark.parametrize("key", TARGETS)
def test_there_is_a_wheel_of_every_locked_package_for_every_machine(key: str, tmp_path: Path) -> None:
    """For the oldest Python and for the newest."""
    from pipeline.bundle.lock import pins_for, read_lock
    from pipeline.bundle.targets import PYTHONS
    from pipeline.bundle.wheels import fetch

    if not _has_index(tmp_path):
        pytest.skip("no package index can be reached: the lock's hashes were looked at, its wheels were not")
    lock = read_lock((ROOT / "requirements.lock").read_text("utf-8"))
    for version in (PYTHONS[0], PYTHONS[-1]):
        pins = pins_for(lock, TARGETS[key], version)
        assert len(fetch(pins, TARGETS[key], version, tmp_path / version)) == len(pins)
