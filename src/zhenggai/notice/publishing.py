"""Checks before a paper is published: each returns warnings, or raises a refusal."""

from collections.abc import Iterable, Iterator, Sequence

from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.done_words import is_as_published
from zhenggai.ledger.standing import LedgerOnDay, Standing, last_cause, open_measures
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.notice_settings import Notice
from zhenggai.model.problem import Problem, shorten
from zhenggai.model.terms import Edition, Severity, Timing
from zhenggai.notice.contexts import TO_BE_SIGNED, Facts
from zhenggai.notice.markdown_blocks import paragraphs, shows_what_it_says
from zhenggai.notice.papers import Paper
from zhenggai.notice.selection import Choice
from zhenggai.rules.case_words import may_tell_of_cases
from zhenggai.rules.secrecy_rules import refuse_cases
from zhenggai.views.phrases import some

_NOTICE = "N"
_NAMED_AT_MOST = 8


def refuse_choice(paper: Paper, choice: Choice) -> None:
    """Raise WrongUsageError where a choice is made for a paper about all that is public."""
    if paper.whole and choice != Choice():
        options = "--finding、--department、--leader、--handover、--since、--internal"
        raise WrongUsageError(f"通报写全部公开的问题；去掉 {options}")


def refuse_cases_in(source: str, ledger: Ledger) -> None:
    """Raise RefusedError where a paper in Markdown tells of a case not to be told of."""
    # Reading all the Markdown takes longer than all the rest of a large paper.
    if may_tell_of_cases(source) or not shows_what_it_says(source):
        refuse_cases(paragraphs(source), ledger)


MARKINGS = ("内部资料", "工作秘密")
"""How a paper may be marked."""
_STATE_SECRETS = ("秘密", "机密", "绝密", "機密", "絕密", "★", "☆")


def marking(asked: str | None) -> str:
    """Return how a paper is to be marked, '' where that was not asked for.

    Raise RefusedError for the marks of state secrets (《中华人民共和国保守国家秘密法》),
    WrongUsageError for any other.
    """
    if asked is None or asked in MARKINGS:
        return asked or ""
    if any(mark in "".join(asked.split()) for mark in _STATE_SECRETS):
        raise RefusedError(
            f"“{shorten(asked)}”是国家秘密的标志，未写入；本程序不用于国家秘密，涉密文件按保密规定另行制作"
        )
    raise WrongUsageError(f"--marking 不能写“{shorten(asked)}”；可写：{'、'.join(MARKINGS)}")


def edition(paper: Paper, asked: str | None) -> Edition | None:
    """Return the edition asked for; raise WrongUsageError for none there is, or of no notice."""
    if asked is None:
        return None
    if not paper.whole:
        raise WrongUsageError("--edition 只用于通报；去掉 --edition")
    known = [one.value for one in Edition]
    if asked not in known:
        raise WrongUsageError(f"--edition 不能写“{shorten(asked)}”；可写：{'、'.join(known)}")
    return Edition(asked)


def missing(day: LedgerOnDay, facts: Facts) -> list[str]:
    """Name what the notice should have and the ledger does not say, each with where to say it."""
    inspection, composed = day.ledger.inspection, facts.notice()
    notice = inspection.notice or Notice()
    if notice.is_original:
        return []
    has_day = composed.date not in ("", TO_BE_SIGNED)
    lacking = {
        "标题": composed.title,
        "被巡察单位": inspection.unit,
        "巡察组": inspection.group,
        "反馈日期": inspection.feedback_on,
        "问题": day.lines,
        "组织情况": composed.organisation,
        "下步打算": composed.outlook,
        "联系电话、电子邮箱或通信地址": composed.supervision,
        "落款": composed.signature or notice.signature_lines,
        "成文日期（--signed）": has_day or composed.printed_signature or not composed.signature,
    }
    if composed.edition == Edition.INSIDE_PARTY:
        del lacking["联系电话、电子邮箱或通信地址"]
        lacking["发文字号（--number）"] = facts.number
    names = [name for name, there in lacking.items() if not there]
    return [f"提醒：通报缺{'、'.join(names)}；{_WHERE}"] if names else []


_WHERE = "没有注明选项的写在inspection.yaml里"


def doubts(examined: Iterable[Problem]) -> list[Problem]:
    """Return what the rules of the notice found."""
    return [problem for problem in examined if problem.code.startswith(_NOTICE)]


def refuse_doubts(found: Sequence[Problem]) -> None:
    """Raise RefusedError where one of the doubts is more than a hint."""
    number = sum(problem.severity is not Severity.INFO for problem in found)
    if number:
        raise RefusedError(f"通报有{number}处疑问，未写入；逐一核对，或去掉 --strict")


def reminders(day: LedgerOnDay, *, draft: bool) -> list[str]:
    """Return what to think of before publishing; a draft needs no secrecy review.

    Raise RefusedError where the ledger wants one first and there is none.
    """
    return [*_of_secrecy(day, draft=draft), *_of_open_measures(day), *_of_causes(day)]


def _of_secrecy(day: LedgerOnDay, *, draft: bool) -> list[str]:
    notice = day.ledger.inspection.notice or Notice()
    review = notice.secrecy_review
    if draft or (review is not None and review.on <= day.today):
        return []
    if notice.secrecy_required:
        raise RefusedError(
            "这本台账规定公开前须有保密审查，尚无记录；在inspection.yaml的“通报”下补充"
            "“保密审查: {日期: ……, 审查人: ……, 结论: ……}”，或用 --draft 写征求意见稿"
        )
    return ["提醒：尚无保密审查的记录（inspection.yaml的“通报”下写“保密审查”）"]


def _of_open_measures(day: LedgerOnDay) -> list[str]:
    """Name the measures the notice tells of though they are not done: work planned, not done."""
    marked: list[str] = []
    as_published: list[str] = []
    for finding, _ in _told(day):
        numbers = open_measures(day.timeline(finding), day.today)
        named = [f"{finding.number}.{number}" for number in numbers]
        (as_published if is_as_published(finding, day.ledger.inspection) else marked).extend(named)
    notes = []
    if marked:
        which = some(marked, _NAMED_AT_MOST)
        notes.append(f"提醒：有{len(marked)}项措施尚未完成（{which}），通报写作正在推进")
    if as_published:
        which = some(as_published, _NAMED_AT_MOST)
        notes.append(
            f"提醒：有{len(as_published)}项措施没有完成日期（{which}），照原文写出；核对文字，不要写成已经完成"
        )
    return notes


def _of_causes(day: LedgerOnDay) -> list[str]:
    """Name the findings that are overdue without anybody having said why."""
    named = [
        finding.id
        for finding, state in _told(day)
        if state.timing is Timing.OVERDUE and not last_cause(finding, day.today)
    ]
    if not named:
        return []
    which = some(named, _NAMED_AT_MOST)
    how = "用 zhenggai report 登记，加 --cause"
    return [f"提醒：有{len(named)}个逾期问题没有未完成原因（{which}）；{how}"]


def _told(day: LedgerOnDay) -> Iterator[tuple[Finding, Standing]]:
    """Yield the findings whose words the notice has, with where they stand."""
    for line, finding in zip(day.lines, day.ledger.findings, strict=True):
        if finding.public and not line.standing.withdrawn:
            yield finding, line.standing
