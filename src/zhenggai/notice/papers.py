"""The papers there are, and what is asked of each; `contexts` has the names that templates use.

To add a paper:

1. write its template, `templates/NAME.md`;
2. a name that it needs and no other paper has is a property of `Facts`, in `contexts`; which
   findings it is about is a method of `FindingSelection`;
3. enter NAME in `PAPERS`;
4. name it in docs/papers.md, and in docs/notice.md with the names that it uses.

Tests hold the guide against the templates, and every shipped template against `PAPERS`.
"""

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.model.terms import Edition
from zhenggai.notice.composing import NoticeContext
from zhenggai.notice.contexts import FACTS, UNSIGNED, Facts, Issue
from zhenggai.notice.lazy_value import Later
from zhenggai.notice.selection import Choice, FindingSelection
from zhenggai.storage.file_names import is_file, leaves
from zhenggai.storage.resources import shipped


class Paper(NamedTuple):
    """What is asked of what the templates of one name write, and what that is called.

    What is `internal` stays in the house: nobody checks whether it is fit to publish. A `whole`
    paper is about all that is public, and no choice is made for it. Of one that is `approved`
    there is one text, which is settled before it goes out (审定稿); the others go out many a time.
    Where not `leader_only`, the figures are those of all findings, whichever leader is asked for.
    """

    title: str
    internal: bool = True
    whole: bool = False
    approved: bool = False
    leader_only: bool = True


PAPERS = {
    "notice": Paper("通报", internal=False, whole=True, approved=True),
    "register": Paper("台账总表"),
    "lists": Paper("清单", approved=True),
    "bulletin": Paper("督查情况"),
    "letter": Paper("督办单、提醒单"),
    "approval": Paper("销号审批单"),
    "monthly": Paper("月报"),
    "evidence": Paper("佐证材料目录"),
    "dispatch": Paper("调度单"),
    "leaders": Paper("领办清单"),
    "report": Paper("整改进展情况报告", approved=True),
    "report-head": Paper("主要负责人组织落实情况报告", approved=True, leader_only=False),
}
"""Every paper that is shipped, by the name of its template."""


def paper(name: str) -> Paper:
    """Return what is known of a template: one of the ledger's own may be published."""
    return PAPERS.get(name) or Paper(f"“{name}”", internal=False, approved=True)


def chosen(asked: Paper, choice: Choice) -> Choice:
    """Return what a paper is about: one that stays in the house has every finding."""
    internal = choice.internal or asked.internal
    return choice._replace(internal=internal, leader_only=asked.leader_only)


def refuse_unapproved(asked: Paper) -> None:
    """Raise WrongUsageError for a paper of which no one text is settled."""
    if not asked.approved:
        there = [f"{name}（{one.title}）" for name, one in PAPERS.items() if one.approved]
        raise WrongUsageError(
            f"{asked.title}每次写出的都不同，没有审定稿；"
            f"--template 可写：{'、'.join(there)}和自己的模板"
        )


def named(asked: Paper, edition: Edition | None) -> str:
    """Return what a paper is called, with its edition where it has several."""
    return f"{asked.title}（{edition}）" if edition else asked.title


def folders(root: Path) -> list[Path]:
    """Return where templates are looked for: in the ledger first."""
    own = root / "templates"
    if leaves(root, own):
        raise InvalidInputError(f"“{own}”这个链接指向台账之外；把模板本身放进台账")
    return [own, shipped("templates")]


def own_template(root: Path, name: str) -> str | None:
    """Return the file of the ledger's own that replaces a shipped paper's; None where none does."""
    file = f"{name}.md"
    return file if name in PAPERS and is_file(root / "templates" / file) else None


def content(selection: FindingSelection, issue: Issue = UNSIGNED) -> dict[str, Any]:
    """Return what a template may use, by name."""
    return given(Facts(selection, issue))


def given(facts: Facts) -> dict[str, Any]:
    """Return every documented name, each to be worked out when a template asks for it."""
    return {
        **{one: Later(partial(_of_notice, facts, one)) for one in NoticeContext._fields},
        **{one: Later(partial(getattr, facts, one)) for one in FACTS},
    }


def _of_notice(facts: Facts, name: str) -> Any:
    return getattr(facts.notice(), name)
