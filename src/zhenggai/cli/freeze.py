"""`zhenggai freeze`: keep the text of a paper as it was approved (审定稿)."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import tell
from zhenggai.cli.inspection_change import change_inspection
from zhenggai.cli.options import command
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.whole import Approval, plan_freeze
from zhenggai.model.ledger_model import Ledger
from zhenggai.notice import papers, publishing, sources
from zhenggai.notice.approved_paper import kept_text
from zhenggai.notice.privacy import private_notes, refuse_private
from zhenggai.rules.secrecy_rules import refuse_cases
from zhenggai.storage.file_names import APPROVED_TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.cli.inspection_change import Head
    from zhenggai.ledger.lifecycle import Plan
    from zhenggai.model.terms import Edition


@command(
    """登记审定稿：存下审定的文字和校验值，以后写出的同一文书与它比较。

        读txt、md、html、docx和有文字的pdf，只存文字，存在台账的“审定稿”文件夹里。
        announce 写出同一文书时，逐处说明与审定稿不同的数字和文字；成文日期和编号不比较。""",
    examples="""
zhenggai freeze 通报.docx --by 局党组会议 --on 2021-05-18
zhenggai freeze 报告.docx --template report --by 县委巡察办""",
    completes={"template": candidates.approved_papers, "edition": candidates.editions},
)
def freeze(
    approved: Annotated[
        str,
        typer.Argument(metavar="文件", help="审定的文书。", callback=edit_options.filled),
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="名称",
            help="审定的会议、机关或职务，不写姓名。",
            callback=edit_options.filled,
        ),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="审定的日期；不写时为今天。")
    ] = None,
    template: Annotated[
        str,
        typer.Option("--template", metavar="名称", help="是哪种文书，写模板的名称；notice是通报。"),
    ] = "notice",
    edition: Annotated[
        str | None,
        typer.Option("--edition", metavar="版本", help="通报的版本：党内或社会。"),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="允许出现身份证号、银行卡号、手机号、车牌号。")
    ] = False,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Keep an approved text with its hash."""
    paper = papers.paper(template)
    papers.refuse_unapproved(paper)
    which = publishing.edition(paper, edition)
    if not _NAME.fullmatch(template):
        raise WrongUsageError(f"--template 不能写“{template}”；写模板的名称，不带 .md")
    source = sources.read(Path(approved), wanted=paper.title)
    for note in source.notes:
        tell(note)
    content = kept_text(source.text).encode()
    digest = sha256(content).hexdigest()

    def plan(head: "Head") -> "Plan":
        _refuse_unfit(source.text, head, allow_private=allow_private)
        _tell_of_other_titles(source.text, paper)
        day = edit_options.day_of(on, head)
        name = _file(head, day, template, which)
        called = papers.named(paper, which)
        return plan_freeze(
            head.inspection, day, Approval(template, which, called, name, digest, by)
        )

    def new_files(head: "Head") -> "Mapping[str, bytes]":
        return {_file(head, edit_options.day_of(on, head), template, which): content}

    return change_inspection(plan, options, new_files)


_NAME = re.compile(r"[\w-]{1,60}")


def _file(head: "Head", on: date, template: str, edition: "Edition | None") -> str:
    """Return the path in the ledger to keep a text at: one that is not taken."""
    stem = "-".join(filter(None, (str(on), template, edition and edition.value)))
    number = 1
    while True:
        path = f"{APPROVED_TEXTS}/{stem}{f'-{number}' if number > 1 else ''}.txt"
        if not (head.folder.root / path).exists():
            return path
        number += 1


_HEAD_LINES = 12
_FIRST_OF_TITLE = 5  # what stands between the words of a title differs: 落实巡察整改情况


def _tell_of_other_titles(text: str, paper: papers.Paper) -> None:
    """Say where the head of a text does not name the paper that it is to be kept as."""
    if paper.title.startswith("“"):
        return  # of a template of the ledger's own nothing is known
    head = "".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    if paper.title[:_FIRST_OF_TITLE] not in "".join(head.split()):
        tell(
            f"警告：文件开头没有“{paper.title}”，请核对是不是这份文书；"
            "不是的，用 zhenggai undo 撤回，再写明 --template"
        )


def _refuse_unfit(text: str, head: "Head", *, allow_private: bool) -> None:
    """Refuse what no paper may say: cases, and private numbers unless they are allowed."""
    refuse_cases(text.split("\n"), Ledger("", "", head.inspection, ()), "文件")
    notice = head.inspection.notice
    notes = private_notes(text, notice.contacts if notice else ())
    for note in notes:
        tell(note)
    if not allow_private:
        refuse_private(notes)
