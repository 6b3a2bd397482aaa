"""What the command line says of a mistake: one sentence in Chinese, exit 2; and what it says of itself."""

from __future__ import annotations

import re

import pytest

from helpers.places import ROOT
from pipeline.cli import main
from schemas.versions import BUREAU_VERSION, DATA_VERSION, TEMPLATE_VERSION


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("report --mnth 2026-10", "--mnth"),
        ("nonsense", "“nonsense”"),
        ("", "还没有写要做什么"),
        ("report --month", "--month 后面"),
        ("next", "还缺 --month"),
        ("child", "还缺 --name"),
        ("purge --years x", "“x”不对"),
        ("purge --today 2026-13-01", "“2026-13-01”不对"),
        ("read-bureau", "还缺"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert not re.search(r"usage|error|argument|required|invalid", err)


def test_every_command_is_named_where_one_looks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    ([a-z][a-z-]+)\b", capsys.readouterr().out, re.MULTILINE)
    told = (ROOT / "README.md").read_text("utf-8")
    assert names
    assert not [name for name in names if f"guanai {name}" not in told], "not named in README.md"


def test_it_says_its_versions(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert all(f" {version}" in out for version in (TEMPLATE_VERSION, DATA_VERSION, BUREAU_VERSION))


def test_the_help_is_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    out = capsys.readouterr().out
    assert "用法" in out
    assert not re.search(r"usage|positional|show this", out)
