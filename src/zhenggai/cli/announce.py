"""`zhenggai announce`: the notice, and the other papers a rectification needs."""

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import hand_out, say, tell
from zhenggai.cli.edit_options import OnDay, deadline_of, required_day
from zhenggai.cli.finding_search import find
from zhenggai.cli.format_options import PaperFormatOption
from zhenggai.cli.ledger_access import ReadLedger, clock, load, report
from zhenggai.cli.options import Where, command
from zhenggai.cli.output_file import (
    MarkingOption,
    one_ledger,
    output_file,
    refuse_private_in,
    write_to_file,
)
from zhenggai.cli.progress import digesting
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.exporters import registry
from zhenggai.ledger.whole import last_approved
from zhenggai.notice import approved_paper, papers, publishing, rendering
from zhenggai.notice.contexts import IN_OFFICE, Facts, Issue
from zhenggai.notice.rendering import Marks
from zhenggai.notice.selection import Choice, select
from zhenggai.rules import is_secrecy
from zhenggai.storage.checking import examine_ledger, faults, refuse_secrecy
from zhenggai.storage.evidence import Digests
from zhenggai.storage.ledger_file import unreadable
from zhenggai.storage.ledger_texts import read_text
from zhenggai.views.problem_lines import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhenggai.model.problem import Problem
    from zhenggai.model.terms import Edition
    from zhenggai.storage.outputs import Output


@command(
    """生成通报（md、text、html、docx、pdf）或其他文书。

        模板：notice 通报；register 台账总表；lists 问题、任务、责任、成效清单；
        bulletin 督查情况；letter 督办单、提醒单；approval 销号审批单；monthly 月报；
        evidence 佐证材料目录；dispatch 调度单；leaders 领办清单；
        report 整改进展情况报告；report-head 主要负责人组织落实情况报告。
        台账里templates文件夹中的同名模板优先。""",
    examples="""
zhenggai announce -o 通报.docx
zhenggai announce --template register -o 台账总表.docx
zhenggai announce --template letter --department 办公室 --signed 2021-05-20""",
    completes={
        "finding": candidates.finding_ids,
        "department": candidates.departments,
        "leader": candidates.leaders,
        "template": candidates.papers,
        "marking": candidates.markings,
        "edition": candidates.editions,
    },
)
def announce(
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="文件", help="写到文件；不写时直接输出。"),
    ] = None,
    style: PaperFormatOption = None,
    template: Annotated[
        str, typer.Option("--template", metavar="名称", help="模板；notice是通报。")
    ] = "notice",
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="编号", help="只用一个问题（销号审批单）。")
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--department", metavar="科室", help="只用一个科室的（督办单、提醒单）。"),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option("--leader", metavar="领导", help="只用一位责任领导或领办领导的（调度单）。"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="日期", help="从哪天算起（督查情况、调度单）；不写是一个督查周期。"
        ),
    ] = None,
    handover: Annotated[
        bool, typer.Option("--handover", help="写给接手问题的人：履行整改责任提醒（letter）。")
    ] = False,
    sender: Annotated[
        str | None,
        typer.Option("--from", metavar="单位", help="由上级写给这个单位的督办函、提醒函。"),
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="编号", help="文书的编号；不写留空。")
    ] = None,
    issue: Annotated[
        str | None, typer.Option("--issue", metavar="期号", help="督查情况第几期；不写留空。")
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            metavar="版本",
            help="通报的版本：党内（有发文字号、版记等）或社会。",
        ),
    ] = None,
    reply_by: Annotated[
        str | None,
        typer.Option("--reply-by", metavar="日期", help="书面回复的期限；不写是5个工作日。"),
    ] = None,
    signed: Annotated[
        str | None,
        typer.Option("--signed", metavar="日期", help="成文日期，即签发的那一天；不写留空待填。"),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="通报里的数字有疑问、文书的数字与审定稿不同，就不写。")
    ] = False,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="每页标明征求意见稿；不要求保密审查，台账有错误也生成。"),
    ] = False,
    marking: MarkingOption = None,
    internal: Annotated[
        bool,
        typer.Option(
            "--internal",
            help="也写不公开的问题：内部文书本来就写，自己的模板要加；不能用于通报。",
        ),
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="允许出现身份证号、银行卡号、手机号、车牌号。")
    ] = False,
    *,
    where: Where,
) -> ExitCode:
    """Write the notice, or another paper, from the ledger."""
    marks = Marks(publishing.marking(marking), draft)
    output = None if output == "-" else output
    loaded = one_ledger(load(where.ledger, where.today))
    chosen = _format(style, output)
    target = None if output is None else output_file(output, "通报.docx", loaded)
    paper = papers.paper(template)
    choice = Choice(
        _existing(loaded, finding), department, since, internal, leader, handover=handover
    )
    on_day = OnDay(loaded.day.terms, loaded.day.today)
    said = Issue(
        signed=None if signed is None else required_day(signed, on_day, "--signed"),
        number=number,
        issue=issue,
        reply_by=deadline_of(reply_by, on_day, "--reply-by"),
        sender=sender,
        edition=publishing.edition(paper, edition),
    )
    if not paper.internal:
        publishing.refuse_choice(paper, choice)
    selection = select(loaded.day, papers.chosen(paper, choice))
    facts = Facts(selection, said)
    if template == _LETTER:
        _refuse_one_number_for_several(facts)
    content = papers.given(facts)
    source = rendering.markdown(template, content, papers.folders(loaded.folder.root), marks)
    examined = _examined(loaded, draft=draft)
    publishing.refuse_cases_in(source, loaded.ledger)
    if not paper.internal:
        _fit_to_publish(loaded, examined, paper, strict=strict, draft=draft)
    refuse_private_in(source, loaded, allowed=allow_private)
    if (own := papers.own_template(loaded.folder.root, template)) is not None:
        tell(f"用的是台账自己的模板 templates/{own}：模板里的文字由写模板的人负责，数字由台账得出")
    _tell_of_approved(loaded, template, said.edition, content, strict=strict)
    _write(source, loaded, chosen, target, marks)
    if target is not None:
        tell(f"已写入{output}")
    if template == _LETTER:
        _tell_each(_urgings(facts))
    _tell_each(publishing.missing(loaded.day, facts) if paper.whole else ())
    if selection.left_out:
        counted = "，数字照样计入" if selection.counts_hidden else "，也未计入数字"
        more = "" if paper.whole else "；要写的，加 --internal"
        tell(f"有{selection.left_out}个不公开的问题未写入文字{counted}{more}")
    return report(faults(examined))


