"""Checks before a paper is published: each returns warnings, or raises a refusal."""

from collections.abc import Iterable, Sequence

from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.standing import LedgerOnDay, open_measures
from zhenggai.model.notice_settings import Notice
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.notice.papers import Paper
from zhenggai.notice.selection import Choice
from zhenggai.views.phrases import some

_NOTICE = "N"
_NAMED_AT_MOST = 8


def refuse_choice(paper: Paper, choice: Choice) -> None:
    """Raise WrongUsageError where a choice is made for a paper about all that is public."""
    if paper.whole and choice != Choice():
        named = "--finding、--department、--since、--internal"
        raise WrongUsageError(f"通报写全部公开的问题；去掉 {named}")


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
    return [*_of_secrecy(day, draft=draft), *_of_open_measures(day)]


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
    named = [
        f"{finding.number}.{number}"
        for finding in day.ledger.findings
        if finding.public
        for number in open_measures(day.timeline(finding), day.today)
    ]
    if not named:
        return []
    which = some(named, _NAMED_AT_MOST)
    return [f"提醒：有{len(named)}项措施尚未完成（{which}）；核对文字，不要写成已经完成"]
