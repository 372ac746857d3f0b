"""The tutorial: every command in it is run, and says what the page says."""

import re
import shlex
from pathlib import Path

import pytest

from commandline import ROOT, Zhenggai
from golden import compare

# The second goes on where the first ends.
PAGES = (ROOT / "docs" / "tutorial.md", ROOT / "docs" / "mending.md")

# What ends in a command to be run, or a file to be written as the page says.
BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _a_day_in_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")


class Clerk:
    """Does what the tutorial says, in its order, and writes down what comes of it."""

    def __init__(self, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch) -> None:
        self._zhenggai = zhenggai
        self._go = monkeypatch.chdir
        self.codes: dict[str, int] = {}

    def follow(self, block: re.Match[str]) -> str:
        kind, text = block[1], block[2]
        if kind == "yaml":
            name, _, content = text.partition("\n")
            Path(name.removeprefix("# ")).write_text(content, encoding="utf-8", newline="\n")
            return block[0]
        typed = [line for line in text.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(map(self._run, typed)) + "```"

    def _run(self, line: str) -> str:
        program, *words = shlex.split(line.removeprefix("$ "))
        if program == "cd":
            self._go(words[0])
            return f"{line}\n"
        assert program == "zhenggai"
        outcome = self._zhenggai(*words)
        self.codes[" ".join(words)] = outcome.code
        return f"{line}\n{outcome.out}{outcome.err}"


def test_the_tutorial_shows_what_happens(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk(zhenggai, monkeypatch)
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        compare(path, BLOCK.sub(clerk.follow, page))
    failing = {words: code for words, code in clerk.codes.items() if code}
    assert failing == {
        "close 1 --by 局党组": 4,
        "stauts": 2,
        "show 9": 2,
        "undo": 4,
        "correct 2 --record 4 --reason 登错了": 4,
        "rename --department 办公室 计划财务科": 4,
    }
    run = {words.split()[0] for words in clerk.codes}
    assert run >= {"init", "new", "done", "log", "extend", "close", "check", "announce", "show"}
    assert run >= {"undo", "correct", "void", "handover", "rename", "split", "reopen"}
