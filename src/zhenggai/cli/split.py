"""`zhenggai split`: a finding that turns out to be two; open measures go on under a new number."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import say
from zhenggai.cli.finding_search import find
from zhenggai.cli.ledger_access import asked_day, clock, open_folders, tell_of_half_changed
from zhenggai.cli.numbers_used import once_used
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.lifecycle import Case
from zhenggai.ledger.splitting import Split, plan_split, split_off
from zhenggai.model.decoding import decode_finding
from zhenggai.model.problem import has_errors
from zhenggai.rules.secrecy_rules import refuse_typed
from zhenggai.storage.checking import refuse_new_faults
from zhenggai.storage.edited_file import open_finding
from zhenggai.storage.file_names import shown_path
from zhenggai.storage.ledger_folder import read_ledgers
from zhenggai.storage.locking import locked
from zhenggai.storage.scaffold import next_name, with_modeline
from zhenggai.storage.transaction import transaction
from zhenggai.storage.yaml.nodes import to_data
from zhenggai.storage.yaml.text_edits import apply
from zhenggai.storage.yaml.whole_text import whole_text
from zhenggai.views.edits import difference

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.model.ledger_model import Finding
    from zhenggai.storage.edited_file import OpenedFinding
    from zhenggai.storage.ledger_folder import LedgerFolder


@command(
    """拆分：一个问题其实是两个，把未完成的措施移到下一个编号的问题里。

        责任、类型、公开与否照旧，时限是现在有效的时限；与反馈问题数比较时不另计。完成的措施和记录留在原问题。""",
    examples="""
zhenggai split 7 --title 会风不实 --measures 3,4
zhenggai split 7 --title 会风不实 --measures 3-4 --manifestations 2""",
    completes={"finding_id": candidates.finding_ids},
)
def split(
    finding_id: edit_options.FindingArgument,
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="问题", help="拆出的问题的名称。", callback=edit_options.filled
        ),
    ],
    measures: Annotated[
        str,
        typer.Option("--measures", metavar="次序", help="移走第几项措施：3、3,4 或 3-5。"),
    ],
    manifestations: Annotated[
        str | None,
        typer.Option(
            "--manifestations",
            metavar="次序",
            help="抄去第几项具体表现；不写时是这些措施所针对的。",
        ),
    ] = None,
    note: edit_options.NoteOption = None,
    by: edit_options.ByOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入。")] = False,
    *,
    where: Where,
) -> ExitCode:
    """Split a finding in two."""
    moved = _numbers(measures, "--measures")
    copied = _numbers(manifestations, "--manifestations") if manifestations else ()
    folders = open_folders(where.ledger, for_change=True)
    folder, found = find(folders, finding_id)
    asked = Split(title.strip(), "", moved, copied, note, by)
    if dry_run:
        tell_of_half_changed([folder])
        change = _SplitFiles(folder, found, finding_id, asked, asked_day(where.today))
        for name, before, after in change.texts:
            say(difference(shown_path(folder.shown, name), before, after))
        return ExitCode.OK
    with locked(folder.root), transaction(folder.root) as together:
        change = _SplitFiles(folder, found, finding_id, asked, asked_day(where.today))
        opened = change.opened
        together.stage(opened.path, opened.content, opened.encoded(change.old_text))
        together.stage(folder.root / change.new_name, None, change.new_text.encode())
        together.commit()
    say(f"{change.done}：{shown_path(folder.shown, change.new_name)}；时限不变，请核对责任和目标")
    return ExitCode.OK


class _SplitFiles:
    """The two files of a split, by what the ledger says now."""

    def __init__(
        self, folder: "LedgerFolder", found: str, asked: str, split: Split, day: "date | None"
    ) -> None:
        [ledger] = read_ledgers([folder])
        if has_errors(ledger.problems):
            raise InvalidInputError(f"台账“{ledger.name}”有文件无法读取；先用 zhenggai check 检查")
        today = day or clock(ledger.inspection.time_zone)
        self.opened: OpenedFinding = open_finding(folder, f"{found}.yaml", asked)
        self.new_name = next_name(folder.root, once_used(folder.root, ledger))
        split = split._replace(new_id=self.new_name.partition(".")[0])
        case = Case(self.opened.finding, ledger.inspection)
        plan = plan_split(case, today, split)
        self.done = plan.done
        data = to_data(self.opened.node)
        self.old_text, left = apply(self.opened.text, self.opened.node, plan.edits)
        self.new_text = with_modeline(
            self.new_name, whole_text(split_off(case, today, split, data))
        )
        after = _decoded(left, found)
        new = _decoded(split_off(case, today, split, data), split.new_id)
        refuse_typed(new)
        refuse_typed(after, self.opened.finding)
        others = [after if one.id == found else one for one in ledger.findings]
        whole = ledger._replace(findings=tuple(sorted([*others, new], key=lambda one: one.number)))
        refuse_new_faults(folder.root, ledger, whole, today)

    @property
    def texts(self) -> "list[tuple[str, str, str]]":
        """The name of each file with its text before and after."""
        old = self.opened
        return [(old.path.name, old.text, self.old_text), (self.new_name, "", self.new_text)]


def _decoded(data: "dict[str, object]", finding_id: str) -> "Finding":
    finding, problems = decode_finding(data, finding_id)
    if finding is None:
        raise RefusedError(f"未写入：{problems[0].message}；{problems[0].hint}")
    return finding


_MOST = 1000


def _numbers(text: str, option: str) -> tuple[int, ...]:
    """Return the numbers that an option names, each once: 3, 3,4 or 3-5."""
    numbers: dict[int, None] = {}
    for part in re.split(r"[\s,，、]+", text.strip()):
        found = re.fullmatch(r"([0-9]{1,4})(?:-([0-9]{1,4}))?", part)
        first = int(found[1]) if found else 1
        last = int(found[2] or found[1]) if found else 0
        if not first <= last < first + _MOST:
            raise WrongUsageError(f"{option}：“{part}”的格式无法识别；写成 3、3,4 或 3-5")
        numbers |= dict.fromkeys(range(first, last + 1))
    return tuple(numbers)
