"""Create a new ledger or finding; existing files are never overwritten."""

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from typing import NamedTuple

from zhenggai.errors import InvalidInputError, RefusedError
from zhenggai.ledger.lifecycle import AddMeasure
from zhenggai.ledger.progress_steps import NewMeasure
from zhenggai.model.dates import DateTextError, parse_day, parse_deadline
from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem
from zhenggai.model.references import proposed_identifier
from zhenggai.model.terms import Kind
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.atomic import create, create_folder, make_folder
from zhenggai.storage.discovery import ledgers_beside
from zhenggai.storage.file_names import (
    INSPECTION,
    JOURNAL,
    finding_names,
    is_ledger,
    number_meant,
)
from zhenggai.storage.ledger_file import read_inspection_file
from zhenggai.storage.locking import locked
from zhenggai.storage.resources import shipped
from zhenggai.storage.transaction import refuse_linked, transaction
from zhenggai.storage.yaml.nodes import parse, to_data
from zhenggai.storage.yaml.text_edits import apply, scalar

SAMPLE = "keji-2021"
EVIDENCE = "佐证"
_FOR_GIT = ("gitattributes", "gitignore")
_NUMBER = re.compile(r"[0-9]{1,9}")

# The schemas lie in the ledger, so that an editor completes and checks without a network.
SCHEMAS = ".schema"
_MODELINE = "# yaml-language-server: $schema={folder}/{kind}.json\n"


def start_ledger(
    folder: Path, unit: str, group: str, feedback: str, identifier: str | None = None
) -> Path:
    """Write inspection.yaml into a folder that holds no ledger yet; create the folder if needed.

    Values may be empty, to be filled in by hand; without an identifier one is made. Raise
    InvalidInputError where one is wrong, RefusedError where one tells of a case.
    """
    refuse_a_ledger(folder)
    values = {"unit": unit, "group": group, "feedback": _day(feedback)}
    text = _fill(
        INSPECTION, values | {"identifier": identifier or new_identifier(folder, **values)}
    )
    data = _data(text)
    inspection, problems = decode_inspection(data)
    _raise([one for one in problems if data.get(str(one.at[0])) is not None])
    refuse_typed(inspection)
    _lay_out(folder, {INSPECTION: text})
    return folder / INSPECTION


def new_identifier(folder: Path, unit: str = "", group: str = "", feedback: str = "") -> str:
    """Return an identifier (标识) for a ledger in a folder, which no ledger beside it has."""
    try:
        feedback_on = parse_day(feedback)
    except DateTextError:
        feedback_on = None
    beside = [read_inspection_file(one)[0].identifier for one in ledgers_beside(folder)]
    taken = {one for one in beside if one}
    return proposed_identifier(unit, group, feedback_on, taken, secrets.token_hex(3))


def copy_sample(folder: Path) -> int:
    """Write the sample ledger into a folder that holds none; give the number of findings."""
    refuse_a_ledger(folder)
    sample = shipped("ledgers") / SAMPLE
    names = [*finding_names(sample), INSPECTION]
    _lay_out(folder, {name: (sample / name).read_text(encoding="utf-8") for name in names})
    return len(names) - 1


def write_ledger(folder: Path, files: Mapping[str, str]) -> None:
    """Write a whole new ledger into a folder that holds none."""
    refuse_a_ledger(folder)
    _lay_out(folder, files)


# What the template of a finding has a place for.
_PLACED = ("title", "aspect", "kind", "leader", "departments", "owner")


class FindingDraft(NamedTuple):
    """What a new finding says: texts and lists by field name as the user wrote them, and measures.

    '' stands for what is still open. `title` is said; `due` and `review_every` are texts.
    """

    texts: Mapping[str, str]
    lists: Mapping[str, Sequence[str]] = {}
    measures: Sequence[NewMeasure] = ()


def add_findings(
    folder: Path,
    drafts: Sequence[FindingDraft],
    inspection: Inspection,
    once_there: Iterable[str] = (),
) -> list[Path]:
    """Write findings under the next numbers that were never used, all or none; give their paths.

    `once_there` are names that files of the ledger have had. Raise InvalidInputError where a
    finding is wrong, RefusedError where it tells of a case.
    """
    texts = [_finding_text(draft, inspection) for draft in drafts]
    used = list(once_there)
    with locked(folder):
        _add_schemas(folder)
        with transaction(folder) as change:
            paths = []
            for text in texts:
                name = next_name(folder, used)
                used.append(name)
                paths.append(folder / name)
                change.stage(folder / name, None, with_modeline(name, text).encode())
            change.commit()
    return paths


def refuse_faulty(draft: FindingDraft, inspection: Inspection) -> None:
    """Raise what `add_findings` would raise for what a finding says."""
    _finding_text(draft, inspection)


