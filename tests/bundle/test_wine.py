"""The batch files run by the `cmd` of Wine, with a stand-in for Python: which one is found, how it is called and told.

What Wine's `cmd` can't show is what a real one does with code pages and fonts: that is left to a real Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bundle.drawn import draw_bundle
from bundle.standing_in import write_program
from schemas import bundle_words

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("wine"), reason="there is no Wine here to run a batch file (Debian: wine64 and wine)"
    ),
]
PLACE = "张 三 (1)&x"  # a folder as people name them


@pytest.fixture(scope="session")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Windows of Wine's own, made once."""
    place = tmp_path_factory.mktemp("wine")
    subprocess.run(
        ["wine", "cmd", "/c", "exit"], env=_surroundings(place, place), capture_output=True, check=True, timeout=300
    )
    return place


def _surroundings(drive: Path, path: Path) -> dict[str, str]:
    own = {"WINEPREFIX": str(drive / "prefix"), "WINEDEBUG": "-all", "WINEPATH": f"Z:{path}".replace("/", "\\")}
    return {"PATH": os.environ["PATH"], "HOME": str(drive), "LC_ALL": "C.UTF-8", **own}


class Computer:
    """A computer with the bundle on it, and programs on its search path."""

    def __init__(self, drive: Path, place: Path) -> None:
        self.folder = draw_bundle(place / PLACE, "windows-x64", ("3.12", "3.13"))
        self._drive, self.path = drive, place / "bin"
        self.path.mkdir()

    def has(self, name: str, *, fits: int = 0, ends: int = 0) -> None:
        """Put a program on the search path, or into the bundle."""
        write_program((self.folder / "app" if "/" in name else self.path) / f"{name}.exe", fits=fits, ends=ends)

    def double_click(self, name: str) -> tuple[int, str]:
        """Return the code of a launcher and all that was shown."""
        command = ["wine", "cmd", "/c", f"{name}.bat"]
        env = _surroundings(self._drive, self.path)
        done = subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=120
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


@pytest.fixture
def computer(drive: Path, tmp_path: Path) -> Computer:
    return Computer(drive, tmp_path)


@pytest.mark.parametrize(("action", "name"), bundle_words.LAUNCHERS.items())
def test_the_python_laid_into_it_is_called(computer: Computer, action: str, name: str) -> None:
    computer.has("python/python")
    computer.has("python", ends=7)
    code, said = computer.double_click(name)
    assert code == 0, said
    assert said.startswith('"')
    assert said.rstrip().endswith(f'\\app\\run.py" {action}')
    assert "-X utf8" in said


@pytest.mark.parametrize(
    ("programs", "called"),
    [
        ({"py": 0}, "py  -3.13"),
        ({"py": 5, "python": 0}, "python "),
        ({"python": 9009, "python3": 0}, "python3 "),
        ({"py": -1073741515, "python": 0}, "python "),
    ],
)
def test_the_first_python_that_fits_is_called(computer: Computer, programs: dict[str, int], called: str) -> None:
    """One that is too old, that of the Store that only shows where to buy it, one that lacks a DLL: each is passed by."""
    for name, fits in programs.items():
        computer.has(name, fits=fits)
    code, said = computer.double_click("生成月报")
    assert code == 0, said
    assert " ".join(said.split()).startswith(" ".join(called.split()))
    assert said.rstrip().endswith('run.py" report')


def test_what_python_says_itself_is_not_said_again(computer: Computer) -> None:
    computer.has("python/python", ends=2)
    code, said = computer.double_click("下月模板")
    assert code == 2, said
    assert "Press any key" not in said


def test_a_program_that_dies_leaves_the_window_open(computer: Computer) -> None:
    computer.has("python/python", ends=7)
    code, said = computer.double_click("开始")
    assert code == 7, said
    assert said.count("Press any key") == 1


@pytest.mark.parametrize("fits", [None, 5, 9009])
def test_without_a_python_that_fits_the_window_stays_open(computer: Computer, fits: int | None) -> None:
    if fits is not None:
        computer.has("python", fits=fits)
    code, said = computer.double_click("开始")
    assert code == 4, said
    assert "www.python.org" in said
    assert said.count("Press any key") == 1


def test_a_batch_file_started_out_of_the_zip_says_so(computer: Computer) -> None:
    shutil.rmtree(computer.folder / "app")
    code, said = computer.double_click("开始")
    assert code == 3, said
    assert "www.python.org" not in said
    assert said.count("Press any key") == 1
