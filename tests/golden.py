"""Golden files: what people read, kept as it was when someone last read it critically."""

import os
from pathlib import Path

from commandline import Outcome, Zhenggai

WRITING = os.environ.get("ZHENGGAI_GOLDEN") == "write"


def compare(path: Path, text: str) -> None:
    """Hold a text against its golden file; with ZHENGGAI_GOLDEN=write, write the file anew."""
    if WRITING:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    with path.open(encoding="utf-8", newline="") as file:
        assert text == file.read(), f"{path.name} reads differently; see ZHENGGAI_GOLDEN=write"


def transcript(zhenggai: Zhenggai, commands: list[str]) -> str:
    """Run commands (their words parted by spaces) and write what a person would have seen."""
    return "\n".join(_entry(words, zhenggai(*words.split())) for words in commands)


def _entry(words: str, outcome: Outcome) -> str:
    err = f"--- stderr\n{outcome.err}" if outcome.err else ""
    code = f"--- exit code {outcome.code}\n" if outcome.code else ""
    return f"$ zhenggai {words}\n{outcome.out}{err}{code}"
