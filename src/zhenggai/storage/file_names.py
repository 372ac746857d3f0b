"""Classify file names in a ledger folder: inspection, numbered findings, misnamed files."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from zhenggai.model.codes import reading_problem
from zhenggai.model.problem import Problem, shorten
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import Severity

INSPECTION = "inspection.yaml"
OWN_DAYS_OFF = os.fsdecode("节假日.yaml".encode())
"""A ledger's own days off, where it has any; by the bytes, whatever the machine's language."""
APPROVED_TEXTS = os.fsdecode("审定稿".encode())
"""The folder of the texts that were approved, by the bytes as well."""
LOCK = ".zhenggai.lock"
JOURNAL = ".zhenggai.journal"
"""There while several files are being changed together, or after that was interrupted."""
LEDGERS = "ledgers"

# Told how many of how many files are read, for a progress display.
Progress = Callable[[int, int], None]

_YAML = re.compile(r"\.ya?ml\Z", re.IGNORECASE)
_FINDING = re.compile(r"[0-9]{1,9}\.yaml")
# What is left of a finding's name with something before or after it, once it is plainly written,
# and what systems call a copy: 07 (1).yaml, 07 - 副本.yaml.
_LIKE_A_FINDING = re.compile(r"[\W_]*([0-9]{1,9})\s*\.\s*(ya?ml|[^.]+\Z)")
_COPY = re.compile(r"([0-9]{1,9})[^0-9.]*(?:\([0-9]+\))?[^0-9.]*\.(ya?ml)\Z")
_ENDINGS = ("yaml", "yml")
_ICLOUD = ".icloud"
_SWAP = re.compile(r"^\..*\.sw[a-z]$")  # what vim is at work on
LEFT_BEHIND = (
    "~$*",  # what Word, Excel and WPS have open
    ".~lock.*#",  # what LibreOffice has open
    ".#*",  # what Emacs has open
    ".*.sw?",  # what vim has open
    "*.swp",
    "*.swo",
    "*~",
    "#*#",
    "*.bak",
    "*.tmp",
    "*.orig",
    "*.rej",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".ds_store",
    "._*",  # what macOS writes beside each file on foreign disks
    ".directory",
)
"""What editors, office programs and systems leave beside files, as patterns in lower case.

Such a file is nothing of a ledger's and no evidence, wherever it lies: it is not read and not
spoken of. One that bears the number of a finding whose own file is missing is named all the same,
for it may be what is left of it. docs/ledger.md has this list.
"""
# More is not named.
_MOST_GAPS = 10


_LEFT_BEHIND = re.compile(
    "|".join(re.escape(one).replace(r"\*", ".*").replace(r"\?", ".") for one in LEFT_BEHIND),
    re.DOTALL,
)


def is_finding(name: str) -> bool:
    """Whether a file is named as a finding: a number and .yaml."""
    return _FINDING.fullmatch(name) is not None


_APPROVED_TEXT = re.compile(rf"{APPROVED_TEXTS}/[\w-]{{1,100}}\.txt")


def is_approved_text(name: str) -> bool:
    """Whether a path in a ledger is that of an approved text (审定稿), as the program names it."""
    return _APPROVED_TEXT.fullmatch(name) is not None


def number(name: str) -> tuple[int, str]:
    """Order finding files by number; 7.yaml and 07.yaml stay apart."""
    return _number(name), name


def _number(name: str) -> int:
    return int(name[: name.index(".")])


def is_file(path: Path) -> bool:
    """Whether a regular file is there; what may not be looked at is none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path's own raises on what may not be looked at


def is_ledger(folder: str | Path) -> bool:
    """Whether a folder holds an inspection or at least numbered findings."""
    if os.path.isfile(os.path.join(folder, INSPECTION)):  # noqa: PTH113, PTH118 - thousands of them
        return True
    try:
        with os.scandir(folder) as entries:
            return any(is_finding(entry.name) for entry in entries)
    except OSError:
        return False


def finding_names(root: Path) -> list[str]:
    """Return the names of the numbered files in a folder, by number."""
    with os.scandir(root) as entries:
        return _by_number(entry.name for entry in entries if is_finding(entry.name))


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


def names_in(root: Path) -> tuple[list[str], list[Problem]]:
    """Return the names of a folder's findings by number, and what is wrong with its names."""
    everything = set(os.listdir(root))  # noqa: PTH208 - a path for each would take long
    names = _by_number(filter(_FINDING.fullmatch, everything))
    others = sorted(everything - {*names, INSPECTION, OWN_DAYS_OFF})
    misnamed = {name for name in others if _is_misnamed(name)}
    problems = [_misnamed(name) for name in others if name in misnamed]
    problems += _lookalikes([name for name in others if name not in misnamed], names)
    problems += _same_number(names) + _gaps(names)
    if inside := _ledgers_inside(root, [name for name in others if not _YAML.search(name)]):
        shown = "、".join(map(shorten, inside[:_NAMED]))
        message = f"这本台账的文件夹里还有台账（{shown}{'等' if len(inside) > _NAMED else ''}）"
        hint = f"一个文件夹只放一本台账；移走多出的{INSPECTION}"
        problems.append(file_problem(INSPECTION, "F114", message, hint))
    return names, problems


_NAMED = 3


def _ledgers_inside(root: Path, names: list[str]) -> list[str]:
    """Return the ledgers among a ledger's folders, where a search would find them but for it."""
    places = list(names)
    if LEDGERS in names:
        with contextlib.suppress(OSError), os.scandir(root / LEDGERS) as entries:
            places += sorted(f"{LEDGERS}/{entry.name}" for entry in entries)
    return [place for place in places if is_file(root / place / INSPECTION)]


