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

from zhenggai.errors import InvalidInputError
from zhenggai.notice.composing import NoticeContext
from zhenggai.notice.contexts import FACTS, UNSIGNED, Facts, Issue
from zhenggai.notice.lazy_value import Later
from zhenggai.notice.selection import FindingSelection
from zhenggai.storage.file_names import leaves
from zhenggai.storage.resources import shipped


class Paper(NamedTuple):
    """What is asked of what the templates of one name write.

    What is `internal` stays in the house: nobody checks whether it is fit to publish. A `whole`
    paper is about all that is public, and no choice is made for it.
    """

    internal: bool
    whole: bool = False


PAPERS = {
    "notice": Paper(internal=False, whole=True),
    **dict.fromkeys(
        (
            *("register", "lists", "bulletin", "letter", "approval", "monthly", "evidence"),
            *("dispatch", "leaders", "report", "report-head"),
        ),
        Paper(internal=True),
    ),
}
"""Every paper that is shipped, by the name of its template."""

_OWN = Paper(internal=False)


def paper(name: str) -> Paper:
    """Return what is known of a template: one of the ledger's own may be published."""
    return PAPERS.get(name, _OWN)


def folders(root: Path) -> list[Path]:
    """Return where templates are looked for: in the ledger first."""
    own = root / "templates"
    if leaves(root, own):
        raise InvalidInputError(f"“{own}”这个链接指向台账之外；把模板本身放进台账")
    return [own, shipped("templates")]


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