def _tell_of_approved(
    loaded: ReadLedger,
    template: str,
    edition: "Edition | None",
    content: "dict[str, Any]",
    *,
    strict: bool,
) -> None:
    """Tell where a paper differs from the text that was approved, by figures first of all.

    Raise RefusedError where figures differ and that is to be refused.
    """
    inspection, root = loaded.ledger.inspection, loaded.folder.root
    called = papers.named(papers.paper(template), edition)
    approved = last_approved(inspection, template, edition)
    if approved is None:
        others = [one for one in inspection.approved_texts if one.template == template]
        if others:
            which = others[-1].edition
            how = f"加 --edition {which} 再写" if which else "不加 --edition 再写"
            tell(f"提醒：{called}没有审定稿，未比较；要与审定的一份比较，{how}")
        return
    text, _ = read_text(root, approved.path)
    if text is None:
        tell(f"警告：无法读取审定稿“{approved.path}”，未比较")
        return
    source = rendering.markdown(template, content, papers.folders(root))
    found = approved_paper.differing(text, source)
    kept = f"审定稿（{approved.on}，{approved.approved_by}审定）"
    if not found:
        tell(f"与{kept}相同")
        return
    figures = sum(bool(one.figures) for one in found)
    more = f"，其中{figures}处是数字" if figures else "，数字相同"
    tell(f"警告：{called}与{kept}有{len(found)}处不同{more}：")
    _tell_each(approved_paper.told(found))
    if strict and figures:
        raise RefusedError(
            f"{called}有{figures}处数字与审定稿不同，未写入；"
            "重新审定的用 zhenggai freeze 登记，或去掉 --strict"
        )


