"""What the commands that change findings share: lock, plan, prove, write, and tell."""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli.context import Outlined, find, say
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError

if TYPE_CHECKING:
    from zhenggai.core.lifecycle import EvidenceFile, Plan
    from zhenggai.core.model import Finding
    from zhenggai.core.standing import Standing
    from zhenggai.storage.opened import Opened


class EditFormat(str, Enum):
    """What `--format` may ask of a command that changes something."""

    TEXT = "text"
    JSON = "json"


def filled(param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse words that are given and say nothing."""
    if value is not None and not value.strip():
        is_argument = param.param_type_name == "argument"
        name = f"“{param.metavar}”" if is_argument else param.opts[0]
        raise WrongUsageError(f"{name}是空的;请写上内容")
    return value


OnOption = Annotated[
    str | None, typer.Option("--on", metavar="日期", help="发生的日期;不写就是今天。")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="名称", help="经办人。", callback=filled)
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="理由", help="理由。", callback=filled)
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="文件",
        help="佐证文件,须在台账文件夹里;可写几次。记下相对路径和sha256。",
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只显示会改什么,不写入。")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="做成了就不说话。")]
StyleOption = Annotated[EditFormat, typer.Option("--format", help="输出的形式。")]

Target = tuple[Outlined, str]
"""A ledger and the id of one of its findings."""


class How(NamedTuple):
    """How a change is to be carried out and told."""

    dry_run: bool = False
    quiet: bool = False
    style: EditFormat = EditFormat.TEXT


class Change(NamedTuple):
    """One finding's file before and after."""

    loaded: Outlined
    opened: "Opened"
    plan: "Plan"
    text: str
    after: "Finding"

    @property
    def is_none(self) -> bool:
        """Tell whether there was nothing to write."""
        return not self.plan.edits

    @property
    def standing(self) -> "Standing":
        """Where the finding stands once this is written."""
        from zhenggai.core.standing import standing

        return standing(self.after, self.loaded.today, self.loaded.ledger.inspection)


def day_of(on: str | None, loaded: Outlined) -> date:
    """Give the day a step was taken on: as asked, not after today."""
    from zhenggai.core.dates import DAY_FORMS, DateTextError, parse_day

    if on is None:
        return loaded.today
    try:
        day = parse_day(on)
    except DateTextError as error:
        raise WrongUsageError(f"--on: {error};写成 {DAY_FORMS}") from None
    if day > loaded.today:
        raise RefusedError(f"{day}在今天({loaded.today})之后,还没有发生的事不能登记")
    return day


def targets(loaded: Sequence[Outlined], asked: Sequence[str]) -> list[Target]:
    """Give the findings meant by ids and ranges (7, 07, 1-5, ledger/07), each once."""
    found: dict[tuple[Path, str], Target] = {}
    for one in asked:
        for single in _singles(one):
            target = find(loaded, single)
            found[target[0].root, target[1]] = target
    return list(found.values())


_LONGEST_RANGE = 10_000


def _singles(asked: str) -> list[str]:
    ledger, slash, numbers = asked.rpartition("/")
    first, dash, last = numbers.partition("-")
    if not dash:
        return [asked]
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        raise WrongUsageError(f"看不懂编号“{asked}”;写成 7、07、1-5 或 台账/07")
    start, end = int(first), int(last)
    if not start <= end < start + _LONGEST_RANGE:
        raise WrongUsageError(f"编号“{asked}”的起止不对;小的写在前面,如 1-5")
    return [f"{ledger}{slash}{number}" for number in range(start, end + 1)]


def evidence_files(loaded: Outlined, named: Sequence[str] | None) -> "list[EvidenceFile]":
    """Take up files of evidence for a finding of this ledger."""
    from zhenggai.storage.evidence import evidence

    files = [evidence(loaded.root, Path.cwd(), name) for name in named or ()]
    return list(dict.fromkeys(files))


def carry_out(
    chosen: Sequence[Target], plan: "Callable[[Outlined, Finding], Plan]", how: How
) -> list[Change]:
    """Plan every change on the files as they are now, then write them all.

    Everything is planned and proved before the first file is written; the ledgers are locked
    from reading to writing.
    """
    from zhenggai.storage.writing import locked

    with ExitStack() as stack:
        if not how.dry_run:
            for root in sorted({loaded.root.resolve() for loaded, _ in chosen}):
                stack.enter_context(locked(root))
        changes = [_prepare(loaded, finding_id, plan) for loaded, finding_id in chosen]
        if not how.dry_run:
            _write([change for change in changes if not change.is_none])
    return changes


def _write(changes: Sequence[Change]) -> None:
    """Write the files one by one; where one fails, say which have been written already."""
    from zhenggai.storage.writing import replace

    for place, change in enumerate(changes):
        opened = change.opened
        try:
            replace(opened.path, opened.content, opened.encoded(change.text))
        except RefusedError as error:
            if not place:
                raise
            ids = [other.opened.finding.id for other in changes]
            done, left = "、".join(ids[:place]), "、".join(ids[place:])
            raise RefusedError(f"{error};问题{done}已经写入,问题{left}没有写入") from None


def _prepare(
    loaded: Outlined, finding_id: str, plan: "Callable[[Outlined, Finding], Plan]"
) -> Change:
    from zhenggai.storage.opened import open_finding
    from zhenggai.storage.splice import apply

    opened = open_finding(loaded.root, loaded.ledger.folder, f"{finding_id}.yaml")
    planned = plan(loaded, opened.finding)
    text = apply(opened.text, planned.edits)
    after = opened.finding
    if planned.edits:
        after = _reread(text, finding_id)
        _refuse_new_errors(loaded, opened.finding, after)
    return Change(loaded, opened, planned, text, after)


def _reread(text: str, finding_id: str) -> "Finding":
    from zhenggai.core.reading import read_finding
    from zhenggai.storage.splice import read

    finding, faults = read_finding(read(text) or {})
    if finding is None:
        raise RefusedError(f"没有写入:{faults[0].message};{faults[0].hint}")
    return finding.named(finding_id)


def _refuse_new_errors(loaded: Outlined, before: "Finding", after: "Finding") -> None:
    """Refuse a change that would make `check` find an error it does not find now."""
    old = _errors(loaded, before)
    for key, sentence in _errors(loaded, after).items():
        if key not in old:
            raise RefusedError(f"没有写入:这样改会使台账有错({key[0]}):{sentence}")


def _errors(loaded: Outlined, finding: "Finding") -> dict[tuple[str, str], str]:
    from zhenggai.core.model import Ledger
    from zhenggai.core.rules import Case, examine, is_timing
    from zhenggai.core.terms import Severity
    from zhenggai.storage.folder import has_file

    known = loaded.ledger
    ledger = Ledger(known.name, known.folder, loaded.inspection, (finding,))
    problems = examine(Case(ledger, loaded.today, has_file(loaded.root)))
    return {
        (problem.code, problem.message): problem.sentence
        for problem in problems
        if problem.severity is Severity.ERROR
        and not is_timing(problem)
        and problem.path.endswith(finding.file_name)
    }


def tell_changes(
    changes: Sequence[Change], how: How, whats_next: Callable[[Change], str]
) -> ExitCode:
    """Say of every change what happened, and what is next; or show the difference only."""
    if how.dry_run and how.style is EditFormat.TEXT:
        for change in changes:
            say(_difference(change) or change.plan.done)
    elif how.style is EditFormat.JSON:
        say(_as_json(changes, how))
    elif not how.quiet:
        for change in changes:
            say(change.plan.done + ("" if change.is_none else whats_next(change)))
    return ExitCode.OK


def _difference(change: Change) -> str:
    import difflib

    from zhenggai.storage.naming import shown_path
    from zhenggai.views.text import visible

    name = shown_path(change.loaded.ledger.folder, change.opened.path.name)
    before, after = change.opened.text.splitlines(), change.text.splitlines()
    lines = difflib.unified_diff(before, after, name, f"{name}(改后)", lineterm="")
    return "\n".join(line[:1] + _shown(line[1:], visible) for line in lines)


def _shown(line: str, visible: Callable[[str], str]) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + visible(line)


def _as_json(changes: Sequence[Change], how: How) -> str:
    from zhenggai.storage.naming import shown_path
    from zhenggai.views.formats import json_text

    rows = []
    for change in changes:
        now = change.standing
        rows.append(
            {
                "ledger": change.loaded.ledger.name,
                "id": change.after.id,
                "path": shown_path(change.loaded.ledger.folder, change.opened.path.name),
                "changed": not change.is_none,
                "message": change.plan.done,
                "stage": now.stage,
                "timing": now.timing,
                "deadline": now.deadline,
            }
        )
    return json_text({"dry_run": how.dry_run, "changes": rows})


def ask(question: str) -> bool:
    """Ask at a terminal; elsewhere the answer is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{question}[y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes", "是", "好")
