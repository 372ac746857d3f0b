"""Both READMEs: the same commands in both, every command there is, and options that exist."""

import re
from typing import Any

import pytest
import typer.main

from commandline import ROOT
from zhenggai.cli.app import app

PROGRAM: Any = typer.main.get_command(app)
READMES = ("README.md", "README.zh-CN.md")
_ROW = re.compile(r"^\| `(zhenggai .+?)` \| .+ \|$", re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_both_tables_have_the_same_rows() -> None:
    english, chinese = (_ROW.findall(_text(name)) for name in READMES)
    assert english == chinese
    assert len(english) == len(PROGRAM.commands) + 1  # check stands there twice


@pytest.mark.parametrize("name", READMES)
def test_every_command_there_is_has_a_row(name: str) -> None:
    assert {row.split()[1] for row in _ROW.findall(_text(name))} == set(PROGRAM.commands)


@pytest.mark.parametrize("name", READMES)
def test_every_option_in_a_row_is_one_of_its_command(name: str) -> None:
    for line in _text(name).splitlines():
        if row := _ROW.match(line):
            command = PROGRAM.commands[row[1].split()[1]]
            known = {opt for parameter in command.params for opt in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", line)) <= known, line
