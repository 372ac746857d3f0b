"""New findings of a ledger: what is refused, how they are written, what is said of them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.console import say, tell
from zhenggai.cli.ledger_access import load
from zhenggai.cli.numbers_used import once_used
from zhenggai.errors import RefusedError, WrongUsageError, cause
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Finding
from zhenggai.model.terms import Kind, Source
from zhenggai.rules import is_timing
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.file_names import shown_path
from zhenggai.storage.ledger_file import read_finding_file
from zhenggai.storage.scaffold import FindingDraft, add_findings, refuse_faulty
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadLedger
    from zhenggai.cli.options import Where
    from zhenggai.ledger.progress_steps import NewMeasure


def ledger_to_enter(where: "Where") -> "ReadLedger":
    """Return the one ledger that the command line means; refuse to choose among several."""
    loaded = load(where.ledger, where.today)
    if len(loaded) > 1:
        names = "、".join(one.ledger.name for one in loaded)
        raise WrongUsageError(f"这里有几本台账（{names}）；用 --ledger 指明登记到哪一本")
    return loaded[0]


def enter(one: "ReadLedger", drafts: Sequence[FindingDraft], *, dry_run: bool = False) -> list[str]:
    """Write new findings, all or none, and say so; return their ids, none for a dry run."""
    for draft in drafts:
        refuse_undeclared(one, draft)
    refuse_beyond_reported(one, drafts)
    for draft in drafts:
        refuse_faulty(draft, one.ledger.inspection)
    if dry_run:
        for draft in drafts:
            say(f"将登记：{visible(draft.texts['title'])}{_counted(draft)}")
        say("以上只是预览，未写入")
        return []
    try:
        once_there = once_used(one.folder.root, one.ledger)
        paths = add_findings(one.folder.root, drafts, one.ledger.inspection, once_there)
    except OSError as error:
        raise cannot_write(one.folder.root, error) from None
    _tell_entered(one, drafts, paths)
    return [path.stem for path in paths]


def cannot_write(root: Path, error: OSError) -> RefusedError:
    """Return what to raise where a folder takes no file."""
    return RefusedError(f"不能写入“{root}”（{cause(error)}）；请检查文件夹的权限和磁盘空间")


def _counted(draft: FindingDraft) -> str:
    return f"（{len(draft.measures)}项措施）" if draft.measures else ""


def _tell_entered(one: "ReadLedger", drafts: Sequence[FindingDraft], paths: Sequence[Path]) -> None:
    for draft, path in zip(drafts, paths, strict=True):
        shown = visible(shown_path(one.ledger.folder, path.name))
        say(f"已登记问题{path.stem}：{shown}{_counted(draft)}")
        for number, measure in enumerate(draft.measures, start=1):
            if own := _own(measure):
                say(f"  {int(path.stem)}.{number} {visible(measure.text)}（{own}）")
    for name, remark in _remarks(one, drafts, [path.name for path in paths]):
        which = f"（问题{name.partition('.')[0]}）" if len(drafts) > 1 else ""
        tell(f"提醒{which}：{remark}")
    if len(drafts) > 1:
        measures = sum(len(draft.measures) for draft in drafts)
        say(f"共登记{len(drafts)}个问题、{measures}项措施")
        say("下一步：用 zhenggai check 检查")
    else:
        say(f"下一步：{_whats_open(drafts[0], paths[0])}")


def _own(measure: "NewMeasure") -> str:
    """Say what a measure has of its own."""
    due = f"时限{measure.due}" if measure.due else ""
    return "，".join(filter(None, (due, visible("、".join(measure.departments)))))


_EXPECTED = ("aspect", "leader", "departments", "owner")


def _whats_open(draft: FindingDraft, path: Path) -> str:
    """Say which of the usual fields are not filled in yet, and how that is done."""
    deadline = "review_every" if draft.texts.get("kind") == Kind.LONG_TERM.value else "due"
    left = [
        Finding.DECLARED[name].key for name in (*_EXPECTED, deadline) if not draft.texts.get(name)
    ]
    number = int(path.stem)
    ways = [f"用 zhenggai set {number} {' '.join(f'{key}=…' for key in left)} 补充"] if left else []
    if not draft.measures:
        ways.append(f"用 zhenggai measure add {number} 内容 登记措施")
    return "；".join(ways) if ways else "用 zhenggai check 检查"


def _remarks(
    one: "ReadLedger", drafts: Sequence[FindingDraft], names: Sequence[str]
) -> list[tuple[str, str]]:
    """Return what `check` says of the values typed, and in which file.

    What is still open is no matter yet.
    """
    read = [read_finding_file(one.folder.root, name)[0] for name in names]
    findings = tuple(finding for finding in read if finding is not None)
    ledger = one.ledger._replace(findings=(*one.ledger.findings, *findings))
    typed = {
        name: {Finding.DECLARED[key].key for key, text in draft.texts.items() if text}
        | {Finding.DECLARED[key].key for key, texts in draft.lists.items() if texts}
        | ({"措施"} if draft.measures else set())
        for name, draft in zip(names, drafts, strict=True)
    }
    return [
        (name, f"{problem.sentence}（{problem.code}）")
        for problem in examine_ledger(LedgerOnDay(ledger, one.day.today), one.folder.root)
        for name in names
        if problem.path == name or problem.path.endswith(f"/{name}")
        if typed[name].intersection(problem.at[:1]) and not is_timing(problem)
    ]


def refuse_undeclared(one: "ReadLedger", draft: FindingDraft) -> None:
    """Refuse an aspect or a category that inspection.yaml does not name, where it names any."""
    inspection = one.ledger.inspection
    aspect, category = draft.texts.get("aspect"), draft.texts.get("category")
    if aspect and inspection.aspects and aspect not in inspection.aspects:
        names = "、".join(inspection.aspects)
        raise WrongUsageError(f"未声明“{aspect}”这个方面；可写：{names}")
    if category and inspection.categories and category not in inspection.categories:
        names = "、".join(inspection.categories)
        raise WrongUsageError(f"未声明“{category}”这个问题类别；可写：{names}")


def refuse_beyond_reported(one: "ReadLedger", drafts: Sequence[FindingDraft]) -> None:
    """Refuse findings more than the feedback names; a file that cannot be read counts as one."""
    new = [
        draft.texts.get("aspect") or ""
        for draft in drafts
        if draft.texts.get("source", "") in ("", Source.FEEDBACK.value)
    ]
    if not new:
        return
    inspection, unread = one.ledger.inspection, len(one.ledger.unreadable)
    counted = [
        line.row.aspect or ""
        for line, finding in zip(one.day.lines, one.ledger.findings, strict=True)
        if line.row.is_of_feedback and not line.standing.withdrawn and finding.split_from is None
    ]
    reported, there = inspection.findings_reported, len(counted) + unread
    if reported is not None and there + len(new) > reported:
        raise RefusedError(
            f"反馈问题数是{reported}，台账里已有{there}个，不能再登记{_several(new)}；"
            "重复登记、误登的先用 zhenggai void 撤销登记"
        )
    for aspect, number in Counter(new).items():
        of_aspect = inspection.aspect_findings_reported.get(aspect)
        if of_aspect is not None and counted.count(aspect) + number > of_aspect:
            raise RefusedError(
                f"方面“{aspect}”的问题数是{of_aspect}，台账里已有{counted.count(aspect)}个，"
                f"不能再登记{_several([aspect] * number)}；请核对 --aspect"
            )


def _several(new: Sequence[str]) -> str:
    return f"{len(new)}个" if len(new) > 1 else ""
