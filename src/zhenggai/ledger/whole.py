"""What happens to a ledger as a whole: `plan_…` says what to write into its inspection.yaml."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.errors import RefusedError
from zhenggai.ledger.lifecycle import Append, Plan, Written
from zhenggai.model.inspection_model import ApprovedText, Inspection
from zhenggai.model.terms import Edition


class Verdict(NamedTuple):
    """What the authority above says of the rectification as a whole (评估).

    `sent_back` are the ids of the findings that are to be put right anew.
    """

    authority: str
    score: str | None = None
    grade: str | None = None
    votes: Mapping[str, int] | None = None
    sent_back: Sequence[str] = ()


def plan_assess(inspection: Inspection, on: date, verdict: Verdict) -> Plan:
    """Add an assessment to those there are; one by the same authority on the same day is there."""
    for one in inspection.assessments:
        if (one.authority, one.on) == (verdict.authority.strip(), on):
            raise RefusedError(f"{one.authority}在{on}的评估已经登记；请核对 --by 和 --on")
    record: dict[str, Written | None] = {
        "单位": verdict.authority,
        "日期": str(on),
        "得分": verdict.score,
        "等次": verdict.grade,
        "满意度票数": dict(verdict.votes or {}),
        "退回重改问题号": list(verdict.sent_back),
    }
    said = [f"得分{verdict.score}" if verdict.score else "", verdict.grade or ""]
    told = "，".join(one for one in said if one)
    back = ""
    if verdict.sent_back:
        back = f"；退回重改的问题：{'、'.join(verdict.sent_back)}，已销号的用 zhenggai reopen 重开"
    done = f"已登记{verdict.authority}的评估（{on}）{f'：{told}' if told else ''}{back}"
    return Plan((_appended("评估", record),), done)


def plan_sign(inspection: Inspection, on: date, document: str, signer: str) -> Plan:
    """Add a paper that was signed to those there are."""
    for one in inspection.sign_offs:
        if (one.document, one.signer, one.on) == (document.strip(), signer.strip(), on):
            raise RefusedError(f"{signer}在{on}签批“{document}”已经登记；请核对 --on")
    record: dict[str, Written | None] = {"文件": document, "签字人": signer, "日期": str(on)}
    return Plan((_appended("签批", record),), f"已登记签批：{document}（{signer}，{on}）")


class Approval(NamedTuple):
    """A text that was approved: of which paper, the file it is kept in, and who approved it.

    `paper` is what the paper is called.
    """

    template: str
    edition: Edition | None
    paper: str
    path: str
    sha256: str
    by: str


def plan_freeze(inspection: Inspection, on: date, approval: Approval) -> Plan:
    """Add an approved text to those there are; the one that counts may not be approved anew."""
    last = last_approved(inspection, approval.template, approval.edition)
    if last is not None and last.sha256 == approval.sha256:
        raise RefusedError(
            f"{approval.paper}的审定稿（{last.on}，{last.approved_by}审定）就是这些文字，不必再登记"
        )
    if last is not None and on < last.on:
        raise RefusedError(f"已有{last.on}审定的{approval.paper}，不能登记更早的；请核对 --on")
    record: dict[str, Written | None] = {
        "模板": approval.template,
        "版本": approval.edition and approval.edition.value,
        "文件": approval.path,
        "校验值": approval.sha256,
        "审定人": approval.by,
        "日期": str(on),
    }
    done = f"已登记{approval.paper}的审定稿（{on}，{approval.by.strip()}审定），存入{approval.path}"
    return Plan((_appended("审定稿", record),), done)


def last_approved(
    inspection: Inspection, template: str, edition: Edition | None
) -> ApprovedText | None:
    """Return the text of a paper that was approved last, None where there is none."""
    of_it = [
        one
        for one in inspection.approved_texts
        if (one.template, one.edition) == (template, edition)
    ]
    return of_it[-1] if of_it else None


def _appended(key: str, record: Mapping[str, Written | None]) -> Append:
    return Append({name: value for name, value in record.items() if value}, key)
