"""What every attack on the gate starts from: the sample under Git, in ledgers/keji."""

import shutil
from pathlib import Path

from commandline import SAMPLE, Outcome
from git_repository import SETTINGS, Repository, init

KEJI = "ledgers/keji"
CLOSED = f"{KEJI}/09.yaml"
ABOUT = f"{KEJI}/inspection.yaml"
FORGED = ("批准人: 局党组", "批准人: 办公室")
ENVIRONMENT = {**SETTINGS, "ZHENGGAI_TODAY": "2021-06-15"}
"""On that day 04 and 05 are overdue, and an honest check says 1."""


def sample(folder: Path) -> Repository:
    """Commit the sample in a new repository; both findings are overdue already.

    It is of format 1, for version 0.1.0 is to read it too.
    """
    shutil.copytree(SAMPLE, folder / KEJI)
    change(folder / ABOUT, "格式: 2\n标识: 2021-县委-县科技局\n", "")
    for name in ("02", "18"):  # as version 1 knew the key
        change(folder / KEJI / f"{name}.yaml", "检视周期", "复核周期")
    for path in (folder / KEJI).glob("[0-9]*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("事项: 进展", "事项: 督查"), encoding="utf-8")
    repository = init(folder)
    repository.commit(day="2021-06-10")
    return repository


def copied(repository: Repository, folder: Path) -> Repository:
    """Copy a repository, which is faster than to make it."""
    shutil.copytree(repository.folder, folder, symlinks=True)
    return Repository(folder)


def change(path: Path, old: str, new: str) -> None:
    """Change a text in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


def put(path: Path, text: str) -> None:
    """Write a file in a folder that may be missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def codes(outcome: Outcome) -> set[str]:
    """Give the codes of what a check said."""
    lines = [line.split(": ", 1) for line in outcome.out.splitlines()]
    return {rest[1].split(" ")[0] for rest in lines if len(rest) > 1}