def is_left_behind(name: str) -> bool:
    """Whether a file is one that editors, office programs and systems leave beside others."""
    return _LEFT_BEHIND.fullmatch(name.casefold()) is not None


def number_meant(name: str) -> str | None:
    """Return the number of the finding that a file's name says or seems to say, as written.

    So does 07.yaml.bak, .07.yaml.icloud, full-width ０７.yaml, 07.yaml with a blank behind.
    """
    if not any(map(str.isdigit, name)) or _SWAP.match(name):
        return None
    from unicodedata import category, normalize

    plain = "".join(one for one in normalize("NFKC", name) if category(one) != "Cf").lower()
    found = _LIKE_A_FINDING.match(plain) or _COPY.match(plain)
    if found is None:
        return None
    number, ending = found.groups()
    return number if ending in _ENDINGS or _nearly_yaml(ending.strip()) else None


def _is_misnamed(name: str) -> bool:
    """Whether a YAML file has a name of its own, and not a finding's with something before it."""
    if not _YAML.search(name) or name[0] == ".":
        return False
    return name[0].isdigit() or number_meant(name) is None


def _nearly_yaml(ending: str) -> bool:
    return nearest(ending, _ENDINGS, 0.7) is not None


def _lookalikes(names: list[str], findings: list[str]) -> list[Problem]:
    """Name the files that seem to be findings and are not read, by what they may have cost.

    Where the finding itself is missing it has left the counts. Where it is there, this is a copy
    or an older state; what editors and systems leave behind, and what is hidden, is passed over.
    """
    meant = {name: number for name in names if (number := number_meant(name))}
    there = set(map(_number, findings)) if meant else set()
    problems = []
    for name, number in meant.items():
        if int(number) not in there:
            problems.append(_lost(name, number))
        elif name[0] != "." and not is_left_behind(name):
            message = f"“{name}”在问题{number}的文件旁边，未读取"
            problems.append(file_problem(name, "F116", message, "核对以后移出台账"))
    return problems


def _lost(name: str, number: str) -> Problem:
    message = f"“{name}”像是问题{number}的文件，名称不对，未读取"
    hint = f"是问题就改名为{number}.yaml，不是就移出台账"
    if name.endswith(_ICLOUD):
        message = f"“{name}”是尚未从iCloud下载的问题{number}，未读取"
        hint = "在“访达”里下载以后再执行"
    return file_problem(name, "F115", message, hint)


def _gaps(names: list[str]) -> list[Problem]:
    """Tell of numbers that no finding has; `names` are in order of number.

    A gap as wide as the ledger is long is a way of numbering, and no loss.
    """
    if not names or _number(names[-1]) == len(names):
        return []
    gaps, last = [], 0
    for name in names:
        number = _number(name)
        if 1 < number - last <= len(names):
            gaps.append(_span(last + 1, number - 1, len(name.partition(".")[0])))
        last = number
    if not gaps:
        return []
    shown = "、".join(gaps[:_MOST_GAPS]) + ("等" if len(gaps) > _MOST_GAPS else "")
    hint = "核对是否缺少文件；本来没有的不必补"
    return [file_problem(INSPECTION, "F117", f"编号不连续，没有{shown}", hint)]


def _span(first: int, last: int, columns: int) -> str:
    start, end = f"{first:0{columns}d}", f"{last:0{columns}d}"
    return start if first == last else f"{start}至{end}"


def _misnamed(name: str) -> Problem:
    if name[0].isdigit():
        message = f"“{name}”不是问题的文件名"
        return file_problem(name, "F109", message, "改名为编号加.yaml（如07.yaml），或移出台账")
    message = f"“{name}”未作为问题读取"
    hint = "是问题就改名为编号加.yaml（如07.yaml），不是就移出台账"
    for own in (INSPECTION, OWN_DAYS_OFF):
        if _YAML.sub("", name).lower() == _YAML.sub("", own):
            message, hint = f"“{name}”未读取", f"改名为{own}"
    return file_problem(name, "F112", message, hint)


def _by_number(names: Iterable[str]) -> list[str]:
    """Sort by number; names of one length, zeros before, are in that order by themselves."""
    alphabetic = sorted(names)
    if _have_one_length(alphabetic):
        return alphabetic
    return sorted(alphabetic, key=_number)


def _have_one_length(names: list[str]) -> bool:
    return len(set(map(len, names))) <= 1


def _same_number(names: list[str]) -> list[Problem]:
    """Name the files that are one number; `names` are in order of number."""
    if _have_one_length(names) or len(set(map(_number, names))) == len(names):
        return []
    return [
        file_problem(name, "F110", f"{'、'.join(same)}是同一个编号", "给其中一个改号")
        for _, group in groupby(names, key=_number)
        if len(same := list(group)) > 1
        for name in same
    ]


def shown_path(shown: str, name: str) -> str:
    """Write a file's path the way the user can open it."""
    return f"{shown}/{name}" if shown else name


def file_problem(name: str, code: str, message: str, hint: str) -> Problem:
    """Return a problem of a whole file of a ledger, by its name."""
    return reading_problem(code, message, hint, path=name)


def is_read(problems: Iterable[Problem]) -> bool:
    """Whether an inspection.yaml was read without an error: else no figure counts its ledger."""
    return not any(
        one.severity is Severity.ERROR and one.path.rpartition("/")[2] == INSPECTION
        for one in problems
    )


def leaves(root: Path, path: Path) -> bool:
    """Whether a path, links followed, lies outside a folder."""
    inside = os.path.realpath(root)
    target = os.path.realpath(path)
    try:
        return os.path.commonpath([inside, target]) != inside
    except ValueError:  # another drive
        return True
