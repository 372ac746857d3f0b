r"""Prove that the printed texts differ from an earlier revision's by a table of words alone.

    python benchmarks/wording.py REVISION [UNTIL] [--table benchmarks/wording.tsv]

The texts are all that `ZHENGGAI_GOLDEN=write` writes (tests/golden.py), the reproducers of the
catalogue, and the reference that docs/generate.py writes; of the tutorial it is the code blocks.
They are read from Git at REVISION, the table is applied, and every line that then differs from the
file at UNTIL (without it, the file of today) is printed. The exit code is 1 where a line differs
or an entry changes nothing.

An entry is a line of three columns, parted by tabs: which files (a glob, `*` for all), old text,
new text; `\n` stands for a line break. Entries do not meet: at every place the longest old text
is replaced, and what was written is not read again. Where two entries have the same old text, the
longer glob counts. An entry whose texts are the same keeps what a shorter one would change. A
single mark is replaced only beside Chinese: the same mark parts the columns of CSV.
"""

import argparse
import re
import subprocess
import sys
from difflib import unified_diff
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

_REPOSITORY = Path(__file__).resolve().parent.parent
_TABLE = Path(__file__).with_suffix(".tsv")
_TUTORIAL = "docs/tutorial.md"
_TEXTS = (
    "tests/*/golden/*",
    "tests/catalogue/*.txt",
    "templates/schema/*.json",
    "docs/commands.md",
    "docs/ledger.md",
    "docs/rules.md",
    _TUTORIAL,
)
_TABS = 2
_CODE = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHINESE = r"[\u2014-\u201d\u2026\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]"


class Entry(NamedTuple):
    """A line of the table."""

    files: str
    old: str
    new: str


def read_table(path: Path) -> list[Entry]:
    """Read the table; raise ValueError if its entries are not sorted, unique and of three columns.

    The first line names the columns.
    """
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line.count("\t") != _TABS:
            message = f"not of three columns: {line}"
            raise ValueError(message)
        entries.append(Entry(*line.split("\t")))
    if entries != sorted({(entry.files, entry.old): entry for entry in entries}.values()):
        message = "the table is not sorted, or has an entry twice"
        raise ValueError(message)
    return [entry._replace(old=_broken(entry.old), new=_broken(entry.new)) for entry in entries]


def _broken(text: str) -> str:
    return text.replace("\\n", "\n")


class Wording:
    """The entries for one file, and which of them it made use of."""

    def __init__(self, entries: list[Entry], name: str) -> None:
        chosen = [entry for entry in entries if fnmatch(name, entry.files)]
        self._entries = {entry.old: entry for entry in sorted(chosen, key=_how_particular)}
        longest_first = sorted(self._entries, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, longest_first)) or r"(?!)")
        self.used: set[Entry] = set()

    def apply(self, text: str) -> str:
        """Replace the old words by the new ones."""
        return self._pattern.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        entry = self._entries[match[0]]
        self.used.add(entry)
        return entry.new


def _how_particular(entry: Entry) -> int:
    return len(entry.files)


def _pattern(old: str) -> str:
    mark = re.escape(old)
    return mark if len(old) > 1 else f"(?<={_CHINESE}){mark}|{mark}(?={_CHINESE})"


def _read(name: str, content: bytes) -> str:
    text = content.decode("utf-8")
    return "".join(_CODE.findall(text)) if name == _TUTORIAL else text


def _git(*words: str) -> bytes:
    asking = ["git", "-C", str(_REPOSITORY), "-c", "core.quotePath=off", *words]
    return subprocess.run(asking, check=True, capture_output=True).stdout


def _content(name: str, revision: str | None) -> bytes:
    """Return a file at a revision, without one as it lies there today."""
    return _git("show", f"{revision}:{name}") if revision else (_REPOSITORY / name).read_bytes()


def _names(revision: str) -> list[str]:
    every = _git("ls-tree", "-r", "--name-only", revision).decode("utf-8").splitlines()
    return [name for name in every if any(fnmatch(name, glob) for glob in _TEXTS)]


def _main() -> int:
    parser = argparse.ArgumentParser(description="Compare texts by a table of words.")
    parser.add_argument("revision")
    parser.add_argument("until", nargs="?")
    parser.add_argument("--table", type=Path, default=_TABLE)
    asked = parser.parse_args()
    entries = read_table(asked.table)
    used: set[Entry] = set()
    differing = 0
    names = _names(asked.revision)
    for name in names:
        wording = Wording(entries, name)
        old = _read(name, _git("show", f"{asked.revision}:{name}"))
        expected = wording.apply(old)
        used |= wording.used
        found = _read(name, _content(name, asked.until))
        if found != expected:
            differing += 1
            lines = (expected.splitlines(keepends=True), found.splitlines(keepends=True))
            sys.stdout.writelines(unified_diff(*lines, f"{name} by the table", name, n=0))
    unused = [entry for entry in entries if entry not in used]
    for entry in unused:
        print("unused:", *entry, sep="\t")
    print(f"{len(names)} files, {differing} differ; {len(entries)} entries, {len(unused)} unused")
    return 1 if differing or unused else 0


if __name__ == "__main__":
    sys.exit(_main())