_LACKING = "N806"
_LETTER = "letter"
# What a shell takes as one word of no meaning to itself.
_PLAIN_WORD = re.compile(r"[\w\-.〔〕（）]+")


def _refuse_one_number_for_several(facts: Facts) -> None:
    """Raise WrongUsageError where one number would stand on several letters."""
    if facts.number and (several := len(facts.letters)) > 1:
        raise WrongUsageError(f"--number 只用于一份，这里有{several}份；加 --department 逐份写")


def _urgings(facts: Facts) -> "Iterator[str]":
    """Yield for each letter how to note in the ledger that it went out (督办)."""
    for letter in facts.letters:
        if letter.grade != IN_OFFICE:
            how = ["zhenggai urge", *letter.ids, "--grade", letter.grade, "--to", letter.to]
            how += ["--number", facts.number] if facts.number else []
            how += ["--reply-by", str(letter.reply_day)] if letter.reply_day else []
            words = (one if _PLAIN_WORD.fullmatch(one) else shlex.quote(one) for one in how[1:])
            yield f"发出以后登记督办：{' '.join((how[0], *words))}"


def _existing(loaded: ReadLedger, asked: str | None) -> str | None:
    """Return the id of the finding asked for; say which there are where it is none."""
    if asked is None:
        return None

    found = find([loaded.folder], asked)[1]
    if all(finding.id != found for finding in loaded.ledger.findings):
        raise unreadable(asked, f"{found}.yaml")
    return found


def _examined(loaded: ReadLedger, *, draft: bool) -> "list[Problem]":
    """Return what is wrong with the ledger; refuse to write from one with errors, but a draft.

    From one that tells of cases not to be kept in it nothing is written at all.
    """
    root = loaded.folder.root
    with digesting() as progress:
        examined = examine_ledger(
            loaded.day,
            root,
            digests=Digests(root, progress),
            present=clock(loaded.ledger.inspection.time_zone),
        )
    report(filter(is_secrecy, examined))
    refuse_secrecy(examined)
    if (found := faults(examined)) and not draft:
        report(found)
        raise InvalidInputError("台账有错误，未写入；先改正，或用 --draft 写征求意见稿")
    return examined


def _fit_to_publish(
    loaded: ReadLedger, examined: "list[Problem]", paper: papers.Paper, *, strict: bool, draft: bool
) -> None:
    """Refuse to write for publication what is not ready for it; tell what is doubtful.

    What a notice lacks is told in one sentence when it is written, unless it was published so.
    """
    doubts = publishing.doubts(examined)
    notice = loaded.ledger.inspection.notice
    is_told_later = paper.whole and not (notice is not None and notice.is_original)
    _tell_each(line(one) for one in doubts if not (is_told_later and one.code == _LACKING))
    if strict:
        publishing.refuse_doubts(doubts)
    _tell_each(publishing.reminders(loaded.day, draft=draft))


def _tell_each(notes: "Iterable[str]") -> None:
    for note in notes:
        tell(note)


def _format(style: str | None, output: str | None) -> str:
    """Return the format asked for, else the one the file's ending means, else Markdown."""
    ending = Path(output or "").suffix.lower()
    by_ending = registry.by_suffix("paper")
    if style is None and ending and ending not in by_ending:
        known = "、".join(by_ending)
        raise WrongUsageError(f"“{ending}”不是可输出的形式；用 {known}，或加 --format")
    chosen = style or by_ending.get(ending, "md")
    form = registry.find("paper", chosen)
    if form.is_binary and output is None and sys.stdout.isatty():
        raise WrongUsageError(f"{chosen}要写到文件；加上 -o 文件名{form.suffixes[0]}")
    return chosen


def _write(
    source: str, loaded: ReadLedger, style: str, target: "Output | None", marks: Marks
) -> None:
    content = registry.writer("paper", style)(source, loaded.ledger.inspection.notice, marks)
    if target is not None:
        write_to_file(target, content if isinstance(content, bytes) else content.encode("utf-8"))
    elif isinstance(content, str) and sys.stdout.isatty():
        say(content.removesuffix("\n"))
    else:
        hand_out(content)  # a notice may end without a newline
