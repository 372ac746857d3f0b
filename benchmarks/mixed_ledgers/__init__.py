"""Make ledgers of all kinds for comparing two revisions: a third sound, two thirds faulty.

Nothing here knows the program: what a ledger may hold is taken from docs/ledger.md. Ledger number
n of a seed is the same whenever it is made.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from mixed_ledgers.chance import Chance
from mixed_ledgers.emit import Style, emit
from mixed_ledgers.faults import CONTENT_FAULTS, DATA_FAULTS, FOLDER_FAULTS, TEXT_FAULTS, Link
from mixed_ledgers.sound import Draft, sound_ledger

_SOUNDNESS = ("sound", "one fault", "many faults")
_MANY = 10


class Made(NamedTuple):
    """One ledger that was written: its folder, the day to look at it, and what may be asked of it.

    `ids` are the findings' as they were invented, written as the command line wants them; a fault
    may have made a file unreadable or renamed it. `measures` gives how many measures each has.
    """

    folder: Path
    soundness: str
    today: date
    ids: list[str]
    measures: dict[str, int]
    evidence: list[str]


def make_ledger(parent: Path, number: int, seed: int) -> Made:
    """Write one ledger (or, rarely, a folder of several) below `parent`."""
    chance = Chance(f"{seed}/{number}")
    folder = parent / f"{number:05}"
    soundness = _SOUNDNESS[number % len(_SOUNDNESS)]
    if not chance.maybe(0.06):
        draft = _write_one(folder, chance, soundness)
        return _made(folder, soundness, [draft])
    # The first of several carries the faults: where one is at fault the others are still read.
    within = folder / "ledgers" if chance.maybe(0.5) else folder
    drafts = [
        _write_one(within / name, chance, "sound" if place else soundness)
        for place, name in enumerate(chance.some(["甲局", "乙局", "丙局", "b-2021"], 2, 3))
    ]
    return _made(folder, soundness, drafts)


def _made(folder: Path, soundness: str, drafts: list[Draft]) -> Made:
    ids, measures, evidence = [], {}, []
    for draft in drafts:
        prefix = f"{draft.name}/" if len(drafts) > 1 else ""
        for name, data in draft.findings.items():
            one = prefix + name.removesuffix(".yaml")
            ids.append(one)
            measures[one] = len(data["措施"]) if isinstance(data.get("措施"), list) else 1
        evidence += [] if prefix else list(draft.files)
    return Made(folder, soundness, drafts[0].today, ids, measures, evidence)


def _write_one(folder: Path, chance: Chance, soundness: str) -> Draft:
    draft = sound_ledger(chance, folder.name)
    faults = {"sound": 0, "one fault": 1}.get(soundness, chance.randint(2, _MANY))
    levels = [
        chance.choice(["data", "data", "data", "data", "text", "folder"]) for _ in range(faults)
    ]
    for _ in range(levels.count("data")):
        chance.choice(DATA_FAULTS)(chance, draft)
    contents = _texts(draft, chance)
    for _ in range(levels.count("text")):
        name = chance.choice(list(contents))
        contents[name] = _spoilt(chance, contents[name])
    contents |= draft.files
    for _ in range(levels.count("folder")):
        chance.choice(FOLDER_FAULTS)(chance, contents)
    folder.mkdir(parents=True)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content.decode())
        else:
            path.write_bytes(content)
    return draft


def _texts(draft: Draft, chance: Chance) -> dict[str, bytes]:
    """Write every file, each in a style of its own or all in one."""
    style = Style(chance)
    line_end = "\r\n" if chance.maybe(0.1) else "\n"
    files = {"inspection.yaml": draft.inspection or {}, **draft.findings}
    texts = {}
    for name, data in files.items():
        style = Style(chance) if chance.maybe(0.5) else style
        texts[name] = emit(data, style).replace("\n", line_end).encode(errors="surrogatepass")
    return texts


def _spoilt(chance: Chance, content: bytes) -> bytes:
    if chance.maybe(0.25):
        return chance.choice(CONTENT_FAULTS)(chance, content)
    text = content.decode(errors="replace")
    return chance.choice(TEXT_FAULTS)(chance, text).encode(errors="surrogatepass")