def _finding_text(draft: FindingDraft, inspection: Inspection) -> str:
    """Return a finding's file, proved to say what was meant."""
    aspects = inspection.aspects
    words = dict.fromkeys(_PLACED, "") | dict(draft.texts)
    kind = words["kind"] = words["kind"] or Kind.FIXED_TERM.value
    due, review = _day(words.pop("due", ""), parse_deadline), words.pop("review_every", "")
    if kind == Kind.LONG_TERM.value and not due:
        deadline = f"检视周期: {_slot(review)}"
    else:
        deadline = f"整改时限: {_slot(due)}" + (f"\n检视周期: {_slot(review)}" if review else "")
    hint = f"可写：{'、'.join(aspects)}" if aspects else "反馈意见的哪个方面"
    said = "".join(
        f"{Finding.DECLARED[name].key}: {_slot(text)}\n"
        for name, text in words.items()
        if name not in _PLACED and text
    )
    for name, texts in draft.lists.items():
        items = "".join(f"  - {scalar(text)}\n" for text in texts)
        said += f"{Finding.DECLARED[name].key}:\n{items}" if items else ""
    lines = {"deadline": deadline, "aspects": _one_line(hint), "further": said + _further_slots()}
    text = _fill("finding.yaml", words, lines)
    if draft.measures:
        text = re.sub("^  #.*\n", "", text, flags=re.MULTILINE)  # an example is not needed then
        node, _ = parse(text, "")
        edits = [AddMeasure(measure.values()) for measure in draft.measures]
        text = apply(text, node, edits)[0] if node else text
    finding, problems = decode_finding(_data(text), "")
    _raise(problems)
    if finding is not None:
        refuse_typed(finding)
    return text


def _further_slots() -> str:
    """Return an empty slot for every declared key that the template does not place itself."""
    template = (shipped("templates") / "finding.yaml").read_text(encoding="utf-8")
    placed = {*re.findall(r"^(?:\$\{\w+\})?(\w+):", template, re.MULTILINE), "整改时限"}
    return "".join(
        f"# {one.description}\n{one.key}:\n"
        for one in Finding.DECLARED.values()
        if one.slot and one.key not in placed
    )


def _lay_out(folder: Path, files: Mapping[str, str]) -> None:
    """Write a ledger's files, and what goes with them: all or none."""
    own = {name: with_modeline(name, text).encode() for name, text in files.items()}
    added = {f"{SCHEMAS}/{name}": text for name, text in _schemas().items()} | _for_git()
    if not os.path.lexists(folder):
        with contextlib.suppress(FileExistsError):  # made by someone else in between
            create_folder(folder, added | own)
            return
    if not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    with locked(folder):
        refuse_a_ledger(folder)
        with transaction(folder) as change:
            for name, content in (added | own).items():
                # What the folder says already of its schemas and of git stays.
                if name in own or not os.path.lexists(folder / name):
                    change.stage(folder / name, None, content)
            change.commit()


def _add_schemas(folder: Path) -> None:
    """Put the schemas into a ledger that has none; what is there is left as it is."""
    refuse_linked(folder / SCHEMAS)
    make_folder(folder / SCHEMAS, folder)
    for name, content in _schemas().items():
        if not os.path.lexists(folder / SCHEMAS / name):
            create(folder / SCHEMAS / name, content, folder)


def _schemas() -> dict[str, bytes]:
    sources = sorted((shipped("templates") / "schema").glob("*.json"))
    return {source.name: _shipped_text(source) for source in sources}


def _shipped_text(source: Path) -> bytes:
    """Return a shipped file with line feeds, however the checkout ends its lines."""
    return source.read_text(encoding="utf-8").encode()


def with_modeline(name: str, text: str) -> str:
    """Tell an editor in the first line which schema the file follows."""
    kind = "inspection" if name == INSPECTION else "finding"
    return _MODELINE.format(folder=SCHEMAS, kind=kind) + text


def _for_git() -> dict[str, bytes]:
    """Return the files that tell git how to treat a ledger."""
    return {f".{name}": _shipped_text(shipped("templates") / name) for name in _FOR_GIT}


def refuse_a_ledger(folder: Path, hint: str = "请换一个文件夹") -> None:
    """Raise RefusedError where a folder holds a ledger; one that was half laid out is completed."""
    done = "未改动任何文件"
    if os.path.lexists(folder / JOURNAL):
        with locked(folder):
            done = "上次未写完的已处理"
    if is_ledger(folder):
        raise RefusedError(f"“{folder}”里已经有台账，{done}；{hint}")


def next_name(folder: Path, once_there: Iterable[str]) -> str:
    """Return the name after all that findings have or had: in any spelling, and in evidence."""
    stems = [name.partition(".")[0] for name in finding_names(folder)]
    used = [*stems, *filter(None, map(number_meant, (*os.listdir(folder), *once_there)))]  # noqa: PTH208
    used += _numbered_folders(folder / EVIDENCE)
    number = max(map(int, used), default=0) + 1
    columns = max((len(stem) for stem in stems), default=2)
    return f"{number:0{columns}d}.yaml"


def _numbered_folders(folder: Path) -> list[str]:
    """Return the numbers of findings that evidence is kept for: 07 for 佐证/07/."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [entry.name for entry in entries if _NUMBER.fullmatch(entry.name)]
    return []


def _fill(name: str, values: Mapping[str, str], lines: Mapping[str, str] | None = None) -> str:
    template = Template((shipped("templates") / name).read_text(encoding="utf-8"))
    scalars = {key: _slot(value) for key, value in values.items()}
    text = template.substitute(scalars | dict(lines or {}))
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _day(text: str, parse: Callable[[str], date] = parse_day) -> str:
    """Write a day the way the program does; what is no day is left for the model to judge."""
    try:
        return parse(text).isoformat()
    except DateTextError:
        return text


def _slot(text: str) -> str:
    return scalar(text) if text else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _data(text: str) -> dict[str, object]:
    """Read a filled template; every value in it was proved to be readable where it was written."""
    node, _ = parse(text, "")
    return to_data(node) if node else {}


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInputError(problems[0].sentence)
